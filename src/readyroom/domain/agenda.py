"""What an agenda is: sections of items, each a question with rules. No file format here (see `agendas/`)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from readyroom.domain.condition import Condition
from readyroom.domain.finding import Finding
from readyroom.domain.service import Tier
from readyroom.domain.vocabulary import ReviewKind as ReviewKind

ALL_TIERS = tuple(Tier)
_Kept = TypeVar("_Kept")
_MOST_KEPT = 8


class ItemKind(StrEnum):
    """What an answer to the item is; the shapes are described in `answer.py`."""

    CHECK = "check"
    YES_NO = "yes-no"
    RATING = "rating"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    OWNER = "owner"
    TABLE = "table"
    SLO = "slo"
    ACTIONS = "actions"
    RISKS = "risks"
    SIGNOFF = "signoff"
    INFO = "info"


TABLE_KINDS = frozenset({ItemKind.TABLE, ItemKind.SLO, ItemKind.ACTIONS, ItemKind.RISKS, ItemKind.SIGNOFF})
"""Kinds whose answer is rows; all but `table` bring columns of their own (`columns_of`)."""


class ColumnKind(StrEnum):
    """What a cell of a table holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    OWNER = "owner"
    YES_NO = "yes-no"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the answers a `choice` item or column offers."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a level of a rating looks like to an observer."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A typed column of a table; `given` cells come with the row and are not asked."""

    id: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    given: bool = False
    required: bool = False
    scale: tuple[int, int] | None = None
    """Of a number column: only whole numbers from the one to the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Which way a number is better, and the value that is good enough."""

    better: str
    """`lower` or `higher`."""
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """What proof an item asks for, for how many days it holds, and for which tiers it is required."""

    ask: str = "Link or file"
    expires_days: int | None = None
    required: tuple[Tier, ...] = ()


class VoteMode(StrEnum):
    """How a rating, number or choice is put to a vote."""

    NONE = "none"
    SILENT = "silent"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A condition on the answer and what it suggests; texts may hold `{placeholders}` (see `wording.py`)."""

    when: Condition
    finding: Finding = Finding.UNRATED
    action: str = ""
    risk: str = ""
    check: str = ""
    because: str = ""
    priority: int | None = None
    due: str = ""
    """As typed in an agenda, relative to the meeting's day: `+2w`, `fri`; or the date of a cell, `{row.by}`."""
    owner: str = ""
    """Whom the action falls to, where the answer says so: `{row.owner}`."""
    source: str = "rule"
    """Which form of the file it came from: `rule`, `target`, `gate`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. Ids are unique in the agenda and never reused: answers and history hang on them."""

    id: str
    kind: ItemKind
    ask: str
    guide: str = ""
    required: tuple[Tier, ...] = ()
    optional: bool = False
    """May be dropped by name when the meeting runs late."""
    when: Condition | None = None
    evidence: EvidenceRequest | None = None
    rules: tuple[Rule, ...] = ()
    bad: str = ""
    """`yes-no` only: the answer that is the bad one."""
    unit: str = ""
    direction: Direction | None = None
    scale: tuple[int, int] = (1, 5)
    anchors: tuple[Anchor, ...] = ()
    choices: tuple[Choice, ...] = ()
    many: bool = False
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """Starting rows of a table: the values of its given columns, in order."""
    prompts: tuple[str, ...] = ()
    """Shown one at a time, for items that collect (risks, tables)."""
    vote: VoteMode = VoteMode.NONE
    votes_named: bool = False
    respondents: tuple[str, ...] = ()
    minutes: float | None = None
    origin: str = ""
    """`id@version` of the agenda that the item was written in."""
    changed_by: tuple[str, ...] = ()
    """Agendas further down the `extends` chain that changed it, in order."""

    def is_required(self, tier: Tier) -> bool:
        """Whether a service of this tier must answer it."""
        return tier in self.required


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of the meeting with a goal and planned minutes."""

    id: str
    title: str
    minutes: float
    goal: str = ""
    items: tuple[Item, ...] = ()
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCount:
    """How many people of a role a meeting wants; `most` None means any number."""

    role: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often a service of a tier is due for this review."""

    tier: Tier
    days: int


class _Indexed:
    """Room for what is looked up in an agenda again and again: derived from its fields, never compared or saved."""

    __slots__ = ("_kept",)
    _kept: dict[object, Any]

    def kept(self, key: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """What `make` gave for this key the first time; a few keys are kept, and whoever asks must not change it."""
        try:
            kept = self._kept
        except AttributeError:
            kept = {}
            object.__setattr__(self, "_kept", kept)
        if key not in kept:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            kept[key] = make()
        found: _Kept = kept[key]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda(_Indexed):
    """A resolved agenda: everything a session needs, with nothing left to look up."""

    id: str
    version: str
    title: str
    kind: ReviewKind
    minutes: float
    sections: tuple[Section, ...]
    about: str = ""
    root: str = ""
    """Id at the root of the `extends` chain: history is kept under it."""
    lineage: tuple[str, ...] = ()
    """`id@version` from the root to this agenda."""
    cadence: tuple[Cadence, ...] = ()
    triggers: tuple[str, ...] = ()
    roles: tuple[RoleCount, ...] = ()
    signers: tuple[tuple[Tier, tuple[str, ...]], ...] = ()
    """Roles that sign, by tier."""

    def items(self) -> Iterator[Item]:
        """All items in the order of the meeting."""
        for section in self.sections:
            yield from section.items

    def items_by_id(self) -> Mapping[str, Item]:
        """All items by their id."""
        return self.kept("items", lambda: MappingProxyType({item.id: item for item in reversed(tuple(self.items()))}))

    def item(self, item_id: str) -> Item | None:
        """The item with this id, or None."""
        return self.items_by_id().get(item_id)

    def section_of(self, item_id: str) -> Section | None:
        """The section that holds the item, or None."""
        return next((s for s in self.sections if any(i.id == item_id for i in s.items)), None)


_OBJECTIVE_COLUMNS = (
    Column(id="objective", title="objective", given=True, required=True),
    Column(id="target", title="target", kind=ColumnKind.NUMBER, unit="%", given=True),
    Column(id="actual", title="actual", kind=ColumnKind.NUMBER, unit="%", required=True),
    Column(id="budget-left", title="budget left", kind=ColumnKind.NUMBER, unit="%"),
    Column(id="missed-in-a-row", title="missed in a row", kind=ColumnKind.NUMBER),
)
_ACTION_COLUMNS = (
    Column(id="action", title="action", given=True, required=True),
    Column(id="owner", title="owner", kind=ColumnKind.OWNER, given=True),
    Column(id="due", title="due", kind=ColumnKind.DATE, given=True),
    Column(
        id="outcome",
        title="outcome",
        kind=ColumnKind.CHOICE,
        required=True,
        choices=(
            Choice(id="done", text="done"),
            Choice(id="slipped", text="slipped"),
            Choice(id="drop", text="drop"),
        ),
    ),
    Column(id="why", title="new date or reason"),
    Column(id="slips", title="slips", kind=ColumnKind.NUMBER),
)
_RISK_COLUMNS = (
    Column(id="risk", title="risk", required=True),
    Column(id="worry", title="worry 1–5", kind=ColumnKind.NUMBER),
    Column(
        id="decision",
        title="decision",
        kind=ColumnKind.CHOICE,
        choices=tuple(
            Choice(id=word, text=word)
            for word in ("mitigate", "accept", "transfer", "avoid", "investigate", "not-a-risk")
        ),
    ),
    Column(id="next-step", title="next step"),
)
_SIGNOFF_COLUMNS = (
    Column(id="name", title="name", kind=ColumnKind.OWNER, required=True),
    Column(id="role", title="role"),
    Column(
        id="signs",
        title="signs",
        kind=ColumnKind.CHOICE,
        required=True,
        choices=(
            Choice(id="yes", text="yes"),
            Choice(id="with-conditions", text="with conditions"),
            Choice(id="no", text="no"),
        ),
    ),
    Column(id="condition", title="condition"),
)
_BUILT_IN_COLUMNS = {
    ItemKind.SLO: _OBJECTIVE_COLUMNS,
    ItemKind.ACTIONS: _ACTION_COLUMNS,
    ItemKind.RISKS: _RISK_COLUMNS,
    ItemKind.SIGNOFF: _SIGNOFF_COLUMNS,
}


def columns_of(item: Item) -> tuple[Column, ...]:
    """The columns of a table-like item: those of its kind, then its own."""
    return _BUILT_IN_COLUMNS.get(item.kind, ()) + item.columns

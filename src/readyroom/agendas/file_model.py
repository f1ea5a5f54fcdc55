"""The agenda file as pydantic models: its keys, short forms read on the way in, unknown keys refused."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from readyroom.agendas import schema_parts as part
from readyroom.agendas.columns import read_choices, read_columns, read_rows
from readyroom.agendas.conditions import read_condition
from readyroom.agendas.parsed import Parsed
from readyroom.agendas.short_forms import (
    Bar,
    Gate,
    Voting,
    read_anchors,
    read_bars,
    read_cadence,
    read_evidence,
    read_gate,
    read_roles,
    read_scale,
    read_signers,
    read_voting,
)
from readyroom.agendas.words import (
    read_flag,
    read_id,
    read_ids,
    read_minutes,
    read_priority,
    read_text,
    read_texts,
    read_tiers,
    read_when_due,
)
from readyroom.agendas.wrongs import Path, Wrongs, pick, quoted
from readyroom.domain.agenda import (
    Anchor,
    Cadence,
    Choice,
    Column,
    EvidenceRequest,
    ItemKind,
    ReviewKind,
    RoleCount,
)
from readyroom.domain.condition import Condition
from readyroom.domain.finding import Finding
from readyroom.domain.service import Tier

FORMAT = 1


def _one_of(what: str, words: type[StrEnum]) -> Parsed:
    known = tuple(word.value for word in words)

    def read(value: Any, path: Path, wrongs: Wrongs) -> StrEnum | None:
        if value in known:
            return words(value)
        if isinstance(value, str):
            wrongs.add(path, f"unknown {what} {quoted(value)}", pick(value, known))
        else:
            wrongs.expect(path, f"a {what}", value, f"choose one of {', '.join(known)}")
        return None

    return Parsed(read, part.words(*known))


def _read_format(value: Any, path: Path, wrongs: Wrongs) -> int:
    if value != FORMAT or isinstance(value, bool):
        fix = "update readyroom" if isinstance(value, int) and value > FORMAT else f"write agenda: {FORMAT}"
        wrongs.add(path, f"this program reads format {FORMAT} of agendas", fix)
    return FORMAT


def _read_bad(value: Any, path: Path, wrongs: Wrongs) -> str:
    if value in ("yes", "no"):
        return str(value)
    wrongs.expect(path, "the bad answer, yes or no", value)
    return ""


def _read_better(value: Any, path: Path, wrongs: Wrongs) -> str:
    if value in ("lower", "higher"):
        return str(value)
    wrongs.expect(path, "which way is better, lower or higher", value)
    return ""


Text = Annotated[str, Parsed(read_text, part.TEXT)]
Texts = Annotated[tuple[str, ...], Parsed(read_texts, part.TEXTS)]
Id = Annotated[str, Parsed(read_id, part.ID)]
Ids = Annotated[tuple[str, ...], Parsed(read_ids, part.IDS)]
Flag = Annotated[bool, Parsed(read_flag, part.FLAG)]
Minutes = Annotated[float, Parsed(read_minutes, part.MINUTES)]
Tiers = Annotated[tuple[Tier, ...], Parsed(read_tiers, part.TIERS)]
When = Annotated[Condition, Parsed(read_condition, part.CONDITION)]
# Not `Text | None`: a key that is there needs a value, only a key left out is None.
MaybeText = Annotated[str | None, Parsed(read_text, part.TEXT)]
MaybeId = Annotated[str | None, Parsed(read_id, part.ID)]
MaybeMinutes = Annotated[float | None, Parsed(read_minutes, part.MINUTES)]
MaybeWhen = Annotated[Condition | None, Parsed(read_condition, part.CONDITION)]


class _Keys(BaseModel):
    # Built once, as part of the whole file, when the first one is read: not model by model at import.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class RuleFile(_Keys):
    """A condition, and what it suggests when it holds."""

    when: When = Field(description="The condition; the first rule that holds speaks.")
    finding: Annotated[Finding | None, _one_of("finding", Finding)] = Field(
        None, description="How bad it is. Left out: what the kind says, at least medium."
    )
    action: MaybeText = Field(None, description="An action to suggest.")
    risk: MaybeText = Field(None, description="A risk to suggest.")
    check: MaybeText = Field(None, description="An extra check to keep on the service.")
    because: MaybeText = Field(None, description="Why, shown beside the suggestion.")
    priority: Annotated[int | None, Parsed(read_priority, part.PRIORITY)] = Field(
        None, description="P1 (most urgent) to P4."
    )
    due: Annotated[str | None, Parsed(read_when_due, part.TEXT)] = Field(
        None, description="From the meeting on: +2w, fri; or the date of a cell, {row.by}."
    )
    owner: MaybeText = Field(None, description="Whom the action falls to: {row.owner}, or a person or team.")


class ItemKeys(_Keys):
    """The keys of an item that an own agenda may change."""

    guide: MaybeText = Field(None, description="For the facilitator: what to listen for. Markdown.")
    required: Tiers = Field((), description="Tiers that must answer it; true for all.")
    optional: Flag = Field(False, description="May be dropped by name when the meeting runs late.")
    when: MaybeWhen = Field(None, description="Asked only when this holds.")
    minutes: MaybeMinutes = Field(None, description="Planned minutes, where an item needs its own.")
    evidence: Annotated[EvidenceRequest | None, Parsed(read_evidence, part.EVIDENCE)] = Field(
        None, description="Proof to ask for: true, what to ask for, or a mapping."
    )
    rules: list[RuleFile] = Field(default_factory=list, description="What answers suggest; first true wins.")
    target: Annotated[tuple[Bar, ...], Parsed(read_bars, part.BARS)] = Field(
        (), description="Good enough; worse is a medium finding."
    )
    gate: Annotated[Gate, Parsed(read_gate, part.GATE)] = Field(Gate(), description="Worse than this blocks.")
    better: Annotated[str, Parsed(_read_better, part.words("lower", "higher"))] = Field(
        "", description="Which way a bare number in target and gate is better."
    )
    bad: Annotated[str, Parsed(_read_bad, part.words("yes", "no"))] = Field(
        "", description="The bad answer of a yes-no item."
    )
    unit: MaybeText = Field(None, description="Unit of a number.")
    scale: Annotated[tuple[int, int], Parsed(read_scale, part.SCALE)] = Field(
        (1, 5), description="Ends of a rating's scale: 1 to 5."
    )
    anchors: Annotated[tuple[Anchor, ...], Parsed(read_anchors, part.ANCHORS)] = Field(
        (), description="What a level of a rating looks like to an observer."
    )
    choices: Annotated[tuple[Choice, ...], Parsed(read_choices, part.CHOICES)] = Field(
        (), description="A list of words, or a mapping from id to text."
    )
    many: Flag = Field(False, description="More than one choice may be taken.")
    columns: Annotated[tuple[Column, ...], Parsed(read_columns, part.COLUMNS)] = Field(
        (), description="Columns of a table by name."
    )
    rows: Annotated[tuple[tuple[str, ...], ...], Parsed(read_rows, part.ROWS)] = Field(
        (), description="Rows to start with: the cells of the given columns."
    )
    prompts: Texts = Field((), description="Shown one at a time while people collect.")
    vote: Annotated[Voting | None, Parsed(read_voting, part.VOTE)] = Field(
        None, description="Put a rating, number or choice to a vote: silent or open."
    )
    respondents: Ids = Field((), description="Sides that answer apart: [giver, receiver].")


class ItemFile(ItemKeys):
    """One question; the id is never reused, because answers and history hang on it."""

    id: Id = Field(description="Unique in the agenda, never reused.")
    kind: Annotated[ItemKind, _one_of("kind", ItemKind)] = Field(description="What an answer is.")
    ask: Text = Field(description="The question, as it is read aloud.")


class ItemChange(ItemKeys):
    """New values for keys of an item; each key given replaces the old one whole."""

    ask: MaybeText = Field(None, description="The question, as it is read aloud.")


class SectionFile(_Keys):
    """A stretch of the meeting."""

    id: Id = Field(description="Unique among the sections.")
    title: Text = Field(description="Title of the section.")
    minutes: Minutes = Field(description="Planned minutes.")
    goal: MaybeText = Field(None, description="What the section is for, in a line.")
    when: MaybeWhen = Field(None, description="Held only when this holds.")
    items: list[ItemFile] = Field(default_factory=list, description="The questions, in order.")


class AddFile(_Keys):
    """An item for a section, or a whole section."""

    to: MaybeId = Field(None, description="The section that the item goes to.")
    after: MaybeId = Field(None, description="The item or section that it follows.")
    before: MaybeId = Field(None, description="The item or section that it comes before.")
    item: ItemFile | None = Field(None, description="The new item.")
    section: SectionFile | None = Field(None, description="The new section.")


class AgendaFile(_Keys):
    """An agenda of its own (with sections), or changes to another (with extends)."""

    agenda: Annotated[int, Parsed(_read_format, {"const": FORMAT})] = Field(description="Version of the format.")
    id: Id = Field(description="Name of the agenda; history hangs on it.")
    version: Text = Field("1", description="Version of this agenda; a text.")
    title: MaybeText = Field(None, description="Title of the meeting.")
    kind: Annotated[ReviewKind | None, _one_of("kind of review", ReviewKind)] = Field(
        None, description="Which review it is."
    )
    about: MaybeText = Field(None, description="What the meeting is for.")
    minutes: MaybeMinutes = Field(None, description="Length of the meeting; left out: the sum of the sections.")
    cadence: Annotated[tuple[Cadence, ...], Parsed(read_cadence, part.CADENCE)] = Field(
        (), description="How often it is due: a span, or one for each tier."
    )
    triggers: Ids = Field((), description="Reasons it may be held for, besides the calendar.")
    roles: Annotated[tuple[RoleCount, ...], Parsed(read_roles, part.ROLES)] = Field(
        (), description="Who should be there: {facilitator: 1, owner: 1+, guest: any}."
    )
    signers: Annotated[tuple[tuple[Tier, tuple[str, ...]], ...], Parsed(read_signers, part.SIGNERS)] = Field(
        (), description="Roles that sign, for all tiers or by tier."
    )
    sections: list[SectionFile] = Field(default_factory=list, description="The meeting, in order.")
    extends: MaybeId = Field(None, description="Id of the agenda that this one changes.")
    remove: Ids = Field((), description="Items and sections to leave out.")
    retime: dict[str, Minutes] = Field(default_factory=dict, description="New minutes by section.")
    change: dict[str, ItemChange] = Field(default_factory=dict, description="New values by item.")
    replace: dict[str, ItemFile] = Field(
        default_factory=dict, description="Another item, with an id of its own, in the place of one."
    )
    add: list[AddFile] = Field(default_factory=list, description="New items and sections.")

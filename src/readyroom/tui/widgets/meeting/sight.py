"""What the question in the middle is painted from: one value, so that painting is a pure function of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from readyroom.domain.agenda import Item
from readyroom.domain.answer import Answer, AnswerKey, Prepared
from readyroom.domain.hold import ItemVerdict
from readyroom.domain.meeting import Meeting
from readyroom.domain.progress import Place
from readyroom.tui.themes import UNICODE, Glyphs
from readyroom.workflows.live import Clash
from readyroom.workflows.suggesting import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDraft:
    """A row of a table while it is typed: its cells as texts, and which of them is open."""

    row: int
    cells: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """The field that is open over the question, and how many lines it needs."""

    slot: str
    height: int = 1
    row: RowDraft | None = None
    problem: str = ""
    """Why what was typed does not fit, beside the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The current question with all that is shown of it."""

    meeting: Meeting
    place: Place
    now: datetime
    today: date
    glyphs: Glyphs = UNICODE
    editing: Editing | None = None
    cursor: int = 0
    """The marked row of a table."""
    guide_open: bool = False
    offers: Sequence[Suggestion] = ()
    verdict: ItemVerdict | None = None
    clashes: Sequence[Clash] = ()
    roster: tuple[str, ...] = field(default=())
    still_here: bool = False
    """Whether the room has stayed here since this side began to answer."""

    @property
    def item(self) -> Item:
        """The question."""
        return self.place.item

    @property
    def key(self) -> AnswerKey:
        """Where its answer is kept."""
        return self.place.key

    @property
    def answer(self) -> Answer:
        """What was said so far."""
        return self.meeting.answer(self.key)

    @property
    def prepared(self) -> tuple[Prepared, ...]:
        """What was prepared for it."""
        return self.meeting.prepared_for(self.key)

    @property
    def slot(self) -> str:
        """The slot that is open, or nothing."""
        return self.editing.slot if self.editing else ""

    def at(self, instant: datetime) -> str:
        """An instant as the room reads its clock."""
        return f"{instant.astimezone(ZoneInfo(self.meeting.session.zone)):%H:%M}"

    def ago(self, instant: datetime) -> str:
        """How long ago, in the largest unit that fits."""
        days = (self.today - instant.astimezone(ZoneInfo(self.meeting.session.zone)).date()).days
        if days <= 0:
            return f"today {self.at(instant)}"
        return "yesterday" if days == 1 else f"{days} days ago"

"""The outline at the left: one widget, whose cost does not grow with the agenda; only the lines in sight are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.geometry import Region, Size

from readyroom.domain.answer import FAIL, AnswerState
from readyroom.domain.progress import Place, is_asked, state_of
from readyroom.domain.sides import is_sealed
from readyroom.tui.text import clip
from readyroom.tui.themes import Glyphs, state_look
from readyroom.tui.widgets.meeting.clock_sight import ClockReader
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span
from readyroom.tui.widgets.meeting.lines_view import LinesView
from readyroom.workflows.live import LiveMeeting

STATE_ROLES = {"$error": "bad", "$success": "good", "$warning": "warn", "$accent": "accent", "$text-muted": "dim"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the outline: a section's heading where `place` is None, else a question."""

    section: str
    title: str = ""
    place: Place | None = None
    index: int = -1


class Outline(LinesView):
    """Sections with minutes used and planned, questions with their state; a click goes there."""

    DEFAULT_CSS = """
    Outline { width: 34; height: 1fr; padding: 1 1 0 2; border-right: solid $line; }
    """

    def __init__(self, live: LiveMeeting, clock: ClockReader, glyphs: Callable[[], Glyphs]) -> None:
        super().__init__(id="outline")
        self._live = live
        self._clock = clock
        self._glyphs = glyphs
        self._places: Sequence[Place] = ()
        self._rows: list[_Row] = []
        self._row_of: dict[int, int] = {}
        self._seen: dict[int, Line] = {}
        self._made: dict[int, tuple[object, ...]] = {}

    def rebuild(self) -> None:
        """Bring the lines in sight up to date; the structure only where questions came or went."""
        if not self.size.width or not self.display:
            return
        places = self._live.places
        if places is not self._places:
            if places != self._places:
                self._restructure(places)
            self._places = places
        self._follow()
        top, (width, height) = self.scroll_offset.y, self.size
        changed = []
        for number in range(top, min(top + height, len(self._rows))):
            of = self._made_of(number, width)
            if self._made.get(number) != of:
                self._made[number] = of
                made = self._make(number, width)
                if self._seen.get(number) != made:
                    self._seen[number] = made
                    changed.append(Region(0, number - top, width, 1))
        if changed:
            self.refresh(*changed)

    def _made_of(self, number: int, width: int) -> tuple[object, ...]:
        """What a row depends on: while this is the same, so is its line."""
        row = self._rows[number]
        if row.place is None:
            clock = self._clock.read() if row.title else None
            time = clock.sections.get(row.section) if clock else None
            return (width, time.used // 60, time.planned) if time else (width,)
        meeting, key = self._live.meeting, row.place.key
        sealed = bool(key.respondent) and is_sealed(meeting, key)
        return (width, meeting.answers.get(key), meeting.prepared, key == self._live.key, sealed)

    def _restructure(self, places: Sequence[Place]) -> None:
        rows: list[_Row] = []
        self._row_of = {}
        for index, place in enumerate(places):
            if not rows or rows[-1].section != place.section.id:
                if rows:
                    rows.append(_Row(place.section.id))
                rows.append(_Row(place.section.id, place.section.title))
            self._row_of[index] = len(rows)
            rows.append(_Row(place.section.id, place.item.ask, place, index))
        self._rows, self._seen, self._made = rows, {}, {}
        size = Size(0, len(rows) if len(rows) > self.size.height else 0)
        if size != self.virtual_size:
            self.virtual_size = size
        self.refresh()

    def _follow(self) -> None:
        """Keep the current question in sight, with a line or two around it."""
        row = self._row_of.get(self._live.index, 0)
        top, height = self.scroll_offset.y, self.size.height
        if row < top + 1 or row > top + height - 3:
            wanted = max(0, min(row - height // 3, len(self._rows) - height))
            self.scroll_to(y=wanted, animate=False, immediate=True)

    def _make(self, number: int, width: int) -> Line:
        row = self._rows[number]
        if row.place is None:
            return self._section_line(row, width) if row.title else BLANK
        return self._item_line(row, row.place, width)

    def _section_line(self, row: _Row, width: int) -> Line:
        clock = self._clock.read()
        time = clock.sections.get(row.section) if clock else None
        right: tuple[Span, ...] = ()
        if time is not None:
            late = time.over >= 60
            text = f"{int(time.used // 60)}/{int(time.planned // 60)} min"
            right = (Span(f"{text} {self._glyphs().late}" if late else text, "warn" if late else "dim"),)
        if self.virtual_size.height:
            right = (*right, Span(" "))  # the scrollbar stands there
        room = width - sum(len(span.text) for span in right) - 1
        return Line((Span(clip(row.title, room), "strong"),), right)

    def _item_line(self, row: _Row, place: Place, width: int) -> Line:
        meeting, glyphs = self._live.meeting, self._glyphs()
        current = place.key == self._live.key
        answer = meeting.answer(place.key)
        value = answer.value if answer.state is AnswerState.ANSWERED else None
        bad = value == FAIL or (bool(place.item.bad) and value == place.item.bad)
        bad = bad and not is_sealed(meeting, place.key)
        look = state_look(state_of(meeting, place.key), bad=bad, glyphs=glyphs)
        sign = Span(look.glyph, STATE_ROLES.get(look.style, "")) if is_asked(place.item) else Span(glyphs.dot, "dim")
        mark = Span(f"{glyphs.cursor} " if current else "  ", "accent")
        about = f"{place.key.subject}: " if len(meeting.session.subjects) > 1 else ""
        side = f"{place.key.respondent}: " if place.key.respondent else ""
        label = clip(f"{about}{side}{place.item.ask}", width - 5)
        role = "strong" if current else "dim" if value is not None else ""
        return Line((mark, sign, Span(f" {label}", role)), hit=f"go:{row.index}", row_role="cursor" if current else "")

    def line_at(self, number: int) -> Line:
        if number >= len(self._rows):
            return BLANK
        return self._seen.get(number) or self._make(number, self.size.width)

"""The outline at the left: one widget, whose cost does not grow with the agenda; only the lines in sight are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.geometry import Region, Size
from textual.strip import Strip

from readyroom.domain.answer import FAIL, AnswerState
from readyroom.domain.clock import SectionTime, section_times
from readyroom.domain.progress import Place, is_asked, state_of
from readyroom.tui.text import clip
from readyroom.tui.themes import Glyphs, state_look
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span
from readyroom.tui.widgets.meeting.lines_view import LinesView, hit_at
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
    Outline { width: 34; height: 1fr; padding: 1 1 0 1; border-right: solid $line; }
    """

    def __init__(self, live: LiveMeeting, glyphs: Callable[[], Glyphs]) -> None:
        super().__init__(id="outline")
        self._live = live
        self._glyphs = glyphs
        self._places: Sequence[Place] = ()
        self._rows: list[_Row] = []
        self._row_of: dict[int, int] = {}
        self._seen: dict[int, Line] = {}
        self._times: dict[str, SectionTime] = {}

    def rebuild(self) -> None:
        """Bring the lines in sight up to date; the structure only where questions came or went."""
        if not self.size.width or not self.display:
            return
        places = self._live.places
        if places is not self._places:
            if places != self._places:
                self._restructure(places)
            self._places = places
        self._times = {t.section: t for t in section_times(self._live.meeting.agenda, self._live.timing)}
        self._follow()
        before = self._seen
        top = self.scroll_offset.y
        self._seen = {n: self._make(n) for n in range(top, min(top + self.size.height, len(self._rows)))}
        changed = [n for n, made in self._seen.items() if before.get(n) != made]
        if changed or len(before) != len(self._seen):
            self.refresh(*(Region(0, n - top, self.size.width, 1) for n in changed))

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
        self._rows, self._seen = rows, {}
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

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        if number >= len(self._rows):
            return self.paint(BLANK)
        made = self._seen.get(number)
        if made is None:
            made = self._seen[number] = self._make(number)
        return self.paint(made)

    def _make(self, number: int) -> Line:
        row = self._rows[number]
        if row.place is None:
            return self._section_line(row) if row.title else BLANK
        return self._item_line(row, row.place)

    def _section_line(self, row: _Row) -> Line:
        time = self._times.get(row.section)
        right: tuple[Span, ...] = ()
        if time is not None:
            late = time.over >= 60
            text = f"{int(time.used // 60)}/{int(time.planned // 60)} min"
            right = (Span(f"{text} {self._glyphs().late}" if late else text, "warn" if late else "dim"),)
        room = self.size.width - sum(len(span.text) for span in right) - 1
        return Line((Span(clip(row.title, room), "strong"),), right)

    def _item_line(self, row: _Row, place: Place) -> Line:
        meeting, glyphs = self._live.meeting, self._glyphs()
        current = place.key == self._live.key
        answer = meeting.answer(place.key)
        value = answer.value if answer.state is AnswerState.ANSWERED else None
        bad = value == FAIL or (bool(place.item.bad) and value == place.item.bad)
        look = state_look(state_of(meeting, place.key), bad=bad, glyphs=glyphs)
        sign = Span(look.glyph, STATE_ROLES.get(look.style, "")) if is_asked(place.item) else Span(glyphs.dot, "dim")
        mark = Span(f"{glyphs.cursor} " if current else "  ", "accent")
        about = f"{place.key.subject}: " if len(meeting.session.subjects) > 1 else ""
        label = clip(f"{about}{place.item.ask}", self.size.width - 5)
        role = "strong" if current else "dim" if value is not None else ""
        return Line((mark, sign, Span(f" {label}", role)), hit=f"go:{row.index}", row_role="cursor" if current else "")

    def hit_under(self, x: int, y: int) -> str:
        """The command under a point."""
        number = y + self.scroll_offset.y
        return hit_at(self._make(number), x, self.size.width) if number < len(self._rows) else ""

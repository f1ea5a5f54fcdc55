"""The head of a meeting: what, which section, the clock, the projected end, and the truth about saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from readyroom.tui.commands import command, show_keys
from readyroom.tui.text import clip
from readyroom.tui.themes import Glyphs
from readyroom.tui.widgets.meeting.clock_sight import ClockReader, ClockSight
from readyroom.tui.widgets.meeting.lines import Line, Span, cells
from readyroom.tui.widgets.meeting.lines_view import LinesView
from readyroom.workflows.live import LiveMeeting, SavedMark


def minutes_seconds(seconds: float) -> str:
    """`08:40`; hours are counted in minutes, as the plan is."""
    whole = int(seconds)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def short_minutes(seconds: float) -> str:
    """Minutes without a needless decimal."""
    minutes = seconds / 60
    return str(int(minutes)) if minutes == int(minutes) else f"{minutes:.1f}"


class Head(LinesView):
    """Three lines that are always there."""

    DEFAULT_CSS = "Head { height: 3; padding: 0 1; }"

    def __init__(
        self,
        live: LiveMeeting,
        clock: ClockReader,
        glyphs: Callable[[], Glyphs],
        company: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__(id="head")
        self._company = company
        self._live = live
        self._clock = clock
        self._glyphs = glyphs

    def build(self, width: int) -> Sequence[Line]:
        glyphs, live = self._glyphs(), self._live
        clock = self._clock.read()
        rule = Line((Span(glyphs.rule * width, "rule"),))
        return (_title_line(live, clock, glyphs, width), rule, _state_line(live, clock, self._company(), glyphs, width))


def _title_line(live: LiveMeeting, clock: ClockSight | None, glyphs: Glyphs, width: int) -> Line:
    session, place = live.meeting.session, live.place
    subject = (Span(f" {glyphs.dot} ", "dim"), Span(clip(session.subject, width), "dim")) if session.subject else ()
    if place is None or clock is None:
        return Line((Span(clip(session.title, width), "title"), *subject))
    number = next((n for n, s in enumerate(live.meeting.agenda.sections, 1) if s.id == place.section.id), 0)
    of = f"{number}/{len(live.meeting.agenda.sections)}"
    zone = ZoneInfo(session.zone)
    clock_spans = _clock_spans(clock, glyphs, zone)
    title = Span(clip(session.title, width), "title")
    room = width - cells(clock_spans) - len(of) - cells((title, *subject)) - 5
    if room < cell_len(place.section.title):
        clock_spans = _clock_spans(clock, glyphs, zone, close=True)
        room = width - cells(clock_spans) - len(of) - cells((title, *subject)) - 4
    section = clip(place.section.title, max(12 if width > 60 else 6, room))
    right = (Span(f"{of} ", "dim"), Span(f"{section}  ", "strong"), *clock_spans)
    return Line((title, *subject), right)


def _clock_spans(clock: ClockSight, glyphs: Glyphs, zone: ZoneInfo, *, close: bool = False) -> tuple[Span, ...]:
    """Used of planned, and the projected end; `close` where each column counts."""
    between = "/" if close else " of "
    used = Span(minutes_seconds(clock.section.used), "bad" if clock.section.over else "strong", "pause")
    of = Span(f"{between}{short_minutes(clock.section.planned)}  ", "dim", "pause")
    paused = () if clock.running else (Span("paused  ", "warn", "pause"),)
    ends = Span(f"ends {clock.ends.astimezone(zone):%H:%M}", "warn" if clock.late else "", "")
    late = (Span(f" {glyphs.late}", "warn"),) if clock.late else ()
    return (used, of, *paused, ends, *late)


def _state_line(
    live: LiveMeeting, clock: ClockSight | None, company: Sequence[str], glyphs: Glyphs, width: int
) -> Line:
    counts = _counts(live, glyphs)
    saving = live.saving
    if saving.mark is SavedMark.NOT_SAVED:
        told = not_saved_words(live, glyphs)
        fits = cells((Span(told), *counts)) < width
        return Line((Span(clip(told, width), "bad", "retry"),), counts if fits else ())
    position = f"item {live.index + 1} of {len(live.places)}" if live.places else ""
    over = _over(live, clock, glyphs)
    mark = _saved_mark(live)
    others = (Span(f"   {glyphs.disputed} also open: {clip(', '.join(company), 30)}", "warn"),) if company else ()
    return Line((Span(position, "dim", "go_to"), *over, *others), (*mark, *counts)) if width > 30 else Line(mark)


def not_saved_words(live: LiveMeeting, glyphs: Glyphs) -> str:
    """Why nothing is saved and what to do, in one line."""
    keys = show_keys(command("meeting.retry"))
    why = "; ".join(part.removesuffix(", then try again") for part in (live.saving.why, live.saving.fix) if part)
    return f"{glyphs.grave} NOT SAVED: {why}, then {keys} tries again" if why else f"{glyphs.grave} NOT SAVED"


def _saved_mark(live: LiveMeeting) -> tuple[Span, ...]:
    saving = live.saving
    if saving.mark is SavedMark.SAVING:
        return (Span("saving…", "dim"),)
    if saving.at is None:
        return (Span("saved", "dim"),)
    zone = ZoneInfo(live.meeting.session.zone)
    return (Span(f"saved {saving.at.astimezone(zone):%H:%M}", "dim"),)


def _counts(live: LiveMeeting, glyphs: Glyphs) -> tuple[Span, ...]:
    meeting = live.meeting
    counted = (
        (len(meeting.actions), "act"),
        (len(meeting.risks), "risk" if len(meeting.risks) == 1 else "risks"),
        (len(meeting.decisions), "dec"),
        (len(meeting.parked), "parked"),
    )
    words = f" {glyphs.dot} ".join(f"{count} {word}" for count, word in counted if count)
    return (Span(f" {glyphs.dot} {words}", "", "captures"),) if words else ()


def _over(live: LiveMeeting, clock: ClockSight | None, glyphs: Glyphs) -> tuple[Span, ...]:
    """What to do when a section runs over, in one line and never in the way."""
    place = live.place
    if clock is None or place is None or clock.section.over < 60:
        return ()
    over = Span(f"   {int(clock.section.over // 60)} min over ", "bad")
    offers = (Span(f"{glyphs.dot} ", "dim"), Span(show_keys(command("meeting.extend")), "key", "extend"))
    parks = (Span(" 2 more ", "dim", "extend"), Span(f"{glyphs.dot} ", "dim"))
    park = (Span(show_keys(command("meeting.parked")), "key", "park"), Span(" park it", "dim", "park"))
    drop = (Span(f" {glyphs.dot} ", "dim"), Span(show_keys(command("meeting.skip")), "key", "skip"))
    drops = (*drop, Span(" drop it", "dim", "skip")) if place.item.optional else ()
    return (over, *offers, *parks, *park, *drops)

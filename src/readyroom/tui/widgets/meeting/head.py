"""The head of a meeting: what, which section, the clock, the projected end, and the truth about saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from readyroom.tui.commands import command, show_keys
from readyroom.tui.text import clip
from readyroom.tui.themes import Glyphs
from readyroom.tui.widgets.meeting.clock_sight import ClockReader, ClockSight
from readyroom.tui.widgets.meeting.lines import Line, Span, cells
from readyroom.tui.widgets.meeting.lines_view import LinesView
from readyroom.workflows.live import LiveMeeting, SavedMark

_GAP = 2
"""Cells between what stands at the left and what stands at the right."""
_SHORTEST_TITLE = 8
_NARROWEST = 30


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
    ) -> None:
        super().__init__(id="head")
        self._live = live
        self._clock = clock
        self._glyphs = glyphs

    def build(self, width: int) -> Sequence[Line]:
        glyphs, live = self._glyphs(), self._live
        clock = self._clock.read()
        title, below = _title_line(live, clock, glyphs, width)
        return (title, Line((Span(glyphs.rule * width, "rule"),)), _state_line(live, below, glyphs, width))


def _title_line(live: LiveMeeting, clock: ClockSight | None, glyphs: Glyphs, width: int) -> tuple[Line, str]:
    """What is held, and the clock; what a section runs over stands before its clock, in place of the title if need be.

    The second value is the section's title where there is no room for it: it goes on the line below.
    """
    session, place = live.meeting.session, live.place
    subject = (Span(f" {glyphs.dot} ", "dim"), Span(session.subject, "dim")) if session.subject else ()
    title = (Span(session.title, "title"), *subject)
    if place is None or clock is None:
        return Line(title), ""
    sections = live.meeting.agenda.sections
    number = next((n for n, s in enumerate(sections, 1) if s.id == place.section.id), 0)
    of = Span(f"{number}/{len(sections)} ", "dim")
    section = Span(f"{place.section.title}  ", "strong")
    zone = ZoneInfo(session.zone)
    roomy, close = _clock_spans(clock, glyphs, zone), _clock_spans(clock, glyphs, zone, close=True)
    over = _over(live, clock, glyphs)
    lefts = [(*title, Span("   "), *over), over] if over else [title]
    rights = [
        ((of, section, *roomy), ""),
        ((of, section, *close), ""),
        ((of, *roomy), section.text),
        ((of, *close), section.text),
    ]
    for left in lefts:
        for right, below in rights:
            if cells(left) + cells(right) + _GAP <= width:
                return Line(left, right), below.strip()
    right, below = rights[-1]
    room = max(0, width - cells(right) - _GAP - cells(subject))
    cut = (Span(clip(session.title, max(room, _SHORTEST_TITLE)), "title"), *subject)
    return Line(over or cut, right), below.strip()


def _clock_spans(clock: ClockSight, glyphs: Glyphs, zone: ZoneInfo, *, close: bool = False) -> tuple[Span, ...]:
    """Used of planned, and the projected end; `close` where each column counts."""
    between = "/" if close else " of "
    used = Span(minutes_seconds(clock.section.used), "bad" if clock.section.over else "strong", "pause")
    of = Span(f"{between}{short_minutes(clock.section.planned)}  ", "dim", "pause")
    paused = () if clock.running else (Span("paused  ", "warn", "pause"),)
    ends = Span(f"ends {clock.ends.astimezone(zone):%H:%M}", "warn" if clock.late else "", "")
    late = (Span(f" {glyphs.late}" if close else f" {glyphs.late} late", "warn"),) if clock.late else ()
    return (used, of, *paused, ends, *late)


def _state_line(live: LiveMeeting, section: str, glyphs: Glyphs, width: int) -> Line:
    counts = _counts(live, glyphs)
    saving = live.saving
    if saving.mark is SavedMark.NOT_SAVED:
        told = not_saved_words(live, glyphs)
        fits = cells((Span(told), *counts)) < width
        return Line((Span(clip(told, width), "bad", "retry"),), counts if fits else ())
    mark = _saved_mark(live)
    if width <= _NARROWEST:
        return Line(mark)
    position = Span(f"item {live.index + 1} of {len(live.places)}" if live.places else "", "dim", "go_to")
    left = (Span(section, "strong"), Span(f" {glyphs.dot} ", "dim"), position) if section else (position,)
    for counted in (counts, _counts(live, glyphs, close=True)):
        if cells(left) + cells((*mark, *counted)) + _GAP <= width:
            return Line(left, (*mark, *counted))
    room = width - cells((position, *mark)) - _GAP - 3
    return Line((Span(clip(section, max(1, room)), "strong"), *left[1:]), mark) if section else Line(left, mark)


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


def _counts(live: LiveMeeting, glyphs: Glyphs, *, close: bool = False) -> tuple[Span, ...]:
    """What was taken down so far; `close` where each column counts: the number and the key that adds one."""
    meeting = live.meeting
    counted = (
        (len(meeting.actions), "act", "meeting.action"),
        (len(meeting.risks), "risk" if len(meeting.risks) == 1 else "risks", "meeting.risk"),
        (len(meeting.decisions), "dec", "meeting.decision"),
        (len(meeting.parked), "parked", "meeting.parked"),
    )
    if close:
        words = " ".join(f"{count}{show_keys(command(key))}" for count, _, key in counted if count)
    else:
        words = f" {glyphs.dot} ".join(f"{count} {word}" for count, word, _ in counted if count)
    return (Span(f" {glyphs.dot} {words}", "", "captures"),) if words else ()


def _over(live: LiveMeeting, clock: ClockSight | None, glyphs: Glyphs) -> tuple[Span, ...]:
    """What to do when a section runs over, in one line and never in the way."""
    place = live.place
    if clock is None or place is None or clock.section.over < 60:
        return ()
    over = Span(f"{int(clock.section.over // 60)} min over ", "bad")
    offers = (Span(f"{glyphs.dot} ", "dim"), Span(show_keys(command("meeting.extend")), "key", "extend"))
    parks = (Span(" 2 more ", "dim", "extend"), Span(f"{glyphs.dot} ", "dim"))
    park = (Span(show_keys(command("meeting.parked")), "key", "park"), Span(" park it", "dim", "park"))
    drop = (Span(f" {glyphs.dot} ", "dim"), Span(show_keys(command("meeting.skip")), "key", "skip"))
    drops = (*drop, Span(" drop it", "dim", "skip")) if place.item.optional else ()
    return (over, *offers, *parks, *park, *drops)

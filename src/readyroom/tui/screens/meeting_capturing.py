"""Taking things down on the side, one line each, and who is in the room: both are typed into the bar at the bottom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readyroom.borders.text import LINE_LIMIT, clean_line
from readyroom.domain.capture import Action, Capture, CaptureKind, Decision, ParkedNote, Question, Risk, short_id
from readyroom.domain.captureline import CaptureLine, read_capture_line, write_capture_line
from readyroom.tui.screens.meeting_fields import Typing
from readyroom.tui.widgets.meeting.capture_bar import echo_spans
from readyroom.tui.widgets.meeting.lines import Line, Span
from readyroom.tui.widgets.meeting.side import marks_of
from readyroom.workflows.roster import read_roster, update_roster, write_roster

if TYPE_CHECKING:
    from readyroom.tui.screens.meeting import MeetingScreen
    from readyroom.tui.widgets.meeting.capture_bar import CaptureBar

LABELS = {
    CaptureKind.ACTION: "action",
    CaptureKind.RISK: "risk",
    CaptureKind.DECISION: "decision",
    CaptureKind.PARKED: "park",
    CaptureKind.QUESTION: "ask",
}


class Capturing:
    """The bar at the bottom of a meeting screen."""

    def __init__(self, screen: MeetingScreen) -> None:
        self._screen = screen
        self._kind: CaptureKind | None = None
        self._edited: Capture | None = None
        self._told: Line | None = None

    async def open(self, kind: CaptureKind) -> None:
        """Take things of a kind down, line by line, until an empty one."""
        bar = await self._screen.overlay.show_bar()
        self._kind, self._edited = kind, None
        typing = Typing(
            slot="bar", draft=f"capture:{kind.value}", entered=self._entered, left=self._left,
            pasted=self._pasted, stays=True,
        )  # fmt: skip
        bar.begin(LABELS[kind], "↵ save, next")
        self._told = None
        self._screen.fields.open_bar(typing, bar.field, "")
        self.echo(bar.field.text)

    async def edit(self, captured: Capture) -> None:
        """Change something that was taken down; an empty line withdraws it."""
        bar = await self._screen.overlay.show_bar()
        self._kind, self._edited = captured.kind, captured
        typing = Typing(
            slot="bar", draft=f"edit:{captured.id}", entered=self._changed, left=self._left_alone, pasted=self._pasted,
            over=captured,
        )  # fmt: skip
        bar.begin(short_id(captured), "↵ change")
        self._told = Line((Span("an empty line withdraws it; ctrl+z brings it back", "dim"),))
        self._screen.fields.open_bar(typing, bar.field, write_capture_line(as_line(captured)))
        self.echo(bar.field.text)

    async def people(self) -> None:
        """Who is in the room, as one line."""
        bar = await self._screen.overlay.show_bar()
        self._kind, self._edited = None, None
        sitting = self._screen.live.meeting.sitting
        typing = Typing(
            slot="bar", draft="roster", entered=self._people, left=self._left_alone, pasted=self._pasted_people,
            over=sitting,
        )  # fmt: skip
        bar.begin("people", "↵ save")
        self._told = Line((Span("names with roles: Ana (owner), Bo (on-call); leave out who has left", "dim"),))
        self._screen.fields.open_bar(typing, bar.field, write_roster(sitting.attendees if sitting else ()))
        self.echo(bar.field.text)

    # ---- while one types

    def tell(self, said: Line | None) -> None:
        """Above the line: what was just said, else what helps here, else what was taken down last."""
        if self._screen.overlay.bar is not None:
            self._screen.overlay.bar.told(said or self._told or last_line(self._screen))

    def echo(self, text: str) -> None:
        """Show what is understood of the line so far."""
        bar = self._screen.overlay.bar
        if bar is None:
            return
        if self._kind is None:
            self._echo_people(bar, text)
            return
        live = self._screen.live
        read = read_capture_line(text, live.today, live.meeting.roster)
        place = live.place
        item = place.item if place is not None and self._edited is None else None
        spans = echo_spans(self._kind, read, item, live.today, self._screen.glyphs)
        closes = () if self._edited else (Span("empty ↵ closes", "dim"),)
        bar.echo(spans, closes)

    def _echo_people(self, bar: CaptureBar, text: str) -> None:
        people = read_roster(text)
        roles = [f"{name} ({role})" if role else name for name, role in people]
        bar.echo_text(f"{len(people)} in the room: {', '.join(roles)}" if people else "")

    # ---- taking it

    def _entered(self, text: str) -> str:
        if self._kind is None or not text.strip():
            self._screen.fields.close()
            return ""
        self._take(self._kind, text)
        bar = self._screen.overlay.bar
        if bar is not None:
            bar.field.load_line("")
            self._screen.fields.forget()
            self.echo("")
        return ""

    def _take(self, kind: CaptureKind, text: str) -> Capture | None:
        line = clean_line(text, limit=LINE_LIMIT)
        captured = self._screen.live.capture(kind, line)
        if captured is None:
            self._screen.say("there is no text in it, only marks", "warn")
        return captured

    def _left(self, text: str) -> None:
        """Escape: what is half-typed waits for the next time."""
        fields, typing = self._screen.fields, self._screen.fields.typing
        if typing is not None:
            self._screen.live.keep_draft(typing.draft, text)
            fields.close(keep_draft=bool(text.strip()))
        if text.strip() and self._kind is not None:
            self._screen.say(f"the half-typed {LABELS[self._kind]} is kept")

    def _left_alone(self, text: str) -> None:
        """Escape: what was there stays as it was."""

    def _pasted(self, text: str) -> None:
        """Each pasted line is taken down by itself."""
        if self._kind is None or self._edited is not None:
            self._insert(" ".join(text.split()))
            return
        field = self._screen.fields.field
        begun = field.text if field is not None else ""
        lines = [line for line in (begun + text).splitlines() if line.strip()]
        taken = [one for one in (self._take(self._kind, line) for line in lines) if one is not None]
        bar = self._screen.overlay.bar
        if bar is not None:
            bar.field.load_line("")
            self._screen.fields.forget()
            self.echo("")
        self._screen.say(f"{len(taken)} lines taken down, each by itself")

    def _insert(self, text: str) -> None:
        field = self._screen.fields.field
        if field is not None:
            field.insert(text[:LINE_LIMIT])

    def _changed(self, text: str) -> str:
        captured, live = self._edited, self._screen.live
        if captured is None:
            return ""
        standing = next((one for one in live.meeting.captures if one.id == captured.id), captured)
        if not text.strip():
            live.withdraw(standing)
            self._screen.say(f"{short_id(standing)} withdrawn; ctrl+z brings it back")
        else:
            read = read_capture_line(clean_line(text, limit=LINE_LIMIT), live.today, live.meeting.roster)
            if not read.text:
                return "there is no text in it, only marks"
            live.change_capture(with_line(standing, read))
        return ""

    def _people(self, text: str) -> str:
        live = self._screen.live
        sitting = live.meeting.sitting
        if sitting is None:
            return "no sitting is under way"
        before = sitting.attendees
        after = update_roster(before, read_roster(text), live.now)
        if after != before:
            live.set_attendees(after)
            self._screen.say(f"{len(live.meeting.present)} in the room")
        return ""

    def _pasted_people(self, text: str) -> None:
        lines = [line.strip().strip(",;") for line in text.splitlines() if line.strip()]
        field = self._screen.fields.field
        gap = ", " if field is not None and field.text.strip() else ""
        self._insert(gap + ", ".join(lines))


def as_line(captured: Capture) -> CaptureLine:
    """A capture as the line that reads back as it."""
    if isinstance(captured, Action):
        return CaptureLine(text=captured.title, owner=captured.owner, due=captured.due, priority=captured.priority)
    if isinstance(captured, Risk):
        priority = 6 - captured.worry if captured.worry and captured.worry >= 2 else None
        return CaptureLine(text=captured.title, owner=captured.owner, priority=priority)
    if isinstance(captured, ParkedNote):
        return CaptureLine(text=captured.title, owner=captured.owner, due=captured.due)
    if isinstance(captured, Decision):
        return CaptureLine(text=captured.title, owner=captured.decided_by)
    return CaptureLine(text=captured.title)


def with_line(captured: Capture, read: CaptureLine) -> Capture:
    """A capture with what a line says; the rest of it stays."""
    match captured:
        case Action():
            return replace(captured, title=read.text, owner=read.owner, due=read.due, priority=read.priority)
        case Risk():
            worry = 6 - read.priority if read.priority else captured.worry if captured.worry == 1 else None
            return replace(captured, title=read.text, owner=read.owner, worry=worry)
        case ParkedNote():
            return replace(captured, title=read.text, owner=read.owner, due=read.due)
        case Decision():
            return replace(captured, title=read.text, decided_by=read.owner)
        case Question():
            return replace(captured, title=read.text)


def last_line(screen: MeetingScreen) -> Line:
    """A glimpse of what was taken down last."""
    standing = [one for one in screen.live.meeting.captures if not one.withdrawn]
    if not standing:
        return Line()
    last = standing[-1]
    dot = f" {screen.glyphs.dot} "
    marks = dot + dot.join(marks_of(last)) if marks_of(last) else ""
    spans = (Span(f"{short_id(last)} ", "accent"), Span(last.title, "dim"), Span(marks, "dim"))
    return Line(spans, hit=f"capture:{last.id}")

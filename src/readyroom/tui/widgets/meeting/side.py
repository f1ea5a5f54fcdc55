"""The context at the right: what was taken down so far, and who is in the room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from readyroom.domain.capture import Action, Capture, CaptureKind, Decision, ParkedNote, Risk, short_id
from readyroom.tui.commands import command, show_keys
from readyroom.tui.themes import Glyphs
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span, wrapped
from readyroom.tui.widgets.meeting.lines_view import LinesView
from readyroom.workflows.live import LiveMeeting

_GROUPS = (
    (CaptureKind.ACTION, "Actions"),
    (CaptureKind.RISK, "Risks"),
    (CaptureKind.DECISION, "Decisions"),
    (CaptureKind.PARKED, "Parked"),
    (CaptureKind.QUESTION, "Asked here"),
)


class Side(LinesView):
    """The right pane of a wide screen."""

    DEFAULT_CSS = """
    Side { width: 44; height: 1fr; padding: 1 2 0 2; border-left: solid $line; }
    """

    def __init__(self, live: LiveMeeting, glyphs: Callable[[], Glyphs]) -> None:
        super().__init__(id="side")
        self._live = live
        self._glyphs = glyphs

    def rebuild(self) -> None:
        if self.display:
            super().rebuild()

    def build(self, width: int) -> Sequence[Line]:
        return [*self._captured(width), *self._people(width)]

    def _captured(self, width: int) -> Iterator[Line]:
        meeting = self._live.meeting
        standing = [one for one in meeting.captures if not one.withdrawn]
        if not standing:
            yield Line((Span("Taken down", "strong"),))
            keys = " ".join(show_keys(command(f"meeting.{kind.value}")) for kind, _ in _GROUPS)
            yield from wrapped(
                f"Nothing yet. {keys}: an action, a risk, a decision, a parked note, a question.", width, "dim"
            )
            yield BLANK
        for kind, title in _GROUPS:
            found = [one for one in standing if one.kind is kind]
            if not found:
                continue
            yield Line((Span(title, "strong"),), (Span(str(len(found)), "dim"),))
            for one in reversed(found[-8:]):
                yield from self._capture_lines(one, width)
            if len(found) > 8:
                yield Line((Span(f"and {len(found) - 8} more", "dim"),), hit="captures")
            yield BLANK

    def _capture_lines(self, one: Capture, width: int) -> Iterator[Line]:
        here = bool(one.item) and one.item == self._live.key.item
        sign = Span(f"{short_id(one)}", "accent" if here else "dim")
        for text in wrapped(one.title, width, indent=6, first=(sign,)):
            yield Line(text.spans, hit=f"capture:{one.id}")
        if marks := marks_of(one):
            yield from wrapped(f" {self._glyphs().dot} ".join(marks), width, "dim", indent=6)

    def _people(self, width: int) -> Iterator[Line]:
        sitting = self._live.meeting.sitting
        there = [person for person in sitting.attendees if person.left_at is None] if sitting else []
        key = show_keys(command("meeting.people"))
        yield Line((Span("In the room", "strong"),), (Span(key, "key"), Span(" change", "dim")), hit="people")
        if not there:
            yield Line((Span("nobody is named yet", "dim"),), hit="people")
        for person in there:
            role = (Span(person.role, "dim"),) if person.role else ()
            yield Line((Span(person.name),), role, hit="people")


def marks_of(one: Capture) -> list[str]:
    """Owner, date and priority as they were understood."""
    marks: list[str] = []
    if isinstance(one, (Action, ParkedNote)):
        marks += [one.owner] if one.owner else []
        marks += [f"{one.due:%a} {one.due.day} {one.due:%b}"] if one.due else []
    if isinstance(one, Action):
        marks += [f"P{one.priority}"] if one.priority else []
        marks += [] if one.agreed else ["not yet agreed"]
        marks += [] if one.owner else ["no owner"]
    if isinstance(one, Risk):
        marks += [one.owner] if one.owner else []
        marks += [f"worry {one.worry} of 5"] if one.worry else []
    if isinstance(one, Decision) and one.decided_by:
        marks.append(f"by {one.decided_by}")
    return marks

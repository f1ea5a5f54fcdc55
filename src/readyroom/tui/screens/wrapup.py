"""Wrap-up: what is missing, the verdict, the minutes as they stand; then finish or adjourn. Nothing blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from readyroom.domain.capture import Action, Capture, ParkedNote, Risk, short_id
from readyroom.domain.captureline import CaptureLine, read_capture_line, write_capture_line
from readyroom.domain.record import Gap
from readyroom.tui.commands import Where, bindings, footer_of
from readyroom.tui.screens.beside import Beside
from readyroom.tui.screens.home_lines import spread
from readyroom.tui.screens.meeting_cells import named
from readyroom.tui.screens.minutes import Minutes
from readyroom.tui.screens.session_view import shown_paths, tell_written
from readyroom.tui.screens.wrapup_lines import capture_of, gap_line, place_of, verdict_lines
from readyroom.tui.text import Content, assemble
from readyroom.tui.themes import glyphs_of
from readyroom.tui.widgets.keybar import KeyBar
from readyroom.tui.widgets.lineinput import LineInput
from readyroom.tui.widgets.linelist import Entry, LineList, blank, heading
from readyroom.tui.widgets.words import Words
from readyroom.workflows.live import LiveMeeting, SavedMark
from readyroom.workflows.roster import read_roster, update_roster, write_roster
from readyroom.workflows.wrapup import Written, adjourn, finish, live_outcome, minutes_text, write_files

if TYPE_CHECKING:
    from readyroom.tui.app import ReadyroomApp

_PEOPLE = "people"
_NOT_MEANWHILE = frozenset({"finish", "adjourn", "export", "fix", "back", "home"})


class WrapUpScreen(Screen[None]):
    """The end of a meeting, on one screen."""

    WHERE = Where.WRAP_UP
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.WRAP_UP)
    DEFAULT_CSS = """
    WrapUpScreen #body { height: 1fr; layout: vertical; }
    WrapUpScreen #left { height: auto; max-height: 60%; padding: 0 2 0 0; }
    WrapUpScreen #list { height: auto; max-height: 10; }
    WrapUpScreen #verdict { height: auto; padding: 0 0 0 2; margin: 1 0 0 0; }
    WrapUpScreen #editor { display: none; height: 1; margin: 1 0 0 2; }
    WrapUpScreen.-editing #editor { display: block; }
    WrapUpScreen #what { width: auto; max-width: 40%; padding: 0 1 0 0; color: $accent; }
    WrapUpScreen #line { width: 1fr; }
    WrapUpScreen.-asking #line { display: none; }
    WrapUpScreen.-asking #what { max-width: 100%; }
    WrapUpScreen #preview { height: 1fr; margin: 1 0 0 0; padding: 0 2; scrollbar-size-vertical: 1; }
    WrapUpScreen.-wide #body, WrapUpScreen.-widest #body { layout: horizontal; }
    WrapUpScreen.-wide #left, WrapUpScreen.-widest #left { width: 45%; height: 1fr; max-height: 100%; }
    WrapUpScreen.-wide #list, WrapUpScreen.-widest #list { max-height: 60%; }
    WrapUpScreen.-wide #preview, WrapUpScreen.-widest #preview { width: 1fr; margin: 0; }
    """

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__()
        self.live = live
        self._gaps: tuple[Gap, ...] = ()
        self._editing: Capture | str | None = None
        self._asked: Action | None = None
        """What it is asked of whether its owner has agreed."""
        self._written: Written | None = None
        self._heard = live.heard
        """How much of other windows is shown."""
        self._meetings_own: Callable[[], None] = lambda: None
        self._beside: Beside[Written] = Beside(self, self._show_top)

    @property
    def room(self) -> ReadyroomApp:
        """The app, with its workspace."""
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """What is missing and the verdict, then the minutes: above each other, or side by side."""
        yield Words(id="top")
        with Vertical(id="body"):
            with Vertical(id="left"):
                yield LineList(id="list")
                with Horizontal(id="editor"):
                    yield Words(id="what")
                    yield LineInput(id="line", placeholder="@ana +2w !1")
                yield Words(id="verdict")
            with VerticalScroll(id="preview", can_focus=True):
                yield Minutes(minutes_text(self.room.workspace, self.live.meeting))
        yield KeyBar(Where.WRAP_UP)

    def on_mount(self) -> None:
        """Show what is missing, and hear of every change."""
        self._meetings_own, self.live.changed = self.live.changed, self._changed
        self._show_gaps()
        self.query_one(LineList).focus()

    def on_unmount(self) -> None:
        """The meeting hears of changes again."""
        self.live.changed = self._meetings_own

    def on_resize(self) -> None:
        """Lines are drawn for a width."""
        self._show_top()
        self.call_after_refresh(self._show_verdict)

    # ---- what is shown

    def _changed(self) -> None:
        self._show_top()
        if self.live.heard != self._heard and self._editing is None:
            self._heard = self.live.heard
            self.call_later(self._refresh_all)

    async def _refresh_all(self) -> None:
        self._show_gaps()
        self._show_verdict()
        await self.query_one(Minutes).show(minutes_text(self.room.workspace, self.live.meeting))

    def _show_top(self) -> None:
        session, saving = self.live.meeting.session, self.live.saving
        title = f"{session.title} · {session.subject}" if session.subject else session.title
        mark = saving.mark.value
        if self._beside.word:
            right = (self._beside.word, "bold $accent")
        elif saving.mark is SavedMark.NOT_SAVED:
            right = (f"{mark}: {saving.why}; {saving.fix}", "bold $error")
        else:
            at = saving.at.astimezone(ZoneInfo(session.zone)) if saving.at else None
            right = (f"{mark} {at:%H:%M}" if at else mark, "$text-muted")
        width = max(10, self.size.width - 4)
        self.query_one("#top", Words).show(spread([("Wrap-up", "bold $accent"), f"  {title}"], [right], width))

    def _show_gaps(self) -> None:
        live, glyphs = self.live, glyphs_of(self)
        self._gaps = live_outcome(live).gaps
        entries: list[Entry] = []
        if self._gaps:
            entries.append(heading("What is missing, most important first", str(len(self._gaps))))
        else:
            done = f"{glyphs.done} Nothing is missing."
            entries += [Entry(lambda _width: [assemble((done, "bold $success"))]), blank()]
        for number, gap in enumerate(self._gaps):

            def draw(width: int, gap: Gap = gap) -> list[Content]:
                return [gap_line(gap, live.meeting, live.places, width, glyphs)]

            entries.append(Entry(draw, number))
        self.query_one(LineList).show(entries)
        self._show_top()

    def _show_verdict(self) -> None:
        verdict = self.query_one("#verdict", Words)
        width = max(20, verdict.size.width)
        tall = self.has_class("-wide") or self.has_class("-widest")
        lines = verdict_lines(live_outcome(self.live), self.live.meeting, width, glyphs_of(self), tall=tall)
        verdict.show(lines, layout=True)

    # ---- fixing what is missing

    @on(LineList.Chosen)
    async def _chosen(self) -> None:
        await self.run_action("fix")

    def action_fix(self) -> None:
        """Go to the question that is marked, or open a line for its owner and date."""
        if self._asked is not None:
            self._agreed(self._asked)
            return
        marked = self.query_one(LineList).marked
        if not isinstance(marked, int):
            return
        gap, meeting = self._gaps[marked], self.live.meeting
        captured = capture_of(meeting, gap)
        if isinstance(captured, Action) and gap.fix == "ask":
            self._ask(captured)
        elif captured is not None:
            self._edit(captured, short_id(captured), _marks_of(captured))
        elif (place := place_of(meeting, self.live.places, gap)) is not None:
            self.live.go(place.key, jump=True)
            self.dismiss()
            if gap.fix == "add an action":
                self.room.call_later(self._add_action)
        elif meeting.sitting is not None:
            self._edit(_PEOPLE, "people", write_roster(meeting.sitting.attendees))

    async def _add_action(self) -> None:
        """The meeting is in front again, at the question: the line for its action is opened."""
        await self.room.screen.run_action("capture('action')")

    def _ask(self, action: Action) -> None:
        """Whether the owner, who was not there, has agreed meanwhile: only Enter says so."""
        self._asked = action
        enter = glyphs_of(self).enter
        words = f"{short_id(action)}: agreed with {action.owner}?  "
        self.query_one("#what", Words).show(
            assemble((words, "bold $accent"), (f"{enter} yes {glyphs_of(self).dot} esc no", "$text-muted")), layout=True
        )
        self.add_class("-editing", "-asking")
        self.query_one(KeyBar).choose(
            ["wrap-up.fix", "wrap-up.back"], {"wrap-up.fix": (enter, "yes"), "wrap-up.back": ("esc", "no")}
        )

    def _agreed(self, action: Action) -> None:
        self._close_editor()
        self.live.change_capture(replace(action, agreed=True), f"agreed on {short_id(action)}")
        self.room.tell(f"{short_id(action)} counts as agreed with {action.owner}.")
        self.call_later(self._refresh_all)

    def _edit(self, what: Capture | str, label: str, text: str) -> None:
        self._editing = what
        hint = "Ana (owner), Bo (on-call)" if what == _PEOPLE else "@ana +2w !1"
        field = self.query_one("#line", LineInput)
        field.placeholder = hint
        field.show_value(f"{text} " if text else "")
        self.query_one("#what", Words).show(assemble((label, "bold $accent")), layout=True)
        self.add_class("-editing")
        field.focus()
        words = {
            "wrap-up.fix": (glyphs_of(self).enter, "save"),
            "wrap-up.back": ("esc", "close"),
            "app.help": ("f1", "help"),
        }
        self.query_one(KeyBar).choose(["wrap-up.fix", "wrap-up.back"], words)

    @on(Input.Submitted, "#line")
    def _edited(self, event: Input.Submitted) -> None:
        what, text = self._editing, event.value.strip()
        self._close_editor()
        if isinstance(what, str):
            sitting = self.live.meeting.sitting
            if sitting is not None:
                self.live.set_attendees(update_roster(sitting.attendees, read_roster(text), self.live.now))
        elif what is not None:
            self._set_marks(what, text)
        self.call_later(self._refresh_all)

    def _set_marks(self, captured: Capture, text: str) -> None:
        read = read_capture_line(text, self.live.today, self.live.meeting.roster)
        owner = named(read.owner or read.text, self.live.meeting)
        changed: Capture = captured
        if isinstance(captured, Action):
            agreed = not owner or owner in self.live.meeting.present
            changed = replace(captured, owner=owner, due=read.due, priority=read.priority, agreed=agreed)
        elif isinstance(captured, ParkedNote):
            changed = replace(captured, owner=owner, due=read.due)
        elif isinstance(captured, Risk):
            changed = replace(captured, owner=owner)
        if changed != captured:
            self.live.change_capture(changed, f"changed {short_id(captured)}")

    def _close_editor(self) -> None:
        self._editing = self._asked = None
        self.remove_class("-editing", "-asking")
        self.query_one(KeyBar).choose([one.id for one in footer_of(Where.WRAP_UP)])
        self.query_one(LineList).focus()

    # ---- ending

    def action_finish(self) -> None:
        """Close the meeting; the draft minutes list what is missing first."""
        self._beside.begin("finishing…", lambda: finish(self.room.workspace, self.live), self._finished)

    def _finished(self, written: Written | None) -> None:
        if self.live.meeting.session.is_over:
            self.room.show_finished(self.live.meeting, written)

    def action_adjourn(self) -> None:
        """End this sitting; the next one goes on at the same question."""
        self._beside.begin("adjourning…", lambda: adjourn(self.room.workspace, self.live), self._adjourned)

    def _adjourned(self, written: Written | None) -> None:
        if written is not None:
            path = shown_paths(self.room.workspace, written)[0]
            self.room.go_home()
            self.room.tell(f"Interim minutes: {path}", title="Adjourned. The next sitting goes on here.")

    def action_export(self) -> None:
        """Write the minutes as they stand and say where."""
        self._beside.begin("writing…", self._write, self._exported)

    def _write(self) -> Written:
        self.live.flush()
        return write_files(self.room.workspace, self.live.meeting)

    def _exported(self, written: Written | None) -> None:
        if written is not None:
            self._written = written
            tell_written(self.room, written)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing else is begun, and nobody leaves, while the meeting is being ended."""
        return None if self._beside.word and action in _NOT_MEANWHILE else True

    def action_copy(self) -> None:
        """Copy the minutes; some terminals refuse, so the file is named too."""
        self.room.copy_to_clipboard(minutes_text(self.room.workspace, self.live.meeting))
        sure = shown_paths(self.room.workspace, self._written)[0] if self._written else "e writes them to a file"
        self.room.tell(f"If your terminal did not take it: {sure}", title="Minutes copied")

    def action_back(self) -> None:
        """Close the line, or go back to the meeting."""
        if self._editing is not None or self._asked is not None:
            self._close_editor()
        else:
            self.dismiss()

    def action_home(self) -> None:
        """Leave the session as it is; its clock stops."""
        self.live.pause_clock()
        self.room.go_home()


def _marks_of(captured: Capture) -> str:
    owner = getattr(captured, "owner", "")
    due = getattr(captured, "due", None)
    priority = getattr(captured, "priority", None)
    return write_capture_line(CaptureLine(text="", owner=owner, due=due, priority=priority))

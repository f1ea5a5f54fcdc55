"""A session that is over: its minutes, where its files are, and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from readyroom.borders.errors import BorderError
from readyroom.domain.meeting import Meeting
from readyroom.domain.session import SessionStatus
from readyroom.tui.commands import Where, bindings
from readyroom.tui.screens.beside import Beside
from readyroom.tui.screens.home_lines import spread
from readyroom.tui.screens.minutes import Minutes
from readyroom.tui.text import assemble, join
from readyroom.tui.themes import glyphs_of
from readyroom.tui.widgets.keybar import KeyBar
from readyroom.tui.widgets.words import Words
from readyroom.workflows.wrapup import Written, minutes_text, reopen, write_files

if TYPE_CHECKING:
    from readyroom.tui.app import ReadyroomApp
    from readyroom.workflows.workspace import Workspace


def shown_paths(workspace: Workspace, written: Written) -> list[str]:
    """Paths as people give them to others: seen from the workspace."""
    paths = (written.summary, written.record)
    return [str(p.relative_to(workspace.folder) if p.is_relative_to(workspace.folder) else p) for p in paths]


def tell_written(room: ReadyroomApp, written: Written) -> None:
    """Say where the files are."""
    summary, record = shown_paths(room.workspace, written)
    room.tell(f"{summary} and {record.rpartition('/')[2]}", title="Written")


class SessionScreen(Screen[None]):
    """Minutes to read, export and copy; right after a meeting, also what to do next."""

    WHERE = Where.SESSION
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.SESSION)
    DEFAULT_CSS = """
    SessionScreen #scroll { height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
    SessionScreen #done { height: auto; padding: 0 0 1 0; max-width: 100; }
    """

    def __init__(self, meeting: Meeting, written: Written | None = None, *, just_finished: bool = False) -> None:
        super().__init__()
        self._meeting = meeting
        self._written = written
        self._just_finished = just_finished
        self._beside: Beside[Written] = Beside(self, self._show_top)

    @property
    def room(self) -> ReadyroomApp:
        """The app, with its workspace."""
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """The minutes, which scroll."""
        yield Words(id="top")
        with VerticalScroll(id="scroll"):
            if self._just_finished:
                yield Words(id="done")
            yield Minutes(minutes_text(self.room.workspace, self._meeting))
        yield KeyBar(Where.SESSION)

    def on_mount(self) -> None:
        """The text is what one moves in."""
        self.query_one("#scroll").focus()
        self._show_done()
        if self._meeting.session.status is SessionStatus.SEALED:
            self.query_one(KeyBar).choose(["session.back", "session.export", "session.copy"])

    def on_resize(self) -> None:
        """The line at the top has two ends."""
        self._show_top()

    def _show_top(self) -> None:
        session = self._meeting.session
        title = f"{session.title} · {session.subject}" if session.subject else session.title
        width = max(10, self.size.width - 4)
        self.query_one("#top", Words).show(
            spread([(title, "bold $accent")], [(self._beside.word or session.status.value, "$text-muted")], width)
        )

    def _show_done(self) -> None:
        if not self._just_finished:
            return
        glyphs = glyphs_of(self)
        if self._written is not None:
            paths = shown_paths(self.room.workspace, self._written)
            lines = [assemble((f"{glyphs.done} Finished. ", "bold $success"), "The draft minutes are written.")]
            lines += [assemble((f"  {path}", "$text-muted")) for path in paths]
        else:
            lines = [
                assemble((f"{glyphs.done} Finished and saved. ", "bold $success"), "Its files are missing: "),
                assemble(("e", "$accent"), "  tries again to write them"),
            ]
        lines += [
            assemble(""),
            assemble(("c", "$accent"), "  copies them for the chat"),
            assemble(("r", "$accent"), "  reopens the session, to correct something"),
            assemble("   Commit the folder, and whoever carries on has it too."),
            assemble((glyphs.rule * 40, "$line")),
        ]
        self.query_one("#done", Words).show(join(lines), layout=True)

    def action_export(self) -> None:
        """Write the files anew and say where."""
        self._beside.begin("writing…", lambda: write_files(self.room.workspace, self._meeting), self._exported)

    def _exported(self, written: Written | None) -> None:
        if written is not None:
            self._written = written
            tell_written(self.room, written)

    def action_copy(self) -> None:
        """Copy the minutes; some terminals refuse, so the file is named too."""
        self.room.copy_to_clipboard(minutes_text(self.room.workspace, self._meeting))
        sure = shown_paths(self.room.workspace, self._written)[0] if self._written else "e writes them to a file"
        self.room.tell(f"If your terminal did not take it: {sure}", title="Minutes copied")

    def action_reopen(self) -> None:
        """Open the session again, to correct something."""
        from readyroom.store import StoreError

        session = self._meeting.session
        try:
            reopen(self.room.workspace, session.id)
        except (BorderError, StoreError) as error:
            self.room.tell_error(error)
            return
        self.room.pop_screen()
        self.room.open_session(session.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A sealed session is not reopened from here; nobody leaves while files are written."""
        if self._beside.word and action in ("reopen", "back"):
            return None
        return not (action == "reopen" and self._meeting.session.status is SessionStatus.SEALED)

    def action_back(self) -> None:
        """Back to Home."""
        self.room.go_home()

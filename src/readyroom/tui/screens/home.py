"""Home: what should we do now? Resume comes first and is marked; below, every session, searchable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from readyroom.tui.commands import Where, bindings
from readyroom.tui.screens.home_lines import due_line, preview, resume_lines, session_line, spread
from readyroom.tui.text import Content, assemble, clip, join, user_line
from readyroom.tui.themes import glyphs_of
from readyroom.tui.widgets.keybar import KeyBar
from readyroom.tui.widgets.linelist import Entry, LineList, blank, heading
from readyroom.tui.widgets.words import Words
from readyroom.workflows.home import DueLine, HomeView, SessionLine, home_view

if TYPE_CHECKING:
    from textual.widgets import Input

    from readyroom.tui.app import ReadyroomApp
    from readyroom.tui.widgets.lineinput import LineInput

_RESUME = "resume:"
_WIDEST = 126
"""Cells of a line; the list below has as many beside its margin."""


class HomeScreen(Screen[None]):
    """Resume, what is due, and the list of sessions."""

    WHERE = Where.HOME
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.HOME)
    DEFAULT_CSS = """
    HomeScreen #body { height: 1fr; }
    HomeScreen #list { width: 1fr; max-width: 128; margin: 0 2 0 0; }
    HomeScreen #side { display: none; width: 50; margin: 0 2 0 4; height: 1fr; }
    HomeScreen.-widest #side { display: block; }
    HomeScreen #find { margin: 0 2 1 2; max-width: 124; }
    HomeScreen #empty { display: none; width: 1fr; height: 1fr; content-align: center middle; text-align: center; }
    HomeScreen.-empty #empty { display: block; }
    HomeScreen.-empty #body { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._sessions: dict[str, SessionLine] = {}
        self._view: HomeView | None = None
        self._words = ""
        self._was_behind = False

    @property
    def room(self) -> ReadyroomApp:
        """The app, with its workspace."""
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """One list of everything; at the right of a very wide terminal, what is marked in it."""
        self._read()  # before anything is laid out: an empty workspace looks different
        yield Words(id="top")
        with Horizontal(id="body"):
            yield LineList(id="list")
            with Vertical(id="side"):
                yield Words(id="preview")
        yield Words(self._invitation(), id="empty")
        yield KeyBar(Where.HOME)

    def on_mount(self) -> None:
        """Show what was read."""
        self._show_all()
        self.query_one(LineList).focus()

    def on_screen_resume(self) -> None:
        """Something may have changed while another screen was in front."""
        if self._was_behind:
            self._was_behind = False
            before = self._view.resume if self._view else None
            self.refresh_view()
            now = self._view.resume if self._view else None
            if now is not None and now != before:  # one comes from a session: it is the first to go on with
                self.query_one(LineList).mark(_RESUME + now.id)

    def on_screen_suspend(self) -> None:
        """Another screen comes in front."""
        self._was_behind = True

    def on_resize(self) -> None:
        """The line at the top has two ends."""
        self._show_top()

    # ---- what is shown

    def refresh_view(self) -> None:
        """Read anew and show it; the mark stays where it was."""
        self._read()
        self._show_all()

    def _read(self) -> None:
        view = self._view = home_view(self.room.workspace, search=self._words)
        self._sessions = {line.id: line for line in view.sessions}
        if view.resume is not None:
            self._sessions[view.resume.id] = view.resume
        self.set_class(not (self._words or self._sessions or view.due or view.problem), "-empty")

    def _show_all(self) -> None:
        if self._view is None:
            return
        self.query_one(LineList).show(self._entries(self._view))
        self._show_top()
        self._show_preview()
        empty = self.has_class("-empty")
        self.query_one(KeyBar).choose(
            ["home.new", "home.sample" if empty else "home.open"] + ["home.search"] * (not empty)
        )

    def _entries(self, view: HomeView) -> list[Entry]:
        glyphs = glyphs_of(self)
        finding = self.has_class("-finding")
        entries: list[Entry] = []
        if view.problem:
            entries += [Entry(lambda width: user_line(view.problem, "$error").wrap(width), height=3), blank()]
        resume = view.resume
        if resume is not None and not finding:
            entries += [Entry(lambda width: resume_lines(resume, width, glyphs), _RESUME + resume.id, 2), blank()]
        if view.due and not finding:
            entries.append(heading("What should we do now?"))
            entries += [self._due_entry(number, line) for number, line in enumerate(view.due)]
            entries.append(blank())
        found = f"{len(view.sessions)}{'+' if view.more else ''} found"
        shown = found if finding else "/ to search"
        entries.append(heading("Sessions", shown))
        entries += self._session_entries(view.sessions)
        return entries

    def _due_entry(self, number: int, line: DueLine) -> Entry:
        glyphs = glyphs_of(self)
        return Entry(lambda width: [due_line(line, width, glyphs)], ("due", number))

    def _session_entries(self, lines: Sequence[SessionLine]) -> list[Entry]:
        glyphs = glyphs_of(self)
        day = 6 if all(len(line.day) <= 6 for line in self._sessions.values()) else 10

        def entry(line: SessionLine) -> Entry:
            return Entry(lambda width: [session_line(line, width, glyphs, day=day)], line.id)

        return [entry(line) for line in lines]

    def _show_top(self) -> None:
        if self._view is None:
            return
        workspace, width = self.room.workspace, self.size.width - 4
        width = max(10, width if self.has_class("-empty") else min(width, _WIDEST))
        today = f"{workspace.today:%a} {workspace.today.day} {workspace.today:%b}"
        name = workspace.configuration.name or workspace.folder.name
        right = clip(name, max(0, width - 24))
        self.query_one("#top", Words).show(
            spread([("readyroom", "bold $accent")], [(right, "$text-muted"), (f"  {today}", "$text-muted")], width)
        )

    def _invitation(self) -> Content:
        ways = assemble(
            ("n", "bold $accent"),
            " starts your first review  ",
            (glyphs_of(self).dot, "$text-muted"),
            ("  d", "bold $accent"),
            " opens a sample workspace to try",
        )
        return join([assemble(("Nothing here yet.", "bold")), assemble(""), ways])

    def _show_preview(self) -> None:
        line = self._marked_session()
        self.query_one("#preview", Words).show(preview(line, glyphs_of(self)) if line else "", layout=True)

    def _marked_session(self) -> SessionLine | None:
        marked = self.query_one(LineList).marked
        return self._sessions.get(marked.removeprefix(_RESUME)) if isinstance(marked, str) else None

    # ---- the list

    @on(LineList.Marked)
    def _marked(self) -> None:
        if self.has_class("-widest"):
            self._show_preview()

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    @on(LineList.NearEnd)
    def _more(self) -> None:
        view = self._view
        if view is None or view.more is None:
            return
        page = home_view(self.room.workspace, search=self._words, after=view.more)
        self._sessions.update((line.id, line) for line in page.sessions)
        self._view = replace(view, sessions=(*view.sessions, *page.sessions), more=page.more)
        self.query_one(LineList).extend(self._session_entries(page.sessions))

    # ---- search

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the sessions to what is typed."""
        if self.has_class("-finding"):
            self._words = event.value
            self.refresh_view()

    def on_input_submitted(self) -> None:
        """Open what was found."""
        self.action_open()

    def on_line_input_move(self, event: LineInput.Move) -> None:
        """Move among what was found, while typing."""
        self.query_one(LineList).action_step(event.by)

    async def action_search(self) -> None:
        """Type to narrow the sessions."""
        if self.has_class("-empty"):
            return
        if not self.query("#find"):
            from readyroom.tui.widgets.lineinput import LineInput  # not before it is needed: Home opens sooner

            await self.mount(LineInput(id="find", placeholder="a service, a title, a date"), before="#body")
        self.add_class("-finding")
        self.refresh_view()
        self.query_one("#find").focus()

    async def action_clear_search(self) -> None:
        """Show everything again."""
        if self.has_class("-finding"):
            self.remove_class("-finding")
            self._words = ""
            self.query_one(LineList).focus()
            await self.query("#find").remove()
            self.refresh_view()

    # ---- going on from here

    def action_open(self) -> None:
        """Open what is marked."""
        line = self._marked_session()
        if line is not None:
            self.room.open_session(line.id)
            return
        marked = self.query_one(LineList).marked
        if self._view is not None and isinstance(marked, tuple):
            due = self._view.due[marked[1]]
            if due.target:
                self.room.open_session(due.target)
            else:
                self.room.tell(due.detail, title=due.title)

    def action_new_session(self) -> None:
        """Choose an agenda."""
        self.room.new_session()

    def action_demo(self) -> None:
        """Leave for a sample workspace."""
        self.room.exit("sample")

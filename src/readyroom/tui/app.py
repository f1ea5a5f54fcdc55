"""The app: what all screens share. It opens sessions, leaves cleanly, and fails without showing anything."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from time import sleep
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from readyroom.borders.errors import BorderError
from readyroom.tui.commands import COMMANDS, Where, bindings, command, commands_of
from readyroom.tui.crash import farewell, log_file, write_log
from readyroom.tui.guard import ControlGuard
from readyroom.tui.text import clip
from readyroom.tui.themes import ASCII, CONTRAST, DARK, LIGHT, THEMES, UNICODE, Glyphs, glyphs_for

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from readyroom.domain.meeting import Meeting
    from readyroom.workflows.live import LiveMeeting
    from readyroom.workflows.workspace import Workspace
    from readyroom.workflows.wrapup import Written

SMALLEST = (40, 10)
"""Columns and lines below which only a notice is shown."""
_THEME_WORDS = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
_ERROR_SECONDS = 20
_BETWEEN = 0.005
"""Seconds between modules that are loaded beside the screen, so that keys come first."""
_LOADED_FIRST = ("readyroom.store.store", "readyroom.tui.screens.meeting", "readyroom.workflows.opening")
_LOADED_LATER = (
    "borders", "domain", "store", "records", "export", "agendas", "workflows",
    "tui", "tui.widgets", "tui.widgets.meeting", "tui.screens",
)  # fmt: skip
"""Packages loaded whole once a screen stands: an upgrade under a running program mixes no old code with new."""


class ReadyroomApp(App[str]):
    """readyroom in a terminal, on one workspace. It ends with the name of what to do next, or nothing."""

    TITLE = "readyroom"
    NOTIFICATION_TIMEOUT = 3
    CSS_PATH = Path(__file__).parent / "screens" / "shell.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide"), (160, "-widest")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.APP)

    def __init__(
        self,
        workspace: Workspace,
        *,
        start: str = "home",
        session: str | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.workspace = workspace
        self.environ = dict(os.environ if environ is None else environ)
        self.glyphs: Glyphs = _glyphs(workspace.look.glyphs, self.environ)
        self.keymap_in_use: Mapping[str, str] = _keymap(workspace.keys)
        self._start = start
        self._session = session
        self._guard = ControlGuard()
        self._warned_of_leaving = False
        self.farewell = ""
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        wanted = workspace.look.theme
        wanted = _THEME_WORDS.get(wanted, wanted)
        self.theme = wanted if wanted in self.available_themes else DARK
        self.set_keymap(self.keymap_in_use)

    # ---- beginning

    def get_default_screen(self) -> Screen[Any]:
        """Home is the first screen itself, unless a session was asked for."""
        if self._session is not None:
            return super().get_default_screen()
        from readyroom.tui.screens.home import HomeScreen

        return HomeScreen()

    def on_mount(self) -> None:
        """Take care of signals, and open what was asked for."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM"):
            number = getattr(signal, name, None)
            if number is not None and threading.current_thread() is threading.main_thread():
                with suppress(NotImplementedError, RuntimeError):
                    loop.add_signal_handler(number, self._end_by_signal, number)
        if self._session is not None:
            self.open_session(self._session)
        elif self._start == "new":
            self.new_session()
        for problem in self.workspace.problems[:3]:
            self.notify(clip(str(problem), 300), title="configuration", severity="warning")

    def on_ready(self) -> None:
        """Let go of what start-up needed, and load in the background what the next key may need."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        # No daemon: an interpreter that ends while a library is being loaded can crash.
        threading.Thread(target=self._load_the_rest, name="loading").start()

    def _load_the_rest(self) -> None:
        for name in (*_LOADED_FIRST, *_modules_of(_LOADED_LATER)):
            if not self._exit:
                with suppress(ImportError):  # it fails again, and is told, where it is needed
                    import_module(name)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All filters of painted lines, the guard against control characters last."""
        return [*super().get_line_filters(), self._guard]

    # ---- going from screen to screen

    @property
    def where(self) -> Where:
        """Which of the screens is in front."""
        found = getattr(self.screen, "WHERE", Where.APP)
        return found if isinstance(found, Where) else Where.APP

    def open_session(self, session_id: str) -> None:
        """Go on with a session, or show the minutes of one that is over."""
        from readyroom.store import StoreError
        from readyroom.workflows.start import open_live

        try:
            repository = self.workspace.store().repository
            if repository.session(session_id).is_over:
                from readyroom.tui.screens.session_view import SessionScreen

                self.push_screen(SessionScreen(repository.meeting(session_id)))
                return
            live = open_live(self.workspace, session_id, self.dispatch)
        except (BorderError, StoreError) as error:
            self.tell_error(error)
            if self._session is not None and len(self.screen_stack) == 1:
                self.go_home()
            return
        from readyroom.tui.screens.meeting import MeetingScreen

        self.push_screen(MeetingScreen(live))

    def dispatch(self, call: Callable[[], None]) -> None:
        """Run something on the app's own thread; may be called from any."""
        if self.is_running and not self._exit:
            self.call_later(call)

    def new_session(self) -> None:
        """Choose an agenda and start."""
        from readyroom.tui.screens.new_session import NewSessionScreen

        self.push_screen(NewSessionScreen())

    def go_home(self) -> None:
        """Close every screen above Home."""
        from readyroom.tui.screens.home import HomeScreen

        self._let_go()
        with self.batch_update():
            while len(self.screen_stack) > 1 and not isinstance(self.screen, HomeScreen):
                self.pop_screen()
            if not isinstance(self.screen, HomeScreen):
                self.push_screen(HomeScreen())

    def on_meeting_screen_wrap_up(self) -> None:
        """The room wants to end the meeting."""
        from readyroom.tui.screens.wrapup import WrapUpScreen

        if (live := self._live()) is not None:
            self.push_screen(WrapUpScreen(live))

    def show_finished(self, meeting: Meeting, written: Written | None) -> None:
        """The calm end of a meeting: its minutes, where they are, and what comes next."""
        from readyroom.tui.screens.session_view import SessionScreen

        self.go_home()
        self.push_screen(SessionScreen(meeting, written, just_finished=True))

    def tell(self, message: str, *, title: str = "") -> None:
        """Confirm something in a toast."""
        self.notify(clip(message, 400), title=clip(title, 80))

    def tell_error(self, error: Exception) -> None:
        """Say what went wrong and what to do, in the words of the error."""
        what = str(getattr(error, "what", "") or error)
        place, fix = str(getattr(error, "place", "")), str(getattr(error, "fix", ""))
        parts = [part for part in (place, fix) if part]
        self.notify(clip("; ".join(parts), 400) or " ", title=clip(what, 200), severity="error", timeout=_ERROR_SECONDS)

    def notify(self, message: str, *, markup: bool = False, **rest: Any) -> None:
        """Show a toast; its text is never read as markup."""
        super().notify(message, markup=False, **rest)

    # ---- commands of every screen

    def action_show_help(self) -> None:
        """Explain the screen in front."""
        from readyroom.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.where))

    def action_command_palette(self) -> None:
        """All commands by name."""
        from readyroom.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_next_theme(self) -> None:
        """Dark, light, high contrast, and round again."""
        names = [theme.name for theme in THEMES]
        position = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(position + 1) % len(names)]

    def action_leave(self) -> None:
        """Save what is waiting, and end; what can't be saved is told before it is left behind."""
        if self.save_all() or self._warned_of_leaving:
            self.exit()
            return
        self._warned_of_leaving = True
        self.notify(
            "ctrl+s in the meeting tries again; ctrl+q once more leaves without it.",
            title="NOT SAVED: something of this meeting is not on the disk",
            severity="error",
            timeout=_ERROR_SECONDS,
        )

    async def action_quit(self) -> None:
        """Textual's own name for leaving."""
        self.action_leave()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: what can be done on the screen in front, then what can be done everywhere."""
        where = getattr(screen, "WHERE", Where.APP)
        own = commands_of(where) if isinstance(where, Where) and where is not Where.APP else ()
        for one in (*own, *commands_of(Where.APP)):
            if one.in_palette and screen.check_action(one.action.partition("(")[0], ()) is not False:
                yield SystemCommand(one.title, one.help, self._runner(screen, one.action))

    def _runner(self, screen: Screen[Any], action: str) -> Callable[[], Any]:
        async def run() -> None:
            await screen.run_action(action)

        return run

    def on_resize(self) -> None:
        """Put a notice in front while the terminal is too small to show anything of use."""
        self.call_later(self._mind_the_size)

    def _mind_the_size(self) -> None:
        from readyroom.tui.screens.too_small import TooSmallScreen

        small = self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]
        shown = isinstance(self.screen, TooSmallScreen)
        if small and not shown and self.screen.is_mounted:
            self.push_screen(TooSmallScreen())
        elif shown and not small:
            self.pop_screen()

    # ---- ending

    def _live(self) -> LiveMeeting | None:
        """The meeting that is open, if one is."""
        return next((found for s in self.screen_stack if (found := getattr(s, "live", None)) is not None), None)

    def _let_go(self) -> None:
        """Leave the open meeting: all is saved, and other windows see that nobody is in it here."""
        live = self._live()
        if live is not None:
            live.flush()
            self.workspace.store().windows.release(live.window.id)

    def save_all(self) -> bool:
        """Have every screen hand over what is half-typed, and wait; False if something could not be saved."""
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_drafts", None)
            if callable(keep):
                keep()
        live = self._live()
        if live is None:
            return True
        live.flush()
        return not self.workspace.store().writer.unsaved

    def _end_by_signal(self, number: int) -> None:
        self.save_all()
        self.exit(return_code=128 + number)

    def _handle_exception(self, error: Exception) -> None:
        """End without a traceback on the screen; what went wrong goes to a private log."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        path = log_file(self.environ)
        logged = write_log(path, error, self.workspace.clock())
        self.farewell = farewell(path if logged else None, self.environ)
        self._close_messages_no_wait()


def _modules_of(packages: Iterable[str]) -> Iterator[str]:
    for package in packages:
        found = import_module(f"readyroom.{package}")
        for module in iter_modules(found.__path__):
            if not module.ispkg:
                sleep(_BETWEEN)
                yield f"readyroom.{package}.{module.name}"


def _glyphs(wanted: str, environ: Mapping[str, str]) -> Glyphs:
    return {"ascii": ASCII, "unicode": UNICODE}.get(wanted) or glyphs_for(environ)


def _keymap(keys: Mapping[str, str]) -> dict[str, str]:
    """The remapped keys of commands that there are; digits of a choice stay as they are."""
    known = {one.id for one in COMMANDS if one.keys and "{key}" not in one.action}
    return {name: key for name, key in keys.items() if name in known and key and command(name).keys != key}

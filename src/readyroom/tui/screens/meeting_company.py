"""Other windows on the session: what they saved is taken in beside the screen's thread, and where they are is said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from readyroom.borders.errors import BorderError
from readyroom.tui.text import clip
from readyroom.tui.widgets.meeting.lines import Span

if TYPE_CHECKING:
    from readyroom.store import Window
    from readyroom.tui.screens.meeting import MeetingScreen

EVERY = 1.0
"""Seconds between two looks."""
_SURELY = 10
"""Looks after which the windows are read even where nothing was saved: a closed one saves nothing."""
_LONGEST = 60


class Company:
    """Other windows on the session of a meeting screen."""

    def __init__(self, screen: MeetingScreen) -> None:
        self._screen = screen
        self._windows: tuple[Window, ...] = ()
        self._looks = 0
        self._looking = False

    def watch(self) -> None:
        """Look now, and again every second."""
        self.look()
        self._screen.set_interval(EVERY, self.look)

    def look(self) -> None:
        """Take in what others have saved; a look that takes long is waited for, not repeated."""
        if not self._looking:
            self._looking = True
            self._screen.run_worker(self._read, thread=True, group="company", exit_on_error=False)

    def spans(self) -> tuple[Span, ...]:
        """`Bo is on item 9`; nothing where nobody else is here."""
        words = ", ".join(self._words(window) for window in self._windows)
        return (Span(clip(words, _LONGEST), "dim"),) if words else ()

    def _words(self, window: Window) -> str:
        live = self._screen.live
        who = window.actor or "someone"
        if window.actor == live.window.actor:
            who += " (another window)"
        number = next((n for n, place in enumerate(live.places, 1) if place.key == window.position), None)
        return f"{who} is on item {number}" if number is not None else f"{who} is here too"

    def _read(self) -> None:
        """On a thread of its own: the database may be slow."""
        workspace = getattr(self._screen.app, "workspace", None)
        dispatch = getattr(self._screen.app, "dispatch", None)
        try:
            if workspace is None or dispatch is None:
                return
            live = self._screen.live
            changed = live.listen()
            if changed or self._looks % _SURELY == 0:
                others = workspace.store().windows.others(live.meeting.session.id)
                dispatch(partial(self.found, tuple(one for one in others if one.id != live.window.id)))
            self._looks += 1
        except BorderError:  # what is wrong with the store is said by the saved mark
            return
        finally:
            self._looking = False

    def found(self, windows: tuple[Window, ...]) -> None:
        """Show who is here."""
        before, self._windows = self.spans(), windows
        if self.spans() != before:
            self._screen.repaint()

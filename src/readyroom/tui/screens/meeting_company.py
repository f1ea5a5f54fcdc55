"""Who else has the session open: looked up beside the screen's own thread, said in a line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from readyroom.borders.errors import BorderError

if TYPE_CHECKING:
    from readyroom.tui.screens.meeting import MeetingScreen

EVERY = 10.0
"""Seconds between two looks."""


class Company:
    """Other windows on the session of a meeting screen."""

    def __init__(self, screen: MeetingScreen) -> None:
        self._screen = screen
        self.names: tuple[str, ...] = ()

    def watch(self) -> None:
        """Look now, and again every few seconds."""
        self._look()
        self._screen.set_interval(EVERY, self._look)

    def _look(self) -> None:
        self._screen.run_worker(self._read, thread=True, exclusive=True, group="company", exit_on_error=False)

    def _read(self) -> None:
        """On a thread of its own: the database may be slow."""
        workspace = getattr(self._screen.app, "workspace", None)
        dispatch = getattr(self._screen.app, "dispatch", None)
        if workspace is None or dispatch is None:
            return
        live = self._screen.live
        try:
            others = workspace.store().windows.others(live.meeting.session.id)
        except BorderError:  # what is wrong with the store is said by the saved mark
            return
        dispatch(partial(self._found, tuple(w.actor or "someone" for w in others if w.id != live.window.id)))

    def _found(self, names: tuple[str, ...]) -> None:
        if names != self.names:
            self.names = names
            self._screen.repaint()

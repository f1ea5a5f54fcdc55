"""What waits for the disk, done beside the screen's own thread: keys are answered meanwhile, and it is done once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from readyroom.borders.errors import BorderError

if TYPE_CHECKING:
    from textual.screen import Screen

    from readyroom.tui.app import ReadyroomApp

_Done = TypeVar("_Done")


class Beside(Generic[_Done]):
    """One thing at a time for a screen; what goes wrong is told in place."""

    def __init__(self, screen: Screen[None], shown: Callable[[], None]) -> None:
        self._screen = screen
        self._shown = shown
        self.word = ""
        """What is under way (`finishing…`), or nothing."""

    def begin(self, word: str, what: Callable[[], _Done], then: Callable[[_Done | None], None]) -> None:
        """Do `what` on a thread, then go on with what it gave, or with None after an error. Ignored while busy."""
        if self.word:
            return
        self.word = word
        self._shown()
        self._screen.refresh_bindings()
        self._screen.run_worker(partial(self._run, what, then), thread=True, group="beside")

    def _run(self, what: Callable[[], _Done], then: Callable[[_Done | None], None]) -> None:
        given: _Done | None = None
        error: BorderError | None = None
        try:
            given = what()
        except BorderError as found:
            error = found
        room: ReadyroomApp = self._screen.app  # type: ignore[assignment]
        room.dispatch(partial(self._ended, given, error, then))

    def _ended(self, given: _Done | None, error: BorderError | None, then: Callable[[_Done | None], None]) -> None:
        self.word = ""
        self._shown()
        self._screen.refresh_bindings()
        if error is not None:
            room: ReadyroomApp = self._screen.app  # type: ignore[assignment]
            room.tell_error(error)
        then(given)

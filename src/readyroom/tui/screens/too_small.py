"""The notice that is shown while the terminal is too small for anything else."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen

from readyroom.tui.widgets.words import Words


class TooSmallScreen(ModalScreen[None]):
    """Asks for a larger window; keys do nothing here, and nothing behind it is lost."""

    DEFAULT_CSS = """
    TooSmallScreen { background: $background; align: center middle; overflow: hidden; }
    TooSmallScreen Words { width: 1fr; height: auto; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Words("Please make the window larger. Nothing is lost.")

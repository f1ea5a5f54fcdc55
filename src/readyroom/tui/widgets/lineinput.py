"""A field of one line that takes every pasted line, and hands the arrow keys to the list beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from readyroom.borders.text import clean_report
from readyroom.tui.commands import Where, bindings
from readyroom.tui.text import clip

LONGEST = 2_000
_PAGE = 8


class LineInput(Input):
    """Pasted lines are joined, and what had to go is told; Textual's own field drops all lines but the first."""

    DEFAULT_CSS = """
    LineInput, LineInput:focus {
        border: none; height: 1; padding: 0 1; background: $panel; color: $foreground; background-tint: 0%;
    }
    LineInput:focus { background: $chosen; }
    LineInput > .input--placeholder, LineInput > .input--suggestion { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        Where.LIST, "list.down", "list.up", "list.page-down", "list.page-up"
    )

    @dataclass
    class Move(Message):
        """An arrow key was pressed: whoever has a list moves in it."""

        sender: LineInput
        by: int

        @property
        def control(self) -> LineInput:
            """The field."""
            return self.sender

    def __init__(
        self, value: str = "", *, placeholder: str = "", id: str | None = None, between: str = " ", **rest: object
    ) -> None:
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False, **rest)  # type: ignore[arg-type]
        self._between = between

    def _on_paste(self, event: events.Paste) -> None:
        """Take all that was pasted as one line."""
        event.stop()
        event.prevent_default()
        lines = [line.strip(" ,;") for line in event.text.splitlines()]
        whole = self._between.join(line for line in lines if line)
        room = max(0, LONGEST - len(self.value))
        report = clean_report(whole, limit=room, line=True)
        if report.cut:
            self.app.notify(
                f"{report.cut} characters did not fit; a line holds {LONGEST}.", title="Not all was taken",
                severity="warning", timeout=12,
            )  # fmt: skip
        if self.selection.is_empty:
            self.insert_text_at_cursor(report.text)
        else:
            self.replace(report.text, *self.selection)

    def action_step(self, by: int) -> None:
        """Tell the screen which way."""
        self.post_message(self.Move(self, by))

    def action_page(self, by: int) -> None:
        """The same, by many lines."""
        self.post_message(self.Move(self, by * _PAGE))

    def show_value(self, text: str) -> None:
        """Put a text in, the cursor behind it."""
        self.value = clip(text, LONGEST - 1) + (" " if text.endswith(" ") else "")
        self.cursor_position = len(self.value)

"""Where people type: a line and a note. They keep their own undo, take any paste, and tell when one was cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from readyroom.borders.text import LINE_LIMIT, TEXT_LIMIT, clean_report

_MOVES = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}


class Field(TextArea):
    """A field without a frame. What is done with its text is the screen's affair."""

    DEFAULT_CSS = """
    Field {
        border: none; padding: 0; height: 1; width: 1fr; background: $panel; color: $foreground;
        scrollbar-size: 0 0; overflow: hidden;
        &:focus { border: none; }
        & .text-area--cursor { background: $accent; color: $background; }
        & .text-area--placeholder { color: $text-muted; }
    }
    """

    one_line = True
    cells = False
    """Whether tabs and bars part what is pasted, as in a row of a table."""

    @dataclass
    class Entered(Message):
        """Enter in a line."""

        field: Field
        text: str

    @dataclass
    class Left(Message):
        """Escape or Tab: the field is to be closed, or the next cell opened."""

        field: Field
        text: str
        key: str

    @dataclass
    class Moved(Message):
        """Up or down in a line: to another row, or in the list below."""

        field: Field
        by: int

    @dataclass
    class Pasted(Message):
        """Several lines pasted into a line: the screen knows what each of them is."""

        field: Field
        text: str

    @dataclass
    class Cut(Message):
        """A paste was longer than what is kept; the words say what was cut."""

        field: Field
        words: str

    hears: Callable[[Message], None] | None = None
    """Who is told at once, before the next key is taken; else messages go their usual way."""
    let_go = False
    """Whether it is closed: keys that still arrive here were meant for what comes after it."""

    def __init__(self, text: str = "", *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(text, id=id, compact=True, tab_behavior="focus", soft_wrap=not self.one_line)
        self.placeholder = placeholder
        self.cursor_blink = False
        self.highlight_cursor_line = False

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blanks once the field is gone: a frame under way may still ask for it when its styles were let go already."""
        if not self.is_attached:
            return [Strip.blank(crop.width) for _ in range(crop.height)]
        return super().render_lines(crop)

    def load_line(self, text: str) -> None:
        """Begin anew with a text, the cursor at its end."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if self.let_go:
            self._taken(event)
            self.app.post_message(events.Key(event.key, event.character))
        elif event.key in ("escape", "tab", "shift+tab"):
            self._taken(event)
            self._say(self.Left(self, self.text, event.key))
        elif event.key == "enter" and self.one_line:
            self._taken(event)
            self._say(self.Entered(self, self.text))
        elif event.key in _MOVES and self.one_line:
            self._taken(event)
            self._say(self.Moved(self, _MOVES[event.key]))

    def _taken(self, event: events.Event) -> None:
        event.stop()
        event.prevent_default()

    def _say(self, message: Message) -> None:
        if self.hears is None:
            self.post_message(message)
        else:
            self.hears(message)

    async def _on_paste(self, event: events.Paste) -> None:
        self._taken(event)
        if self.let_go:
            self.app.post_message(events.Paste(event.text))
            return
        cleaned = clean_report(event.text, limit=TEXT_LIMIT)
        text = cleaned.text
        parted = "\n" in text.strip("\n") or (self.cells and ("\t" in text or "|" in text))
        if self.one_line and parted:
            self._say(self.Pasted(self, text))
            return
        if self.one_line:
            text = text.strip("\n").replace("\t", " ")
            room = LINE_LIMIT - len(self.text)
            if len(text) > room:
                self.post_message(self.Cut(self, f"the paste was cut: {len(text) - room} of {len(text)} characters"))
                text = text[: max(0, room)]
        elif cleaned.cut:
            self.post_message(self.Cut(self, f"the paste was cut by {cleaned.cut} characters"))
        self.insert(text)
        self.scroll_cursor_visible()


class NoteField(Field):
    """Several lines; Enter makes the next one."""

    one_line = False
    DEFAULT_CSS = """
    NoteField { overflow-y: auto; scrollbar-size-vertical: 1; }
    """

"""The footer: at most five keys at 80 columns, taken from the registry; each can be clicked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from readyroom.tui.commands import Command, Where, command, footer_of, show_keys
from readyroom.tui.text import assemble

_GAP = "   "


def most_keys(width: int) -> int:
    """How many keys a footer of this width may show."""
    return 5 if width < 120 else 7 if width < 160 else 9


class KeyBar(Widget):
    """One line at the bottom of a screen. Help comes last and is never cut off."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 1fr; padding: 0 2; }
    """

    def __init__(self, where: Where, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._commands: tuple[Command, ...] = footer_of(where)
        self._words: Mapping[str, tuple[str, str]] = {}
        self._spans: list[tuple[int, int, Command]] = []

    def choose(self, ids: Sequence[str], words: Mapping[str, tuple[str, str]] | None = None) -> None:
        """Show these commands, the most needed first; `words` gives an id another key and word: `("1–4", "answer")`."""
        chosen = [command(one) for one in ids]
        self._commands = tuple(chosen if any(c.id == "app.help" for c in chosen) else [*chosen, command("app.help")])
        self._words = words or {}
        self.refresh()

    def render(self) -> Content:
        """The line of keys, as many as fit."""
        width = self.content_size.width
        *others, last = self._commands or (command("app.help"),)
        shown = [*others[: most_keys(self.app.size.width) - 1], last]
        labels = [(one, *self._label(one)) for one in shown]
        while len(labels) > 1 and self._width(labels) > width:
            labels.pop(-2)
        self._spans = []
        position, parts = 0, []
        for one, key, word in labels:
            if position:
                parts.append(assemble(_GAP))
                position += len(_GAP)
            size = cell_len(f"{key} {word}")
            self._spans.append((position, position + size, one))
            position += size
            parts.append(assemble((key, "$accent"), (f" {word}", "$text-muted")))
        return assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Do what is clicked."""
        offset = event.get_content_offset(self)
        for start, end, one in self._spans:
            if offset is not None and start <= offset.x < end:
                event.stop()
                self.screen.call_later(self.run_command, one)

    async def run_command(self, one: Command) -> None:
        """Run a command as its key would."""
        if "{key}" not in one.action:
            await self.screen.run_action(one.action)

    def _label(self, one: Command) -> tuple[str, str]:
        if one.id in self._words:
            return self._words[one.id]
        keys = show_keys(one, getattr(self.app, "keymap_in_use", None)).split(" ")
        return keys[0], one.footer_word

    @staticmethod
    def _width(labels: list[tuple[Command, str, str]]) -> int:
        return sum(cell_len(f"{key} {word}") for _, key, word in labels) + len(_GAP) * (len(labels) - 1)

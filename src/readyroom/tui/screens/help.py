"""Help: what the screen one came from is for, and its keys, from the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen

from readyroom.tui.commands import Command, Where, bindings, commands_of, grouped, show_keys
from readyroom.tui.text import Content, assemble, fit, join
from readyroom.tui.widgets.keybar import KeyBar
from readyroom.tui.widgets.words import Words

ABOUT: Mapping[Where, str] = {
    Where.HOME: "Where every session is found. The first line goes on with the one that was left last.",
    Where.NEW_SESSION: "Choose an agenda, name the service, paste the people. All but the agenda may stay empty.",
    Where.MEETING: "One question at a time. Every answer is saved as it is given; nothing blocks the way on. "
    "A triangle behind a time means: later than planned.",
    Where.WRAP_UP: "What is missing comes first. Enter fixes the line that is marked; nothing missing stops finishing.",
    Where.SESSION: "The minutes of a session that is over.",
    Where.APP: "",
}
_WITH_A_LIST = (Where.HOME, Where.NEW_SESSION, Where.WRAP_UP)
_KEYS_WIDTH = 11
_MEASURE = 100


class HelpScreen(Screen[None]):
    """The keys of one screen, group by group, and those that work everywhere."""

    WHERE = Where.HELP
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.HELP)
    DEFAULT_CSS = """
    HelpScreen #keys { padding: 0 2; height: 1fr; scrollbar-size-vertical: 1; }
    HelpScreen #keys > Words { height: auto; max-width: 100; }
    """

    def __init__(self, of: Where) -> None:
        super().__init__()
        self._of = of

    def compose(self) -> ComposeResult:
        """Everything as one text, which scrolls."""
        yield Words(assemble(("Help", "bold $accent"), (f"  {self._of.value}", "bold")), id="top")
        with VerticalScroll(id="keys"):
            yield Words(id="text")
        yield KeyBar(Where.HELP)

    def on_mount(self) -> None:
        """Up and Down scroll."""
        self.query_one("#keys").focus()

    def on_resize(self) -> None:
        """Lines are broken for a width."""
        width = min(_MEASURE, max(20, self.size.width - 6))
        self.query_one("#text", Words).show(self._text(width), layout=True)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    def _text(self, width: int) -> Content:
        keymap = getattr(self.app, "keymap_in_use", None)
        parts: list[Content] = []
        if about := ABOUT.get(self._of):
            parts += [*assemble(about).wrap(width), assemble("")]
        own = () if self._of is Where.APP else (self._of,)
        lists = (Where.LIST,) if self._of in _WITH_A_LIST else ()
        for where in (*own, *lists, Where.APP):
            for group, commands in grouped(commands_of(where)):
                parts.append(assemble((group or where.value, "bold $accent")))
                for one in commands:
                    parts += _lines(one, keymap, width)
                parts.append(assemble(""))
        return join(parts)


def _lines(one: Command, keymap: Mapping[str, str] | None, width: int) -> list[Content]:
    keys = show_keys(one, keymap) or "palette"
    told = assemble(f"{one.title}. ", (one.help.replace("`", ""), "$text-muted")).wrap(max(10, width - _KEYS_WIDTH))
    margins = [(f"  {fit(keys, _KEYS_WIDTH - 3)} ", "bold"), *[(" " * _KEYS_WIDTH, "")] * (len(told) - 1)]
    return [assemble(margin, line) for margin, line in zip(margins, told, strict=True)]

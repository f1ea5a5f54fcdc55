"""A list painted line by line: it costs the same with ten entries and with ten thousand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from readyroom.tui.commands import Where, bindings
from readyroom.tui.text import Content, assemble
from readyroom.tui.themes import glyphs_of

_MARGIN = 2
_KEPT = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list; without a key it is a heading, which can't be marked."""

    draw: Callable[[int], Sequence[Content]]
    """Gives the entry's lines for a width in cells."""
    key: object | None = None
    height: int = 1


def heading(left: str, right: str = "") -> Entry:
    """A heading above entries, with a hint at its right end."""

    def draw(width: int) -> list[Content]:
        gap = " " * max(1, width - len(left) - len(right))
        return [assemble((left, "bold"), gap, (right, "$text-muted"))]

    return Entry(draw)


def blank() -> Entry:
    """An empty line."""
    return Entry(lambda _width: [assemble("")])


class LineList(ScrollView, can_focus=True):
    """Entries to move over and to choose from. Enter is the screen's to bind: it asks for `marked`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"linelist--marked", "linelist--blurred"}
    DEFAULT_CSS = """
    LineList {
        height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; text-wrap: nowrap; text-overflow: ellipsis;
        & > .linelist--marked { background: $chosen; }
        & > .linelist--blurred { background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.LIST)

    @dataclass
    class Chosen(Message):
        """An entry was clicked."""

        sender: LineList
        key: object

        @property
        def control(self) -> LineList:
            """The list."""
            return self.sender

    @dataclass
    class Marked(Message):
        """Another entry is marked."""

        sender: LineList
        key: object

        can_replace_last: ClassVar[bool] = True

        @property
        def control(self) -> LineList:
            """The list."""
            return self.sender

        def can_replace(self, message: Message) -> bool:
            """Only the latest mark is of interest."""
            return isinstance(message, LineList.Marked) and message.sender is self.sender

    @dataclass
    class NearEnd(Message):
        """The mark is near the end: whoever has more entries may add them."""

        sender: LineList

        @property
        def control(self) -> LineList:
            """The list."""
            return self.sender

    def __init__(self, *, id: str | None = None, choose_on_click: bool = True) -> None:
        super().__init__(id=id)
        self._entries: list[Entry] = []
        self._starts: list[int] = []
        self._strips: dict[tuple[int, int, str], list[Strip]] = {}
        self._index = -1
        self._choose_on_click = choose_on_click

    # ---- what is in it

    @property
    def marked(self) -> object | None:
        """The key of the marked entry."""
        return self._entries[self._index].key if 0 <= self._index < len(self._entries) else None

    @property
    def keys(self) -> list[object]:
        """The keys of all entries that can be marked, in order."""
        return [entry.key for entry in self._entries if entry.key is not None]

    def show(self, entries: Sequence[Entry], *, mark: object | None = None) -> None:
        """Replace the entries; marks `mark` if it is among them, else what was marked before, else the first."""
        before = self.marked
        self._entries = list(entries)
        self._starts, line = [], 0
        for entry in self._entries:
            self._starts.append(line)
            line += entry.height
        self._strips.clear()
        keys = [entry.key for entry in self._entries]
        wanted = next((key for key in (mark, before) if key is not None and key in keys), None)
        first = next((n for n, key in enumerate(keys) if key is not None), -1)
        self._index = keys.index(wanted) if wanted is not None else first
        self.virtual_size = Size(self.scrollable_content_region.width, line)
        self.refresh()
        self._keep_in_sight()

    def extend(self, entries: Sequence[Entry]) -> None:
        """Add entries at the end; nothing else moves."""
        line = self._height
        for entry in entries:
            self._entries.append(entry)
            self._starts.append(line)
            line += entry.height
        self.virtual_size = Size(self.scrollable_content_region.width, line)
        self.refresh()

    def mark(self, key: object) -> None:
        """Mark an entry by its key; an unknown one changes nothing."""
        for number, entry in enumerate(self._entries):
            if entry.key == key:
                self._mark(number)

    # ---- moving

    def action_step(self, by: int) -> None:
        """Mark the next or the previous entry."""
        number = self._index + by
        while 0 <= number < len(self._entries):
            if self._entries[number].key is not None:
                self._mark(number)
                return
            number += by
        if by < 0:
            self.scroll_to(y=0, animate=False)

    def action_page(self, by: int) -> None:
        """Go a page up or down."""
        if self._index < 0:
            return
        line = self._starts[self._index] + by * max(1, self.size.height - 1)
        number = min(max(0, self._at(line)), len(self._entries) - 1)
        order = range(number, -1, -1) if by > 0 else range(number, len(self._entries))
        found = next((n for n in order if self._entries[n].key is not None), None)
        if found is not None:
            self._mark(found)

    def action_first(self) -> None:
        """Mark the first entry."""
        self._index = -1
        self.action_step(1)

    def action_last(self) -> None:
        """Mark the last entry."""
        self._index = len(self._entries)
        self.action_step(-1)

    def on_click(self, event: events.Click) -> None:
        """Mark what is clicked, and choose it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        number = self._at(offset.y + self.scroll_offset.y)
        if 0 <= number < len(self._entries) and (key := self._entries[number].key) is not None:
            self._mark(number)
            if self._choose_on_click or event.chain > 1:
                self.post_message(self.Chosen(self, key))

    def _mark(self, number: int) -> None:
        if number == self._index:
            return
        self._index = number
        self.refresh()
        self._keep_in_sight()
        self.post_message(self.Marked(self, self._entries[number].key))
        if number >= len(self._entries) - 10:
            self.post_message(self.NearEnd(self))

    def _keep_in_sight(self) -> None:
        if self._index < 0 or not self.is_mounted:
            return
        start, height = self._starts[self._index], self._entries[self._index].height
        first = all(entry.key is None for entry in self._entries[: self._index])
        top = 0 if first else start
        self.scroll_to_region(
            Region(0, top, 1, start + height - top), animate=False, force=True, immediate=True, x_axis=False
        )

    def _at(self, line: int) -> int:
        return bisect_right(self._starts, line) - 1

    # ---- painting

    def on_resize(self) -> None:
        """Lines are drawn for a width."""
        self._strips.clear()
        self.virtual_size = Size(self.scrollable_content_region.width, self._height)
        self._keep_in_sight()

    def notify_style_update(self) -> None:
        """Colours have changed."""
        self._strips.clear()
        super().notify_style_update()

    @property
    def _height(self) -> int:
        return self._starts[-1] + self._entries[-1].height if self._entries else 0

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        number = self._at(line)
        if width <= _MARGIN or not 0 <= number < len(self._entries) or line >= self._height:
            return Strip.blank(width, self.visual_style.rich_style)
        strips = self._strips_of(number, width)
        return strips[line - self._starts[number]]

    def _strips_of(self, number: int, width: int) -> list[Strip]:
        state = ""
        if number == self._index:
            state = "linelist--marked" if self.has_focus else "linelist--blurred"
        found = self._strips.get((number, width, state))
        if found is None:
            if len(self._strips) > _KEPT:
                self._strips.clear()
            found = self._strips[number, width, state] = self._paint(self._entries[number], width, state)
        return found

    def _paint(self, entry: Entry, width: int, state: str) -> list[Strip]:
        style = self.get_visual_style(state) if state else self.visual_style
        lines = list(entry.draw(width - _MARGIN))[: entry.height]
        strips: list[Strip] = []
        for position in range(entry.height):
            content = lines[position] if position < len(lines) else assemble("")
            margin = f"{glyphs_of(self).cursor} " if state and position == 0 else " " * _MARGIN
            whole = assemble((margin, "$accent"), content)
            strips += Visual.to_strips(self, whole, width, 1, style, pad=True)[:1]
        return strips

"""The question in the middle: one widget for all kinds of items; a key repaints a few lines and mounts nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Region
from textual.message import Message

from readyroom.tui.widgets.meeting.item_lines import item_lines
from readyroom.tui.widgets.meeting.lines import Line, line
from readyroom.tui.widgets.meeting.lines_view import LinesView
from readyroom.tui.widgets.meeting.sight import Sight


class ItemView(LinesView, can_focus=True):
    """The current question. An open field is laid over its slot by the screen."""

    DEFAULT_CSS = """
    ItemView { width: 1fr; height: 1fr; }
    """

    class Scrolled(Message):
        """What is shown has moved: a field laid over it must move too."""

    def __init__(self, sight: Callable[[], Sight | None]) -> None:
        super().__init__(id="item")
        self._sight = sight

    def build(self, width: int) -> Sequence[Line]:
        sight = self._sight()
        if sight is None:
            return (line("This agenda asks nothing."),)
        return item_lines(sight, width, self.size.height)

    def slot_region(self, slot: str) -> Region | None:
        """Where an open field belongs, relative to this widget; None when its slot is not in sight."""
        numbers = [number for number, one in enumerate(self.shown) if one.slot == slot]
        if not numbers:
            return None
        first = self.shown[numbers[0]]
        y = numbers[0] - self.scroll_offset.y
        right = sum(first.row)
        width = first.slot_width or right - first.slot_at
        return Region(first.slot_at, y, max(1, min(width, self.size.width - first.slot_at)), len(numbers))

    def show_slot(self, slot: str) -> None:
        """Scroll so that an open field is in sight."""
        numbers = [number for number, one in enumerate(self.shown) if one.slot == slot]
        if not numbers:
            return
        top, height = self.scroll_offset.y, self.size.height
        if numbers[0] < top or numbers[-1] >= top + height:
            self.scroll_to(y=max(0, min(numbers[0], numbers[-1] - height + 1)), animate=False, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled())

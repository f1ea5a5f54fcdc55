"""Fields over the question, and the bar at the bottom: where they are shown, and where the focus goes afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

if TYPE_CHECKING:
    from readyroom.tui.screens.meeting import MeetingScreen
    from readyroom.tui.screens.meeting_fields import Typing
    from readyroom.tui.widgets.meeting.capture_bar import CaptureBar
    from readyroom.tui.widgets.meeting.fields import Field


class Overlay:
    """The open field of a meeting screen, on the screen."""

    def __init__(self, screen: MeetingScreen) -> None:
        self._screen = screen
        self.bar: CaptureBar | None = None
        """The bar, once it was needed."""

    def lay(self, field: Field) -> None:
        """Show a new field over its slot."""
        screen, editing = self._screen, self._screen.fields.editing
        screen.repaint_item()
        if editing is not None:
            screen.view.show_slot(editing.slot)
        field.add_class("-over")
        self.place()
        screen.query_one("#stage", Container).mount(field)
        screen.set_focus(field, scroll_visible=False)  # now, not later: the next key is already on its way
        screen.repaint_foot()

    def place(self) -> None:
        """Lay the open field over its slot, wherever that is now."""
        screen = self._screen
        field, editing = screen.fields.field, screen.fields.editing
        if field is None or editing is None:
            return
        region = screen.view.slot_region(editing.slot)
        field.display = region is not None and 0 <= region.y < screen.view.size.height
        if region is not None:
            field.styles.offset = (region.x, region.y)
            field.styles.width = region.width
            field.styles.height = region.height

    async def show_bar(self) -> CaptureBar:
        """The bar at the bottom; it is made when it is first needed."""
        from readyroom.tui.widgets.meeting.capture_bar import CaptureBar

        screen = self._screen
        screen.fields.leave()
        if self.bar is None:
            self.bar = CaptureBar()
            await screen.mount(self.bar, after=screen.status)
        self.bar.display = True
        screen.status.display = False
        return self.bar

    def closed(self, field: Field | None, typing: Typing) -> None:
        """Give the keys back to the question."""
        screen = self._screen
        if typing.slot != "bar":
            if field is not None:
                field.remove()
        elif self.bar is not None:
            self.bar.display = False
        screen.set_focus(screen.view, scroll_visible=False)
        screen.status.display = True
        screen.repaint()

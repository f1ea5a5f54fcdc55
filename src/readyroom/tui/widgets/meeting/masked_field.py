"""A line whose text nobody can read: votes are typed into it. Nothing of it goes to the clipboard."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from readyroom.tui.widgets.meeting.fields import Field

DOT = "•"


class MaskedField(Field):
    """Shows a dot for each character, so that a screen that everybody sees tells nothing."""

    def get_line(self, line_index: int) -> Text:
        """The line as dots of the same width."""
        hidden = "".join(DOT * cell_len(character) for character in self.document.get_line(line_index))
        return Text(hidden, end="", no_wrap=True)

    def action_copy(self) -> None:
        """Votes are not copied."""

    def action_cut(self) -> None:
        """Votes are not copied; what is marked goes."""
        self.action_delete_left()

"""The one way user text reaches the screen: cleaned, and never read as markup.

Widgets parse plain strings as markup, which swallows `[P1]` and crashes on `[/]`. What these functions
return is shown as it is. Styles are Textual's (`bold`, `$accent`, `$text-muted`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.style import Style

from readyroom.borders.text import clean_line, clean_text

if TYPE_CHECKING:
    from rich.text import Text

Part = str | Content | tuple[str, str | Style]
"""A piece of a line: plain text, text with a style, or content made here."""

ELLIPSIS = "…"

__all__ = ["ELLIPSIS", "Content", "Part", "assemble", "clip", "fit", "join", "rich_text", "user_line", "user_text"]


def user_text(text: str, style: str | Style = "") -> Content:
    """Text of several lines as content."""
    return Content.styled(clean_text(text), style)


def user_line(text: str, style: str | Style = "") -> Content:
    """Text as one line of content: line breaks become blanks."""
    return Content.styled(clean_line(text), style)


def rich_text(text: str, style: str = "") -> Text:
    """Text for a `DataTable` or `Tree`, which would read a string as Rich markup."""
    from rich.text import Text

    return Text(clean_line(text), style=style, no_wrap=True, overflow="ellipsis")


def assemble(*parts: Part) -> Content:
    """Pieces as one content; each may be a text, a text with its style, or content. All texts are cleaned."""
    return Content.assemble(*(_clean_part(part) for part in parts))


def join(parts: list[Content], between: str = "\n") -> Content:
    """Contents one after the other."""
    return Content(between).join(parts)


def clip(text: str, width: int) -> str:
    """One clean line of at most `width` cells; what is cut off ends in an ellipsis."""
    line = clean_line(text)
    if cell_len(line) <= width:
        return line
    if width <= 0:
        return ""
    return set_cell_size(line, width - 1).rstrip() + ELLIPSIS


def fit(text: str, width: int, *, right: bool = False) -> str:
    """One clean line of exactly `width` cells: clipped, or filled with blanks (`right` puts the text to the right)."""
    line = clip(text, width)
    blanks = " " * max(0, width - cell_len(line))
    return blanks + line if right else line + blanks


def _clean_part(part: Part) -> Content:
    if isinstance(part, Content):
        return part
    if isinstance(part, str):
        return Content(_clean_piece(part))
    text, style = part
    return Content.styled(_clean_piece(text), style)


def _clean_piece(text: str) -> str:
    # A piece keeps the blanks at its ends: they part it from its neighbours.
    return text if text.isascii() and text.isprintable() else clean_text(text)

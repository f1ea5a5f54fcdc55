"""The minutes on the screen: Markdown without raw HTML, and without links that open by themselves."""

from __future__ import annotations

from markdown_it import MarkdownIt
from textual.widgets import Markdown


def _parser() -> MarkdownIt:
    return MarkdownIt("gfm-like", {"html": False})


def without_front_matter(text: str) -> str:
    """The minutes without the lines for programs that stand before them."""
    if not text.startswith("---\n"):
        return text
    _, found, rest = text[4:].partition("\n---\n")
    return rest.lstrip("\n") if found else text


class Minutes(Markdown):
    """A preview of minutes; its text was escaped by the export."""

    DEFAULT_CSS = """
    Minutes {
        height: auto; max-width: 100; padding: 0; background: $background;
        & MarkdownH1 {
            content-align: left middle; color: $accent; text-style: bold; margin: 0 0 1 0; background: $background;
        }
        & MarkdownH2 { color: $foreground; text-style: bold; margin: 1 0 0 0; background: $background; }
        & MarkdownH3 { color: $text-muted; text-style: bold; margin: 1 0 0 0; background: $background; }
        & > MarkdownParagraph { margin: 0 0 1 0; }
        & MarkdownTable, & MarkdownTable:light { background: $background; }
        & MarkdownTableContent { keyline: none; grid-gutter: 0 1; }
        & MarkdownTableContent > .header { color: $text-muted; padding: 0 1 0 0; }
        & MarkdownTableContent > .cell { padding: 0 1 0 0; }
        & MarkdownBulletList, & MarkdownOrderedList { margin: 0 0 1 0; }
    }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(without_front_matter(text), id=id, parser_factory=_parser, open_links=False)

    async def show(self, text: str) -> None:
        """Show other minutes."""
        await self.update(without_front_matter(text))

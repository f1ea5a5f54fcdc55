"""A Markdown file as blocks with their lines: headings, paragraphs, bullets, tables, comments.

Only the block structure is parsed; what stands inside a line is read in `md_words.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_BOX = re.compile(r"\\?\[([ xX✓✔~/?\-]?)\\?\](?:\s+|$)")
_SIGNS = {
    "☐": " ",
    "⬜": " ",
    "🔲": " ",
    "◻": " ",
    "☑": "x",
    "✅": "x",
    "✔": "x",
    "☒": "no",
    "❌": "no",
    "✗": "no",
    "✘": "no",
}
_SIGN = re.compile(rf"({'|'.join(_SIGNS)})\ufe0f?\s*")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """From its first line to the line behind its last one, counted from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading(Span):
    """A heading with its level."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph(Span):
    """A paragraph, a quotation or a piece of code; `text` as it stands, marks of quotation taken off."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Comment(Span):
    """An HTML comment, or other HTML that stands alone."""

    text: str


@dataclass(frozen=True, slots=True)
class Row(Span):
    """A row of a table."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table(Span):
    """A table."""

    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bullet(Span):
    """An entry of a list with what hangs on it. `box` is None without a tick box, else what stands in it."""

    text: str
    box: str | None
    numbered: bool
    children: tuple[Block, ...]
    text_end: int


Block = Heading | Paragraph | Comment | Table | Bullet


def read_blocks(lines: Sequence[str]) -> list[Block]:
    """The blocks of a file in their order. Whatever is nested too deeply is left out; its lines stay unclaimed."""
    parser = MarkdownIt("commonmark").enable("table").disable("reference")
    parser.core.ruler.disable("inline")
    return _Reader(parser.parse("\n".join(lines))).blocks()


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def blocks(self, until: str = "") -> list[Block]:
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                break
            found += self._block(token)
        return found

    def _block(self, token: Token) -> list[Block]:
        start, end = token.map or (0, 0)
        match token.type:
            case "heading_open":
                return [Heading(start, end, int(token.tag[1]), self._inline("heading_close"))]
            case "paragraph_open":
                return _paragraph(start, end, self._inline("paragraph_close"))
            case "html_block":
                comments = _COMMENT.findall(token.content)
                return [Comment(start, end, "\n".join(map(str.strip, comments)) if comments else token.content)]
            case "fence" | "code_block":
                return [Paragraph(start, end, token.content)]
            case "blockquote_open":
                return [
                    Paragraph(one.start, one.end, one.text, quoted=True) if isinstance(one, Paragraph) else one
                    for one in self.blocks("blockquote_close")
                ]
            case "list_item_open":
                return [_bullet(start, end, bool(token.info), self.blocks("list_item_close"))]
            case "table_open":
                return [self._table(start, end)]
        return []

    def _inline(self, until: str) -> str:
        text = ""
        while (token := self.tokens[self.at]).type != until:
            text += token.content
            self.at += 1
        self.at += 1
        return text

    def _table(self, start: int, end: int) -> Table:
        rows: list[Row] = []
        cells: list[str] = []
        line = start
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type == "tr_open":
                cells, line = [], (token.map or (line, line))[0]
            elif token.type == "inline":
                cells.append(token.content.strip())
            elif token.type == "tr_close":
                rows.append(Row(line, line + 1, tuple(cells)))
        self.at += 1
        return Table(start, end, rows[0], tuple(rows[1:]))


def _paragraph(start: int, end: int, text: str) -> list[Block]:
    """A paragraph; where it is nothing but a comment, that."""
    if text.startswith("<!--") and text.rstrip().endswith("-->") and text.count("<!--") == 1:
        return [Comment(start, end, text[4:].rstrip()[:-3].strip())]
    return [Paragraph(start, end, text)]


def _bullet(start: int, end: int, numbered: bool, children: list[Block]) -> Bullet:
    text, text_end = "", start + 1
    if children and isinstance(children[0], Paragraph) and not children[0].quoted:
        text, text_end = children[0].text, children[0].end
        children = children[1:]
    box: str | None = None
    if found := _BOX.match(text):
        box, text = found[1] or " ", text[found.end() :]
        box = "x" if box in "xX✓✔" else box
    elif sign := _SIGN.match(text):
        box, text = _SIGNS[sign[1]], text[sign.end() :]
    end = max([text_end, *(child.end for child in children)])
    return Bullet(start, end, text.strip(), box, numbered, tuple(children), text_end)

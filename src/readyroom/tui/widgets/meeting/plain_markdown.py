"""The guidance of an agenda, written in Markdown, as plain lines: paragraphs, bullets, emphasis. Not a renderer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readyroom.tui.text import user_text
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span, wrapped

_BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")
_NUMBER = re.compile(r"^\s*(\d{1,3}[.)])\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(([^()\s]*)\)")
_MARKS = re.compile(r"(\*\*|__|`+)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\3(?![\w*])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def guidance(text: str, width: int, role: str = "dim") -> list[Line]:
    """The lines of a Markdown text within a width."""
    found: list[Line] = []
    before = ""
    for block in _blocks(user_text(text).plain):
        if before and not (_BULLET.match(block) and _BULLET.match(before)):
            found.append(BLANK)
        before = block
        found.extend(_block_lines(block, width, role))
    return found


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, headings and list entries, each joined to one line."""
    current: list[str] = []
    for raw in text.splitlines():
        starts = bool(_BULLET.match(raw)) or raw.lstrip().startswith("#")
        if (not raw.strip() or starts) and current:
            yield " ".join(current)
            current = []
        if raw.strip():
            current.append(raw.strip())
        if raw.lstrip().startswith("#"):
            yield " ".join(current)
            current = []
    if current:
        yield " ".join(current)


def _block_lines(block: str, width: int, role: str) -> Iterator[Line]:
    if block.startswith("#"):
        yield from wrapped(bare(block.lstrip("# ")), width, "strong")
        return
    if mark := _BULLET.match(block):
        number = _NUMBER.match(block)
        sign = f"{number[1]} " if number else "· "
        yield from wrapped(bare(block[mark.end() :]), width, role, indent=len(sign), first=(Span(sign, role),))
        return
    yield from wrapped(bare(block), width, role)


def bare(text: str) -> str:
    """One line without its Markdown marks: links show where they lead."""
    text = _LINK.sub(lambda link: f"{link[1]} ({link[2]})" if link[1] != link[2] else link[2], text)
    for _ in range(3):
        text, count = _MARKS.subn(lambda mark: mark[2] or mark[4], text)
        if not count:
            break
    return _ESCAPED.sub(r"\1", text)

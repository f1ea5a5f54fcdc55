"""The one escape for Markdown: any text comes out of a renderer as it went in, and nothing of it is markup.

Written for CommonMark with tables, and safe in GitHub's dialect. `@name` and `#12` are left to mean what they mean.
"""

from __future__ import annotations

import re

from readyroom.borders.text import TEXT_LIMIT, clean_line, clean_text

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,.'\"()/%?!;:+=-]*[A-Za-z0-9,.'\"()/%?!;:])?")
"""Most of what is written: nothing in it needs a second look."""

_SUSPECT = re.compile(r"[\\`*_<&\[|~#]")
_INSIDE = re.compile(
    r"(?P<always>[\\`*\[|])"
    r"|(?P<under>_+)"
    r"|<(?!\s)"
    r"|&(?=\#?[A-Za-z0-9]{1,40};)"
    r"|~(?!(?<=\s~)\d|(?<=^~)\d)"  # "~5 min" opens nothing and closes nothing
    r"|(?<=\s)\#+$"  # at its end a heading would lose it
)
# What begins a block when it stands first: heading, quote, list, rule, underline of a heading, delimiter of a table.
_AT_START = re.compile(r"(?:\#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-+=:](?=[-+=:\s]*$))|(?P<number>\d{1,9})[.)](?=\s|$)")
_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#@!$&'()+,;=%]{1,2000}")
_ENTITY = re.compile(r"&\#?[A-Za-z0-9]{1,40};")


def md_inline(text: str) -> str:
    """One line of text, for a paragraph, a heading, a list or a cell of a table; line breaks become blanks."""
    return text if _PLAIN.fullmatch(text) else _escaped(clean_line(text, limit=TEXT_LIMIT))


def md_block(text: str, prefix: str = "") -> list[str]:
    """A text of several lines as paragraphs that keep its line breaks; each line begins with `prefix`.

    Indents are not kept, and several empty lines count as one.
    """
    bare = prefix.rstrip()
    lines: list[str] = []
    for raw in clean_text(text).split("\n"):
        line = raw.replace("\t", " ").strip()
        if line:
            if lines and lines[-1] != bare:
                lines[-1] += "\\"
            lines.append(prefix + _escaped(line))
        elif lines and lines[-1] != bare:
            lines.append(bare)
    while lines and lines[-1] == bare:
        lines.pop()
    return lines


def md_link(text: str) -> str:
    """A plain web address as a link to itself; anything else as text."""
    address = text.strip()
    if _URL.fullmatch(address) and not _ENTITY.search(address):
        return f"<{address}>"
    return md_inline(text)


def md_table(titles: list[str], rows: list[list[str]]) -> list[str]:
    """A table of cells that are escaped already."""
    return [
        f"| {' | '.join(titles)} |",
        f"|{'---|' * len(titles)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _escaped(line: str) -> str:
    if _SUSPECT.search(line):
        line = _INSIDE.sub(_escape_match, line)
    start = _AT_START.match(line)
    if not start:
        return line
    number = start["number"]
    return f"{number}\\{line[len(number) :]}" if number else f"\\{line}"


def _escape_match(found: re.Match[str]) -> str:
    text = found.group()
    if found["under"]:
        whole, start, end = found.string, found.start(), found.end()
        before, after = whole[max(0, start - 1) : start], whole[end : end + 1]
        # Between letters an underscore is no emphasis, and names_like_this stay readable.
        return text if before.isalnum() and after.isalnum() else "\\_" * len(text)
    return f"\\{text}"

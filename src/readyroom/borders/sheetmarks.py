"""The marks in a sheet that people fill in: hidden comments that say which question a part of it answers.

`export` writes them and `records` reads them back; people may change everything else.
"""

from __future__ import annotations

import json
import re

from readyroom.domain.answer import AnswerKey

SECTION_MARK = "<!-- section -->"

# A mark behind a backslash is text that was escaped.
_SECTION = re.compile(r"(?<!\\)<!--\s*section\s*-->")
_ITEM = re.compile(
    r"(?<!\\)<!--\s*item:\s*(?P<item>[^\s;>]{1,200})"
    r'(?:\s*;\s*for:\s*(?P<subject>"(?:[^"\\]|\\.){0,2000}"))?'
    r'(?:\s*;\s*side:\s*(?P<side>"(?:[^"\\]|\\.){0,2000}"))?\s*-->'
)
_FIELD = re.compile(
    r"\s{0,8}(?:[-*+]\s{1,4})?[*_]{0,3}(?P<name>answer|notes?|evidence)[*_]{0,3}\s{0,3}:(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


def item_mark(key: AnswerKey) -> str:
    """The comment that stands on a question's heading."""
    subject = f"; for: {_quoted(key.subject)}" if key.subject else ""
    side = f"; side: {_quoted(key.respondent)}" if key.respondent else ""
    return f"<!-- item: {key.item}{subject}{side} -->"


def read_item_mark(line: str) -> AnswerKey | None:
    """The question that a line marks, or None."""
    found = _ITEM.search(line)
    if not found:
        return None
    try:
        return AnswerKey(found["item"], _plain(found["subject"]), _plain(found["side"]))
    except ValueError:
        return None


def is_section_mark(line: str) -> bool:
    """Whether a line begins a section of the sheet."""
    return _SECTION.search(line) is not None


def read_field(line: str) -> tuple[str, str] | None:
    """The field that a line begins (`answer`, `note` or `evidence`) and what stands behind its colon, or None."""
    found = _FIELD.fullmatch(line)
    if not found:
        return None
    name = found["name"].casefold()
    # "**answer:** 42" leaves the stars that close the bold in front of the answer.
    rest = found["rest"].strip()
    opened = re.match(r"\s*(?:[-*+]\s+)?([*_]{1,3})", line)
    if opened and rest.startswith(opened[1]):
        rest = rest[len(opened[1]) :].strip()
    return ("note" if name == "notes" else name), rest


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("-", "\\u002d").replace(">", "\\u003e").replace("<", "\\u003c")


def _plain(quoted: str | None) -> str:
    plain = json.loads(quoted) if quoted else ""
    return plain if isinstance(plain, str) else ""

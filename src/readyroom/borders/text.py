"""Cleaning text that people type, paste or import, so that it cannot drive a terminal or hide what it says.

Joiners and variation selectors stay, so that emoji and the scripts that need them stay whole.
Escaping for Markdown, spreadsheets or the screen is not done here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TEXT_LIMIT = 1_000_000
"""Characters of the longest text that is taken in one piece."""

LINE_LIMIT = 2_000
"""Characters of the longest single line: a title, a name, a capture."""

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SEQUENCES = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, clear
    "|(?:\x1b[\\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x1b\x9c\x07]{0,4096}(?:\x07|\x9c|\x1b\\\\)"  # OSC, DCS and their like
    "|\x1b[ -/]*[0-~]?"
)
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls, except tab and line breaks
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # bidi overrides and isolates, deprecated shaping
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # byte order mark, annotations, non-characters
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff"  # lone surrogates
    "]"
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, with how many characters were removed and how many cut off at its end."""

    text: str
    removed: int = 0
    cut: int = 0


def clean_report(text: str, *, limit: int = TEXT_LIMIT, line: bool = False) -> Cleaned:
    """Clean `text` and tell what went; `line` makes one line of it, line breaks and tabs becoming blanks."""
    if text.isascii() and text.isprintable():  # nearly all of what is typed
        kept, removed = text, 0
    else:
        broken = _BREAKS.sub("\n", text)
        stripped = _UNWANTED.sub("", _SEQUENCES.sub("", broken))
        kept, removed = unicodedata.normalize("NFC", stripped), len(broken) - len(stripped)
    if line:
        kept = kept.replace("\n", " ").replace("\t", " ").strip()
    cut = max(0, len(kept) - limit)
    if cut:
        kept = kept[:limit].rstrip() if line else kept[:limit]
    return Cleaned(kept, removed, cut)


def clean_text(text: str, *, limit: int = TEXT_LIMIT) -> str:
    """Clean a text of several lines; use `clean_report` where what is cut must be told."""
    return clean_report(text, limit=limit).text


def clean_line(text: str, *, limit: int = LINE_LIMIT) -> str:
    """Clean a text to one line; use `clean_report(…, line=True)` where what is cut must be told."""
    return clean_report(text, limit=limit, line=True).text

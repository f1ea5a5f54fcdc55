"""The last guard: no character that could drive the terminal leaves in a painted line, wherever it came from."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_JOINERS = "\u200c\u200d"
_DANGEROUS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def without_controls(text: str) -> str:
    """The text with every control and format character gone; blanks keep the place of those that had one."""
    if text.isprintable():
        return text
    kept = []
    for character in text:
        if character.isprintable() or character in _JOINERS or unicodedata.category(character) not in _DANGEROUS:
            kept.append(character)
        else:
            kept.append(" " * cell_len(character))
    return "".join(kept)


class ControlGuard(LineFilter):
    """Cleans the text of each painted line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments unless one has to be cleaned."""
        if all(segment.control or segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(without_controls(segment.text), segment.style)
            for segment in segments
        ]

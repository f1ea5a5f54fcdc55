"""Lines of a screen as values: words with roles (never colours), wrapped to a width in cells. No widget in here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rich.cells import cell_len, chop_cells

from readyroom.tui.text import clip, user_text

READING_MEASURE = 70
"""Cells of a line of prose, at any width of the terminal."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words with one role; `hit` names the command that a click on them runs."""

    text: str
    role: str = ""
    hit: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: words from the left, words that stand at the right edge, and what a click on it runs.

    `slot` names the place of a field: while the field is open, it is laid over this line.
    """

    spans: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    hit: str = ""
    row_role: str = ""
    row: tuple[int, int] = (0, 0)
    """Where the row's own look begins and how wide it is; no width means the whole line."""
    slot: str = ""
    slot_at: int = 0
    slot_width: int = 0
    """0 means: to the end of the line."""


BLANK = Line()


def line(*spans: Span | str, right: Iterable[Span] = (), hit: str = "", row_role: str = "") -> Line:
    """A line of spans; bare strings have no role."""
    made = tuple(Span(span) if isinstance(span, str) else span for span in spans)
    return Line(made, tuple(right), hit=hit, row_role=row_role)


def slot_lines(slot: str, height: int, *, at: int = 0, label: str = "") -> Iterator[Line]:
    """Room for an open field, with its label before the first line."""
    for number in range(height):
        spans = (Span(label, "dim"),) if number == 0 and label else ()
        yield Line(spans, slot=slot, slot_at=at)


def cells(spans: Iterable[Span]) -> int:
    """The width of some spans."""
    return sum(cell_len(span.text) for span in spans)


def wrap(text: str, width: int) -> list[str]:
    """The lines of a text broken between words; words that are too long are broken inside."""
    width = max(1, width)
    found: list[str] = []
    for paragraph in user_text(text).plain.expandtabs(4).split("\n"):
        found.extend(_wrap_paragraph(paragraph, width))
    return found


def wrapped(text: str, width: int, role: str = "", *, indent: int = 0, first: tuple[Span, ...] = ()) -> Iterator[Line]:
    """A text as lines of one role, indented; `first` stands in the indent of the first line."""
    for number, words in enumerate(wrap(text, width - indent)):
        if number == 0 and first:
            gap = " " * max(0, indent - cells(first))
            yield Line((*first, Span(gap), Span(words, role)))
        else:
            yield Line((Span(" " * indent), Span(words, role)))


def set_in(lines: Iterable[Line], by: int, measure: int) -> Iterator[Line]:
    """Lines of a measure moved to the right; what stands at their right edge and the fields over them move too."""
    for one in lines:
        spans = at_right(one.spans, one.right, measure) if one.right else one.spans
        yield replace(one, spans=(Span(" " * by), *spans), right=(), slot_at=one.slot_at + by, row=(by, measure))


def at_right(spans: tuple[Span, ...], right: tuple[Span, ...], width: int) -> tuple[Span, ...]:
    """Both groups in one line of a width: the left one is cut before the right one is."""
    room = width - cells(right) - (1 if right else 0)
    left: list[Span] = []
    for span in spans:
        text = span.text if cell_len(span.text) <= room else clip(span.text, room)
        room -= cell_len(text)
        left.append(replace(span, text=text))
        if text != span.text:
            break
    if not right:
        return tuple(left)
    gap = width - cells(left) - cells(right)
    return (*left, Span(" " * max(0, gap)), *right)


def _wrap_paragraph(text: str, width: int) -> Iterator[str]:
    current, used = "", 0
    for word in text.split(" "):
        size = cell_len(word)
        if current and used + 1 + size <= width:
            current, used = f"{current} {word}", used + 1 + size
            continue
        if current:
            yield current.rstrip()
        pieces = chop_cells(word, width) if size > width else [word]
        yield from pieces[:-1]
        current = pieces[-1] if pieces else ""
        used = cell_len(current)
    yield current.rstrip()

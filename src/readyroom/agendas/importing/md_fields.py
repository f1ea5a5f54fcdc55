"""Names with values, such as `**Team**: [team name]`, as items; in tables and in lines of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readyroom.agendas.importing.building import Stretch
from readyroom.agendas.importing.md_blocks import Block, Bullet, Paragraph
from readyroom.agendas.importing.md_harvest import Asked, Harvest, guide_links
from readyroom.agendas.importing.md_words import is_placeholder, kind_of_field, kind_of_question, speak
from readyroom.domain.agenda import ItemKind

_FIELD = re.compile(r"(\*\*|__)([^*_\n]{1,60}?):?\1\s{0,3}:?\s{0,3}(.*)")

_IN_TICKS = re.compile(r"`[^`]+`(?:\s*/\s*`[^`]+`)*")
"""How templates show what belongs there; in a filled-in document it may be a value."""


@dataclass(frozen=True, slots=True)
class Field:
    """A name with what stands behind it."""

    line: int
    name: str
    value: str


def fields_in(block: Block, *, filled: bool) -> list[Field]:
    """The fields of a paragraph or bullet; empty where it is none, or (in a template) all have been filled in."""
    if not isinstance(block, Paragraph | Bullet) or (isinstance(block, Bullet) and (block.box or block.children)):
        return []
    if isinstance(block, Paragraph) and block.quoted:
        return []
    found = [_FIELD.fullmatch(line.strip()) for line in block.text.split("\n")]
    fields = [Field(block.start + at, one[2].strip(), one[3].strip()) for at, one in enumerate(found) if one]
    if len(fields) < len(found) or not all(":" in line for line in block.text.split("\n")):
        return []
    blank = any(is_placeholder(field.value) for field in fields)
    return fields if blank or (filled and all(len(field.value) < 200 for field in fields)) else []


def take_field(harvest: Harvest, stretch: Stretch, field: Field) -> None:
    """Make an item of a field, and an answer of its value."""
    spoken = speak(field.name)
    words = spoken.text.rstrip(":")
    guide = list(guide_links(spoken))
    waiting = is_placeholder(field.value) or (not harvest.filled and bool(_IN_TICKS.fullmatch(field.value)))
    if waiting and re.search(r"\w", field.value):
        guide.append(f"As in: {field.value}")
    kind = kind_of_question(words, ticked=True) if "?" in words else kind_of_field(words)
    if kind is ItemKind.CHECK:
        kind = ItemKind.TEXT
    item = harvest.add(stretch, Asked(words=words, kind=kind, guide=tuple(guide)), name=words, line=field.line)
    harvest.ledger.keep(field.line, field.line + 1)
    if not waiting:
        harvest.answer(item, field.line, field.value)

"""Headings as questions: what stands below guides the room, or is the answer in a filled-in document."""

from __future__ import annotations

import re

from readyroom.agendas.importing.building import Stretch
from readyroom.agendas.importing.md_blocks import Block, Bullet, Comment, Heading, Paragraph, Table
from readyroom.agendas.importing.md_harvest import Asked, Harvest, guide_links
from readyroom.agendas.importing.md_tasks import block_text
from readyroom.agendas.importing.md_words import (
    is_placeholder,
    kind_of_field,
    kind_of_question,
    speak,
    split_lead,
    split_timebox,
    title_words,
)
from readyroom.domain.agenda import ItemKind

_ANSWER = re.compile(r"(?:[*_]{0,3}(?:answer|response|a)[*_]{0,3}\s{0,3}:[*_]{0,3})\s*(.*)", re.IGNORECASE | re.DOTALL)
_ITALIC = re.compile(r"([*_])(?!\1)[^*_].{0,4000}\1|>.*", re.DOTALL)


def take_question(harvest: Harvest, stretch: Stretch, heading: Heading, blocks: list[Block]) -> None:
    """Make an item of a heading and what stands below it."""
    text, minutes = split_timebox(title_words(heading.text))
    own_id, _, rest = split_lead(text)
    spoken = speak(heading.text)
    words = rest or text
    guidance, answers = _part(harvest, blocks)
    guide = [*guide_links(spoken), *(block_text(harvest, block) for block in guidance)]
    for block in blocks:
        harvest.ledger.keep(block.start, block.end)
    harvest.ledger.keep(heading.start, heading.end)
    kind = kind_of_question(words, ticked=True) if "?" in words else kind_of_field(words)
    if answers and kind is ItemKind.CHECK:
        kind = ItemKind.TEXT  # what was written is more than pass or fail
    asked = Asked(words=words, kind=kind, guide=tuple(guide), minutes=minutes)
    item = harvest.add(stretch, asked, name=own_id or words, line=heading.start)
    written = "\n\n".join(_answer_text(harvest, block) for block in answers)
    if written and kind in (ItemKind.OWNER, ItemKind.DATE):
        harvest.answer(item, heading.start, " ".join(written.split()))
    elif written:
        harvest.answer(item, heading.start, written)


def _part(harvest: Harvest, blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """What guides, and what was filled in."""
    said = [block for block in blocks if _says_answer(block)]
    if said:  # from the first "Answer:" on, all is answer
        at = blocks.index(said[0])
        return blocks[:at], [block for block in blocks[at:] if not _is_open(block)]
    written = [block for block in blocks if not _guides(block)]
    hinted = len(written) < len(blocks)
    if harvest.filled or hinted:
        answers = [block for block in written if not _is_open(block)]
        return [block for block in blocks if block not in answers], answers
    return blocks, []


def _guides(block: Block) -> bool:
    """Whether the author of a template wrote it: comments, quotations, italics."""
    if isinstance(block, Paragraph):
        return block.quoted or bool(_ITALIC.fullmatch(block.text.strip()))
    return isinstance(block, Comment)


def _is_open(block: Block) -> bool:
    """Whether it only shows where an answer belongs."""
    return isinstance(block, Paragraph | Bullet) and is_placeholder(_without_word(block.text))


def _says_answer(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_ANSWER.fullmatch(block.text.strip()))


def _without_word(text: str) -> str:
    found = _ANSWER.fullmatch(text.strip())
    return found[1] if found else text


def _answer_text(harvest: Harvest, block: Block) -> str:
    if isinstance(block, Table | Bullet):
        return harvest.ledger.source(block.start, block.end)
    return _without_word(block.text).strip()

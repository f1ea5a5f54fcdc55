"""The outline of a Markdown file: which headings are sections, which are questions, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from readyroom.agendas.importing.building import Stretch
from readyroom.agendas.importing.md_blocks import Block, Bullet, Comment, Heading, Paragraph, Table
from readyroom.agendas.importing.md_fields import fields_in, take_field
from readyroom.agendas.importing.md_harvest import Harvest
from readyroom.agendas.importing.md_questions import take_question
from readyroom.agendas.importing.md_tables import shape_of, take_table
from readyroom.agendas.importing.md_tasks import has_box, is_question, take_bullet
from readyroom.agendas.importing.md_words import (
    first_sentence,
    is_contents,
    is_no_go,
    is_placeholder,
    speak,
    split_timebox,
    title_words,
)

PSEUDO_LEVEL = 7
"""The level of a paragraph that is a question: below all headings."""
_BOLD_QUESTION = re.compile(r"(?:\*\*|__)([^*_\n]{3,300}\?)\s*(?:\*\*|__)\s*:?")
_ANCHOR_LINK = re.compile(r"\[[^\[\]]{1,300}\]\(#[^()\s]{0,300}\)[\s.]*")
_GENERIC = re.compile(r"(?:the )?(?:checklists?|questions?|items|template|review|list)", re.IGNORECASE)
"""Headings that say nothing about the sections below them."""
_LONGEST_GOAL = 300
_LONGEST_TITLE = 80


@dataclass(slots=True)
class Node:
    """A heading with what stands directly below it, and the headings under it."""

    heading: Heading | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def all(self) -> Iterator[Node]:
        """The node and all below it."""
        yield self
        for child in self.children:
            yield from child.all()

    @property
    def level(self) -> int:
        """The heading's level; 0 for what stands before the first one."""
        return self.heading.level if self.heading else 0


@dataclass(frozen=True, slots=True)
class Manner:
    """How the file as a whole is read."""

    boxed: bool
    """There are tick boxes or tables of checks: headings then are sections, not questions."""
    plain: bool = False
    """Nothing else asks, so every bullet is a check."""


def outline(blocks: list[Block], *, questions_in_text: bool) -> Node:
    """The blocks by their headings; where asked for, paragraphs that are a question count as headings."""
    root = Node()
    path = [root]
    for block in blocks:
        for one in _pseudo_headings(block, questions_in_text):
            if not isinstance(one, Heading):
                path[-1].blocks.append(one)
                continue
            while path[-1].level >= one.level:
                path.pop()
            node = Node(one)
            path[-1].children.append(node)
            path.append(node)
    return root


def _pseudo_headings(block: Block, questions_in_text: bool) -> list[Block]:
    if not isinstance(block, Paragraph) or block.quoted:
        return [block]
    first, _, rest = block.text.partition("\n")
    bold = _BOLD_QUESTION.fullmatch(first.strip())
    if bold:
        heading = Heading(block.start, block.start + 1, PSEUDO_LEVEL, bold[1])
        return [heading, Paragraph(block.start + 1, block.end, rest)] if rest else [heading]
    words = speak(block.text).text
    if questions_in_text and words.endswith("?") and len(words) < 240 and block.end == block.start + 1:
        return [Heading(block.start, block.end, PSEUDO_LEVEL, block.text)]
    return [block]


def walk(harvest: Harvest, node: Node, manner: Manner, stretches: list[Stretch], over: tuple[str, ...] = ()) -> None:
    """Gather the sections and questions of a node and all below it."""
    title = title_words(node.heading.text) if node.heading else ""
    if node.heading and is_contents(title) and not any(_asks(block, node) for block in node.blocks):
        _lose_all(harvest, node, "a table of contents")
        return
    title, minutes = split_timebox(title)
    stretch = Stretch(_joined(over, title), minutes=minutes, name=title)
    stretches.append(stretch)
    _take_blocks(harvest, node, manner, stretch, (*over, title))
    sections = list(_take_questions(harvest, node.children, manner, stretch))
    before = len(stretches)
    for child in sections:
        trail = (*over, title) if title and node.level > 1 and not _GENERIC.fullmatch(title) else over
        walk(harvest, child, manner, stretches, trail)
    if node.heading:
        named = any(one.items and one.title.startswith(f"{title}: ") for one in stretches[before:])
        _settle_heading(harvest, node, stretch, kept=named)


def _take_questions(harvest: Harvest, nodes: list[Node], manner: Manner, stretch: Stretch) -> Iterator[Node]:
    """Make items of the headings that are questions; gives the others, which are sections of their own."""
    for node in nodes:
        if _is_question(node, manner):
            assert node.heading is not None
            take_question(harvest, stretch, node.heading, node.blocks)
            yield from _take_questions(harvest, node.children, manner, stretch)
        else:
            yield node


def _settle_heading(harvest: Harvest, node: Node, stretch: Stretch, *, kept: bool) -> None:
    heading = node.heading
    assert heading is not None
    if stretch.items or kept:
        harvest.ledger.keep(heading.start, heading.end)
        for link in speak(heading.text).links:
            harvest.ledger.note(heading.start, link, "a link in the title of a section")
    elif node.children:
        harvest.ledger.lose(heading.start, heading.end, "a heading that only stands over others")
    else:
        harvest.ledger.lose(heading.start, heading.end, "nothing below this heading asks anything")
    if stretch.minutes and not stretch.items:
        harvest.ledger.note(heading.start, heading.text, "a timebox without questions of its own")


def _joined(over: tuple[str, ...], title: str) -> str:
    """A section's title with that of the heading above it, where both are short."""
    if not over or not over[-1]:
        return title or "Questions"
    whole = f"{over[-1]}: {title}"
    return whole if len(whole) <= _LONGEST_TITLE else title


def _asks(block: Block, node: Node, *, plain: bool = False) -> bool:
    """Whether something below a heading makes items of its own."""
    if fields_in(block, filled=False):
        return True
    if isinstance(block, Bullet):
        if _is_contents_entry(block):
            return False
        heading_asks = node.heading is not None and title_words(node.heading.text).endswith("?")
        return plain or has_box(block) or (not heading_asks and is_question(block))
    return isinstance(block, Table) and shape_of(block) is not None


def _is_contents_entry(bullet: Bullet) -> bool:
    """Whether a bullet, and all below it, only leads to another place in the file."""
    below = [child for child in bullet.children if not (isinstance(child, Bullet) and _is_contents_entry(child))]
    return bullet.box is None and not below and bool(_ANCHOR_LINK.fullmatch(bullet.text))


def _is_question(node: Node, manner: Manner) -> bool:
    """Whether a heading is a question itself: nothing below it asks, and it asks, has a timebox, or waits for words."""
    heading = node.heading
    assert heading is not None
    words, minutes = split_timebox(title_words(heading.text))
    if not words or is_contents(words) or any(_asks(block, node, plain=manner.plain) for block in node.blocks):
        return False
    if words.endswith("?"):
        return node.level > 1
    if any(_is_question(child, manner) for child in node.children) or node.level < 2:
        return False
    if minutes:
        return not any(_asks(block, child) for child in node.all() for block in child.blocks)
    waits = all(_waits(block) for block in node.blocks)
    if waits and node.children:
        return False
    if waits:
        return bool(node.blocks) or not manner.boxed
    return node.level > 2 and not manner.boxed and not manner.plain and not node.children


def _waits(block: Block) -> bool:
    return isinstance(block, Comment) or (isinstance(block, Paragraph | Bullet) and is_placeholder(block.text))


def _take_blocks(harvest: Harvest, node: Node, manner: Manner, stretch: Stretch, titles: tuple[str, ...]) -> None:
    """Items of the blocks below a heading; the words before them become the goal, the others are told as lost."""
    no_go = any(map(is_no_go, titles))
    asked_before = False
    lead: Paragraph | None = None
    for block in node.blocks:
        if fields := fields_in(block, filled=harvest.filled):
            for one in fields:
                take_field(harvest, stretch, one)
            asked_before = True
        elif isinstance(block, Bullet) and _asks(block, node, plain=manner.plain):
            said = speak(lead.text).text if lead else ""
            here = no_go or is_no_go(said)
            first = len(stretch.items)
            take_bullet(harvest, stretch, block, no_go=here and block.box is not None)
            if lead and asked_before and len(stretch.items) > first:
                _lead_in(harvest, stretch, first, lead)
            if lead is not None and not asked_before and here:
                no_go = True
            asked_before, lead = True, None
        elif isinstance(block, Table) and (shape := shape_of(block)):
            take_table(harvest, stretch, block, shape)
            asked_before = True
        elif isinstance(block, Paragraph) and block.text.rstrip(" *_").endswith(":") and not block.quoted:
            _lose_lead(harvest, stretch, lead)
            if not _take_goal(harvest, stretch, block, node, asked_before):
                lead = block
            elif is_no_go(speak(block.text).text):
                no_go = True
        elif not _take_goal(harvest, stretch, block, node, asked_before):
            harvest.ledger.lose(block.start, block.end, _why(block, node))
    _lose_lead(harvest, stretch, lead)


def _lead_in(harvest: Harvest, stretch: Stretch, at: int, lead: Paragraph) -> None:
    """Put the words before a further list into the guide of its first item."""
    item = stretch.items[at]
    stretch.items[at] = replace(item, guide="\n".join(part for part in (lead.text.strip(), item.guide) if part))
    harvest.ledger.keep(lead.start, lead.end)


def _lose_lead(harvest: Harvest, stretch: Stretch, lead: Paragraph | None) -> None:
    if lead is not None:
        harvest.ledger.lose(lead.start, lead.end, "words that nothing follows")


def _take_goal(harvest: Harvest, stretch: Stretch, block: Block, node: Node, asked_before: bool) -> bool:
    """Whether a block became the goal of its section: the first words before its questions."""
    if asked_before or stretch.goal or not isinstance(block, Paragraph | Comment):
        return False
    words = speak(block.text).text if isinstance(block, Paragraph) else " ".join(block.text.split())
    later = node.blocks[node.blocks.index(block) + 1 :]
    if not words or not any(_asks(one, node) for one in later) or "![" in block.text:
        return False
    if words.endswith(":") and not _asks(later[0], node):
        return False
    goal, rest = (words, "") if len(words) <= _LONGEST_GOAL else first_sentence(words)
    stretch.goal = goal
    for link in speak(block.text).links:
        harvest.ledger.note(block.start, link, "a link in words that became a goal")
    harvest.ledger.keep(block.start, block.end)
    if rest:
        harvest.ledger.note(block.start, rest, "the rest of a long introduction")
    return True


def _why(block: Block, node: Node) -> str:
    match block:
        case Bullet() if _is_contents_entry(block):
            return "a table of contents"
        case Bullet():
            return "a list that asks nothing"
        case Table():
            return "a table that asks nothing"
        case Comment():
            return "a comment that belongs to no question"
        case _:
            return "words that belong to no question"


def _lose_all(harvest: Harvest, node: Node, why: str) -> None:
    for one in node.all():
        if one.heading:
            harvest.ledger.lose(one.heading.start, one.heading.end, why)
        for block in one.blocks:
            harvest.ledger.lose(block.start, block.end, why)

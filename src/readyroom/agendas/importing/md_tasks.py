"""Bullets as items: tick boxes, no-go conditions, questions; what hangs on them guides, or was filled in."""

from __future__ import annotations

import re

from readyroom.agendas.importing.building import Stretch
from readyroom.agendas.importing.md_blocks import Block, Bullet, Comment, Heading, Paragraph, Table
from readyroom.agendas.importing.md_harvest import Asked, Harvest, guide_links
from readyroom.agendas.importing.md_words import kind_of_question, speak, split_lead, split_placeholder, strip_number
from readyroom.domain.agenda import Item, ItemKind

_ANSWER = re.compile(r"[*_]{0,3}(?:answer|response|a)[*_]{0,3}\s{0,3}:[*_]{0,3}\s{0,3}(.*)", re.IGNORECASE | re.DOTALL)
_LEAD_IS_ASKED_FROM = 3
_PREFIX_BELOW = 4


def has_box(bullet: Bullet) -> bool:
    """Whether it, or something that hangs on it, has a tick box."""
    return bullet.box is not None or any(isinstance(child, Bullet) and has_box(child) for child in bullet.children)


def is_question(bullet: Bullet) -> bool:
    """Whether it asks something: all of it, or the words in bold that it begins with."""
    _, lead, _ = split_lead(strip_number(bullet.text))
    return speak(bullet.text).text.endswith("?") or lead.rstrip(":").endswith("?")


def take_bullet(harvest: Harvest, stretch: Stretch, bullet: Bullet, *, no_go: bool = False, under: str = "") -> None:
    """Make an item of a bullet and of each box that hangs on it."""
    words = speak(bullet.text).text
    if not words:
        harvest.ledger.lose(bullet.start, bullet.text_end, "a tick box without words")
        for child in bullet.children:
            _take_child(harvest, stretch, child, no_go=no_go, under=under)
        return
    boxes = [child for child in bullet.children if isinstance(child, Bullet) and has_box(child)]
    if boxes and (bullet.box is None or words.endswith(":")):
        harvest.ledger.keep(bullet.start, bullet.text_end)
        _note_box(harvest, bullet, "the tick of a line that only stands over others")
        over = f"{under} – {words.rstrip(' :?')}" if under else words.rstrip(" :?")
        for child in bullet.children:
            _take_child(harvest, stretch, child, no_go=no_go, under=over)
        return
    _take_one(harvest, stretch, bullet, [c for c in bullet.children if c not in boxes], no_go=no_go, under=under)
    for box in boxes:
        take_bullet(harvest, stretch, box, no_go=no_go, under=words.rstrip(" :?"))


def _take_child(harvest: Harvest, stretch: Stretch, child: Block, *, no_go: bool, under: str) -> None:
    if isinstance(child, Bullet) and (has_box(child) or is_question(child)):
        take_bullet(harvest, stretch, child, no_go=no_go, under=under)
    else:
        harvest.ledger.lose(child.start, child.end, "words between questions")


def _take_one(
    harvest: Harvest, stretch: Stretch, bullet: Bullet, hanging: list[Block], *, no_go: bool, under: str
) -> None:
    inline_answer = ""
    name, lead, rest = split_lead(strip_number(bullet.text))
    if bullet.box is None and harvest.filled and not lead:
        question, mark, behind = rest.partition("? ")
        if mark and "?" not in behind:
            rest, inline_answer = f"{question}?", behind
    spoken, spoken_lead = speak(rest), speak(lead)
    words, guide = spoken.text, list(guide_links(spoken))
    if lead.rstrip(":").endswith("?"):
        words, guide = spoken_lead.text.rstrip(":"), list(guide_links(spoken_lead))
        if harvest.filled and bullet.box is None:
            inline_answer = inline_answer or rest
        else:
            guide.append(rest)
    elif lead and (len(lead.split()) >= _LEAD_IS_ASKED_FROM or not words):
        words, guide = spoken_lead.text, [rest, *guide_links(spoken_lead)]
    elif lead:
        words = f"{lead.rstrip(':.')}: {words}"
    words, sample = split_placeholder(words or name)
    guide += [f"As in: {sample}"] if sample else []
    own_words = words
    if under and (len(words.split()) < _PREFIX_BELOW or words[:1].islower()):
        words = f"{under}: {words}"
    elif under:
        guide.append(f"It stands under: {under}")
    kind = ItemKind.YES_NO if no_go else kind_of_question(own_words, ticked=bullet.box is not None)
    told, note, answer = _hanging(harvest, hanging, bullet)
    asked = Asked(words=words, kind=kind, guide=(*guide, *told), no_go=no_go)
    item = harvest.add(stretch, asked, name=name or lead or own_words, line=bullet.start)
    harvest.ledger.keep(bullet.start, bullet.text_end)
    _answer(harvest, item, bullet, inline_answer or answer, note)


def _hanging(harvest: Harvest, blocks: list[Block], bullet: Bullet) -> tuple[list[str], str, str]:
    """What hangs on a bullet: for the guide, as a note of what was filled in, as an answer."""
    guide: list[str] = []
    note: list[str] = []
    answer = ""
    for block in blocks:
        text = block_text(harvest, block)
        plain = speak(block.text).text if isinstance(block, Bullet | Paragraph) else ""
        harvest.ledger.keep(block.start, block.end)
        if found := _ANSWER.fullmatch(plain):
            answer = answer or found[1]
        elif harvest.filled and bullet.box in ("x", None) and not isinstance(block, Comment):
            note.append(text)
        else:
            guide.append(text)
    return guide, "\n".join(note), answer


def block_text(harvest: Harvest, block: Block) -> str:
    """A block as the lines of a guide."""
    match block:
        case Comment(text=text) | Paragraph(text=text, quoted=True):
            return text
        case Heading(text=text):
            return f"**{text}**"
        case Bullet() | Table() | Paragraph():
            return harvest.ledger.source(block.start, block.end)


def _answer(harvest: Harvest, item: Item, bullet: Bullet, answer: str, note: str) -> None:
    if bullet.box == "x" and item.kind is not ItemKind.TEXT:
        harvest.answer(item, bullet.start, "yes", note="\n".join(part for part in (answer, note) if part))
    elif bullet.box == "no":
        harvest.answer(item, bullet.start, "no", note=note)
    elif answer or note:
        text = item.kind is ItemKind.TEXT
        whole = "\n".join(part for part in (answer, note) if part.strip())
        harvest.answer(item, bullet.start, whole if text else answer, note="" if text else note)
    if bullet.box == "x" and item.kind is ItemKind.TEXT:
        harvest.ledger.note(bullet.start, bullet.text, "it is ticked, but the question wants words")
    _note_box(harvest, bullet, f"the mark [{bullet.box}] is not understood", only_odd=True)


def _note_box(harvest: Harvest, bullet: Bullet, why: str, *, only_odd: bool = False) -> None:
    plain = (" ", "x", "no", None)
    if bullet.box not in plain or (not only_odd and bullet.box == "x"):
        harvest.ledger.note(bullet.start, bullet.text, why)

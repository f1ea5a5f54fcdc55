"""Markdown checklists, templates and filled-in documents as agendas; what has no place in one is told line by line."""

from __future__ import annotations

import re

from readyroom.agendas.answers import AnswersFile
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.importing.building import Stretch, assemble
from readyroom.agendas.importing.loss import ImportedAgenda
from readyroom.agendas.importing.md_blocks import Block, Bullet, Paragraph, Table, read_blocks
from readyroom.agendas.importing.md_fields import fields_in
from readyroom.agendas.importing.md_harvest import Harvest
from readyroom.agendas.importing.md_lines import Ledger, read_lines
from readyroom.agendas.importing.md_outline import Manner, Node, outline, walk
from readyroom.agendas.importing.md_tables import Shape, shape_of
from readyroom.agendas.importing.md_tasks import has_box
from readyroom.agendas.importing.md_words import title_words
from readyroom.domain.agenda import Agenda

_FRONT_MATTER_LIMIT = 200
_FRONT_TITLE = re.compile(r"title\s*:\s*(.+)", re.IGNORECASE)
_LONGEST_ABOUT = 600


def import_markdown(text: str | bytes, name: str, *, filled: bool | None = None) -> ImportedAgenda:
    """The agenda of a Markdown file; `name` is the file's, from which the agenda's id is made.

    Args:
        filled: whether it is a filled-in document, so that text under questions is an answer;
            None finds out: a document with a ticked box is one.

    Raises:
        AgendaError: it is no text, too long, or asks nothing.
    """
    ledger = Ledger(read_lines(text, name))
    front_title, body = _skip_front_matter(ledger)
    blocks = read_blocks(body)
    ticked = any(_ticked(block) for block in blocks)
    filled = ticked if filled is None else filled
    boxed = any(_is_boxed(block) for block in blocks)
    harvest, stretches, title, about = _read(ledger, blocks, Manner(boxed), filled)
    if not any(stretch.items for stretch in stretches):
        ledger = Ledger(read_lines(text, name))
        front_title, _ = _skip_front_matter(ledger)
        harvest, stretches, title, about = _read(ledger, blocks, Manner(boxed=True, plain=True), filled)
        ledger.say("there are no tick boxes, tables of checks or questions: each entry of a list was taken as a check")
    if not any(stretch.items for stretch in stretches):
        fix = "write its questions as tick boxes (- [ ] …), as a table, or as headings"
        raise AgendaError(what=f"nothing in {name} looks like a question", fix=fix)
    title = title or front_title or _title_of_file(name)
    agenda = assemble(name, title, stretches, about=about)
    return ImportedAgenda(agenda=agenda, losses=ledger.losses(), answers=_answers(agenda, harvest))


def _read(ledger: Ledger, blocks: list[Block], manner: Manner, filled: bool) -> tuple[Harvest, list[Stretch], str, str]:
    harvest = Harvest(ledger, filled)
    root = outline(blocks, questions_in_text=not manner.boxed)
    title, about = _take_title(harvest, root)
    stretches: list[Stretch] = []
    if title:
        [top] = root.children
        walk(harvest, Node(None, [*root.blocks, *top.blocks], top.children), manner, stretches)
        assert top.heading is not None
        ledger.keep(top.heading.start, top.heading.end)
    else:
        walk(harvest, root, manner, stretches)
    if stretches[0].title == "Questions" and title:
        stretches[0].title = title
    return harvest, stretches, title, about


def _take_title(harvest: Harvest, root: Node) -> tuple[str, str]:
    """The title of the only top heading, and the words below it that tell what the file is about."""
    if len(root.children) != 1:
        return "", ""
    top = root.children[0]
    assert top.heading is not None
    title = title_words(top.heading.text)
    alone = not top.children and not any(isinstance(block, Bullet | Table) for block in [*root.blocks, *top.blocks])
    if not title or (alone and title.endswith("?")) or top.heading.level > 1 + (not root.blocks):
        return "", ""
    about: list[str] = []
    left: list[Block] = []
    for block in top.blocks:
        words = block.text.strip() if isinstance(block, Paragraph) and not block.quoted else ""
        before = not any(isinstance(one, Bullet | Table) for one in left)
        fits = words and before and "![" not in words and not fields_in(block, filled=harvest.filled)
        if fits and not words.endswith(":") and sum(map(len, about)) + len(words) <= _LONGEST_ABOUT:
            about.append(" ".join(harvest.ledger.source(block.start, block.end).split()))
            harvest.ledger.keep(block.start, block.end)
        else:
            left.append(block)
    top.blocks[:] = left
    return title, "\n\n".join(about)


def _skip_front_matter(ledger: Ledger) -> tuple[str, list[str]]:
    """The title in a block of settings at the top, and the lines without that block."""
    lines = ledger.lines
    if not lines or lines[0].rstrip() != "---":
        return "", lines
    end = next((at for at in range(1, min(len(lines), _FRONT_MATTER_LIMIT)) if lines[at].rstrip() in ("---", "...")), 0)
    if not end:
        return "", lines
    title = ""
    for at in range(1, end):
        found = _FRONT_TITLE.fullmatch(lines[at].strip())
        if found and not title:
            title = found[1].strip().strip("\"'")
        ledger.lose(at, at + 1, "the settings at the top of the file")
    return title, [*([""] * (end + 1)), *lines[end + 1 :]]


def _ticked(block: Block) -> bool:
    return isinstance(block, Bullet) and (block.box in ("x", "no") or any(map(_ticked, block.children)))


def _is_boxed(block: Block) -> bool:
    if isinstance(block, Table):
        return shape_of(block) in (Shape.CHECKS, Shape.RATINGS)
    return isinstance(block, Bullet) and has_box(block)


def _title_of_file(name: str) -> str:
    stem = re.split(r"[/\\]", name)[-1].rpartition(".")[0] or name
    return " ".join(re.split(r"[-_\s]+", stem)).strip().capitalize() or "Imported agenda"


def _answers(agenda: Agenda, harvest: Harvest) -> AnswersFile | None:
    """What was filled in, in the order of the agenda; None where nothing was."""
    given = {answer.item: answer for answer in harvest.answers}
    if not given:
        return None
    ordered = tuple(given[item.id] for item in agenda.items() if item.id in given)
    return AnswersFile(agenda=agenda.id, answers=ordered)

"""The sheet that one person fills in before the meeting: as Markdown (read back by `records.sheets`) or as YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from readyroom.borders.sheetmarks import SECTION_MARK, item_mark
from readyroom.borders.text import clean_line, clean_text
from readyroom.borders.yamlwriter import dump_yaml
from readyroom.domain.agenda import TABLE_KINDS, Agenda, Item, ItemKind, columns_of
from readyroom.domain.answer import AnswerKey, Row, expectation
from readyroom.domain.table import show_cell
from readyroom.export.md_escape import md_block, md_inline, md_table
from readyroom.export.words import count_words


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRequest:
    """What one person is asked to prepare."""

    agenda: Agenda
    session: str
    person: str
    keys: tuple[AnswerKey, ...]
    title: str = ""
    """Of the meeting, with its subject: `Reliability review: checkout`."""
    rows: Mapping[AnswerKey, Sequence[Row]] = field(default_factory=dict)
    """Rows that a table starts with, such as the objectives of a service."""


def sheet_markdown(request: SheetRequest) -> str:
    """The sheet as Markdown."""
    agenda = request.agenda
    head = {
        "agenda": clean_line(agenda.id),
        "session": clean_line(request.session),
        "person": clean_line(request.person),
    }
    blocks: list[list[str]] = [
        ["---", *dump_yaml(head).rstrip("\n").split("\n"), "---"],
        [f"# What {md_inline(request.person)} prepares for “{md_inline(request.title or agenda.title)}”"],
        [
            f"{count_words(len(request.keys), 'question')}. Write behind `answer:`, on as many lines as it takes.",
            "Where there is no answer, write `unknown`, or `n/a because …`; leave empty what you did not get to.",
            "Everything may be changed but the hidden marks (`<!-- … -->`) in the headings.",
        ],
    ]
    for section in agenda.sections:
        wanted = [(item, key) for item in section.items for key in request.keys if key.item == item.id]
        if wanted:
            blocks.append([f"## {md_inline(section.title)} {SECTION_MARK}"])
        for item, key in wanted:
            blocks += _question(request, item, key)
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def sheet_yaml(request: SheetRequest) -> str:
    """The sheet as an answers file, its questions as comments."""
    head = {
        "agenda": clean_line(request.agenda.id),
        "session": clean_line(request.session),
        "person": clean_line(request.person),
    }
    lines = [*dump_yaml(head).rstrip("\n").split("\n"), "", "answers:"]
    for item in request.agenda.items():
        for key in request.keys:
            if key.item == item.id:
                lines += _yaml_question(item, key)
    return "\n".join(lines) + "\n"


def _question(request: SheetRequest, item: Item, key: AnswerKey) -> list[list[str]]:
    about = ", ".join(part for part in (key.subject, key.respondent) if part)
    whom = f" ({md_inline(about)})" if about and _is_asked_more_than_once(request, item) else ""
    blocks = [[f"### {md_inline(item.ask) or md_inline(item.id)}{whom} {item_mark(key)}"]]
    if item.guide.strip():
        blocks.append(md_block(item.guide, "> "))
    blocks.append(_expected(item))
    blocks.append(["answer:"])
    if item.kind in TABLE_KINDS:
        blocks.append(_empty_table(item, request.rows.get(key, ())))
    blocks.append(["note:"])
    blocks.append(["evidence:"])
    return blocks


def _expected(item: Item) -> list[str]:
    lines = []
    if item.kind is ItemKind.CHOICE:
        lines.append(f"*Answer with {'one or more' if item.many else 'one'} of these:*")
        lines += ["", *(f"- `{choice.id}`: {md_inline(choice.text)}" for choice in item.choices)]
    elif item.kind in TABLE_KINDS:
        lines.append("*Fill in the rows; add as many as you need.*")
    else:
        lines.append(f"*Answer with {md_inline(expectation(item))}.*")
    if item.anchors:
        lines += ["", *(f"- {anchor.level}: {md_inline(anchor.text)}" for anchor in item.anchors)]
    if item.evidence:
        lines += ["", f"*Bring as evidence: {md_inline(item.evidence.ask)}.*"]
    return lines


def _empty_table(item: Item, rows: Sequence[Row]) -> list[str]:
    columns = columns_of(item)
    given = [column for column in columns if column.given]
    started = [dict(zip([column.id for column in given], cells, strict=False)) for cells in item.rows]
    shown = [*rows, *started] or [{}]
    cells = [[md_inline(show_cell(column, row.get(column.id))) for column in columns] for row in shown]
    return md_table([md_inline(column.title) for column in columns], cells)


def _is_asked_more_than_once(request: SheetRequest, item: Item) -> bool:
    return sum(key.item == item.id for key in request.keys) > 1


def _yaml_question(item: Item, key: AnswerKey) -> list[str]:
    texts = [item.ask, item.guide, f"Answer with {expectation(item)}; or unknown, or n/a because …"]
    comments = [
        f"  # {line}".rstrip() for text in texts if text.strip() for line in clean_text(text).strip().split("\n")
    ]
    name = dump_yaml({key.item: 0}).rstrip().removesuffix("0").rstrip()
    return ["", *comments, f"  {name}", "    answer:", "    note:", "    evidence:"]

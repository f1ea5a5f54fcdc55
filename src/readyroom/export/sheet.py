"""The sheet that one person fills in before the meeting: as Markdown (read back by `records.sheets`) or as YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from readyroom.borders.sheetmarks import SECTION_MARK, item_mark
from readyroom.borders.text import clean_line, clean_text
from readyroom.borders.yamlwriter import dump_yaml
from readyroom.domain.agenda import TABLE_KINDS, Agenda, Column, ColumnKind, Item, ItemKind, columns_of
from readyroom.domain.answer import AnswerKey, Row, expectation
from readyroom.domain.table import cell_expectation, show_cell
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


def sheet_yaml(request: SheetRequest, subject: str | None = None) -> str:
    """The sheet as an answers file about one subject (the first of the questions, unless named), with comments."""
    about = subject if subject is not None else next((key.subject for key in request.keys), "")
    head = {
        "answers": 1,
        "agenda": clean_line(request.agenda.id),
        "subject": clean_line(about),
        "by": clean_line(request.person),
    }
    lines = [
        *_comments(f"{request.title or request.agenda.title}\nsession: {request.session}", ""),
        "# Where there is no answer, replace `answer:` by `unknown: yes` or by `not applicable: …`, with the reason.",
        *dump_yaml({key: value for key, value in head.items() if value != ""}).rstrip("\n").split("\n"),
        "items:",
    ]
    for item in request.agenda.items():
        keys = [key for key in request.keys if key.item == item.id and key.subject == about]
        if keys:
            lines += ["", *_yaml_question(item, keys)]
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
        if told := [f"- {md_inline(column.title)}: {md_inline(words)}" for column, words in _cells_wanted(item)]:
            lines += ["", *told]
    else:
        lines.append(f"*Answer with {md_inline(expectation(item))}.*")
    if item.anchors:
        lines += ["", *(f"- {anchor.level}: {md_inline(anchor.text)}" for anchor in item.anchors)]
    if item.evidence:
        lines += ["", f"*Bring as evidence: {md_inline(item.evidence.ask)}.*"]
    return lines


def _cells_wanted(item: Item) -> Iterator[tuple[Column, str]]:
    """What the cells of a column may be, for the columns that take not just any text."""
    for column in columns_of(item):
        if not column.given and column.kind not in (ColumnKind.TEXT, ColumnKind.OWNER):
            yield column, cell_expectation(column)


def _empty_table(item: Item, rows: Sequence[Row]) -> list[str]:
    columns = columns_of(item)
    given = [column for column in columns if column.given]
    started = [dict(zip([column.id for column in given], cells, strict=False)) for cells in item.rows]
    shown = [*rows, *started] or [{}]
    cells = [[md_inline(show_cell(column, row.get(column.id))) for column in columns] for row in shown]
    return md_table([md_inline(column.title) for column in columns], cells)


def _is_asked_more_than_once(request: SheetRequest, item: Item) -> bool:
    return sum(key.item == item.id for key in request.keys) > 1


def _yaml_question(item: Item, keys: Sequence[AnswerKey]) -> list[str]:
    texts = [item.ask, item.guide, f"Answer with {expectation(item)}."]
    if item.kind in TABLE_KINDS:
        texts += [f"{column.title}: {words}" for column, words in _cells_wanted(item)]
    lines = [line for text in texts for line in _comments(text, "  ")]
    lines.append(f"  {_yaml_key(item.id)}")
    for key in keys:
        indent = "    "
        if key.respondent:
            lines.append(f"    {_yaml_key(key.respondent)}")
            indent = "      "
        lines += [f"{indent}answer:", f"{indent}note:", f"{indent}evidence:"]
    return lines


def _yaml_key(text: str) -> str:
    return dump_yaml({clean_line(text): 0}).rstrip().removesuffix("0").rstrip()


def _comments(text: str, indent: str) -> list[str]:
    return [f"{indent}# {line}".rstrip() for line in clean_text(text).strip().split("\n") if line.strip()]

"""Reading back the Markdown sheet that somebody filled in before the meeting.

Only the marks and the words `answer:`, `note:` and `evidence:` count; people may move, rename and reformat the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from textwrap import dedent

from readyroom.borders.errors import BorderError, Problem
from readyroom.borders.sheetmarks import is_section_mark, read_field, read_item_mark
from readyroom.borders.text import LINE_LIMIT, TEXT_LIMIT, clean_line, clean_text
from readyroom.domain.agenda import TABLE_KINDS, Agenda, Column, Item, ItemKind, columns_of
from readyroom.domain.answer import AnswerError, AnswerKey, AnswerState, Row, Value, read_typed
from readyroom.domain.table import is_rule_line, read_block, read_row

SHEET_LIMIT = 4 * 1024 * 1024
"""Bytes of the longest sheet that is read."""

_HEAD = re.compile(r"(agenda|session|person)\s*:\s*(.*)", re.IGNORECASE)
_NOT_APPLICABLE = re.compile(r"(?:n/a|not applicable)(?P<reason>(?:[^\w/].*)?)", re.IGNORECASE | re.DOTALL)
_LINK_WORD = re.compile(r"[\s:,;.(–—-]*(?:because\b|since\b|as\b)?[\s:]*", re.IGNORECASE)
_UNKNOWN = re.compile(r"(?:unknown|(?:(?:we|i)\s+)?(?:do\s+not|don['’]?t)\s+know(?:\s+yet)?|\?+)[.!]?", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*-->")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """What one question of a sheet was given; `state` is unanswered where there is only a note or evidence."""

    key: AnswerKey
    line: int
    state: AnswerState
    value: Value | None = None
    reason: str = ""
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A filled-in sheet: whose it is, for which session, what can be taken, and what cannot."""

    person: str
    session: str
    agenda: str
    entries: tuple[SheetEntry, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Part:
    """The lines of one question as they stand in the file."""

    key: AnswerKey
    line: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    current: str = ""
    twice: int = 0


def read_sheet(raw: str | bytes, agenda: Agenda, name: str, today: date) -> Sheet:
    """The entries of a sheet, each checked against its item; blanks are passed over.

    What does not fit is listed in `problems`, with file and line, and the rest is still given.

    Raises:
        BorderError: it is no text, too long, or has no marked question at all.
    """
    lines = _lines(raw, name)
    head, parts = _split(lines)
    if not parts:
        raise BorderError(
            "no question is marked in it", name, "start from a sheet that `readyroom session prepare` wrote"
        )
    entries: dict[AnswerKey, SheetEntry] = {}
    problems: list[Problem] = []
    for part in parts:
        try:
            entry = _entry(part, agenda, name, today)
        except _UnfitError as unfit:
            problems.append(unfit.problem)
            continue
        if entry is None:
            continue
        if entry.key in entries:
            earlier = entries[entry.key].line
            problems.append(
                Problem(name, part.line, 1, f"{entry.key.item} was already answered in line {earlier}", "keep one")
            )
            continue
        entries[entry.key] = entry
    return Sheet(
        person=head.get("person", ""),
        session=head.get("session", ""),
        agenda=head.get("agenda", ""),
        entries=tuple(entries.values()),
        problems=tuple(problems),
    )


class _UnfitError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def _lines(raw: str | bytes, name: str) -> list[str]:
    if len(raw) > SHEET_LIMIT:
        raise BorderError(f"it is longer than {SHEET_LIMIT:,} bytes", name, "put long texts behind a link")
    if isinstance(raw, bytes):
        try:
            raw = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise BorderError("it is not UTF-8", f"{name}:{line}:1", "save it as UTF-8") from None
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return [line.rstrip() for line in text.split("\n")]


def _split(lines: Sequence[str]) -> tuple[dict[str, str], list[_Part]]:
    head: dict[str, str] = {}
    parts: list[_Part] = []
    part: _Part | None = None
    for number, line in enumerate(lines, 1):
        if "<!--" in line:
            if key := read_item_mark(line):
                part = _Part(key, number)
                parts.append(part)
                continue
            if is_section_mark(line):
                part = None
                continue
        if part is None:
            if not parts:
                _read_head(line, head)
            continue
        _take(part, line, number)
    return head, parts


def _read_head(line: str, head: dict[str, str]) -> None:
    found = _HEAD.fullmatch(line.strip())
    if found:
        head.setdefault(found[1].casefold(), clean_line(_unquoted(found[2].strip())))


def _take(part: _Part, line: str, number: int) -> None:
    found = read_field(line)
    if found:
        part.current, rest = found
        if part.current in part.fields and part.current == "answer" and rest:
            part.twice = part.twice or number
        part.places.setdefault(part.current, number)
        part.fields.setdefault(part.current, []).append(rest)
    elif part.current:
        part.fields[part.current].append(line)


def _entry(part: _Part, agenda: Agenda, name: str, today: date) -> SheetEntry | None:
    note, evidence = _text(part.fields.get("note", ())), _line(part.fields.get("evidence", ()))
    answer = part.fields.get("answer", [])
    if not (note or evidence or any(line.strip() for line in answer)):
        return None
    item = _item(part, agenda, name)
    if part.twice:
        fix = f"its heading lost its mark: put <!-- item: … --> back, or keep one answer for {part.key.item}"
        raise _UnfitError(Problem(name, part.twice, 1, f"a second answer under {part.key.item}", fix))
    state, value, reason, spare = _read_answer(item, answer, part, name, today)
    if spare:
        note = f"{spare}\n\n{note}" if note else spare
    if state is AnswerState.UNANSWERED and not (note or evidence):
        return None
    return SheetEntry(
        key=part.key, line=part.line, state=state, value=value, reason=reason, note=note, evidence=evidence
    )


def _item(part: _Part, agenda: Agenda, name: str) -> Item:
    item = agenda.item(part.key.item)
    if item is not None:
        return item
    wanted = clean_line(part.key.item, limit=80)
    near = get_close_matches(wanted, [known.id for known in agenda.items()], n=1)
    fix = f"did you mean {near[0]}?" if near else "remove it, or prepare a new sheet"
    raise _UnfitError(Problem(name, part.line, 1, f"the agenda {agenda.id} has no item {wanted!r}", fix))


def _read_answer(
    item: Item, lines: Sequence[str], part: _Part, name: str, today: date
) -> tuple[AnswerState, Value | None, str, str]:
    """State, value, reason, and what stood below a one-line answer, which is a note."""
    place = part.places.get("answer", part.line)
    tabular = item.kind in TABLE_KINDS
    text = _text(line for line in lines if not (tabular and _is_piped(line)))
    if _is_state(text) and item.kind is not ItemKind.CHOICE:
        return _without_value(item, text, place, name)
    if not (text or tabular):
        return AnswerState.UNANSWERED, None, "", ""
    if tabular:
        rows = _rows(item, lines, place, name, today)
        return AnswerState.ANSWERED if rows else AnswerState.UNANSWERED, rows or None, "", ""
    first, rest = _parted(item, text)
    try:
        return AnswerState.ANSWERED, read_typed(item, first, today), "", rest
    except AnswerError as error:
        if _is_state(text):
            return _without_value(item, text, place, name)
        number = place + next((at for at, line in enumerate(lines) if line.strip()), 0)
        problem = Problem(name, number, 1, f"{item.id}: {error}", "or write unknown, or n/a because …")
        raise _UnfitError(problem) from None


def _parted(item: Item, text: str) -> tuple[str, str]:
    """The answer itself, and the lines below it where an answer is one line."""
    if item.kind is ItemKind.TEXT:
        return text, ""
    if item.kind is ItemKind.CHOICE and item.many:
        return ", ".join(_undressed(line) for line in text.split("\n") if line.strip()), ""
    first, _, rest = text.partition("\n")
    return _undressed(first), rest.strip()


def _is_state(text: str) -> bool:
    return bool(_UNKNOWN.fullmatch(text) or _NOT_APPLICABLE.fullmatch(text))


def _without_value(item: Item, text: str, place: int, name: str) -> tuple[AnswerState, Value | None, str, str]:
    found = _NOT_APPLICABLE.fullmatch(text)
    if found is None:
        return AnswerState.UNKNOWN, None, "", ""
    reason = clean_line(_LINK_WORD.sub("", found["reason"], count=1).removesuffix(")"))
    if not reason:
        raise _UnfitError(Problem(name, place, 1, f"{item.id}: not applicable needs a reason", "write n/a because …"))
    return AnswerState.NOT_APPLICABLE, None, reason, ""


def _rows(item: Item, lines: Sequence[str], place: int, name: str, today: date) -> tuple[Row, ...]:
    """The rows that somebody filled in or pasted; those with only what the sheet brought along are passed over."""
    rows: list[Row] = []
    order = columns_of(item)
    for number, line in enumerate(lines, place):
        if not _is_piped(line) or is_rule_line(line):
            continue
        cells = _cells(line)
        if named := _header(columns_of(item), cells):
            order = named
        elif _is_filled(order, cells):
            try:
                rows.append(read_row(order, cells, today))
            except AnswerError as error:
                raise _UnfitError(Problem(name, number, 1, f"{item.id}: {error}", "correct the row")) from None
    if pasted := _text(line for line in lines if not _is_piped(line)):
        try:
            rows += read_block(item, pasted, today)
        except AnswerError as error:
            first = next(at for at, line in enumerate(lines, place) if line.strip() and not _is_piped(line))
            raise _UnfitError(Problem(name, first, 1, f"{item.id}: {error}", "correct the rows")) from None
    return tuple(rows)


def _is_piped(line: str) -> bool:
    return _UNESCAPED_PIPE.search(line) is not None


def _cells(line: str) -> list[str]:
    """The cells of a row of a Markdown table, its escapes undone."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if _UNESCAPED_PIPE.search(inner[-2:]) and inner.endswith("|") else inner
    return [clean_line(_ESCAPED.sub(r"\1", cell.strip())) for cell in _UNESCAPED_PIPE.split(inner)]


def _header(columns: Sequence[Column], cells: Sequence[str]) -> tuple[Column, ...]:
    names = {name.casefold(): column for column in columns for name in (column.id, column.title)}
    found = tuple(names[cell.casefold()] for cell in cells if cell.casefold() in names)
    return found if found and len(found) == len(cells) else ()


def _is_filled(order: Sequence[Column], cells: Sequence[str]) -> bool:
    asked = [cell for column, cell in zip(order, cells, strict=False) if not column.given]
    extra = list(cells[len(order) :])
    return any(cell.strip() for cell in (asked + extra if any(not c.given for c in order) else cells))


def _undressed(text: str) -> str:
    """A short answer without the bullet, the emphasis or the full stop that people put around it."""
    bare = re.sub(r"^\s*(?:[-*+]\s+(?:\[[xX ]\]\s+)?)?", "", text).strip()
    return bare.strip("*_`").removesuffix(".").strip("*_` ") or text


def _text(lines: Iterable[str]) -> str:
    """Lines as a text, its margins and comments taken off."""
    kept = [line for line in lines if not _COMMENT.fullmatch(line.strip())]
    if not kept:
        return ""
    below = dedent("\n".join(kept[1:]))
    return clean_text(f"{kept[0].strip()}\n{below}", limit=TEXT_LIMIT).strip()


def _line(lines: Iterable[str]) -> str:
    return clean_line(" ".join(line.strip() for line in lines if line.strip()), limit=LINE_LIMIT)


def _unquoted(text: str) -> str:
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "\"'":
        return text
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    try:
        plain = json.loads(text)
    except ValueError:
        return text[1:-1]
    return plain if isinstance(plain, str) else text

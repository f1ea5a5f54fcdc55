"""Rows of table-like items: checking them, and reading typed lines and pasted blocks."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from readyroom.domain.agenda import Column, ColumnKind, Item, ItemKind, columns_of
from readyroom.domain.answer import AnswerError, Cell, Row, Value, check_value, expectation, read_typed, show_number

_CELL_ITEM_KINDS = {
    ColumnKind.TEXT: ItemKind.TEXT,
    ColumnKind.NUMBER: ItemKind.NUMBER,
    ColumnKind.DATE: ItemKind.DATE,
    ColumnKind.CHOICE: ItemKind.CHOICE,
    ColumnKind.OWNER: ItemKind.OWNER,
    ColumnKind.YES_NO: ItemKind.YES_NO,
    ColumnKind.CHECK: ItemKind.CHECK,
}
_LINE_BREAK = re.compile("\r\n|\n|\r")
_RULE_CHARACTERS = frozenset("-|:+ \t")
_SEPARATORS = "\t|;,"
"""In the order in which they are believed: nobody types a tab by accident, but everybody a comma."""
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")


def check_rows(item: Item, raw: object) -> tuple[Row, ...]:
    """Rows from a file: a list of mappings by column id, or of lists in column order.

    Raises:
        AnswerError: naming the row and the column.
    """
    if not isinstance(raw, (list, tuple)) or not raw:
        raise AnswerError("expected a list of rows")
    columns = columns_of(item)
    rows = []
    for number, line in enumerate(raw, 1):
        try:
            rows.append(_check_row(columns, line))
        except AnswerError as error:
            raise AnswerError(f"row {number}: {error}") from error
    return tuple(rows)


def check_cell(column: Column, raw: object) -> Cell:
    """One cell as its column wants it; raises AnswerError."""
    cell = check_value(_as_item(column), raw)
    assert not isinstance(cell, tuple)
    return cell


def cell_expectation(column: Column) -> str:
    """What a cell of the column looks like, in words."""
    return expectation(_as_item(column))


def read_cell(column: Column, text: str, today: date) -> Cell:
    """One typed cell; raises AnswerError."""
    cell = read_typed(_as_item(column), text, today)
    assert not isinstance(cell, tuple)
    return cell


def read_row(columns: Sequence[Column], cells: Sequence[str], today: date) -> Row:
    """A typed row, its cells in column order; empty cells are left out, required ones too: nothing blocks.

    Raises:
        AnswerError: a cell does not fit, all are empty, or there are too many.
    """
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise AnswerError(f"{len(cells)} cells, but only {len(columns)} columns: {', '.join(c.title for c in columns)}")
    row: dict[str, Cell] = {}
    for column, text in zip(columns, cells, strict=False):
        if text.strip():
            try:
                row[column.id] = read_cell(column, text, today)
            except AnswerError as error:
                raise AnswerError(f"{column.title}: {error}") from error
    if not row:
        raise AnswerError("the row is empty")
    return row


def read_block(item: Item, text: str, today: date) -> tuple[Row, ...]:
    """Pasted rows: tab-, pipe-, semicolon- or comma-separated, with or without a header line.

    Raises:
        AnswerError: naming the line of the block, counted from 1, where it has several.
    """
    columns = columns_of(item)
    lines = [(number, line) for number, line in enumerate(_LINE_BREAK.split(text), 1) if line.strip()]
    ruled = len(lines) > 1 and is_rule_line(lines[1][1])
    lines = [(number, line) for number, line in lines if not is_rule_line(line)]
    separator = _separator_of([line for _, line in lines], len(columns))
    table = [(number, _split(line, separator)) for number, line in lines]
    order: tuple[Column, ...] | None = None
    rows = []
    for at, (number, cells) in enumerate(table):
        try:
            if at == 0 and (order := _header(columns, cells, ruled)):
                continue
            row = read_row(order or columns, cells, today)
        except AnswerError as error:
            raise AnswerError(f"line {number}: {error}" if len(table) > 1 else str(error)) from error
        rows.append({column.id: row[column.id] for column in columns if column.id in row} if order else row)
    if not rows:
        raise AnswerError("there are no rows in it")
    return tuple(rows)


def is_rule_line(line: str) -> bool:
    """Whether it only draws a line under a header (`|---|:-:|`)."""
    return "-" in line and _RULE_CHARACTERS.issuperset(line)


def split_line(line: str) -> list[str]:
    """The cells of one pasted line, by the separator that it uses."""
    return _split(line, next((one for one in _SEPARATORS if one in line), ","))


def _separator_of(lines: Sequence[str], width: int) -> str:
    """The separator of a block: the first that splits some line, and none into more cells than there are columns.

    Empty where each line is one cell, as in a table of one column whose texts hold commas.
    """
    if any("\t" in line for line in lines):
        return "\t"
    used = [one for one in _SEPARATORS if any(one in line for line in lines)]
    for separator in used:
        widths = [len(_split(line, separator)) for line in lines]
        if max(widths) > 1 and max(widths) <= width:
            return separator
    if width == 1:
        framed = all(line.strip().startswith("|") and line.strip().endswith("|") for line in lines)
        return "|" if framed else ""
    return used[0] if used else ""


def _split(line: str, separator: str) -> list[str]:
    if separator == "|":
        return _split_pipes(line)
    if separator == "\t":
        return [_unquoted(cell.strip()) for cell in line.split("\t")]
    if not separator:
        return [_unquoted(line.strip())]
    if separator == "," and re.search(r",\s", line):
        line = _DECIMAL_COMMA.sub("\0", line)
    try:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    except csv.Error as error:
        raise AnswerError(f"{line.strip()[:40]!r} cannot be split into cells: {error}") from error
    return [cell.replace("\0", ",").strip() for cell in cells]


def _split_pipes(line: str) -> list[str]:
    """The cells of a Markdown row: one pipe at either end is its frame, and `\\|` is a pipe in a text."""
    bare = line.strip().replace("\\|", "\0")
    bare = bare.removeprefix("|").removesuffix("|")
    return [cell.replace("\0", "|").strip() for cell in bare.split("|")]


def _unquoted(cell: str) -> str:
    """A cell without the quotes that spreadsheets put around one with a comma or a quote in it."""
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', ""):
        return cell[1:-1].replace('""', '"').strip()
    return cell


def row_label(item: Item, value: Value | None, index: int) -> str:
    """What a row is called: its first cell that says something."""
    row = value[index] if isinstance(value, tuple) and index < len(value) else None
    if not isinstance(row, Mapping):
        return str(index)
    return next((str(row[c.id]) for c in columns_of(item) if row.get(c.id) not in (None, "")), str(index))


def show_cell(column: Column, cell: Cell | None) -> str:
    """A cell as people read it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return next((choice.text for choice in column.choices if choice.id == cell), cell)
    unit = f" {column.unit}" if column.unit else ""
    return f"{show_number(cell)}{unit}"


def _check_row(columns: Sequence[Column], line: object) -> Row:
    by_id = {column.id: column for column in columns}
    if isinstance(line, Mapping):
        pairs = {str(name): cell for name, cell in line.items() if not _is_blank(cell)}
        if unknown := [name for name in pairs if name not in by_id]:
            raise AnswerError(f"no column {unknown[0]!r}; the columns are {', '.join(by_id)}")
    elif isinstance(line, (list, tuple)):
        if len(line) > len(columns):
            raise AnswerError(f"{len(line)} cells, but only {len(columns)} columns")
        pairs = {c.id: cell for c, cell in zip(columns, line, strict=False) if not _is_blank(cell)}
    else:
        raise AnswerError("expected a mapping of columns or a list of cells")
    row = {}
    for column in columns:
        if column.id in pairs:
            try:
                row[column.id] = check_cell(column, pairs[column.id])
            except AnswerError as error:
                raise AnswerError(f"{column.id}: {error}") from error
    if not row:
        raise AnswerError("the row is empty")
    return row


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _header(columns: Sequence[Column], cells: Sequence[str], ruled: bool) -> tuple[Column, ...] | None:
    """The columns in the order of a header line; None where the line is a row. `ruled`: a line is drawn under it."""
    names = {_bare_name(name): column for column in columns for name in (column.title, column.id)}
    found = [names.get(_bare_name(cell)) for cell in cells]
    known = tuple(column for column in found if column is not None)
    if len(known) == len(cells):
        if twice := [column for at, column in enumerate(known) if column in known[:at]]:
            raise AnswerError(f"the column {twice[0].title} stands there twice")
        return known
    if ruled or len(known) > 1:
        unknown = next(cell for cell, column in zip(cells, found, strict=True) if column is None)
        raise AnswerError(f"no column {unknown[:40]!r}; the columns are {', '.join(c.title for c in columns)}")
    return None


def _bare_name(name: str) -> str:
    """`Budget left (%)`, `budget_left` and `budget-left` are one name."""
    return re.sub(r"[\W_]+", " ", re.sub(r"\([^()]*\)", "", name)).strip().casefold()


@lru_cache(maxsize=256)
def _as_item(column: Column) -> Item:
    if column.kind is ColumnKind.NUMBER and column.scale is not None:
        return Item(id=column.id, kind=ItemKind.RATING, ask=column.title, unit=column.unit, scale=column.scale)
    return Item(
        id=column.id,
        kind=_CELL_ITEM_KINDS[column.kind],
        ask=column.title,
        unit=column.unit,
        choices=column.choices,
    )

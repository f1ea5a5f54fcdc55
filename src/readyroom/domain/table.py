"""Rows of table-like items: checking them, and reading typed lines and pasted blocks."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO

from readyroom.domain.agenda import Column, ColumnKind, Item, ItemKind, columns_of
from readyroom.domain.answer import AnswerError, Cell, Row, Value, check_value, read_typed, show_number

_CELL_ITEM_KINDS = {
    ColumnKind.TEXT: ItemKind.TEXT,
    ColumnKind.NUMBER: ItemKind.NUMBER,
    ColumnKind.DATE: ItemKind.DATE,
    ColumnKind.CHOICE: ItemKind.CHOICE,
    ColumnKind.OWNER: ItemKind.OWNER,
    ColumnKind.YES_NO: ItemKind.YES_NO,
    ColumnKind.CHECK: ItemKind.CHECK,
}
_RULE_LINE = re.compile(r"[\s|:+-]*-[\s|:+-]*")


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


def read_cell(column: Column, text: str, today: date) -> Cell:
    """One typed cell; raises AnswerError."""
    cell = read_typed(_as_item(column), text, today)
    assert not isinstance(cell, tuple)
    return cell


def read_row(columns: Sequence[Column], cells: Sequence[str], today: date) -> Row:
    """A typed row, its cells in column order; empty cells are left out.

    Raises:
        AnswerError: a cell does not fit, a required one is empty, or there are too many.
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
        AnswerError: naming the line.
    """
    columns = columns_of(item)
    lines = [line for line in text.splitlines() if line.strip() and not _RULE_LINE.fullmatch(line)]
    table = [split_line(line) for line in lines]
    order = list(columns)
    if table and (named := _header(columns, table[0])):
        order, table = named, table[1:]
    if not table:
        raise AnswerError("there are no rows in it")
    rows = []
    for number, cells in enumerate(table, 1):
        try:
            rows.append(read_row(order, cells, today))
        except AnswerError as error:
            raise AnswerError(f"line {number}: {error}") from error
    return tuple(rows)


def split_line(line: str) -> list[str]:
    """The cells of one pasted line, by the separator that it uses."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    if "|" in line:
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    separator = ";" if ";" in line else ","
    cells = next(csv.reader(StringIO(line), delimiter=separator, skipinitialspace=True), [])
    return [cell.strip() for cell in cells]


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
        pairs = {str(name): cell for name, cell in line.items() if cell is not None}
        if unknown := [name for name in pairs if name not in by_id]:
            raise AnswerError(f"no column {unknown[0]!r}; the columns are {', '.join(by_id)}")
    elif isinstance(line, (list, tuple)):
        if len(line) > len(columns):
            raise AnswerError(f"{len(line)} cells, but only {len(columns)} columns")
        pairs = {c.id: cell for c, cell in zip(columns, line, strict=False) if cell is not None and cell != ""}
    else:
        raise AnswerError("expected a mapping of columns or a list of cells")
    row = {}
    for name, cell in pairs.items():
        try:
            row[name] = check_cell(by_id[name], cell)
        except AnswerError as error:
            raise AnswerError(f"{name}: {error}") from error
    if not row:
        raise AnswerError("the row is empty")
    return row


def _header(columns: Sequence[Column], cells: list[str]) -> list[Column] | None:
    names = {name.casefold(): column for column in columns for name in (column.id, column.title)}
    found = [names.get(cell.strip().casefold()) for cell in cells]
    known = [column for column in found if column is not None]
    return known if known and len(known) == len(cells) else None


def _as_item(column: Column) -> Item:
    return Item(
        id=column.id,
        kind=_CELL_ITEM_KINDS[column.kind],
        ask=column.title,
        unit=column.unit,
        choices=column.choices,
    )

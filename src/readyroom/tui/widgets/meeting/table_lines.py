"""A table as lines: typed columns, one row a line, the finding at its end, and the row that is being typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len

from readyroom.domain.agenda import Column, ColumnKind, Item, ItemKind, columns_of
from readyroom.domain.answer import AnswerState, Cell, Row
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting
from readyroom.domain.progress import Place
from readyroom.domain.table import show_cell
from readyroom.tui.commands import command, show_keys
from readyroom.tui.text import fit
from readyroom.tui.themes import finding_look
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span, wrapped
from readyroom.tui.widgets.meeting.sight import RowDraft, Sight

_GAP = 2
_MARK = 2
_EMPTY = "▏"
_END = 3
"""Room for the finding's glyph at the end of a row."""


def rows_of(meeting: Meeting, place: Place) -> tuple[Row, ...]:
    """The rows as they stand: those answered, else those that the agenda or the catalog brings."""
    answer = meeting.answer(place.key)
    if answer.state is AnswerState.ANSWERED and isinstance(answer.value, tuple):
        return tuple(row for row in answer.value if isinstance(row, Mapping))
    return _starting_rows(meeting, place.item, place.key.subject)


def _starting_rows(meeting: Meeting, item: Item, subject: str) -> tuple[Row, ...]:
    if item.rows:
        given = [column for column in columns_of(item) if column.given]
        return tuple({column.id: cell for column, cell in zip(given, row, strict=False) if cell} for row in item.rows)
    service = meeting.services.get(subject)
    if item.kind is ItemKind.SLO and service is not None:
        return tuple({"objective": one.name, "target": one.target} for one in service.objectives)
    return ()


def is_filled(item: Item, row: Row) -> bool:
    """Whether everything that the row must hold is there, and something beyond what came with it."""
    columns = columns_of(item)
    required = [column.id for column in columns if column.required]
    asked = [column.id for column in columns if not column.given]
    return all(name in row for name in required) and (not asked or any(name in row for name in asked))


def open_columns(item: Item, row: Row | None) -> list[int]:
    """The positions of the cells that are typed: given ones are not, where the row brought them."""
    columns = columns_of(item)
    return [n for n, column in enumerate(columns) if row is None or not (column.given and column.id in row)]


def table_lines(sight: Sight, width: int) -> Iterator[Line]:
    """The header, the rows, the row being typed, and how to go on."""
    columns, rows = columns_of(sight.item), rows_of(sight.meeting, sight.place)
    draft = sight.editing.row if sight.editing and sight.editing.slot == "row" else None
    texts = [_texts(columns, row) for row in rows]
    widths = column_widths(columns, texts, width - _MARK - _END)  # of what stands: typing moves no column
    if draft is not None:
        texts = [list(draft.cells) if n == draft.row else one for n, one in enumerate(texts)]
        texts += [list(draft.cells)] if draft.row >= len(rows) else []
    header = [fit(c.title, w, right=_is_right(c)) for c, w in zip(columns, widths, strict=True)]
    yield Line((Span(" " * _MARK), Span((" " * _GAP).join(header), "dim")))
    for number in range(len(texts)):
        if draft is not None and draft.row == number:
            row = rows[number] if number < len(rows) else None
            yield _draft_line(sight, draft, _as_shown(columns, draft, row), columns, widths)
        else:
            yield _row_line(sight, number, columns, texts[number], widths)
    if draft is None:
        yield _new_row_line(sight, len(rows))
    yield BLANK
    if draft is not None:
        yield from _cell_lines(sight, draft, columns, widths, width)
    yield from _foot_lines(sight, rows, width)


def _texts(columns: Sequence[Column], row: Row) -> list[str]:
    return [show_cell(column, row.get(column.id)) for column in columns]


def draft_cells(columns: Sequence[Column], row: Row | None) -> tuple[str, ...]:
    """A row as it is typed: numbers without their unit."""
    return tuple(_typed(column, (row or {}).get(column.id)) for column in columns)


def _typed(column: Column, cell: Cell | None) -> str:
    unit = f" {column.unit}"
    shown = show_cell(column, cell)
    return shown.removesuffix(unit) if column.unit else shown


def _is_right(column: Column) -> bool:
    return column.kind is ColumnKind.NUMBER


def column_widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], room: int) -> list[int]:
    """Natural widths; where they do not fit, the widest columns give way first."""
    widths = [
        max(4, cell_len(column.title), *(cell_len(row[n]) for row in texts), 0) for n, column in enumerate(columns)
    ]
    room -= _GAP * (len(columns) - 1)
    while sum(widths) > room and max(widths) > 4:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    words = [n for n, column in enumerate(columns) if column.kind is ColumnKind.TEXT and not column.given]
    if words and sum(widths) < room:
        widths[words[-1]] += min(room - sum(widths), 24)
    return widths


def _row_line(
    sight: Sight, number: int, columns: Sequence[Column], texts: Sequence[str], widths: Sequence[int]
) -> Line:
    marked = number == sight.cursor
    shown = (Span(f"{sight.glyphs.cursor} ", "accent") if marked else Span(" " * _MARK),)
    cells = [fit(text, w, right=_is_right(c)) for text, c, w in zip(texts, columns, widths, strict=True)]
    end = _finding_span(sight, number)
    return Line(
        (*shown, Span((" " * _GAP).join(cells)), Span(" "), *end),
        hit=f"row:{number}",
        row_role="cursor" if marked else "",
    )


def _finding_span(sight: Sight, number: int) -> tuple[Span, ...]:
    """What the rules say of a row: the worst finding where one speaks of it, fine where they speak of none."""
    verdict = sight.verdict
    if verdict is None or verdict.finding is Finding.UNRATED:
        return ()
    named = any(proposal.row_index == number for proposal in verdict.proposals)
    rows = rows_of(sight.meeting, sight.place)
    if not named and not is_filled(sight.item, rows[number]):
        return ()
    look = finding_look(verdict.finding if named else Finding.OK, glyphs=sight.glyphs)
    role = {Finding.MEDIUM: "warn"}.get(verdict.finding, "bad") if named else "good"
    return (Span(look.glyph, role),)


def _as_shown(columns: Sequence[Column], draft: RowDraft, row: Row | None) -> list[str]:
    """The cells of a row that is typed; those that nobody touched look as they did, with their unit."""
    before, shown = draft_cells(columns, row), _texts(columns, row or {})
    same = [text == was and n != draft.at for n, (text, was) in enumerate(zip(draft.cells, before, strict=True))]
    return [shown[n] if same[n] else text for n, text in enumerate(draft.cells)]


def _draft_line(
    sight: Sight, draft: RowDraft, texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]
) -> Line:
    """The row that is typed, in the table; its open cell is told apart."""
    spans = [Span(f"{sight.glyphs.cursor} ", "accent")]
    for n, (text, column, room) in enumerate(zip(texts, columns, widths, strict=True)):
        spans += [Span(" " * _GAP)] if n else []
        open_cell = n == draft.at
        shown = fit(text or (_EMPTY if open_cell else ""), room, right=_is_right(column))
        spans.append(Span(shown, "accent" if open_cell else ""))
    return Line(tuple(spans), row_role="cursor")


def _cell_lines(
    sight: Sight, draft: RowDraft, columns: Sequence[Column], widths: Sequence[int], width: int
) -> Iterator[Line]:
    """The open cell with a line of its own for the field, and in full what its row has no room for."""
    shown = [
        n
        for n, (text, room) in enumerate(zip(draft.cells, widths, strict=True))
        if n == draft.at or cell_len(text) > room
    ]
    label = min(max(cell_len(columns[n].title) for n in shown), max(8, width // 3)) + _GAP
    for n in shown:
        title = fit(columns[n].title, label)
        if n == draft.at:
            yield Line((Span(title, "accent"),), slot="row", slot_at=label)
            yield from _open_cell_lines(sight, columns[n], label, width)
        else:
            yield from wrapped(draft.cells[n], width, indent=label, first=(Span(title, "dim"),))


def _open_cell_lines(sight: Sight, column: Column, label: int, width: int) -> Iterator[Line]:
    """What is wrong with the open cell, and what it may hold."""
    if sight.editing is not None and sight.editing.problem:
        yield from wrapped(sight.editing.problem, width, "warn", indent=label)
    elif column.choices:
        yield from wrapped(", ".join(choice.text for choice in column.choices), width, "dim", indent=label)
    elif column.kind is ColumnKind.OWNER and sight.roster:
        yield from wrapped(", ".join(sight.roster), width, "dim", indent=label)


def _new_row_line(sight: Sight, count: int) -> Line:
    marked = sight.cursor >= count
    enter = show_keys(command("meeting.write"))
    mark = Span(f"{sight.glyphs.cursor} ", "accent") if marked else Span(" " * _MARK)
    return Line((mark, Span(f"{enter if marked else '+'} new row", "dim")), hit=f"row:{count}")


def _foot_lines(sight: Sight, rows: Sequence[Row], width: int) -> Iterator[Line]:
    if sight.editing is not None and sight.editing.slot == "row":
        yield Line((Span("tab next cell · ↵ next row · esc leaves the row", "dim"),))
        return
    filled = sum(is_filled(sight.item, row) for row in rows)
    counted = f"{filled} of {len(rows)} {'row' if len(rows) == 1 else 'rows'}" if rows else "no rows yet"
    counted += " filled in" if rows else ""
    yield from wrapped(f"{counted} · paste rows from a sheet · del removes one", width, "dim")

"""Tables: typing a row cell by cell, pasting rows from a sheet, moving over rows and removing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readyroom.domain.agenda import TABLE_KINDS, Column, ColumnKind, columns_of
from readyroom.domain.answer import AnswerError, AnswerState, Row
from readyroom.domain.progress import Place
from readyroom.domain.table import read_block, read_row, split_line
from readyroom.tui.screens.meeting_cells import cell_problem, completed, first_bad
from readyroom.tui.screens.meeting_fields import Typing, draft_name
from readyroom.tui.widgets.meeting.sight import RowDraft
from readyroom.tui.widgets.meeting.table_lines import draft_cells, open_columns, rows_of

if TYPE_CHECKING:
    from readyroom.tui.screens.meeting import MeetingScreen


class Tables:
    """The rows of the current question."""

    def __init__(self, screen: MeetingScreen) -> None:
        self._screen = screen
        self.cursor = 0
        self._opened: tuple[str, ...] = ()
        """The cells of the row as it was opened."""

    @property
    def place(self) -> Place | None:
        """The current question if it is a table."""
        place = self._screen.live.place
        return place if place is not None and place.item.kind in TABLE_KINDS else None

    def _rows(self, place: Place) -> tuple[Row, ...]:
        return rows_of(self._screen.live.meeting, place)

    # ---- moving over rows

    def move(self, by: int) -> bool:
        """Mark another row; False where the question is no table."""
        place = self.place
        if place is None:
            return False
        self.cursor = max(0, min(len(self._rows(place)), self.cursor + by))
        self._screen.repaint_item()
        return True

    def edit_row(self, number: int) -> None:
        """Mark a row and type it, as when it is clicked."""
        self.cursor = number
        self.edit()

    def remove(self) -> None:
        """Take the marked row out."""
        place = self.place
        if place is None:
            return
        rows = self._rows(place)
        if not 0 <= self.cursor < len(rows):
            return
        left = [row for number, row in enumerate(rows) if number != self.cursor]
        if left:
            self._put(left)
        else:
            self._screen.live.mark(AnswerState.UNANSWERED)
        self._screen.say("row removed; ctrl+z brings it back")

    # ---- typing a row

    def type_into(self, key: str) -> None:
        """A digit: begin the row with it where its first open cell holds a number."""
        place = self.place
        if place is None:
            return
        columns, rows = columns_of(place.item), self._rows(place)
        row = rows[self.cursor] if self.cursor < len(rows) else None
        first = self._first_open(place, row)
        if columns[first].kind is ColumnKind.NUMBER:
            self.edit(key)

    def edit(self, text: str = "") -> None:
        """Type the open cells of the marked row."""
        place = self.place
        if place is None:
            return
        self.cursor = min(self.cursor, len(self._rows(place)))
        name, row = self._row_to_type(place, text)
        typing = Typing(
            slot="row", draft=name, entered=self._entered, left=self._left,
            pasted=self.paste, tab=self._tab, moved=self._moved, stays=True,
            over=self._screen.live.meeting.answer(place.key),
        )  # fmt: skip
        self._screen.fields.open(typing, row.cells[row.at], row=row, fresh=True)

    def _row_to_type(self, place: Place, text: str = "") -> tuple[str, RowDraft]:
        """The marked row as it is typed, with what was half-typed of it, and where that is kept."""
        rows, columns = self._rows(place), columns_of(place.item)
        row = rows[self.cursor] if self.cursor < len(rows) else None
        name = draft_name(f"row {self.cursor + 1}", place.key)
        cells = self._drafted(name, columns) or draft_cells(columns, row)
        at = self._first_open(place, row)
        self._opened = cells
        return name, RowDraft(row=self.cursor, cells=_with_cell(cells, at, text) if text else cells, at=at)

    def _first_open(self, place: Place, row: Row | None) -> int:
        columns, opened = columns_of(place.item), open_columns(place.item, row)
        empty = [n for n in opened if row is None or columns[n].id not in row]
        return (empty or opened or [0])[0]

    def _drafted(self, name: str, columns: Sequence[Column]) -> tuple[str, ...]:
        cells = self._screen.live.draft(name).split("\t")
        return tuple(cells) if len(cells) == len(columns) and any(cells) else ()

    def half_row(self, text: str) -> str:
        """The row as it would be drafted with this text in its open cell."""
        draft = self._draft()
        return "\t".join(_with_cell(draft.cells, draft.at, text)) if draft else text

    def _draft(self) -> RowDraft | None:
        editing = self._screen.fields.editing
        return editing.row if editing is not None else None

    def _tab(self, text: str, by: int) -> None:
        place, draft = self.place, self._draft()
        if place is None or draft is None:
            return
        rows = self._rows(place)
        row = rows[draft.row] if draft.row < len(rows) else None
        opened = open_columns(place.item, row) or [draft.at]
        position = opened.index(draft.at) if draft.at in opened else 0
        column, editing = columns_of(place.item)[draft.at], self._screen.fields.editing
        text = completed(column, text, self._screen.live.meeting)
        problem = cell_problem(column, text, self._screen.live.today)
        if problem and editing is not None and problem != editing.problem:  # once more goes on all the same
            self._screen.fields.complain(problem)
            return
        at = opened[(position + by) % len(opened)]
        self._screen.fields.show_row(RowDraft(row=draft.row, cells=_with_cell(draft.cells, draft.at, text), at=at))

    def _entered(self, text: str) -> str:
        return self._take_row(text, 1)

    def _moved(self, text: str, by: int) -> None:
        if problem := self._take_row(text, by):
            self._screen.fields.complain(problem)

    def _bad_cell(self, place: Place, draft: RowDraft, cells: tuple[str, ...]) -> str:
        """Go to the first cell that does not fit; says why."""
        found = first_bad(columns_of(place.item), cells, self._screen.live.today)
        if found is None:
            return ""
        at, problem = found
        if at != draft.at:
            self._screen.fields.show_row(RowDraft(row=draft.row, cells=cells, at=at))
        return problem

    def _take_row(self, text: str, by: int) -> str:
        """Keep the row and go on with another; an empty one closes the field."""
        place, draft = self.place, self._draft()
        if place is None or draft is None:
            return ""
        column = columns_of(place.item)[draft.at]
        cells = _with_cell(draft.cells, draft.at, completed(column, text, self._screen.live.meeting))
        rows = list(self._rows(place))
        if not any(cell.strip() for cell in cells):
            self._screen.fields.close()
            return ""
        before = draft_cells(columns_of(place.item), rows[draft.row]) if draft.row < len(rows) else ()
        if cells != before:
            if problem := self._bad_cell(place, draft, cells):
                return problem
            try:
                row = read_row(columns_of(place.item), cells, self._screen.live.today)
            except AnswerError as error:
                return str(error)
            rows[draft.row : draft.row + 1] = [row]
            self._put(rows)
        self.cursor = max(0, min(draft.row + by, len(rows)))
        self._screen.fields.next_row(*self._row_to_type(place))
        return ""

    def _left(self, text: str) -> None:
        """Escape: a row that is whole is kept; a half-typed one is left in its draft."""
        place, draft = self.place, self._draft()
        if place is None or draft is None:
            return
        cells = _with_cell(draft.cells, draft.at, text)
        rows = self._rows(place)
        before = draft_cells(columns_of(place.item), rows[draft.row]) if draft.row < len(rows) else ()
        changed = any(cell.strip() for cell in cells) and cells != before
        if changed:
            self._screen.live.keep_draft(draft_name(f"row {draft.row + 1}", place.key), "\t".join(cells))
        self._screen.fields.close(keep_draft=changed)
        if changed and cells != self._opened:
            self._screen.say("the half-typed row is kept; ↵ goes on with it")

    # ---- pasting

    def paste(self, text: str) -> None:
        """Rows from a sheet become rows; one line of cells fills the row that is open."""
        place, draft = self.place, self._draft()
        if place is None:
            return
        if draft is not None and "\n" not in text.strip("\n"):
            self._fill(draft, split_line(text.strip("\n")))
            return
        try:
            pasted = read_block(place.item, text, self._screen.live.today)
        except AnswerError as error:
            self._screen.fields.complain(f"not pasted: {error}")
            return
        if draft is not None:
            self._screen.fields.close()
        before = self._rows(place)
        rows = _merged(columns_of(place.item), before, pasted)
        self._put(rows)
        self.cursor = len(rows)
        self._screen.say(_pasted_words(len(pasted), len(rows) - len(before)))

    def _fill(self, draft: RowDraft, pasted: Sequence[str]) -> None:
        cells = list(draft.cells)
        for number, cell in enumerate(pasted):
            if draft.at + number < len(cells):
                cells[draft.at + number] = cell
        at = min(draft.at + len(pasted) - 1, len(cells) - 1)
        self._screen.fields.show_row(RowDraft(row=draft.row, cells=tuple(cells), at=at))

    def _put(self, rows: Sequence[Row]) -> None:
        try:
            self._screen.live.answer([dict(row) for row in rows])
        except AnswerError as error:
            self._screen.say(str(error), "warn")


def _with_cell(cells: tuple[str, ...], at: int, text: str) -> tuple[str, ...]:
    return (*cells[:at], " ".join(text.split()), *cells[at + 1 :])


def _pasted_words(pasted: int, added: int) -> str:
    """`2 rows pasted`; where some were there already, how many of them were filled in."""
    changed = pasted - added
    words = f"{pasted} {'row' if pasted == 1 else 'rows'} pasted"
    if not changed:
        return words
    known = "1 known row filled in" if changed == 1 else f"{changed} known rows filled in"
    return f"{words}: {known}, {added} added" if added else f"{words}: {known}"


def _merged(columns: Sequence[Column], rows: Sequence[Row], pasted: Sequence[Row]) -> list[Row]:
    """Pasted rows complete those whose first cell is the same; the others are added."""
    first = columns[0].id
    merged = list(rows)
    position = {str(row.get(first)).casefold(): number for number, row in enumerate(merged) if first in row}
    for row in pasted:
        number = position.get(str(row.get(first)).casefold()) if first in row else None
        if number is None:
            merged.append(row)
        else:
            merged[number] = {**merged[number], **row}
    return merged

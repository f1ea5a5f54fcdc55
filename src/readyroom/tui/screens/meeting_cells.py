"""A typed cell of a table: completed from its beginning when it is left, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from readyroom.domain.agenda import Column, ColumnKind
from readyroom.domain.answer import AnswerError
from readyroom.domain.captureline import complete_name
from readyroom.domain.meeting import Meeting
from readyroom.domain.table import read_cell


def named(text: str, meeting: Meeting) -> str:
    """The person that is meant by `@bo`, `bo` or `@"Bo Berg"`: of those in the room first, then of all who were."""
    typed = " ".join(text.split()).removeprefix("@").strip('"')
    found = complete_name(typed, meeting.present) if typed else ""
    return found if found in meeting.present else complete_name(typed, meeting.roster) if typed else ""


def completed(column: Column, text: str, meeting: Meeting) -> str:
    """The cell as it is kept: the one choice or person that begins with what was typed."""
    typed = " ".join(text.split())
    if not typed:
        return ""
    if column.kind is ColumnKind.OWNER:
        return named(typed, meeting)
    begins = [
        choice.text
        for choice in column.choices
        if choice.id.casefold().startswith(typed.casefold()) or choice.text.casefold().startswith(typed.casefold())
    ]
    return begins[0] if len(begins) == 1 else typed


def cell_problem(column: Column, text: str, today: date) -> str:
    """Why a cell does not fit its column, or nothing."""
    if text.strip():
        try:
            read_cell(column, text, today)
        except AnswerError as error:
            return f"{column.title}: {error}"
    return ""


def first_bad(columns: Sequence[Column], cells: Sequence[str], today: date) -> tuple[int, str] | None:
    """The first cell that does not fit, and why."""
    for at, (column, text) in enumerate(zip(columns, cells, strict=False)):
        if problem := cell_problem(column, text, today):
            return at, problem
    return None

"""An answer, and the difference of two tables, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from readyroom.domain.agenda import Item, columns_of
from readyroom.domain.answer import Answer, AnswerState, Row, Value, show_value
from readyroom.domain.table import row_label, show_cell

NO_ANSWER = "no answer"


def answer_words(item: Item, answer: Answer) -> str:
    """What was said to a question: the value as people read it, else the state with its reason."""
    if answer.state is AnswerState.ANSWERED:
        return show_value(item, answer.value)
    if answer.state is AnswerState.UNANSWERED:
        return NO_ANSWER
    return f"{answer.state.value}: {answer.reason}" if answer.reason else answer.state.value


def tell_rows(item: Item, before: Value | None, after: Value | None) -> Iterator[str]:
    """A line for each row that was added, that is gone, or whose cells changed; rows go by what they are called."""
    old, new = _by_name(item, before), _by_name(item, after)
    for name in old:
        if name not in new:
            yield f"gone: {name[0]}"
    for name, row in new.items():
        if name not in old:
            yield f"new: {name[0]}"
        elif old[name] != row:
            cells = ", ".join(_cells(item, old[name], row))
            yield f"{name[0]}: {cells}"


def _by_name(item: Item, value: Value | None) -> dict[tuple[str, int], Row]:
    """Rows by their name; of several with one name, the first, the second …"""
    seen: Counter[str] = Counter()
    rows: dict[tuple[str, int], Row] = {}
    for at, row in enumerate(value) if isinstance(value, tuple) else ():
        if isinstance(row, Mapping):
            name = row_label(item, value, at)
            rows[name, seen[name]] = row
            seen[name] += 1
    return rows


def _cells(item: Item, before: Row, after: Row) -> Iterator[str]:
    for column in columns_of(item):
        old, new = before.get(column.id), after.get(column.id)
        if old != new:
            yield f"{column.title} {show_cell(column, old) or 'nothing'} → {show_cell(column, new) or 'nothing'}"

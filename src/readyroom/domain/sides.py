"""Sides that answer apart: what one has said is hidden until all have answered; then differences come first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readyroom.domain.agenda import Item, columns_of
from readyroom.domain.answer import Answer, AnswerKey, AnswerState, Row, Value, show_value
from readyroom.domain.meeting import Meeting
from readyroom.domain.table import show_cell

_SILENT = frozenset({AnswerState.UNANSWERED, AnswerState.PREPARED})
_MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Side:
    """What one side has answered."""

    respondent: str
    answer: Answer


def sides_at(meeting: Meeting, key: AnswerKey) -> tuple[Side, ...]:
    """The sides of a question with their answers, in the item's order; none where nobody answers apart."""
    item = meeting.item(key.item)
    if item is None or len(item.respondents) < 2 or key.respondent not in item.respondents:
        return ()
    return tuple(Side(one, meeting.answer(AnswerKey(key.item, key.subject, one))) for one in item.respondents)


def has_spoken(side: Side) -> bool:
    """Whether a side has said anything that counts."""
    return side.answer.state not in _SILENT


def waiting_for(meeting: Meeting, key: AnswerKey) -> tuple[str, ...]:
    """The sides that have not answered yet, once one has; none where all have, or nobody, or the session is over."""
    sides = sides_at(meeting, key)
    if meeting.session.is_over or not any(has_spoken(side) for side in sides):
        return ()
    return tuple(side.respondent for side in sides if not has_spoken(side))


def is_sealed(meeting: Meeting, key: AnswerKey) -> bool:
    """Whether this side has answered and another one has not: then its answer is nobody's to see yet."""
    return bool(key.respondent and waiting_for(meeting, key)) and meeting.answer(key).state not in _SILENT


def is_compared(meeting: Meeting, key: AnswerKey) -> bool:
    """Whether every side has answered, so that they can be held against each other."""
    sides = sides_at(meeting, key)
    return bool(sides) and all(has_spoken(side) for side in sides)


def sides_differ(meeting: Meeting, key: AnswerKey) -> bool:
    """Whether every side has answered, and not the same."""
    sides = sides_at(meeting, key)
    if not is_compared(meeting, key):
        return False
    first = sides[0].answer
    return any((side.answer.state, side.answer.value) != (first.state, first.value) for side in sides[1:])


def differences(item: Item, sides: tuple[Side, ...]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Where sides that answered in rows differ: the row's name, and what each side says of it, in words."""
    tables = [(side.respondent, _rows(side.answer.value)) for side in sides]
    if not all(isinstance(side.answer.value, tuple) for side in sides):
        return
    columns = columns_of(item)
    first = next((column for column in columns if column.given), columns[0]) if columns else None
    if first is None:
        return
    named = [(who, {show_cell(first, row.get(first.id)): row for row in rows}) for who, rows in tables]
    names = list(dict.fromkeys(name for _, rows in named for name in rows))
    told = 0
    for name in names:
        said = [(who, rows.get(name)) for who, rows in named]
        differing = [c for c in columns if c is not first and len({str((row or {}).get(c.id)) for _, row in said}) > 1]
        if (differing or any(row is None for _, row in said)) and told < _MOST_ROWS:
            told += 1
            yield (
                name or "…",
                tuple(
                    (
                        who,
                        "no such row"
                        if row is None
                        else ", ".join(f"{c.title} {show_cell(c, row.get(c.id)) or 'blank'}" for c in differing)
                        or "has it",
                    )
                    for who, row in said
                ),
            )


def said_in_words(item: Item, answer: Answer) -> str:
    """What a side answered, as people read it."""
    if answer.state is AnswerState.ANSWERED:
        return show_value(item, answer.value)
    return f"{answer.state.value}: {answer.reason}" if answer.reason else answer.state.value


def _rows(value: Value | None) -> tuple[Row, ...]:
    return tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, tuple) else ()

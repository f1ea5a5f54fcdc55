"""One comparison of one value: words without regard to case, numbers, dates against today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from readyroom.domain.answer import NEVER, AnswerState, Cell, Value
from readyroom.domain.condition import Comparing, Comparison, Operand, Reference
from readyroom.domain.due import DueError, read_due

STATE_WORDS = frozenset(state.value for state in AnswerState)
Fetch = Callable[[Reference], Value | None]
"""Finds what a reference means; None where there is nothing."""

_NEGATIVE = frozenset({Comparison.IS_NOT, Comparison.NONE_OF, Comparison.LACKS})


def compares(
    comparing: Iterable[Comparing], value: Value | None, state: AnswerState, today: date, fetch: Fetch
) -> bool:
    """Whether each comparison holds for a value; where there is none, only its state is compared."""
    return all(_compares(one, value, state, today, fetch) for one in comparing)


def _compares(one: Comparing, value: Value | None, state: AnswerState, today: date, fetch: Fetch) -> bool:
    operand: Operand | Value | None = one.operand
    if isinstance(operand, Reference):
        operand = _scaled(fetch(operand), operand.times)
        if operand is None:
            return False
    if state is not AnswerState.ANSWERED or value is None:
        return _compares_state(one.by, operand, state)
    match one.by:
        case Comparison.IS | Comparison.ONE_OF | Comparison.HAS:
            return any(_meets(one.by, value, word) for word in _words(operand))
        case Comparison.IS_NOT | Comparison.NONE_OF | Comparison.LACKS:
            return not any(_meets(one.by, value, word) for word in _words(operand))
        case Comparison.BEFORE | Comparison.AFTER | Comparison.OLDER_THAN | Comparison.WITHIN:
            return _compares_date(one.by, value, operand, today)
        case _:
            return _compares_number(one.by, value, operand)


def _compares_state(by: Comparison, operand: object, state: AnswerState) -> bool:
    words = {str(word) for word in _words(operand)}
    if by in (Comparison.IS, Comparison.ONE_OF):
        return state.value in words
    return by in _NEGATIVE and words <= STATE_WORDS and state.value not in words


def _meets(by: Comparison, value: object, word: object) -> bool:
    if isinstance(value, tuple):
        return any(isinstance(one, str) and _same(one, word) for one in value)
    if by in (Comparison.HAS, Comparison.LACKS):
        return str(word).casefold() in str(value).casefold()
    if word == AnswerState.ANSWERED.value:
        return True
    return _same(value, word)


def _same(value: object, word: object) -> bool:
    if isinstance(value, int | float) and isinstance(word, int | float):
        return value == word
    return str(value).strip().casefold() == str(word).strip().casefold()


def _words(operand: object) -> tuple[object, ...]:
    return operand if isinstance(operand, tuple) else (operand,)


def _scaled(value: Value | None, times: float) -> Value | None:
    if isinstance(value, int | float) and times != 1:
        return value * times
    return value


def _compares_number(by: Comparison, value: object, operand: object) -> bool:
    if not isinstance(value, int | float) or not isinstance(operand, int | float):
        return False
    match by:
        case Comparison.BELOW:
            return value < operand
        case Comparison.AT_MOST:
            return value <= operand
        case Comparison.AT_LEAST:
            return value >= operand
        case _:
            return value > operand


def _compares_date(by: Comparison, value: object, operand: object, today: date) -> bool:
    if value == NEVER:
        return by is Comparison.OLDER_THAN
    day = _as_date(value, today)
    if day is None:
        return False
    if by in (Comparison.OLDER_THAN, Comparison.WITHIN):
        if not isinstance(operand, int):
            return False
        span = timedelta(days=operand)
        # Days counted apart from the date, which cannot be moved out of the calendar.
        return today - day > span if by is Comparison.OLDER_THAN else day - today <= span
    other = _as_date(operand, today)
    if other is None:
        return False
    return day < other if by is Comparison.BEFORE else day > other


def _as_date(value: object, today: date) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return read_due(value, today)
    except DueError:
        return None


def as_number(cell: Cell | None) -> float | None:
    """The cell if it is a number."""
    return cell if isinstance(cell, int | float) else None

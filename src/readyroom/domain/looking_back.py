"""Days that are past: what `15 mar` means where an item asks when something was done last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from readyroom.domain.agenda import Item
from readyroom.domain.condition import AllOf, AnyOf, Comparison, Condition, Negation, OfAnswer
from readyroom.domain.due import DueError, read_due

_ASKS_BACK = re.compile(r"\b(?:was|were|did|last|since)\b", re.IGNORECASE)
_AGO = re.compile(r"([0-9]{1,4})\s*(d|w|m|y|days?|weeks?|months?|years?) ago")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_WEEK = timedelta(days=7)


def looks_back(item: Item) -> bool:
    """Whether the day that an item asks for is past: its words say so, or a rule minds its age or `never`."""
    return bool(_ASKS_BACK.search(item.ask)) or any(
        _minds_age(comparing.by, comparing.operand)
        for rule in item.rules
        for answer in _answers_in(rule.when)
        if answer.item in ("", item.id)
        for comparing in answer.comparing
    )


def read_day(text: str, today: date, *, back: bool) -> date:
    """The day meant: as `read_due` reads it, and `yesterday`, `3 months ago`, `15.03.2026`.

    Looking back, a day without a year is the latest such day, and a weekday the last one before today.

    Raises:
        DueError: it can't be read, does not exist, or lies outside the calendar.
    """
    wanted = " ".join(text.casefold().split())
    try:
        if found := _past(wanted, today):
            return found
        read = read_due(wanted, today)
    except (DueError, ValueError, OverflowError) as error:
        if back and (leap := _latest_leap_day(wanted, today)):
            return leap
        examples = "15 mar, 3 months ago, yesterday" if back else "+2w, fri, 15 jan"
        raise DueError(f"{text.strip()[:40]!r} is no date: write {examples} or {today.isoformat()}") from error
    if not back or read <= today or wanted == "tomorrow" or not wanted[0].isalnum() or _has_year(wanted):
        return read
    if len(wanted.split()) == 1:
        return read - _WEEK
    return _latest_leap_day(wanted, today) or read.replace(year=read.year - 1)


def _past(text: str, today: date) -> date | None:
    if text == "yesterday":
        return today - timedelta(days=1)
    if dotted := _DOTTED.fullmatch(text):
        return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    ago = _AGO.fullmatch(text)
    if not ago:
        return None
    count, unit = int(ago[1]), ago[2][0]
    if unit in "dw":
        return today - count * (_WEEK if unit == "w" else timedelta(days=1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return first.replace(day=min(today.day, (following - first).days))


def _has_year(text: str) -> bool:
    return re.search("[0-9]{4}", text) is not None


def _latest_leap_day(text: str, today: date) -> date | None:
    """29 February, which the years before may not have."""
    if not re.fullmatch(r"29 feb[a-z]*|feb[a-z]* 29", text):
        return None
    for year in range(today.year, max(0, today.year - 9), -1):
        try:
            day = read_due(f"{text} {year:04}", today)
        except DueError:
            continue
        if day <= today:
            return day
    return None


def _minds_age(by: Comparison, operand: object) -> bool:
    named = operand if isinstance(operand, tuple) else (operand,)
    return by is Comparison.OLDER_THAN or (by in (Comparison.IS, Comparison.ONE_OF) and "never" in named)


def _answers_in(condition: Condition) -> Iterator[OfAnswer]:
    if isinstance(condition, OfAnswer):
        yield condition
    elif isinstance(condition, (AllOf, AnyOf)):
        for part in condition.of:
            yield from _answers_in(part)
    elif isinstance(condition, Negation):
        yield from _answers_in(condition.of)

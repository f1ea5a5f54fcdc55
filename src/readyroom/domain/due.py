"""Dates as people type them: `+2w`, `fri`, `tomorrow`, `15 jan`, `2026-12-01`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SPAN = re.compile(r"\+([0-9]{1,4})([dwmy])")
_YEAR = re.compile("[0-9]{4}")
_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DueError(ValueError):
    """A text that is no date; the message shows what would be."""


def read_due(text: str, today: date) -> date:
    """The date meant by the text. A weekday is the next such day after today.

    Raises:
        DueError: it can't be read, does not exist, or lies outside the calendar.
    """
    wanted = text.strip().casefold()
    try:
        found = _read_span(wanted, today) or _read_word(wanted, today) or _read_month_day(wanted, today)
        return found or _read_iso(wanted)
    except (ValueError, OverflowError) as error:
        raise DueError(f"{text.strip()[:40]!r} is no date: write +2w, fri, 15 jan or {today.isoformat()}") from error


def _read_span(text: str, today: date) -> date | None:
    span = _SPAN.fullmatch(text)
    if not span:
        return None
    count, unit = int(span[1]), span[2]
    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _read_word(text: str, today: date) -> date | None:
    if text in ("today", "tomorrow"):
        return today + timedelta(days=text == "tomorrow")
    for number, name in enumerate(_WEEKDAYS):
        if len(text) >= 3 and name.startswith(text):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _read_month_day(text: str, today: date) -> date | None:
    parts = text.split()
    if len(parts) not in (2, 3):
        return None
    day, word = (parts[0], parts[1]) if parts[0].isdigit() else (parts[1], parts[0])
    month = next((n for n, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word)), None)
    if month is None or not (day.isascii() and day.isdigit()):
        return None
    if len(parts) == 3:
        if not _YEAR.fullmatch(parts[2]):
            raise ValueError("a year has four digits")
        return date(int(parts[2]), month, int(day))
    return _next_such_day(month, int(day), today)


def _next_such_day(month: int, day: int, today: date) -> date:
    """This year's or next year's, whichever comes first; 29 Feb is looked for in both."""
    for year in (today.year, today.year + 1):
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
    raise ValueError("no such day in the next year")


def _read_iso(text: str) -> date:
    if not _ISO.fullmatch(text):
        raise ValueError("not year-month-day")
    return date.fromisoformat(text)

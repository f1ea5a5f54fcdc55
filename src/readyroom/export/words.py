"""The words, glyphs, dates and minutes that every format shares. Nothing here depends on the system's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from readyroom.domain.finding import Finding
from readyroom.domain.record import Record
from readyroom.domain.session import SessionStatus, Sitting

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# The same signs as on the screen (tui/themes.py): a room compares the two.
_FINDING_WORDS = {
    Finding.UNRATED: "· not rated",
    Finding.OK: "✓ ok",
    Finding.MEDIUM: "● medium",
    Finding.HIGH: "▲ high",
    Finding.BLOCKER: "■ blocker",
}
_STATUS_WORDS = {
    SessionStatus.IN_PROGRESS: "interim minutes",
    SessionStatus.ADJOURNED: "interim minutes",
    SessionStatus.FINISHED: "draft minutes",
    SessionStatus.SEALED: "sealed",
}


def finding_words(finding: Finding) -> str:
    """A finding as glyph and word."""
    return _FINDING_WORDS[finding]


def finding_glyph(finding: Finding) -> str:
    """The glyph alone, for where another word says the rest."""
    return _FINDING_WORDS[finding][0]


def status_words(status: SessionStatus) -> str:
    """What kind of minutes a session in this status has."""
    return _STATUS_WORDS[status]


def long_date(day: date) -> str:
    """`22 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """`Sun 22 Nov 2026`."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def clock_time(moment: datetime) -> str:
    """`14:05`."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def minutes_words(seconds: float) -> str:
    """Seconds as whole minutes: `12 min`, `<1 min`, `–` for none."""
    if seconds <= 0:
        return "–"
    return f"{int(seconds / 60 + 0.5)} min" if seconds >= 30 else "<1 min"


def count_words(count: int, one: str, many: str = "") -> str:
    """`1 action`, `2 actions`, `no actions`."""
    return f"{count or 'no'} {one if count == 1 else many or one + 's'}"


def and_words(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part) if parts else ""


def shortened(text: str, limit: int = 60) -> str:
    """A text cut at a word where it is too long for a cell."""
    text = " ".join(text[: limit * 4].split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:.") + "…"


def zone_of(name: str) -> tzinfo:
    """The session's zone; UTC where this system does not know it, so that minutes can always be written."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def first_day(record: Record) -> date:
    """The day of the first sitting, in the session's zone."""
    began = record.sittings[0].started_at if record.sittings else record.session.created_at
    return local_time(began, zone_of(record.session.zone)).date()


def local_time(moment: datetime, zone: tzinfo) -> datetime:
    """An instant in a zone; at the calendar's very ends, as it is."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def sitting_end(sitting: Sitting) -> datetime | None:
    """When a sitting ended, as far as is known: its end, else its clock's last event."""
    if sitting.ended_at is not None:
        return sitting.ended_at
    return sitting.events[-1].at if sitting.events else None


def was_late(sitting: Sitting, arrived: datetime | None) -> bool:
    """Whether somebody came more than five minutes after the start."""
    return arrived is not None and arrived - sitting.started_at > timedelta(minutes=5)


def left_early(sitting: Sitting, left: datetime | None) -> bool:
    """Whether somebody left more than a minute before the end."""
    end = sitting.ended_at
    return left is not None and (end is None or end - left > timedelta(minutes=1))

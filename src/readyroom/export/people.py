"""Who was there and when, as Markdown: one line a sitting."""

from __future__ import annotations

from datetime import datetime, tzinfo

from readyroom.domain.session import Attendee, Sitting
from readyroom.export.md_escape import md_inline
from readyroom.export.reading import Reading
from readyroom.export.words import clock_time, left_early, local_time, short_date, sitting_end, was_late


def attendance(reading: Reading) -> list[str]:
    """One list entry for each sitting: its day and hours, and everyone with role and comings and goings."""
    sittings = reading.record.sittings
    zone, zone_name = reading.zone, md_inline(reading.record.session.zone)
    return [
        f"- {_heading(sitting, zone, len(sittings) > 1)} ({zone_name}): {_names(sitting, zone)}" for sitting in sittings
    ]


def attendees(reading: Reading) -> list[str]:
    """Everyone who was at any sitting, with a role where there is one."""
    roles: dict[str, str] = {}
    for sitting in reading.record.sittings:
        for person in sitting.attendees:
            roles[person.name] = roles.get(person.name) or person.role
    return [f"{name} ({role})" if role else name for name, role in roles.items()]


def facilitator(reading: Reading) -> str:
    """Who facilitated; several names where it changed hands."""
    people = [person for sitting in reading.record.sittings for person in sitting.attendees]
    return ", ".join(dict.fromkeys(p.name for p in people if p.role.casefold() == "facilitator"))


def _heading(sitting: Sitting, zone: tzinfo, numbered: bool) -> str:
    began = local_time(sitting.started_at, zone)
    end = sitting_end(sitting)
    hours = clock_time(began)
    if end is not None:
        hours = f"{hours}–{clock_time(local_time(end, zone))}"
    sitting_words = f"Sitting {sitting.number}, " if numbered else ""
    return f"{sitting_words}{short_date(began.date())}, {hours}"


def _names(sitting: Sitting, zone: tzinfo) -> str:
    return "; ".join(_name(sitting, person, zone) for person in sitting.attendees) or "nobody was written down"


def _name(sitting: Sitting, person: Attendee, zone: tzinfo) -> str:
    asides = [md_inline(person.role)] if person.role.strip() else []
    if was_late(sitting, person.arrived_at):
        asides.append(f"arrived {_hour(person.arrived_at, zone)}")
    if left_early(sitting, person.left_at):
        asides.append(f"left {_hour(person.left_at, zone)}")
    return md_inline(person.name) + (f" ({', '.join(asides)})" if asides else "")


def _hour(moment: datetime | None, zone: tzinfo) -> str:
    return clock_time(local_time(moment, zone)) if moment else ""

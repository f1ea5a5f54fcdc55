"""A roster as people type or paste it: `Ana (owner), Bo (on-call)`, one a line or many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from readyroom.borders.text import clean_line
from readyroom.domain.session import Attendee

_NAME_LIMIT = 100
_ENTRY = re.compile(r"^(?P<name>[^()<>:–—]+?)\s*(?:[(<:–—]\s*(?P<role>[^()<>]*?)\s*[)>]?)?$")
_BETWEEN_PEOPLE = re.compile(r"[\n;\t]+|,(?![^()\n]*\))")
"""A comma inside a role's brackets does not part people."""
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")


def read_roster(text: str) -> tuple[tuple[str, str], ...]:
    """Names with their roles (empty where none is given), each name once, in the order given."""
    people: dict[str, tuple[str, str]] = {}
    for part in _BETWEEN_PEOPLE.split(text):
        entry = _ENTRY.match(_BULLET.sub("", part).strip())
        if entry is None:
            continue
        name = clean_line(entry["name"].strip(), limit=_NAME_LIMIT)
        if name:
            people.setdefault(name.casefold(), (name, clean_line((entry["role"] or "").strip().casefold(), limit=40)))
    return tuple(people.values())


def write_roster(attendees: Iterable[Attendee]) -> str:
    """The line that reads back as the people who are in the room."""
    there = (person for person in attendees if person.left_at is None)
    return ", ".join(f"{person.name} ({person.role})" if person.role else person.name for person in there)


def update_roster(before: Sequence[Attendee], people: Iterable[tuple[str, str]], now: datetime) -> tuple[Attendee, ...]:
    """The roster after an edit: newcomers arrive now, and whoever is no longer named left now."""
    wanted = {name.casefold(): (name, role) for name, role in people}
    after = []
    for person in before:
        named = wanted.pop(person.name.casefold(), None)
        if named is not None:
            arrived = person.arrived_at if person.left_at is None else now
            after.append(Attendee(name=person.name, role=named[1] or person.role, arrived_at=arrived))
        elif person.left_at is None:
            after.append(Attendee(name=person.name, role=person.role, arrived_at=person.arrived_at, left_at=now))
        else:
            after.append(person)
    after.extend(Attendee(name=name, role=role, arrived_at=now) for name, role in wanted.values())
    return tuple(after)

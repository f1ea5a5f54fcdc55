"""A roster as people type or paste it: `Ana (owner), Bo (on-call)`, one a line or many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from readyroom.domain.session import Attendee
from readyroom.workflows.typed import NAME_LIMIT, kept_line, kept_text

_ROSTER_LIMIT = 100_000
_ENTRY = re.compile(r"(?P<name>[^()<>:–—]+)[(<:–—](?P<role>[^()<>]*)[)>]?")
_ROLE_LIMIT = 40
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")


def read_roster(text: str) -> tuple[tuple[str, str], ...]:
    """Names with their roles (empty where none is given), each name once, in the order given."""
    people: dict[str, tuple[str, str]] = {}
    for part in _parted(kept_text(text, limit=_ROSTER_LIMIT)):
        said = " ".join(_BULLET.sub("", part).split())
        entry = _ENTRY.fullmatch(said)
        # What is no name with a role is a name all the same: nobody drops off a roster for a bracket.
        name = kept_line(entry["name"] if entry else said, limit=NAME_LIMIT)
        role = kept_line(entry["role"] if entry else "", limit=_ROLE_LIMIT).casefold()
        if any(letter.isalnum() for letter in name):
            people.setdefault(name.casefold(), (name, role))
    return tuple(people.values())


def _parted(text: str) -> Iterator[str]:
    """People stand on lines of their own, or between commas and semicolons that are not inside a role's brackets."""
    for line in re.split(r"[\n\t]", text):
        begin = depth = 0
        closing = line.rfind(")")
        for place, letter in enumerate(line):
            if letter == "(" and place < closing:
                depth += 1
            elif letter == ")":
                depth = max(0, depth - 1)
            elif letter in ",;" and depth == 0:
                yield line[begin:place]
                begin = place + 1
        yield line[begin:]


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

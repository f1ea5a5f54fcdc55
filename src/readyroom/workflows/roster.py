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
_DASHED = re.compile(r"(?P<name>.+?) - (?P<role>.+)")
_ADDRESS = re.compile(r"\s*(?:<[^<>()\s]+@[^<>()\s]+>|\([^<>()\s]+@[^<>()\s]+\))")
ROLES = frozenset(
    (
        *("facilitator", "owner", "service owner", "on-call", "on call", "oncall", "scribe", "note taker", "guest"),
        *("product", "product owner", "product manager", "manager", "lead", "tech lead", "team lead", "architect"),
        *("developer", "engineer", "engineering", "sre", "operations", "ops", "platform", "support", "security", "qa"),
        *("giver", "receiver", "approver", "reviewer", "observer"),
    )
)
"""Words that are a role where they follow a name and a comma; an agenda's own come on top."""
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")


def read_roster(text: str, roles: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Names with their roles (empty where none is given), each name once, in the order given.

    `Ana (owner)`, `Ana: owner`, `Ana - owner`, and `Ana, owner` where the word is a role; addresses are left out.
    """
    known = ROLES | {role.casefold() for role in roles}
    people: dict[str, tuple[str, str]] = {}
    for line in re.split(r"[\n\t]", kept_text(text, limit=_ROSTER_LIMIT)):
        before = ""
        for part in _parted(line):
            name, role = _person(part)
            if before and name.casefold() in known and part.strip().casefold() == name.casefold():
                people[before] = (people[before][0], kept_line(name, limit=_ROLE_LIMIT).casefold())
                before = ""
            elif any(letter.isalnum() for letter in name):
                before = "" if role or name.casefold() in people else name.casefold()
                people.setdefault(name.casefold(), (name, role))
    return tuple(people.values())


def _person(part: str) -> tuple[str, str]:
    bare = " ".join(_BULLET.sub("", part).split())
    said = _ADDRESS.sub("", bare).strip() or bare
    entry = _ENTRY.fullmatch(said) or _DASHED.fullmatch(said)
    # What is no name with a role is a name all the same: nobody drops off a roster for a bracket.
    name = kept_line(entry["name"] if entry else said, limit=NAME_LIMIT)
    return name, kept_line(entry["role"] if entry else "", limit=_ROLE_LIMIT).casefold()


def _parted(line: str) -> Iterator[str]:
    """People stand between commas and semicolons that are not inside a role's brackets."""
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
    return ", ".join(f"{person.name} ({person.role})" if person.role else _bare(person.name) for person in there)


def _bare(name: str) -> str:
    """A name without a role; empty brackets keep what looks like a role, or has one, from being read as such."""
    return name if name.casefold() not in ROLES and _person(name) == (name, "") else f"{name} ()"


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

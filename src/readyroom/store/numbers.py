"""Short ids: given out in the transaction that needs them, never twice."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from readyroom.domain.capture import SHORT_PREFIX, Action, Decision, ParkedNote, Question, Risk
from readyroom.domain.session import Session
from readyroom.store.columns import METADATA
from readyroom.store.shelves import SHELVES

Numbered = Session | Action | Risk | Decision | ParkedNote | Question
NUMBERED_TYPES: tuple[type[Numbered], ...] = (Session, Action, Risk, Decision, ParkedNote, Question)

PREFIXES: dict[str, type[Numbered]] = {"S": Session} | {
    SHORT_PREFIX[kind.kind]: kind for kind in (Action, Risk, Decision, ParkedNote, Question)
}
"""Which type `A-12` or `S-3` means."""


def next_number(connection: Connection, counter: str) -> int:
    """Give out the next number of a counter."""
    return int(connection.execute(_bumped(), {"counter": counter}).scalar_one())


@cache
def _bumped() -> Any:
    table = METADATA.tables["counter"]
    found = table.update().where(table.c.name == bindparam("counter"))
    return found.values(value=table.c.value + 1).returning(table.c.value)


def claim_number(connection: Connection, entity: Numbered) -> int:
    """The number for a new row: the one that the entity brings along if it is free, else the next one.

    A number that had to be given up stays an alias.
    """
    name = SHELVES[type(entity)].name
    if entity.number is None:
        return next_number(connection, name)
    table = SHELVES[type(entity)].table
    taken = connection.execute(select(table.c.id).where(table.c.number == entity.number)).first()
    counter = METADATA.tables["counter"]
    last = connection.execute(select(counter.c.value).where(counter.c.name == name).with_for_update()).scalar_one()
    if taken is None and entity.number > last:
        connection.execute(counter.update().where(counter.c.name == name).values(value=entity.number))
        return entity.number
    if taken is None and not _was_alias(connection, name, entity.number):
        return entity.number
    connection.execute(METADATA.tables["alias"].insert(), {"kind": name, "number": entity.number, "entity": entity.id})
    return next_number(connection, name)


def _was_alias(connection: Connection, kind: str, number: int) -> bool:
    alias = METADATA.tables["alias"]
    found = select(alias.c.entity).where(alias.c.kind == kind, alias.c.number == number)
    return connection.execute(found).first() is not None


def id_of_number(connection: Connection, kind: type[Numbered], number: int) -> str | None:
    """The id behind a short id; an alias counts where nothing else has the number."""
    table, alias = SHELVES[kind].table, METADATA.tables["alias"]
    found = connection.execute(select(table.c.id).where(table.c.number == number)).scalar()
    if found is None:
        aliases = select(alias.c.entity).where(alias.c.kind == SHELVES[kind].name, alias.c.number == number)
        others = connection.execute(aliases).scalars().all()
        found = others[0] if len(others) == 1 else None
    return found

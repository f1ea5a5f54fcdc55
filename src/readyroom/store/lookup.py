"""Finding one thing: what stands in an entity's place now, and what a short id means."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from readyroom.domain.answer import Answer, Audience, Prepared
from readyroom.domain.capture import CAPTURE_TYPES, Action, Capture, Risk
from readyroom.domain.change import Entity
from readyroom.domain.service import Service
from readyroom.domain.session import Session, Sitting
from readyroom.domain.votes import Round
from readyroom.store.columns import METADATA
from readyroom.store.errors import StoreError
from readyroom.store.journal import attendees_of, clock_of
from readyroom.store.numbers import PREFIXES, id_of_number
from readyroom.store.shelves import (
    SHELVES,
    Shelf,
    answer_from,
    capture_from,
    key_of,
    prepared_from,
    round_from,
    service_from,
    session_from,
    sitting_from,
)

_SHORT = re.compile(r"([A-Za-z])-?(\d{1,12})")
_UUID_PART = re.compile(r"[0-9a-fA-F-]{4,36}")


def columns_of(shelf: Shelf) -> list[Any]:
    """The columns of an entity, in the order of its shelf."""
    return [shelf.table.c[name] for name in shelf.columns]


def current(connection: Connection, entity: Entity) -> Any:
    """What stands in the entity's place now, or None."""
    row = connection.execute(_by_key(SHELVES[type(entity)]), key_of(entity)).first()
    return None if row is None else entity_from(connection, type(entity), row)


@cache
def _by_key(shelf: Shelf) -> Any:
    """Built once: making a statement costs more than running it."""
    return select(*columns_of(shelf)).where(*(shelf.table.c[name] == bindparam(name) for name in shelf.key))


def read_people(connection: Connection) -> tuple[tuple[str, ...], ...]:
    """The names that are known here: of rosters, of the catalog, of owners; what only facilitators see names nobody."""
    attendee, service = METADATA.tables["attendee"], SHELVES[Service].table
    owned = [SHELVES[kind].table for kind in (Action, Risk)]
    queries = (
        (select(attendee.c.name),),
        (select(service.c.owner), select(service.c.operated_by)),
        tuple(select(t.c.owner).where(t.c.audience == Audience.ROOM, t.c.withdrawn.is_(False)) for t in owned),
    )
    return tuple(
        tuple(sorted({name for query in group for name in connection.execute(query.distinct()).scalars() if name}))
        for group in queries
    )


def entity_from(connection: Connection, kind: type, row: Any) -> Any:
    """An entity of any kind from its row."""
    if kind is Session:
        return session_from(row)
    if kind is Answer:
        return answer_from(row)
    if kind is Prepared:
        return prepared_from(row)
    if kind is Round:
        return round_from(row)
    if kind is Service:
        return service_from(row)
    if kind is Sitting:
        return sitting_from(row, attendees_of(connection, row.id), clock_of(connection, row.id))
    return capture_from(kind, row)


def by_id(connection: Connection, kind: type, entity_id: str) -> Any:
    """The entity of a kind with this id, or None."""
    shelf = SHELVES[kind]
    row = connection.execute(select(*columns_of(shelf)).where(shelf.table.c.id == entity_id)).first()
    return None if row is None else entity_from(connection, kind, row)


def find_session(connection: Connection, named: str) -> Session:
    """A session by `S-3`, `3`, its id, or a beginning of its id that only it has.

    Raises:
        StoreError: there is none, or more than one.
    """
    text = named.strip()
    number = text if text.isascii() and text.isdigit() else ""
    short = _SHORT.fullmatch(text)
    if short and short[1].upper() == "S":
        number = short[2]
    found = id_of_number(connection, Session, int(number)) if 0 < len(number) <= 12 else None
    if found is None and _UUID_PART.fullmatch(text):
        table = SHELVES[Session].table
        matching = select(table.c.id).where(table.c.id >= text.lower(), table.c.id < text.lower() + "g").limit(2)
        ids = connection.execute(matching).scalars().all()
        if len(ids) > 1:
            raise StoreError("more than one session begins like this", named, "name it as S-… or by more of its id")
        found = ids[0] if ids else None
    session = by_id(connection, Session, found) if found else None
    if not isinstance(session, Session):
        raise StoreError("there is no such session", named, "list them: readyroom session list")
    return session


def find_capture(connection: Connection, named: str) -> Capture:
    """A capture by its UUID or short id (`A-12`, `R-3`, `D-…`, `P-…`, `Q-…`), one from another workspace included.

    Raises:
        StoreError: there is none.
    """
    if len(named.strip()) == 36:
        for kind in CAPTURE_TYPES:
            if (capture := by_id(connection, kind, named.strip().lower())) is not None:
                return capture  # type: ignore[no-any-return]
    short = _SHORT.fullmatch(named.strip())
    meant = PREFIXES.get(short[1].upper()) if short else None
    if short is None or meant is None or meant is Session:
        raise StoreError("this is not a short id", named, "name it like A-12 or R-3")
    found = id_of_number(connection, meant, int(short[2]))
    capture = by_id(connection, meant, found) if found else None
    if capture is None:
        fix = "list them: readyroom action list" if short[1].upper() == "A" else "list them: readyroom risk list"
        raise StoreError("there is nothing with this short id", named, fix)
    return capture  # type: ignore[no-any-return]

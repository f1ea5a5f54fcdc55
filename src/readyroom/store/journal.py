"""The journal: each step as one row, with its changes as JSON and long texts kept once, by hash.

Of votes that are not revealed it holds how many there are, and of who handed them in nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from readyroom.borders.codec import canonical_json, digest, from_plain, to_plain
from readyroom.domain.change import Change, Entity, Entry
from readyroom.domain.session import Attendee, ClockEvent, Sitting
from readyroom.domain.votes import Round, RoundPart, part_changed, without_votes
from readyroom.store.columns import METADATA
from readyroom.store.shelves import CLOCK_EVENT, SHELVES

LONG_TEXT = 1_000
"""Characters from which a text is kept by its hash."""

_TEXT = "$text"
_TYPES: dict[str, type] = {shelf.name: kind for kind, shelf in SHELVES.items()}
_Row = Any


def mark_of(entry: Entry) -> str:
    """What tells an entry from every other: saving the same one again finds it by this."""
    told = {
        "session": entry.session,
        "window": entry.window,
        "actor": entry.actor,
        "at": to_plain(entry.at),
        "what": entry.what,
        "undoes": entry.undoes,
        "changes": [_plain_change(change) for change in entry.changes],
    }
    return digest(canonical_json(told))


def is_silent(entry: Entry) -> bool:
    """Whether an entry hands votes in that nobody sees yet: then neither who nor which window is written down."""
    return any(_hands_in_silently(change) for change in entry.changes)


def _hands_in_silently(change: Change) -> bool:
    before, after = change.before, change.after
    if not isinstance(before, Round) or not isinstance(after, Round) or after.openly:
        return False
    return not after.is_revealed and part_changed(before, after) == RoundPart.VOTES


def append(connection: Connection, entry: Entry, mark: str) -> None:
    """Write the row of an entry that has its sequence."""
    blobs: dict[str, str] = {}
    changes = _by_hash([_plain_change(change) for change in entry.changes], blobs)
    if blobs:
        table = METADATA.tables["blob"]
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        rows = [{"hash": key, "text": text} for key, text in blobs.items()]
        connection.execute(insert(table).on_conflict_do_nothing(), rows)
    silent = is_silent(entry)
    connection.execute(
        _inserting(),
        {
            "sequence": entry.sequence,
            "mark": mark,
            "at": entry.at,
            "actor": "" if silent else entry.actor,
            "window": "" if silent else entry.window,
            "session": entry.session,
            "what": entry.what,
            "changes": canonical_json(changes).decode(),
            "undoes": entry.undoes,
        },
    )


def saved_before(connection: Connection, mark: str) -> Entry | None:
    """The entry with this mark, if it is in the journal."""
    if connection.execute(_by_mark(), {"mark": mark}).first() is None:
        return None
    table = METADATA.tables["journal"]
    return read_entries(connection, table.c.mark == mark, limit=1)[0]


@cache
def _by_mark() -> Any:
    table = METADATA.tables["journal"]
    return select(table.c.sequence).where(table.c.mark == bindparam("mark"))


@cache
def _inserting() -> Any:
    return METADATA.tables["journal"].insert()


def read_entries(
    connection: Connection, *conditions: Any, limit: int | None = None, newest_first: bool = False
) -> tuple[Entry, ...]:
    """Entries that meet the conditions, with their changes as entities; `limit` takes the newest, or the oldest."""
    table = METADATA.tables["journal"]
    order = table.c.sequence.desc() if newest_first else table.c.sequence
    rows = connection.execute(select(table).where(*conditions).order_by(order).limit(limit)).all()
    plain = [json.loads(row.changes) for row in rows]
    texts = _texts(connection, plain)
    entries = [_entry(row, _resolved(changes, texts)) for row, changes in zip(rows, plain, strict=True)]
    return _with_clocks(connection, entries)


def _plain_change(change: Change) -> dict[str, Any]:
    return {
        "type": SHELVES[type(change.after)].name,
        "before": None if change.before is None else _plain_entity(change.before),
        "after": _plain_entity(change.after),
    }


def _plain_entity(entity: Entity) -> dict[str, Any]:
    """A sitting goes without its clock, which is kept in a table of its own, a round without its hidden votes."""
    if isinstance(entity, Sitting):
        entity = replace(entity, events=(), heartbeat=None)
    elif isinstance(entity, Round):
        entity = without_votes(entity)
    plain: dict[str, Any] = to_plain(entity)
    return plain


def _by_hash(plain: Any, blobs: dict[str, str]) -> Any:
    if isinstance(plain, str) and len(plain) >= LONG_TEXT:
        key = digest(plain.encode())
        blobs[key] = plain
        return {_TEXT: key}
    if isinstance(plain, list):
        return [_by_hash(part, blobs) for part in plain]
    if isinstance(plain, dict):
        return {name: _by_hash(part, blobs) for name, part in plain.items()}
    return plain


def _hashes(plain: Any) -> Iterable[str]:
    if isinstance(plain, list):
        for part in plain:
            yield from _hashes(part)
    elif isinstance(plain, dict):
        if plain.keys() == {_TEXT}:
            yield plain[_TEXT]
        else:
            yield from _hashes(list(plain.values()))


def _resolved(plain: Any, texts: Mapping[str, str]) -> Any:
    if isinstance(plain, list):
        return [_resolved(part, texts) for part in plain]
    if isinstance(plain, dict):
        if plain.keys() == {_TEXT}:
            return texts[plain[_TEXT]]
        return {name: _resolved(part, texts) for name, part in plain.items()}
    return plain


def _texts(connection: Connection, plain: Sequence[Any]) -> dict[str, str]:
    wanted = sorted(set(_hashes(list(plain))))
    table, texts = METADATA.tables["blob"], {}
    for start in range(0, len(wanted), 500):
        some = select(table.c.hash, table.c.text).where(table.c.hash.in_(wanted[start : start + 500]))
        texts.update({row.hash: row.text for row in connection.execute(some)})
    return texts


def _entry(row: _Row, changes: list[dict[str, Any]]) -> Entry:
    return Entry(
        what=row.what,
        session=row.session,
        actor=row.actor,
        window=row.window,
        at=row.at,
        changes=tuple(_change(plain) for plain in changes),
        sequence=row.sequence,
        undoes=row.undoes,
    )


def _change(plain: dict[str, Any]) -> Change:
    kind = _TYPES[plain["type"]]
    before = None if plain["before"] is None else from_plain(kind, plain["before"])
    return Change(before, from_plain(kind, plain["after"]))


def _with_clocks(connection: Connection, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Give the sittings in the entries the clock that they have now."""
    sittings = {change.after.id for entry in entries for change in entry.changes if isinstance(change.after, Sitting)}
    if not sittings:
        return tuple(entries)
    table = SHELVES[Sitting].table
    beats = {row.id: row.heartbeat for row in connection.execute(select(table).where(table.c.id.in_(sittings)))}
    clocks = {sitting: clock_of(connection, sitting) for sitting in sittings}

    def wound(entity: Entity | None) -> Any:
        if not isinstance(entity, Sitting):
            return entity
        return replace(entity, events=clocks[entity.id], heartbeat=beats.get(entity.id))

    return tuple(
        replace(entry, changes=tuple(Change(wound(one.before), wound(one.after)) for one in entry.changes))
        for entry in entries
    )


def clock_of(connection: Connection, sitting: str) -> tuple[ClockEvent, ...]:
    """The events of a sitting's clock, in order."""
    table = CLOCK_EVENT.table
    columns = [table.c[name] for name in CLOCK_EVENT.columns]
    rows = connection.execute(select(*columns).where(table.c.sitting == sitting).order_by(table.c.sequence))
    return tuple(ClockEvent(**dict(zip(CLOCK_EVENT.columns, row, strict=True))) for row in rows)


def attendees_of(connection: Connection, sitting: str) -> tuple[Attendee, ...]:
    """The people of a sitting, in order."""
    table = METADATA.tables["attendee"]
    columns = select(table.c.name, table.c.role, table.c.arrived_at, table.c.left_at)
    rows = connection.execute(columns.where(table.c.sitting == sitting).order_by(table.c.position))
    return tuple(Attendee(name=row.name, role=row.role, arrived_at=row.arrived_at, left_at=row.left_at) for row in rows)

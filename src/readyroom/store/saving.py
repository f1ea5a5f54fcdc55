"""Saving an entry: version checks, the rows, the journal and the projections, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from readyroom.domain.answer import Answer
from readyroom.domain.change import Change, Entity, Entry, same_content
from readyroom.domain.service import Service
from readyroom.domain.session import Attendee, ClockEvent, Session, Sitting
from readyroom.domain.votes import Round, merged_round
from readyroom.store import journal
from readyroom.store.columns import METADATA
from readyroom.store.errors import Conflict
from readyroom.store.lookup import current
from readyroom.store.numbers import NUMBERED_TYPES, claim_number, next_number
from readyroom.store.projections import refresh
from readyroom.store.shelves import CLOCK_EVENT, SHELVES, Shelf, key_of, subject_key, values_of

_E = TypeVar("_E", bound=Entity)
_VALUE_PART = ("state", "value", "reason", "given_at", "given_by", "prepared_by")
_NOTE_PART = ("note", "evidence", "audience", "dismissed")


def save_entry(connection: Connection, entry: Entry) -> Entry:
    """Save an entry; the same one again changes nothing. Returned with its sequence and all numbers filled in.

    Raises:
        Conflict: someone changed one of the entities first; the caller takes the transaction back.
    """
    mark = journal.mark_of(entry)
    before = journal.saved_before(connection, mark)
    if before is not None:
        return before
    changes = tuple(_save(connection, change) for change in entry.changes)
    saved = replace(entry, changes=changes, sequence=next_number(connection, "journal"))
    journal.append(connection, saved, mark)
    touch(connection, saved)
    return saved


def touch(connection: Connection, entry: Entry) -> None:
    """Refresh the projections of the sessions that an entry changed."""
    touched: dict[str, set[type]] = {entry.session: set()} if entry.session else {}
    for change in entry.changes:
        after = change.after
        if not isinstance(after, Service):
            owner = after.id if isinstance(after, Session) else after.session
            if owner:
                touched.setdefault(owner, set()).add(type(after))
    for session, types in touched.items():
        refresh(connection, session, types, entry.at)


def put_whole(connection: Connection, entity: _E) -> _E:
    """Write an entity as it is, without asking for versions: for imports. Numbers are claimed for new rows."""
    theirs = current(connection, entity)
    if theirs is None:
        inserted = _insert(connection, entity)
        if inserted is not None:
            return inserted
    kept = _with_number_of(entity, theirs)
    _update(connection, kept, {})
    return kept


def insert_answers(connection: Connection, answers: Sequence[Answer]) -> None:
    """All answers of a session that had none, at once."""
    if answers:
        connection.execute(SHELVES[Answer].table.insert(), [values_of(answer) for answer in answers])


def append_event(connection: Connection, event: ClockEvent) -> ClockEvent:
    """Append to a sitting's clock; the same event again changes nothing, another one of its number goes behind it."""
    known = journal.clock_of(connection, event.sitting) if event.sequence else ()
    if any(replace(one, sequence=event.sequence) == event for one in known):
        return event
    if any(one.sequence == event.sequence for one in known):
        event = replace(event, sequence=known[-1].sequence + 1)
    connection.execute(CLOCK_EVENT.table.insert(), {name: getattr(event, name) for name in CLOCK_EVENT.columns})
    return event


def _save(connection: Connection, change: Change) -> Change:
    theirs = current(connection, change.after)
    if theirs is None:
        inserted = _insert(connection, change.after)
        if inserted is not None:
            return Change(None, inserted)
        theirs = current(connection, change.after)  # another program was faster by a moment
        if theirs is None:
            raise Conflict(change.after, change.after)
    ours: Entity
    if isinstance(change.after, Answer) and isinstance(theirs, Answer):
        ours = _merged_answer(change, theirs, change.after)
        expected = {"value_version": theirs.value_version, "note_version": theirs.note_version}
    elif isinstance(change.after, Round) and isinstance(theirs, Round):
        merged = _merged_round(change, theirs, change.after)
        if merged is None:
            raise Conflict(theirs, change.after)
        ours, expected = merged, {"version": theirs.version}
    else:
        ours = _with_number_of(change.after, theirs)
        expected = {"version": theirs.version}
        if _version(ours) == _version(theirs) and _same(ours, theirs):
            return Change(change.before, ours)
        if _version(ours) != _version(theirs) + 1:
            raise Conflict(theirs, ours)
    if ours == theirs:
        return Change(change.before, ours)
    if not _update(connection, ours, expected):
        raise Conflict(current(connection, ours) or theirs, ours)
    return Change(theirs, ours)


def _merged_answer(change: Change, theirs: Answer, ours: Answer) -> Answer:
    """Our changed part over what stands; the part that we did not change stays as it is there."""
    before = change.before if isinstance(change.before, Answer) else None
    blank = Answer(session=ours.session, key=ours.key)
    merged = theirs
    for names, version in ((_VALUE_PART, "value_version"), (_NOTE_PART, "note_version")):
        base = before or blank
        if _part(base, names) == _part(ours, names) and getattr(ours, version) <= getattr(theirs, version):
            continue
        said = [name for name in names if not name.startswith("given_")]  # the same said twice is no conflict
        if getattr(ours, version) == getattr(theirs, version) and _part(ours, said) == _part(theirs, said):
            continue
        if getattr(ours, version) != getattr(theirs, version) + 1:
            raise Conflict(theirs, ours)
        part: dict[str, Any] = {name: getattr(ours, name) for name in (*names, version)}
        merged = replace(merged, **part)
    return merged


def _merged_round(change: Change, theirs: Round, ours: Round) -> Round | None:
    """The votes of both where others voted meanwhile; None where ours come after the reveal."""
    before = change.before if isinstance(change.before, Round) else None
    return merged_round(before, ours, theirs)


def _part(answer: Answer, names: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(answer, name) for name in names)


def _same(ours: Entity, theirs: Entity) -> bool:
    if isinstance(ours, Sitting) and isinstance(theirs, Sitting):  # the clock is appended to on its own
        ours = replace(ours, events=theirs.events, heartbeat=theirs.heartbeat)
    return same_content(ours, theirs)


def _version(entity: Entity) -> int:
    return 0 if isinstance(entity, Answer) else entity.version


def _with_number_of(entity: _E, theirs: Entity | None) -> _E:
    if isinstance(entity, NUMBERED_TYPES) and isinstance(theirs, NUMBERED_TYPES):
        return replace(entity, number=theirs.number)
    return entity


def _insert(connection: Connection, entity: _E) -> _E | None:
    """Insert a new row, None if there is one by now."""
    if isinstance(entity, NUMBERED_TYPES):
        entity = replace(entity, number=claim_number(connection, entity))
    values = values_of(entity)
    if isinstance(entity, Session):
        values |= dict.fromkeys(("answered", "asked", "actions", "risks"), 0)
        values |= {"verdict": "", "last_activity": entity.created_at}
    if connection.execute(_inserting(SHELVES[type(entity)], connection.dialect.name), values).first() is None:
        return None
    _put_parts(connection, entity)
    return entity


def _update(connection: Connection, entity: Entity, expected: Mapping[str, int]) -> bool:
    """Write over the row if it has the versions that are expected of it."""
    key = key_of(entity)
    values = {name: value for name, value in values_of(entity).items() if name not in key}
    if isinstance(entity, Sitting):
        values.pop("heartbeat")  # beats on its own
    values |= {f"key_{name}": value for name, value in key.items()}
    values |= {f"expected_{name}": value for name, value in expected.items()}
    if connection.execute(_updating(SHELVES[type(entity)], tuple(expected)), values).first() is None:
        return False
    _put_parts(connection, entity)
    return True


@cache
def _inserting(shelf: Shelf, dialect: str) -> Any:
    """Built once: making a statement costs more than running it."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    key = [shelf.table.c[name] for name in shelf.key]
    return insert(shelf.table).on_conflict_do_nothing(index_elements=key).returning(key[0])


@cache
def _updating(shelf: Shelf, expected: tuple[str, ...]) -> Any:
    found = [shelf.table.c[name] == bindparam(f"key_{name}") for name in shelf.key]
    found += [shelf.table.c[name] == bindparam(f"expected_{name}") for name in expected]
    return shelf.table.update().where(*found).returning(shelf.table.c[shelf.key[0]])


def _put_parts(connection: Connection, entity: Entity) -> None:
    """The rows that hang on an entity's own: a session's subjects, a sitting's people and clock."""
    if isinstance(entity, Session):
        table = METADATA.tables["session_subject"]
        connection.execute(table.delete().where(table.c.session == entity.id))
        rows = [
            {"session": entity.id, "position": position, "subject": subject, "key": subject_key(subject)}
            for position, subject in enumerate(entity.subjects)
        ]
        if rows:
            connection.execute(table.insert(), rows)
    elif isinstance(entity, Sitting):
        if journal.attendees_of(connection, entity.id) != entity.attendees:
            _put_attendees(connection, entity.id, entity.attendees)
        known = {event.sequence for event in journal.clock_of(connection, entity.id)}
        for event in entity.events:
            if event.sequence not in known:
                append_event(connection, event)


def _put_attendees(connection: Connection, sitting: str, attendees: Sequence[Attendee]) -> None:
    table = METADATA.tables["attendee"]
    connection.execute(table.delete().where(table.c.sitting == sitting))
    rows = [
        {
            "sitting": sitting,
            "position": position,
            "name": one.name,
            "role": one.role,
            "arrived_at": one.arrived_at,
            "left_at": one.left_at,
        }
        for position, one in enumerate(attendees)
    ]
    if rows:
        connection.execute(table.insert(), rows)

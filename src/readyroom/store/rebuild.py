"""A session from its record, and what else the files hold: into an empty workspace, or beside what is there.

UUIDs stay. Short ids stay where they are free; one that is taken is given anew and the old one kept as alias.
What is here already is replaced only by a later version of itself, and never by nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from readyroom.domain.answer import Answer, Audience
from readyroom.domain.capture import CAPTURE_TYPES, Action, Risk, short_id
from readyroom.domain.change import Change, Entity, Entry, same_content
from readyroom.domain.record import Record
from readyroom.domain.service import Service
from readyroom.domain.session import Session, Sitting
from readyroom.domain.votes import Round, as_told
from readyroom.store import journal
from readyroom.store.columns import METADATA
from readyroom.store.lookup import by_id, current
from readyroom.store.numbers import next_number
from readyroom.store.reading import put_agenda
from readyroom.store.saving import insert_answers, put_whole, touch
from readyroom.store.shelves import SHELVES


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRecord:
    """What taking a record in did."""

    session: str
    new: bool
    changes: tuple[Change, ...] = ()
    renumbered: tuple[tuple[str, str], ...] = ()
    """Short ids of the record with those given here."""
    kept: tuple[Entity, ...] = ()
    """What differs from the record and stayed, because it is as new or newer here."""

    @property
    def unchanged(self) -> bool:
        """Whether everything of the record was here already."""
        return not self.new and not self.changes


def put_record(
    connection: Connection, record: Record, *, at: datetime, sha256: str = "", path: str = "", actor: str = ""
) -> PutRecord:
    """Take a record in, in the caller's transaction. The same one again changes nothing."""
    put_agenda(connection, record.agenda, under=record.session.agenda_hash)
    new = by_id(connection, Session, record.session.id) is None
    changes: list[Change] = []
    kept: list[Entity] = []
    renumbered: list[tuple[str, str]] = []
    for entity in _entities(record):
        if new and isinstance(entity, Answer):
            changes.append(Change(None, entity))
            continue
        here = current(connection, entity)
        if here is not None and not _replaces(entity, here):
            if not _same(entity, here):
                kept.append(here)
            continue
        put = put_whole(connection, _with_restricted(entity, here))
        changes.append(Change(here, put))
        if here is None and (old := _short(entity)) and old != _short(put):
            renumbered.append((old, _short(put)))
    if new:
        insert_answers(connection, record.answers)
    if changes:
        _write_down(connection, record, changes, new=new, at=at, actor=actor)
    _remember(connection, record, sha256, path)
    return PutRecord(
        session=record.session.id,
        new=new,
        changes=tuple(changes),
        renumbered=tuple(renumbered),
        kept=tuple(kept),
    )


def put_captures(
    connection: Connection, captures: Iterable[Action | Risk], *, at: datetime, actor: str = ""
) -> tuple[Change, ...]:
    """Take in what stands in the register: what is new, and later versions of what is here, behind the records.

    What came from a session that has left no record belongs to none.
    """
    changes = []
    for one in captures:
        here = current(connection, one)
        if here is not None and one.version <= here.version:
            continue
        if one.session and by_id(connection, Session, one.session) is None:
            one = replace(one, session=here.session if here else "")
        changes.append(Change(here, put_whole(connection, one)))
    if changes:
        sequence = next_number(connection, "journal")
        what = "taken in from the register"
        told = Entry(what=what, session="", actor=actor, window="", at=at, changes=tuple(changes), sequence=sequence)
        journal.append(connection, told, f"{journal.mark_of(told)}/{sequence}")
        touch(connection, told)
    return tuple(changes)


def _entities(record: Record) -> tuple[Entity, ...]:
    return (
        *record.services,
        record.session,
        *record.sittings,
        *record.answers,
        *record.prepared,
        *record.captures(),
        *record.rounds,
    )


def _replaces(entity: Entity, here: Entity) -> bool:
    """Whether the record's state of an entity is a later one. Answers count both of their versions."""
    if isinstance(entity, Answer) and isinstance(here, Answer):
        newer = entity.value_version >= here.value_version and entity.note_version >= here.note_version
        return newer and (entity.value_version, entity.note_version) != (here.value_version, here.note_version)
    if isinstance(entity, Answer) or isinstance(here, Answer):
        return False
    if isinstance(entity, Sitting) and isinstance(here, Sitting) and entity.version == here.version:
        return len(entity.events) > len(here.events)
    if isinstance(here, (Action, Risk)) and isinstance(entity, (Action, Risk)) and entity.session and not here.session:
        return entity.version >= here.version  # the register came before the record of its session
    return entity.version > here.version


def _same(entity: Entity, here: Entity) -> bool:
    if isinstance(entity, Sitting) and isinstance(here, Sitting):
        entity = replace(entity, heartbeat=here.heartbeat, events=here.events)
    if isinstance(here, Round):
        here = as_told(here) if here.is_revealed else here
    return same_content(_with_restricted(entity, here), here)


def _with_restricted(entity: Entity, here: Entity | None) -> Entity:
    """A record may come without its restricted texts; those that are here stay."""
    if isinstance(entity, Answer) and isinstance(here, Answer) and entity.audience is Audience.FACILITATORS:
        return replace(entity, note=entity.note or here.note, evidence=entity.evidence or here.evidence)
    return entity


def _short(entity: Entity) -> str:
    if isinstance(entity, Session):
        return "" if entity.number is None else f"S-{entity.number}"
    if isinstance(entity, CAPTURE_TYPES) and entity.number is not None:
        return short_id(entity)
    return ""


def _write_down(
    connection: Connection, record: Record, changes: list[Change], *, new: bool, at: datetime, actor: str
) -> None:
    """Journal what was replaced. What is new needs no copy in the journal: the record itself is the archive."""
    session = record.session
    moments = [session.finished_at, *(answer.given_at for answer in record.answers)]
    latest = max((moment for moment in moments if moment is not None), default=session.created_at)
    told = Entry(
        what="imported from a record",
        session=session.id,
        actor=actor,
        window="",
        at=at,
        changes=() if new else tuple(change for change in changes if not isinstance(change.after, Service)),
        sequence=next_number(connection, "journal"),
    )
    journal.append(connection, told, f"{journal.mark_of(told)}/{told.sequence}")
    touch(connection, replace(told, changes=tuple(changes), at=latest if new else at))
    table = SHELVES[Session].table
    verdict = {"verdict": record.outcome.verdict.value}
    connection.execute(table.update().where(table.c.id == session.id).values(verdict))


def _remember(connection: Connection, record: Record, sha256: str, path: str) -> None:
    table = METADATA.tables["record"]
    key = {"session": record.session.id, "revision": record.revision}
    known = select(table.c.sha256).where(*(table.c[name] == value for name, value in key.items()))
    if connection.execute(known).scalar() == sha256:
        return
    values = {"sha256": sha256, "sealed_at": None, "path": path, "previous": record.previous}
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    upsert = insert(table).values(**key, **values)
    connection.execute(upsert.on_conflict_do_update(index_elements=list(key), set_=values))

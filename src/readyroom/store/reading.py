"""Reading a whole meeting, the catalog, and actions about a service, as domain values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, and_, or_, select

from readyroom.borders.codec import canonical_json, digest, from_json, to_plain
from readyroom.domain.agenda import Agenda
from readyroom.domain.answer import Answer, Prepared
from readyroom.domain.capture import CAPTURE_TYPES, Action, Capture, Decision, ParkedNote, Question, Risk
from readyroom.domain.meeting import Meeting
from readyroom.domain.service import Service
from readyroom.domain.session import Attendee, ClockEvent, Session, SessionStatus, Sitting
from readyroom.domain.votes import Round
from readyroom.store.columns import METADATA
from readyroom.store.errors import StoreError
from readyroom.store.lookup import by_id, columns_of
from readyroom.store.projections import questions_of
from readyroom.store.shelves import (
    CLOCK_EVENT,
    SHELVES,
    answer_from,
    capture_from,
    prepared_from,
    round_from,
    service_from,
    session_from,
    sitting_from,
    subject_key,
)

_Captured = TypeVar("_Captured", Action, Risk, Decision, ParkedNote, Question)


def put_agenda(connection: Connection, agenda: Agenda, under: str = "") -> str:
    """Keep an agenda under the hash of its canonical JSON (or the hash it came with); return the hash."""
    content = canonical_json(to_plain(agenda))
    key = under or digest(content)
    table = METADATA.tables["agenda"]
    if connection.execute(select(table.c.hash).where(table.c.hash == key)).first() is None:
        connection.execute(
            table.insert(),
            {
                "hash": key,
                "id": agenda.id,
                "version": agenda.version,
                "title": agenda.title,
                "kind": agenda.kind.value,
                "root": agenda.root,
                "questions": questions_of(agenda),
                "outline": json.dumps([[one.title, [item.id for item in one.items]] for one in agenda.sections]),
                "content": content.decode(),
            },
        )
    return key


def read_agenda(connection: Connection, key: str) -> Agenda:
    """The agenda under a hash.

    Raises:
        StoreError: it was never kept.
    """
    table = METADATA.tables["agenda"]
    content = connection.execute(select(table.c.content).where(table.c.hash == key)).scalar()
    if content is None:
        raise StoreError("the agenda of this session is not in the database", key, "rebuild it: readyroom db rebuild")
    return from_json(Agenda, content.encode())


def read_meeting(connection: Connection, session: Session, agenda: Agenda) -> Meeting:
    """Everything of a session."""
    answer = SHELVES[Answer]
    answers = connection.execute(select(*columns_of(answer)).where(answer.table.c.session == session.id))
    given = [answer_from(row) for row in answers]
    prepared = SHELVES[Prepared]
    rows = connection.execute(
        select(*columns_of(prepared))
        .where(prepared.table.c.session == session.id)
        .order_by(prepared.table.c.at, prepared.table.c.id)
    )
    return Meeting(
        session=session,
        agenda=agenda,
        sittings=_sittings(connection, session.id),
        answers={one.key: one for one in given},
        prepared=tuple(prepared_from(row) for row in rows),
        captures=_captures(connection, session.id),
        rounds=_rounds(connection, session.id),
        services=_services_of(connection, session),
    )


def read_services(connection: Connection) -> tuple[Service, ...]:
    """The catalog, by name."""
    shelf = SHELVES[Service]
    found = [service_from(row) for row in connection.execute(select(*columns_of(shelf)))]
    return tuple(sorted(found, key=lambda service: (subject_key(service.name), service.name)))


def read_service(connection: Connection, name: str) -> Service | None:
    """A service by its name, whatever the case."""
    shelf = SHELVES[Service]
    row = connection.execute(select(*columns_of(shelf)).where(shelf.table.c.key == subject_key(name))).first()
    return None if row is None else service_from(row)


def read_captures(connection: Connection, kind: type[_Captured]) -> tuple[_Captured, ...]:
    """All captures of a kind that were not taken back, in the order of their short ids."""
    shelf = SHELVES[kind]
    wanted = select(*columns_of(shelf)).where(shelf.table.c.withdrawn.is_(False)).order_by(shelf.table.c.number)
    return tuple(capture_from(kind, row) for row in connection.execute(wanted))


def read_unfinished(connection: Connection, agenda_id: str) -> tuple[Session, ...]:
    """Sessions that are in progress or adjourned, the one last worked on first."""
    shelf = SHELVES[Session]
    wanted = select(*columns_of(shelf)).where(
        shelf.table.c.status.in_((SessionStatus.IN_PROGRESS, SessionStatus.ADJOURNED))
    )
    if agenda_id:
        wanted = wanted.where(shelf.table.c.agenda_id == agenda_id)
    order = (shelf.table.c.last_activity.desc(), shelf.table.c.number.desc())
    return tuple(session_from(row) for row in connection.execute(wanted.order_by(*order)))


def read_open_actions(connection: Connection, subject: str) -> tuple[Action, ...]:
    """Actions about a service that are neither done nor dropped, the most urgent first.

    Those that name no subject count for every service of their session.
    """
    shelf, key = SHELVES[Action], subject_key(subject)
    about = METADATA.tables["session_subject"]
    sessions = select(about.c.session).where(about.c.key == key)
    rows = connection.execute(
        select(*columns_of(shelf))
        .where(
            shelf.table.c.open.is_(True),
            or_(
                shelf.table.c.subject_key == key,
                and_(shelf.table.c.subject_key == "", shelf.table.c.session.in_(sessions)),
            ),
        )
        .order_by(shelf.table.c.due_order, shelf.table.c.number)
    )
    return tuple(capture_from(Action, row) for row in rows)


def read_previous(connection: Connection, session: Session, subject: str) -> Session | None:
    """The session before this one about the same service with an agenda of the same root, or None."""
    table, about = SHELVES[Session].table, METADATA.tables["session_subject"]
    found = connection.execute(
        select(table.c.id)
        .join(about, about.c.session == table.c.id)
        .where(
            about.c.key == subject_key(subject),
            table.c.agenda_root == session.agenda_root,
            table.c.id != session.id,
            table.c.created_at <= session.created_at,
        )
        .order_by(table.c.created_at.desc(), table.c.number.desc())
        .limit(1)
    ).scalar()
    previous: Session | None = by_id(connection, Session, found) if found else None
    return previous


def _sittings(connection: Connection, session: str) -> tuple[Sitting, ...]:
    shelf, attendee = SHELVES[Sitting], METADATA.tables["attendee"]
    rows = connection.execute(
        select(*columns_of(shelf)).where(shelf.table.c.session == session).order_by(shelf.table.c.number)
    ).all()
    ids = [row.id for row in rows]
    people: dict[str, list[Attendee]] = {one: [] for one in ids}
    clocks: dict[str, list[ClockEvent]] = {one: [] for one in ids}
    there = select(attendee).where(attendee.c.sitting.in_(ids)).order_by(attendee.c.sitting, attendee.c.position)
    for one in connection.execute(there):
        people[one.sitting].append(
            Attendee(name=one.name, role=one.role, arrived_at=one.arrived_at, left_at=one.left_at)
        )
    event = CLOCK_EVENT.table
    events = select(*columns_of(CLOCK_EVENT)).where(event.c.sitting.in_(ids)).order_by(event.c.sequence)
    for row in connection.execute(events):
        clocks[row.sitting].append(ClockEvent(**dict(zip(CLOCK_EVENT.columns, row, strict=True))))
    return tuple(sitting_from(row, people[row.id], clocks[row.id]) for row in rows)


def _rounds(connection: Connection, session: str) -> tuple[Round, ...]:
    shelf = SHELVES[Round]
    wanted = select(*columns_of(shelf)).where(shelf.table.c.session == session)
    rows = connection.execute(wanted.order_by(shelf.table.c.opened_at, shelf.table.c.number, shelf.table.c.id))
    return tuple(round_from(row) for row in rows)


def _captures(connection: Connection, session: str) -> tuple[Capture, ...]:
    captures: list[Capture] = []
    for kind in CAPTURE_TYPES:
        shelf = SHELVES[kind]
        rows: Sequence[Any] = connection.execute(
            select(*columns_of(shelf)).where(shelf.table.c.session == session)
        ).all()
        captures += [capture_from(kind, row) for row in rows]
    return tuple(sorted(captures, key=lambda one: (one.at, one.number or 0)))


def _services_of(connection: Connection, session: Session) -> dict[str, Service]:
    shelf = SHELVES[Service]
    keys = [subject_key(subject) for subject in session.subjects]
    rows = connection.execute(select(*columns_of(shelf)).where(shelf.table.c.key.in_(keys)))
    found = [service_from(row) for row in rows]
    return {service.name: service for service in sorted(found, key=lambda one: one.name)}

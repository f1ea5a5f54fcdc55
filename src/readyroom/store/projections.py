"""What lists read off the session's row: counters that can be made anew from the rows they count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, select

from readyroom.domain.agenda import Agenda, ItemKind
from readyroom.domain.answer import Answer
from readyroom.domain.capture import Action, Question, Risk
from readyroom.domain.progress import SETTLED
from readyroom.domain.session import Session
from readyroom.store.columns import METADATA, Instant
from readyroom.store.shelves import SHELVES

COUNTERS = ("answered", "asked", "actions", "risks")

_TOUCHED: dict[type, tuple[str, ...]] = {
    Answer: ("answered",),
    Action: ("actions",),
    Risk: ("risks",),
    Question: ("asked",),
    Session: COUNTERS,
}


def questions_of(agenda: Agenda) -> int:
    """How many answers an agenda asks for about one subject, whatever its conditions."""
    return sum(max(1, len(item.respondents)) for item in agenda.items() if item.kind is not ItemKind.INFO)


def counted(name: str) -> Any:
    """A counter as the expression that makes it anew, for the row of the session table at hand."""
    session = SHELVES[Session].table
    if name == "answered":
        answer = SHELVES[Answer].table
        return _count(answer, answer.c.session == session.c.id, answer.c.state.in_(SETTLED))
    if name in ("actions", "risks"):
        captured = SHELVES[Action if name == "actions" else Risk].table
        return _count(captured, captured.c.session == session.c.id, captured.c.withdrawn.is_(False))
    question, subject, agenda = SHELVES[Question].table, METADATA.tables["session_subject"], METADATA.tables["agenda"]
    planned = (
        select(agenda.c.questions).where(agenda.c.hash == session.c.agenda_hash).correlate(session).scalar_subquery()
    )
    unplanned = _count(question, question.c.session == session.c.id, question.c.withdrawn.is_(False))
    subjects = _count(subject, subject.c.session == session.c.id)
    return (planned + unplanned) * case((subjects > 1, subjects), else_=1)


def refresh(connection: Connection, session: str, touched: Iterable[type], at: datetime) -> None:
    """Bring the counters up to date that changes of these types may move."""
    names = {name for kind in touched for name in _TOUCHED.get(kind, ())}
    connection.execute(_refreshing(frozenset(names)), {"session_id": session, "moment": at})


@cache
def _refreshing(names: frozenset[str]) -> Any:
    """Built once: making a statement costs more than running it."""
    table = SHELVES[Session].table
    moment = bindparam("moment", type_=Instant)
    values: dict[str, Any] = {name: counted(name) for name in sorted(names)}
    values["last_activity"] = case((table.c.last_activity < moment, moment), else_=table.c.last_activity)
    return table.update().where(table.c.id == bindparam("session_id")).values(values)


def wrong_counters(connection: Connection) -> list[tuple[str, int, str, int, int]]:
    """Session id, its number, counter, what stands there and what it should be; for each that is off."""
    table = SHELVES[Session].table
    wrong = []
    for name in COUNTERS:
        anew = counted(name)
        rows = connection.execute(select(table.c.id, table.c.number, table.c[name], anew).where(table.c[name] != anew))
        wrong += [(row[0], row[1], name, row[2], row[3]) for row in rows]
    return wrong


def repair_counters(connection: Connection) -> None:
    """Count everything anew."""
    connection.execute(SHELVES[Session].table.update().values({name: counted(name) for name in COUNTERS}))


def _count(table: Any, *conditions: ColumnElement[bool]) -> Any:
    session = SHELVES[Session].table
    return select(func.count()).select_from(table).where(*conditions).correlate(session).scalar_subquery()

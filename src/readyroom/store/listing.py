"""Lists, a page at a time: sessions and actions. Each page costs the same however long the history is."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from readyroom.domain.capture import Action
from readyroom.domain.session import Session, SessionStatus
from readyroom.store.columns import METADATA
from readyroom.store.lines import ActionLine, ActionPage, Cursor, SessionLine, SessionPage
from readyroom.store.shelves import SHELVES, subject_key

_SESSION_COLUMNS = tuple(field.name for field in fields(SessionLine))
_ACTION_COLUMNS = tuple(field.name for field in fields(ActionLine) if not field.name.startswith("session_"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFilter:
    """Which actions a list shows; what is empty does not filter."""

    open_only: bool = True
    owner: str = ""
    subject: str = ""
    session: str = ""
    due_before: date | None = None
    """Only those due before this day; those without a date are not."""
    search: str = ""
    withdrawn: bool = False
    """Also those that were taken back."""


def list_sessions(
    connection: Connection,
    *,
    limit: int = 50,
    after: Cursor | None = None,
    search: str = "",
    subject: str = "",
    statuses: tuple[SessionStatus, ...] = (),
) -> SessionPage:
    """Sessions, the newest first; every word of `search` must stand in title, subject, agenda, short id or author."""
    table = SHELVES[Session].table
    wanted = [table.c.search.contains(word, autoescape=True) for word in search.casefold().split()]
    if statuses:
        wanted.append(table.c.status.in_(statuses))
    if subject:
        about = METADATA.tables["session_subject"]
        wanted.append(table.c.id.in_(select(about.c.session).where(about.c.key == subject_key(subject))))
    if after is not None:
        wanted.append(_behind(table.c.created_at, table.c.number, datetime.fromisoformat(after.order), after.number))
    rows = connection.execute(
        select(*(table.c[name] for name in _SESSION_COLUMNS))
        .where(*wanted)
        .order_by(table.c.created_at.desc(), table.c.number.desc())
        .limit(limit + 1)
    ).all()
    lines = tuple(_session_line(row) for row in rows[:limit])
    more = len(rows) > limit
    return SessionPage(lines, Cursor(lines[-1].created_at.isoformat(), lines[-1].number) if more else None)


def list_actions(
    connection: Connection, wanted: ActionFilter, *, limit: int = 50, after: Cursor | None = None
) -> ActionPage:
    """Actions, those due first at the top and those without a date at the end."""
    table, session = SHELVES[Action].table, SHELVES[Session].table
    conditions = _conditions(wanted)
    if after is not None:
        conditions.append(
            or_(
                table.c.due_order > after.order,
                and_(table.c.due_order == after.order, table.c.number > after.number),
            )
        )
    rows = connection.execute(
        select(*(table.c[name] for name in _ACTION_COLUMNS), session.c.number, session.c.title, table.c.due_order)
        .outerjoin(session, session.c.id == table.c.session)
        .where(*conditions)
        .order_by(table.c.due_order, table.c.number)
        .limit(limit + 1)
    ).all()
    lines = tuple(_action_line(row) for row in rows[:limit])
    more = len(rows) > limit
    return ActionPage(lines, Cursor(rows[limit - 1].due_order, lines[-1].number) if more else None)


def count_actions(connection: Connection, wanted: ActionFilter) -> int:
    """How many actions the list has."""
    counted = select(func.count()).select_from(SHELVES[Action].table).where(*_conditions(wanted))
    return int(connection.execute(counted).scalar_one())


def count_sessions(connection: Connection) -> int:
    """How many sessions there are."""
    return int(connection.execute(select(func.count()).select_from(SHELVES[Session].table)).scalar_one())


def _conditions(wanted: ActionFilter) -> list[ColumnElement[bool]]:
    table = SHELVES[Action].table
    conditions: list[ColumnElement[bool]] = []
    if wanted.open_only:
        conditions.append(table.c.open.is_(True))
    elif not wanted.withdrawn:
        conditions.append(table.c.withdrawn.is_(False))
    if wanted.owner:
        conditions.append(func.lower(table.c.owner) == wanted.owner.lower())
    if wanted.subject:
        conditions.append(table.c.subject_key == subject_key(wanted.subject))
    if wanted.session:
        conditions.append(table.c.session == wanted.session)
    if wanted.due_before:
        conditions.append(table.c.due_order < wanted.due_before.isoformat())
    conditions += [
        table.c.title.icontains(word, autoescape=True) | table.c.owner.icontains(word, autoescape=True)
        for word in wanted.search.split()
    ]
    return conditions


def _behind(instant: Any, number: Any, last_instant: Any, last_number: int) -> ColumnElement[bool]:
    return or_(instant < last_instant, and_(instant == last_instant, number < last_number))


def _session_line(row: Any) -> SessionLine:
    values = dict(zip(_SESSION_COLUMNS, row, strict=True))
    values["subjects"] = tuple(json.loads(values["subjects"]))
    return SessionLine(**values)


def _action_line(row: Any) -> ActionLine:
    values = dict(zip(_ACTION_COLUMNS, row, strict=False))
    count = len(_ACTION_COLUMNS)
    values["session"] = values["session"] or ""
    return ActionLine(**values, session_number=row[count], session_title=row[count + 1] or "")

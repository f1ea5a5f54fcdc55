"""What Home shows, read with the standard library before SQLModel is loaded. Nothing is created, nothing raised."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from readyroom.domain.key import AnswerKey
from readyroom.domain.vocabulary import ActionStatus, Audience, SessionStatus
from readyroom.store.errors import StoreError, in_plain_words
from readyroom.store.lines import ActionLine, Cursor, SessionLine, SessionPage
from readyroom.store.revisions import FileState, holds_something, open_to_read, revision_of, state_of

_SESSION = (
    "id, number, title, kind, agenda_id, subjects, status, created_at, last_activity, "
    "answered, asked, actions, risks, verdict"
)
_ACTION = (
    "a.id, a.number, a.title, a.owner, a.due, a.priority, a.status, a.subject, a.audience, a.agreed, "
    "a.session, s.number, s.title"
)
_STORED = "%Y-%m-%d %H:%M:%S.%f"
"""How SQLAlchemy writes an instant in SQLite; always in UTC here."""

_T = TypeVar("_T")
_NO_SESSIONS = SessionPage((), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """The session to go on with, and where its last window stood."""

    line: SessionLine
    position: AnswerKey | None
    section: int
    """Which section that is, from 1; 0 where it is not known."""
    sections: int
    section_title: str
    used: float = 0
    """Seconds that its clock has run, in all sittings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What Home shows. With a `problem` everything else is empty."""

    sessions: SessionPage = _NO_SESSIONS
    total: int = 0
    resume: Resume | None = None
    open_actions: int = 0
    overdue_actions: int = 0
    actions: tuple[ActionLine, ...] = ()
    """The first open ones by date: what is overdue, then what is due next."""
    problem: StoreError | None = None


def glance(
    path: Path,
    *,
    today: date,
    limit: int = 50,
    after: Cursor | None = None,
    search: str = "",
    top_actions: int = 5,
) -> Glance:
    """Look at the database file of a workspace; one that is not there, or empty, holds nothing yet."""

    def look(connection: sqlite3.Connection) -> Glance:
        total, opened, overdue = connection.execute(
            "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM action WHERE open = 1), "
            "(SELECT count(*) FROM action WHERE open = 1 AND due_order < ?)",
            (today.isoformat(),),
        ).fetchone()
        return Glance(
            sessions=_sessions(connection, limit, after, search),
            total=total,
            resume=_resume(connection),
            open_actions=opened,
            overdue_actions=overdue,
            actions=_actions(connection, top_actions),
        )

    found = _looked(path, look, Glance())
    return Glance(problem=found) if isinstance(found, StoreError) else found


def session_page(
    path: Path, *, limit: int = 50, after: Cursor | None = None, search: str = ""
) -> SessionPage | StoreError:
    """A page of sessions by itself, or what stands in the way."""
    return _looked(path, lambda connection: _sessions(connection, limit, after, search), _NO_SESSIONS)


def _looked(path: Path, look: Callable[[sqlite3.Connection], _T], nothing: _T) -> _T | StoreError:
    place = str(path)
    try:
        if not holds_something(path):
            return nothing
        with closing(open_to_read(path)) as connection:
            connection.execute("BEGIN")  # one state for all that is read
            state = state_of(revision_of(connection, place), place)
            if state is FileState.NEW:
                return nothing
            if state is FileState.BEHIND:
                fix = "open a session, or run: readyroom db upgrade"
                return StoreError("the database is of an earlier version", place, fix)
            return look(connection)
    except sqlite3.Error as error:
        return in_plain_words(error, place)
    except StoreError as error:
        return error


def _sessions(connection: sqlite3.Connection, limit: int, after: Cursor | None, search: str) -> SessionPage:
    wanted = ["1 = 1"]  # constant texts; all values are bound
    values: list[str | int] = []
    for word in search.casefold().split():
        wanted.append("instr(search, ?) > 0")
        values.append(word)
    if after is not None:
        wanted.append("(created_at, number) < (?, ?)")
        values += [_stored(after.order), after.number]
    rows = connection.execute(
        f"SELECT {_SESSION} FROM session WHERE {' AND '.join(wanted)} "  # noqa: S608
        "ORDER BY created_at DESC, number DESC LIMIT ?",
        (*values, limit + 1),
    ).fetchall()
    lines = tuple(_session_line(row) for row in rows[:limit])
    more = len(rows) > limit and lines
    return SessionPage(lines, Cursor(lines[-1].created_at.isoformat(), lines[-1].number) if more else None)


def _resume(connection: sqlite3.Connection) -> Resume | None:
    for status in (SessionStatus.IN_PROGRESS, SessionStatus.ADJOURNED):  # one at a time, so that the index sorts
        row = connection.execute(
            f"SELECT {_SESSION}, agenda_hash FROM session WHERE status = ? "  # noqa: S608
            "ORDER BY last_activity DESC LIMIT 1",
            (status,),
        ).fetchone()
        if row is not None:
            return _resumed(connection, row)
    return None


def _resumed(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Resume:
    line = _session_line(row[:-1])
    position = _position(connection, line.id)
    outline = connection.execute("SELECT outline FROM agenda WHERE hash = ?", (row[-1],)).fetchone()
    sections = json.loads(outline[0]) if outline else []
    found = enumerate(sections, start=1)
    here = next((one for one in found if position and position.item in one[1][1]), (0, ("", ())))
    return Resume(
        line=line,
        position=position,
        section=here[0],
        sections=len(sections),
        section_title=here[1][0],
        used=_used(connection, line.id),
    )


def _used(connection: sqlite3.Connection, session: str) -> float:
    """Seconds between the clock's events while it ran; one that a kill left running ran until its last heartbeat."""
    rows = connection.execute(
        "SELECT t.id, e.mark, e.at, coalesce(t.ended_at, t.heartbeat) "
        "FROM clock_event e JOIN sitting t ON t.id = e.sitting WHERE t.session = ? ORDER BY t.number, e.sequence",
        (session,),
    ).fetchall()
    used, running = 0.0, False
    for number, (sitting, mark, at, last) in enumerate(rows, start=1):
        next_sitting, _, next_at, _ = rows[number] if number < len(rows) else ("", "", "", None)
        running = mark in ("start", "resume") or (running and mark not in ("pause", "stop"))
        until = next_at if next_sitting == sitting else last
        if running and until:
            used += max(0.0, (_instant(until) - _instant(at)).total_seconds())
        running = running and next_sitting == sitting
    return used


def _position(connection: sqlite3.Connection, session: str) -> AnswerKey | None:
    """Where the last window stood, else where the clock says that the room was."""
    window = connection.execute(
        "SELECT item, subject, respondent FROM \"window\" WHERE session = ? AND item <> '' "
        "ORDER BY seen_at DESC LIMIT 1",
        (session,),
    ).fetchone()
    clock = (
        window
        or connection.execute(
            "SELECT e.item, '', '' FROM clock_event e JOIN sitting t ON t.id = e.sitting "
            "WHERE t.session = ? AND e.item <> '' AND e.mark <> 'extend' "
            "ORDER BY t.number DESC, e.sequence DESC LIMIT 1",
            (session,),
        ).fetchone()
    )
    return AnswerKey(*clock) if clock else None


def _actions(connection: sqlite3.Connection, limit: int) -> tuple[ActionLine, ...]:
    rows = connection.execute(
        f"SELECT {_ACTION} FROM action a LEFT JOIN session s ON s.id = a.session WHERE a.open = 1 "  # noqa: S608
        "ORDER BY a.due_order, a.number LIMIT ?",
        (limit,),
    ).fetchall()
    return tuple(_action_line(row) for row in rows)


def _session_line(row: tuple[Any, ...]) -> SessionLine:
    return SessionLine(
        id=row[0],
        number=row[1],
        title=row[2],
        kind=row[3],
        agenda_id=row[4],
        subjects=tuple(json.loads(row[5])),
        status=SessionStatus(row[6]),
        created_at=_instant(row[7]),
        last_activity=_instant(row[8]),
        answered=row[9],
        asked=row[10],
        actions=row[11],
        risks=row[12],
        verdict=row[13],
    )


def _action_line(row: tuple[Any, ...]) -> ActionLine:
    return ActionLine(
        id=row[0],
        number=row[1],
        title=row[2],
        owner=row[3],
        due=date.fromisoformat(row[4]) if row[4] else None,
        priority=row[5],
        status=ActionStatus(row[6]),
        subject=row[7],
        audience=Audience(row[8]),
        agreed=bool(row[9]),
        session=row[10] or "",
        session_number=row[11],
        session_title=row[12] or "",
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _stored(instant: str) -> str:
    return datetime.fromisoformat(instant).astimezone(UTC).strftime(_STORED)

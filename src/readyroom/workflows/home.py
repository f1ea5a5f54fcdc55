"""What Home shows: where to go on, what wants doing, and all sessions. Read without SQLModel where it can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from readyroom.borders.errors import BorderError
from readyroom.domain.finding import Finding
from readyroom.domain.verdict import verdict_words
from readyroom.domain.vocabulary import ReviewKind, SessionStatus
from readyroom.store.glance import Glance, Resume, glance
from readyroom.workflows.workspace import Workspace

if TYPE_CHECKING:
    from readyroom.store.lines import ActionLine, Cursor
    from readyroom.store.lines import SessionLine as StoredLine

PAGE = 50
_MOST_DUE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session as lists show it; `section` says where an interrupted one stands."""

    id: str
    short_id: str
    day: str
    title: str
    subject: str
    status: str
    verdict: str = ""
    answered: int = 0
    asked: int = 0
    actions: int = 0
    risks: int = 0
    section: str = ""
    last: str = ""
    """When it was last worked on: the time of today, else the day."""
    minutes: int = 0
    """How long its clock has run; of the session to go on with only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """Something to do now. `state` is one word (overdue, due, soon); `target` a session to open, or empty."""

    state: str
    title: str
    detail: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """Everything that Home shows; with a `problem` the rest may be empty."""

    resume: SessionLine | None = None
    due: tuple[DueLine, ...] = ()
    sessions: tuple[SessionLine, ...] = ()
    more: Cursor | None = None
    total: int = 0
    problem: str = ""


def home_view(workspace: Workspace, *, search: str = "", after: Cursor | None = None) -> HomeView:
    """A page of sessions, with what wants doing above it. Whatever is wrong with the database is said, not raised."""
    problem = ""
    if needs_store(workspace):
        try:
            workspace.store()
        except BorderError as error:
            problem = str(error)
    seen = glance(workspace.database_file, today=workspace.today, limit=PAGE, after=after, search=search)
    return HomeView(
        resume=_resume_line(workspace, seen.resume) if seen.resume else None,
        due=tuple(due_lines(seen, workspace.today)),
        sessions=tuple(session_line(workspace, line) for line in seen.sessions.lines),
        more=seen.sessions.after,
        total=seen.total,
        problem=str(seen.problem) if seen.problem else problem,
    )


def needs_store(workspace: Workspace) -> bool:
    """Whether Home must open the store first: a cloned workspace has records or a register, and no database yet."""
    if workspace.database_file.exists():
        return False
    return (workspace.sessions / "register.json").exists() or any(workspace.sessions.glob("*/record.json"))


def due_lines(seen: Glance, today: date) -> Iterator[DueLine]:
    """What wants doing, the most pressing first; actions for facilitators only are counted, never named."""
    named = [line for line in seen.actions if line.due is not None and line.audience == "room"]
    for line in named[:_MOST_DUE]:
        if line.due is not None and line.due < today:
            yield DueLine(state="overdue", title=_named(line), detail=_since(line.due, today), target=line.session)
    for line in named[:_MOST_DUE]:
        if line.due is not None and 0 <= (line.due - today).days <= 7:
            yield DueLine(state="due", title=_named(line), detail=_until(line.due, today), target=line.session)
    if seen.overdue_actions > _MOST_DUE:
        rest = f"{seen.overdue_actions} actions are overdue, {seen.open_actions} open"
        yield DueLine(state="overdue", title=rest, detail="readyroom action list --overdue")


def session_line(workspace: Workspace, line: StoredLine, section: str = "", used: float = 0) -> SessionLine:
    """A stored line in the words and the zone of the workspace."""
    over = line.status in (SessionStatus.FINISHED, SessionStatus.SEALED)
    verdict = verdict_words(ReviewKind(line.kind), Finding(line.verdict)) if over and line.verdict else ""
    return SessionLine(
        id=line.id,
        short_id=line.short,
        day=_day(line.created_at, workspace),
        title=line.title,
        subject=line.subject,
        status=line.status.value,
        verdict=verdict,
        answered=line.answered,
        asked=line.asked,
        actions=line.actions,
        risks=line.risks,
        section=section,
        last=_last(line.last_activity, workspace),
        minutes=round(used / 60),
    )


def _resume_line(workspace: Workspace, resume: Resume) -> SessionLine:
    where = f"section {resume.section} of {resume.sections}, {resume.section_title}" if resume.section else ""
    return session_line(workspace, resume.line, where, resume.used)


def _named(line: ActionLine) -> str:
    owner = f" · {line.owner}" if line.owner else " · nobody yet"
    return f"{line.short} {line.title}{owner}"


def _since(due: date, today: date) -> str:
    days = (today - due).days
    return f"{days} {'day' if days == 1 else 'days'} over"


def _until(due: date, today: date) -> str:
    days = (due - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"{due:%A}")


def _last(instant: datetime, workspace: Workspace) -> str:
    there = instant.astimezone(ZoneInfo(workspace.zone))
    return f"{there:%H:%M}" if there.date() == workspace.today else _day(instant, workspace)


def _day(instant: datetime, workspace: Workspace) -> str:
    day = instant.astimezone(ZoneInfo(workspace.zone)).date()
    if day.year != workspace.today.year:
        return day.isoformat()
    return f"{day.day} {day:%b}"

"""The tables of what a review is: agendas, services, sessions and everything said in them.

Columns carry the names of the domain's fields. Constructors are never called (they check nothing): rows are
written by `saving.py`, and the CHECK constraints stand behind it. Ledger, windows and counters: `ledger.py`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from readyroom.domain.answer import AnswerState, Audience
from readyroom.domain.capture import ActionStatus, Treatment
from readyroom.domain.service import Tier
from readyroom.domain.session import ClockMark, SessionStatus
from readyroom.store.columns import Instant, words

_NOT_HIDDEN = "state <> 'hidden'"


def _not_negative(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative")


class AgendaRow(SQLModel, table=True):
    """An agenda as a session ran with it, under the hash of its canonical JSON."""

    __tablename__ = "agenda"
    hash: str = Field(sa_type=Text, primary_key=True)
    id: str = Field(sa_type=Text)
    version: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    root: str = Field(sa_type=Text)
    questions: int
    """How many answers it asks for about one subject."""
    outline: str = Field(sa_type=Text)
    """Its sections' titles with the ids of their items, as JSON: all that Home needs of it."""
    content: str = Field(sa_type=Text)


class ServiceRow(SQLModel, table=True):
    """A service of the catalog; `key` is its name without case."""

    __tablename__ = "service"
    __table_args__: ClassVar[Any] = (_not_negative("version"),)
    key: str = Field(sa_type=Text, primary_key=True)
    name: str = Field(sa_type=Text)
    tier: Tier | None = Field(sa_type=words(Tier, "tier"))
    owner: str = Field(sa_type=Text)
    operated_by: str = Field(sa_type=Text)
    tags: str = Field(sa_type=Text)
    objectives: str = Field(sa_type=Text)
    version: int


class SessionRow(SQLModel, table=True):
    """A session, and on the same row the projections that lists show."""

    __tablename__ = "session"
    __table_args__: ClassVar[Any] = (
        _not_negative("version"),
        _not_negative("revision"),
        Index("ix_session_page", "created_at", "number"),
        Index("ix_session_resume", "status", "last_activity"),
        Index("ix_session_agenda_root", "agenda_root"),
    )
    id: str = Field(sa_type=Text, primary_key=True)
    number: int = Field(unique=True)
    agenda_id: str = Field(sa_type=Text)
    agenda_version: str = Field(sa_type=Text)
    agenda_root: str = Field(sa_type=Text)
    agenda_hash: str = Field(sa_type=Text, foreign_key="agenda.hash")
    title: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    subjects: str = Field(sa_type=Text)
    status: SessionStatus = Field(sa_type=words(SessionStatus, "status"))
    trigger: str = Field(sa_type=Text)
    zone: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=Instant)
    created_by: str = Field(sa_type=Text)
    finished_at: datetime | None = Field(sa_type=Instant)
    revision: int
    version: int
    search: str = Field(sa_type=Text)
    answered: int
    asked: int
    actions: int
    risks: int
    verdict: str = Field(sa_type=Text)
    last_activity: datetime = Field(sa_type=Instant)


class SubjectRow(SQLModel, table=True):
    """Which sessions were about a service: history is looked up here."""

    __tablename__ = "session_subject"
    __table_args__: ClassVar[Any] = (Index("ix_session_subject_key", "key", "session"),)
    session: str = Field(sa_type=Text, foreign_key="session.id", primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    subject: str = Field(sa_type=Text)
    key: str = Field(sa_type=Text)


class SittingRow(SQLModel, table=True):
    """One stretch of a session."""

    __tablename__ = "sitting"
    __table_args__: ClassVar[Any] = (_not_negative("version"), Index("ix_sitting_session", "session", "number"))
    id: str = Field(sa_type=Text, primary_key=True)
    session: str = Field(sa_type=Text, foreign_key="session.id")
    number: int
    started_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(sa_type=Instant)
    heartbeat: datetime | None = Field(sa_type=Instant)
    version: int


class AttendeeRow(SQLModel, table=True):
    """Somebody at a sitting."""

    __tablename__ = "attendee"
    sitting: str = Field(sa_type=Text, foreign_key="sitting.id", primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    arrived_at: datetime | None = Field(sa_type=Instant)
    left_at: datetime | None = Field(sa_type=Instant)


class ClockEventRow(SQLModel, table=True):
    """An event of a sitting's clock; only ever appended."""

    __tablename__ = "clock_event"
    sitting: str = Field(sa_type=Text, foreign_key="sitting.id", primary_key=True)
    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    mark: ClockMark = Field(sa_type=words(ClockMark, "mark"))
    item: str = Field(sa_type=Text)
    minutes: float


class AnswerRow(SQLModel, table=True):
    """An answer; `value` and `dismissed` are JSON. Value and note have versions of their own."""

    __tablename__ = "answer"
    __table_args__: ClassVar[Any] = (
        _not_negative("value_version"),
        _not_negative("note_version"),
        CheckConstraint(_NOT_HIDDEN, name="hidden_is_derived"),
    )
    session: str = Field(sa_type=Text, foreign_key="session.id", primary_key=True)
    item: str = Field(sa_type=Text, primary_key=True)
    subject: str = Field(sa_type=Text, primary_key=True)
    respondent: str = Field(sa_type=Text, primary_key=True)
    state: AnswerState = Field(sa_type=words(AnswerState, "state"))
    value: str | None = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    evidence: str = Field(sa_type=Text)
    audience: Audience = Field(sa_type=words(Audience, "audience"))
    given_at: datetime | None = Field(sa_type=Instant)
    given_by: str = Field(sa_type=Text)
    prepared_by: str = Field(sa_type=Text)
    dismissed: str = Field(sa_type=Text)
    value_version: int
    note_version: int


class PreparedRow(SQLModel, table=True):
    """An answer written down before the meeting."""

    __tablename__ = "prepared"
    __table_args__: ClassVar[Any] = (
        _not_negative("version"),
        CheckConstraint(_NOT_HIDDEN, name="hidden_is_derived"),
        Index("ix_prepared_session", "session"),
    )
    id: str = Field(sa_type=Text, primary_key=True)
    session: str = Field(sa_type=Text, foreign_key="session.id")
    item: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    respondent: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Instant)
    value: str | None = Field(sa_type=Text)
    state: AnswerState = Field(sa_type=words(AnswerState, "state"))
    reason: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)
    evidence: str = Field(sa_type=Text)
    withdrawn: bool
    version: int


class RoundRow(SQLModel, table=True):
    """A round of votes; `votes` and `named` are JSON, and are told to nobody before the reveal."""

    __tablename__ = "round"
    __table_args__: ClassVar[Any] = (
        _not_negative("version"),
        _not_negative("abstentions"),
        _not_negative("withheld"),
        CheckConstraint("number BETWEEN 1 AND 2", name="two_rounds_at_most"),
        Index("ix_round_session", "session"),
    )
    id: str = Field(sa_type=Text, primary_key=True)
    session: str = Field(sa_type=Text, foreign_key="session.id")
    item: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    respondent: str = Field(sa_type=Text)
    number: int
    openly: bool
    votes: str = Field(sa_type=Text)
    named: str = Field(sa_type=Text)
    abstentions: int
    withheld: int
    expected: int
    opened_at: datetime = Field(sa_type=Instant)
    revealed_at: datetime | None = Field(sa_type=Instant)
    withdrawn: bool
    version: int


class CapturedRow(SQLModel):
    """What all captures share; `session` is NULL for what was added outside any session."""

    id: str = Field(sa_type=Text, primary_key=True)
    session: str | None = Field(sa_type=Text, foreign_key="session.id", index=True)
    number: int = Field(unique=True)
    title: str = Field(sa_type=Text)
    item: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    audience: Audience = Field(sa_type=words(Audience, "audience"))
    at: datetime = Field(sa_type=Instant)
    by: str = Field(sa_type=Text)
    withdrawn: bool
    version: int


class ActionRow(CapturedRow, table=True):
    """An action; `open`, `due_order` and `subject_key` are projections that lists are found by."""

    __tablename__ = "action"
    __table_args__: ClassVar[Any] = (
        _not_negative("version"),
        _not_negative("slips"),
        _not_negative("priority"),
        Index("ix_action_page", "open", "due_order", "number"),
        Index("ix_action_subject_key", "subject_key"),
    )
    owner: str = Field(sa_type=Text)
    due: date | None
    priority: int | None
    status: ActionStatus = Field(sa_type=words(ActionStatus, "status"))
    outcome: str = Field(sa_type=Text)
    slips: int
    agreed: bool
    because: str = Field(sa_type=Text)
    from_rule: str = Field(sa_type=Text)
    open: bool
    due_order: str = Field(sa_type=Text)
    subject_key: str = Field(sa_type=Text)


class RiskRow(CapturedRow, table=True):
    """A risk."""

    __tablename__ = "risk"
    __table_args__: ClassVar[Any] = (
        _not_negative("version"),
        CheckConstraint("worry BETWEEN 1 AND 5", name="worry_in_scale"),
    )
    worry: int | None
    owner: str = Field(sa_type=Text)
    treatment: Treatment = Field(sa_type=words(Treatment, "treatment"))
    because: str = Field(sa_type=Text)
    could: str = Field(sa_type=Text)
    leading_to: str = Field(sa_type=Text)
    from_rule: str = Field(sa_type=Text)


class DecisionRow(CapturedRow, table=True):
    """A decision."""

    __tablename__ = "decision"
    __table_args__: ClassVar[Any] = (_not_negative("version"),)
    decided_by: str = Field(sa_type=Text)


class ParkedRow(CapturedRow, table=True):
    """A parked note."""

    __tablename__ = "parked"
    __table_args__: ClassVar[Any] = (_not_negative("version"),)
    owner: str = Field(sa_type=Text)
    due: date | None


class QuestionRow(CapturedRow, table=True):
    """A question that the agenda did not have."""

    __tablename__ = "question"
    __table_args__: ClassVar[Any] = (_not_negative("version"),)

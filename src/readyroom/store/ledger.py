"""The tables behind the review: counters, aliases, journal, large texts, windows, drafts, written records."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from readyroom.domain.capture import CaptureKind
from readyroom.store.columns import Instant


class MetaRow(SQLModel, table=True):
    """Facts about the workspace, by name."""

    __tablename__ = "meta"
    name: str = Field(sa_type=Text, primary_key=True)
    value: str = Field(sa_type=Text)


class CounterRow(SQLModel, table=True):
    """The last number given out: for sessions, for each kind of capture, for the journal."""

    __tablename__ = "counter"
    __table_args__: ClassVar[Any] = (CheckConstraint("value >= 0", name="value_not_negative"),)
    name: str = Field(sa_type=Text, primary_key=True)
    value: int


class AliasRow(SQLModel, table=True):
    """A short id that something had in the workspace it was imported from."""

    __tablename__ = "alias"
    kind: str = Field(sa_type=Text, primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    entity: str = Field(sa_type=Text, primary_key=True)


class JournalRow(SQLModel, table=True):
    """One step, with what it changed. `mark` tells whether the same step was saved before."""

    __tablename__ = "journal"
    __table_args__: ClassVar[Any] = (
        Index("ix_journal_session", "session", "sequence"),
        Index("ix_journal_window", "window", "sequence"),
    )
    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    mark: str = Field(sa_type=Text, unique=True)
    at: datetime = Field(sa_type=Instant)
    actor: str = Field(sa_type=Text)
    window: str = Field(sa_type=Text)
    session: str = Field(sa_type=Text)
    what: str = Field(sa_type=Text)
    changes: str = Field(sa_type=Text)
    undoes: int | None


class BlobRow(SQLModel, table=True):
    """A long text of the journal, once, under its hash."""

    __tablename__ = "blob"
    hash: str = Field(sa_type=Text, primary_key=True)
    text: str = Field(sa_type=Text)


class WindowRow(SQLModel, table=True):
    """A window on a session and where it stands; saved, never journaled."""

    __tablename__ = "window"
    __table_args__: ClassVar[Any] = (Index("ix_window_session", "session", "seen_at"),)
    id: str = Field(sa_type=Text, primary_key=True)
    session: str = Field(sa_type=Text, foreign_key="session.id")
    actor: str = Field(sa_type=Text)
    host: str = Field(sa_type=Text)
    pid: int
    item: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    respondent: str = Field(sa_type=Text)
    opened_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)


class DraftRow(SQLModel, table=True):
    """Half-typed text of a window's field."""

    __tablename__ = "draft"
    window: str = Field(sa_type=Text, foreign_key="window.id", primary_key=True)
    field: str = Field(sa_type=Text, primary_key=True)
    text: str = Field(sa_type=Text)


class RecordRow(SQLModel, table=True):
    """A revision of a session's record that was written or read."""

    __tablename__ = "record"
    session: str = Field(sa_type=Text, foreign_key="session.id", primary_key=True)
    revision: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    sha256: str = Field(sa_type=Text)
    sealed_at: datetime | None = Field(sa_type=Instant)
    path: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)


NUMBERED = ("journal", "session", *(kind.value for kind in CaptureKind))
"""Names of all counters."""

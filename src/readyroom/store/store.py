"""The store of a workspace as one thing: repository, writer and windows, opened and closed together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, select

from readyroom.domain.agenda import Agenda
from readyroom.domain.capture import Action, Risk
from readyroom.domain.change import Entry
from readyroom.domain.record import Record
from readyroom.store.backup import daily_backup
from readyroom.store.columns import METADATA
from readyroom.store.engine import Database, make_engine, read_database, reading, writing
from readyroom.store.errors import StoreError, in_plain_words
from readyroom.store.listing import count_sessions
from readyroom.store.rebuild import PutRecord, put_captures, put_record
from readyroom.store.repository import Repository
from readyroom.store.schema import prepare
from readyroom.store.windows import Window, Windows
from readyroom.store.writer import Commit, Writer

SESSIONS = "sessions"
DATABASE = "readyroom.db"
BACKUPS = "backups"
WINDOWS = ".windows"


class Store:
    """An open workspace."""

    def __init__(
        self,
        database: Database,
        engine: Engine,
        folder: Path,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        commit: Commit,
    ) -> None:
        self.database = database
        self.repository = Repository(engine)
        self.windows = Windows(engine, folder / WINDOWS, clock=clock, new_id=new_id)
        self.writer = Writer(engine, clock=clock, commit=commit)
        self.folder = folder
        self._engine = engine
        self._clock = clock
        self._watch: sqlite3.Connection | None = None
        self._seen: int | None = None

    def save(self, entry: Entry, *, agendas: Sequence[Agenda] = ()) -> Entry:
        """Save an entry before this returns, for what no meeting waits on.

        Raises:
            Conflict: someone changed one of the entities first.
            StoreError: nothing was saved.
        """
        return self.repository.save(entry, agendas=agendas)

    def entries_of(self, window: Window, *, limit: int = 200) -> tuple[Entry, ...]:
        """The last steps of a window on its session, the oldest first: what can be undone."""
        return self.repository.journal(session=window.session, window=window.id, limit=limit)

    def put_record(self, record: Record, *, sha256: str = "", path: str = "", actor: str = "") -> PutRecord:
        """Take in a session from its record; see `rebuild`."""
        with writing(self._engine) as connection:
            return put_record(connection, record, at=self._clock(), sha256=sha256, path=path, actor=actor)

    def rebuild(self, records: Sequence[Record], captures: Sequence[Action | Risk] = ()) -> tuple[PutRecord, ...]:
        """Fill an empty database from records and the register's captures, all or none.

        Raises:
            StoreError: there are sessions in it already, or it could not be written.
        """
        with writing(self._engine) as connection:
            if self._sequence_in(connection) or count_sessions(connection):
                raise StoreError("the database is not empty", self.database.place, "move it away first")
            put = tuple(put_record(connection, record, at=self._clock()) for record in records)
            put_captures(connection, captures, at=self._clock())
            return put

    def back_up_daily(self) -> Path | None:
        """Make the backup of the day unless it is there; for a thread, where `open_store` was told not to."""
        if self.database.path is None:
            return None
        return daily_backup(self.database.path, self.folder / BACKUPS, self._clock().date())

    # ---- live refresh

    @property
    def sequence(self) -> int:
        """The sequence of the journal's last entry."""
        with reading(self._engine) as connection:
            return self._sequence_in(connection)

    def changes_since(self, sequence: int) -> tuple[Entry, ...]:
        """Entries behind a sequence, the oldest first."""
        return self.repository.journal(after=sequence, limit=None)

    def changed(self) -> bool:
        """Whether anyone (this program's writer included) has saved since the last call; costs microseconds."""
        now = self._data_version()
        before, self._seen = self._seen, now
        return before is not None and before != now

    def _data_version(self) -> int:
        if self.database.path is None:
            return self.sequence
        try:
            if self._watch is None:
                uri = f"{self.database.path.as_uri()}?mode=ro"
                self._watch = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error as error:
            raise in_plain_words(error, self.database.place) from error

    @staticmethod
    def _sequence_in(connection: Connection) -> int:
        counter = METADATA.tables["counter"]
        return int(connection.execute(select(counter.c.value).where(counter.c.name == "journal")).scalar_one())

    def close(self) -> tuple[Entry, ...]:
        """Save what is waiting and let go of everything; gives back what could not be saved."""
        left = self.writer.close()
        self.windows.release_all()
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._engine.dispose()
        return left


def open_store(
    folder: Path,
    *,
    url: str | None = None,
    clock: Callable[[], datetime],
    new_id: Callable[[], str] = lambda: str(uuid4()),
    commit: Commit = Connection.commit,
    back_up: bool = True,
) -> Store:
    """Open the store of the workspace in `folder`, making it if it is not there; upgraded only after a backup.

    `back_up` makes the backup of the day first; `commit` is what ends the writer's transactions.

    Raises:
        StoreError: it is damaged, made by a newer version, or cannot be written.
    """
    sessions = folder / SESSIONS
    database = read_database(url) if url else read_database(sessions / DATABASE)
    for needed in {sessions, database.path.parent if database.path else sessions}:
        _make_folder(needed)
    engine = make_engine(database)
    try:
        prepare(database, engine, clock=clock, backups=sessions / BACKUPS)
        if back_up and database.path is not None:
            daily_backup(database.path, sessions / BACKUPS, clock().date())
    except StoreError:
        engine.dispose()
        raise
    return Store(database, engine, sessions, clock=clock, new_id=new_id, commit=commit)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder cannot be made: {error.strerror}", str(folder), "check the path and its permissions"
        ) from error

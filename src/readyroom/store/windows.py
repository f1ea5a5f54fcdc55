"""The windows on a session: which are open now, and what a window that was killed left behind.

A window is alive while its program holds a lock on a file of its own; the system lets go of it however the
program ends. On other machines (PostgreSQL) a window counts as alive for a while after it was last seen.
"""

from __future__ import annotations

import fcntl
import os
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from readyroom.domain.answer import AnswerKey
from readyroom.store.columns import METADATA
from readyroom.store.engine import reading, writing
from readyroom.store.errors import StoreError

_SEEN_FOR = timedelta(minutes=2)
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A window on a session: who sits there, where it stands, and its half-typed texts by field."""

    id: str
    session: str
    actor: str
    host: str = ""
    pid: int = 0
    position: AnswerKey | None = None
    drafts: Mapping[str, str] = field(default_factory=dict)
    seen_at: datetime
    adopted: bool = False
    """Whether it goes on where a killed one stopped; its changes can still be undone."""


def open_windows(folder: Path) -> int:
    """How many windows of other programs are open on this machine, read off their locks: no database is needed."""
    held = 0
    for lock in folder.glob("*.lock"):
        handle = os.open(lock, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            held += 1
        finally:
            os.close(handle)
    return held


class Windows:
    """The windows of this program, and those of others."""

    def __init__(
        self, engine: Engine, folder: Path, *, clock: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self._engine = engine
        self._folder = folder
        self._clock = clock
        self._new_id = new_id
        self._host = platform.node()
        self._held: dict[str, int] = {}

    def register(self, session: str, actor: str) -> Window:
        """Open a window; the actor's latest one that is dead is gone on with, under its own id.

        Raises:
            StoreError: it could not be written down.
        """
        self._make_folder()
        table = METADATA.tables["window"]
        now = self._clock()
        with writing(self._engine) as connection:
            rows = connection.execute(
                select(table)
                .where(table.c.session == session, table.c.actor == actor)
                .order_by(table.c.seen_at.desc(), table.c.opened_at.desc())
            ).all()
            mine = {"host": self._host, "pid": os.getpid(), "seen_at": now}
            for row in rows:
                if self._may_adopt(row, now):
                    connection.execute(table.update().where(table.c.id == row.id).values(**mine))
                    return self._window(connection, row, adopted=True)
            new = {"id": self._new_id(), "session": session, "actor": actor, "opened_at": now, **mine}
            if not self._take(str(new["id"])):
                raise StoreError("the window's lock is held by another program", str(self._folder), "try again")
            connection.execute(table.insert(), {"item": "", "subject": "", "respondent": "", **new})
            return Window(
                id=str(new["id"]), session=session, actor=actor, host=self._host, pid=os.getpid(), seen_at=now
            )

    def others(self, session: str) -> tuple[Window, ...]:
        """Windows on the session that are open now in other programs."""
        table = METADATA.tables["window"]
        now = self._clock()
        with reading(self._engine) as connection:
            rows = connection.execute(select(table).where(table.c.session == session).order_by(table.c.opened_at)).all()
            return tuple(self._window(connection, row) for row in rows if self._is_alive(row, now))

    def latest(self, session: str) -> Window | None:
        """The window that was last seen on a session, alive or not."""
        table = METADATA.tables["window"]
        with reading(self._engine) as connection:
            row = connection.execute(
                select(table).where(table.c.session == session).order_by(table.c.seen_at.desc()).limit(1)
            ).first()
            return None if row is None else self._window(connection, row)

    def release(self, window: str) -> None:
        """Close a window; what it left can be gone on with."""
        handle = self._held.pop(window, None)
        if handle is not None:
            os.close(handle)

    def release_all(self) -> None:
        """Close all windows of this program."""
        for window in list(self._held):
            self.release(window)

    def _window(self, connection: Connection, row: Any, *, adopted: bool = False) -> Window:
        draft = METADATA.tables["draft"]
        texts = connection.execute(select(draft.c.field, draft.c.text).where(draft.c.window == row.id)).all()
        return Window(
            id=row.id,
            session=row.session,
            actor=row.actor,
            host=row.host,
            pid=row.pid,
            position=AnswerKey(row.item, row.subject, row.respondent) if row.item else None,
            drafts={one.field: one.text for one in texts},
            seen_at=row.seen_at,
            adopted=adopted,
        )

    def _may_adopt(self, row: Any, now: datetime) -> bool:
        if row.id in self._held:
            return True
        if row.host != self._host and now - row.seen_at < _SEEN_FOR:
            return False
        return self._take(row.id)

    def _is_alive(self, row: Any, now: datetime) -> bool:
        if row.id in self._held:
            return False
        if row.host != self._host:
            return bool(now - row.seen_at < _SEEN_FOR)
        try:
            handle = os.open(self._file(row.id), os.O_RDONLY)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._in_words(error) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    def _take(self, window: str) -> bool:
        try:
            handle = os.open(self._file(window), os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise self._in_words(error) from error
        for attempt in range(_TRIES):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:  # held, or only looked at by someone who asks whether it is
                time.sleep(0.01 * (attempt + 1))
            else:
                self._held[window] = handle
                return True
        os.close(handle)
        return False

    def _file(self, window: str) -> Path:
        return self._folder / f"{window}.lock"

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._in_words(error) from error

    def _in_words(self, error: OSError) -> StoreError:
        return StoreError(
            f"the window cannot be marked as open: {error.strerror}", str(self._folder), "check its permissions"
        )

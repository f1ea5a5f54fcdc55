"""The workspace that a command or the app works in: its folder, who is acting, and its store, opened when needed.

Importing this loads neither SQLModel nor Textual: Home is painted before the store is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

from readyroom.borders.configuration import (
    SESSIONS_FOLDER,
    WORKSPACE_FILE,
    Look,
    WorkspaceConfiguration,
    actor_name,
    find_workspace,
    read_user_configuration,
    read_workspace_configuration,
    user_configuration_file,
)
from readyroom.borders.errors import Problem
from readyroom.borders.zone import local_zone

if TYPE_CHECKING:
    from readyroom.store import Store

DATABASE_VARIABLE = "READYROOM_DATABASE"
DATABASE_NAME = "readyroom.db"


def utc_now() -> datetime:
    """The present instant; the one clock of the program unless a caller passes another."""
    return datetime.now(UTC)  # noqa: TID251 - this is that clock


def new_uuid() -> str:
    """A fresh id; the one source of ids of the program unless a caller passes another."""
    return str(uuid4())


@dataclass(slots=True)
class Workspace:
    """A folder with `agendas/` and `sessions/`, and what a person may do in it."""

    folder: Path
    actor: str
    zone: str
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    configuration: WorkspaceConfiguration = field(default_factory=WorkspaceConfiguration)
    look: Look = field(default_factory=Look)
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """What was wrong in the configuration files; never a reason not to start."""
    database: str = ""
    """A database URL; empty means the workspace's own SQLite file."""
    on_close: Callable[[], None] | None = None
    """What is left to do when everything is closed, such as removing a throw-away folder."""
    went_on: set[str] = field(default_factory=set)
    """The sessions that were worked on in windows of this program; their files are brought up to date at the end."""
    _store: Store | None = None

    @property
    def sessions(self) -> Path:
        """Where the database, the records and the backups are."""
        return self.folder / SESSIONS_FOLDER

    @property
    def agendas(self) -> Path:
        """Where the workspace's own agendas are."""
        return self.folder / "agendas"

    @property
    def database_file(self) -> Path:
        """The SQLite file that is used when no URL is given."""
        return self.sessions / DATABASE_NAME

    @property
    def now(self) -> datetime:
        """The present instant, in UTC."""
        return self.clock().astimezone(UTC)

    @property
    def today(self) -> date:
        """Today in the workspace's zone."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def store(self) -> Store:
        """The store, opened at the first call; a cloned workspace gets its database from its records then.

        Raises:
            StoreError: it can't be opened; the text says why and what to do.
        """
        if self._store is None:
            from readyroom.workflows.opening import open_workspace_store

            self._store = open_workspace_store(self)
        return self._store

    def close(self) -> None:
        """Save what is waiting, bring the files of adjourned sessions up to date, and close the store if it is open.

        Raises:
            BorderError: a file could not be written; everything is closed all the same.
        """
        try:
            self._leave_files()
        finally:
            if self._store is not None:
                self._store.close()
                self._store = None
            if self.on_close is not None:
                done, self.on_close = self.on_close, None
                done()

    def _leave_files(self) -> None:
        if self._store is None or not self.went_on or not self._store.writer.flush(5):
            return
        from readyroom.workflows.wrapup import leave_files

        went_on, self.went_on = self.went_on, set()
        leave_files(self, sorted(went_on))


def open_workspace(
    folder: Path | None,
    *,
    environ: Mapping[str, str],
    cwd: Path,
    clock: Callable[[], datetime] = utc_now,
    new_id: Callable[[], str] = new_uuid,
    database: str = "",
) -> Workspace:
    """Find the workspace (`--workspace`, the environment, the nearest folder upwards, else the current one).

    Nothing is written: the folder becomes a workspace with the first session that is saved in it.

    Raises:
        BorderError: the folder that was named is not there.
    """
    found = find_workspace(folder, environ, cwd)
    path = found.path if found else cwd
    user = read_user_configuration(user_configuration_file(environ))
    own = read_workspace_configuration(path / WORKSPACE_FILE)
    return Workspace(
        folder=path,
        actor=actor_name(user, environ),
        zone=own.timezone or local_zone(environ),
        clock=clock,
        new_id=new_id,
        configuration=own,
        look=Look(theme=user.look.theme or own.look.theme, glyphs=user.look.glyphs or own.look.glyphs),
        keys={**own.keys, **user.keys},
        problems=(*user.problems, *own.problems),
        database=database or environ.get(DATABASE_VARIABLE, ""),
    )

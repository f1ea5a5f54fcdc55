"""Looking after the database: where it is, whether it is whole, and making it anew from the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from readyroom.borders.errors import BorderError
from readyroom.records.folder import read_records
from readyroom.records.register import REGISTER_FILE
from readyroom.store import CheckReport
from readyroom.store.backup import backup, restore
from readyroom.store.check import check
from readyroom.store.glance import glance
from readyroom.store.leftover import leftover
from readyroom.store.revisions import HEAD, FileState, file_state
from readyroom.store.store import WINDOWS
from readyroom.store.windows import open_windows
from readyroom.workflows.opening import read_register_of
from readyroom.workflows.workspace import Workspace

BACKUPS = "backups"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseStatus:
    """Where the database is and what is in it."""

    workspace: str
    database: str
    exists: bool
    bytes: int
    schema: str
    sessions: int
    open_actions: int
    records: int
    last_backup: str
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that can be restored."""

    name: str
    made_at: datetime
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did."""

    database: str
    restored: str
    kept_aside: str
    """Where the database that stood there is now; empty if there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildReport:
    """What a rebuild did; `problems` names each record that could not be read."""

    sessions: int
    kept_aside: str
    problems: tuple[str, ...] = ()
    left_behind: int = 0
    """Sessions that only the database kept aside has, such as those that were never ended; 0 if it can't be read."""
    only_there: tuple[str, ...] = ()
    """What only the database kept aside has, or has newer: sessions, answers, captures by their short ids."""


def database_status(workspace: Workspace) -> DatabaseStatus:
    """How the database stands; nothing is opened for writing, nothing is made."""
    path = workspace.database_file
    seen = glance(path, today=workspace.today, limit=1)
    backups = sorted((workspace.sessions / BACKUPS).glob("*.db"))
    problem = seen.problem
    return DatabaseStatus(
        workspace=str(workspace.folder),
        database=workspace.database or str(path),
        exists=path.exists(),
        bytes=path.stat().st_size if path.exists() else 0,
        schema="unknown" if problem else f"{file_state(path).value}, {HEAD}",
        sessions=seen.total,
        open_actions=seen.open_actions,
        records=sum(1 for _ in workspace.sessions.glob("*/record.json")),
        last_backup=backups[-1].name if backups else "",
        problem=str(problem) if problem else "",
    )


def check_database(workspace: Workspace, *, repair: bool = False) -> CheckReport:
    """Look for damage and for counters that do not fit; only the counters are repaired, and only on ask."""
    _needs_file(workspace)
    return check(workspace.database_file, repair=repair)


def backup_database(workspace: Workspace, out: Path | None = None) -> Path:
    """Copy the database as it stands; the copy is checked. No file is written over.

    Raises:
        BorderError: there is no database, or there is a file of that name.
        StoreError: it could not be copied.
    """
    _needs_file(workspace)
    if out is not None and (out.exists() or out.is_symlink()):
        raise BorderError("there is a file of that name already", str(out), "give another name, or remove it first")
    named = f"manual-{workspace.now:%Y-%m-%dT%H%M%SZ}.db"
    return backup(workspace.database_file, out or workspace.sessions / BACKUPS / named)


def list_backups(workspace: Workspace) -> tuple[Backup, ...]:
    """The backups of the workspace, the newest first."""
    found = [(path, path.stat()) for path in (workspace.sessions / BACKUPS).glob("*.db")]
    made = (
        Backup(name=path.name, made_at=datetime.fromtimestamp(stat.st_mtime, UTC), bytes=stat.st_size)
        for path, stat in found
    )
    return tuple(sorted(made, key=lambda one: (one.made_at, one.name), reverse=True))


def restore_database(workspace: Workspace, name: Path) -> Restored:
    """Put a backup (a file, or its name in the backups) in the place of the database, which is kept beside it.

    Raises:
        BorderError: a window is open, or there is no such backup; nothing was changed.
        StoreError: the backup is damaged or of a newer version; nothing was changed.
    """
    if workspace.database:
        raise BorderError("this is done on the server for a shared database", "--database", "use its own tools")
    copy = name if name.is_file() else workspace.sessions / BACKUPS / name.name
    if not copy.is_file():
        raise BorderError("there is no such backup", str(name), "list them: readyroom db restore")
    if file_state(copy) is FileState.NEW:
        raise BorderError("there is nothing in this backup", str(copy), "choose another: readyroom db restore")
    if workspace.database_file.exists() and copy.samefile(workspace.database_file):
        raise BorderError("this is the database itself", str(copy), "name a backup: readyroom db restore")
    workspace.close()
    if open_windows(workspace.sessions / WINDOWS):
        raise BorderError(
            "a session is open in another window", str(workspace.database_file), "close it there first; nothing changed"
        )
    aside = restore(copy, workspace.database_file)
    return Restored(database=str(workspace.database_file), restored=str(copy), kept_aside=str(aside) if aside else "")


def rebuild_database(workspace: Workspace) -> RebuildReport:
    """Make the database anew from the records and the register; the one that was there is kept beside it.

    Raises:
        BorderError: there is nothing to make it from; nothing was changed then.
        StoreError: the new one could not be written; the old one is where `kept_aside` says.
    """
    found = list(read_records(workspace.sessions))
    records = [one.record for one in found if one.record is not None]
    problems = tuple(str(one.problem) for one in found if one.problem is not None)
    register, broken = read_register_of(workspace)
    if broken is not None:
        problems = (*problems, str(broken) if broken.place else f"{workspace.sessions / REGISTER_FILE}: {broken}")
    if not records and not register.captures():
        why = "none of the records can be read" if found else "there are no records"
        raise BorderError(why, str(workspace.sessions), "a finished session writes one; nothing was changed")
    workspace.close()
    before = glance(workspace.database_file, today=workspace.today, limit=1).total
    aside = _put_aside(workspace)
    put = workspace.store()
    # Opening a workspace without a database has read the same records already.
    sessions = put.repository.count_sessions()
    left = max(0, before - sessions)
    only_there = leftover(Path(aside), workspace.database_file) if aside else ()
    return RebuildReport(
        sessions=sessions, kept_aside=aside, problems=problems, left_behind=left, only_there=only_there
    )


def _put_aside(workspace: Workspace) -> str:
    path = workspace.database_file
    if not path.exists():
        return ""
    stem = f"readyroom-{workspace.now:%Y-%m-%dT%H%M%SZ}"
    names = (f"{stem}.db", *(f"{stem}-{number}.db" for number in range(2, 1000)))
    aside = next(one for name in names if not (one := path.with_name(name)).exists())
    path.rename(aside)
    journal = Path(f"{path}-journal")
    if journal.exists():
        # A journal left by a kill belongs to its database: apart, both would be lost.
        journal.rename(Path(f"{aside}-journal"))
    return str(aside)


def _needs_file(workspace: Workspace) -> None:
    if workspace.database:
        raise BorderError("this is done on the server for a shared database", "--database", "use its own tools")
    if not workspace.database_file.exists():
        raise BorderError("there is no database yet", str(workspace.database_file), "start a session: readyroom run")

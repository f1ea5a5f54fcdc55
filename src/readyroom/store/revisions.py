"""Which schemas this program knows, and what a database file holds. Standard library only, nothing is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from enum import Enum
from pathlib import Path

from readyroom.store.errors import StoreError, in_plain_words

REVISIONS = ("0001",)
"""Every revision in order; a test holds it against the migrations."""

HEAD = REVISIONS[-1]


class FileState(Enum):
    """What opening a database has to do first."""

    NEW = "new"
    BEHIND = "behind"
    CURRENT = "current"


def state_of(revision: str | None, place: str) -> FileState:
    """Judge a revision; one that is not known was made by a newer version and is refused."""
    if revision is None:
        return FileState.NEW
    if revision and revision not in REVISIONS:
        raise StoreError(
            f"this database was made by a newer version of readyroom (schema {revision}, known is {HEAD})",
            place,
            "upgrade readyroom; the file was not touched",
            retryable=False,
        )
    return FileState.CURRENT if revision == HEAD else FileState.BEHIND


def revision_of(connection: sqlite3.Connection, place: str) -> str | None:
    """The schema's revision; None for an empty file, "" before the first one. Another program's is refused."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StoreError(
            "this is the database of another program", place, "choose another file with --database", retryable=False
        )
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open an existing file read-only; only a journal that a killed program left makes it open to write.

    Raises:
        sqlite3.Error: it can't be read.
    """
    uri = path.absolute().as_uri()
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=5, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
        connection = sqlite3.connect(f"{uri}?mode=rw", uri=True, timeout=5, isolation_level=None)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
    except sqlite3.Error:
        connection.close()
        raise
    except UnicodeDecodeError as error:  # SQLite quotes the damage, and Python cannot read what it says
        connection.close()
        damaged = sqlite3.DatabaseError("the schema is damaged")
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damaged from error
    return connection


def holds_something(path: Path) -> bool:
    """Whether there is a file with anything in it.

    Raises:
        StoreError: something else stands in its place, or it may not be looked at.
    """
    try:
        if path.is_dir():
            raise StoreError("a folder stands where the database file should be", str(path), "move it away")
        if path.parent.exists() and not path.parent.is_dir():
            raise StoreError("a file stands where the folder should be", str(path.parent), "move it away")
        return path.exists() and path.stat().st_size > 0
    except OSError as error:
        words = f"the database cannot be opened: {error.strerror}"
        raise StoreError(words, str(path), "check the path and its permissions") from error


def file_state(path: Path) -> FileState:
    """Look into a database file without changing it.

    Raises:
        StoreError: it is damaged, another program's, or made by a newer version.
    """
    if not holds_something(path):
        return FileState.NEW
    try:
        with closing(open_to_read(path)) as connection:
            return state_of(revision_of(connection, str(path)), str(path))
    except sqlite3.Error as error:
        raise in_plain_words(error, str(path)) from error

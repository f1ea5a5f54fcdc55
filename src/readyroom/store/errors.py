"""How the store says no, in plain words. No SQLAlchemy: `glance` needs it before that is loaded."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from readyroom.borders.errors import BorderError

if TYPE_CHECKING:
    from readyroom.domain.change import Entity


class StoreError(BorderError):
    """What could not be read or saved. `retryable`: the same may work once the cause is gone."""

    def __init__(self, what: str, place: str = "", fix: str = "", *, retryable: bool = True) -> None:
        super().__init__(what, place, fix)
        self.retryable = retryable


class Conflict(Exception):  # noqa: N818 - it is no fault, the room decides
    """Someone else changed the same thing first; nothing of the entry was written."""

    def __init__(self, theirs: Entity, ours: Entity) -> None:
        self.theirs = theirs
        self.ours = ours
        super().__init__(f"someone changed the same {type(ours).__name__.lower()} first")


DAMAGED = ("the database file is damaged", "leave the file as it is and restore a backup: readyroom db restore")
_SQLITE_WORDS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_NOTADB: (
        "this file is no database, or it is damaged",
        "move it away and rebuild from the records: readyroom db rebuild",
    ),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_READONLY: ("the database may not be written", "give yourself write permission on file and folder"),
    sqlite3.SQLITE_PERM: ("the database may not be opened", "give yourself permission on file and folder"),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room, then try again"),
    sqlite3.SQLITE_CANTOPEN: ("the database cannot be opened", "check that the folder exists and may be written"),
    sqlite3.SQLITE_BUSY: ("another program holds the database", "close the other program, or try again"),
    sqlite3.SQLITE_LOCKED: ("another program holds the database", "close the other program, or try again"),
    sqlite3.SQLITE_IOERR: ("the disk reports an error", "check the disk and its free space, then try again"),
    sqlite3.SQLITE_NOMEM: ("there is not enough memory", "close other programs, then try again"),
}
_UNFIT = {sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH}
_POSTGRES_WORDS: dict[str, tuple[str, str]] = {
    "08": ("the database server cannot be reached", "check the address and that the server runs"),
    "28": ("the database server refuses this user", "check the user, and the password in PGPASSFILE"),
    "3D": ("there is no such database on the server", "create it, or correct the name in the URL"),
    "53": ("the database server is out of room", "make room on the server, then try again"),
    "55": ("another program holds the database", "close the other program, or try again"),
    "57": ("the database server is shutting down", "wait until it runs again, then try again"),
    "40": ("two programs wrote at the same moment", "try again"),
}


def in_plain_words(error: BaseException, place: str) -> StoreError:
    """What a database error means for a person; the original text never shows (it may hold answers)."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        primary = code & 0xFF
        if primary in _UNFIT:
            return StoreError("this does not fit into the database", place, "correct the value", retryable=False)
        if primary in _SQLITE_WORDS:
            return StoreError(_SQLITE_WORDS[primary][0], place, _SQLITE_WORDS[primary][1])
        name = getattr(error, "sqlite_errorname", "an unknown code")
        return StoreError(f"the database reports {name}", place, "check it: readyroom db check", retryable=False)
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str) and state[:2] in _POSTGRES_WORDS:
        return StoreError(_POSTGRES_WORDS[state[:2]][0], place, _POSTGRES_WORDS[state[:2]][1])
    refused = isinstance(state, str) and state[:2] in ("22", "23")
    if refused or type(error).__name__ == "DataError":  # which psycopg raises by itself for a NUL
        return StoreError("this does not fit into the database", place, "correct the value", retryable=False)
    if type(error).__name__ == "OperationalError":  # psycopg says so when there is no connection at all
        return StoreError(_POSTGRES_WORDS["08"][0], place, _POSTGRES_WORDS["08"][1])
    words = f"the database reports {type(error).__name__}"
    return StoreError(words, place, "check it: readyroom db check", retryable=False)

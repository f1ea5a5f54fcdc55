"""Copies of the database that are whole, checked and private; seven daily ones are kept."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from readyroom.borders.errors import BorderError
from readyroom.borders.files import make_private
from readyroom.store.errors import StoreError, in_plain_words
from readyroom.store.revisions import open_to_read

KEPT = 7
"""How many daily backups stay."""


def backup(source: Path, target: Path) -> Path:
    """Copy a database, also while it is written to; `target` is there whole, or not at all.

    Raises:
        StoreError: the source is damaged, or the copy could not be written; earlier backups stay.
    """
    _make_private_folder(target.parent)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    draft.unlink(missing_ok=True)
    try:
        make_private(draft)
        _copy(source, draft)
        draft.replace(target)
        _sync(target.parent)
    except BorderError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(error.what, error.place, error.fix) from error
    except sqlite3.Error as error:
        raise in_plain_words(error, str(source)) from error
    except OSError as error:
        raise StoreError(
            f"the backup cannot be written: {error.strerror}", str(target), "make room, or check the permissions"
        ) from error
    finally:
        for leftover in (draft, Path(f"{draft}-journal")):
            with suppress(OSError):  # it is only a leftover, and its cause is already being told
                leftover.unlink(missing_ok=True)
    return target


def daily_backup(source: Path, folder: Path, today: date) -> Path | None:
    """Make the backup of the day unless it is there; then let go of the oldest beyond seven."""
    if not source.exists() or source.stat().st_size == 0:
        return None
    target = folder / f"daily-{today.isoformat()}.db"
    if target.exists():
        return None
    backup(source, target)
    for old in sorted(folder.glob("daily-????-??-??.db"))[:-KEPT]:
        old.unlink()
    return target


def restore(copy: Path, target: Path) -> Path | None:
    """Put a backup in the place of the database; what was there is kept beside it, and its path returned.

    Raises:
        StoreError: the backup itself is damaged; nothing was changed.
    """
    _check_copy(copy)
    kept = _kept_aside(target) if target.exists() else None
    backup(copy, target)
    return kept


def _kept_aside(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"{path.stem}-replaced-{number}{path.suffix}")).exists():
        number += 1
    os.link(path, kept)
    journal = Path(f"{path}-journal")
    if journal.exists():  # it belongs to the old file; beside another one it would destroy it
        journal.replace(Path(f"{kept}-journal"))
    return kept


def _copy(source: Path, draft: Path) -> None:
    with closing(open_to_read(source)) as old, closing(sqlite3.connect(draft, isolation_level=None)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = TRUNCATE")
    _check_copy(draft)
    handle = os.open(draft, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_copy(path: Path) -> None:
    try:
        with closing(open_to_read(path)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise in_plain_words(error, str(path)) from error
    if verdict != "ok":
        raise StoreError("the database file is damaged", str(path), "use an earlier backup: readyroom db restore")


def _make_private_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder cannot be made: {error.strerror}", str(folder), "check the path and its permissions"
        ) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

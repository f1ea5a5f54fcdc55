"""Where a session's files stand in a workspace: `sessions/<date>-<subject>-<agenda>/` with its record and summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from readyroom.borders.errors import BorderError
from readyroom.borders.filenames import slug
from readyroom.borders.files import in_plain_words, make_folder, read_regular, write_atomic
from readyroom.domain.record import Record
from readyroom.records.canonical import RECORD_LIMIT, peek_session, read_record, record_bytes

RECORD_FILE = "record.json"
SUMMARY_FILE = "summary.md"
_MOST_NAMESAKES = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """One record file of a workspace: the record in it, or the problem with it."""

    path: Path
    record: Record | None = None
    problem: BorderError | None = None


def folder_name(record: Record) -> str:
    """The name that a session's folder wants: `2026-11-22-checkout-reliability-review`."""
    session = record.session
    began = record.sittings[0].started_at if record.sittings else session.created_at
    day = _day(began, session.zone).isoformat()
    subject = f"-{slug(session.subject, 'service')}" if session.subject.strip() else ""
    return f"{day}{subject}-{slug(session.agenda_id, 'session')}"


def session_folder(sessions: Path, record: Record) -> Path:
    """The folder of this session: the one that already holds it, else the first free name (`…`, `…-2`, `…-3`).

    A folder whose record cannot be read counts as somebody else's: it is never written over.
    """
    name = folder_name(record)
    for number in range(1, _MOST_NAMESAKES):
        folder = sessions / (name if number == 1 else f"{name}-{number}")
        if may_hold(folder, record.session.id):
            return folder
    raise BorderError(
        f"there are {_MOST_NAMESAKES} sessions of that name already", str(sessions / name), "tidy the folder up"
    )


def write_session_files(folder: Path, record: Record, summary: str) -> tuple[Path, Path]:
    """Write `record.json` and `summary.md`, each whole or not at all; gives their paths."""
    raw = record_bytes(record)
    make_folder(folder)
    record_path, summary_path = folder / RECORD_FILE, folder / SUMMARY_FILE
    write_atomic(record_path, raw)
    write_atomic(summary_path, summary)
    return record_path, summary_path


def find_records(sessions: Path) -> Iterator[Path]:
    """The record files below a sessions folder, by name; none where the folder is not there yet."""
    if not sessions.is_dir():
        return
    try:
        folders = sorted(one for one in sessions.iterdir() if one.is_dir())
    except OSError as error:
        raise in_plain_words(error, sessions, "list it") from error
    for folder in folders:
        path = folder / RECORD_FILE
        if path.exists() or path.is_symlink():
            yield path


def read_records(sessions: Path) -> Iterator[Found]:
    """Each record of a workspace or the problem with it: one bad file never hides the others."""
    for path in find_records(sessions):
        try:
            yield Found(path, record=read_record_file(path))
        except BorderError as error:
            yield Found(path, problem=error)


def read_record_file(path: Path) -> Record:
    """The record in a file; BorderError names the file."""
    return read_record(read_regular(path, RECORD_LIMIT), str(path))


def _day(moment: datetime, zone: str) -> date:
    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except OverflowError:  # the calendar's first or last day, which no zone can move
        return moment.date()


def may_hold(folder: Path, session: str) -> bool:
    """Whether a session's files may be written there: the folder has no record, or one of this session."""
    path = folder / RECORD_FILE
    if not (path.exists() or path.is_symlink()):
        return not folder.exists() or folder.is_dir()
    try:
        return peek_session(read_regular(path, RECORD_LIMIT), str(path)) == session
    except BorderError:
        # Unreadable: whatever it is, it is not ours to replace.
        return False

"""Carrying a session from one workspace to another, and out of the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from readyroom.borders.errors import BorderError
from readyroom.borders.files import make_folder, read_regular, write_atomic
from readyroom.export.formats import FORMATS
from readyroom.records.canonical import RECORD_LIMIT, read_record, record_bytes
from readyroom.records.folder import RECORD_FILE, may_hold, session_folder
from readyroom.workflows.workspace import Workspace
from readyroom.workflows.wrapup import record_now, refresh_register

EXPORT_FORMATS = ("json", *FORMATS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did. `renumbered` pairs the short ids of the file with those given here."""

    session_id: str
    short_id: str
    unchanged: bool
    renumbered: tuple[tuple[str, str], ...] = ()


def export_session(
    workspace: Workspace,
    session_id: str,
    *,
    formats: tuple[str, ...] = ("json", "md"),
    out: Path | None = None,
    restricted: bool = False,
) -> tuple[Path, ...]:
    """Write a session as it stands, finished or not, into a folder (the session's own unless named).

    Raises:
        BorderError: an unknown format, a folder with the record of another session, or a file that cannot be written.
    """
    record = record_now(workspace, workspace.store().repository.meeting(session_id), restricted=restricted)
    folder = out if out is not None else session_folder(workspace.sessions, record)
    for wanted in formats:
        if wanted not in EXPORT_FORMATS:
            raise BorderError(f"there is no export format {wanted!r}", "", f"choose from {', '.join(EXPORT_FORMATS)}")
    if not may_hold(folder, session_id):
        raise BorderError(
            "the record of another session is in this folder", str(folder / RECORD_FILE), "name another folder"
        )
    make_folder(folder)
    paths = []
    for wanted in formats:
        path = folder / (RECORD_FILE if wanted == "json" else FORMATS[wanted].file)
        write_atomic(path, record_bytes(record) if wanted == "json" else FORMATS[wanted].render(record))
        paths.append(path)
    return tuple(paths)


def import_session(workspace: Workspace, path: Path) -> Imported:
    """Take a record in; the same record again changes nothing, and short ids that clash are given anew.

    Raises:
        BorderError: the file is no record, or a damaged one.
        StoreError: it could not be saved.
    """
    source = path / RECORD_FILE if path.is_dir() else path
    record = read_record(read_regular(source, RECORD_LIMIT), str(source))
    put = workspace.store().put_record(record)
    refresh_register(workspace)
    session = workspace.store().repository.session(record.session.id)
    return Imported(
        session_id=session.id, short_id=f"S-{session.number}", unchanged=put.unchanged, renumbered=put.renumbered
    )

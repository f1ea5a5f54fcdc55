"""Ending a meeting: what it comes to, the minutes, and the files that a team keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from readyroom._version import __version__
from readyroom.borders.errors import BorderError
from readyroom.domain import meeting as steps
from readyroom.domain.change import Entity
from readyroom.domain.clock import next_event, read_clock
from readyroom.domain.meeting import Meeting, Step
from readyroom.domain.outcome import outcome_of
from readyroom.domain.record import Outcome, Record, record_of
from readyroom.domain.session import ClockMark, Session, SessionStatus
from readyroom.store import Conflict, StoreError
from readyroom.workflows.live import LiveMeeting
from readyroom.workflows.saving import save_step
from readyroom.workflows.workspace import Workspace

_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where a session's files were written."""

    folder: Path
    record: Path
    summary: Path


def live_outcome(live: LiveMeeting) -> Outcome:
    """What the meeting comes to as it stands."""
    return outcome_of(live.meeting, live.now)


def record_now(workspace: Workspace, meeting: Meeting, *, restricted: bool = False) -> Record:
    """The record of a meeting as it stands; a finished one carries the instant it was finished."""
    at = meeting.session.finished_at or workspace.now
    return record_of(meeting, outcome_of(meeting, at), program=__version__, at=at, restricted=restricted)


def minutes_text(workspace: Workspace, meeting: Meeting) -> str:
    """The minutes as Markdown."""
    from readyroom.export.markdown import minutes

    return minutes(record_now(workspace, meeting))


def finish(workspace: Workspace, live: LiveMeeting) -> Written:
    """Close the meeting and write its draft minutes and record. Nothing that is missing stops it.

    Raises:
        StoreError: it could not be saved; nothing was closed.
        BorderError: it is finished and saved, but a file could not be written.
    """
    return _end(workspace, live, SessionStatus.FINISHED)


def adjourn(workspace: Workspace, live: LiveMeeting) -> Written:
    """End this sitting with interim minutes; the next sitting goes on where this one stopped. Raises as `finish`."""
    return _end(workspace, live, SessionStatus.ADJOURNED)


def end_session(workspace: Workspace, session_id: str, status: SessionStatus) -> Written:
    """Finish or adjourn a session that no window holds; one that is over gets its files anew. Raises as `finish`."""
    meeting = _closed(workspace, session_id, status)
    with saved_but(f"{_named(meeting.session)} is {meeting.session.status.value} and saved"):
        return write_files(workspace, meeting)


def reopen(workspace: Workspace, session_id: str) -> None:
    """Open a finished session again; its files say so at once, for whoever only has them."""
    meeting = workspace.store().repository.meeting(session_id)
    if not meeting.session.is_over:
        return
    session = replace(meeting.session, status=SessionStatus.ADJOURNED, finished_at=None)
    save_step(workspace, steps.put(meeting, session, "reopened the session"))
    with saved_but(f"{_named(session)} is open again"):
        refresh_files(workspace, session_id)


def write_files(workspace: Workspace, meeting: Meeting) -> Written:
    """Write `record.json` and `summary.md` of a session, and the open register beside all of them.

    They say what the database has: the meeting of a window may lack short ids, and what other windows said.
    """
    from readyroom.export.markdown import minutes
    from readyroom.records.folder import session_folder, write_session_files

    meeting = workspace.store().repository.meeting(meeting.session.id)
    record = record_now(workspace, meeting)
    workspace.store().repository.put_verdict(meeting.session.id, record.outcome.verdict)
    folder = session_folder(workspace.sessions, record)
    record_path, summary_path = write_session_files(folder, record, minutes(record))
    refresh_register(workspace)
    return Written(folder=folder, record=record_path, summary=summary_path)


def refresh_files(workspace: Workspace, session_id: str = "") -> None:
    """Bring the files up to date after a change outside a meeting: the register, and those of a session that has some.

    A session that was never adjourned or finished has no files yet, and gets none here.
    """
    from readyroom.records.folder import RECORD_FILE, session_folder

    if session_id:
        meeting = workspace.store().repository.meeting(session_id)
        folder = session_folder(workspace.sessions, record_now(workspace, meeting))
        if meeting.session.is_over or (folder / RECORD_FILE).exists():
            write_files(workspace, meeting)
            return
    refresh_register(workspace)


def leave_files(workspace: Workspace, session_ids: Iterable[str]) -> None:
    """Write the files of sessions that went on after an adjourn: a clone shall have what was said since.

    Raises:
        BorderError: a file cannot be written; everything is saved in the database all the same.
    """
    from readyroom.records.folder import find_records

    if not any(find_records(workspace.sessions)):
        return
    for session_id in session_ids:
        session = workspace.store().repository.session(session_id)
        with saved_but(f"{_named(session)} is saved"):
            if not session.is_over:
                refresh_files(workspace, session_id)


def refresh_register(workspace: Workspace) -> None:
    """Rewrite the open register after actions or risks have changed."""
    from readyroom.records.register import register_of, write_register

    repository = workspace.store().repository
    write_register(workspace.sessions, register_of(repository.actions(), repository.risks()))


def _end(workspace: Workspace, live: LiveMeeting, status: SessionStatus) -> Written:
    if not live.flush():
        live.retry()
        if not live.flush():
            why = f" ({live.saving.why})" if live.saving.why else ""
            raise StoreError(
                f"what was said last is not saved{why}, so the session stays open",
                _named(live.meeting.session),
                live.saving.fix or "save again, then end it",
            )
    meeting = _closed(workspace, live.meeting.session.id, status, window=live.window.id)
    live.adopt(meeting)
    with saved_but(f"{_named(meeting.session)} is {meeting.session.status.value} and saved"):
        return write_files(workspace, meeting)


@contextmanager
def saved_but(saved: str) -> Iterator[None]:
    """Say of a file that cannot be written what is safe all the same."""
    try:
        yield
    except StoreError:
        raise
    except BorderError as error:
        raise BorderError(f"{saved}, but a file is not written: {error.what}", error.place, error.fix) from error


def _closed(workspace: Workspace, session_id: str, status: SessionStatus, *, window: str = "") -> Meeting:
    """The session, ended as the database has it: what other windows said meanwhile is in it."""
    for _ in range(_TRIES):
        meeting = workspace.store().repository.meeting(session_id)
        if meeting.session.is_over:
            if status is SessionStatus.ADJOURNED:
                raise BorderError(f"it is {meeting.session.status.value}", _named(meeting.session), "reopen it first")
            return meeting
        step = _ending(workspace, meeting, status)
        try:
            save_step(workspace, step, window=window)
        except Conflict:  # another window was faster; what it changed is read, and kept
            continue
        return step.meeting
    raise StoreError("other windows change the session all the time", session_id, "end it once they are quiet")


def _named(session: Session) -> str:
    return f"S-{session.number}" if session.number else session.title


def _ending(workspace: Workspace, meeting: Meeting, status: SessionStatus) -> Step:
    now = workspace.now
    finished = now if status is SessionStatus.FINISHED else None
    entities: list[Entity] = [replace(meeting.session, status=status, finished_at=finished)]
    sitting = meeting.sitting
    if sitting is not None and sitting.ended_at is None:
        running = read_clock((sitting,), now).running
        events = (*sitting.events, next_event(sitting, now, ClockMark.STOP)) if running else sitting.events
        entities.append(replace(sitting, ended_at=now, events=events))
    word = "finished" if status is SessionStatus.FINISHED else "adjourned"
    return steps.put_all(meeting, tuple(entities), f"{word} the session")

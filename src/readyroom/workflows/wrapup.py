"""Ending a meeting: what it comes to, the minutes, and the files that a team keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from readyroom._version import __version__
from readyroom.domain import meeting as steps
from readyroom.domain.change import Entity
from readyroom.domain.clock import next_event, read_clock
from readyroom.domain.meeting import Meeting, Step
from readyroom.domain.outcome import outcome_of
from readyroom.domain.record import Outcome, Record, record_of
from readyroom.domain.session import ClockMark, SessionStatus
from readyroom.workflows.live import LiveMeeting
from readyroom.workflows.saving import save_step
from readyroom.workflows.workspace import Workspace


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
    """Finish or adjourn a session that no window holds; raises as `finish`."""
    meeting = workspace.store().repository.meeting(session_id)
    step = _ending(workspace, meeting, status)
    save_step(workspace, step)
    return write_files(workspace, step.meeting)


def reopen(workspace: Workspace, session_id: str) -> None:
    """Open a finished session again; its files stay until the next finish rewrites them."""
    meeting = workspace.store().repository.meeting(session_id)
    if not meeting.session.is_over:
        return
    session = replace(meeting.session, status=SessionStatus.ADJOURNED, finished_at=None)
    save_step(workspace, steps.put(meeting, session, "reopened the session"))


def write_files(workspace: Workspace, meeting: Meeting) -> Written:
    """Write `record.json` and `summary.md` of a session, and the open register beside all of them."""
    from readyroom.export.markdown import minutes
    from readyroom.records.folder import session_folder, write_session_files

    record = record_now(workspace, meeting)
    workspace.store().repository.put_verdict(meeting.session.id, record.outcome.verdict)
    folder = session_folder(workspace.sessions, record)
    record_path, summary_path = write_session_files(folder, record, minutes(record))
    refresh_register(workspace)
    return Written(folder=folder, record=record_path, summary=summary_path)


def refresh_register(workspace: Workspace) -> None:
    """Rewrite the open register after actions or risks have changed."""
    from readyroom.records.register import register_of, write_register

    repository = workspace.store().repository
    write_register(workspace.sessions, register_of(repository.actions(), repository.risks()))


def _end(workspace: Workspace, live: LiveMeeting, status: SessionStatus) -> Written:
    live.flush()
    step = _ending(workspace, live.meeting, status)
    save_step(workspace, step, window=live.window.id)
    live.adopt(step.meeting)
    return write_files(workspace, step.meeting)


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

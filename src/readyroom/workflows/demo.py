"""The sample workspace: plainly fictional, made anew each time, thrown away afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from readyroom.agendas.find import shipped_folder
from readyroom.borders.configuration import UserConfiguration, actor_name
from readyroom.borders.files import make_folder, write_atomic
from readyroom.borders.zone import local_zone
from readyroom.domain import meeting as steps
from readyroom.domain.capture import ActionStatus
from readyroom.domain.clock import next_event
from readyroom.domain.meeting import Meeting
from readyroom.domain.progress import is_asked, places
from readyroom.domain.session import ClockMark, SessionStatus
from readyroom.workflows.actions import ActionEdit, edit_action, list_actions
from readyroom.workflows.headless import run_headless
from readyroom.workflows.saving import save_step
from readyroom.workflows.setup import make_workspace
from readyroom.workflows.start import start_session
from readyroom.workflows.workspace import Workspace, new_uuid, utc_now
from readyroom.workflows.wrapup import Written, end_session

AGENDA = "reliability-review"
SERVICE = "checkout"
PEOPLE = (("Ana", "facilitator"), ("Bo", "owner"), ("Chidi", "on-call"), ("Dee", "product"))
_UNEVEN = (0.6, 1.3, 0.9, 1.1, 0.8)
"""How long questions take against their share of the section: meetings are never even."""
_LAST_REVIEW = timedelta(days=91)
_FOLLOWED_UP = timedelta(days=30)
_LATE = ("+3w", "+4w", "+5w")
"""New dates of what slipped, seen from the follow-up: one overdue by now, one due this week, one later."""
_BEGAN = timedelta(minutes=37)
"""Longer ago than the questions asked so far took: a clock whose last event lies ahead would stand still."""
_WHOLE_REVIEW = timedelta(minutes=62)


def sample_answers() -> Path:
    """The answers file of the sample review."""
    return shipped_folder() / "samples" / "reliability-review.answers.yaml"


def open_demo(*, keep: bool = False) -> Workspace:
    """An empty throw-away workspace, with no configuration of the user's in it; closing it removes the folder.

    Args:
        keep: Leave the folder where it is, for whoever wants to look at the files.
    """
    folder = Path(mkdtemp(prefix="readyroom-demo-"))
    make_workspace(folder)
    workspace = Workspace(
        folder=folder,
        actor=actor_name(UserConfiguration(), os.environ),
        zone=local_zone(os.environ),
        clock=utc_now,
        new_id=new_uuid,
    )
    if not keep:
        workspace.on_close = lambda: rmtree(folder, ignore_errors=True)
    return workspace


def fill_demo(workspace: Workspace) -> None:
    """Put the sample sessions in: last quarter's review, finished, and this quarter's, broken off in the middle."""
    now = workspace.now
    with _clock_at(workspace, now - _LAST_REVIEW):
        walk_sample(workspace)
    with _clock_at(workspace, now - _FOLLOWED_UP):
        _follow_up(workspace)
    with _clock_at(workspace, now - _BEGAN):
        session_id = start_session(workspace, AGENDA, subjects=(SERVICE,), attendees=PEOPLE)
        run_headless(workspace, session_id, _first_answers())
        _wind_clock(workspace, session_id, share=0.4)


def _follow_up(workspace: Workspace) -> None:
    """What became of last quarter's actions: most are done, a few are late, as in life."""
    for number, action in enumerate(list_actions(workspace)):
        if number % 4:
            edit_action(workspace, action.id, ActionEdit(status=ActionStatus.DONE, outcome="done and verified"))
        else:
            edit_action(workspace, action.id, ActionEdit(due=_LATE[number // 4 % len(_LATE)]))


def walk_demo(workspace: Workspace, export: Path | None = None) -> Written:
    """Walk the sample review as if it ended now; its files go into a folder of choice, else the workspace's own."""
    with _clock_at(workspace, workspace.now - _WHOLE_REVIEW):
        written = walk_sample(workspace)
    if export is None:
        return written
    make_folder(export)
    copied = {path.name: export / path.name for path in (written.record, written.summary)}
    for path in (written.record, written.summary):
        write_atomic(copied[path.name], path.read_bytes())
    return Written(folder=export, record=copied[written.record.name], summary=copied[written.summary.name])


def walk_sample(workspace: Workspace) -> Written:
    """The whole sample review: started, answered from its file, finished, and written down.

    Raises:
        StoreError: it could not be saved.
        BorderError: its files could not be written.
    """
    session_id = start_session(workspace, AGENDA, subjects=(SERVICE,), attendees=PEOPLE)
    run_headless(workspace, session_id, sample_answers(), take_suggestions=True)
    _wind_clock(workspace, session_id)
    return end_session(workspace, session_id, SessionStatus.FINISHED)


def _first_answers() -> str:
    """The sample answers up to the incidents, as a file's text."""
    text = sample_answers().read_text(encoding="utf-8")
    return text[: text.index("\n  slowest-step:")] + "\n"


def _wind_clock(workspace: Workspace, session_id: str, share: float = 1.0) -> None:
    """Give the sitting the clock events of a meeting that took its time, unevenly."""
    meeting = workspace.store().repository.meeting(session_id)
    sitting = meeting.sitting
    if sitting is None:
        return
    asked = [place for place in places(meeting, workspace.today) if is_asked(place.item)]
    at = sitting.started_at
    for number, place in enumerate(asked[: max(1, round(len(asked) * share))]):
        mark = ClockMark.ENTER if number else ClockMark.START
        sitting = replace(sitting, events=(*sitting.events, next_event(sitting, at, mark, place.item.id)))
        at += _time_for(meeting, place.section.id, number)
    if share < 1:
        sitting = replace(sitting, events=(*sitting.events, next_event(sitting, at, ClockMark.PAUSE)))
    save_step(workspace, steps.put(meeting, sitting, "kept the time"))
    workspace.clock = _standing_at(at)


def _time_for(meeting: Meeting, section_id: str, number: int) -> timedelta:
    section = next(one for one in meeting.agenda.sections if one.id == section_id)
    even = section.minutes * 60 / max(1, sum(is_asked(item) for item in section.items))
    return timedelta(seconds=round(even * _UNEVEN[number % len(_UNEVEN)]))


@contextmanager
def _clock_at(workspace: Workspace, instant: datetime) -> Iterator[None]:
    before = workspace.clock
    workspace.clock = _standing_at(instant)
    try:
        yield
    finally:
        workspace.clock = before


def _standing_at(instant: datetime) -> Callable[[], datetime]:
    return lambda: instant

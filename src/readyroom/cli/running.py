"""What `readyroom run` does: find or start the session, take the answers, then the screen or the end."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from readyroom.agendas.answers import load_answers
from readyroom.cli.guard import FINE, complain
from readyroom.cli.invocation import Invocation
from readyroom.cli.printing import counted, on_day, say
from readyroom.domain import meeting as steps
from readyroom.domain.session import SessionStatus
from readyroom.workflows.roster import read_roster, update_roster
from readyroom.workflows.saving import save_step
from readyroom.workflows.start import agenda_named, clean_subjects, start_session, unfinished_session
from readyroom.workflows.triggers import change_trigger, known_trigger

if TYPE_CHECKING:
    from readyroom.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    agenda: str
    services: tuple[str, ...]
    attendees: tuple[str, ...]
    answers: Path | None
    trigger: str
    new: bool


def run_without_screen(workspace: Workspace, wanted: Wanted, *, finish: bool, export_to: Path | None) -> int:
    """Answer from the file and say what came of it.

    Raises:
        BorderError: the agenda or the answers cannot be taken; nothing was started or changed then.
    """
    session_id = _begin(workspace, wanted)
    if finish:
        from readyroom.workflows.wrapup import end_session

        written = end_session(workspace, session_id, SessionStatus.FINISHED)
        say(f"{_short(workspace, session_id)} is finished")
        say(f"wrote {written.summary}")
        say(f"wrote {written.record}")
    else:
        again = shlex.join(["readyroom", "run", wanted.agenda, *_services(workspace, session_id)])
        say(f"{_short(workspace, session_id)} is saved; go on with it: {again}")
    _export(workspace, session_id, export_to)
    return FINE


def run_on_screen(workspace: Workspace, wanted: Wanted, asked: Invocation, *, export_to: Path | None) -> int:
    """Open the app in the session; afterwards export it if asked to."""
    from readyroom.cli.screens import show

    session_id = _begin(workspace, wanted)
    code = show(workspace, asked, session_id)
    if export_to is not None and code == FINE:
        _export(workspace, session_id, export_to)
    return code


def _begin(workspace: Workspace, wanted: Wanted) -> str:
    """The session to go on with, else a new one, with the answers of the file in it."""
    agenda = agenda_named(workspace, wanted.agenda)
    asked_for = known_trigger(agenda, wanted.trigger) if wanted.trigger else ""
    given = load_answers(wanted.answers, agenda) if wanted.answers else None  # first: a wrong file starts nothing
    subjects = clean_subjects(wanted.services or ((given.subject,) if given else ()))
    if given is not None:
        from readyroom.workflows.headless import subject_among

        subject_among(subjects, given)  # answers about another service start nothing either
    people = read_roster("\n".join(wanted.attendees), (one.role for one in agenda.roles)) or (
        given.attendees if given else ()
    )
    session_id = None if wanted.new else unfinished_session(workspace, agenda.id, subjects)
    if session_id is None:
        trigger = asked_for or (given.trigger if given else "")
        session_id = start_session(workspace, agenda, subjects=subjects, attendees=people, trigger=trigger)
    else:
        _tell_going_on(workspace, session_id)
        _add_people(workspace, session_id, people)
        if asked_for:
            change_trigger(workspace, session_id, asked_for)
    if wanted.answers is not None:
        _answer(workspace, session_id, wanted.answers)
    return session_id


def _tell_going_on(workspace: Workspace, session_id: str) -> None:
    session = workspace.store().repository.session(session_id)
    of = f" of {session.subject}" if session.subject else ""
    day = on_day(session.created_at, workspace.zone)
    complain(f"going on with S-{session.number}, {session.title}{of}, begun {day}; --new begins another")


def _add_people(workspace: Workspace, session_id: str, people: tuple[tuple[str, str], ...]) -> None:
    """Put those who were named on the roster of the sitting; nobody is taken off it."""
    if not people:
        return
    meeting = workspace.store().repository.meeting(session_id)
    if meeting.sitting is None:
        return
    there = tuple((person.name, person.role) for person in meeting.sitting.attendees if person.left_at is None)
    attendees = update_roster(meeting.sitting.attendees, (*there, *people), workspace.now)
    sitting = replace(meeting.sitting, attendees=attendees)
    save_step(workspace, steps.put(meeting, sitting, "changed the roster"))


def _answer(workspace: Workspace, session_id: str, answers: Path) -> None:
    from readyroom.workflows.headless import run_headless

    done = run_headless(workspace, session_id, answers)
    say(f"{counted(done.answered, 'answer')}, {counted(done.captured, 'capture')} taken from {answers}")


def _export(workspace: Workspace, session_id: str, folder: Path | None) -> None:
    if folder is None:
        return
    from readyroom.workflows.transfer import export_session

    for path in export_session(workspace, session_id, out=folder):
        say(f"wrote {path}")


def _services(workspace: Workspace, session_id: str) -> list[str]:
    subjects = workspace.store().repository.session(session_id).subjects
    return [word for subject in subjects for word in ("--service", subject)]


def _short(workspace: Workspace, session_id: str) -> str:
    return f"S-{workspace.store().repository.session(session_id).number}"

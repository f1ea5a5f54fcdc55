"""Starting a session, or going on with one that was interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from readyroom.agendas.find import AgendaListing, list_agendas, open_agenda
from readyroom.borders.errors import BorderError
from readyroom.borders.text import clean_line
from readyroom.domain.agenda import Agenda
from readyroom.domain.change import Change, Entry
from readyroom.domain.meeting import Meeting
from readyroom.domain.session import Attendee, Session, Sitting
from readyroom.workflows.live import LiveMeeting
from readyroom.workflows.workspace import Workspace

_SUBJECT_LIMIT = 120


def agenda_listings(workspace: Workspace) -> tuple[AgendaListing, ...]:
    """What can be run here: the workspace's own agendas and the shipped ones."""
    return list_agendas(workspace.folder)


def agenda_named(workspace: Workspace, name: str) -> Agenda:
    """An agenda by id or path; raises AgendaError."""
    return open_agenda(name, workspace.folder)


def start_session(
    workspace: Workspace,
    agenda: str | Agenda,
    *,
    subjects: Iterable[str] = (),
    attendees: Iterable[tuple[str, str]] = (),
    trigger: str = "",
) -> str:
    """Make a session with its first sitting, saved before this returns; gives its id.

    Raises:
        AgendaError: there is no such agenda, or it is broken.
        StoreError: it could not be saved.
    """
    resolved = agenda_named(workspace, agenda) if isinstance(agenda, str) else agenda
    store, now = workspace.store(), workspace.now
    session = Session(
        id=workspace.new_id(),
        agenda_id=resolved.id,
        agenda_version=resolved.version,
        agenda_root=resolved.root or resolved.id,
        agenda_hash=store.repository.keep_agenda(resolved),
        title=resolved.title,
        kind=resolved.kind.value,
        subjects=clean_subjects(subjects),
        trigger=trigger,
        zone=workspace.zone,
        created_at=now,
        created_by=workspace.actor,
    )
    sitting = new_sitting(workspace, session.id, 1, attendees)
    store.save(
        Entry(
            what=f"started {resolved.title}",
            session=session.id,
            actor=workspace.actor,
            window="",
            at=now,
            changes=(Change(None, replace(session, version=1)), Change(None, replace(sitting, version=1))),
        )
    )
    return session.id


def clean_subjects(subjects: Iterable[str]) -> tuple[str, ...]:
    """Subjects as they are kept: one line each, no two alike but for case."""
    cleaned = (clean_line(subject, limit=_SUBJECT_LIMIT).strip() for subject in subjects)
    return tuple({subject.casefold(): subject for subject in cleaned if subject}.values())


def new_sitting(workspace: Workspace, session: str, number: int, attendees: Iterable[tuple[str, str]]) -> Sitting:
    """A sitting that begins now, with those people in the room."""
    now = workspace.now
    people = tuple(Attendee(name=name, role=role, arrived_at=now) for name, role in attendees)
    return Sitting(id=workspace.new_id(), session=session, number=number, started_at=now, attendees=people)


def unfinished_session(workspace: Workspace, agenda_id: str, subjects: Sequence[str]) -> str | None:
    """The newest session of this agenda and these subjects that is not finished."""
    wanted = {subject.casefold() for subject in subjects}
    for session in workspace.store().repository.unfinished_sessions(agenda_id):
        if {subject.casefold() for subject in session.subjects} == wanted:
            return session.id
    return None


def open_live(
    workspace: Workspace, session_id: str, dispatch: Callable[[Callable[[], None]], None], *, run_clock: bool = True
) -> LiveMeeting:
    """The session in a window of one's own: an interrupted one at the same item, an adjourned one in a new sitting.

    Raises:
        BorderError: it is finished, or there is no such session.
        StoreError: it can't be read.
    """
    store = workspace.store()
    meeting = store.repository.meeting(session_id)
    if meeting.session.is_over:
        raise BorderError(
            f"{meeting.session.title} of {meeting.session.subject or 'no service'} is {meeting.session.status.value}",
            f"session S-{meeting.session.number}",
            f"read it: readyroom session show S-{meeting.session.number}",
        )
    alone = not store.windows.others(session_id)
    window = store.windows.register(session_id, workspace.actor)
    live = LiveMeeting(store, meeting, window, clock=workspace.clock, new_id=workspace.new_id, dispatch=dispatch)
    if needs_new_sitting(meeting):
        live.begin_sitting(_next_sitting(workspace, meeting))
    elif alone:
        live.count_downtime_as_pause()
    if run_clock:
        live.start_clock()
    return live


def needs_new_sitting(meeting: Meeting) -> bool:
    """Whether the last sitting has ended: going on is another one, with a clock of its own."""
    return meeting.sitting is None or meeting.sitting.ended_at is not None


def _next_sitting(workspace: Workspace, meeting: Meeting) -> Sitting:
    """The next sitting, to begin with the people of the last one: the roster is corrected faster than retyped."""
    last = meeting.sitting
    people = [(p.name, p.role) for p in last.attendees if p.left_at is None] if last else []
    return new_sitting(workspace, meeting.session.id, len(meeting.sittings) + 1, people)

"""Starting a session, or going on with one that was interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from readyroom.agendas.find import AgendaListing, list_agendas, open_agenda
from readyroom.borders.errors import BorderError
from readyroom.domain import meeting as steps
from readyroom.domain.agenda import Agenda
from readyroom.domain.change import Change, Entry
from readyroom.domain.meeting import Meeting
from readyroom.domain.session import Attendee, Session, SessionStatus, Sitting
from readyroom.store import Conflict, StoreError
from readyroom.workflows.live import LiveMeeting
from readyroom.workflows.saving import save_step
from readyroom.workflows.typed import NAME_LIMIT, kept_line, kept_people
from readyroom.workflows.workspace import Workspace

_TRIES = 3


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
        trigger=kept_line(trigger),
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
    cleaned = (kept_line(subject, limit=NAME_LIMIT) for subject in subjects)
    return tuple({subject.casefold(): subject for subject in cleaned if subject}.values())


def new_sitting(workspace: Workspace, session: str, number: int, attendees: Iterable[tuple[str, str]]) -> Sitting:
    """A sitting that begins now, with those people in the room."""
    now = workspace.now
    people = kept_people(Attendee(name=name, role=role, arrived_at=now) for name, role in attendees)
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
    _refuse_over(store.repository.meeting(session_id))
    alone = not store.windows.others(session_id)
    window = store.windows.register(session_id, workspace.actor)
    try:
        # Read after the window is known: whoever ended it in between must not find it going on here.
        meeting = _sitting_again(workspace, store.repository.meeting(session_id), window.id)
        live = LiveMeeting(store, meeting, window, clock=workspace.clock, new_id=workspace.new_id, dispatch=dispatch)
    except BaseException:
        store.windows.release(window.id)
        raise
    workspace.went_on.add(session_id)
    if alone:
        live.count_downtime_as_pause()
    if run_clock:
        live.start_clock()
    return live


def _refuse_over(meeting: Meeting) -> None:
    if meeting.session.is_over:
        raise BorderError(
            f"{meeting.session.title} of {meeting.session.subject or 'no service'} is {meeting.session.status.value}",
            f"session S-{meeting.session.number}",
            f"read it: readyroom session show S-{meeting.session.number}",
        )


def _sitting_again(workspace: Workspace, meeting: Meeting, window: str) -> Meeting:
    """The meeting with a sitting under way: where the last has ended another one, saved before anybody answers."""
    for _ in range(_TRIES):
        _refuse_over(meeting)
        if not needs_new_sitting(meeting):
            return meeting
        sitting = _next_sitting(workspace, meeting)
        session = replace(meeting.session, status=SessionStatus.IN_PROGRESS)
        step = steps.put_all(meeting, (session, sitting), f"began sitting {sitting.number}")
        try:
            save_step(workspace, step, window=window)
        except Conflict:  # another window has begun it
            meeting = workspace.store().repository.meeting(meeting.session.id)
            continue
        return step.meeting
    raise StoreError("other windows change the session all the time", meeting.session.title, "open it again")


def needs_new_sitting(meeting: Meeting) -> bool:
    """Whether the last sitting has ended: going on is another one, with a clock of its own."""
    return meeting.sitting is None or meeting.sitting.ended_at is not None


def _next_sitting(workspace: Workspace, meeting: Meeting) -> Sitting:
    """The next sitting, to begin with the people of the last one: the roster is corrected faster than retyped."""
    last = meeting.sitting
    people = [(p.name, p.role) for p in last.attendees if p.left_at is None] if last else []
    return new_sitting(workspace, meeting.session.id, len(meeting.sittings) + 1, people)

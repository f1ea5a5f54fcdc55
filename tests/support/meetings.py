"""Builders of agendas, sessions, what is said in them, meetings and records; each part can be named, none must be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from readyroom.domain.agenda import Agenda, Choice, Item, ItemKind, ReviewKind, Section
from readyroom.domain.answer import Answer, AnswerKey, AnswerState, Prepared, Value
from readyroom.domain.capture import Action, Decision, ParkedNote, Question, Risk
from readyroom.domain.change import Change, Entity, Entry, change
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting
from readyroom.domain.record import Outcome, Record, record_of
from readyroom.domain.service import Objective, Service, Tier
from readyroom.domain.session import Attendee, ClockEvent, ClockMark, Session, Sitting

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""When every meeting of the tests begins."""

_PLAIN_KINDS = (
    (ItemKind.CHECK, "pass"),
    (ItemKind.YES_NO, "no"),
    (ItemKind.RATING, 4),
    (ItemKind.NUMBER, 12.5),
    (ItemKind.TEXT, "We page the owner, then the lead."),
    (ItemKind.CHOICE, "blue"),
    (ItemKind.DATE, "2026-12-01"),
    (ItemKind.OWNER, "Ana"),
)


def an_id(name: str) -> str:
    """The UUID that a name always gives."""
    return str(uuid5(NAMESPACE_URL, f"readyroom-test:{name}"))


def minutes_later(minutes: float) -> datetime:
    """An instant after noon."""
    return NOON + timedelta(minutes=minutes)


def make_item(number: int) -> Item:
    """Item `q1`, `q2`, …; kinds take turns."""
    kind = _PLAIN_KINDS[(number - 1) % len(_PLAIN_KINDS)][0]
    choices = (Choice(id="blue", text="Blue"), Choice(id="green", text="Green")) if kind is ItemKind.CHOICE else ()
    return Item(id=f"q{number}", kind=kind, ask=f"Question {number}?", choices=choices)


def a_value(number: int) -> Value:
    """A value that fits `make_item(number)`."""
    value: Value = _PLAIN_KINDS[(number - 1) % len(_PLAIN_KINDS)][1]
    return value


def make_agenda(items: int = 8, sections: int = 2, *, agenda_id: str = "weekly-look", version: str = "1.0.0") -> Agenda:
    """An agenda of plain questions, spread evenly over its sections."""
    per_section = -(-items // sections)
    numbers = list(range(1, items + 1))
    return Agenda(
        id=agenda_id,
        version=version,
        title="Weekly look",
        kind=ReviewKind.RELIABILITY_REVIEW,
        minutes=10.0 * sections,
        root=agenda_id,
        lineage=(f"{agenda_id}@{version}",),
        sections=tuple(
            Section(
                id=f"part{n + 1}",
                title=f"Part {n + 1}",
                minutes=10,
                items=tuple(make_item(i) for i in numbers[n * per_section : (n + 1) * per_section]),
            )
            for n in range(sections)
        ),
    )


def agenda_hash(agenda: Agenda) -> str:
    """The content hash that a session keeps its agenda under."""
    from readyroom.borders.codec import canonical_json, digest, to_plain

    return digest(canonical_json(to_plain(agenda)))


def make_session(
    name: str = "one", *, agenda: Agenda | None = None, subjects: tuple[str, ...] = ("checkout",), **changed: object
) -> Session:
    """A session in progress since noon."""
    agenda = agenda or make_agenda()
    session = Session(
        id=an_id(f"session {name}"),
        agenda_id=agenda.id,
        agenda_version=agenda.version,
        agenda_root=agenda.root,
        agenda_hash=agenda_hash(agenda),
        title=agenda.title,
        kind=agenda.kind.value,
        subjects=subjects,
        zone="Europe/Vienna",
        created_at=NOON,
        created_by="Ana",
        version=1,
    )
    return replace(session, **changed)  # type: ignore[arg-type]


def make_sitting(session: Session, number: int = 1, **changed: object) -> Sitting:
    """A sitting with two people in the room and a running clock."""
    sitting_id = an_id(f"sitting {number} of {session.id}")
    sitting = Sitting(
        id=sitting_id,
        session=session.id,
        number=number,
        started_at=NOON,
        attendees=(Attendee(name="Ana", role="facilitator"), Attendee(name="Bo", role="owner", arrived_at=NOON)),
        events=(
            ClockEvent(sitting=sitting_id, sequence=1, at=NOON, mark=ClockMark.START, item="q1"),
            ClockEvent(sitting=sitting_id, sequence=2, at=minutes_later(2), mark=ClockMark.ENTER, item="q2"),
        ),
        heartbeat=minutes_later(3),
        version=1,
    )
    return replace(sitting, **changed)  # type: ignore[arg-type]


def make_answer(session: Session, number: int = 1, **changed: object) -> Answer:
    """An answer to `q<number>` about the session's first subject, with a note."""
    answer = Answer(
        session=session.id,
        key=AnswerKey(f"q{number}", session.subjects[0] if session.subjects else ""),
        state=AnswerState.ANSWERED,
        value=a_value(number),
        note=f"Note on question {number}",
        given_at=minutes_later(number / 10),
        given_by="Ana",
        value_version=1,
        note_version=1,
    )
    return replace(answer, **changed)  # type: ignore[arg-type]


def make_prepared(session: Session, number: int = 1, by: str = "Bo", **changed: object) -> Prepared:
    """What somebody prepared for `q<number>`."""
    prepared = Prepared(
        id=an_id(f"prepared {number} by {by} in {session.id}"),
        session=session.id,
        key=AnswerKey(f"q{number}", session.subjects[0] if session.subjects else ""),
        by=by,
        at=minutes_later(-60),
        value=a_value(number),
        note="As of last week",
        version=1,
    )
    return replace(prepared, **changed)  # type: ignore[arg-type]


def make_action(session: Session, name: str = "Alert on user errors", **changed: object) -> Action:
    """An open action of Ana's, due in two weeks."""
    action = Action(
        id=an_id(f"action {name} in {session.id}"),
        session=session.id,
        title=name,
        item="q1",
        subject=session.subjects[0] if session.subjects else "",
        at=minutes_later(5),
        by="Ana",
        owner="Ana",
        due=date(2026, 12, 6),
        priority=1,
        version=1,
    )
    return replace(action, **changed)  # type: ignore[arg-type]


def make_risk(session: Session, name: str = "The rollback was never tried", **changed: object) -> Risk:
    """A risk that keeps people up at night."""
    risk = Risk(
        id=an_id(f"risk {name} in {session.id}"),
        session=session.id,
        title=name,
        at=minutes_later(6),
        by="Bo",
        worry=4,
        version=1,
    )
    return replace(risk, **changed)  # type: ignore[arg-type]


def make_decision(session: Session, name: str = "Freeze on Fridays", **changed: object) -> Decision:
    """A decision of the room."""
    decision = Decision(
        id=an_id(f"decision {name} in {session.id}"),
        session=session.id,
        title=name,
        at=minutes_later(7),
        by="Ana",
        decided_by="the room",
        version=1,
    )
    return replace(decision, **changed)  # type: ignore[arg-type]


def make_parked(session: Session, name: str = "Who pays for the second region?", **changed: object) -> ParkedNote:
    """Something for another time."""
    parked = ParkedNote(
        id=an_id(f"parked {name} in {session.id}"),
        session=session.id,
        title=name,
        at=minutes_later(8),
        by="Ana",
        owner="Chidi",
        due=date(2026, 11, 27),
        version=1,
    )
    return replace(parked, **changed)  # type: ignore[arg-type]


def make_question(session: Session, name: str = "Who holds the pager tonight?", **changed: object) -> Question:
    """A question that the agenda did not have."""
    question = Question(
        id=an_id(f"question {name} in {session.id}"),
        session=session.id,
        title=name,
        item="q2",
        at=minutes_later(9),
        by="Bo",
        version=1,
    )
    return replace(question, **changed)  # type: ignore[arg-type]


def make_service(name: str = "checkout", **changed: object) -> Service:
    """A service of the catalog with one objective."""
    service = Service(
        name=name,
        tier=Tier.CRITICAL,
        owner="Team Till",
        operated_by="Team Night",
        tags=("stateful",),
        objectives=(Objective(name="availability", target=99.9),),
        version=1,
    )
    return replace(service, **changed)  # type: ignore[arg-type]


def make_meeting(
    name: str = "one", *, answers: int = 3, items: int = 8, agenda: Agenda | None = None, numbered: bool = True
) -> Meeting:
    """A meeting with some answers and one capture of each sort; `numbered` as the database would hand it out."""
    agenda = agenda or make_agenda(items)
    session = make_session(name, agenda=agenda)
    captures = (
        make_action(session),
        make_risk(session),
        make_decision(session),
        make_parked(session),
        make_question(session),
    )
    if numbered:
        session = replace(session, number=1)
        captures = tuple(replace(one, number=1) for one in captures)  # type: ignore[assignment]
    given = [make_answer(session, number) for number in range(1, answers + 1)]
    return Meeting(
        session=session,
        agenda=agenda,
        sittings=(make_sitting(session),),
        answers={answer.key: answer for answer in given},
        prepared=(make_prepared(session, answers + 1),),
        captures=captures,
        services={"checkout": make_service()},
    )


def make_outcome(verdict: Finding = Finding.OK, words: str = "Nothing stands in the way.") -> Outcome:
    """An outcome without details."""
    return Outcome(verdict=verdict, words=words)


def make_record(meeting: Meeting | None = None, *, restricted: bool = True, program: str = "0.1.0") -> Record:
    """The record of a meeting, an hour after noon."""
    meeting = meeting or make_meeting()
    return record_of(meeting, make_outcome(), program=program, at=minutes_later(60), restricted=restricted)


def make_entry(session: Session | str, *changes: Change, **changed: object) -> Entry:
    """An entry of Ana's first window."""
    entry = Entry(
        what="did something",
        session=session if isinstance(session, str) else session.id,
        actor="Ana",
        window="window-1",
        at=minutes_later(1),
        changes=changes,
    )
    return replace(entry, **changed)  # type: ignore[arg-type]


def entry_of(session: Session | str, entities: Iterable[Entity], **changed: object) -> Entry:
    """An entry that brings new entities in, just as they are."""
    return make_entry(session, *(Change(None, entity) for entity in entities), **changed)


def entry_to(session: Session | str, before: Entity | None, after: Entity, **changed: object) -> Entry:
    """An entry that changes one entity to the next version."""
    return make_entry(session, change(before, after), **changed)

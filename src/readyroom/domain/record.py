"""The record: the whole of a session as one value, which exports render and a workspace is rebuilt from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from readyroom.domain.agenda import Agenda
from readyroom.domain.answer import Answer, AnswerKey, AnswerState, Prepared
from readyroom.domain.audience import for_the_room, unseen_items
from readyroom.domain.capture import Action, Capture, Decision, ParkedNote, Question, Risk
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting
from readyroom.domain.service import Service
from readyroom.domain.session import Session, Sitting
from readyroom.domain.votes import Round, as_told
from readyroom.domain.voting import unrevealed

RECORD_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOutcome:
    """What was concluded about one answer, and why in words."""

    key: AnswerKey
    finding: Finding
    why: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOutcome:
    """A section's verdict, how much of it was answered, and its time in seconds."""

    section: str
    finding: Finding
    answered: int
    asked: int
    planned: float
    used: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something missing at the end, the most important first. `place` is an item id or a capture's short id."""

    what: str
    place: str
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything derived from a session: kept in its record so that readers need no rules of their own."""

    verdict: Finding
    words: str
    sections: tuple[SectionOutcome, ...] = ()
    items: tuple[ItemOutcome, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def of_item(self, key: AnswerKey) -> ItemOutcome | None:
        """The outcome of one question, or None where it was hidden."""
        return next((outcome for outcome in self.items if outcome.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A session with everything that belongs to it. Tuples are in a fixed order, so equal sessions give equal bytes."""

    format: int = RECORD_FORMAT
    program: str
    """The version of readyroom that wrote it."""
    written_at: datetime
    revision: int = 0
    """0 for a draft; a seal makes 1, 2, …"""
    previous: str = ""
    """Digest of the previous sealed revision."""
    session: Session
    agenda: Agenda
    services: tuple[Service, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    answers: tuple[Answer, ...] = ()
    prepared: tuple[Prepared, ...] = ()
    actions: tuple[Action, ...] = ()
    risks: tuple[Risk, ...] = ()
    decisions: tuple[Decision, ...] = ()
    parked: tuple[ParkedNote, ...] = ()
    questions: tuple[Question, ...] = ()
    rounds: tuple[Round, ...] = ()
    """Revealed rounds of votes; of a small room that does not agree only how many voted."""
    outcome: Outcome
    left_out: int = 0
    """How many restricted texts were left out."""
    unrevealed: int = 0
    """How many rounds of votes were left out because nobody has revealed them."""

    def captures(self) -> tuple[Capture, ...]:
        """All captures, type by type."""
        return (*self.actions, *self.risks, *self.decisions, *self.parked, *self.questions)

    def answer(self, key: AnswerKey) -> Answer | None:
        """The answer at a key, or None."""
        return next((answer for answer in self.answers if answer.key == key), None)


def record_of(meeting: Meeting, outcome: Outcome, *, program: str, at: datetime, restricted: bool = False) -> Record:
    """The record of a meeting as it stands; texts for facilitators are left out, and counted, unless asked for.

    Votes that are not revealed are always left out, and counted. What was answered to a question that was taken back
    afterwards is not in it.
    """
    left_out = 0
    if not restricted:
        outcome = _without(outcome, unseen_items(meeting))
        meeting, left_out = for_the_room(meeting)
    known = {question.item_id for question in meeting.questions} | set(meeting.agenda.items_by_id())
    answers = [one for one in meeting.answers.values() if one.key.item in known and not _is_blank(one)]
    prepared = [one for one in meeting.prepared if one.key.item in known and not one.withdrawn]
    return Record(
        program=program,
        written_at=at,
        revision=meeting.session.revision,
        session=meeting.session,
        agenda=meeting.agenda,
        services=tuple(sorted(meeting.services.values(), key=lambda service: service.name)),
        sittings=tuple(sorted(meeting.sittings, key=lambda sitting: (sitting.number, sitting.id))),
        answers=tuple(sorted(answers, key=lambda answer: answer.key)),
        prepared=tuple(sorted(prepared, key=lambda one: (one.at, one.key, one.id))),
        actions=_in_order(meeting.actions),
        risks=_in_order(meeting.risks),
        decisions=_in_order(meeting.decisions),
        parked=_in_order(meeting.parked),
        questions=_in_order(meeting.questions),
        rounds=_told(meeting.rounds, known),
        outcome=outcome,
        left_out=left_out,
        unrevealed=sum(1 for _ in unrevealed(meeting)),
    )


def meeting_of(record: Record) -> Meeting:
    """The meeting that a record was made of; `record_of` of it gives an equal record.

    How many texts and votes were left out is known to the record alone.
    """
    return Meeting(
        session=record.session,
        agenda=record.agenda,
        sittings=record.sittings,
        answers={answer.key: answer for answer in record.answers},
        prepared=record.prepared,
        captures=record.captures(),
        rounds=record.rounds,
        services={service.name: service for service in record.services},
    )


_Captured = TypeVar("_Captured", Action, Risk, Decision, ParkedNote, Question)


def _in_order(captures: Iterable[_Captured]) -> tuple[_Captured, ...]:
    return tuple(sorted(captures, key=lambda one: (one.number is None, one.number or 0, one.at, one.id)))


def _told(rounds: Iterable[Round], known: set[str]) -> tuple[Round, ...]:
    told = (as_told(one) for one in rounds if one.is_revealed and not one.withdrawn and one.key.item in known)
    return tuple(sorted(told, key=lambda one: (one.key, one.number, one.opened_at, one.id)))


def _without(outcome: Outcome, unseen: frozenset[str]) -> Outcome:
    if not unseen:
        return outcome
    return replace(
        outcome,
        items=tuple(one for one in outcome.items if one.key.item not in unseen),
        gaps=tuple(gap for gap in outcome.gaps if gap.place not in unseen),
    )


def _is_blank(answer: Answer) -> bool:
    return answer.state is AnswerState.UNANSWERED and not (answer.note or answer.evidence)

"""What a session comes to: findings, verdicts by section and overall, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from readyroom.domain.agenda import ReviewKind
from readyroom.domain.answer import AnswerState, show_value
from readyroom.domain.capture import ActionStatus, short_id
from readyroom.domain.clock import Timing, read_clock, section_times
from readyroom.domain.finding import Finding, worst
from readyroom.domain.hold import findings
from readyroom.domain.meeting import Meeting
from readyroom.domain.progress import SETTLED, Place, facts_for, is_asked, places
from readyroom.domain.record import Gap, ItemOutcome, Outcome, SectionOutcome
from readyroom.domain.verdict import verdict_words


def outcome_of(meeting: Meeting, now: datetime) -> Outcome:
    """Everything derived from a meeting as it stands."""
    today = meeting.today(now)
    asked = tuple(place for place in places(meeting, today) if is_asked(place.item))
    timing = read_clock(meeting.sittings, now)
    items = _item_outcomes(meeting, asked, timing, now)
    sections = _section_outcomes(meeting, asked, items, timing)
    verdict = _overall(meeting, asked, items)
    return Outcome(
        verdict=verdict,
        words=verdict_words(ReviewKind(meeting.session.kind), verdict),
        sections=sections,
        items=items,
        gaps=tuple(find_gaps(meeting, asked, items)),
    )


def _item_outcomes(meeting: Meeting, asked: Iterable[Place], timing: Timing, now: datetime) -> tuple[ItemOutcome, ...]:
    today = meeting.today(now)
    facts = {subject: facts_for(meeting, subject, today) for subject in meeting.session.subjects or ("",)}
    outcomes = []
    for place in asked:
        own_facts = facts[place.key.subject].with_answer(meeting.answer(place.key))
        verdict = findings(place.item, own_facts)
        outcomes.append(
            ItemOutcome(
                key=place.key,
                finding=verdict.finding,
                why=verdict.why,
                seconds=round(timing.by_item.get(place.key.item, 0.0), 1),
            )
        )
    return tuple(outcomes)


def _section_outcomes(
    meeting: Meeting, asked: tuple[Place, ...], items: tuple[ItemOutcome, ...], timing: Timing
) -> tuple[SectionOutcome, ...]:
    times = {time.section: time for time in section_times(meeting.agenda, timing)}
    outcomes = []
    for section in meeting.agenda.sections:
        inside = [(p, o) for p, o in zip(asked, items, strict=True) if p.section.id == section.id]
        outcomes.append(
            SectionOutcome(
                section=section.id,
                finding=worst(outcome.finding for _, outcome in inside),
                answered=sum(meeting.answer(place.key).state in SETTLED for place, _ in inside),
                asked=len(inside),
                planned=times[section.id].planned,
                used=round(times[section.id].used, 1),
            )
        )
    return tuple(outcomes)


def _overall(meeting: Meeting, asked: tuple[Place, ...], items: tuple[ItemOutcome, ...]) -> Finding:
    """The worst finding; a readiness review with a required question open cannot be called ready."""
    verdict = worst(outcome.finding for outcome in items)
    if meeting.session.kind == ReviewKind.READINESS and any(_is_required_gap(meeting, place) for place in asked):
        return worst((verdict, Finding.BLOCKER))
    return verdict


def _is_required_gap(meeting: Meeting, place: Place) -> bool:
    required = place.item.is_required(meeting.tier(place.key.subject))
    return required and meeting.answer(place.key).state not in SETTLED


def find_gaps(meeting: Meeting, asked: tuple[Place, ...], items: tuple[ItemOutcome, ...]) -> Iterator[Gap]:
    """What is missing, the most important first."""
    yield from _required_gaps(meeting, asked)
    for action in meeting.actions:
        if not action.owner and action.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS):
            yield Gap(what=f"{short_id(action)} “{action.title}” has no owner", place=short_id(action), fix="set owner")
    yield from _finding_gaps(meeting, asked, items)
    for action in meeting.actions:
        if action.due is None and action.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS):
            yield Gap(what=f"{short_id(action)} “{action.title}” has no date", place=short_id(action), fix="set date")
    for action in meeting.actions:
        if not action.agreed:
            what = f"{short_id(action)} “{action.title}” is not yet agreed: {action.owner} was not there"
            yield Gap(what=what, place=short_id(action), fix="ask")
    yield from _open_gaps(meeting, asked)
    for note in meeting.parked:
        if not note.owner:
            yield Gap(what=f"parked “{note.title}” has no owner", place=short_id(note), fix="set owner")
    yield from _role_gaps(meeting)


def _required_gaps(meeting: Meeting, asked: tuple[Place, ...]) -> Iterator[Gap]:
    for place in asked:
        if _is_required_gap(meeting, place):
            state = meeting.answer(place.key).state
            words = "has no answer" if state is AnswerState.UNANSWERED else f"is {state.value}"
            yield Gap(what=f"“{place.item.ask}” is required and {words}", place=place.key.item, fix="answer now")


def _finding_gaps(meeting: Meeting, asked: tuple[Place, ...], items: tuple[ItemOutcome, ...]) -> Iterator[Gap]:
    followed = {capture.item for capture in (*meeting.actions, *meeting.risks)}
    for place, outcome in zip(asked, items, strict=True):
        grave = outcome.finding in (Finding.HIGH, Finding.BLOCKER)
        if grave and place.item.id not in followed:
            value = show_value(place.item, meeting.answer(place.key).value)
            what = f"“{place.item.ask}” ({value}) has neither an action nor a risk"
            yield Gap(what=what, place=place.key.item, fix="add an action")


def _open_gaps(meeting: Meeting, asked: tuple[Place, ...]) -> Iterator[Gap]:
    words = {
        AnswerState.DISPUTED: "is disputed",
        AnswerState.UNKNOWN: "is unknown",
        AnswerState.SKIPPED: "was skipped",
        AnswerState.UNANSWERED: "was not answered",
    }
    for state, word in words.items():
        for place in asked:
            answer = meeting.answer(place.key)
            if answer.state is state and not _is_required_gap(meeting, place):
                yield Gap(what=f"“{place.item.ask}” {word}", place=place.key.item, fix="answer now")


def _role_gaps(meeting: Meeting) -> Iterator[Gap]:
    roles = [person.role for sitting in meeting.sittings for person in sitting.attendees]
    for wanted in meeting.agenda.roles:
        if roles.count(wanted.role) < wanted.least:
            yield Gap(what=f"nobody was there as {wanted.role}", place="", fix="note it")

"""What a session comes to: findings, verdicts by section and overall, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from readyroom.domain.agenda import ReviewKind
from readyroom.domain.clock import Timing, read_clock, section_times
from readyroom.domain.finding import Finding, worst
from readyroom.domain.gaps import find_gaps, is_required_gap
from readyroom.domain.meeting import Meeting, agenda_as_run
from readyroom.domain.progress import SETTLED, Place, facts_for, is_asked, places, verdict_from
from readyroom.domain.record import ItemOutcome, Outcome, SectionOutcome
from readyroom.domain.verdict import verdict_words

__all__ = ["find_gaps", "outcome_of", "verdict_words"]


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
        verdict = verdict_from(meeting, place.key, place.item, facts[place.key.subject])
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
    inside: dict[str, list[ItemOutcome]] = {}
    for place, outcome in zip(asked, items, strict=True):
        inside.setdefault(place.section.id, []).append(outcome)
    outcomes = []
    for time in section_times(agenda_as_run(meeting), timing):
        own = inside.get(time.section, [])
        outcomes.append(
            SectionOutcome(
                section=time.section,
                finding=worst(outcome.finding for outcome in own),
                answered=sum(meeting.answer(outcome.key).state in SETTLED for outcome in own),
                asked=len(own),
                planned=time.planned,
                used=round(time.used, 1),
            )
        )
    return tuple(outcomes)


def _overall(meeting: Meeting, asked: tuple[Place, ...], items: tuple[ItemOutcome, ...]) -> Finding:
    """The worst finding; a readiness review with a required question open cannot be called ready."""
    verdict = worst(outcome.finding for outcome in items)
    if meeting.session.kind == ReviewKind.READINESS and any(is_required_gap(meeting, place) for place in asked):
        return worst((verdict, Finding.BLOCKER))
    return verdict

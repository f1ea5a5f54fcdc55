"""Where a meeting stands: the questions it asks, in order, and the state of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from readyroom.domain.agenda import Item, ItemKind, Section
from readyroom.domain.answer import Answer, AnswerKey, AnswerState
from readyroom.domain.condition import Condition
from readyroom.domain.hold import Facts, ItemVerdict, findings, holds
from readyroom.domain.meeting import Meeting, keys_of, sections_with_questions
from readyroom.domain.service import Service

SETTLED = frozenset({AnswerState.ANSWERED, AnswerState.NOT_APPLICABLE})
"""States that leave nothing to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """One question in the order of the meeting."""

    key: AnswerKey
    section: Section
    item: Item


def places(meeting: Meeting, today: date) -> tuple[Place, ...]:
    """Every question that is asked, in order; those whose conditions do not hold are left out."""
    facts: dict[str, Facts] = {}

    def asked(condition: Condition | None, subject: str) -> bool:
        if condition is None:
            return True
        if subject not in facts:
            facts[subject] = facts_for(meeting, subject, today)
        return bool(holds(condition, facts[subject]))

    found = []
    for section in sections_with_questions(meeting):
        for item in section.items:
            for key in keys_of(meeting, item):
                if asked(section.when, key.subject) and asked(item.when, key.subject):
                    found.append(Place(key, section, item))
    return tuple(found)


def facts_for(meeting: Meeting, subject: str, today: date) -> Facts:
    """What conditions and rules may look at, for one subject."""
    answers = {key.item: answer for key, answer in meeting.answers.items() if key.subject == subject}
    return Facts(
        answers=answers,
        items={item.id: item for item in meeting.agenda.items()},
        service=meeting.services.get(subject) or (Service(name=subject) if subject else None),
        trigger=meeting.session.trigger,
        today=today,
    )


def verdict_at(meeting: Meeting, key: AnswerKey, today: date) -> ItemVerdict | None:
    """What the rules conclude about one answer and suggest for it; None for an unknown item."""
    item = meeting.item(key.item)
    if item is None:
        return None
    facts = facts_for(meeting, key.subject, today)
    if key.item in facts.answers:
        facts = facts.with_answer(meeting.answer(key))
    return findings(item, facts)


def state_of(meeting: Meeting, key: AnswerKey) -> AnswerState:
    """The state of a question: unanswered ones with something prepared are `prepared`."""
    state = meeting.answer(key).state
    if state is AnswerState.UNANSWERED and meeting.prepared_for(key):
        return AnswerState.PREPARED
    return state


def is_asked(item: Item) -> bool:
    """Whether an item wants an answer at all."""
    return item.kind is not ItemKind.INFO


def is_open(answer: Answer) -> bool:
    """Whether the question still wants an answer."""
    return answer.state not in SETTLED


def next_open(asked: tuple[Place, ...], meeting: Meeting, after: AnswerKey | None = None) -> Place | None:
    """The first unanswered question behind `after`, or from the start."""
    keys = [place.key for place in asked]
    start = keys.index(after) + 1 if after in keys else 0
    for place in (*asked[start:], *asked[:start]):
        if is_asked(place.item) and meeting.answer(place.key).state is AnswerState.UNANSWERED:
            return place
    return None

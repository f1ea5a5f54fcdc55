"""Where a meeting stands: the questions it asks, in order, and the state of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from readyroom.domain.agenda import Item, ItemKind, Section
from readyroom.domain.answer import Answer, AnswerKey, AnswerState
from readyroom.domain.condition import Condition, items_named
from readyroom.domain.finding import Finding
from readyroom.domain.hold import Facts, ItemVerdict, VoteSummary, findings, holds
from readyroom.domain.meeting import Meeting, keys_of, sections_with_questions
from readyroom.domain.service import Service
from readyroom.domain.sides import is_sealed
from readyroom.domain.tally import summary_of

SETTLED = frozenset({AnswerState.ANSWERED, AnswerState.NOT_APPLICABLE})
"""States that leave nothing to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """One question in the order of the meeting."""

    key: AnswerKey
    section: Section
    item: Item


@dataclass(frozen=True, slots=True)
class _Asking:
    """A condition for one subject, and the answers it looks at; None where it looks at more than answers."""

    condition: Condition
    subject: str
    looks_at: tuple[AnswerKey, ...] | None


@dataclass(frozen=True, slots=True)
class _Layout:
    """All questions before conditions are weighed. `needs` says for each place which of `askings` must hold."""

    places: tuple[Place, ...]
    needs: tuple[tuple[int, ...], ...]
    askings: tuple[_Asking, ...]
    weighed: dict[int, tuple[object, bool]] = field(default_factory=dict, compare=False)
    """What each asking came to, with what it had looked at: weighing thousands anew at each key would be felt."""


def places(meeting: Meeting, today: date) -> tuple[Place, ...]:
    """Every question that is asked, in order; those whose conditions do not hold are left out."""
    asked_since = tuple((question.item, question.id, question.title) for question in meeting.questions)
    layout = meeting.agenda.kept((meeting.session.subjects, asked_since), lambda: _lay_out(meeting))
    if not layout.askings:
        return layout.places
    facts: dict[str, Facts] = {}
    holding = [_holds_now(layout, number, meeting, today, facts) for number in range(len(layout.askings))]
    return tuple(
        place for place, needs in zip(layout.places, layout.needs, strict=True) if all(holding[n] for n in needs)
    )


def _lay_out(meeting: Meeting) -> _Layout:
    found: list[Place] = []
    needs: list[tuple[int, ...]] = []
    askings: dict[tuple[int, str], _Asking] = {}
    numbers: dict[tuple[int, str], int] = {}
    for section in sections_with_questions(meeting):
        for item in section.items:
            for key in keys_of(meeting, item):
                found.append(Place(key, section, item))
                own: list[int] = []
                for condition in (section.when, item.when):
                    if condition is not None:
                        which = (id(condition), key.subject)
                        if which not in askings:
                            numbers[which] = len(askings)
                            askings[which] = _Asking(condition, key.subject, _looks_at(condition, meeting, key.subject))
                        own.append(numbers[which])
                needs.append(tuple(own))
    return _Layout(tuple(found), tuple(needs), tuple(askings.values()))


def _looks_at(condition: Condition, meeting: Meeting, subject: str) -> tuple[AnswerKey, ...] | None:
    names = items_named(condition)
    if names is None:
        return None
    keys = []
    for name in sorted(names):
        item = meeting.agenda.item(name)
        keys += [AnswerKey(name, subject, respondent) for respondent in (item.respondents if item else ()) or ("",)]
    return tuple(keys)


def _holds_now(layout: _Layout, number: int, meeting: Meeting, today: date, facts: dict[str, Facts]) -> bool:
    asking = layout.askings[number]
    seen: object = None
    if asking.looks_at is not None:
        said = tuple(meeting.answers.get(key) for key in asking.looks_at)
        seen = (said, meeting.services.get(asking.subject), meeting.session.trigger, today)
        known = layout.weighed.get(number)
        if known is not None and known[0] == seen:
            return known[1]
    if asking.subject not in facts:
        facts[asking.subject] = facts_for(meeting, asking.subject, today)
    result = bool(holds(asking.condition, facts[asking.subject]))
    if seen is not None:
        layout.weighed[number] = (seen, result)
    return result


def facts_for(meeting: Meeting, subject: str, today: date) -> Facts:
    """What conditions and rules may look at, for one subject.

    Of several sides' answers to one item the first in the item's order counts that was really answered.
    """
    answers: dict[str, Answer] = {}
    sides: set[str] = set()
    for key, answer in meeting.answers.items():
        if key.subject == subject:
            if key.respondent:
                sides.add(key.item)
            else:
                answers[key.item] = answer
    for name in sides:
        item = meeting.agenda.item(name)
        given = [meeting.answers.get(AnswerKey(name, subject, one)) for one in (item.respondents if item else ())]
        said = [answer for answer in given if answer is not None]
        if said:
            answers[name] = next((answer for answer in said if answer.state is AnswerState.ANSWERED), said[0])
    return Facts(
        answers=answers,
        items=meeting.agenda.items_by_id(),
        service=meeting.services.get(subject) or (Service(name=subject) if subject else None),
        trigger=meeting.session.trigger,
        today=today,
        votes=_votes_on(meeting, subject),
    )


def _votes_on(meeting: Meeting, subject: str, respondent: str | None = None) -> dict[str, VoteSummary]:
    """The latest revealed round on each item that may be told; of several sides the one that revealed last."""
    told: dict[str, VoteSummary] = {}
    revealed = [one for one in meeting.rounds if one.revealed_at is not None and not one.withdrawn]
    for one in sorted(revealed, key=lambda one: (one.revealed_at, one.number, one.id)):
        key = one.key
        if key.subject == subject and respondent in (None, key.respondent) and (item := meeting.item(key.item)):
            told.pop(key.item, None)
            if (summary := summary_of(item, one)) is not None:
                told[key.item] = summary
    return told


def verdict_at(meeting: Meeting, key: AnswerKey, today: date) -> ItemVerdict | None:
    """What the rules conclude about one answer and suggest for it; None for an unknown item."""
    item = meeting.item(key.item)
    if item is None:
        return None
    return verdict_from(meeting, key, item, facts_for(meeting, key.subject, today))


def verdict_from(meeting: Meeting, key: AnswerKey, item: Item, facts: Facts) -> ItemVerdict:
    """What the rules make of one answer, given the facts of its subject: nothing while other sides are awaited."""
    if is_sealed(meeting, key):
        return ItemVerdict(finding=Finding.UNRATED)
    return findings(item, facts_at(meeting, key, facts))


def facts_at(meeting: Meeting, key: AnswerKey, facts: Facts) -> Facts:
    """The facts of a subject, with the answer and the votes at this key as those that its item's rules look at."""
    if key.respondent and any(one.key.item == key.item for one in meeting.rounds):
        others = {name: votes for name, votes in facts.votes.items() if name != key.item}
        own_votes = _votes_on(meeting, key.subject, key.respondent).get(key.item)
        facts = replace(facts, votes=others if own_votes is None else {**others, key.item: own_votes})
    own = meeting.answers.get(key)
    if facts.answers.get(key.item) is own:
        return facts
    return facts.with_answer(meeting.answer(key))


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
    start = next((at + 1 for at, place in enumerate(asked) if place.key == after), 0)
    for place in (*asked[start:], *asked[:start]):
        said = meeting.answers.get(place.key)
        if is_asked(place.item) and (said is None or said.state is AnswerState.UNANSWERED):
            return place
    return None

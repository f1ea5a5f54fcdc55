"""What is missing at the end of a meeting, the most important first. Nothing here stops a meeting from ending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from readyroom.domain.agenda import columns_of
from readyroom.domain.answer import AnswerKey, AnswerState, Audience
from readyroom.domain.capture import Action, ActionStatus, ParkedNote, short_id
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting
from readyroom.domain.mush import mush_in
from readyroom.domain.progress import SETTLED, Place
from readyroom.domain.record import Gap, ItemOutcome
from readyroom.domain.sides import is_sealed
from readyroom.domain.voting import unrevealed

_OPEN = frozenset({ActionStatus.OPEN, ActionStatus.IN_PROGRESS})
_FEW = 3
"""Up to so many open questions are named one by one; more of them are counted by section."""


def find_gaps(meeting: Meeting, asked: tuple[Place, ...], items: tuple[ItemOutcome, ...]) -> Iterator[Gap]:
    """What is missing, the most important first; titles meant for facilitators are left out."""
    prepared = {one.key: one.by for one in meeting.prepared if not one.withdrawn}
    open_actions = [action for action in meeting.actions if action.status in _OPEN]
    yield from _required_gaps(meeting, asked, prepared)
    for action in open_actions:
        if not action.owner:
            yield Gap(what=f"No owner: {_named(action)}", place=short_id(action), fix="set owner")
    yield from _finding_gaps(meeting, asked, items)
    yield from _vote_gaps(meeting)
    for action in open_actions:
        if action.due is None:
            yield Gap(what=f"No date: {_named(action)}", place=short_id(action), fix="set date")
    for action in open_actions:
        if not action.agreed:
            what = f"Not yet agreed, {action.owner} was not there: {_named(action)}"
            yield Gap(what=what, place=short_id(action), fix="ask")
    yield from _evidence_gaps(meeting, asked)
    yield from _vague_gaps(meeting, asked)
    yield from _open_gaps(meeting, asked, prepared)
    yield from _cell_gaps(meeting, asked)
    for note in meeting.parked:
        if not note.owner:
            yield Gap(what=f"Parked without an owner: {_named(note)}", place=short_id(note), fix="set owner")
    yield from _role_gaps(meeting)


def is_required_gap(meeting: Meeting, place: Place) -> bool:
    """Whether the question must be answered for a service of this tier, and is not."""
    required = place.item.is_required(meeting.tier(place.key.subject))
    return required and meeting.answer(place.key).state not in SETTLED


def _named(capture: Action | ParkedNote) -> str:
    if capture.audience is not Audience.ROOM:
        return f"{short_id(capture)} (for facilitators)"
    return f"{short_id(capture)} “{capture.title}”"


def _asked(meeting: Meeting, place: Place) -> str:
    """The question in quotes, with its side and subject where a session has several."""
    restricted = any(q.item_id == place.item.id and q.audience is not Audience.ROOM for q in meeting.questions)
    words = "a question for facilitators" if restricted else f"“{place.item.ask}”"
    subject = place.key.subject if len(meeting.session.subjects) > 1 else ""
    about = ", ".join(part for part in (subject, place.key.respondent) if part)
    return f"{words} ({about})" if about else words


def _required_gaps(meeting: Meeting, asked: tuple[Place, ...], prepared: Mapping[AnswerKey, str]) -> Iterator[Gap]:
    for place in asked:
        if is_required_gap(meeting, place):
            state = meeting.answer(place.key).state
            words = state.value
            if state is AnswerState.UNANSWERED:
                by = prepared.get(place.key)
                words = f"only prepared by {by}" if by else "no answer"
            yield Gap(what=f"Required, {words}: {_asked(meeting, place)}", place=place.key.item, fix="answer now")


def _finding_gaps(meeting: Meeting, asked: tuple[Place, ...], items: tuple[ItemOutcome, ...]) -> Iterator[Gap]:
    followed = {
        (capture.item, capture.subject)
        for capture in (*meeting.actions, *meeting.risks)
        if not (isinstance(capture, Action) and capture.status is ActionStatus.DROPPED)
    }
    for place, outcome in zip(asked, items, strict=True):
        grave = outcome.finding in (Finding.HIGH, Finding.BLOCKER)
        if grave and followed.isdisjoint(((place.key.item, place.key.subject), (place.key.item, ""))):
            what = f"{outcome.finding.capitalize()}, with neither an action nor a risk: {_asked(meeting, place)}"
            yield Gap(what=what, place=place.key.item, fix="add an action")


def _vote_gaps(meeting: Meeting) -> Iterator[Gap]:
    for one in unrevealed(meeting):
        item = meeting.item(one.key.item)
        if item is not None:
            votes = "1 vote" if one.handed_in == 1 else f"{one.handed_in} votes"
            yield Gap(what=f"{votes} never revealed: “{item.ask}”", place=item.id, fix="reveal")


def _evidence_gaps(meeting: Meeting, asked: tuple[Place, ...]) -> Iterator[Gap]:
    for place in asked:
        wanted, answer = place.item.evidence, meeting.answer(place.key)
        if wanted is None or answer.state is not AnswerState.ANSWERED or answer.evidence:
            continue
        if meeting.tier(place.key.subject) in wanted.required:
            what = f"No evidence: {_asked(meeting, place)}"
            yield Gap(what=what, place=place.key.item, fix="add evidence")


def _vague_gaps(meeting: Meeting, asked: tuple[Place, ...]) -> Iterator[Gap]:
    for place in asked:
        if not is_sealed(meeting, place.key) and mush_in(place.item, meeting.answer(place.key)):
            yield Gap(what=f"Vague: {_asked(meeting, place)}", place=place.key.item, fix="answer now")


def _open_gaps(meeting: Meeting, asked: tuple[Place, ...], prepared: Mapping[AnswerKey, str]) -> Iterator[Gap]:
    words = {
        AnswerState.DISPUTED: "Disputed",
        AnswerState.UNKNOWN: "Unknown",
        AnswerState.SKIPPED: "Skipped",
    }
    optional = [place for place in asked if not is_required_gap(meeting, place)]
    states = {place.key: meeting.answer(place.key).state for place in optional}
    for state, word in words.items():
        for place in optional:
            if states[place.key] is state:
                yield Gap(what=f"{word}: {_asked(meeting, place)}", place=place.key.item, fix="answer now")
    silent = [place for place in optional if states[place.key] is AnswerState.UNANSWERED]
    only_prepared = [place for place in silent if place.key in prepared]
    never_asked = [place for place in silent if place.key not in prepared]
    yield from _counted(meeting, only_prepared, "prepared, but not confirmed")
    yield from _counted(meeting, never_asked, "not answered")


def _counted(meeting: Meeting, silent: Iterable[Place], words: str) -> Iterator[Gap]:
    """Each question by itself while there are few; else one line a section that has more than one."""
    silent = list(silent)
    for _, group in groupby(silent, key=lambda place: place.section.id):
        inside = list(group)
        if len(silent) > _FEW and len(inside) > 1:
            what = f"{len(inside)} optional questions {words}: {inside[0].section.title}"
            yield Gap(what=what, place=inside[0].key.item, fix="answer now")
        else:
            for place in inside:
                yield Gap(
                    what=f"{words.capitalize()}: {_asked(meeting, place)}", place=place.key.item, fix="answer now"
                )


def _cell_gaps(meeting: Meeting, asked: tuple[Place, ...]) -> Iterator[Gap]:
    for place in asked:
        rows = meeting.answer(place.key).value
        if not isinstance(rows, tuple):
            continue
        for column in columns_of(place.item):
            lacking = sum(isinstance(row, Mapping) and column.id not in row for row in rows)
            if column.required and lacking:
                count = "1 row" if lacking == 1 else f"{lacking} rows"
                what = f"{count.capitalize()} without {column.title}: {_asked(meeting, place)}"
                yield Gap(what=what, place=place.key.item, fix="fill in")


def _role_gaps(meeting: Meeting) -> Iterator[Gap]:
    people = {(person.role, person.name) for sitting in meeting.sittings for person in sitting.attendees}
    if not people:
        if any(wanted.least for wanted in meeting.agenda.roles):
            yield Gap(what="Nobody is on the roster", place="", fix="note it")
        return
    for wanted in meeting.agenda.roles:
        there = sum(role == wanted.role for role, _ in people)
        if there < wanted.least:
            what = f"only {there} of {wanted.least} were there" if there else "nobody was there"
            yield Gap(what=f"{what.capitalize()} as {wanted.role}", place="", fix="note it")

"""Two sessions of one agenda's line compared: what the team changed, apart from what the agenda judges otherwise.

The earlier answers are judged a second time, by the later agenda: what changes by that alone is the agenda's doing,
what changes from there on is the team's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from readyroom.domain.agenda import Agenda, Item
from readyroom.domain.answer import Answer, AnswerKey, AnswerState
from readyroom.domain.audience import for_the_room
from readyroom.domain.comparison_words import answer_words, tell_rows
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting
from readyroom.domain.outcome import outcome_of
from readyroom.domain.progress import is_asked
from readyroom.domain.record import Outcome
from readyroom.domain.sides import is_sealed

NOT_ASKED = "not asked"
_GRAVITY = {Finding.UNRATED: 0, Finding.OK: 0, Finding.MEDIUM: 1, Finding.HIGH: 2, Finding.BLOCKER: 3}


class Turn(StrEnum):
    """Which way something went."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


def turn(before: Finding, after: Finding) -> Turn:
    """Which way a finding went; what is not rated is no worse than what is fine."""
    step = _GRAVITY[after] - _GRAVITY[before]
    return Turn.WORSE if step > 0 else Turn.BETTER if step else Turn.SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """One question that was answered, marked or noted otherwise; findings are by the later agenda, both."""

    key: AnswerKey
    """As the later session has it."""
    ask: str
    before: str
    after: str
    """What was said, in words; equal where only the note or the evidence changed."""
    rows: tuple[str, ...] = ()
    """Of a table: what changed in its rows."""
    note_before: str = ""
    note_after: str = ""
    evidence_before: str = ""
    evidence_after: str = ""
    finding_before: Finding
    finding_after: Finding

    @property
    def turn(self) -> Turn:
        """Whether it got better or worse."""
        return turn(self.finding_before, self.finding_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudged:
    """The same answer with another finding."""

    key: AnswerKey
    ask: str
    answer: str
    before: Finding
    after: Finding

    @property
    def turn(self) -> Turn:
        """Whether it looks better or worse now."""
        return turn(self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two sessions, in the order of the later agenda."""

    team: tuple[AnswerChange, ...] = ()
    by_agenda: tuple[Rejudged, ...] = ()
    """Earlier answers that the later agenda judges otherwise."""
    since: tuple[Rejudged, ...] = ()
    """Same answer, same agenda: time has passed, or another answer weighs in."""
    unchanged: int = 0
    """Questions with the same answer in both."""
    verdict_before: Outcome
    verdict_after: Outcome
    subjects: tuple[tuple[str, str], ...] = ()
    """Whom about, before and after: two sessions about one service each may be about different ones."""

    @property
    def turn(self) -> Turn:
        """Which way the verdict went."""
        return turn(self.verdict_before.verdict, self.verdict_after.verdict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is different for the team."""
        return not (self.team or self.by_agenda or self.since) and self.turn is Turn.SAME


def compare_meetings(before: Meeting, after: Meeting, *, at: tuple[datetime, datetime]) -> Comparison:
    """What changed from one meeting to the other; `at` are the instants they stand for. Restricted texts are left out.

    An item whose kind or choices changed is the agenda's difference, and is not compared here.
    """
    pairs = _subject_pairs(before, after)
    known = _comparable(before.agenda, after.agenda)
    then, now = outcome_of(before, at[0]), outcome_of(after, at[1])
    judged_anew = outcome_of(_under(before, after.agenda, known), at[0])
    findings = _findings(then), _findings(judged_anew), _findings(now)
    team: list[AnswerChange] = []
    by_agenda: list[Rejudged] = []
    since: list[Rejudged] = []
    unchanged = 0
    seen_before, seen_after = for_the_room(before)[0], for_the_room(after)[0]
    for item, old_key, key in _keys(after.agenda, known, pairs):
        first, second, last = findings[0].get(old_key), findings[1].get(old_key), findings[2].get(key)
        if first is None and last is None:
            continue
        old, new = _Said.of(seen_before, old_key, first), _Said.of(seen_after, key, last)
        if _silent(old) and _silent(new):
            continue
        if first is not None and second is not None and turn(first, second) is not Turn.SAME:
            words = answer_words(item, old.answer)
            by_agenda.append(Rejudged(key=key, ask=item.ask, answer=words, before=first, after=second))
        grades = second or Finding.UNRATED, last or Finding.UNRATED
        if old.differs(new):
            team.append(_change(item, key, old, new, grades))
        elif turn(*grades) is not Turn.SAME:
            words = answer_words(item, new.answer)
            since.append(Rejudged(key=key, ask=item.ask, answer=words, before=grades[0], after=grades[1]))
        else:
            unchanged += 1
    return Comparison(
        team=tuple(team),
        by_agenda=tuple(by_agenda),
        since=tuple(since),
        unchanged=unchanged,
        verdict_before=then,
        verdict_after=now,
        subjects=pairs,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What a session has at one question; `asked` is False where its conditions hid it, `sealed` while sides wait."""

    answer: Answer
    asked: bool
    sealed: bool

    @classmethod
    def of(cls, meeting: Meeting, key: AnswerKey, finding: Finding | None) -> _Said:
        return cls(meeting.answer(key), finding is not None, is_sealed(meeting, key))

    def differs(self, other: _Said) -> bool:
        return (self.asked, self.sealed, _core(self.answer)) != (other.asked, other.sealed, _core(other.answer))

    def words(self, item: Item) -> str:
        if not self.asked:
            return NOT_ASKED
        return "answered, but another side has not" if self.sealed else answer_words(item, self.answer)


def _core(answer: Answer) -> tuple[object, ...]:
    return answer.state, answer.value, answer.reason, answer.note, answer.evidence


def _silent(said: _Said) -> bool:
    answer = said.answer
    return not said.asked or (answer.state is AnswerState.UNANSWERED and not (answer.note or answer.evidence))


def _change(item: Item, key: AnswerKey, old: _Said, new: _Said, grades: tuple[Finding, Finding]) -> AnswerChange:
    open_both = old.asked and new.asked and not (old.sealed or new.sealed)
    return AnswerChange(
        key=key,
        ask=item.ask,
        before=old.words(item),
        after=new.words(item),
        rows=tuple(tell_rows(item, old.answer.value, new.answer.value)) if open_both else (),
        note_before="" if old.sealed else old.answer.note,
        note_after="" if new.sealed else new.answer.note,
        evidence_before="" if old.sealed else old.answer.evidence,
        evidence_after="" if new.sealed else new.answer.evidence,
        finding_before=grades[0],
        finding_after=grades[1],
    )


def _subject_pairs(before: Meeting, after: Meeting) -> tuple[tuple[str, str], ...]:
    """Subjects that are in both; of two sessions about one each, those two."""
    old, new = before.session.subjects or ("",), after.session.subjects or ("",)
    if len(old) == len(new) == 1:
        return ((old[0], new[0]),)
    by_name = {subject.casefold(): subject for subject in old}
    return tuple((by_name[one.casefold()], one) for one in new if one.casefold() in by_name)


def _comparable(before: Agenda, after: Agenda) -> frozenset[str]:
    """The items whose answers are the same kind of thing in both agendas."""
    known = before.items_by_id()
    return frozenset(item.id for item in after.items() if item.id in known and _alike(known[item.id], item))


def _alike(old: Item, new: Item) -> bool:
    kept = {choice.id for choice in old.choices} <= {choice.id for choice in new.choices}
    return is_asked(new) and old.kind is new.kind and old.many is new.many and old.scale == new.scale and kept


def _under(meeting: Meeting, agenda: Agenda, known: frozenset[str]) -> Meeting:
    """The meeting as if it had been held with another agenda: with the answers that fit into it."""
    answers: Mapping[AnswerKey, Answer] = {key: one for key, one in meeting.answers.items() if key.item in known}
    return replace(meeting, agenda=agenda, answers=answers)


def _findings(outcome: Outcome) -> dict[AnswerKey, Finding]:
    return {one.key: one.finding for one in outcome.items}


def _keys(
    agenda: Agenda, known: frozenset[str], pairs: tuple[tuple[str, str], ...]
) -> Iterator[tuple[Item, AnswerKey, AnswerKey]]:
    for item in agenda.items():
        if item.id in known:
            for before, after in pairs:
                for side in item.respondents or ("",):
                    yield item, AnswerKey(item.id, before, side), AnswerKey(item.id, after, side)

"""A change of one entity, before and after: what is saved, journaled, undone and redone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from readyroom.domain.answer import Answer, AnswerState, Prepared
from readyroom.domain.capture import CAPTURE_TYPES, Action, Decision, ParkedNote, Question, Risk
from readyroom.domain.service import Service
from readyroom.domain.session import Session, Sitting

Entity = Session | Sitting | Answer | Prepared | Action | Risk | Decision | ParkedNote | Question | Service


@dataclass(frozen=True, slots=True)
class Change:
    """An entity before (None: it is new) and after. Nothing is deleted: what is taken back is withdrawn."""

    before: Entity | None
    after: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the journal keeps with the changes that one step makes together."""

    what: str
    """In words: `answered "Which step was the slowest"`."""
    session: str
    actor: str
    window: str
    at: datetime
    changes: tuple[Change, ...]
    sequence: int | None = None
    """Given out by the journal."""
    undoes: int | None = None
    """The sequence of the entry that this one takes back."""


def with_next_version(before: Entity | None, after: Entity) -> Entity:
    """`after` with the version that follows `before`; an answer counts value and note apart."""
    if isinstance(after, Answer):
        old = before if isinstance(before, Answer) else None
        return replace(
            after,
            value_version=(old.value_version if old else 0) + (old is None or _value_part(old) != _value_part(after)),
            note_version=(old.note_version if old else 0) + (old is None or _note_part(old) != _note_part(after)),
        )
    old_version = 0 if before is None or isinstance(before, Answer) else before.version
    return replace(after, version=old_version + 1)


def change(before: Entity | None, after: Entity) -> Change:
    """A change whose `after` carries the next version."""
    return Change(before, with_next_version(before, after))


def inverse(done: Change, current: Entity) -> Change:
    """The compensating change: `current` (what stands now) becomes what was before `done`."""
    earlier = done.before
    if earlier is None:
        return change(current, _withdrawn(current))
    if isinstance(earlier, CAPTURE_TYPES) and isinstance(current, CAPTURE_TYPES):
        earlier = replace(earlier, number=current.number)
    return change(current, earlier)


def same_content(one: Entity, other: Entity) -> bool:
    """Whether two states of an entity say the same, versions and short ids aside."""
    return _bare(one) == _bare(other)


def _bare(entity: Entity) -> Entity:
    if isinstance(entity, Answer):
        return replace(entity, value_version=0, note_version=0)
    if isinstance(entity, (Session, Action, Risk, Decision, ParkedNote, Question)):
        return replace(entity, version=0, number=None)
    return replace(entity, version=0)


def _withdrawn(entity: Entity) -> Entity:
    if isinstance(entity, Answer):
        return Answer(session=entity.session, key=entity.key, state=AnswerState.UNANSWERED)
    if isinstance(entity, (Prepared, Action, Risk, Decision, ParkedNote, Question)):
        return replace(entity, withdrawn=True)
    raise TypeError(f"a {type(entity).__name__.lower()} is not undone by withdrawing it")


def _value_part(answer: Answer) -> tuple[object, ...]:
    return (answer.state, answer.value, answer.reason, answer.given_at, answer.given_by, answer.prepared_by)


def _note_part(answer: Answer) -> tuple[object, ...]:
    return (answer.note, answer.evidence, answer.audience, answer.dismissed)

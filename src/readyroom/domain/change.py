"""A change of one entity, before and after: what is saved, journaled, undone and redone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from readyroom.domain.answer import Answer, Prepared
from readyroom.domain.capture import CAPTURE_TYPES, Action, Decision, ParkedNote, Question, Risk
from readyroom.domain.service import Service
from readyroom.domain.session import Session, Sitting
from readyroom.domain.votes import Round, stands, taken_back, without_votes

Entity = Session | Sitting | Answer | Prepared | Action | Risk | Decision | ParkedNote | Question | Round | Service


_NUMBERED = (Session, *CAPTURE_TYPES)
_VALUE_FIELDS = ("state", "value", "reason", "given_at", "given_by", "prepared_by")
_NOTE_FIELDS = ("note", "evidence", "audience", "dismissed")


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
        old = before if isinstance(before, Answer) else Answer(session=after.session, key=after.key)
        return replace(
            after,
            value_version=old.value_version + (_value_part(old) != _value_part(after)),
            note_version=old.note_version + (_note_part(old) != _note_part(after)),
        )
    old_version = 0 if before is None or isinstance(before, Answer) else before.version
    return replace(after, version=old_version + 1)


def change(before: Entity | None, after: Entity) -> Change:
    """A change whose `after` carries the next version."""
    return Change(before, with_next_version(before, after))


def inverse(done: Change, current: Entity) -> Change:
    """The compensating change: `current` (what stands now) becomes what was before `done`.

    Short ids stay given out, a sitting keeps its clock, of an answer only the part (value or note) that
    `done` changed goes back, and of a round only the votes that `done` handed in.

    Raises:
        TypeError: a session, sitting or service that `done` began; see `can_be_undone`.
    """
    earlier = done.before
    if isinstance(current, Answer):
        return change(current, _answer_before(done, current))
    if isinstance(current, Round) and isinstance(done.after, Round):
        return change(current, taken_back(_round_step(done), current))
    if earlier is None:
        return change(current, _withdrawn(current))
    if isinstance(earlier, _NUMBERED) and isinstance(current, _NUMBERED):
        return change(current, replace(earlier, number=current.number))
    if isinstance(earlier, Sitting) and isinstance(current, Sitting):
        return change(current, replace(earlier, events=current.events, heartbeat=current.heartbeat))
    return change(current, earlier)


def can_be_undone(done: Change) -> bool:
    """Whether `inverse` knows a way back: the beginning of a session, a sitting or a service has none."""
    return done.before is not None or not isinstance(done.after, (Session, Sitting, Service))


def still_stands(done: Change, current: Entity) -> bool:
    """Whether what `done` changed is as it left it; someone may have changed the rest since."""
    if isinstance(current, Answer) and isinstance(done.after, Answer):
        value, note = _parts_changed(done)
        return (not value or _value_part(current) == _value_part(done.after)) and (
            not note or _note_part(current) == _note_part(done.after)
        )
    if isinstance(current, Round) and isinstance(done.after, Round):
        return stands(_round_step(done), current)
    return same_content(current, done.after)


def same_content(one: Entity, other: Entity) -> bool:
    """Whether two states of an entity say the same; versions, short ids, clock and hidden votes aside."""
    return _bare(one) == _bare(other)


def _bare(entity: Entity) -> Entity:
    if isinstance(entity, Answer):
        return replace(entity, value_version=0, note_version=0)
    if isinstance(entity, _NUMBERED):
        return replace(entity, version=0, number=None)
    if isinstance(entity, Round):
        return replace(without_votes(entity), version=0)
    if isinstance(entity, Sitting):
        return replace(entity, version=0, events=(), heartbeat=None)
    return replace(entity, version=0)


def _round_step(done: Change) -> tuple[Round | None, Round]:
    assert isinstance(done.after, Round)
    return (done.before if isinstance(done.before, Round) else None), done.after


def _answer_before(done: Change, current: Answer) -> Answer:
    earlier = done.before if isinstance(done.before, Answer) else Answer(session=current.session, key=current.key)
    value, note = _parts_changed(done)
    names = (_VALUE_FIELDS if value else ()) + (_NOTE_FIELDS if note else ())
    return replace(current, **{name: getattr(earlier, name) for name in names})


def _parts_changed(done: Change) -> tuple[bool, bool]:
    after = done.after
    assert isinstance(after, Answer)
    before = done.before if isinstance(done.before, Answer) else Answer(session=after.session, key=after.key)
    return _value_part(before) != _value_part(after), _note_part(before) != _note_part(after)


def _withdrawn(entity: Entity) -> Entity:
    if isinstance(entity, (Prepared, Action, Risk, Decision, ParkedNote, Question)):
        return replace(entity, withdrawn=True)
    raise TypeError(f"a {type(entity).__name__.lower()} is not undone by withdrawing it")


def _value_part(answer: Answer) -> tuple[object, ...]:
    return tuple(getattr(answer, name) for name in _VALUE_FIELDS)


def _note_part(answer: Answer) -> tuple[object, ...]:
    return tuple(getattr(answer, name) for name in _NOTE_FIELDS)

"""What a window hears of the others: what they have saved since, and what of it lies under something half-typed.

What is typed over something that another window changes meanwhile is saved as from where the typing began: so the
store sees what happened, and both values are shown; nothing is put over the other one unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from readyroom.domain import meeting as steps
from readyroom.domain.answer import Answer
from readyroom.domain.capture import CAPTURE_TYPES
from readyroom.domain.change import Change, Entity, change, same_content
from readyroom.domain.meeting import Meeting, Step
from readyroom.store import Store, Window

_VALUE = ("state", "value", "reason", "given_at", "given_by", "prepared_by", "value_version")
_NOTE = ("note", "evidence", "audience", "dismissed", "note_version")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the database found: whether anything was saved, and the session where others changed it."""

    changed: bool
    truth: Meeting | None = None
    settled: int = 0
    """How much of ours had been settled when it was read."""


class Hearing:
    """How far a window has listened to the journal. `look` runs on one thread beside the screen's."""

    def __init__(self, store: Store, window: Window) -> None:
        self._store = store
        self._window = window
        self._sequence = 0
        self._behind = True
        """Whether the session is to be read whatever the journal says."""
        self.settled = 0
        """How often something of ours was saved or refused; what was read before the last time is old."""
        self.typed_over: Entity | None = None
        self.begun: Entity | None = None
        """What the typing began from, once another window has changed it."""

    def look(self) -> Looked:
        """What others have saved since the last look; raises StoreError."""
        if not self._store.changed() and not self._behind:
            return Looked(changed=False)
        if self._behind:
            self._sequence = self._store.sequence
        else:
            entries = self._store.changes_since(self._sequence)
            self._sequence = max([self._sequence, *(one.sequence or 0 for one in entries)])
            session, window = self._window.session, self._window.id
            if not any(one.session == session and one.window != window for one in entries):
                return Looked(changed=True)
        self._behind = False
        settled = self.settled
        return Looked(changed=True, truth=self._store.repository.meeting(self._window.session), settled=settled)

    def is_old(self, looked: Looked) -> bool:
        """Whether it was read before the last of ours was saved; then the next look reads again."""
        self._behind = self._behind or looked.settled != self.settled
        return looked.settled != self.settled

    def begin_typing(self, entity: Entity | None) -> None:
        """Typing begins over an entity, or ends."""
        self.typed_over, self.begun = entity, None

    def overtake(self, before: Meeting, after: Meeting) -> None:
        """Another window's changes come in: remember what the typing began from if it lies under them."""
        if self.typed_over is not None and self.begun is None:
            self.begun = overtaken(self.typed_over, before, after)

    def as_begun(self, step: Step) -> Step:
        """The step as it is to be saved."""
        if self.begun is None or not step.changes:
            return step
        begun, self.begun = self.begun, None
        return as_begun(step, begun)


def overtaken(typed_over: Entity, before: Meeting, after: Meeting) -> Entity | None:
    """The state that the typing began from, if the next meeting has another one in its place."""
    was = steps.find(before, typed_over) or typed_over
    now = steps.find(after, typed_over)
    return None if now is None or same_content(was, now) else was


def as_begun(step: Step, begun: Entity) -> Step:
    """The step with its change of that entity made to the state that the typing began from."""
    changes: list[Change] = []
    meeting = step.meeting
    for one in step.changes:
        if not _is_same(one.after, begun):
            changes.append(one)
            continue
        base = _base(one, begun)
        if same_content(base, one.after):  # nothing was typed: what the other window said stays
            meeting = steps.apply(meeting, one.before) if one.before is not None else meeting
            continue
        made = change(base, one.after)
        changes.append(made)
        meeting = steps.apply(meeting, made.after)
    return replace(step, meeting=meeting, changes=tuple(changes))


def _base(one: Change, begun: Entity) -> Entity:
    """Of an answer only the half that the step changes goes back: value and note are versioned apart."""
    if isinstance(begun, Answer) and isinstance(one.after, Answer):
        current = one.before if isinstance(one.before, Answer) else Answer(session=begun.session, key=begun.key)
        base = current
        for names in (_VALUE, _NOTE):
            if any(getattr(current, name) != getattr(one.after, name) for name in names[:-1]):
                base = replace(base, **{name: getattr(begun, name) for name in names})
        return base
    if isinstance(begun, CAPTURE_TYPES) and isinstance(one.after, CAPTURE_TYPES):
        return replace(begun, number=one.after.number)
    return begun


def _is_same(one: Entity, other: Entity) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, Answer) and isinstance(other, Answer):
        return one.key == other.key
    return getattr(one, "id", one) == getattr(other, "id", other)

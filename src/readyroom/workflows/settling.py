"""Bringing together what a window shows and what the database has: after a save, a conflict, a choice of the room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from readyroom.domain import meeting as steps
from readyroom.domain.answer import Answer
from readyroom.domain.capture import CAPTURE_TYPES
from readyroom.domain.change import Entity, Entry, same_content
from readyroom.domain.meeting import Meeting, Step
from readyroom.domain.session import Sitting
from readyroom.store import Conflict
from readyroom.workflows.undoing import Clash

_VALUE = ("state", "value", "reason", "given_at", "given_by", "prepared_by")
_NOTE = ("note", "evidence", "audience", "dismissed")


def settled(meeting: Meeting, kept: Entry, unsaved: Sequence[Entry]) -> Meeting:
    """The meeting with what was saved as it was saved: short ids given out, and the other half of an answer."""
    for saved in (change.after for change in kept.changes):
        current = steps.find(meeting, saved)
        if current is None or current == saved:
            continue
        if _is_waiting(saved, unsaved):
            # Ours is newer; only the short id is news.
            if isinstance(current, CAPTURE_TYPES) and isinstance(saved, CAPTURE_TYPES) and current.number is None:
                meeting = steps.apply(meeting, replace(current, number=saved.number))
        elif _is_as_new(saved, current):
            meeting = steps.apply(meeting, _with_clock_of(saved, current))
    return meeting


def replayed(truth: Meeting, shown: Meeting, unsaved: Iterable[Entry]) -> Meeting:
    """What the database has, with this window's clock and what it has not saved yet on top."""
    for sitting in truth.sittings:
        ours = steps.find(shown, sitting)
        if isinstance(ours, Sitting) and len(ours.events) > len(sitting.events):
            truth = steps.apply(truth, replace(sitting, events=ours.events))
    for entry in unsaved:
        for change in entry.changes:
            current = steps.find(truth, change.after)
            truth = steps.apply(truth, change.after if current is None else _newer_of(change.after, current))
    return truth


def _newer_of(ours: Entity, current: Entity) -> Entity:
    """Ours where it is newer than what the database has; what is saved by now is not put over what came after it."""
    if isinstance(ours, Answer) and isinstance(current, Answer):
        halves = ((_VALUE, "value_version"), (_NOTE, "note_version"))
        newer = [(*names, version) for names, version in halves if getattr(ours, version) > getattr(current, version)]
        return replace(current, **{name: getattr(ours, name) for names in newer for name in names})
    if isinstance(ours, Answer) or isinstance(current, Answer) or ours.version <= current.version:
        return current
    return _with_clock_of(ours, current)


def clash_of(entry: Entry, conflict: Conflict) -> Clash:
    """The two values of a conflict. Of an answer, ours differs from theirs only in the half that we changed."""
    ours, theirs = conflict.ours, conflict.theirs
    if isinstance(ours, Answer) and isinstance(theirs, Answer):
        made = next((one for one in entry.changes if isinstance(one.after, Answer) and one.after.key == ours.key), None)
        before = made.before if made and isinstance(made.before, Answer) else Answer(session=ours.session, key=ours.key)
        merged = theirs
        for names in (_VALUE, _NOTE):
            if any(getattr(before, name) != getattr(ours, name) for name in names):
                merged = replace(merged, **{name: getattr(ours, name) for name in names})
        ours = merged
    return Clash(ours=ours, theirs=theirs)


def chosen(meeting: Meeting, clash: Clash, *, ours: bool) -> Step:
    """Put the value that the room chose in its place, over whatever stands there now."""
    wanted = clash.ours if ours else clash.theirs
    current = steps.find(meeting, wanted)
    if current is None or same_content(current, wanted):
        return Step(meeting=meeting)
    if isinstance(wanted, CAPTURE_TYPES) and isinstance(current, CAPTURE_TYPES):
        wanted = replace(wanted, number=current.number)
    words = "kept ours where someone else had changed it" if ours else "kept what someone else had changed"
    return steps.put(meeting, _with_clock_of(wanted, current), words)


def _is_waiting(entity: Entity, unsaved: Sequence[Entry]) -> bool:
    return any(_is_same(entity, change.after) for entry in unsaved for change in entry.changes)


def _is_same(one: Entity, other: Entity) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, Answer) and isinstance(other, Answer):
        return one.key == other.key
    return getattr(one, "id", one) == getattr(other, "id", other)


def _is_as_new(saved: Entity, current: Entity) -> bool:
    if isinstance(saved, Answer) and isinstance(current, Answer):
        return saved.value_version >= current.value_version and saved.note_version >= current.note_version
    if isinstance(saved, Answer) or isinstance(current, Answer):
        return False
    return saved.version >= current.version


def _with_clock_of(entity: Entity, current: Entity) -> Entity:
    """A sitting's clock is appended to on its own, and is never set back by a change of the roster."""
    if isinstance(entity, Sitting) and isinstance(current, Sitting):
        return replace(entity, events=current.events, heartbeat=current.heartbeat)
    return entity

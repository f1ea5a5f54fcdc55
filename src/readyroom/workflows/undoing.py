"""What a window can take back, and do again; also after it was killed, from the journal alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readyroom.domain import meeting as steps
from readyroom.domain.answer import Answer, AnswerKey, Prepared
from readyroom.domain.capture import CAPTURE_TYPES
from readyroom.domain.change import Change, Entity, Entry, can_be_undone, inverse, same_content, still_stands
from readyroom.domain.meeting import Meeting
from readyroom.domain.session import Session
from readyroom.domain.votes import Round

UNDO_DEPTH = 200
UNDID, REDID = "undid", "redid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Someone else changed the same thing first: both values, for the room to choose from."""

    ours: Entity
    theirs: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoResult:
    """What undo or redo did, in words; `clash` when someone changed the thing since."""

    what: str = ""
    place: AnswerKey | None = None
    clash: Clash | None = None


@dataclass(slots=True)
class History:
    """The steps of one window that can be taken back, and those that can be done again; the last ones at the end."""

    done: list[Entry] = field(default_factory=list)
    undone: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Remember a step; what was undone before it can no longer be done again."""
        self.done.append(entry)
        self.undone.clear()
        del self.done[:-UNDO_DEPTH]

    def put_saved(self, entry: Entry, saved: Entry) -> None:
        """Put an entry as it was saved in the place of the one that was submitted."""
        for entries in (self.done, self.undone):
            entries[:] = [saved if one is entry else one for one in entries]

    def forget(self, entry: Entry) -> None:
        """Leave out an entry that was refused: there is nothing to take back."""
        for entries in (self.done, self.undone):
            entries[:] = [one for one in entries if one is not entry]


def history_of(entries: Iterable[Entry]) -> History:
    """The history that a window left in the journal, given the oldest entry first."""
    history = History()
    for entry in entries:
        if not is_undoable(entry):
            continue
        if history.done and takes_back(entry, history.done[-1], UNDID):
            history.done.pop()
            history.undone.append(entry)
        elif history.undone and takes_back(entry, history.undone[-1], REDID):
            history.undone.pop()
            history.done.append(entry)
        else:
            history.add(entry)
    return history


def is_undoable(entry: Entry) -> bool:
    """Whether a key may take it back: beginning or ending a sitting or a session is not undone in passing."""
    changes = entry.changes
    return bool(changes) and all(can_be_undone(one) and not isinstance(one.after, Session) for one in changes)


def takes_back(later: Entry, earlier: Entry, verb: str) -> bool:
    """Whether an entry compensates another; one submitted before the other was saved knows no sequence of it."""
    if later.undoes is not None:
        return later.undoes == earlier.sequence
    if later.what != words_for(verb, earlier) or len(later.changes) != len(earlier.changes):
        return False
    return all(_goes_back(one, other) for one, other in zip(reversed(later.changes), earlier.changes, strict=True))


def _goes_back(later: Change, earlier: Change) -> bool:
    if type(later.after) is not type(earlier.after):
        return False
    return later.before is not None and same_content(inverse(earlier, later.before).after, later.after)


def words_for(verb: str, entry: Entry) -> str:
    """What taking an entry back, or doing it again, is called in the journal."""
    return f"{verb} “{said_by(entry)}”"


def said_by(entry: Entry) -> str:
    """What a step was called when it was done first."""
    for verb in (UNDID, REDID):
        if entry.what.startswith(f"{verb} “") and entry.what.endswith("”"):
            return entry.what[len(verb) + 2 : -1]
    return entry.what


def compensation(meeting: Meeting, entry: Entry) -> tuple[Entity, ...] | Clash:
    """What to put so that an entry is taken back, or what stands against it."""
    entities: list[Entity] = []
    for done in reversed(entry.changes):
        current = steps.find(meeting, done.after)
        if current is None:
            return Clash(ours=done.before or done.after, theirs=done.after)
        back = inverse(done, current).after
        if not still_stands(done, current):
            return Clash(ours=back, theirs=current)
        entities.append(back)
    return tuple(entities)


def place_of(changes: Sequence[Change]) -> AnswerKey | None:
    """The question that changes were about, for leading the room back to it."""
    for change in changes:
        entity = change.after
        if isinstance(entity, (Answer, Prepared, Round)):
            return entity.key
        if isinstance(entity, CAPTURE_TYPES) and entity.item:
            return AnswerKey(entity.item, entity.subject)
    return None

"""A meeting kept in step with the database: its state at once, its saving behind, undo, and what others save.

What a facilitator can do in it is in `live.py`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from readyroom.domain import meeting as steps
from readyroom.domain.answer import AnswerKey
from readyroom.domain.change import Entity, Entry
from readyroom.domain.clock import Timing, read_clock
from readyroom.domain.meeting import Meeting, Step
from readyroom.domain.progress import Place, places
from readyroom.store import Conflict, Store, StoreError, Window
from readyroom.workflows.hearing import Hearing, Looked
from readyroom.workflows.savedmark import SavedMark, Saving
from readyroom.workflows.settling import chosen, clash_of, replayed, settled
from readyroom.workflows.typed import kept_text, say_nothing
from readyroom.workflows.undoing import (
    REDID,
    UNDID,
    UNDO_DEPTH,
    Clash,
    UndoResult,
    compensation,
    history_of,
    place_of,
    said_by,
    words_for,
)

NOTHING_TO_UNDO, NOTHING_TO_REDO = "nothing to undo", "nothing to redo"


class KeptMeeting:
    """The session of one window. Call it from one thread; saves answer through `dispatch`."""

    def __init__(
        self,
        store: Store,
        meeting: Meeting,
        window: Window,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        dispatch: Callable[[Callable[[], None]], None],
    ) -> None:
        self.meeting = meeting
        self.window = window
        self.saving = Saving(mark=SavedMark.SAVED)
        self.clashes: list[Clash] = []
        self.changed: Callable[[], None] = lambda: None
        """Called after anything that is painted has changed; a screen sets it."""
        self.tell: Callable[[str], None] = say_nothing
        """Called with what a person should know at once, such as a text that was cut; a screen sets it."""
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._dispatch = dispatch
        self._thread = threading.get_ident()
        self._unsaved: list[Entry] = []
        """What was submitted and is not acknowledged yet, in order."""
        self._left: list[Entry] = []
        """Those of them that the writer has let go of."""
        self._sequences: dict[int, int] = {}
        """What the writer told by now, before its answer has come through `dispatch`: by identity of an entry."""
        self._hearing = Hearing(store, window)
        self.heard = 0
        """How often something of another window was taken in."""
        self._places: tuple[Place, ...] | None = None
        self._history = history_of(store.entries_of(window, limit=UNDO_DEPTH))
        self.back: AnswerKey | None = None
        """Where the room was before a jump."""
        self.key = self._first_key()

    # ---- where the room is

    @property
    def now(self) -> datetime:
        """The present instant, in UTC."""
        return self._clock().astimezone(UTC)

    @property
    def today(self) -> date:
        """Today in the session's zone."""
        return self.meeting.today(self.now)

    @property
    def places(self) -> tuple[Place, ...]:
        """All questions in order; conditions are weighed anew after each change."""
        if self._places is None:
            self._places = places(self.meeting, self.today)
        return self._places

    @property
    def index(self) -> int:
        """The position of the current question among `places`."""
        return next((n for n, place in enumerate(self.places) if place.key == self.key), 0)

    @property
    def place(self) -> Place | None:
        """The current question; None where the agenda asks nothing."""
        return self.places[self.index] if self.places else None

    @property
    def timing(self) -> Timing:
        """The clock as it stands now."""
        return read_clock(self.meeting.sittings, self.now)

    def _first_key(self) -> AnswerKey:
        """Where this window stood, else where the clock says the room was, else the first question."""
        keys = [place.key for place in self.places]
        current = self.timing.current
        by_clock = [key for key in keys if key.item == current]
        at_window = [key for key in keys if key == self.window.position]
        return (at_window or by_clock or keys or [AnswerKey("")])[0]

    # ---- undo and redo

    def undo(self) -> UndoResult:
        """Take back this window's last change by a compensating entry."""
        return self._take_back(self._history.done, self._history.undone, UNDID)

    def redo(self) -> UndoResult:
        """Do again what was undone last."""
        return self._take_back(self._history.undone, self._history.done, REDID)

    def _take_back(self, source: list[Entry], target: list[Entry], verb: str) -> UndoResult:
        if not source:
            return UndoResult(what=NOTHING_TO_UNDO if verb == UNDID else NOTHING_TO_REDO)
        entry = source.pop()
        back = compensation(self.meeting, entry)
        if isinstance(back, Clash):
            return UndoResult(what=said_by(entry), place=place_of(entry.changes), clash=back)
        sequence = entry.sequence or self._sequences.get(id(entry))
        step = steps.put_all(self.meeting, back, words_for(verb, entry))
        submitted = self._do(step, undoes=sequence, remember=False, typed=False)
        if submitted is not None:
            target.append(submitted)
        return UndoResult(what=said_by(entry), place=place_of(entry.changes))

    def choose(self, clash: Clash, ours: bool) -> None:
        """Settle a clash: keep our value over what stands, or theirs. Both stay in the journal."""
        self.clashes = [one for one in self.clashes if one is not clash]
        self._do(chosen(self.meeting, clash, ours=ours), typed=False)
        self.changed()

    def adopt(self, meeting: Meeting) -> None:
        """Take over a meeting that another workflow has saved, such as a finished one; may come from any thread."""
        if threading.get_ident() != self._thread:
            self._dispatch(lambda: self.adopt(meeting))
            return
        self._hearing.settled += 1
        self._take(replayed(meeting, self.meeting, self._unsaved))
        self.changed()

    # ---- other windows

    def listen(self) -> bool:
        """Take in what other windows have saved since; for one thread beside the screen's, about once a second.

        False if nothing at all was saved.

        Raises:
            StoreError: the database cannot be read.
        """
        looked = self._hearing.look()
        if looked.truth is not None:
            self._dispatch(lambda: self._hear(looked))
        return looked.changed

    def _hear(self, looked: Looked) -> None:
        if looked.truth is None or self._hearing.is_old(looked):
            return
        before, after = self.meeting, replayed(looked.truth, self.meeting, self._unsaved)
        if replace(after, agenda=before.agenda) == before:
            return
        self._hearing.overtake(before, after)
        self.heard += 1
        self._take(after)
        self.changed()

    def begin_typing(self, entity: Entity | None) -> None:
        """Say what is being typed over, or None at the end: what another window makes of it meanwhile is a clash."""
        self._hearing.begin_typing(entity)

    # ---- drafts

    def keep_draft(self, field: str, text: str) -> None:
        """Keep half-typed text of a field (`note:<item>`, `capture`); empty text forgets it."""
        text = kept_text(text)
        self._store.writer.remember_draft(self.window.id, field, text)
        self.window = replace(self.window, drafts={**self.window.drafts, field: text})

    def draft(self, field: str) -> str:
        """The half-typed text of a field."""
        return self.window.drafts.get(field, "")

    # ---- saving

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        left, self._left = self._left, []
        for entry in left:
            self._submit(entry)
        self._store.writer.retry()

    def flush(self) -> bool:
        """Wait until everything given so far is saved or refused; False if something is not saved."""
        return self._store.writer.flush() and not self._left

    def _do(self, step: Step, *, undoes: int | None = None, remember: bool = True, typed: bool = True) -> Entry | None:
        if typed:
            step = self._hearing.as_begun(step)
        if not step.changes:
            return None
        entry = Entry(
            what=step.what,
            session=self.meeting.session.id,
            actor=self.window.actor,
            window=self.window.id,
            at=self.now,
            changes=step.changes,
            undoes=undoes,
        )
        self._take(step.meeting)
        self._unsaved.append(entry)
        self.saving = replace(self.saving, mark=SavedMark.NOT_SAVED if self._left else SavedMark.SAVING)
        if remember:
            self._history.add(entry)
        self._submit(entry)
        self.changed()
        return entry

    def _take(self, meeting: Meeting) -> None:
        """Put the next state in place; where the question in front is no longer asked, stand before its place."""
        before, self.meeting, self._places = self._places, meeting, None
        if before is None or self.places is before or any(place.key == self.key for place in self.places):
            return
        asked = {place.key for place in self.places}
        until = next((n for n, place in enumerate(before) if place.key == self.key), 0)
        stand = next((place.key for place in reversed(before[:until]) if place.key in asked), None)
        if stand is None and self.places:
            stand = self.places[0].key
        if stand is not None:
            self.key = stand
            self._store.writer.remember_position(self.window.id, stand)

    def _submit(self, entry: Entry) -> None:
        # The three answers come on the writer's thread.
        def saved(kept: Entry) -> None:
            if kept.sequence is not None:
                self._sequences[id(entry)] = kept.sequence
            self._dispatch(lambda: self._saved(entry, kept))

        def refused(conflict: Conflict) -> None:
            truth = self._read_again()
            self._dispatch(lambda: self._refused(entry, conflict, truth))

        def failed(error: StoreError) -> None:
            if not error.retryable:  # at once: whoever flushes before ending the session must know
                self._left.append(entry)
            self._dispatch(lambda: self._failed(error))

        self._store.writer.submit(entry, saved=saved, refused=refused, failed=failed)

    def _read_again(self) -> Meeting | None:
        try:
            return self._store.repository.meeting(self.meeting.session.id)
        except StoreError:  # the next save tells it; until then the screen shows what it had
            return None

    def _saved(self, entry: Entry, kept: Entry) -> None:
        self._hearing.settled += 1
        self._unsaved = [one for one in self._unsaved if one is not entry]
        self._history.put_saved(entry, kept)
        self._sequences.pop(id(entry), None)
        meeting = settled(self.meeting, kept, self._unsaved)
        if meeting is not self.meeting:
            self._take(meeting)
        self._tell_saved()

    def _refused(self, entry: Entry, conflict: Conflict, truth: Meeting | None) -> None:
        self._hearing.settled += 1
        self._unsaved = [one for one in self._unsaved if one is not entry]
        self._history.forget(entry)
        self.clashes.append(clash_of(entry, conflict))
        self._take(replayed(truth or steps.apply(self.meeting, conflict.theirs), self.meeting, self._unsaved))
        self._tell_saved()

    def _failed(self, error: StoreError) -> None:
        self.saving = Saving(mark=SavedMark.NOT_SAVED, why=error.what, fix=error.fix)
        self.changed()

    def _tell_saved(self) -> None:
        if not self._unsaved:
            self.saving = Saving(mark=SavedMark.SAVED, at=self.now)
        self.changed()

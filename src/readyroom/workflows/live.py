"""A meeting while it runs: one command gives the next state at once, and is saved behind it.

No screen in here. What is painted is `meeting` and `place`; what is true about saving is `saving`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from readyroom.domain import meeting as steps
from readyroom.domain import voting
from readyroom.domain.agenda import Item
from readyroom.domain.answer import AnswerKey, AnswerState, Prepared, read_typed
from readyroom.domain.ballots import parse_votes
from readyroom.domain.capture import Action, Capture, CaptureKind
from readyroom.domain.change import Entity, Entry
from readyroom.domain.clock import Timing, next_event, read_clock
from readyroom.domain.meeting import Meeting, Step
from readyroom.domain.progress import Place, next_open, places, verdict_at
from readyroom.domain.session import Attendee, ClockEvent, ClockMark
from readyroom.store import Conflict, Store, StoreError, Window
from readyroom.workflows.capturing import captured_from_line
from readyroom.workflows.hearing import Hearing, Looked
from readyroom.workflows.savedmark import SavedMark, Saving
from readyroom.workflows.settling import chosen, clash_of, replayed, settled
from readyroom.workflows.suggesting import Suggestion, captured_from_suggestion, open_suggestions
from readyroom.workflows.typed import kept_capture, kept_line, kept_people, kept_text, kept_value, say_nothing
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
from readyroom.workflows.vagueness import unknown_with_action, vague_at

__all__ = ["Clash", "LiveMeeting", "SavedMark", "Saving", "UndoResult"]


NOTHING_TO_UNDO, NOTHING_TO_REDO = "nothing to undo", "nothing to redo"


class LiveMeeting:
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

    def go(self, key: AnswerKey, *, jump: bool = False) -> None:
        """Go to a question; a jump remembers where the room was."""
        if key == self.key or all(place.key != key for place in self.places):
            return
        if jump:
            self.back = self.key
        self.key = key
        self._store.writer.remember_position(self.window.id, key)
        self._mark_clock(ClockMark.ENTER, key.item)
        self.changed()

    def move(self, by: int) -> bool:
        """Go some questions forward or back; False at either end."""
        target = self.index + by
        if not 0 <= target < len(self.places):
            return False
        self.go(self.places[target].key)
        return True

    def go_back(self) -> bool:
        """Return to where the room was before the last jump."""
        if self.back is None:
            return False
        target, self.back = self.back, None
        self.go(target)
        return True

    def go_open(self) -> bool:
        """Go to the next question without an answer."""
        found = next_open(self.places, self.meeting, self.key)
        if found is None:
            return False
        self.go(found.key, jump=True)
        return True

    # ---- answers

    def answer(self, value: object) -> None:
        """Answer the current question; raises AnswerError and changes nothing if the value does not fit."""
        cleaned = kept_value(value, self.tell)
        self._do(steps.give_answer(self.meeting, self.key, cleaned, at=self.now, by=self.window.actor))

    def answer_typed(self, text: str) -> None:
        """Answer with typed text, read as the item's kind; raises AnswerError."""
        item = self._item()
        self.answer(read_typed(item, kept_text(text, self.tell), self.today))

    def mark(self, state: AnswerState, reason: str = "") -> None:
        """Skip the current question, or call it unknown or not applicable."""
        why = kept_line(reason, self.tell)
        self._do(steps.set_state(self.meeting, self.key, state, at=self.now, by=self.window.actor, reason=why))

    def note(self, text: str) -> None:
        """Set the note of the current question."""
        self._do(steps.set_note(self.meeting, self.key, note=kept_text(text, self.tell)))

    def evidence(self, text: str) -> None:
        """Set the evidence of the current question."""
        self._do(steps.set_note(self.meeting, self.key, evidence=kept_line(text, self.tell)))

    def confirm(self, prepared: Prepared) -> None:
        """Count a prepared answer."""
        self._do(steps.confirm_prepared(self.meeting, prepared, at=self.now, by=self.window.actor))

    # ---- votes; each raises VoteError, in words, where it cannot be done

    def open_vote(self) -> None:
        """Open a round at the current question; after a reveal, the second one."""
        self._do(voting.open_vote(self.meeting, self.key, at=self.now))

    def cast(self, text: str) -> int:
        """Hand typed votes in (`3 3 5 2 -`, `ana 3`, `3:9 4:6`) and say how many; all of them fit, or none is taken."""
        ballots = parse_votes(self._item(), kept_text(text, self.tell))
        self._do(voting.cast(self.meeting, self.key, ballots, at=self.now))
        return ballots.count

    def reveal(self) -> None:
        """Show the votes; it never waits for whoever has not voted."""
        self._do(voting.reveal(self.meeting, self.key, at=self.now))

    def withdraw_vote(self) -> None:
        """Take the latest round back, with its votes."""
        self._do(voting.withdraw_round(self.meeting, self.key))

    def settle(self) -> None:
        """Make what the vote came to the answer: the median, or the choice with the most votes."""
        self._do(voting.settle(self.meeting, self.key, at=self.now, by=self.window.actor))

    def mush(self) -> str:
        """Why the answer to the current question says nothing, such as `TBD`; empty for one that says something."""
        return vague_at(self.meeting, self.key)

    def make_unknown_with_action(self) -> Action | None:
        """Make a vague answer unknown, with an action to find it out (given back); undo takes both back at once."""
        step = unknown_with_action(self.meeting, self.key, now=self.now, by=self.window.actor, new_id=self._new_id)
        return self.meeting.actions[-1] if self._do(step) else None

    # ---- suggestions

    def suggestions(self) -> tuple[Suggestion, ...]:
        """What the rules suggest for the current answer and nobody has taken or dismissed."""
        place = self.place
        verdict = verdict_at(self.meeting, place.key, self.today) if place else None
        if place is None or verdict is None:
            return ()
        return open_suggestions(self.meeting, place, verdict, self.today)

    def take(self, suggestion: Suggestion) -> Capture:
        """Take a suggestion as the action or risk that it proposes."""
        captured = captured_from_suggestion(
            suggestion, meeting=self.meeting, key=self.key, now=self.now, by=self.window.actor, new_id=self._new_id
        )
        self._do(steps.capture(self.meeting, captured))
        return captured

    def dismiss(self, suggestion: Suggestion) -> None:
        """Decline a suggestion; that it was, and by whom, is kept."""
        self._do(steps.dismiss(self.meeting, self.key, suggestion.ref, by=self.window.actor))

    # ---- captures and people

    def capture(self, kind: CaptureKind, line: str) -> Capture | None:
        """Take down a typed line beside the current question; None when it says nothing."""
        said = kept_line(line, self.tell)
        captured = captured_from_line(
            kind, said, meeting=self.meeting, key=self.key, now=self.now, by=self.window.actor, new_id=self._new_id
        )
        if captured is not None:
            self._do(steps.capture(self.meeting, captured))
        return captured

    def change_capture(self, captured: Capture, what: str = "") -> None:
        """Put an edited capture in its place."""
        kept = kept_capture(captured, self.tell)
        self._do(steps.put(self.meeting, kept, what or f"changed {captured.kind.value}"))

    def withdraw(self, captured: Capture) -> None:
        """Take a capture back."""
        self._do(steps.withdraw(self.meeting, captured))

    def set_attendees(self, attendees: Sequence[Attendee]) -> None:
        """Change who is in the room."""
        sitting = self.meeting.sitting
        if sitting is not None:
            people = kept_people(attendees, self.tell)
            self._do(steps.put(self.meeting, replace(sitting, attendees=people), "changed the roster"))

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

    # ---- clock

    def start_clock(self) -> None:
        """Start or resume the sitting's clock at the current question."""
        sitting = self.meeting.sitting
        if sitting is not None and not self.timing.running:
            self._mark_clock(ClockMark.RESUME if sitting.events else ClockMark.START, self.key.item)

    def count_downtime_as_pause(self) -> None:
        """Put a pause at the last sign of life, where a killed program left the clock running."""
        sitting = self.meeting.sitting
        if sitting is None or not self.timing.running:
            return
        alive = sitting.heartbeat or (sitting.events[-1].at if sitting.events else sitting.started_at)
        self._add_event(next_event(sitting, min(alive, self.now), ClockMark.PAUSE, self.key.item))

    def pause_clock(self) -> None:
        """Stop counting; answers can still be given."""
        if self.timing.running:
            self._mark_clock(ClockMark.PAUSE, self.key.item)
            self.changed()

    def toggle_clock(self) -> None:
        """Pause or go on."""
        if self.timing.running:
            self.pause_clock()
        else:
            self.start_clock()
            self.changed()

    def extend(self, minutes: float = 2) -> None:
        """Give the current section more minutes."""
        if self.place is not None:
            self._mark_clock(ClockMark.EXTEND, self.place.section.id, minutes)
            self.changed()

    def beat(self) -> None:
        """Say that the program runs: time after the last beat counts as pause when it was killed."""
        sitting = self.meeting.sitting
        if sitting is not None and sitting.ended_at is None and self.timing.running:
            self._store.writer.remember_heartbeat(sitting.id, self.now)

    def _mark_clock(self, mark: ClockMark, item: str, minutes: float = 0) -> None:
        sitting = self.meeting.sitting
        if sitting is None or sitting.ended_at is not None:
            return
        if mark is ClockMark.ENTER and not self.timing.running:
            return
        self._add_event(next_event(sitting, self.now, mark, item, minutes))

    def _add_event(self, event: ClockEvent) -> None:
        sitting = self.meeting.sitting
        assert sitting is not None
        self.meeting = steps.apply(self.meeting, replace(sitting, events=(*sitting.events, event)))
        self._store.writer.remember_clock(self.meeting.session.id, event)

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

    def _item(self) -> Item:
        place = self.place
        if place is None:
            raise LookupError("the agenda asks nothing")
        return place.item

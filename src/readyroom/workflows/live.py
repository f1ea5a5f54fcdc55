"""A meeting while it runs: one command gives the next state at once, and is saved behind it.

No screen in here. What is painted is `meeting` and `place`; what is true about saving is `saving`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from readyroom.domain import meeting as steps
from readyroom.domain import voting
from readyroom.domain.agenda import Item
from readyroom.domain.answer import AnswerKey, AnswerState, Prepared, read_typed
from readyroom.domain.ballots import parse_votes
from readyroom.domain.capture import Action, Capture, CaptureKind
from readyroom.domain.clock import next_event
from readyroom.domain.progress import next_open, verdict_at
from readyroom.domain.session import Attendee, ClockEvent, ClockMark
from readyroom.workflows.capturing import captured_from_line
from readyroom.workflows.kept import NOTHING_TO_REDO, NOTHING_TO_UNDO, KeptMeeting
from readyroom.workflows.savedmark import SavedMark, Saving
from readyroom.workflows.suggesting import Suggestion, captured_from_suggestion, open_suggestions
from readyroom.workflows.typed import kept_capture, kept_line, kept_people, kept_text, kept_value
from readyroom.workflows.undoing import (
    Clash,
    UndoResult,
)
from readyroom.workflows.vagueness import unknown_with_action, vague_at

__all__ = ["NOTHING_TO_REDO", "NOTHING_TO_UNDO", "Clash", "LiveMeeting", "SavedMark", "Saving", "UndoResult"]


class LiveMeeting(KeptMeeting):
    """What a facilitator can do in the session of one window."""

    # ---- going from question to question

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

    def _item(self) -> Item:
        place = self.place
        if place is None:
            raise LookupError("the agenda asks nothing")
        return place.item

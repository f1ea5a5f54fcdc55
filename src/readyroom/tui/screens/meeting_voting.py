"""Voting in the meeting: what `v`, Enter and the settling key mean at a question that is put to a vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readyroom.domain.agenda import VoteMode
from readyroom.domain.answer import AnswerKey, AnswerState
from readyroom.domain.ballots import VoteError
from readyroom.domain.sides import is_sealed
from readyroom.domain.tally import outcome_of_vote
from readyroom.domain.votes import Round
from readyroom.domain.voting import is_voted, latest_round, tallies_at
from readyroom.tui.screens.meeting_fields import Typing, draft_name
from readyroom.tui.widgets.meeting.vote_lines import SLOT

if TYPE_CHECKING:
    from readyroom.tui.screens.meeting import MeetingScreen


class Voting:
    """The votes of a meeting screen, and which side's answer may still be seen."""

    def __init__(self, screen: MeetingScreen) -> None:
        self._screen = screen
        self._open_at: AnswerKey | None = None
        """The question at which the room stands since before its side had answered."""

    # ---- v

    def vote(self) -> None:
        """Open the vote line, reveal what was handed in, or vote once more: whichever comes next."""
        place, live = self._screen.live.place, self._screen.live
        if place is None or not is_voted(place.item):
            self._screen.say("this question is not put to a vote")
            return
        last = latest_round(live.meeting, live.key)
        try:
            if last is not None and last.handed_in and not last.is_revealed:
                self._screen.fields.leave()
                live.reveal()
                self._screen.say("revealed; ctrl+z hides it again")
                return
            live.open_vote()
        except VoteError as error:
            self._screen.say(str(error), "warn")
            return
        self.open_line()

    def takes_enter(self) -> bool:
        """Whether Enter hands more votes in here: a round is open and nothing is answered yet."""
        last = self._round()
        if last is None or not last.takes_votes:
            return False
        live = self._screen.live
        return not last.is_revealed or live.meeting.answer(live.key).state is AnswerState.UNANSWERED

    def open_line(self) -> None:
        """Open the line that votes are typed into; silent ones as dots."""
        place = self._screen.live.place
        if place is None:
            return
        typing = Typing(
            slot=SLOT, draft=draft_name("vote", place.key), entered=self._entered, left=self._left,
            pasted=self._pasted, stays=True,
        )  # fmt: skip
        self._screen.fields.open(typing, "", masked=place.item.vote is not VoteMode.OPEN)

    def _round(self) -> Round | None:
        place, live = self._screen.live.place, self._screen.live
        return latest_round(live.meeting, live.key) if place is not None and is_voted(place.item) else None

    def _entered(self, text: str) -> str:
        fields, live = self._screen.fields, self._screen.live
        if not text.strip():
            fields.close()
            return ""
        try:
            count = live.cast(text)
        except VoteError as error:
            return str(error)
        if fields.field is not None:
            fields.field.load_line("")
        fields.forget()
        self._screen.say("1 vote handed in" if count == 1 else f"{count} votes handed in")
        last = self._round()
        everybody = last is not None and last.expected and last.handed_in >= last.expected
        if everybody and fields.is_open:
            fields.close()
        return ""

    def _left(self, text: str) -> None:
        """Escape: what was not handed in goes, since nobody could see it again to finish it."""
        if text.strip():
            self._screen.say("what was not handed in is dropped")

    def _pasted(self, text: str) -> None:
        """Lines from a chat are handed in at once."""
        fields = self._screen.fields
        begun = fields.field.text if fields.field is not None else ""
        fields.entered(f"{begun}\n{text}" if begun.strip() else text)

    # ---- the answer

    def settle(self) -> bool:
        """Make what the vote came to the answer; False where there is nothing to settle."""
        place, live = self._screen.live.place, self._screen.live
        if place is None or not is_voted(place.item):
            return False
        last, tallies = latest_round(live.meeting, live.key), tallies_at(live.meeting, live.key)
        if not tallies or last is None or not last.is_revealed:
            return False
        if outcome_of_vote(place.item, tallies[-1]) is None:
            return False
        live.settle()
        self._screen.say("the vote is the answer")
        return True

    # ---- sides

    def still_here(self) -> bool:
        """Whether the room has not left this question since its side began to answer."""
        live = self._screen.live
        if not is_sealed(live.meeting, live.key):
            self._open_at = live.key
        return self._open_at == live.key

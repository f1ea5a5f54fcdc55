"""The steps of a vote in a meeting: open, hand in, reveal, one more round, withdraw, settle. All pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from readyroom.domain.agenda import Item, VoteMode
from readyroom.domain.ballots import VOTED_KINDS, VoteError
from readyroom.domain.key import AnswerKey
from readyroom.domain.meeting import Meeting, Step, give_answer, put
from readyroom.domain.tally import Tally, outcome_of_vote, tally_of
from readyroom.domain.votes import MOST_ROUNDS, Ballots, Round, round_id, with_ballots


def is_voted(item: Item) -> bool:
    """Whether an item is put to a vote."""
    return item.vote is not VoteMode.NONE and item.kind in VOTED_KINDS


def rounds_at(meeting: Meeting, key: AnswerKey) -> tuple[Round, ...]:
    """The rounds on a question that were not withdrawn, the first one first."""
    found = [one for one in meeting.rounds if one.key == key and not one.withdrawn]
    return tuple(sorted(found, key=lambda one: (one.number, one.opened_at, one.id)))


def latest_round(meeting: Meeting, key: AnswerKey) -> Round | None:
    """The round that the room is in, or was in last."""
    rounds = rounds_at(meeting, key)
    return rounds[-1] if rounds else None


def tallies_at(meeting: Meeting, key: AnswerKey) -> tuple[Tally, ...]:
    """What may be shown of the revealed rounds on a question, the first one first."""
    item = meeting.item(key.item)
    if item is None:
        return ()
    told = (tally_of(item, one) for one in rounds_at(meeting, key))
    return tuple(one for one in told if one is not None)


def unrevealed(meeting: Meeting) -> Iterator[Round]:
    """Rounds in which somebody has voted and nobody has seen it."""
    return (one for one in meeting.rounds if one.handed_in and not one.is_revealed and not one.withdrawn)


def open_vote(meeting: Meeting, key: AnswerKey, *, at: datetime) -> Step:
    """Open a round, or the second one after the first was revealed; an open one stays as it is.

    Raises:
        VoteError: the item is not voted on, or there were two rounds.
    """
    item = _voted(meeting, key)
    last = latest_round(meeting, key)
    if last is not None and not last.is_revealed:
        return Step(meeting=meeting)
    number = last.number + 1 if last is not None else 1
    if number > MOST_ROUNDS:
        raise VoteError(f"there were {MOST_ROUNDS} rounds; what is still apart is kept as a disagreement")
    nth = sum(one.key == key for one in meeting.rounds) + 1
    opened = Round(
        id=round_id(meeting.session.id, key, nth),
        session=meeting.session.id,
        key=key,
        number=number,
        openly=item.vote is VoteMode.OPEN,
        expected=len(meeting.present),
        opened_at=at,
    )
    return put(meeting, opened, f"opened {_nth(number)} round of votes on {_named(item)}")


def cast(meeting: Meeting, key: AnswerKey, ballots: Ballots, *, at: datetime) -> Step:
    """Hand votes in; they are hidden until the reveal, except where the agenda lets everybody see them.

    Raises:
        VoteError: no round is open.
    """
    item = _voted(meeting, key)
    last = latest_round(meeting, key)
    if last is None or not last.takes_votes:
        raise VoteError("no round is open: the votes were revealed" if last else "no round is open")
    after = with_ballots(last, ballots, names_kept=item.votes_named)
    if last.openly:
        after = replace(after, revealed_at=last.revealed_at or at)
    return put(meeting, after, f"{_count(ballots)} handed in on {_named(item)}")


def reveal(meeting: Meeting, key: AnswerKey, *, at: datetime) -> Step:
    """Show what was handed in; it never waits for whoever has not voted.

    Raises:
        VoteError: nobody has voted yet.
    """
    item = _voted(meeting, key)
    last = latest_round(meeting, key)
    if last is None or not last.handed_in:
        raise VoteError("nobody has voted yet")
    if last.is_revealed:
        return Step(meeting=meeting)
    return put(meeting, replace(last, revealed_at=at), f"revealed the votes on {_named(item)}")


def withdraw_round(meeting: Meeting, key: AnswerKey) -> Step:
    """Take the latest round back, with what was handed in; it can be undone."""
    item = _voted(meeting, key)
    last = latest_round(meeting, key)
    if last is None:
        return Step(meeting=meeting)
    return put(meeting, replace(last, withdrawn=True), f"withdrew {_nth(last.number)} round of votes on {_named(item)}")


def settle(meeting: Meeting, key: AnswerKey, *, at: datetime, by: str) -> Step:
    """Make what the latest revealed round came to the answer: the median, or the choice with the most votes.

    Raises:
        VoteError: nothing is revealed, or the votes point to no one answer.
    """
    item = _voted(meeting, key)
    tallies = tallies_at(meeting, key)
    if not tallies:
        raise VoteError("the votes are not revealed yet")
    value = outcome_of_vote(item, tallies[-1])
    if value is None:
        raise VoteError("the votes point to no one answer; give it with its own key")
    return give_answer(meeting, key, (value,) if item.many else value, at=at, by=by)


def _voted(meeting: Meeting, key: AnswerKey) -> Item:
    item = meeting.item(key.item)
    if item is None or not is_voted(item):
        raise VoteError("this question is not put to a vote")
    return item


def _named(item: Item) -> str:
    return f"“{item.ask if len(item.ask) <= 60 else item.ask[:59] + '…'}”"


def _nth(number: int) -> str:
    return "the first" if number == 1 else "the second"


def _count(ballots: Ballots) -> str:
    return "1 vote" if ballots.count == 1 else f"{ballots.count} votes"

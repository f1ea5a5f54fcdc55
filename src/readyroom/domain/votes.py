"""A round of votes on one question: what was handed in, by how many, and whether it may be seen yet.

Votes are sorted and nameless, so that no order tells whose they are. What people type is read in `ballots.py`,
what is shown of a revealed round is decided in `tally.py`, and the steps of a meeting are in `voting.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import NAMESPACE_OID, uuid5

from readyroom.domain.key import AnswerKey

Vote = str | int | float
"""A level or a number, or the id of a choice."""

MOST_ROUNDS = 2
"""After the second round a disagreement is kept, not voted on again."""
FEWEST_SHOWN = 4
"""Voters from which on nameless votes are shown; of fewer only what they agree to is."""


@dataclass(frozen=True, slots=True, order=True)
class NamedVote:
    """A vote with its voter, where the agenda asks for names."""

    name: str
    vote: Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of votes. Until it is revealed, its votes are nobody's to see."""

    id: str
    session: str
    key: AnswerKey
    number: int
    """1, or 2 after talking."""
    openly: bool = False
    """Votes are seen as they come; the round counts as revealed from the first one on."""
    votes: tuple[Vote, ...] = ()
    """Sorted, without their voters."""
    named: tuple[NamedVote, ...] = ()
    """The same votes with their voters, only where the agenda says so; sorted by name."""
    abstentions: int = 0
    withheld: int = 0
    """How many votes are counted here and not told: in the journal before the reveal, in records of a small room."""
    expected: int = 0
    """How many people could vote when it was opened; 0 where nobody was on the roster."""
    opened_at: datetime
    revealed_at: datetime | None = None
    withdrawn: bool = False
    version: int = 0

    @property
    def is_revealed(self) -> bool:
        """Whether its votes may be seen."""
        return self.revealed_at is not None

    @property
    def handed_in(self) -> int:
        """How many have voted or abstained."""
        return self.count + self.abstentions

    @property
    def count(self) -> int:
        """How many votes there are, told or not."""
        return len(self.votes) + self.withheld

    @property
    def agreed(self) -> Vote | None:
        """What all voted for, two or more of them."""
        if self.withheld or len(self.votes) < 2 or self.votes[0] != self.votes[-1]:
            return None
        return self.votes[0]

    @property
    def may_be_told(self) -> bool:
        """Whether the votes themselves may be shown: revealed, and not those of so few that one could guess whose."""
        if not self.is_revealed or self.withdrawn or self.withheld or not self.votes:
            return False
        all_named = len(self.named) == len(self.votes)
        return self.openly or all_named or len(self.votes) >= FEWEST_SHOWN

    @property
    def takes_votes(self) -> bool:
        """Whether somebody may still vote: until the reveal, or at any time where votes are seen as they come."""
        return not self.withdrawn and (self.openly or not self.is_revealed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballots:
    """What was handed in at once. `named` is empty unless each vote came with its voter."""

    votes: tuple[Vote, ...] = ()
    named: tuple[NamedVote, ...] = ()
    abstentions: int = 0

    @property
    def count(self) -> int:
        """How many voted or abstained."""
        return len(self.votes) + self.abstentions


def round_id(session: str, key: AnswerKey, nth: int) -> str:
    """The id of the n-th round ever opened on a question: two windows that open it at once open the same one."""
    return str(uuid5(NAMESPACE_OID, "\n".join(("round", session, key.item, key.subject, key.respondent, str(nth)))))


def sorted_votes(votes: Iterable[Vote]) -> tuple[Vote, ...]:
    """Votes in their one order: numbers by size, then words."""
    return tuple(sorted(votes, key=lambda vote: (1, 0.0, vote) if isinstance(vote, str) else (0, float(vote), "")))


def with_ballots(before: Round, ballots: Ballots, *, names_kept: bool) -> Round:
    """The round with more votes in it; where names are kept, the later vote of a person takes the earlier one's place.

    Where names are kept, votes that came without one stay nameless.
    """
    if not names_kept or not ballots.named:
        more = sorted_votes((*before.votes, *ballots.votes))
        return replace(before, votes=more, abstentions=before.abstentions + ballots.abstentions)
    said = {one.name.casefold(): one for one in before.named}
    votes = list(before.votes)
    for one in ballots.named:
        earlier = said.get(one.name.casefold())
        if earlier is not None:
            votes.remove(earlier.vote)
        said[one.name.casefold()] = one
        votes.append(one.vote)
    return replace(
        before,
        votes=sorted_votes(votes),
        named=tuple(sorted(said.values(), key=lambda one: (one.name.casefold(), one.name))),
        abstentions=before.abstentions + ballots.abstentions,
    )


def without_votes(entity: Round) -> Round:
    """The round as the journal knows it: before the reveal how many handed something in, and no vote."""
    if entity.is_revealed or not entity.handed_in:
        return entity
    return replace(entity, votes=(), named=(), abstentions=0, withheld=entity.handed_in)


def as_told(entity: Round) -> Round:
    """A revealed round as it may leave the database: without the votes of a small room that does not agree."""
    if entity.may_be_told or entity.agreed is not None:
        return entity
    return replace(entity, votes=(), named=(), withheld=entity.count)


class RoundPart:
    """The parts of a round that change on their own."""

    VOTES = ("votes", "named", "abstentions")
    REVEAL = ("revealed_at",)
    STANDING = ("withdrawn",)


def part_changed(before: Round, after: Round) -> tuple[str, ...]:
    """The fields that a step changed: only those go back when it is undone."""
    if before.withdrawn != after.withdrawn:
        return RoundPart.STANDING
    if before.openly:
        return (*RoundPart.VOTES, *RoundPart.REVEAL)
    if before.revealed_at != after.revealed_at:
        return RoundPart.REVEAL
    return RoundPart.VOTES


def merged_round(before: Round | None, ours: Round, theirs: Round) -> Round | None:
    """What a step makes of a round that others changed meanwhile; None where it comes too late.

    Votes that came in elsewhere stay; ours are added to them. A vote after the reveal is too late.
    """
    if before is None:
        return theirs
    part = part_changed(before, ours)
    if part == RoundPart.STANDING:
        return replace(theirs, withdrawn=ours.withdrawn, version=theirs.version + 1)
    if part == RoundPart.REVEAL:
        if theirs.is_revealed == ours.is_revealed:
            return theirs
        return replace(theirs, revealed_at=ours.revealed_at, version=theirs.version + 1)
    if not theirs.takes_votes:
        return None
    merged = replace(
        theirs,
        votes=sorted_votes(_moved(before.votes, ours.votes, theirs.votes)),
        named=_moved_names(before, ours, theirs),
        abstentions=max(0, theirs.abstentions + ours.abstentions - before.abstentions),
        version=theirs.version + 1,
    )
    if not merged.openly:
        return merged
    return replace(merged, revealed_at=(theirs.revealed_at or ours.revealed_at) if merged.handed_in else None)


def taken_back(done: tuple[Round | None, Round], current: Round) -> Round:
    """What stands now without what a step did: of votes only those of the step go, whatever came in since."""
    before, after = done
    if before is None:
        return replace(current, withdrawn=True)
    return merged_round(after, before, current) or current


def stands(done: tuple[Round | None, Round], current: Round) -> bool:
    """Whether what a step did to a round is still there to be taken back."""
    before, after = done
    if before is None:
        return not current.withdrawn
    part = part_changed(before, after)
    if part == RoundPart.STANDING:
        return current.withdrawn == after.withdrawn
    if part == RoundPart.REVEAL:
        return current.is_revealed == after.is_revealed and not current.withdrawn
    added = Counter(after.votes) - Counter(before.votes)
    return current.takes_votes and not added - Counter(current.votes)


_Counted = TypeVar("_Counted", Vote, NamedVote)


def _moved(before: Iterable[_Counted], ours: Iterable[_Counted], theirs: Iterable[_Counted]) -> list[_Counted]:
    """Theirs with what we added, and without what we took away."""
    old, new = Counter(before), Counter(ours)
    return list((Counter(theirs) + (new - old) - (old - new)).elements())


def _moved_names(before: Round, ours: Round, theirs: Round) -> tuple[NamedVote, ...]:
    moved = _moved(before.named, ours.named, theirs.named)
    return tuple(sorted(moved, key=lambda one: (one.name.casefold(), one.name)))

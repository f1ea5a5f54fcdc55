"""What a revealed round comes to, and how much of it may be shown.

With fewer than four voters a distribution, and even a median, tells who said what: then only what all of them agree
to is shown. Open votes and votes with names hide nothing, whatever their number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from statistics import median

from readyroom.domain.agenda import Item, ItemKind
from readyroom.domain.answer import show_number, show_value
from readyroom.domain.hold import VoteSummary, summarise_votes
from readyroom.domain.votes import MOST_ROUNDS, Round, Vote

WIDE_LEVELS = 2
"""Levels of a rating between the lowest and the highest vote from which on people should talk."""
WIDE_RATIO = 10
"""The same for numbers: the highest vote as a multiple of the lowest."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many voted for one thing."""

    vote: Vote
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What may be shown of a revealed round. What may not be shown is not in it."""

    number: int
    count: int
    """Votes, abstentions aside."""
    abstentions: int
    expected: int
    agreed: Vote | None = None
    """What all of them voted for, two or more."""
    bars: tuple[Bar, ...] = ()
    """Votes by level, number or choice, each level and choice of the item included."""
    median: float | None = None
    spread: float | None = None
    winner: Vote | None = None
    """The choice with the most votes, unless there are two of them."""
    leading: tuple[Vote, ...] = ()
    """Choices that share the most votes."""
    wide: bool = False
    """Whether the votes lie so far apart that people should talk."""
    voters: tuple[tuple[str, Vote], ...] = ()
    """Names with votes, where the agenda asks for names."""

    @property
    def is_few(self) -> bool:
        """Whether so few voted that only what they agree to is shown."""
        return bool(self.count) and not self.bars


def tally_of(item: Item, of: Round) -> Tally | None:
    """What may be shown of a round; None before the reveal."""
    if not of.is_revealed or of.withdrawn:
        return None
    told = Tally(
        number=of.number,
        count=of.count,
        abstentions=of.abstentions,
        expected=of.expected,
        agreed=of.agreed,
        wide=of.count > 1 and of.agreed is None,
    )
    return _whole(item, of, told) if of.may_be_told else told


def summary_of(item: Item, of: Round) -> VoteSummary | None:
    """What rules may look at: of fewer than four voters only what they agree to, and of choices nothing."""
    if not of.is_revealed or of.withdrawn or item.kind is ItemKind.CHOICE:
        return None
    if not of.may_be_told and of.agreed is None:
        return None
    return summarise_votes([vote for vote in of.votes if not isinstance(vote, str)], item.scale)


def _whole(item: Item, of: Round, told: Tally) -> Tally:
    counts = Counter(of.votes)
    bars = tuple(Bar(vote, counts[vote]) for vote in _steps(item, of))
    numbers = [vote for vote in of.votes if not isinstance(vote, str)]
    most = max(counts.values())
    leading = tuple(bar.vote for bar in bars if bar.count == most) if item.kind is ItemKind.CHOICE else ()
    return replace(
        told,
        bars=bars,
        median=median(numbers) if numbers else None,
        spread=max(numbers) - min(numbers) if numbers else None,
        winner=leading[0] if len(leading) == 1 else None,
        leading=leading,
        wide=_is_wide(item, numbers) if numbers else len(leading) > 1,
        voters=tuple((one.name, one.vote) for one in of.named),
    )


def _steps(item: Item, of: Round) -> tuple[Vote, ...]:
    """What there was to vote for, in the item's order; of numbers those that were named."""
    if item.kind is ItemKind.CHOICE:
        known = tuple(choice.id for choice in item.choices)
        return (*known, *(vote for vote in dict.fromkeys(of.votes) if vote not in known))
    if item.kind is ItemKind.RATING and item.scale[1] - item.scale[0] < 20:
        return tuple(range(item.scale[0], item.scale[1] + 1))
    return tuple(dict.fromkeys(of.votes))


def _is_wide(item: Item, numbers: list[int | float]) -> bool:
    lowest, highest = min(numbers), max(numbers)
    if item.kind is ItemKind.RATING:
        return highest - lowest >= WIDE_LEVELS
    return highest > 0 and (lowest <= 0 or highest / lowest >= WIDE_RATIO)


def outcome_of_vote(item: Item, tally: Tally) -> Vote | None:
    """What one key may make the answer: the median, the choice with the most votes, or what few voters agree to.

    A median between two levels is taken as the worse of the two.
    """
    if item.kind is ItemKind.CHOICE:
        return tally.winner if tally.bars else tally.agreed
    if tally.median is None:
        return tally.agreed
    if item.kind is ItemKind.RATING:
        lower_is_better = item.direction is not None and item.direction.better == "lower"
        below = int(tally.median)
        return below + 1 if lower_is_better and below != tally.median else below
    return tally.median


def show_vote(item: Item, vote: Vote) -> str:
    """One vote as people read it."""
    if item.kind is ItemKind.CHOICE:
        return show_value(item, str(vote))
    number = show_number(vote) if not isinstance(vote, str) else vote
    return f"{number} {item.unit}" if item.kind is ItemKind.NUMBER and item.unit else number


def headline(item: Item, tally: Tally) -> str:
    """What a round comes to, in a line: `median 3, spread 3`, `all 3 say 4`, `no agreement among 3`."""
    if not tally.count:
        return "nobody voted"
    if tally.agreed is not None:
        return f"all {tally.count} say {show_vote(item, tally.agreed)}"
    if not tally.bars:
        return "1 vote: too few to show" if tally.count == 1 else f"the {tally.count} voters do not agree"
    if item.kind is ItemKind.CHOICE:
        names = " and ".join(show_vote(item, vote) for vote in tally.leading)
        return f"most votes: {names}" if tally.winner is not None else f"even: {names}"
    middle, spread = tally.median or 0, tally.spread or 0
    return f"median {show_vote(item, _tidy(middle))}, spread {show_number(_tidy(spread))}"


def advice(item: Item, tally: Tally) -> str:
    """What to do next where the votes lie apart; empty where there is nothing to talk about."""
    if not tally.wide:
        return ""
    if tally.number < MOST_ROUNDS:
        return "talk, then one more round"
    return "keep the disagreement; decide who decides" if not tally.bars else "keep the disagreement in a note"


def turnout(tally: Tally) -> str:
    """Who voted: `5 of 6 voted, 1 abstained`."""
    of = f" of {tally.expected}" if tally.expected >= tally.count + tally.abstentions and tally.expected else ""
    parts = [f"{tally.count}{of} voted"]
    if tally.abstentions:
        parts.append(f"{tally.abstentions} abstained")
    return ", ".join(parts)


def _tidy(number: float) -> int | float:
    return int(number) if float(number).is_integer() and abs(number) < 1e15 else number

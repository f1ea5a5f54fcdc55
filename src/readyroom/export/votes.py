"""Votes and sides in the minutes: the distribution of each revealed round, and where the two sides differ."""

from __future__ import annotations

from readyroom.domain.agenda import TABLE_KINDS, Item
from readyroom.domain.answer import AnswerKey
from readyroom.domain.sides import differences, is_sealed, sides_at, sides_differ, waiting_for
from readyroom.domain.tally import Tally, advice, headline, show_vote, turnout
from readyroom.domain.voting import tallies_at
from readyroom.export.md_escape import md_inline
from readyroom.export.reading import Reading
from readyroom.export.words import and_words

_WIDEST_BAR = 20


def vote_lines(reading: Reading, item: Item, key: AnswerKey, indent: str) -> list[str]:
    """One line a revealed round, as a list below the answer."""
    tallies = tallies_at(reading.meeting, key)
    return [f"{indent}- {_round(item, tally, len(tallies))}" for tally in tallies]


def _round(item: Item, tally: Tally, rounds: int) -> str:
    which = f"Votes, round {tally.number}" if rounds > 1 or tally.number > 1 else "Votes"
    said = f"{headline(item, tally)}; {turnout(tally)}"
    if todo := advice(item, tally):
        said += f" ({todo})"
    most = max((bar.count for bar in tally.bars), default=0)
    scale = max(1.0, most / _WIDEST_BAR)
    bars = [
        f"{md_inline(show_vote(item, bar.vote))} {'█' * max(1, round(bar.count / scale))} {bar.count}"
        for bar in tally.bars
        if bar.count
    ]
    told = f"{which}: {md_inline(said)}"
    if bars:
        told += f": {' · '.join(bars)}"
    if tally.voters:
        told += f" ({', '.join(f'{md_inline(who)} {md_inline(show_vote(item, vote))}' for who, vote in tally.voters)})"
    return told


def is_hidden(reading: Reading, key: AnswerKey) -> bool:
    """Whether what this side answered is not to be read yet."""
    return is_sealed(reading.meeting, key)


def hidden_words(reading: Reading, key: AnswerKey) -> str:
    """What stands in its place."""
    others = and_words([md_inline(side) for side in waiting_for(reading.meeting, key)])
    return f"has answered; it is shown when {others} has too"


def differing(reading: Reading, item: Item) -> bool:
    """Whether sides that answered apart differ, about any subject."""
    return any(sides_differ(reading.meeting, key) for key in reading.keys[item.id])


def difference_lines(reading: Reading, item: Item, indent: str) -> list[str]:
    """The rows in which sides differ, one line each."""
    if item.kind not in TABLE_KINDS:
        return []
    lines: list[str] = []
    seen: set[str] = set()
    for key in reading.keys[item.id]:
        if key.subject in seen or not sides_differ(reading.meeting, key):
            continue
        seen.add(key.subject)
        about = f"{md_inline(key.subject)}, " if reading.several_subjects else ""
        for row, said in differences(item, sides_at(reading.meeting, key)):
            told = "; ".join(f"{md_inline(who)}: {md_inline(words)}" for who, words in said)
            lines.append(f"{indent}- {about}{md_inline(row)} — {told}")
    return lines

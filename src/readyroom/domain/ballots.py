"""Reading votes as people hand them in: a burst, lines from a chat, or a tally.

No message here repeats what was typed: it may stand on a screen that everybody sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readyroom.domain.agenda import Item, ItemKind
from readyroom.domain.answer import AnswerError, check_value, expectation
from readyroom.domain.votes import Ballots, NamedVote, Vote, sorted_votes

MOST_VOTES = 1_000
"""Votes that are taken at once; a longer list is a slip."""
VOTED_KINDS = frozenset({ItemKind.RATING, ItemKind.NUMBER, ItemKind.CHOICE})

_ABSTAINS = frozenset({"-", "–", "—", "−"})
_COUNT = re.compile(r"[0-9]{1,9}")
_LONGEST_NAME = 80


class VoteError(ValueError):
    """Votes that cannot be read; the text says which one, and what would fit."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """So many equal votes; None abstains."""

    vote: Vote | None
    times: int = 1
    name: str = ""


def parse_votes(item: Item, text: str) -> Ballots:
    """Read votes: `3 3 5 2 -` (a dash abstains), `ana 3` line by line or after commas, `3:9 4:6`.

    Of two votes with one name the later one counts. On a scale of single digits `33521` is five votes.

    Raises:
        VoteError: a vote does not fit the item; nothing is read then.
    """
    if item.kind not in VOTED_KINDS:
        raise VoteError("this is not voted on")
    pieces: list[_Piece] = []
    for line in re.split(r"[;\n]|,\s" if item.kind is ItemKind.NUMBER else "[,;\n]", text):
        pieces += _read_line(item, line.strip().rstrip(","), sum(piece.times for piece in pieces))
        if sum(piece.times for piece in pieces) > MOST_VOTES:
            raise VoteError(f"these are more than {MOST_VOTES} votes; check the counts")
    read = _counted(pieces)
    if not read.count:
        raise VoteError("there is no vote in it")
    return read


def check_vote(item: Item, raw: object) -> Vote:
    """One vote, from a file or a widget; AnswerError if it does not fit."""
    value = check_value(item, [raw] if item.many else raw)
    if isinstance(value, tuple):
        if len(value) != 1 or not isinstance(value[0], str):
            raise AnswerError(f"expected one vote, {expectation(item)}")
        return value[0]
    return value


def _counted(pieces: Iterable[_Piece]) -> Ballots:
    latest: dict[str, _Piece] = {}
    nameless: list[_Piece] = []
    for piece in pieces:
        if piece.name:
            latest[piece.name.casefold()] = piece
        else:
            nameless.append(piece)
    kept = [*nameless, *latest.values()]
    named = [NamedVote(piece.name, piece.vote) for piece in latest.values() if piece.vote is not None]
    return Ballots(
        votes=sorted_votes(piece.vote for piece in kept if piece.vote is not None for _ in range(piece.times)),
        named=tuple(sorted(named, key=lambda one: (one.name.casefold(), one.name))),
        abstentions=sum(piece.times for piece in kept if piece.vote is None),
    )


def _read_line(item: Item, line: str, before: int) -> Iterator[_Piece]:
    """The votes of one line: all of it as one vote, else word by word, else a name with its vote."""
    if not line:
        return
    if item.kind is ItemKind.CHOICE and (whole := _try(item, line)) is not None:
        yield whole
        return
    found: list[_Piece] = []
    for word in line.split():
        if item.unit and word.casefold() == item.unit.casefold():  # `10 min 30 min`
            continue
        some = _read_word(item, word)
        if not some:
            if (voter := _read_voter(item, line)) is not None:
                yield voter
                return
            place = before + sum(piece.times for piece in found) + 1
            raise VoteError(f"vote {place} does not fit: expected {_expected(item)}, or - to abstain")
        found += some
    yield from found


def _read_word(item: Item, word: str) -> list[_Piece]:
    """The votes in a word: one, so many of one (`3:9`), or single digits in a row; none where it is no vote."""
    if (one := _try(item, word)) is not None:
        return [one]
    value, colon, count = word.rpartition(":")
    if colon and value and _COUNT.fullmatch(count) and (many := _try(item, value)) is not None:
        return [_Piece(many.vote, int(count))]
    single_digits = item.kind is ItemKind.RATING and item.scale[0] >= 0 and item.scale[1] <= 9
    if single_digits and len(word) > 1:
        pieces = [_try(item, digit) for digit in word]
        if all(piece is not None for piece in pieces):
            return [piece for piece in pieces if piece is not None]
    return []


def _read_voter(item: Item, line: str) -> _Piece | None:
    """`ana 3`, `Ana: 3`, `Ana Berg find the cause`: the shortest name that leaves a vote."""
    words = line.replace(":", ": ").split()
    for at in range(1, len(words)):
        name = " ".join(words[:at]).rstrip(":").strip()
        found = _try(item, " ".join(words[at:]))
        if found is not None and name and len(name) <= _LONGEST_NAME and any(sign.isalpha() for sign in name):
            return _Piece(found.vote, 1, name)
    return None


def _try(item: Item, text: str) -> _Piece | None:
    if text in _ABSTAINS:
        return _Piece(None)
    try:
        return _Piece(check_vote(item, text))
    except AnswerError:
        return None


def _expected(item: Item) -> str:
    return expectation(item).replace("some of", "one of")

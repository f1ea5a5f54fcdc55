"""Which item of one agenda is which of another: by id, else by how alike the questions are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from readyroom.domain.agenda import Item, Section

ALIKE = 0.75
_CANDIDATES = 5
_COMPARED = 400
_COMMON = 200
"""Words that more questions share than this do not tell two questions apart."""


def match_items(before: Sequence[Item], after: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Pairs of an old and a new item, each in one pair at most."""
    old_ones = {item.id: item for item in before}
    pairs = [(old_ones[item.id], item) for item in after if item.id in old_ones]
    taken = {new.id for _, new in pairs}
    left = [item for item in before if item.id not in taken]
    free = [item for item in after if item.id not in taken]
    scored = sorted(_scores(left, free), key=lambda one: -one[0])
    used: set[tuple[str, str]] = set()
    for _, old, new in scored:
        if ("old", old.id) not in used and ("new", new.id) not in used:
            used |= {("old", old.id), ("new", new.id)}
            pairs.append((old, new))
    return pairs


def match_sections(
    before: Sequence[Section], after: Sequence[Section], pairs: Sequence[tuple[Item, Item]]
) -> dict[str, Section]:
    """The old section of each new one: of the same id, else the one that most of its known items come from."""
    old_ones = {section.id: section for section in before}
    found = {section.id: old_ones[section.id] for section in after if section.id in old_ones}
    free = {section.id for section in before} - set(found)
    home = {item.id: section.id for section in before for item in section.items}
    old_of = {new.id: old.id for old, new in pairs}
    for section in after:
        if section.id in found:
            continue
        origins = Counter(home[old_of[item.id]] for item in section.items if item.id in old_of)
        for name, count in origins.most_common(1):
            if name in free and count * 2 > sum(origins.values()):
                found[section.id] = old_ones[name]
                free.discard(name)
    return found


def _scores(before: Sequence[Item], after: Sequence[Item]) -> list[tuple[float, Item, Item]]:
    """How alike old and new questions are, where they are alike enough; only some that share rare words are tried."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, item in enumerate(before):
        for word in _words(item):
            holders[word].append(at)
    scored = []
    for new in after:
        own = _words(new)
        told: dict[int, float] = defaultdict(float)
        for word in sorted(own):
            some = holders.get(word, ())
            for at in some if len(some) <= _COMMON else ():
                told[at] += 1 / len(some)
        for at in sorted(told, key=lambda one: -told[one])[:_CANDIDATES]:
            score = SequenceMatcher(None, _folded(before[at]), _folded(new), autojunk=False).ratio()
            if score >= ALIKE:
                scored.append((score, before[at], new))
    return scored


def _folded(item: Item) -> str:
    return " ".join(item.ask.casefold().split())[:_COMPARED]


def _words(item: Item) -> set[str]:
    return set(re.findall(r"\w+", _folded(item)))


def longest_kept(numbers: Sequence[int]) -> set[int]:
    """Positions of the longest part that already rises; what is left over has moved."""
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at_end[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            at_end.append(at)
        else:
            ends[length], at_end[length] = number, at
    kept: set[int] = set()
    at = at_end[-1] if at_end else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept

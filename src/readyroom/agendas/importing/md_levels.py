"""Level columns of public checklists (A to C, tier 0 to 3, gold to bronze) as our four tiers."""

from __future__ import annotations

import re

from readyroom.domain.service import Tier

_LETTER = re.compile(r"(?:level|class|grade|category|tier|type)?\s*([a-e])", re.IGNORECASE)
_NUMBER = re.compile(r"(?:tier|class|category|priority|prio|criticality|p|t|sev)\s*-?([0-5])", re.IGNORECASE)
_NAMED = (
    ("mission critical", "critical", "high", "medium", "low"),
    ("gold", "silver", "bronze"),
    ("platinum", "gold", "silver", "bronze"),
    ("critical", "standard", "experimental"),
    ("critical", "important", "normal"),
)
_SPREAD = {
    1: ((Tier.CRITICAL, Tier.HIGH, Tier.MEDIUM, Tier.LOW),),
    2: ((Tier.CRITICAL, Tier.HIGH), (Tier.MEDIUM, Tier.LOW)),
    3: ((Tier.CRITICAL,), (Tier.HIGH, Tier.MEDIUM), (Tier.LOW,)),
    4: ((Tier.CRITICAL,), (Tier.HIGH,), (Tier.MEDIUM,), (Tier.LOW,)),
}


def read_level(title: str) -> str:
    """The level that a column's title names: a letter, a number, or a word; empty where it is none."""
    folded = " ".join(title.casefold().split())
    if found := _LETTER.fullmatch(folded):
        return found[1]
    if found := _NUMBER.fullmatch(folded):
        return found[1]
    words = {word for names in _NAMED for word in names}
    return folded if folded in words else ""


def level_tiers(titles: tuple[str, ...]) -> dict[str, tuple[Tier, ...]]:
    """The tiers that each level stands for, the most demanding first; empty where their order is not known."""
    levels = {title: read_level(title) for title in titles}
    if len(set(levels.values())) < len(titles) or not 1 <= len(titles) <= 4:
        return {}
    own = {tier.value: tier for tier in Tier}
    if all(level in own for level in levels.values()):
        return {title: (own[level],) for title, level in levels.items()}
    if all(len(level) == 1 for level in levels.values()):
        if len({level.isdigit() for level in levels.values()}) > 1:
            return {}
        ordered = sorted(titles, key=levels.__getitem__)
    else:
        known = next((names for names in _NAMED if set(levels.values()) <= set(names)), None)
        if known is None:
            return {}
        ordered = sorted(titles, key=lambda title: known.index(levels[title]))
    return dict(zip(ordered, _SPREAD[len(ordered)], strict=True))

"""Which keys mean something for which kind of item."""

from __future__ import annotations

from collections.abc import Iterable

from readyroom.domain.agenda import ItemKind

_ALWAYS = frozenset({"id", "kind", "ask", "guide", "optional", "when", "minutes"})
_ANSWERED = frozenset({"required", "evidence", "rules", "gate", "respondents"})
_VOTED = frozenset({"vote"})
_BARRED = frozenset({"target", "better"})
_OWN: dict[ItemKind, frozenset[str]] = {
    ItemKind.CHECK: frozenset(),
    ItemKind.YES_NO: frozenset({"bad"}),
    ItemKind.RATING: frozenset({"scale", "anchors"}) | _VOTED | _BARRED,
    ItemKind.NUMBER: frozenset({"unit"}) | _VOTED | _BARRED,
    ItemKind.TEXT: frozenset({"prompts"}),
    ItemKind.CHOICE: frozenset({"choices", "many"}) | _VOTED,
    ItemKind.DATE: frozenset(),
    ItemKind.OWNER: frozenset(),
    ItemKind.TABLE: frozenset({"columns", "rows", "prompts"}),
    ItemKind.SLO: frozenset({"columns", "prompts"}),
    ItemKind.ACTIONS: frozenset({"columns", "prompts"}),
    ItemKind.RISKS: frozenset({"columns", "prompts"}),
    ItemKind.SIGNOFF: frozenset({"columns", "prompts"}),
}


def keys_of(kind: ItemKind) -> frozenset[str]:
    """The keys that an item of this kind may have."""
    return _ALWAYS if kind is ItemKind.INFO else _ALWAYS | _ANSWERED | _OWN[kind]


def misfits(kind: ItemKind, keys: Iterable[str]) -> list[tuple[str, str, str]]:
    """Each key that means nothing for the kind: the key, what is wrong, and the fix."""
    found = []
    for key in keys:
        if key in keys_of(kind):
            continue
        others = [str(other) for other in ItemKind if key in keys_of(other)]
        if others:
            where = " or ".join(others) if len(others) < 4 else "items with an answer"
            found.append((key, f'"{key}" means nothing for {kind} items', f"remove it; it is for {where}"))
    return found

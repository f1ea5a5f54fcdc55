"""The short forms of thresholds: `gate`, `target` and `better`, taken back from the rules that they made."""

from __future__ import annotations

import re
from typing import Any

from readyroom.agendas.yaml_layout import Inline, InlineList
from readyroom.domain.agenda import ALL_TIERS, Item, Rule
from readyroom.domain.answer import show_number
from readyroom.domain.condition import AllOf, Comparison, Condition, OfAnswer, OfService

_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def write_bars(item: Item, tree: dict[str, Any]) -> list[Rule]:
    """Put `gate`, `target` and `better` into the tree of an item; gives the rules that are left."""
    by_source: dict[str, list[Rule]] = {"gate": [], "target": []}
    left: list[Rule] = []
    for rule in item.rules:
        by_source.get(rule.source, left).append(rule)
    better = item.direction.better if item.direction else ""
    target = _bars(by_source["target"], better)
    gate = by_source["gate"]
    bars = _bars(gate, better)
    if target:
        tree["target"] = target
    if bars:
        tree["gate"] = bars
    elif gate:
        tree["gate"] = _gated_tiers(gate[-1].when)
    if better and not target and not bars:
        tree["better"] = better
    return left


def _bars(rules: list[Rule], better: str) -> Any:
    """One bar, or one for each tier; None where the rules hold no number."""
    word = "at most" if better == "lower" else "at least"
    bars = Inline()
    for rule in rules:
        tier, condition = _tier_of(rule.when)
        if not isinstance(condition, OfAnswer) or condition.comparing[0].by not in (Comparison.ABOVE, Comparison.BELOW):
            continue
        limit = condition.comparing[0].operand
        assert isinstance(limit, int | float)
        shown = show_number(limit)
        bars[tier] = f"{word} {shown}" if _PLAIN_NUMBER.fullmatch(shown) else limit
    if not bars:
        return None
    return bars["default"] if list(bars) == ["default"] else bars


def _tier_of(condition: Condition) -> tuple[str, Condition]:
    """The tier that a threshold is for, and the threshold."""
    match condition:
        case AllOf(of=(OfService(comparing=(tiers,)), inner)):
            return (str(tiers.operand) if tiers.by is Comparison.IS else "default"), inner
    return "default", condition


def _gated_tiers(condition: Condition) -> Any:
    match condition:
        case AllOf(of=(OfService(comparing=(tiers,)), _)) if isinstance(tiers.operand, tuple):
            return True if len(tiers.operand) == len(ALL_TIERS) else InlineList(tiers.operand)
    return True

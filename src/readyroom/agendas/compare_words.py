"""Rules, conditions and tiers in the words of the agenda file, for lines that people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from readyroom.agendas.condition_writer import write_condition
from readyroom.agendas.gate_writer import write_bars
from readyroom.domain.agenda import ALL_TIERS, Item, Rule
from readyroom.domain.condition import Condition
from readyroom.domain.finding import Finding
from readyroom.domain.service import Tier


def tell_condition(condition: Condition | None) -> str:
    """A condition on one line, without the signs that only a file needs; empty where there is none."""
    return _tell(write_condition(condition)) if condition is not None else ""


def tell_rule_changes(before: Item, after: Item) -> Iterator[str]:
    """What changed in thresholds and rules, each in a few words."""
    old_bars: dict[str, Any] = {}
    new_bars: dict[str, Any] = {}
    old_rules, new_rules = write_bars(before, old_bars), write_bars(after, new_bars)
    for key in ("gate", "target", "better"):
        old, new = old_bars.get(key), new_bars.get(key)
        if old != new:
            yield f"{key} {_tell_bar(old)} → {_tell_bar(new)}"
    known = {tell_condition(rule.when): rule for rule in old_rules}
    left = {tell_condition(rule.when) for rule in new_rules}
    for when, rule in known.items():
        if when not in left:
            yield f"no longer, when {when}: {_tell_rule(rule)}"
    for rule in new_rules:
        when = tell_condition(rule.when)
        earlier = known.get(when)
        if earlier is None:
            yield f"now, when {when}: {_tell_rule(rule)}"
        elif earlier != rule:
            yield from (f"when {when}: {told}" for told in _tell_changes(earlier, rule))


def _tell_changes(before: Rule, after: Rule) -> Iterator[str]:
    if before.finding is not after.finding:
        yield f"{before.finding} → {after.finding}"
    for key in ("action", "risk", "check", "because", "due", "priority"):
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield f"{key} {_shown(old)} → {_shown(new)}"


def _shown(value: object) -> str:
    if value is None or value == "":
        return "nothing"
    return f"P{value}" if isinstance(value, int) else f'"{value}"'


def _tell_bar(bar: Any) -> str:
    if bar is None:
        return "nothing"
    return "for all tiers" if bar is True else _tell(bar)


def _tell_rule(rule: Rule) -> str:
    """What a rule concludes and suggests: `medium, action "Tune the alerts"`."""
    told = [] if rule.finding is Finding.UNRATED else [rule.finding.value]
    told += [f'{key} "{text}"' for key in ("action", "risk", "check") if (text := getattr(rule, key))]
    told += [f"P{rule.priority}"] if rule.priority is not None else []
    told += [f"due {rule.due}"] if rule.due else []
    return ", ".join(told) or "unrated"


def tell_tiers(tiers: tuple[Tier, ...]) -> str:
    """For whom something is required."""
    if tiers == ALL_TIERS:
        return "required for all"
    return f"required for {', '.join(tiers)}" if tiers else "not required"


def _tell(written: Any) -> str:
    """What the file says, read aloud: `service tier is critical, and above 15`."""
    if isinstance(written, dict):
        parts = []
        for key, value in written.items():
            if key in ("all", "any") and isinstance(value, list):
                joint = " and " if key == "all" else " or "
                parts.append("(" + joint.join(map(_tell, value)) + ")")
            else:
                parts.append(f"{key} {_tell(value)}")
        return ", ".join(parts)
    if isinstance(written, list):
        return " or ".join(map(_tell, written))
    return str(written)

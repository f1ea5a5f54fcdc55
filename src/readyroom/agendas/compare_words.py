"""Rules, conditions and tiers in the words of the agenda file, for lines that people read."""

from __future__ import annotations

from typing import Any

from readyroom.agendas.condition_writer import write_condition
from readyroom.domain.agenda import ALL_TIERS, Rule
from readyroom.domain.condition import Condition
from readyroom.domain.finding import Finding
from readyroom.domain.service import Tier


def tell_condition(condition: Condition | None) -> str:
    """A condition on one line, without the signs that only a file needs; empty where there is none."""
    return _tell(write_condition(condition)) if condition is not None else ""


def tell_rule(rule: Rule) -> str:
    """A rule as a sentence: `below 70: medium, action Tune the alerts`."""
    told = [] if rule.finding is Finding.UNRATED else [rule.finding.value]
    for key in ("action", "risk", "check"):
        if text := getattr(rule, key):
            told.append(f'{key} "{text}"')
    if rule.priority is not None:
        told.append(f"P{rule.priority}")
    if rule.due:
        told.append(f"due {rule.due}")
    source = f"{rule.source}: " if rule.source != "rule" else ""
    because = f" because {rule.because}" if rule.because and rule.source == "rule" else ""
    return f"{source}{tell_condition(rule.when)}: {', '.join(told) or 'unrated'}{because}"


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

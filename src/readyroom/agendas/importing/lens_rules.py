"""Risk rules of a lens as rules of an item: the same findings for every selection, each with the plan that fits it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readyroom.agendas.importing.lens_condition import Chosen, Expression, Together, as_condition, choices_in, join
from readyroom.domain.agenda import Rule
from readyroom.domain.condition import Always
from readyroom.domain.finding import Finding

FINDINGS = {"NO_RISK": Finding.OK, "MEDIUM_RISK": Finding.MEDIUM, "HIGH_RISK": Finding.HIGH}
_MOST_PLANS = 6
_MOST_COUNTED = 15
"""Choices up to which every selection is looked at, as one bit each."""


@dataclass(frozen=True, slots=True)
class RiskRule:
    """A rule of the lens; the default has no expression."""

    expression: Expression | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do about a choice that was not taken."""

    choice: str
    action: str
    because: str


@dataclass(frozen=True, slots=True)
class _Case:
    """A part of a risk rule that suggests one thing."""

    expression: Expression | None
    finding: Finding
    plan: Plan | None = None
    open_ended: bool = False


def write_rules(risk_rules: Sequence[RiskRule], plans: Sequence[Plan], ids: dict[str, str], title: str) -> list[Rule]:
    """The risk rules as rules that conclude the same; those that could never speak are left out."""
    by_choice = {plan.choice: plan for plan in plans}
    cases = [case for rule in risk_rules for case in _cases(rule, by_choice)]
    return [_rule(case, ids, title) for case in _speaking(cases, list(ids))]


def _rule(case: _Case, ids: dict[str, str], title: str) -> Rule:
    when = as_condition(case.expression, ids) if case.expression else Always()
    if case.plan:
        return Rule(when=when, finding=case.finding, action=case.plan.action, because=case.plan.because)
    return Rule(when=when, finding=case.finding, action=f"Close what is open in: {title}" if case.open_ended else "")


def _cases(rule: RiskRule, plans: dict[str, Plan]) -> Iterator[_Case]:
    if rule.finding in (Finding.OK, Finding.UNRATED):
        yield _Case(rule.expression, rule.finding)
        return
    for branch in _branches(rule.expression):
        named = list(choices_in(branch)) if branch else []
        missing = {chosen.choice for chosen in named if chosen.negated}
        if missing:
            plan = plans.get(min(missing)) if len(missing) == 1 else None
            yield _Case(branch, rule.finding, plan, open_ended=plan is None and not missing.isdisjoint(plans))
            continue
        either = isinstance(branch, Together) and not branch.every
        required = set() if either else {chosen.choice for chosen in named}
        fitting = [plan for choice, plan in plans.items() if choice not in required]
        for plan in fitting[:_MOST_PLANS]:
            lacking = Chosen(plan.choice, negated=True)
            yield _Case(join([branch, lacking], every=True) if branch else lacking, rule.finding, plan)
        yield _Case(branch, rule.finding, open_ended=len(fitting) > _MOST_PLANS)


def _branches(expression: Expression | None) -> list[Expression | None]:
    """The alternatives of a condition, as far as each is about one choice that was not taken.

    `a && (!b || !c)` has two: `a && !b`, and `a && !c`.
    """
    if not isinstance(expression, Together):
        return [expression]
    if not expression.every:
        if not any(chosen.negated for chosen in choices_in(expression)):
            return [expression]
        return [inner for part in expression.parts for inner in _branches(part)]
    either = [part for part in expression.parts if isinstance(part, Together)]
    if len(either) != 1 or not all(isinstance(part, Chosen) and part.negated for part in either[0].parts):
        return [expression]
    rest = [part for part in expression.parts if part is not either[0]]
    return [join([*rest, part], every=True) for part in either[0].parts]


def _speaking(cases: Sequence[_Case], choices: Sequence[str]) -> Iterator[_Case]:
    """The cases for which there is a selection that no earlier case speaks for."""
    if len(choices) > _MOST_COUNTED:
        unique = {case.expression: case for case in reversed(cases)}
        yield from (case for case in cases if unique[case.expression] is case)
        return
    everything = (1 << (1 << len(choices))) - 1
    columns = {choice: _column(at, len(choices)) for at, choice in enumerate(choices)}
    spoken_for = 0
    for case in cases:
        held = _table(case.expression, columns, everything) if case.expression else everything
        if held & ~spoken_for:
            yield case
        spoken_for |= held


def _column(at: int, count: int) -> int:
    """One bit for each selection, set where it has the choice at this position."""
    width = 1 << at
    pattern = ((1 << width) - 1) << width
    size = 2 * width
    while size < 1 << count:
        pattern |= pattern << size
        size *= 2
    return pattern


def _table(expression: Expression, columns: dict[str, int], everything: int) -> int:
    if isinstance(expression, Chosen):
        column = columns[expression.choice]
        return everything & ~column if expression.negated else column
    held = everything if expression.every else 0
    for part in expression.parts:
        table = _table(part, columns, everything)
        held = held & table if expression.every else held | table
    return held

"""Risk rules of an AWS Well-Architected custom lens: choice ids joined by `&& || ! ( )`, read and never executed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readyroom.domain.condition import AllOf, AnyOf, Comparing, Comparison, Condition, OfAnswer

LONGEST = 4_000
DEEPEST = 8
_TOKEN = re.compile(r"\s*(?:(&&|\|\||[!()])|([A-Za-z0-9_.:-]+)|(\S))")


class RiskRuleError(ValueError):
    """A condition that cannot be read; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Holds when the choice is selected; `negated` when it is not."""

    choice: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """Parts that hold all together, or (`every` False) of which one holds."""

    parts: tuple[Expression, ...]
    every: bool


Expression = Chosen | Together


def read_risk_condition(text: str) -> Expression:
    """The condition as a tree; negations are moved in to the choices, and equal operators stand side by side.

    Raises:
        RiskRuleError: something else stands in it, it names nothing, or it is nested too deeply.
    """
    if len(text) > LONGEST:
        raise RiskRuleError(f"it is longer than {LONGEST:,} characters")
    reader = _Reader(list(_tokens(text)))
    tree = reader.any_of(0, negated=False)
    if reader.next is not None:
        raise RiskRuleError(f'"{reader.next[:20]}" stands where && or || should')
    return tree


def choices_in(expression: Expression) -> Iterator[Chosen]:
    """Each choice that is named, in order."""
    if isinstance(expression, Chosen):
        yield expression
        return
    for part in expression.parts:
        yield from choices_in(part)


def holds_for(expression: Expression, selected: frozenset[str]) -> bool:
    """Whether the condition holds for a selection, as the lens means it."""
    if isinstance(expression, Chosen):
        return (expression.choice in selected) is not expression.negated
    held = (holds_for(part, selected) for part in expression.parts)
    return all(held) if expression.every else any(held)


def as_condition(expression: Expression, ids: Mapping[str, str]) -> Condition:
    """The condition in the words of an agenda; `ids` names our choice for each of the lens."""
    if isinstance(expression, Chosen):
        return has(ids[expression.choice], negated=expression.negated)
    chosen = [part for part in expression.parts if isinstance(part, Chosen)]
    if len(chosen) == len(expression.parts):
        words = tuple(dict.fromkeys(ids[part.choice] for part in chosen))
        if not expression.every and not any(part.negated for part in chosen):
            return OfAnswer(comparing=(Comparing(by=Comparison.ONE_OF, operand=words),))
        if expression.every and all(part.negated for part in chosen):
            return OfAnswer(comparing=(Comparing(by=Comparison.NONE_OF, operand=words),))
    of = tuple(as_condition(part, ids) for part in expression.parts)
    return AllOf(of=of) if expression.every else AnyOf(of=of)


def has(choice: str, *, negated: bool = False) -> Condition:
    """That a choice was taken, or was not."""
    by = Comparison.LACKS if negated else Comparison.HAS
    return OfAnswer(comparing=(Comparing(by=by, operand=choice),))


def _tokens(text: str) -> Iterator[str]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        assert found is not None  # the last alternative takes whatever stands there
        if found[3]:
            fix = {"&": "write &&", "|": "write ||"}.get(found[3], "only && || ! ( ) and choice ids are known")
            raise RiskRuleError(f'"{found[3]}" means nothing there; {fix}')
        yield found[1] or found[2]
        at = found.end()


class _Reader:
    """Reads tokens by precedence: `!` binds more than `&&`, `&&` more than `||`."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def next(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def any_of(self, depth: int, *, negated: bool) -> Expression:
        return self._joined("||", depth, negated=negated)

    def _joined(self, sign: str, depth: int, *, negated: bool) -> Expression:
        def part() -> Expression:
            return self._joined("&&", depth, negated=negated) if sign == "||" else self._one(depth, negated=negated)

        parts = [part()]
        while self.next == sign:
            self.at += 1
            parts.append(part())
        return join(parts, every=(sign == "&&") is not negated)

    def _one(self, depth: int, *, negated: bool) -> Expression:
        while self.next == "!":
            self.at += 1
            negated = not negated
        token = self.next
        if token is None:
            raise RiskRuleError("it ends where a choice should stand")
        self.at += 1
        if token == "(":  # noqa: S105 (a bracket, not a password)
            if depth >= DEEPEST:
                raise RiskRuleError(f"its brackets are nested deeper than {DEEPEST} levels")
            inner = self.any_of(depth + 1, negated=negated)
            if self.next != ")":
                raise RiskRuleError("a bracket is not closed")
            self.at += 1
            return inner
        if token in ("&&", "||", ")"):
            raise RiskRuleError(f'"{token}" stands where a choice should')
        return Chosen(token, negated)


def join(parts: list[Expression], *, every: bool) -> Expression:
    """The parts as one expression without brackets that say nothing, and without saying a thing twice."""
    flat: dict[Expression, None] = {}
    for part in parts:
        inside = part.parts if isinstance(part, Together) and part.every is every else (part,)
        flat.update(dict.fromkeys(inside))
    found = tuple(flat)
    return found[0] if len(found) == 1 else Together(found, every)

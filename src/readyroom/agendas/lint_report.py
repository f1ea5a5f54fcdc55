"""What lint found: problems that are wrong, and warnings that are only doubtful."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from readyroom.agendas.draft import Spot
from readyroom.borders.errors import Problem


@dataclass(frozen=True, slots=True)
class LintProblem:
    """A problem of an agenda file; `warning` is for what loads and works, but is hardly meant."""

    problem: Problem
    warning: bool = False

    def __str__(self) -> str:
        if not self.warning:
            return str(self.problem)
        return f"{self.problem.place}: warning: {self.problem.message}; {self.problem.fix}"


@dataclass(slots=True)
class Report:
    """Collects what lint finds."""

    found: list[LintProblem] = field(default_factory=list)

    def error(self, spot: Spot, what: str, fix: str, *, key: bool = False) -> None:
        """Note what is wrong."""
        self.found.append(LintProblem(spot.problem(what, fix, key=key)))

    def warn(self, spot: Spot, what: str, fix: str, *, key: bool = False) -> None:
        """Note what is doubtful."""
        self.found.append(LintProblem(spot.problem(what, fix, key=key), warning=True))


def in_order(found: Iterable[LintProblem]) -> tuple[LintProblem, ...]:
    """Without doubles, by file, line and column."""
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.problem.file, one.problem.line, one.problem.column)))

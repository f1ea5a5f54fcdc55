"""What a line of the table is: something measured round by round, against its budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

TIMES, MILLISECONDS = "×", "ms"
_DISTURBED = 1.5
"""A round counts while what stands beside takes at most this many times its own lower quartile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was measured. Without a budget it is only told."""

    name: str
    measured: float
    unit: str
    budget: float | None = None
    beside: str = ""
    """What it was compared with, and both in milliseconds or MiB."""
    rounds: int = 0
    """How many rounds count."""
    of: int = 0
    """How many rounds there were, where some were left out."""

    @property
    def missed_by(self) -> float:
        """How many times the budget it was; up to 1 is fine."""
        return self.measured / self.budget if self.budget else 0.0

    @property
    def verdict(self) -> str:
        """One word."""
        if self.budget is None:
            return "–"
        return "pass" if self.missed_by <= 1 else "MISSED"

    def told(self, number: float | None) -> str:
        """A number of this line with its unit."""
        if number is None:
            return "–"
        return f"{number:.2f} ×" if self.unit == TIMES else f"{number:.1f} ms" if number < 100 else f"{number:.0f} ms"


def as_ratio(
    name: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    budget: float | None,
    than: str,
    *,
    unit: str = MILLISECONDS,
) -> Line:
    """The median of each round's ratio; rounds are pairs, measured one after the other.

    A round in which even what stands beside was slow by half tells of the machine and not of us: it is left out.
    """
    pairs = list(zip(ours, theirs, strict=True))
    calm = sorted(theirs)[len(theirs) // 4] * _DISTURBED
    kept = [(one, other) for one, other in pairs if other <= calm]
    beside = f"{median(one for one, _ in kept):.1f} {unit}; {than} {median(other for _, other in kept):.1f} {unit}"
    ratio = median(one / other for one, other in kept)
    return Line(name=name, measured=ratio, unit=TIMES, budget=budget, beside=beside, rounds=len(kept), of=len(pairs))


def as_time(name: str, ours: Sequence[float], budget: float | None, beside: str = "", *, share: float = 0.5) -> Line:
    """A time: the median, or another quantile."""
    ordered = sorted(ours)
    measured = median(ordered) if share == 0.5 else ordered[min(len(ordered) - 1, int(len(ordered) * share))]
    return Line(name=name, measured=measured, unit=MILLISECONDS, budget=budget, beside=beside, rounds=len(ours))

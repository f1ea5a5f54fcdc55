"""A service as a review sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How much depends on a service."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


DEFAULT_TIER = Tier.MEDIUM
"""What a service without a declared tier counts as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A service level objective; `target` and readings are in percent."""

    name: str
    target: float
    window_days: int = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One entry of the catalog. `name` is its key, compared without case."""

    name: str
    tier: Tier | None = None
    owner: str = ""
    operated_by: str = ""
    tags: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    version: int = 0

    @property
    def counted_tier(self) -> Tier:
        """The declared tier, or the one that undeclared services count as."""
        return self.tier or DEFAULT_TIER

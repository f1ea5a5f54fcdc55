"""What a rule concluded about an answer, and how conclusions add up."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Finding(StrEnum):
    """From good to bad; `unrated` says nothing either way."""

    UNRATED = "unrated"
    OK = "ok"
    MEDIUM = "medium"
    HIGH = "high"
    BLOCKER = "blocker"


_SEVERITY = {finding: position for position, finding in enumerate(Finding)}


def worst(findings: Iterable[Finding]) -> Finding:
    """The gravest of the findings; `unrated` when there is none."""
    return max(findings, key=_SEVERITY.__getitem__, default=Finding.UNRATED)

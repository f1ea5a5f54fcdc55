"""The words of a verdict. Apart from `outcome.py`, so that lists can say it without any rules."""

from __future__ import annotations

from readyroom.domain.finding import Finding
from readyroom.domain.vocabulary import ReviewKind

_READINESS_WORDS = {
    Finding.UNRATED: "not rated",
    Finding.OK: "ready",
    Finding.MEDIUM: "ready with conditions",
    Finding.HIGH: "ready with conditions",
    Finding.BLOCKER: "not ready",
}
_REVIEW_WORDS = {
    Finding.UNRATED: "not rated",
    Finding.OK: "healthy",
    Finding.MEDIUM: "needs attention",
    Finding.HIGH: "at risk",
    Finding.BLOCKER: "blocked",
}


def verdict_words(kind: ReviewKind, verdict: Finding) -> str:
    """The verdict as the review's participants say it."""
    return (_READINESS_WORDS if kind is ReviewKind.READINESS else _REVIEW_WORDS)[verdict]

"""What an answer is found by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class AnswerKey:
    """Which question, about whom, from which side. `subject` and `respondent` are empty where there is none."""

    item: str
    subject: str = ""
    respondent: str = ""

"""The words that lists show, apart from the dataclasses they stand in: Home needs no more of the domain to begin."""

from __future__ import annotations

from enum import StrEnum


class ReviewKind(StrEnum):
    """The five reviews, and anything else a team meets about."""

    READINESS = "readiness"
    RELIABILITY_REVIEW = "reliability-review"
    HANDOFF = "handoff"
    ON_CALL = "on-call"
    RISK = "risk"
    OTHER = "other"


class SessionStatus(StrEnum):
    """Where a session stands."""

    IN_PROGRESS = "in progress"
    ADJOURNED = "adjourned"
    FINISHED = "finished"
    SEALED = "sealed"


class Audience(StrEnum):
    """Who may see a text: everybody in the room, or facilitators only."""

    ROOM = "room"
    FACILITATORS = "facilitators"


class ActionStatus(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    DONE = "done"
    DROPPED = "dropped"

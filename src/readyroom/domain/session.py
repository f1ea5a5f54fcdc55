"""A session: one run of an agenda for its subjects, over one or more sittings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from readyroom.domain.vocabulary import SessionStatus as SessionStatus


class ClockMark(StrEnum):
    """What happened to the clock."""

    START = "start"
    ENTER = "enter"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    """Two more minutes for a section."""
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent:
    """One event of a sitting's clock, in order of `sequence`. `item` is where the meeting then was."""

    sitting: str
    sequence: int
    at: datetime
    mark: ClockMark
    item: str = ""
    minutes: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody in the room at one sitting."""

    name: str
    role: str = ""
    arrived_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One stretch of a session, with its own roster and clock."""

    id: str
    session: str
    number: int
    started_at: datetime
    ended_at: datetime | None = None
    attendees: tuple[Attendee, ...] = ()
    events: tuple[ClockEvent, ...] = ()
    heartbeat: datetime | None = None
    """The last moment the program was known to run: time after it counts as pause."""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The facts of a session; its answers and captures stand in `meeting.Meeting`."""

    id: str
    agenda_id: str
    agenda_version: str
    agenda_root: str
    agenda_hash: str
    title: str
    kind: str
    subjects: tuple[str, ...] = ()
    status: SessionStatus = SessionStatus.IN_PROGRESS
    trigger: str = ""
    zone: str = "UTC"
    created_at: datetime
    created_by: str = ""
    finished_at: datetime | None = None
    revision: int = 0
    """How many records of it were sealed."""
    number: int | None = None
    version: int = 0

    @property
    def subject(self) -> str:
        """The subjects as one line; empty where the session is about none."""
        return ", ".join(self.subjects)

    @property
    def is_over(self) -> bool:
        """Whether answers are closed to all but a reopening."""
        return self.status in (SessionStatus.FINISHED, SessionStatus.SEALED)

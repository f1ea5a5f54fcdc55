"""What lists show: one line a session, one line an action. Shared by the repository and `glance`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from readyroom.domain.vocabulary import ActionStatus, Audience, SessionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session in a list. `asked` counts every question of the agenda, whatever its conditions."""

    id: str
    number: int
    title: str
    kind: str
    agenda_id: str
    subjects: tuple[str, ...]
    status: SessionStatus
    created_at: datetime
    last_activity: datetime
    answered: int
    asked: int
    actions: int
    risks: int
    verdict: str

    @property
    def short(self) -> str:
        """`S-3`."""
        return f"S-{self.number}"

    @property
    def subject(self) -> str:
        """The subjects as one text."""
        return ", ".join(self.subjects)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action in a list, with the session it came from; None and empty where it came from none."""

    id: str
    number: int
    title: str
    owner: str
    due: date | None
    priority: int | None
    status: ActionStatus
    subject: str
    audience: Audience
    agreed: bool
    session: str
    session_number: int | None
    session_title: str

    @property
    def short(self) -> str:
        """`A-12`."""
        return f"A-{self.number}"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page begins: behind this place in the list's order."""

    order: str
    number: int


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Some sessions, the newest first; `after` is None on the last page."""

    lines: tuple[SessionLine, ...]
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Some actions, the most urgent first; `after` is None on the last page."""

    lines: tuple[ActionLine, ...]
    after: Cursor | None


NO_DUE = "9999-12-31"
"""How an action without a date is put behind all others."""

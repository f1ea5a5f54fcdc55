"""Comparing what has been kept: two agendas, and two sessions with the agendas that they were run with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from readyroom.agendas.compare import AgendaDiff, compare_agendas
from readyroom.borders.errors import BorderError
from readyroom.domain.comparison import Comparison, compare_meetings
from readyroom.domain.meeting import Meeting
from readyroom.domain.session import Session
from readyroom.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDiff:
    """Two sessions compared; `agenda` is empty where both ran with the same one."""

    before: Session
    after: Session
    team: Comparison
    agenda: AgendaDiff

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return self.team.is_empty and not self.agenda.differences


def compare_sessions(workspace: Workspace, before: str, after: str) -> SessionDiff:
    """What changed from one session to another, each judged with the agenda that it keeps; both by their ids.

    Raises:
        BorderError: they are of different agendas.
    """
    repository = workspace.store().repository
    old, new = repository.meeting(before), repository.meeting(after)
    if old.session.agenda_root != new.session.agenda_root:
        what = f"one is a {old.session.title!r}, the other a {new.session.title!r}: nothing to compare"
        place = f"S-{old.session.number} and S-{new.session.number}"
        raise BorderError(what, place, "name two sessions of one agenda: readyroom session list")
    team = compare_meetings(old, new, at=(_instant(workspace, old), _instant(workspace, new)))
    return SessionDiff(before=old.session, after=new.session, team=team, agenda=compare_agendas(old.agenda, new.agenda))


def _instant(workspace: Workspace, meeting: Meeting) -> datetime:
    """What "today" was for a session: the day it was finished, else now."""
    return meeting.session.finished_at or workspace.now

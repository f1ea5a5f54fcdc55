"""Why a session is held: one of the reasons that its agenda names. Conditions of the agenda may go by it."""

from __future__ import annotations

from dataclasses import replace

from readyroom.agendas.wrongs import pick, quoted
from readyroom.borders.errors import BorderError
from readyroom.domain import meeting as steps
from readyroom.domain.agenda import Agenda
from readyroom.workflows.saving import save_step
from readyroom.workflows.typed import kept_line
from readyroom.workflows.workspace import Workspace


def known_trigger(agenda: Agenda, word: str) -> str:
    """The trigger of the agenda that is meant, in whatever case; an agenda that names none takes any.

    Raises:
        BorderError: the agenda names others; with the nearest.
    """
    said = kept_line(word)
    if not agenda.triggers:
        return said
    found = next((one for one in agenda.triggers if one.casefold() == said.casefold()), "")
    if not found:
        what = f"{agenda.id} is not held for {quoted(said)}"
        raise BorderError(what, "trigger", pick(said, agenda.triggers))
    return found


def change_trigger(workspace: Workspace, session_id: str, trigger: str) -> None:
    """Say of a session that was started why it is held; which questions it asks may hang on it."""
    meeting = workspace.store().repository.meeting(session_id)
    session = replace(meeting.session, trigger=trigger)
    save_step(workspace, steps.put(meeting, session, f"said why it is held: {trigger}"))

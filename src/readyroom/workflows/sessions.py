"""Finding sessions and looking at them."""

from __future__ import annotations

from readyroom.domain.meeting import Meeting
from readyroom.store.lines import Cursor, SessionPage
from readyroom.workflows.workspace import Workspace

LAST = "last"
"""The word that means the newest session."""


def list_sessions(
    workspace: Workspace, *, search: str = "", limit: int = 50, after: Cursor | None = None
) -> SessionPage:
    """A page of sessions, the newest first."""
    return workspace.store().repository.sessions(limit=limit, after=after, search=search)


def session_named(workspace: Workspace, name: str) -> str:
    """The id of a session by `S-3`, id, the beginning of an id, or `last`; StoreError if there is none."""
    repository = workspace.store().repository
    if name.casefold() == LAST:
        newest = repository.sessions(limit=1).lines
        if newest:
            return newest[0].id
    return repository.session(name).id


def session_meeting(workspace: Workspace, name: str) -> Meeting:
    """A session with everything in it; StoreError if there is none."""
    return workspace.store().repository.meeting(session_named(workspace, name))

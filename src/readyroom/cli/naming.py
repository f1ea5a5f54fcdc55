"""How a session is named on the command line: `S-3`, its id, a unique beginning of that, or `last`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readyroom.borders.errors import BorderError

if TYPE_CHECKING:
    from readyroom.workflows.workspace import Workspace

LAST = "last"


def session_id(workspace: Workspace, name: str) -> str:
    """The id of the session meant.

    Raises:
        BorderError: there is none, or several.
    """
    from readyroom.workflows.sessions import list_sessions, session_named

    if name.strip().casefold() != LAST:
        return session_named(workspace, name)
    page = list_sessions(workspace, limit=1)
    if not page.lines:
        raise BorderError(
            "there is no session yet", str(workspace.folder), "begin one: readyroom run reliability-review"
        )
    return page.lines[0].id

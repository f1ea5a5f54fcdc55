"""Reading filled-in sheets back, and saying what became of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from readyroom.borders.errors import BorderError
from readyroom.cli.guard import FAILED, FINE, explain
from readyroom.cli.naming import session_id
from readyroom.cli.printing import counted, say

if TYPE_CHECKING:
    from readyroom.workflows.workspace import Workspace


def fill_all(workspace: Workspace, sheets: tuple[Path, ...], name: str, *, confirm: bool) -> int:
    """Read each sheet; one that is wrong does not keep the others out, but gives exit code 1."""
    from readyroom.workflows.preparation import fill

    wanted = session_id(workspace, name) if name else ""
    code = FINE
    for sheet in sheets:
        try:
            filled = fill(workspace, sheet, session=wanted, confirm=confirm)
        except BorderError as error:
            code = explain(error)
            continue
        confirmed = f", {filled.confirmed:,} of them confirmed" if filled.confirmed else ""
        say(f"{sheet}: {counted(filled.prepared, 'answer')} prepared by {filled.person or 'nobody named'}{confirmed}")
        for problem in filled.problems:
            code = FAILED
            say(str(problem), err=True)
    return code

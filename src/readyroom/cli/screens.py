"""The one door from the command line to the screens, and who may not pass it: what is no terminal. No click in here."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from readyroom.cli.guard import USAGE, complain
from readyroom.cli.invocation import Invocation

if TYPE_CHECKING:
    from readyroom.workflows.workspace import Workspace

HOME_INSTEAD = "try readyroom session list, or readyroom demo --headless"
RUN_INSTEAD = "add --headless, with --answers FILE"


def no_screen(environ: Mapping[str, str], streams: tuple[TextIO | None, ...] | None = None) -> str:
    """Why no screen can be opened here; empty where one can."""
    for stream in (sys.stdin, sys.stdout) if streams is None else streams:
        if stream is None or not stream.isatty():
            return "the app needs a terminal, and this is none"
    if environ.get("TERM") == "dumb":
        return "the app needs a terminal that can move its cursor, and TERM is dumb"
    return ""


def open_home(asked: Invocation | None = None) -> int:
    """Open the app at home; without a terminal say in one line what to do instead."""
    if reason := no_screen(os.environ):
        complain(f"{reason}; {HOME_INSTEAD}")
        return USAGE
    from readyroom.workflows.workspace import open_workspace

    wanted = asked or Invocation()
    workspace = open_workspace(wanted.folder, environ=os.environ, cwd=Path.cwd(), database=wanted.database)
    try:
        return show(workspace, wanted)
    finally:
        workspace.close()


def show(workspace: Workspace, asked: Invocation, session_id: str = "") -> int:
    """Open the app in this workspace, at home or in a session, until the person leaves."""
    from readyroom.tui.run import run_app

    if asked.no_color:
        os.environ["NO_COLOR"] = "1"  # Textual reads it when it is imported by the app
    return run_app(workspace, session=session_id or None)

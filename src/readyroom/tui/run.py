"""The door to the screens: runs the app on a workspace and gives the exit code."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readyroom.workflows.workspace import Workspace

SAMPLE = "sample"
"""What the app ends with when the sample workspace was asked for."""


def run_app(workspace: Workspace, *, session: str | None = None, start: str = "home") -> int:
    """Run the app until it is left; `session` opens one at once, `start` is `home` or `new`."""
    code, wanted = _run_once(workspace, session, start)
    if wanted == SAMPLE:
        from readyroom.workflows.demo import fill_demo, open_demo

        sample = open_demo()
        sample.look, sample.keys = workspace.look, workspace.keys
        try:
            fill_demo(sample)
            code, _ = _run_once(sample, None, "home")
        finally:
            sample.close()
    return code


def _run_once(workspace: Workspace, session: str | None, start: str) -> tuple[int, str | None]:
    gc.disable()  # until ready: nothing that start-up makes is garbage
    from readyroom.tui.app import ReadyroomApp

    app = ReadyroomApp(workspace, start=start, session=session)
    try:
        wanted = app.run()
    finally:
        gc.enable()
        workspace.close()
    if app.farewell:
        print(app.farewell, file=sys.stderr)  # noqa: T201 - the screen is gone by now
    return app.return_code or 0, wanted

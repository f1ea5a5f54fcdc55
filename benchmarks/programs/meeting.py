"""A session on a disk that takes its time, or on none: `python -m benchmarks.programs.meeting FOLDER SESSION WAY`.

WAY is how many milliseconds a flush of the disk takes, or `unsaved`: then nothing that is submitted is ever saved.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from readyroom.domain.change import Entry
from readyroom.store import Store, Writer, open_store
from readyroom.tui.run import run_app
from readyroom.workflows.workspace import Workspace, open_workspace

UNSAVED = "unsaved"


class Deaf(Writer):
    """A writer that takes everything and saves nothing."""

    def submit(self, entry: Entry, **_answers: Any) -> None:
        """Take an entry, and forget it."""


def store_of(workspace: Workspace, way: str) -> Store:
    """The workspace's store, whose writer is as slow as asked for."""
    seconds = 0.0 if way == UNSAVED else float(way) / 1000

    def slow(connection: Connection) -> None:
        time.sleep(seconds)
        connection.commit()

    store = open_store(workspace.folder, clock=workspace.clock, new_id=workspace.new_id, commit=slow)
    if way == UNSAVED:
        store.writer.close()
        store.writer = Deaf(store._engine, clock=workspace.clock)
    return store


def main() -> int:
    folder, session, way = sys.argv[1:]
    workspace = open_workspace(Path(folder), environ=os.environ, cwd=Path.cwd())
    workspace._store = store_of(workspace, way)
    return run_app(workspace, session=session)


if __name__ == "__main__":
    sys.exit(main())

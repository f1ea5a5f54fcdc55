"""Opening a workspace's store; a cloned workspace gets its database from the records that came with it."""

from __future__ import annotations

from readyroom.borders.errors import Problem
from readyroom.records.folder import read_records
from readyroom.store import Store, open_store
from readyroom.workflows.workspace import Workspace


def open_workspace_store(workspace: Workspace) -> Store:
    """The store of the workspace, made, upgraded or rebuilt where that is needed.

    Raises:
        StoreError: it is damaged, made by a newer version, or cannot be written.
    """
    store = open_store(workspace.folder, url=workspace.database or None, clock=workspace.clock, new_id=workspace.new_id)
    try:
        # Not "was the file missing": a kill between making the file and filling it must not hide the records for good.
        if not workspace.database and not store.sequence and not store.repository.count_sessions():
            _fill(workspace, store)
    except BaseException:
        store.close()
        raise
    return store


def _fill(workspace: Workspace, store: Store) -> None:
    found = list(read_records(workspace.sessions))
    records = [one.record for one in found if one.record is not None]
    if records:
        store.rebuild(records)
    told = tuple(
        Problem(str(one.path), 1, 1, f"this record could not be read: {one.problem.what}", one.problem.fix)
        for one in found
        if one.problem is not None
    )
    workspace.problems = (*workspace.problems, *(one for one in told if one not in workspace.problems))

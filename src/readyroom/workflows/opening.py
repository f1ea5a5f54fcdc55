"""Opening a workspace's store; a cloned workspace gets its database from the records that came with it."""

from __future__ import annotations

from readyroom.records.folder import read_records
from readyroom.store import Store, open_store
from readyroom.workflows.workspace import Workspace


def open_workspace_store(workspace: Workspace) -> Store:
    """The store of the workspace, made, upgraded or rebuilt where that is needed.

    Raises:
        StoreError: it is damaged, made by a newer version, or cannot be written.
    """
    fresh = not workspace.database and not workspace.database_file.exists()
    store = open_store(workspace.folder, url=workspace.database or None, clock=workspace.clock, new_id=workspace.new_id)
    if fresh:
        records = [found.record for found in read_records(workspace.sessions) if found.record is not None]
        if records:
            store.rebuild(records)
    return store

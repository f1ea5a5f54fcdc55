"""Opening a workspace's store; a cloned workspace gets its database from the files that came with it."""

from __future__ import annotations

from readyroom.borders.errors import BorderError, Problem
from readyroom.records.folder import read_records
from readyroom.records.register import REGISTER_FILE, Register, load_register
from readyroom.store import Store, open_store
from readyroom.workflows.setup import ignore_working_copy
from readyroom.workflows.workspace import Workspace


def open_workspace_store(workspace: Workspace) -> Store:
    """The store of the workspace, made, upgraded or rebuilt where that is needed.

    Raises:
        StoreError: it is damaged, made by a newer version, or cannot be written.
        BorderError: the folder cannot be written.
    """
    store = open_store(workspace.folder, url=workspace.database or None, clock=workspace.clock, new_id=workspace.new_id)
    try:
        if not workspace.database:
            ignore_working_copy(workspace.sessions)
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
    told = [
        Problem(str(one.path), 1, 1, f"this record could not be read: {one.problem.what}", one.problem.fix)
        for one in found
        if one.problem is not None
    ]
    register, problem = read_register_of(workspace)
    if problem is not None:
        path = str(workspace.sessions / REGISTER_FILE)
        told.append(Problem(path, 1, 1, f"the register could not be read: {problem.what}", problem.fix))
    if records or register.captures():
        store.rebuild(records, register.captures())
    workspace.problems = (*workspace.problems, *(one for one in told if one not in workspace.problems))


def read_register_of(workspace: Workspace) -> tuple[Register, BorderError | None]:
    """The register, or an empty one and the problem with it: a broken one hides no record."""
    try:
        return load_register(workspace.sessions), None
    except BorderError as error:
        return Register(), error

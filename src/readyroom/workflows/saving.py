"""Saving a step that no window makes: commands of the command line, and ends of meetings."""

from __future__ import annotations

from readyroom.domain.change import Entry
from readyroom.domain.meeting import Step
from readyroom.workflows.workspace import Workspace


def save_step(workspace: Workspace, step: Step, *, window: str = "") -> Entry | None:
    """Save a step's changes in one transaction; None when it changed nothing.

    Raises:
        Conflict: somebody changed the same thing first.
        StoreError: it could not be saved.
    """
    if not step.changes:
        return None
    return workspace.store().save(
        Entry(
            what=step.what,
            session=step.meeting.session.id,
            actor=workspace.actor,
            window=window,
            at=workspace.now,
            changes=step.changes,
        )
    )

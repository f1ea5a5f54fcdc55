"""Who is known in a workspace: a typed owner is completed to the person that it means."""

from __future__ import annotations

from collections.abc import Iterable

from readyroom.borders.errors import BorderError
from readyroom.domain.captureline import complete_name
from readyroom.workflows.workspace import Workspace


def known_owner(workspace: Workspace, typed: str) -> str:
    """The one known person whose name is, or begins with, what was typed; else what was typed.

    Who sat in a meeting counts before the catalog, and both before owners, who may have been typed in passing.
    """
    if typed:
        for names in workspace.store().repository.people():
            if any(name.casefold().startswith(typed.casefold()) for name in names):
                return complete_name(typed, names)
    return typed


def owner_meant(typed: str, owners: Iterable[str]) -> str:
    """The owner that a filter means, by the whole name or its beginning; what was typed where nobody is meant.

    Raises:
        BorderError: several are meant.
    """
    wanted = typed.casefold()
    names = {owner.casefold(): owner for owner in owners if owner.casefold().startswith(wanted)}
    if wanted in names or not names:
        return typed
    if len(names) > 1:
        raise BorderError(f"{typed!r} begins several names", "owner", f"say which: {', '.join(sorted(names.values()))}")
    return next(iter(names.values()))

"""What the whole program was asked: which workspace, which database, colour or not. No click, no store here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readyroom.workflows.workspace import Workspace


@dataclass(slots=True)
class Invocation:
    """The options that hold for every command."""

    folder: Path | None = None
    database: str = ""
    no_color: bool = False

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        """The workspace meant, closed at the end; what is wrong in its configuration is told on stderr.

        Raises:
            BorderError: the folder that was named is not there.
        """
        from readyroom.workflows.workspace import open_workspace

        found = open_workspace(self.folder, environ=os.environ, cwd=Path.cwd(), database=self.database)
        try:
            tell_problems(found)
            yield found
        finally:
            found.close()

    @property
    def color(self) -> bool:
        """Whether colour may be used."""
        from readyroom.cli.printing import wants_color

        return not self.no_color and wants_color(os.environ)

    def workspace_folder(self) -> Path:
        """The folder of the workspace, for what needs no more than that: agendas.

        Raises:
            BorderError: the folder that was named is not there.
        """
        from readyroom.borders.configuration import find_workspace

        found = find_workspace(self.folder, os.environ, Path.cwd())
        return found.path if found else Path.cwd()


def tell_problems(workspace: Workspace) -> None:
    """Say what is wrong in the configuration files; it never stops a command."""
    if workspace.problems:
        from readyroom.cli.guard import complain

        for problem in workspace.problems:
            complain(str(problem))

"""`readyroom init`: make a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from readyroom.cli.noun import Verb


@click.command("init", cls=Verb, examples=("readyroom init", "readyroom init payments"))
@click.argument("where", type=click.Path(path_type=Path), metavar="[DIR]", default=Path())
def command(where: Path) -> None:
    """Make DIR (the current folder unless named) a workspace; what is there already stays as it is.

    Nobody needs it to begin: the first `readyroom run` in a folder makes it a workspace, too.
    """
    from readyroom.cli.printing import say
    from readyroom.workflows.setup import make_workspace

    made = make_workspace(where)
    for path in made:
        say(f"made {path}")
    say(f"{where.absolute()} is a workspace" if made else f"{where.absolute()} was a workspace already")

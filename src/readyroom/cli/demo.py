"""`readyroom demo`: try it on a throw-away sample workspace."""

from __future__ import annotations

import os
from pathlib import Path

import click

from readyroom.cli.invocation import Invocation
from readyroom.cli.noun import Verb, invocation, usage_error


@click.command("demo", cls=Verb, examples=("readyroom demo", "readyroom demo --headless --export out"))
@click.option(
    "--headless", is_flag=True, help="Open no screen: walk the sample review to its end and say where its minutes are."
)
@click.option(
    "--export",
    "export_to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="With --headless: keep record and minutes here.",
)
@invocation
def command(asked: Invocation, headless: bool, export_to: Path | None) -> int:
    """Open the app on a sample workspace that is thrown away afterwards."""
    from readyroom.cli.screens import no_screen, show

    if not headless and (reason := no_screen(os.environ)):
        raise usage_error(f"{reason}; add --headless")
    if export_to is not None and not headless:
        raise usage_error("--export needs --headless")
    from readyroom.workflows.demo import fill_demo, open_demo, walk_demo

    # Without a place of its own to go to, what was written stays where the paths say.
    workspace = open_demo(keep=headless and export_to is None)
    try:
        if not headless:
            fill_demo(workspace)
            return show(workspace, asked)
        from readyroom.cli.printing import say

        written = walk_demo(workspace, export_to)
        say(f"wrote {written.summary}")
        say(f"wrote {written.record}")
        return 0
    finally:
        workspace.close()

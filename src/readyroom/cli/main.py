"""The command line: `readyroom noun verb`. A command's module is imported only when it runs."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence

import click

from readyroom._version import __version__
from readyroom.cli.guard import FINE, INTERRUPTED, USAGE, complain, guarded
from readyroom.cli.invocation import Invocation
from readyroom.cli.noun import Noun, invocation

PROGRAM = "readyroom"
COMMANDS = {
    "run": ("readyroom.cli.run", "Run a review, or go on with an unfinished one."),
    "demo": ("readyroom.cli.demo", "Try it on a throw-away sample workspace."),
    "init": ("readyroom.cli.init", "Make a workspace."),
    "agenda": ("readyroom.cli.agenda", "What can be run: list, show, new, import, lint …"),
    "session": ("readyroom.cli.session", "What was run: list, show, diff, finish, export …"),
    "action": ("readyroom.cli.action", "What came of it: list, add, edit, done, drop."),
    "db": ("readyroom.cli.db", "The database: status, check, rebuild, backup."),
}


@click.group(
    cls=Noun,
    lazy=COMMANDS,
    invoke_without_command=True,
    examples=(
        "readyroom",
        "readyroom run reliability-review --service checkout",
        "readyroom demo",
        "readyroom agenda list",
    ),
)
@click.version_option(__version__, message=f"{PROGRAM} %(version)s")
@invocation
@click.pass_context
def program(ctx: click.Context, asked: Invocation) -> None:
    """Run a team's reliability meetings from the terminal. Without a command: open the app."""
    if ctx.invoked_subcommand is None:
        from readyroom.cli.screens import open_home

        ctx.exit(open_home(asked))


def main(words: Sequence[str]) -> int:
    """Run a command line and give its exit code."""
    # A command lives for a moment: looking for garbage while it imports is a twentieth of its time.
    gc.disable()
    try:
        return guarded(lambda: _run(list(words)))
    finally:
        gc.enable()


def _run(words: list[str]) -> int:
    if f"_{PROGRAM.upper()}_COMPLETE" in os.environ:
        program.main(words, prog_name=PROGRAM)  # prints what could come next, and ends
    try:
        with program.make_context(PROGRAM, words) as ctx:
            given = program.invoke(ctx)
            return given if isinstance(given, int) else FINE
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        complain(usage_line(error))
        return USAGE


def usage_line(error: click.ClickException) -> str:
    """A usage error as one line that ends in the fix."""
    message = error.format_message().rstrip(".").replace("\n", " ")
    ctx = getattr(error, "ctx", None)
    if ctx is None:
        return message
    path = ctx.command_path.removeprefix(PROGRAM).strip()
    text = f"{path}: {message}" if path else message
    return text if ";" in text or "?" in text else f"{text}; see {ctx.command_path} --help"

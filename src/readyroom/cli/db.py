"""`readyroom db …`: the database, which is a working copy of the records."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readyroom.cli.invocation import Invocation
from readyroom.cli.noun import Noun, as_json, invocation

if TYPE_CHECKING:
    from readyroom.store import CheckReport


@click.group("db", cls=Noun, examples=("readyroom db status", "readyroom db check"))
def command() -> None:
    """The database: a working copy, which can be rebuilt from the records."""


@command.command(
    "status",
    short_help="Where it is, and what is in it.",
    examples=("readyroom db status", "readyroom db status --json"),
)
@as_json
@invocation
def status_command(asked: Invocation, machine: bool) -> None:
    """Say where the database is, how large, of which version, and when it was backed up last."""
    from readyroom.cli.facts import say_facts
    from readyroom.workflows.maintenance import database_status

    with asked.workspace() as workspace:
        status = database_status(workspace)
        say_facts(replace(status, database=without_password(status.database)), machine=machine)


@command.command("check", short_help="Look for damage.", examples=("readyroom db check", "readyroom db check --repair"))
@click.option("--repair", is_flag=True, help="Compute anew what is only derived, such as counters.")
@as_json
@invocation
def check_command(asked: Invocation, repair: bool, machine: bool) -> int:
    """Look for damage, and compare what is derived with its sources. Exit code 1 when something is wrong."""
    from readyroom.workflows.maintenance import check_database

    with asked.workspace() as workspace:
        return _tell_check(check_database(workspace, repair=repair), machine=machine)


def without_password(url: str) -> str:
    """A database URL that may be shown to a room."""
    return re.sub(r"(?<=://)([^/@:]*):[^/]*@", r"\1:…@", url)


def _tell_check(report: CheckReport, *, machine: bool) -> int:
    from readyroom.cli.facts import say_facts
    from readyroom.cli.printing import say

    if machine:
        say_facts(report, machine=True)
        return 0 if report.is_sound else 1
    for line in report.repaired:
        say(f"repaired: {line}")
    for line in report.problems:
        say(line)
    if report.is_sound:
        say("The database is sound.")
    return 0 if report.is_sound else 1


@command.command("rebuild", short_help="Make it anew from the records.", examples=("readyroom db rebuild",))
@as_json
@invocation
def rebuild_command(asked: Invocation, machine: bool) -> None:
    """Make the database anew from the records and the register; the old one is kept beside it.

    What only the old one has is named: restricted texts, and sessions that were never adjourned or finished.
    """
    from readyroom.cli.facts import say_facts
    from readyroom.workflows.maintenance import rebuild_database

    with asked.workspace() as workspace:
        say_facts(rebuild_database(workspace), machine=machine)


@command.command(
    "backup",
    short_help="Copy it as it stands.",
    examples=("readyroom db backup", "readyroom db backup --out before-upgrade.db"),
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it here, not into sessions/backups."
)
@invocation
def backup_command(asked: Invocation, out: Path | None) -> None:
    """Copy the database as it stands, while others may go on working in it."""
    from readyroom.cli.printing import named_file, say
    from readyroom.workflows.maintenance import backup_database

    with asked.workspace() as workspace:
        say(f"wrote {backup_database(workspace, out and named_file(out))}")


@command.command(
    "restore",
    short_help="Put a backup in its place, or list them.",
    examples=("readyroom db restore",),
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@as_json
@invocation
def restore_command(asked: Invocation, file: Path | None, machine: bool) -> None:
    """Put the backup FILE in the place of the database; the one that was there is kept beside it.

    Without a FILE the backups are listed. Close the app first: a session that is open in a window is a refusal.
    """
    from readyroom.cli.facts import facts_of, say_facts
    from readyroom.cli.printing import Heading, on_day, say, say_json, say_table
    from readyroom.workflows.maintenance import list_backups, restore_database

    with asked.workspace() as workspace:
        if file is not None:
            say_facts(restore_database(workspace, file), machine=machine)
            return
        backups = list_backups(workspace)
        if machine:
            say_json([facts_of(one) for one in backups])
        elif not backups:
            say("No backups yet. Make one: readyroom db backup")
        else:
            rows = [(one.name, on_day(one.made_at, workspace.zone), f"{one.bytes:,}") for one in backups]
            say_table((Heading("backup", gives=True), Heading("made"), Heading("bytes")), rows, color=asked.color)
            say(f"Restore one: readyroom db restore {backups[0].name}")

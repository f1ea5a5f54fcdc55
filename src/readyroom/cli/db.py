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

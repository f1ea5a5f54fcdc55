"""`readyroom run AGENDA`: run a review on the screen, or headless from a file of answers."""

from __future__ import annotations

import os
from pathlib import Path

import click

from readyroom.cli.invocation import Invocation
from readyroom.cli.noun import Verb, invocation, usage_error


def _triggers(ctx: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """The triggers of the agenda that was named before, for the shell to complete."""
    from readyroom.agendas.find import open_agenda
    from readyroom.borders.errors import BorderError

    named = ctx.params.get("agenda") or next(iter(ctx.args), "")  # click leaves it there while a value is missing
    try:
        agenda = open_agenda(str(named), ctx.ensure_object(Invocation).workspace_folder())
    except BorderError:  # what is wrong with it is told when it runs
        return []
    return [one for one in agenda.triggers if one.startswith(typed)]


@click.command(
    "run",
    cls=Verb,
    examples=(
        "readyroom run reliability-review --service checkout",
        'readyroom run reliability-review --service ledger --attendee "Ana (owner)" --attendee "Bo (on-call)"',
        "readyroom run readiness-checklist --service ledger --trigger first-launch",
        "readyroom run reliability-review --service checkout --answers answers.yaml --headless --finish --export out",
    ),
)
@click.argument("agenda", metavar="AGENDA")
@click.option(
    "--service", "services", multiple=True, metavar="NAME", help="What it is about; may be given several times."
)
@click.option(
    "--attendee", "attendees", multiple=True, metavar='"NAME (ROLE)"', help="Who is there; may be given several times."
)
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take answers from this file; nothing if one is wrong.",
)
@click.option(
    "--trigger",
    default="",
    metavar="REASON",
    shell_complete=_triggers,
    help="Why it is held, one of the agenda's triggers: first-launch, incident …",
)
@click.option("--headless", is_flag=True, help="Open no screen.")
@click.option("--finish", is_flag=True, help="With --headless: finish, and write the minutes.")
@click.option(
    "--export", "export_to", type=click.Path(path_type=Path), metavar="DIR", help="Write record and minutes here."
)
@click.option("--new", is_flag=True, help="Begin a new session even if one of this agenda and service is unfinished.")
@invocation
def command(
    asked: Invocation,
    agenda: str,
    services: tuple[str, ...],
    attendees: tuple[str, ...],
    answers: Path | None,
    trigger: str,
    headless: bool,
    finish: bool,
    export_to: Path | None,
    new: bool,
) -> int:
    """Run a review by its AGENDA (an id or a file), or go on with the unfinished one of the same services."""
    from readyroom.cli.screens import RUN_INSTEAD, no_screen

    if finish and not headless:
        raise usage_error("--finish needs --headless; in the app, finish in Wrap-up")
    if not headless and (reason := no_screen(os.environ)):
        raise usage_error(f"{reason}; {RUN_INSTEAD}")
    from readyroom.cli.running import Wanted, run_on_screen, run_without_screen

    wanted = Wanted(agenda, services, attendees, answers, trigger=trigger, new=new)
    with asked.workspace() as workspace:
        if headless:
            return run_without_screen(workspace, wanted, finish=finish, export_to=export_to)
        return run_on_screen(workspace, wanted, asked, export_to=export_to)

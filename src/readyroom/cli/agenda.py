"""`readyroom agenda …`: what can be run. Loads no database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from readyroom.cli.invocation import Invocation
from readyroom.cli.noun import Noun, as_json, invocation, out_file

if TYPE_CHECKING:
    from readyroom.domain.agenda import Agenda, Item


@click.group("agenda", cls=Noun, examples=("readyroom agenda list", "readyroom agenda lint agendas/acme.yaml"))
def command() -> None:
    """What can be run. An agenda is named by its id, or by the path of its file."""


@command.command(
    "list",
    short_help="List the agendas that can be run.",
    examples=("readyroom agenda list", "readyroom agenda list --json"),
)
@as_json
@invocation
def list_command(asked: Invocation, machine: bool) -> None:
    """List the workspace's own agendas and those that come with the program."""
    from readyroom.agendas.find import list_agendas
    from readyroom.cli.guard import complain
    from readyroom.cli.printing import Heading, counted, say_json, say_table

    listings = list_agendas(asked.workspace_folder())
    if machine:
        keys = ("id", "title", "kind", "minutes", "items")
        facts = [{key: getattr(one, key) for key in keys} for one in listings]
        for one, fact in zip(listings, facts, strict=True):
            fact |= {"shipped": one.shipped, "file": one.where, "problems": [str(problem) for problem in one.problems]}
        say_json(facts)
        return
    headings = (
        Heading("id"),
        Heading("title", gives=True),
        Heading("kind"),
        Heading("minutes", right=True),
        Heading("items", right=True),
        Heading("from"),
    )
    rows = []
    for one in listings:
        origin = "readyroom" if one.shipped else one.where
        title = counted(len(one.problems), "problem") if one.problems else one.title
        rows.append((one.id, title, one.kind, one.minutes or "", one.items or "", origin))
    say_table(headings, rows, color=asked.color)
    if any(one.problems for one in listings):
        complain("some agendas have problems; see readyroom agenda lint")


@command.command(
    "show",
    short_help="Show the sections of an agenda and their questions.",
    examples=(
        "readyroom agenda show reliability-review",
        "readyroom agenda show reliability-review --resolved",
        "readyroom agenda show reliability-review --json",
    ),
)
@click.argument("name", metavar="AGENDA")
@click.option("--resolved", is_flag=True, help="Say of each item which agenda it came from, and which changed it.")
@as_json
@invocation
def show_command(asked: Invocation, name: str, resolved: bool, machine: bool) -> None:
    """Show an AGENDA with all that it extends: its sections, and the questions in them."""
    from readyroom.agendas.find import open_agenda

    agenda = open_agenda(name, asked.workspace_folder())
    if machine:
        from readyroom.borders.codec import to_plain
        from readyroom.cli.printing import say_json

        say_json(to_plain(agenda))
        return
    _show(agenda, with_origin=resolved, color=asked.color)


@command.command(
    "lint",
    short_help="Look for mistakes in agendas.",
    examples=("readyroom agenda lint", "readyroom agenda lint reliability-review agendas/acme.yaml"),
)
@click.argument("names", metavar="[AGENDA]...", nargs=-1)
@as_json
@invocation
def lint_command(asked: Invocation, names: tuple[str, ...], machine: bool) -> int:
    """Look for mistakes in agendas (in all unless some are named), one line each: file:line:column: what; fix.

    Exit code 1 when there are mistakes.
    """
    from readyroom.cli.linting import lint_all

    return lint_all(names, asked.workspace_folder(), machine=machine)


@command.command(
    "schema",
    short_help="Print the JSON Schema of agenda files.",
    examples=("readyroom agenda schema --out agenda.schema.json",),
)
@out_file("the schema")
def schema_command(out: Path | None) -> None:
    """Print the JSON Schema of agenda files, with which editors complete and check them."""
    from readyroom.agendas.schema import schema_text
    from readyroom.cli.printing import deliver

    deliver(schema_text(), out)


def _show(agenda: Agenda, *, with_origin: bool, color: bool) -> None:
    from textwrap import wrap

    from readyroom.cli.printing import Heading, counted, say, say_lines, table_lines, terminal_width

    headings = [Heading("id"), Heading("kind"), Heading("required of")]
    headings += [Heading("from")] * with_origin + [Heading("asks", gives=True)]
    rows = [_item_row(item, with_origin=with_origin) for item in agenda.items()]
    lines = table_lines(headings, rows, limit=max(0, terminal_width() - 2))
    say(f"{agenda.title} ({agenda.id} {agenda.version})")
    say(f"{agenda.kind.value}, {agenda.minutes:g} minutes, {counted(len(rows), 'item')}")
    if len(agenda.lineage) > 1:
        say(f"made of {' → '.join(agenda.lineage)}")
    for line in wrap(agenda.about, 78):
        say(line)
    say()
    say_lines([f"  {lines[0]}"], color=color)
    rest = iter(lines[1:])
    for number, section in enumerate(agenda.sections, 1):
        say(f"{number}. {section.title}, {section.minutes:g} min" + (f": {section.goal}" if section.goal else ""))
        for _ in section.items:
            say(f"  {next(rest)}")


def _item_row(item: Item, *, with_origin: bool) -> list[str]:
    from readyroom.domain.agenda import ALL_TIERS

    required = "all" if len(item.required) == len(ALL_TIERS) else ", ".join(tier.value for tier in item.required)
    origin = [" → ".join((item.origin, *item.changed_by))] if with_origin else []
    return [item.id, item.kind.value, required, *origin, item.ask]

"""`readyroom agenda …`: what can be run. Loads no database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from readyroom.cli.invocation import Invocation
from readyroom.cli.noun import Noun, as_json, invocation, out_file, usage_error

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
    if resolved:
        from readyroom.cli.agenda_files import show_own_changes

        show_own_changes(asked.workspace_folder(), name)


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


@command.command(
    "new",
    short_help="Write a commented agenda to begin with.",
    examples=(
        "readyroom agenda new readiness",
        'readyroom agenda new risk --title "Risks of the payments team"',
        "readyroom agenda new on-call --id pager-review --out agendas/pager-review.yaml",
    ),
)
@click.argument("kind", default="", metavar="[KIND]")
@out_file("the agenda")
@click.option("--id", "agenda_id", default="", metavar="ID", help="Its id; made of the title unless given.")
@click.option("--title", default="", metavar="TITLE", help="Its title.")
@invocation
def new_command(asked: Invocation, kind: str, out: Path | None, agenda_id: str, title: str) -> None:
    """Write a commented agenda of a KIND to begin with: readiness, reliability-review, handoff, on-call, risk, other.

    It goes into the agendas folder of the workspace, and never over a file that is there. On a terminal the kind is
    asked for where none is given.
    """
    from readyroom.cli.agenda_files import ask_kind, write_new

    wanted = kind or ask_kind()
    if not wanted:
        raise usage_error("which kind? write one of readiness, reliability-review, handoff, on-call, risk, other")
    write_new(asked.workspace_folder(), wanted, out, agenda_id, title)


@command.command(
    "import",
    short_help="Make an agenda of a checklist, a template or a lens.",
    examples=(
        "readyroom agenda import launch.md",
        "readyroom agenda import launch.md --id payments-launch --out agendas/payments-launch.yaml",
        "readyroom agenda import lens.json --from lens --json",
    ),
)
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--from", "as_what", type=click.Choice(["markdown", "lens"]), default=None, help="What it is, if it is not seen."
)
@out_file("the agenda")
@click.option("--id", "agenda_id", default="", metavar="ID", help="The id of the agenda; made of FILE's name.")
@as_json
@invocation
def import_command(
    asked: Invocation, source: Path, as_what: str | None, out: Path | None, agenda_id: str, machine: bool
) -> None:
    """Make an agenda of a Markdown checklist or template, or of a lens of the AWS Well-Architected Tool.

    Every line that is not in the agenda is told on stderr, as file:line: text; why. What was filled in goes into a
    file of answers beside the agenda, to be confirmed in the meeting.
    """
    from readyroom.cli.agenda_files import import_file

    if machine and out is not None and str(out) == "-":
        raise usage_error("--json and --out - would both be printed; name a file for the agenda")
    import_file(asked.workspace_folder(), source, as_what or "", out, agenda_id, machine=machine)


@command.command(
    "diff",
    short_help="Tell what differs between two agendas.",
    examples=(
        "readyroom agenda diff readiness-checklist readiness-checklist-45",
        "readyroom agenda diff readiness-checklist-45",
        "readyroom agenda diff acme agendas/acme.yaml --json",
    ),
)
@click.argument("before", metavar="AGENDA")
@click.argument("after", default="", metavar="[LATER]")
@as_json
@invocation
def diff_command(asked: Invocation, before: str, after: str, machine: bool) -> None:
    """Tell what changed from an AGENDA to a LATER one; of one alone, what it changes in the one that it extends."""
    from readyroom.cli.agenda_files import show_diff

    show_diff(asked.workspace_folder(), before, after, machine=machine)


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

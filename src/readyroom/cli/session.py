"""`readyroom session …`: what was run, before, during and after the meeting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from readyroom.cli.invocation import Invocation
from readyroom.cli.noun import Noun, as_json, invocation

if TYPE_CHECKING:
    from readyroom.domain.session import SessionStatus


@click.group("session", cls=Noun, examples=("readyroom session list", "readyroom session show last"))
def command() -> None:
    """What was run. A session is named S-3, by its id or a unique beginning of it, or last."""


_session = click.argument("name", metavar="[SESSION]", default="last")


@command.command(
    "list",
    examples=("readyroom session list", "readyroom session list --search checkout", "readyroom session list --json"),
)
@click.option("--search", default="", metavar="TEXT", help="Only those with this text.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="At most so many.")
@as_json
@invocation
def list_command(asked: Invocation, search: str, limit: int, machine: bool) -> None:
    """List sessions, the newest first."""
    from readyroom.cli.listing import show_sessions
    from readyroom.workflows.sessions import list_sessions

    with asked.workspace() as workspace:
        page = list_sessions(workspace, search=search, limit=limit)
        show_sessions(page, workspace.zone, machine=machine, color=asked.color)


@command.command(
    "show",
    short_help="Show the minutes of a session as they stand.",
    examples=("readyroom session show last", "readyroom session show S-1 --json"),
)
@_session
@as_json
@invocation
def show_command(asked: Invocation, name: str, machine: bool) -> None:
    """Show the minutes of a SESSION (the last unless named) as they stand; with --json its whole record."""
    from readyroom.cli.naming import session_id
    from readyroom.cli.printing import say_json, say_raw

    with asked.workspace() as workspace:
        meeting = workspace.store().repository.meeting(session_id(workspace, name))
        if machine:
            from readyroom.borders.jsontext import load_json
            from readyroom.records.canonical import record_bytes
            from readyroom.workflows.wrapup import record_now

            say_json(load_json(record_bytes(record_now(workspace, meeting)), "the record"))
            return
        from readyroom.workflows.wrapup import minutes_text

        say_raw(minutes_text(workspace, meeting))


@command.command(
    "prepare",
    short_help="Write a pre-read and a sheet for each person.",
    examples=("readyroom session prepare last", "readyroom session prepare S-1 --style yaml --out sheets"),
)
@_session
@click.option(
    "--style", type=click.Choice(["md", "yaml"]), default="md", show_default=True, help="How sheets are written."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write them into this folder.")
@invocation
def prepare_command(asked: Invocation, name: str, style: str, out: Path | None) -> None:
    """Write the pre-read of a SESSION and a sheet for each person, to be filled in before the meeting."""
    from readyroom.cli.naming import session_id
    from readyroom.cli.printing import counted, say
    from readyroom.workflows.preparation import prepare

    with asked.workspace() as workspace:
        made = prepare(workspace, session_id(workspace, name), out=out, style=style)
        say(f"wrote {made.preread}")
        for sheet in made.sheets:
            say(f"wrote {sheet}")
        say(f"{counted(len(made.sheets), 'sheet')} to hand out; read them back with: readyroom session fill FILE")


@command.command(
    "fill",
    short_help="Read filled-in sheets back as prepared answers.",
    examples=("readyroom session fill sheets/ana.md", "readyroom session fill sheets/ana.md --confirm"),
)
@click.argument("sheets", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE...")
@click.option("--session", "name", default="", metavar="SESSION", help="The session, if the sheet does not say.")
@click.option("--confirm", is_flag=True, help="Count the answers at once, instead of asking the room.")
@invocation
def fill_command(asked: Invocation, sheets: tuple[Path, ...], name: str, confirm: bool) -> int:
    """Read filled-in sheets back, as prepared answers that the room confirms."""
    from readyroom.cli.filling import fill_all

    with asked.workspace() as workspace:
        return fill_all(workspace, sheets, name, confirm=confirm)


@command.command(
    "adjourn", short_help="End the sitting; the next run goes on with it.", examples=("readyroom session adjourn last",)
)
@_session
@invocation
def adjourn_command(asked: Invocation, name: str) -> None:
    """End the sitting of a SESSION with interim minutes; the next `readyroom run` goes on with it."""
    from readyroom.domain.session import SessionStatus

    _end(asked, name, SessionStatus.ADJOURNED)


@command.command(
    "finish", short_help="Finish, and write minutes and record.", examples=("readyroom session finish last",)
)
@_session
@invocation
def finish_command(asked: Invocation, name: str) -> None:
    """Finish a SESSION: its minutes and its record are written, gaps listed first."""
    from readyroom.domain.session import SessionStatus

    _end(asked, name, SessionStatus.FINISHED)


@command.command("reopen", short_help="Open a finished session again.", examples=("readyroom session reopen S-1",))
@_session
@invocation
def reopen_command(asked: Invocation, name: str) -> None:
    """Open a finished SESSION again, to correct or to go on."""
    from readyroom.cli.naming import session_id
    from readyroom.cli.printing import say
    from readyroom.workflows.wrapup import reopen

    with asked.workspace() as workspace:
        wanted = session_id(workspace, name)
        was_over = workspace.store().repository.session(wanted).is_over
        reopen(workspace, wanted)
        session = workspace.store().repository.session(wanted)
        say(f"S-{session.number} {'is open again' if was_over else 'was open already'}")


@command.command(
    "export",
    short_help="Write record, minutes or summary.",
    examples=(
        "readyroom session export last --out minutes.md",
        "readyroom session export S-1 --format json --out handover",
    ),
)
@_session
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["json", "md", "summary"]),
    help="What to write; may be given several times. Both json and md unless --out says it by its ending.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file ending in .json or .md, or a folder; - prints it. The session's own folder unless given.",
)
@click.option("--restricted", is_flag=True, help="Also what is for facilitators only.")
@invocation
def export_command(asked: Invocation, name: str, formats: tuple[str, ...], out: Path | None, restricted: bool) -> None:
    """Write a SESSION as it stands, finished or not: its record (json), its minutes (md) or its one-page summary."""
    from readyroom.cli.exporting import export
    from readyroom.cli.naming import session_id

    with asked.workspace() as workspace:
        export(workspace, session_id(workspace, name), formats, out, restricted=restricted)


@command.command(
    "import",
    short_help="Take in a session that was exported elsewhere.",
    examples=("readyroom session import handover/record.json",),
)
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@as_json
@invocation
def import_command(asked: Invocation, path: Path, machine: bool) -> None:
    """Take in a session that was exported elsewhere: its record.json, or the folder it is in."""
    from readyroom.cli.printing import say, say_json
    from readyroom.workflows.transfer import import_session

    with asked.workspace() as workspace:
        done = import_session(workspace, path)
        if machine:
            renumbered = [{"before": before, "after": after} for before, after in done.renumbered]
            say_json(
                {
                    "id": done.session_id,
                    "short_id": done.short_id,
                    "unchanged": done.unchanged,
                    "renumbered": renumbered,
                }
            )
            return
        say(f"{done.short_id} is here already, and the same" if done.unchanged else f"imported {done.short_id}")
        for before, after in done.renumbered:
            say(f"  {before} is {after} here")


@command.command(
    "diff",
    short_help="Tell what changed between two sessions of one agenda.",
    examples=("readyroom session diff S-1 S-2", "readyroom session diff S-1 S-2 --json"),
)
@click.argument("before", metavar="SESSION")
@click.argument("after", metavar="[LATER]", default="last")
@as_json
@invocation
def diff_command(asked: Invocation, before: str, after: str, machine: bool) -> None:
    """Tell what changed from a SESSION to a LATER one (the last unless named) of the same agenda.

    What the team changed (answers, states, notes) is kept apart from what the agenda changed (questions,
    thresholds). Texts for facilitators only are left out.
    """
    from readyroom.cli.comparing import show_session_diff
    from readyroom.cli.naming import session_id
    from readyroom.workflows.comparing import compare_sessions

    with asked.workspace() as workspace:
        first, second = session_id(workspace, before), session_id(workspace, after)
        show_session_diff(compare_sessions(workspace, first, second), workspace.zone, machine=machine)


def _end(asked: Invocation, name: str, status: SessionStatus) -> None:
    from readyroom.borders.errors import BorderError
    from readyroom.cli.naming import session_id
    from readyroom.cli.printing import say
    from readyroom.workflows.wrapup import end_session

    with asked.workspace() as workspace:
        wanted = session_id(workspace, name)
        before = workspace.store().repository.session(wanted)
        if before.is_over:
            fix = f"open it again first: readyroom session reopen S-{before.number}"
            raise BorderError(f"it is {before.status.value} already", f"S-{before.number}", fix)
        written = end_session(workspace, wanted, status)
        session = workspace.store().repository.session(wanted)
        say(f"S-{session.number} is {session.status.value}")
        say(f"wrote {written.summary}")
        say(f"wrote {written.record}")

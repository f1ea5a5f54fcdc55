"""`readyroom action …`: what somebody will do by a date, across sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from readyroom.cli.invocation import Invocation
from readyroom.cli.noun import Noun, as_json, invocation, usage_error

if TYPE_CHECKING:
    from readyroom.domain.capture import Action, ActionStatus
    from readyroom.workflows.actions import ActionEdit
    from readyroom.workflows.workspace import Workspace


@click.group("action", cls=Noun, examples=("readyroom action list --overdue", "readyroom action done A-12"))
def command() -> None:
    """What somebody will do by a date. An action is named A-12, or by its id."""


@command.command(
    "list",
    examples=("readyroom action list", "readyroom action list --owner ana --overdue", "readyroom action list --json"),
)
@click.option("--owner", default="", metavar="NAME", help="Only those of this owner.")
@click.option("--service", default="", metavar="NAME", help="Only those about this service.")
@click.option("--session", "session", default="", metavar="SESSION", help="Only those from this session.")
@click.option("--overdue", is_flag=True, help="Only those whose date is past.")
@click.option("--all", "every", is_flag=True, help="Also those that are done or dropped.")
@as_json
@invocation
def list_command(
    asked: Invocation, owner: str, service: str, session: str, overdue: bool, every: bool, machine: bool
) -> None:
    """List actions, the most urgent date first."""
    from readyroom.workflows.actions import ActionFilter, list_actions

    with asked.workspace() as workspace:
        wanted = ActionFilter(
            owner=owner, subject=service, session=_session_id(workspace, session), overdue=overdue, every=every
        )
        narrowed = bool(owner or service or session or overdue)
        _show_list(workspace, list_actions(workspace, wanted), machine=machine, color=asked.color, narrowed=narrowed)


@command.command(
    "add",
    short_help="Add an action from one line.",
    examples=('readyroom action add "Alert on user errors @ana +2w !1" --service checkout',),
)
@click.argument("line")
@click.option("--session", "session", default="", metavar="SESSION", help="The session it comes from.")
@click.option("--service", default="", metavar="NAME", help="The service it is about.")
@as_json
@invocation
def add_command(asked: Invocation, line: str, session: str, service: str, machine: bool) -> None:
    """Add an action from one LINE: what will be done, @owner, a date such as +2w or fri, !1 to !4 for how urgent."""
    from readyroom.workflows.actions import add_action

    with asked.workspace() as workspace:
        added = add_action(workspace, line, session=_session_id(workspace, session), subject=service)
        _show_one(workspace, added, "added", machine=machine)


@command.command("edit", examples=("readyroom action edit A-1 --owner bo --due fri",))
@click.argument("name", metavar="ACTION")
@click.option("--title", help="What will be done.")
@click.option("--owner", help="Who does it; empty for nobody.")
@click.option("--due", help="By when: +2w, fri, 15 jan, 2026-12-01; empty for no date.")
@click.option("--priority", type=click.IntRange(0, 4), help="1 is the most urgent; 0 for undecided.")
@as_json
@invocation
def edit_command(
    asked: Invocation,
    name: str,
    title: str | None,
    owner: str | None,
    due: str | None,
    priority: int | None,
    machine: bool,
) -> None:
    """Change what is said about an ACTION."""
    from readyroom.workflows.actions import ActionEdit

    if title is None and owner is None and due is None and priority is None:
        raise usage_error("nothing to change; give --title, --owner, --due or --priority")
    edit = ActionEdit(title=title, owner=owner, due=due, priority=priority)
    _change(asked, name, edit, "changed", machine=machine)


@command.command("done", examples=("readyroom action done A-1 --evidence https://example.org/alerts/7",))
@click.argument("name", metavar="ACTION")
@click.option("--evidence", help="What shows that it is done: a link, or words.")
@as_json
@invocation
def done_command(asked: Invocation, name: str, evidence: str | None, machine: bool) -> None:
    """Say that an ACTION is done."""
    from readyroom.domain.capture import ActionStatus

    _close(asked, name, ActionStatus.DONE, evidence, "done", machine=machine)


@command.command("drop", examples=('readyroom action drop A-2 --reason "The queue is going away"',))
@click.argument("name", metavar="ACTION")
@click.option("--reason", help="Why it will not be done.")
@as_json
@invocation
def drop_command(asked: Invocation, name: str, reason: str | None, machine: bool) -> None:
    """Drop an ACTION: it will not be done."""
    from readyroom.domain.capture import ActionStatus

    _close(asked, name, ActionStatus.DROPPED, reason, "dropped", machine=machine)


def _close(
    asked: Invocation, name: str, status: ActionStatus, outcome: str | None, word: str, *, machine: bool
) -> None:
    from readyroom.workflows.actions import ActionEdit

    _change(asked, name, ActionEdit(status=status, outcome=outcome), word, machine=machine)


def _change(asked: Invocation, name: str, edit: ActionEdit, word: str, *, machine: bool) -> None:
    from readyroom.workflows.actions import edit_action

    with asked.workspace() as workspace:
        _show_one(workspace, edit_action(workspace, name, edit), word, machine=machine)


def _session_id(workspace: Workspace, name: str) -> str:
    if not name:
        return ""
    from readyroom.cli.naming import session_id

    return session_id(workspace, name)


def _show_one(workspace: Workspace, action: Action, word: str, *, machine: bool) -> None:
    from readyroom.cli.printing import say, say_json
    from readyroom.domain.capture import short_id

    if machine:
        say_json(action_plain(action, workspace))
        return
    facts = [action.owner or "no owner", f"due {action.due}" if action.due else "no date"]
    if action.priority:
        facts.append(f"P{action.priority}")
    say(f"{word} {short_id(action)}: {action.title} ({', '.join(facts)})")


def _show_list(
    workspace: Workspace, actions: tuple[Action, ...], *, machine: bool, color: bool, narrowed: bool
) -> None:
    from readyroom.cli.printing import Heading, say, say_json, say_table
    from readyroom.domain.capture import short_id
    from readyroom.workflows.actions import is_overdue

    if machine:
        say_json([action_plain(action, workspace) for action in actions])
        return
    if not actions and narrowed:
        say("No actions like that. All of them: readyroom action list --all")
        return
    if not actions:
        say('No actions. Add one: readyroom action add "Alert on user errors @ana +2w"')
        return
    headings = (
        Heading("id"),
        Heading("due"),
        Heading("p"),
        Heading("owner"),
        Heading("service"),
        Heading("status"),
        Heading("title", gives=True),
    )
    rows = []
    for action in actions:
        state = "overdue" if is_overdue(action, workspace.today) else action.status.value
        state += "" if action.agreed else ", not agreed"
        rows.append(
            (short_id(action), action.due, action.priority, action.owner or "–", action.subject, state, action.title)
        )
    say_table(headings, rows, color=color)


def action_plain(action: Action, workspace: Workspace) -> dict[str, Any]:
    """An action as `--json` shows it."""
    from readyroom.domain.capture import short_id
    from readyroom.workflows.actions import is_overdue

    return {
        "id": action.id,
        "short_id": short_id(action),
        "title": action.title,
        "owner": action.owner,
        "due": action.due,
        "priority": action.priority,
        "status": action.status,
        "overdue": is_overdue(action, workspace.today),
        "agreed": action.agreed,
        "service": action.subject,
        "session": action.session,
        "item": action.item,
        "outcome": action.outcome,
        "because": action.because,
        "slips": action.slips,
    }

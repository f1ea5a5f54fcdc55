"""Actions across sessions: listing, adding, editing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from readyroom.borders.errors import BorderError
from readyroom.domain.capture import Action, ActionStatus, short_id
from readyroom.domain.captureline import read_capture_line
from readyroom.domain.change import Change, Entry, change
from readyroom.domain.due import DueError, read_due
from readyroom.workflows.people import known_owner, owner_meant
from readyroom.workflows.typed import NAME_LIMIT, kept_line
from readyroom.workflows.workspace import Workspace
from readyroom.workflows.wrapup import refresh_files, saved_but

OPEN = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFilter:
    """Which actions are wanted; empty parts let everything through."""

    owner: str = ""
    subject: str = ""
    session: str = ""
    overdue: bool = False
    every: bool = False
    """Also those that are done or dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEdit:
    """What to change of an action; None leaves a part as it is, an empty text empties it."""

    title: str | None = None
    owner: str | None = None
    due: str | None = None
    priority: int | None = None
    status: ActionStatus | None = None
    outcome: str | None = None


def list_actions(workspace: Workspace, wanted: ActionFilter = ActionFilter()) -> tuple[Action, ...]:
    """Actions in the order they are due, those without a date last.

    Raises:
        BorderError: the owner asked for may be several.
    """
    actions = workspace.store().repository.actions()
    if wanted.owner:
        wanted = replace(wanted, owner=owner_meant(wanted.owner, (one.owner for one in actions if not one.withdrawn)))
    found = [one for one in actions if _passes(one, wanted, workspace.today)]
    return tuple(
        sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.priority or 9, one.number or 0))
    )


def is_overdue(action: Action, today: date) -> bool:
    """Whether it is open and its date is past."""
    return action.status in OPEN and action.due is not None and action.due < today


def add_action(workspace: Workspace, line: str, *, session: str = "", subject: str = "") -> Action:
    """Add an action from one line (`Alert on user errors @ana +2w !1`) to a session, or to none.

    Raises:
        BorderError: the line says nothing.
        StoreError: it could not be saved.
    """
    store = workspace.store()
    read = read_capture_line(kept_line(line, _refuse), workspace.today)
    if not read.text:
        raise BorderError(
            "the action has no title", "", "write what will be done, such as: Alert on user errors @ana +2w"
        )
    action = Action(
        id=workspace.new_id(),
        session=store.repository.session(session).id if session else "",
        title=read.text,
        subject=kept_line(subject, _refuse, limit=NAME_LIMIT),
        at=workspace.now,
        by=workspace.actor,
        owner=known_owner(workspace, read.owner),
        due=read.due,
        priority=read.priority,
        version=1,
    )
    return _saved(workspace, Change(None, action), f"added action “{action.title}”")


def edit_action(workspace: Workspace, name: str, edit: ActionEdit) -> Action:
    """Change an action by its short id or UUID.

    Raises:
        BorderError: there is no such action, or a date cannot be read.
        Conflict: somebody changed it at the same moment.
    """
    before = workspace.store().repository.action(name)
    after = replace(
        before,
        title=_or(edit.title, before.title, lambda text: kept_line(text, _refuse)),
        owner=_or(edit.owner, before.owner, lambda text: _owner(workspace, text)),
        due=_or(edit.due, before.due, lambda text: _date(text, workspace.today)),
        priority=before.priority if edit.priority is None else (edit.priority or None),
        status=edit.status or before.status,
        outcome=_or(edit.outcome, before.outcome, lambda text: kept_line(text, _refuse)),
    )
    if not after.title:
        raise BorderError("the action would have no title", short_id(before), "give it one")
    if before.due and after.due and after.due > before.due:
        after = replace(after, slips=before.slips + 1)
    if edit.owner is not None and edit.owner != before.owner:
        after = replace(after, agreed=True)
    if after == before:
        return before
    return _saved(workspace, change(before, after), f"changed {short_id(before)}")


def _refuse(words: str) -> None:
    """On a command line nothing is waiting: whoever typed too much is asked for less."""
    raise BorderError("the text is too long", "", words.partition("; ")[2] or "shorten it")


def _owner(workspace: Workspace, text: str) -> str:
    return known_owner(workspace, kept_line(text, _refuse, limit=NAME_LIMIT).removeprefix("@"))


_Part = TypeVar("_Part")


def _or(text: str | None, before: _Part, read: Callable[[str], _Part]) -> _Part:
    return before if text is None else read(text)


def _date(text: str, today: date) -> date | None:
    if not text.strip():
        return None
    try:
        return read_due(text, today)
    except DueError as error:
        raise BorderError(str(error), "due date", "") from error


def _passes(action: Action, wanted: ActionFilter, today: date) -> bool:
    return (
        not action.withdrawn
        and (wanted.every or action.status in OPEN)
        and (not wanted.owner or action.owner.casefold() == wanted.owner.casefold())
        and (not wanted.subject or action.subject.casefold() == wanted.subject.casefold())
        and (not wanted.session or action.session == wanted.session)
        and (not wanted.overdue or is_overdue(action, today))
    )


def _saved(workspace: Workspace, made: Change, what: str) -> Action:
    store = workspace.store()
    assert isinstance(made.after, Action)
    entry = Entry(
        what=what, session=made.after.session, actor=workspace.actor, window="", at=workspace.now, changes=(made,)
    )
    saved = store.save(entry).changes[0].after
    assert isinstance(saved, Action)
    with saved_but(f"{short_id(saved)} is saved"):
        refresh_files(workspace, saved.session)
    return saved

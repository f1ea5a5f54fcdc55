"""What a meeting does about an answer that only sounds like one: it says so, and turns it into work with an owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from readyroom.domain import meeting as steps
from readyroom.domain.answer import AnswerKey, AnswerState
from readyroom.domain.capture import Action
from readyroom.domain.meeting import Meeting, Step
from readyroom.domain.mush import mush_in
from readyroom.domain.sides import is_sealed
from readyroom.workflows.capturing import is_agreed
from readyroom.workflows.suggesting import likely_owner
from readyroom.workflows.typed import kept_capture

FIND_OUT = "Find out: "


def vague_at(meeting: Meeting, key: AnswerKey) -> str:
    """Why the answer at a key says nothing; empty for one that says something, that is none, or nobody's to see yet."""
    item = meeting.item(key.item)
    return mush_in(item, meeting.answer(key)) if item and not is_sealed(meeting, key) else ""


def unknown_with_action(meeting: Meeting, key: AnswerKey, *, now: datetime, by: str, new_id: Callable[[], str]) -> Step:
    """The step from a vague answer to *unknown*, with an action to find it out; nothing where it is not vague.

    What was said stays in the action's reason.
    """
    reason, item = vague_at(meeting, key), meeting.item(key.item)
    if not reason or item is None:
        return Step(meeting=meeting)
    said = meeting.answer(key)
    owner = likely_owner(meeting, key.subject)
    action = Action(
        id=new_id(),
        session=meeting.session.id,
        title=f"{FIND_OUT}{item.ask}",
        item=key.item,
        subject=key.subject,
        at=now,
        by=by,
        owner=owner,
        agreed=is_agreed(meeting, owner),
        because=f"“{said.value}” is vague: {reason}",
    )
    unknown = replace(said, state=AnswerState.UNKNOWN, value=None, reason="", given_at=now, given_by=by, prepared_by="")
    return steps.put_all(meeting, (unknown, kept_capture(action)), f"turned “{said.value}” into unknown and an action")

"""From a typed line to the capture that it means, with the question it was said at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from readyroom.domain.answer import AnswerKey
from readyroom.domain.capture import Action, Capture, CaptureKind, Decision, ParkedNote, Question, Risk
from readyroom.domain.captureline import CaptureLine, read_capture_line
from readyroom.domain.meeting import Meeting
from readyroom.workflows.typed import kept_line


def captured_from_line(
    kind: CaptureKind,
    line: str,
    *,
    meeting: Meeting,
    key: AnswerKey,
    now: datetime,
    by: str,
    new_id: Callable[[], str],
    known: Callable[[str], str] = str,
) -> Capture | None:
    """The capture that a line means; None when there is no text in it.

    `known` completes an owner who is not in the room to somebody who is known elsewhere.
    """
    read = read_capture_line(kept_line(line), meeting.today(now), meeting.roster)
    if not read.text:
        return None
    if read.owner and read.owner not in meeting.roster:
        read = replace(read, owner=known(read.owner))
    return build_capture(kind, read, meeting=meeting, key=key, now=now, by=by, capture_id=new_id())


def build_capture(
    kind: CaptureKind, read: CaptureLine, *, meeting: Meeting, key: AnswerKey, now: datetime, by: str, capture_id: str
) -> Capture:
    """The capture of what was read. An action whose owner is known but absent is not yet agreed."""
    subject = key.subject or (meeting.session.subjects[0] if len(meeting.session.subjects) == 1 else "")
    session, title = meeting.session.id, read.text
    match kind:
        case CaptureKind.ACTION:
            return Action(
                id=capture_id,
                session=session,
                title=title,
                item=key.item,
                subject=subject,
                at=now,
                by=by,
                owner=read.owner,
                due=read.due,
                priority=read.priority,
                agreed=is_agreed(meeting, read.owner),
            )
        case CaptureKind.RISK:
            return Risk(
                id=capture_id,
                session=session,
                title=title,
                item=key.item,
                subject=subject,
                at=now,
                by=by,
                owner=read.owner,
                worry=read.priority and 6 - read.priority,
            )
        case CaptureKind.DECISION:
            return Decision(
                id=capture_id,
                session=session,
                title=title,
                item=key.item,
                subject=subject,
                at=now,
                by=by,
                decided_by=read.owner,
            )
        case CaptureKind.PARKED:
            return ParkedNote(
                id=capture_id,
                session=session,
                title=title,
                item=key.item,
                subject=subject,
                at=now,
                by=by,
                owner=read.owner,
                due=read.due,
            )
        case CaptureKind.QUESTION:
            return Question(id=capture_id, session=session, title=title, item=key.item, subject=subject, at=now, by=by)


def is_agreed(meeting: Meeting, owner: str) -> bool:
    """Whether the owner was there to agree: true while nobody is named, or when no roster is kept."""
    return not owner or not meeting.present or owner in meeting.present

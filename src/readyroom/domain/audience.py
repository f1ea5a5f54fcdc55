"""What of a meeting is for the room: the same meeting without the texts that only facilitators may see."""

from __future__ import annotations

from dataclasses import replace

from readyroom.domain.answer import Answer, Audience, Prepared
from readyroom.domain.meeting import Meeting


def unseen_items(meeting: Meeting) -> frozenset[str]:
    """The items that come from unplanned questions for facilitators only."""
    return frozenset(q.item_id for q in meeting.questions if q.audience is not Audience.ROOM)


def for_the_room(meeting: Meeting) -> tuple[Meeting, int]:
    """The meeting without what is for facilitators only, and how many texts were left out.

    Left out are notes and evidence of restricted answers (and what had been prepared for them), restricted captures,
    and whatever was answered to a restricted question. Values and reasons of planned questions are for everybody.
    """
    unseen = unseen_items(meeting)
    answers = {key: _open_part(answer) for key, answer in meeting.answers.items() if key.item not in unseen}
    kept = {one.id: _open_prepared(meeting, one) for one in meeting.prepared if one.key.item not in unseen}
    captures = tuple(one for one in meeting.captures if one.audience is Audience.ROOM)
    left_out = sum(answers.get(key) is not answer for key, answer in meeting.answers.items())
    left_out += sum(not one.withdrawn and kept.get(one.id) is not one for one in meeting.prepared)
    left_out += sum(not one.withdrawn and one.audience is not Audience.ROOM for one in meeting.captures)
    return replace(meeting, answers=answers, prepared=tuple(kept.values()), captures=captures), left_out


def _open_part(answer: Answer) -> Answer:
    if answer.audience is Audience.ROOM or not (answer.note or answer.evidence):
        return answer
    return replace(answer, note="", evidence="")


def _open_prepared(meeting: Meeting, prepared: Prepared) -> Prepared:
    """A restricted note often came from the prepared one: hiding only its copy would hide nothing."""
    answer = meeting.answers.get(prepared.key)
    if answer is None or answer.audience is Audience.ROOM or not (prepared.note or prepared.evidence):
        return prepared
    return replace(prepared, note="", evidence="")

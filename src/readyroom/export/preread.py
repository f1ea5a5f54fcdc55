"""The pre-read of a meeting as Markdown: what will be asked, what was said last time, who prepares what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from readyroom.domain.agenda import Item, ItemKind, Section
from readyroom.domain.answer import AnswerKey
from readyroom.domain.capture import Action, short_id
from readyroom.domain.meeting import Meeting, keys_of, sections_with_questions
from readyroom.export.md_escape import md_block, md_inline, md_table
from readyroom.export.words import clock_time, count_words, local_time, short_date, zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAnswer:
    """What a question was answered last time, as people read it, and when."""

    shown: str
    on: date


def preread(
    meeting: Meeting,
    *,
    when: datetime | None = None,
    previous: Mapping[AnswerKey, LastAnswer] | None = None,
    open_actions: Sequence[Action] = (),
    assigned: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """What everybody reads before a meeting.

    Args:
        meeting: A session before (or between) its sittings.
        when: The instant it begins, shown in the session's zone.
        previous: Answers of the last review, by question.
        open_actions: What is still to do from earlier reviews.
        assigned: For each person, the ids of the items they prepare.
    """
    session, agenda = meeting.session, meeting.agenda
    subject = f": {session.subject}" if session.subject.strip() else ""
    blocks: list[list[str]] = [
        [f"# Before the meeting: {md_inline((session.title.strip() or agenda.title) + subject)}"],
        [_when(meeting, when)],
        md_block(agenda.about),
    ]
    if open_actions:
        blocks += [["## Still open from earlier"], _action_rows(open_actions)]
    if assigned:
        blocks += [["## Who prepares what"], _assignments(meeting, assigned)]
    blocks.append(["## What will be asked"])
    for section in sections_with_questions(meeting):
        blocks += _section(meeting, section, previous or {})
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _when(meeting: Meeting, when: datetime | None) -> str:
    agenda = meeting.agenda
    planned = f"{agenda.minutes:g} minutes, {count_words(len(agenda.sections), 'section')}"
    if when is None:
        return f"{planned}."
    local = local_time(when, zone_of(meeting.session.zone))
    zone = md_inline(meeting.session.zone)
    return f"{short_date(local.date())}, {clock_time(local)} ({zone}): {planned}."


def _action_rows(actions: Sequence[Action]) -> list[str]:
    rows = [
        [
            md_inline(short_id(action)),
            md_inline(action.title),
            md_inline(action.owner) or "nobody yet",
            action.due.isoformat() if action.due else "no date yet",
            md_inline(action.status.value),
        ]
        for action in actions
    ]
    return md_table(["Id", "Action", "Owner", "Due", "Status"], rows)


def _assignments(meeting: Meeting, assigned: Mapping[str, Sequence[str]]) -> list[str]:
    lines = []
    for person, item_ids in assigned.items():
        lines.append(f"- {md_inline(person)}")
        for item_id in item_ids:
            item = meeting.item(item_id)
            lines.append(f"  - {md_inline(item.ask if item else item_id)}")
    return lines


def _section(meeting: Meeting, section: Section, previous: Mapping[AnswerKey, LastAnswer]) -> list[list[str]]:
    lines: list[str] = []
    for item in section.items:
        lines += _question(meeting, item, previous)
    blocks = [[f"### {md_inline(section.title)} ({section.minutes:g} min)"]]
    if section.goal.strip():
        blocks.append(md_block(section.goal))
    blocks.append(lines)
    return blocks


def _question(meeting: Meeting, item: Item, previous: Mapping[AnswerKey, LastAnswer]) -> list[str]:
    if item.kind is ItemKind.INFO:
        return [f"- {md_inline(item.ask)}"]
    keys = keys_of(meeting, item)
    required = any(item.is_required(meeting.tier(key.subject)) for key in keys)
    marks = [word for word, holds in (("required", required), ("optional", item.optional)) if holds]
    if item.evidence:
        marks.append(f"bring: {md_inline(item.evidence.ask)}")
    lines = [f"- **{md_inline(item.ask) or md_inline(item.id)}**" + (f" ({'; '.join(marks)})" if marks else "")]
    for key in keys:
        if last := previous.get(key):
            whom = ", ".join(part for part in (key.subject if len(keys) > 1 else "", key.respondent) if part)
            who = f"{md_inline(whom)}, last" if whom else "Last"
            lines.append(f"  - {who} time, {short_date(last.on)}: {md_inline(last.shown)}")
    return lines

"""A record looked up once: what every part of the minutes needs to find quickly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from readyroom.domain.agenda import Item, ItemKind, Section
from readyroom.domain.answer import Answer, AnswerKey, AnswerState, Prepared
from readyroom.domain.meeting import Meeting, keys_of, sections_with_questions
from readyroom.domain.record import ItemOutcome, Record, meeting_of
from readyroom.domain.voting import tallies_at
from readyroom.export.words import zone_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A record with its answers, outcomes and questions by key."""

    record: Record
    meeting: Meeting
    sections: tuple[Section, ...]
    items: Mapping[str, Item]
    keys: Mapping[str, tuple[AnswerKey, ...]]
    """The questions of each item that the meeting saw: those its conditions hid are not among them."""
    outcomes: Mapping[AnswerKey, ItemOutcome]
    prepared: Mapping[AnswerKey, tuple[Prepared, ...]]
    zone: tzinfo

    @property
    def several_subjects(self) -> bool:
        """Whether a line must say whom it is about."""
        return len(self.record.session.subjects) > 1

    @property
    def answered(self) -> int:
        """How many questions have an answer that leaves nothing to do."""
        return sum(section.answered for section in self.record.outcome.sections)

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return sum(section.asked for section in self.record.outcome.sections)

    def question(self, item_id: str) -> str:
        """An item's words; empty where it is unknown."""
        item = self.items.get(item_id)
        return item.ask if item else ""

    def answer(self, key: AnswerKey) -> Answer | None:
        """The answer at a key, or None."""
        return self.meeting.answers.get(key)

    def is_required(self, key: AnswerKey) -> bool:
        """Whether the subject's tier requires an answer."""
        item = self.items.get(key.item)
        return item is not None and item.is_required(self.meeting.tier(key.subject))

    def is_blank(self, key: AnswerKey) -> bool:
        """Whether nothing at all was said, voted or prepared."""
        answer = self.answer(key)
        silent = answer is None or (answer.state is AnswerState.UNANSWERED and not answer.note and not answer.evidence)
        return silent and key not in self.prepared and not tallies_at(self.meeting, key)


def read(record: Record) -> Reading:
    """Look a record up for rendering."""
    meeting = meeting_of(record)
    sections = sections_with_questions(meeting)
    prepared: dict[AnswerKey, tuple[Prepared, ...]] = {}
    for one in record.prepared:
        if not one.withdrawn:
            prepared[one.key] = (*prepared.get(one.key, ()), one)
    items = {item.id: item for section in sections for item in section.items}
    outcomes = {outcome.key: outcome for outcome in record.outcome.items}
    return Reading(
        record=record,
        meeting=meeting,
        sections=sections,
        items=items,
        keys={item.id: _seen(meeting, item, outcomes) for item in items.values()},
        outcomes=outcomes,
        prepared=prepared,
        zone=zone_of(record.session.zone),
    )


def _seen(meeting: Meeting, item: Item, outcomes: Mapping[AnswerKey, ItemOutcome]) -> tuple[AnswerKey, ...]:
    if item.kind is ItemKind.INFO:
        return ()
    asked = keys_of(meeting, item)
    return tuple(key for key in asked if key in outcomes or key in meeting.answers) if outcomes else asked

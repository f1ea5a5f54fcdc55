"""A meeting as one value, and each thing that can be done in it as a pure function to the next value.

Every function returns a `Step`: the next meeting, the changes to save, and what happened in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from readyroom.domain.agenda import Agenda, Item, ItemKind, Section
from readyroom.domain.answer import Answer, AnswerKey, AnswerState, Audience, Dismissal, Prepared, Value, check_value
from readyroom.domain.capture import (
    Action,
    Capture,
    Decision,
    ParkedNote,
    Question,
    Risk,
    short_id,
)
from readyroom.domain.change import Change, Entity, change
from readyroom.domain.service import DEFAULT_TIER, Service, Tier
from readyroom.domain.session import Session, Sitting
from readyroom.domain.votes import Round

_Placed = TypeVar("_Placed", bound=Sitting | Prepared | Capture | Round)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Everything a facilitator sees of a session."""

    session: Session
    agenda: Agenda
    sittings: tuple[Sitting, ...] = ()
    answers: Mapping[AnswerKey, Answer] = field(default_factory=dict)
    prepared: tuple[Prepared, ...] = ()
    captures: tuple[Capture, ...] = ()
    rounds: tuple[Round, ...] = ()
    """Every round of votes, withdrawn ones too; what may be seen of them is asked of `voting`."""
    services: Mapping[str, Service] = field(default_factory=dict)

    @property
    def sitting(self) -> Sitting | None:
        """The sitting under way, else the last one."""
        return self.sittings[-1] if self.sittings else None

    @property
    def roster(self) -> tuple[str, ...]:
        """Names of everyone who was at any sitting, in order of appearance."""
        return tuple(dict.fromkeys(person.name for sitting in self.sittings for person in sitting.attendees))

    @property
    def present(self) -> tuple[str, ...]:
        """Names of those in the room now."""
        return tuple(p.name for p in self.sitting.attendees if p.left_at is None) if self.sitting else ()

    @property
    def actions(self) -> tuple[Action, ...]:
        """Actions that were not taken back."""
        return tuple(c for c in self.captures if isinstance(c, Action) and not c.withdrawn)

    @property
    def risks(self) -> tuple[Risk, ...]:
        """Risks that were not taken back."""
        return tuple(c for c in self.captures if isinstance(c, Risk) and not c.withdrawn)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Decisions that were not taken back."""
        return tuple(c for c in self.captures if isinstance(c, Decision) and not c.withdrawn)

    @property
    def parked(self) -> tuple[ParkedNote, ...]:
        """Parked notes that were not taken back."""
        return tuple(c for c in self.captures if isinstance(c, ParkedNote) and not c.withdrawn)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Unplanned questions that were not taken back."""
        return tuple(c for c in self.captures if isinstance(c, Question) and not c.withdrawn)

    def tier(self, subject: str) -> Tier:
        """The tier that a subject counts as."""
        service = self.services.get(subject)
        return service.counted_tier if service else DEFAULT_TIER

    def item(self, item_id: str) -> Item | None:
        """An item of the agenda, or an unplanned question as one."""
        return self.agenda.item(item_id) or next((as_item(q) for q in self.questions if q.item_id == item_id), None)

    def answer(self, key: AnswerKey) -> Answer:
        """The answer at a key; an unanswered one where nothing was said."""
        return self.answers.get(key) or Answer(session=self.session.id, key=key)

    def prepared_for(self, key: AnswerKey) -> tuple[Prepared, ...]:
        """What was prepared for a question and not withdrawn, oldest first."""
        return tuple(p for p in self.prepared if p.key == key and not p.withdrawn)

    def today(self, now: datetime) -> date:
        """The date in the session's zone."""
        return now.astimezone(ZoneInfo(self.session.zone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one command did: the next meeting, the changes to save together, and words for the journal."""

    meeting: Meeting
    changes: tuple[Change, ...] = ()
    what: str = ""


def as_item(question: Question) -> Item:
    """An unplanned question as the item that it becomes."""
    return Item(id=question.item_id, kind=ItemKind.TEXT, ask=question.title, origin="asked in the meeting")


def sections_with_questions(meeting: Meeting) -> tuple[Section, ...]:
    """The agenda's sections with each unplanned question behind the item during which it was asked."""
    asked: dict[str, list[Item]] = {}
    for question in meeting.questions:
        asked.setdefault(question.item, []).append(as_item(question))
    if not asked:
        return meeting.agenda.sections
    sections = [
        replace(section, items=tuple(one for item in section.items for one in _with_asked(item, asked)))
        for section in meeting.agenda.sections
    ] or [Section(id="asked", title="Asked in the meeting", minutes=0)]
    # What is left was asked at an item that the agenda does not have.
    lost = [one for place in list(asked) for item in asked.pop(place, ()) for one in _with_asked(item, asked)]
    sections[-1] = replace(sections[-1], items=(*sections[-1].items, *lost))
    return tuple(sections)


def _with_asked(item: Item, asked: dict[str, list[Item]]) -> Iterator[Item]:
    """The item, then what was asked during it, then what was asked during that; each is taken out of `asked`."""
    waiting = [item]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(asked.pop(one.id, ()))


def agenda_as_run(meeting: Meeting) -> Agenda:
    """The agenda with the unplanned questions in it, as its clock and its minutes need it."""
    sections = sections_with_questions(meeting)
    return meeting.agenda if sections is meeting.agenda.sections else replace(meeting.agenda, sections=sections)


def keys_of(meeting: Meeting, item: Item) -> tuple[AnswerKey, ...]:
    """The questions that one item asks: one for each subject and each respondent."""
    subjects = meeting.session.subjects or ("",)
    respondents = item.respondents or ("",)
    return tuple(AnswerKey(item.id, subject, respondent) for subject in subjects for respondent in respondents)


def give_answer(
    meeting: Meeting, key: AnswerKey, value: object, *, at: datetime, by: str, prepared_by: str = ""
) -> Step:
    """Answer a question; the value is checked against its item (AnswerError)."""
    item = _item(meeting, key)
    checked: Value = check_value(item, value)
    after = replace(
        meeting.answer(key),
        state=AnswerState.ANSWERED,
        value=checked,
        reason="",
        given_at=at,
        given_by=by,
        prepared_by=prepared_by,
    )
    return put(meeting, after, f"answered “{_short(item.ask)}”")


def set_state(meeting: Meeting, key: AnswerKey, state: AnswerState, *, at: datetime, by: str, reason: str = "") -> Step:
    """Skip a question, or call it unknown or not applicable (with a reason); its note stays."""
    item = _item(meeting, key)
    after = replace(
        meeting.answer(key), state=state, value=None, reason=reason, given_at=at, given_by=by, prepared_by=""
    )
    return put(meeting, after, f"marked “{_short(item.ask)}” {state.value}")


def set_note(
    meeting: Meeting,
    key: AnswerKey,
    *,
    note: str | None = None,
    evidence: str | None = None,
    audience: Audience | None = None,
) -> Step:
    """Change the note, the evidence or who may see them; None leaves a part as it is."""
    item = _item(meeting, key)
    before = meeting.answer(key)
    after = replace(
        before,
        note=before.note if note is None else note,
        evidence=before.evidence if evidence is None else evidence,
        audience=before.audience if audience is None else audience,
    )
    if after == before:
        return Step(meeting=meeting)
    return put(meeting, after, f"noted on “{_short(item.ask)}”")


def dismiss(meeting: Meeting, key: AnswerKey, ref: str, *, by: str) -> Step:
    """Decline a suggestion of a rule; it is kept that it was, and by whom."""
    item = _item(meeting, key)
    before = meeting.answer(key)
    after = replace(before, dismissed=(*before.dismissed, Dismissal(ref=ref, by=by)))
    return put(meeting, after, f"dismissed a suggestion on “{_short(item.ask)}”")


def confirm_prepared(meeting: Meeting, prepared: Prepared, *, at: datetime, by: str) -> Step:
    """Count a prepared answer: its value, note and evidence become the answer's, with who prepared them."""
    item = _item(meeting, prepared.key)
    before = meeting.answer(prepared.key)
    after = replace(
        before,
        state=prepared.state,
        value=prepared.value,
        reason=prepared.reason,
        note=prepared.note if not before.note else before.note,
        evidence=prepared.evidence if not before.evidence else before.evidence,
        given_at=at,
        given_by=by,
        prepared_by=prepared.by,
    )
    return put(meeting, after, f"confirmed what {prepared.by} prepared for “{_short(item.ask)}”")


def put(meeting: Meeting, after: Entity, what: str) -> Step:
    """Put one entity in its place, whatever its type; an equal one changes nothing."""
    before = find(meeting, after)
    if before is not None and before == after:
        return Step(meeting=meeting)
    made = change(before, after)
    return Step(meeting=apply(meeting, made.after), changes=(made,), what=what)


def put_all(meeting: Meeting, entities: tuple[Entity, ...], what: str) -> Step:
    """Several entities as one step."""
    changes: tuple[Change, ...] = ()
    for entity in entities:
        step = put(meeting, entity, what)
        meeting, changes = step.meeting, changes + step.changes
    return Step(meeting=meeting, changes=changes, what=what if changes else "")


def capture(meeting: Meeting, captured: Capture) -> Step:
    """Take something down on the side."""
    return put(meeting, captured, f"captured {captured.kind.value} “{_short(captured.title)}”")


def withdraw(meeting: Meeting, captured: Capture) -> Step:
    """Take a capture back; it stays in the journal."""
    return put(meeting, replace(captured, withdrawn=True), f"withdrew {short_id(captured)}")


def find(meeting: Meeting, entity: Entity) -> Entity | None:
    """What stands now in the entity's place, or None."""
    if isinstance(entity, Answer):
        return meeting.answers.get(entity.key)
    if isinstance(entity, Session):
        return meeting.session
    if isinstance(entity, Service):
        return meeting.services.get(entity.name)
    if isinstance(entity, Sitting):
        return next((one for one in meeting.sittings if one.id == entity.id), None)
    if isinstance(entity, Prepared):
        return next((one for one in meeting.prepared if one.id == entity.id), None)
    if isinstance(entity, Round):
        return next((one for one in meeting.rounds if one.id == entity.id), None)
    return next((one for one in meeting.captures if one.id == entity.id), None)


def apply(meeting: Meeting, entity: Entity) -> Meeting:
    """The meeting with the entity in its place, or added."""
    if isinstance(entity, Answer):
        return replace(meeting, answers={**meeting.answers, entity.key: entity})
    if isinstance(entity, Session):
        return replace(meeting, session=entity)
    if isinstance(entity, Service):
        return replace(meeting, services={**meeting.services, entity.name: entity})
    if isinstance(entity, Sitting):
        return replace(meeting, sittings=_placed(meeting.sittings, entity))
    if isinstance(entity, Prepared):
        return replace(meeting, prepared=_placed(meeting.prepared, entity))
    if isinstance(entity, Round):
        return replace(meeting, rounds=_placed(meeting.rounds, entity))
    return replace(meeting, captures=_placed(meeting.captures, entity))


def _placed(places: tuple[_Placed, ...], entity: _Placed) -> tuple[_Placed, ...]:
    known = any(one.id == entity.id for one in places)
    kept = [entity if one.id == entity.id else one for one in places]
    return tuple(kept if known else [*kept, entity])


def _item(meeting: Meeting, key: AnswerKey) -> Item:
    item = meeting.item(key.item)
    if item is None:
        raise KeyError(f"no item {key.item!r} in agenda {meeting.agenda.id}")
    return item


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"

"""Which table each kind of entity lies in, and how it becomes a row and comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Table

from readyroom.borders.codec import canonical_json, to_plain
from readyroom.domain.answer import Answer, AnswerKey, Dismissal, Prepared, Value
from readyroom.domain.capture import Action, ActionStatus, Decision, ParkedNote, Question, Risk
from readyroom.domain.change import Entity
from readyroom.domain.service import Objective, Service
from readyroom.domain.session import Attendee, ClockEvent, Session, Sitting
from readyroom.domain.votes import NamedVote, Round
from readyroom.store import ledger, tables  # noqa: F401 - so that their tables are known
from readyroom.store.columns import METADATA
from readyroom.store.lines import NO_DUE

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table of entities: its columns in the order of the entity's fields, and its key."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...] = ("id",)

    @property
    def table(self) -> Table:
        """The table itself."""
        return METADATA.tables[self.name]


def _columns(entity: type, *left_out: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(entity) if field.name not in left_out)


_KEY = ("item", "subject", "respondent")
_ANSWER = ("session", *_KEY, *_columns(Answer, "session", "key"))
_PREPARED = ("id", "session", *_KEY, *_columns(Prepared, "id", "session", "key"))
_ROUND = ("id", "session", *_KEY, *_columns(Round, "id", "session", "key"))

SHELVES: Mapping[type, Shelf] = {
    Session: Shelf("session", _columns(Session)),
    Sitting: Shelf("sitting", _columns(Sitting, "attendees", "events")),
    Answer: Shelf("answer", _ANSWER, ("session", *_KEY)),
    Prepared: Shelf("prepared", _PREPARED),
    Round: Shelf("round", _ROUND),
    Action: Shelf("action", _columns(Action)),
    Risk: Shelf("risk", _columns(Risk)),
    Decision: Shelf("decision", _columns(Decision)),
    ParkedNote: Shelf("parked", _columns(ParkedNote)),
    Question: Shelf("question", _columns(Question)),
    Service: Shelf("service", _columns(Service), ("key",)),
}
ATTENDEE = Shelf("attendee", _columns(Attendee), ("sitting", "position"))
CLOCK_EVENT = Shelf("clock_event", _columns(ClockEvent), ("sitting", "sequence"))

_OPEN = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)


def values_of(entity: Entity) -> Values:
    """The entity as a row, projections included (but not the counters of a session)."""
    if isinstance(entity, Service):
        return _service_values(entity)
    if isinstance(entity, Session):
        return _session_values(entity)
    shelf = SHELVES[type(entity)]
    if isinstance(entity, (Answer, Prepared, Round)):
        key = entity.key
        values: Values = {"item": key.item, "subject": key.subject, "respondent": key.respondent}
        values |= {name: getattr(entity, name) for name in shelf.columns if name not in values}
        if isinstance(entity, Round):
            values["votes"] = _plain_text(entity.votes)
            values["named"] = _plain_text(entity.named)
            return values
        values["value"] = value_json(entity.value)
        if isinstance(entity, Answer):
            values["dismissed"] = json.dumps(to_plain(entity.dismissed), ensure_ascii=False)
        return values
    values = {name: getattr(entity, name) for name in shelf.columns}
    values["session"] = entity.session or None
    if isinstance(entity, Action):
        values["open"] = entity.status in _OPEN and not entity.withdrawn
        values["due_order"] = entity.due.isoformat() if entity.due else NO_DUE
        values["subject_key"] = subject_key(entity.subject)
    return values


def key_of(entity: Entity) -> Values:
    """What finds the entity's row."""
    if isinstance(entity, Service):
        return {"key": subject_key(entity.name)}
    if isinstance(entity, Answer):
        key = entity.key
        return {
            "session": entity.session,
            "item": key.item,
            "subject": key.subject,
            "respondent": key.respondent,
        }
    return {"id": entity.id}


def subject_key(name: str) -> str:
    """A service's name as it is compared: without case."""
    return name.casefold()


def search_text(session: Session) -> str:
    """What a session is found by, without case."""
    words = (session.title, session.agenda_id, session.subject, f"S-{session.number}", session.created_by)
    return "\n".join(words).casefold()


def value_json(value: Value | None) -> str | None:
    """The value of an answer as JSON."""
    return None if value is None else canonical_json(to_plain(value)).decode().rstrip("\n")


def _plain_text(values: Sequence[Any]) -> str:
    return canonical_json(to_plain(tuple(values))).decode().rstrip("\n")


def value_from(text: str | None) -> Value | None:
    """The value of an answer back from JSON."""
    if text is None:
        return None
    plain = json.loads(text)
    return tuple(plain) if isinstance(plain, list) else plain


# ---- back from rows; each takes the columns of its shelf, in order


def session_from(row: Sequence[Any]) -> Session:
    """A session from its row."""
    values = dict(zip(SHELVES[Session].columns, row, strict=True))
    values["subjects"] = tuple(json.loads(values["subjects"]))
    return Session(**values)


def answer_from(row: Sequence[Any]) -> Answer:
    """An answer from its row."""
    (
        session, item, subject, respondent, state, value, reason, note, evidence, audience,
        given_at, given_by, prepared_by, dismissed, value_version, note_version,
    ) = row  # fmt: skip
    return Answer(
        session=session,
        key=AnswerKey(item, subject, respondent),
        state=state,
        value=value_from(value),
        reason=reason,
        note=note,
        evidence=evidence,
        audience=audience,
        given_at=given_at,
        given_by=given_by,
        prepared_by=prepared_by,
        dismissed=tuple(Dismissal(**one) for one in json.loads(dismissed)) if dismissed != "[]" else (),
        value_version=value_version,
        note_version=note_version,
    )


def prepared_from(row: Sequence[Any]) -> Prepared:
    """A prepared answer from its row."""
    values = dict(zip(_PREPARED, row, strict=True))
    key = AnswerKey(values.pop("item"), values.pop("subject"), values.pop("respondent"))
    values["value"] = value_from(values["value"])
    return Prepared(key=key, **values)


def round_from(row: Sequence[Any]) -> Round:
    """A round of votes from its row."""
    values = dict(zip(_ROUND, row, strict=True))
    key = AnswerKey(values.pop("item"), values.pop("subject"), values.pop("respondent"))
    values["votes"] = tuple(json.loads(values["votes"]))
    values["named"] = tuple(NamedVote(**one) for one in json.loads(values["named"]))
    return Round(key=key, **values)


def service_from(row: Sequence[Any]) -> Service:
    """A service from its row."""
    values = dict(zip(SHELVES[Service].columns, row, strict=True))
    values["tags"] = tuple(json.loads(values["tags"]))
    values["objectives"] = tuple(Objective(**one) for one in json.loads(values["objectives"]))
    return Service(**values)


def sitting_from(row: Sequence[Any], attendees: Sequence[Attendee], events: Sequence[ClockEvent]) -> Sitting:
    """A sitting from its row, its people and its clock."""
    values = dict(zip(SHELVES[Sitting].columns, row, strict=True))
    return Sitting(**values, attendees=tuple(attendees), events=tuple(events))


def capture_from(kind: type, row: Sequence[Any]) -> Any:
    """A capture of a kind from its row."""
    values = dict(zip(SHELVES[kind].columns, row, strict=True))
    values["session"] = values["session"] or ""
    return kind(**values)


def _service_values(service: Service) -> Values:
    return {
        "key": subject_key(service.name),
        "name": service.name,
        "tier": service.tier,
        "owner": service.owner,
        "operated_by": service.operated_by,
        "tags": json.dumps(service.tags, ensure_ascii=False),
        "objectives": json.dumps(to_plain(service.objectives), ensure_ascii=False),
        "version": service.version,
    }


def _session_values(session: Session) -> Values:
    values = {name: getattr(session, name) for name in SHELVES[Session].columns}
    values["subjects"] = json.dumps(session.subjects, ensure_ascii=False)
    values["search"] = search_text(session)
    return values

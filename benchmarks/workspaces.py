"""Synthetic workspaces of any size, made of the program's own schema and rows; the services and people are invented.

The rows are put in bulk, past journal and writer: only a benchmark may do that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from readyroom.agendas.find import open_agenda
from readyroom.borders.yamltree import dump_yaml
from readyroom.domain.agenda import Agenda
from readyroom.domain.answer import Answer, AnswerKey, AnswerState
from readyroom.domain.capture import Action
from readyroom.domain.meeting import Meeting
from readyroom.domain.outcome import outcome_of
from readyroom.domain.record import Record, record_of
from readyroom.domain.session import Session, SessionStatus
from readyroom.store import Store, open_store
from readyroom.store.columns import METADATA
from readyroom.store.engine import writing
from readyroom.store.ledger import NUMBERED
from readyroom.store.projections import repair_counters
from readyroom.store.shelves import subject_key, values_of
from readyroom.workflows.start import start_session
from readyroom.workflows.workspace import Workspace, new_uuid, open_workspace, utc_now

SERVICES = ("checkout", "ledger", "search", "basket", "invoices", "stock", "parcels")
PEOPLE = ("Ana", "Bo", "Chidi", "Dee")
AGENDA = "measured-review"
"""The id of the agenda in a workspace made here."""
FIRST_QUESTION = "Is part 1 looked after?"
SECOND_QUESTION = "Is part 2 looked after?"
_PER_SECTION = 20
_ONE_CHUNK = 500
"""Sessions whose rows are put in together."""


@dataclass(frozen=True, slots=True)
class Made:
    """A workspace with a session under way."""

    folder: Path
    session: str

    @property
    def agenda_file(self) -> Path:
        """The agenda of the session that is under way."""
        return self.folder / "agendas" / f"{AGENDA}.yaml"

    @property
    def database(self) -> Path:
        """Its SQLite file."""
        return self.folder / "sessions" / "readyroom.db"


def agenda_yaml(items: int) -> str:
    """An agenda of checks with guides, rules and conditions, twenty questions to a section."""
    sections = [
        {
            "id": f"section-{at // _PER_SECTION + 1}",
            "title": f"Part {at // _PER_SECTION + 1} of the system",
            "minutes": 20,
            "items": [_item(n) for n in range(at + 1, min(at + _PER_SECTION, items) + 1)],
        }
        for at in range(0, items, _PER_SECTION)
    ]
    head = {"agenda": 1, "id": AGENDA, "version": "1.0.0", "title": "Measured review", "kind": "readiness"}
    return dump_yaml({**head, "minutes": 20 * len(sections), "sections": sections})


def _item(number: int) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"part-{number}",
        "kind": "check",
        "ask": f"Is part {number} looked after?",
        "guide": "Say what somebody has seen work.\nWhat we only believe is unknown, and that is a good answer.\n",
    }
    if number % 3 == 0:
        item["rules"] = [{"when": "fail", "finding": "high", "action": f"Look after part {number}", "due": "+2w"}]
    if number % 10 == 0:
        item["when"] = {f"answer of part-{number - 5}": "pass"}
    return item


def make_empty(folder: Path) -> Path:
    """A folder with nothing in it, as before the first run."""
    folder.mkdir(parents=True)
    return folder


def make_workspace(folder: Path, *, items: int, sessions: int = 0, answers: int = 10, actions: int = 0) -> Made:
    """A workspace with a session under way, and behind it finished ones with answers each, and open actions."""
    (folder / "agendas").mkdir(parents=True)
    made = Made(folder, "")
    made.agenda_file.write_text(agenda_yaml(items), encoding="utf-8")
    workspace = open_workspace(folder, environ={"USER": "ana", "HOME": str(folder)}, cwd=folder)
    try:
        agenda = open_agenda(AGENDA, folder)
        store = open_store(folder, clock=utc_now, back_up=False)
        workspace._store = store
        if sessions:
            _fill(workspace, store, agenda, sessions, answers, actions)
        return Made(folder, start_session(workspace, agenda, subjects=("checkout",), attendees=(("Ana", "owner"),)))
    finally:
        workspace.close()


def _fill(workspace: Workspace, store: Store, agenda: Agenda, sessions: int, answers: int, actions: int) -> None:
    kept = store.repository.keep_agenda(agenda)
    each = -(-actions // sessions)
    with writing(store._engine) as connection:
        for start in range(0, sessions, _ONE_CHUNK):
            rows: dict[str, list[dict[str, Any]]] = {"session": [], "session_subject": [], "answer": [], "action": []}
            for number in range(start, min(start + _ONE_CHUNK, sessions)):
                session = _session(workspace, agenda, kept, number, sessions)
                rows["session"].append(_session_row(session))
                subject = {"session": session.id, "position": 0, "subject": session.subject}
                rows["session_subject"].append(subject | {"key": subject_key(session.subject)})
                rows["answer"] += [values_of(one) for one in _answers(session, agenda, answers)]
                rows["action"] += [
                    values_of(_action(session, one)) for one in range(number * each, min((number + 1) * each, actions))
                ]
            for name, some in rows.items():
                if some:
                    connection.execute(METADATA.tables[name].insert(), some)
        counter = METADATA.tables["counter"]
        for name, last in (("session", sessions), ("action", actions)):
            assert name in NUMBERED
            connection.execute(counter.update().where(counter.c.name == name).values(value=last))
        repair_counters(connection)


def _session(workspace: Workspace, agenda: Agenda, kept: str, number: int, of: int) -> Session:
    at = workspace.now - timedelta(hours=of - number + 1)
    return Session(
        id=str(UUID(int=number + 1)),
        agenda_id=agenda.id,
        agenda_version=agenda.version,
        agenda_root=agenda.root,
        agenda_hash=kept,
        title=agenda.title,
        kind=agenda.kind.value,
        subjects=(SERVICES[number % len(SERVICES)],),
        status=SessionStatus.FINISHED,
        zone=workspace.zone,
        created_at=at,
        created_by=PEOPLE[number % len(PEOPLE)],
        finished_at=at + timedelta(minutes=50),
        number=number + 1,
        version=2,
    )


def _session_row(session: Session) -> dict[str, Any]:
    counters = dict.fromkeys(("answered", "asked", "actions", "risks"), 0)
    return values_of(session) | counters | {"verdict": "ok", "last_activity": session.finished_at}


def _answers(session: Session, agenda: Agenda, most: int) -> Iterator[Answer]:
    for number, item in zip(range(most), agenda.items(), strict=False):
        yield Answer(
            session=session.id,
            key=AnswerKey(item.id, session.subject),
            state=AnswerState.ANSWERED,
            value="fail" if number % 7 == 3 else "pass",
            note=f"{PEOPLE[number % len(PEOPLE)]} has seen it work in *staging*; see <the notes>",
            given_at=session.created_at + timedelta(minutes=number / 20),
            given_by=session.created_by,
            value_version=1,
            note_version=1,
        )


def _action(session: Session, number: int) -> Action:
    return Action(
        id=str(UUID(int=(1 << 100) + number)),
        session=session.id,
        title=f"Alert on errors that users of part {number} see",
        item="part-1",
        subject=session.subject,
        at=session.created_at,
        by=session.created_by,
        owner=PEOPLE[number % len(PEOPLE)],
        due=session.created_at.date() + timedelta(days=14),
        priority=1 + number % 4,
        number=number + 1,
        version=1,
    )


def long_record(folder: Path, items: int) -> Record:
    """The record of a meeting in which every one of so many questions was answered; `folder` holds its agenda."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{AGENDA}-{items}.yaml"
    path.write_text(agenda_yaml(items), encoding="utf-8")
    agenda = open_agenda(str(path), folder)
    now = datetime(2026, 11, 22, 14, tzinfo=UTC)
    workspace = Workspace(folder=folder, actor="ana", zone="UTC", clock=lambda: now, new_id=new_uuid)
    session = _session(workspace, agenda, "sha256:" + "0" * 64, 0, 1)
    given = {one.key: one for one in _answers(session, agenda, items)}
    captured = tuple(_action(session, number) for number in range(20))
    meeting = Meeting(session=session, agenda=agenda, answers=given, captures=captured)
    return record_of(meeting, outcome_of(meeting, now), program="0", at=now)

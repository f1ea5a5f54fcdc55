"""A room to meet in: a workspace in the test's folder, with an agenda, a clock that one can turn, and windows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from readyroom.domain.answer import AnswerKey
from readyroom.store import open_store
from readyroom.workflows.live import LiveMeeting
from readyroom.workflows.start import open_live, start_session
from readyroom.workflows.workspace import Workspace

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A Monday."""

HEAD = """\
agenda: 1
id: till-look
version: 1.0.0
title: Till look
kind: reliability-review
minutes: 30
"""
SECTIONS = """\
sections:
  - id: first
    title: First things
    minutes: 10
    goal: Know whether anybody would notice.
    items:
      - {id: welcome, kind: info, ask: We look at the service}
      - id: alerts
        kind: check
        ask: Does it page somebody?
        required: true
        rules:
          - when: fail
            finding: high
            action: Alert on user errors
            due: +2w
            risk: An outage goes unseen
            because: Nobody would notice
      - {id: who-noticed, kind: text, ask: Who noticed the last outage?, when: {answer of alerts: fail}}
      - {id: minutes-back, kind: number, unit: min, ask: How long does a rollback take?}
  - id: second
    title: Second things
    minutes: 20
    goal: Know who does what.
    items:
      - {id: owner, kind: owner, ask: Who owns it?}
      - {id: tested, kind: date, ask: When was the failover tried?}
      - id: worries
        kind: table
        ask: What keeps us up at night?
        columns:
          worry: {kind: text, required: true}
          minutes: {kind: number}
"""
PEOPLE = (("Ana", "facilitator"), ("Bo", "owner"), ("Chidi", "on-call"))


class Clock:
    """Stands still until it is turned."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


class Disk:
    """What ends the transactions of a meeting: it can be slow (`gate`) or full."""

    def __init__(self) -> None:
        self.full = False
        self.gate = threading.Event()
        self.gate.set()

    def commit(self, connection: Connection) -> None:
        self.gate.wait(30)
        if self.full:
            raise OperationalError("COMMIT", None, _FullError("database or disk is full"))
        connection.commit()


class _FullError(Exception):
    sqlite_errorcode = 13


class Calls:
    """The queue of a screen's thread: what saving answers waits here until `run`."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()

    def __call__(self, call: Callable[[], None]) -> None:
        self._waiting.append(call)

    def run(self) -> None:
        while self._waiting:
            self._waiting.popleft()()


class Room:
    """One program's view of a workspace: `Room(folder)` twice is two programs on the same files."""

    def __init__(self, folder: Path, *, actor: str = "Ana", now: datetime = NOON, sections: str = SECTIONS) -> None:
        self.clock, self.disk, self.calls = Clock(now), Disk(), Calls()
        self._ids = 0
        self.workspace = Workspace(
            folder=folder, actor=actor, zone="Europe/Vienna", clock=self.clock, new_id=self.new_id
        )
        agenda = folder / "agendas" / "till-look.yaml"
        if not agenda.exists():
            agenda.parent.mkdir(parents=True, exist_ok=True)
            agenda.write_text(HEAD + sections, encoding="utf-8")
        self.workspace._store = open_store(
            folder, clock=self.clock, new_id=self.new_id, commit=self.disk.commit, back_up=False
        )

    def __enter__(self) -> Room:
        return self

    def __exit__(self, *_: object) -> None:
        self.disk.full = False
        self.disk.gate.set()
        self.workspace.close()

    def new_id(self) -> str:
        self._ids += 1
        return str(uuid5(NAMESPACE_URL, f"{id(self)}/{self._ids}"))

    @property
    def repository(self):
        return self.workspace.store().repository

    def start(self, *subjects: str, people: tuple[tuple[str, str], ...] = PEOPLE) -> str:
        return start_session(self.workspace, "till-look", subjects=subjects or ("checkout",), attendees=people)

    def live(self, session: str = "", **options: bool) -> LiveMeeting:
        return open_live(self.workspace, session or self.start(), self.calls, **options)

    def settle(self, live: LiveMeeting) -> LiveMeeting:
        """Wait for the disk, and let the screen hear of it."""
        live.flush()
        self.calls.run()
        return live

    def kept(self, live: LiveMeeting):
        """The session as the database has it."""
        return self.repository.meeting(live.meeting.session.id)

    def kill(self) -> None:
        """End without closing: the locks fall, and nothing more is saved."""
        self.workspace.store().windows.release_all()


def at(item: str, subject: str = "checkout") -> AnswerKey:
    return AnswerKey(item, subject)


def filled(sheet: Path, **answers: str) -> Path:
    """A Markdown sheet with answers written in, by item (`_` for `-`)."""
    text = sheet.read_text(encoding="utf-8")
    for name, answer in answers.items():
        mark = text.index(f"item: {name.replace('_', '-')}")
        place = text.index("answer:", mark) + len("answer:")
        text = f"{text[:place]} {answer}{text[text.index(chr(10), place) :]}"
    sheet.write_text(text, encoding="utf-8")
    return sheet


def hold(item: str, live: LiveMeeting, subject: str = "checkout") -> LiveMeeting:
    """Go to a question."""
    live.go(at(item, subject))
    return live

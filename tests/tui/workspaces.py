"""Workspaces for tests of the screens: a clock that stands still, counted ids, and a team's sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from time import monotonic

from textual.pilot import Pilot

from readyroom.borders.configuration import Look
from readyroom.domain.agenda import Agenda, Choice, Item, ItemKind, ReviewKind, Rule, Section
from readyroom.domain.answer import AnswerState
from readyroom.domain.capture import CaptureKind
from readyroom.domain.condition import Comparing, Comparison, OfAnswer
from readyroom.domain.finding import Finding
from readyroom.domain.service import Tier
from readyroom.tui.app import ReadyroomApp
from readyroom.workflows.live import LiveMeeting
from readyroom.workflows.start import open_live, start_session
from readyroom.workflows.workspace import Workspace
from readyroom.workflows.wrapup import finish

NOW = datetime(2026, 11, 22, 14, 31, tzinfo=UTC)
SIZES = {"80x24": (80, 24), "120x35": (120, 35), "200x60": (200, 60)}

HOSTILE = (
    "[/]",
    "[P1] down, see [/etc/hosts]",
    "[@click=app.quit]click me[/]",
    "$5 [not done]",
    "\x1b]52;c;aGk=\x07\x1b[2J\x1b]0;title\x07 sequence",
    "\x9b31m c1 \u202eright to left\u202c \u2066isolate\u2069",
    "表計算ソフト の 障害 👩\u200d💻 e\u0301e\u0301e\u0301",
    "# heading | cell | `code` <script>alert(1)</script> ![x](https://example.org/x)",
    "line one\nline two\r\nline\tthree",
    "x" * 5000,
)
CONTROLS = [chr(n) for n in (*range(0x20), *range(0x7F, 0xA0)) if n != 10] + list("\u202e\u202c\u2066\u2069")


@dataclass
class StandingClock:
    """A clock that stands still until it is moved."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def move(self, **span: float) -> None:
        self.at += timedelta(**span)


def small_agenda(title: str = "Reliability review") -> Agenda:
    """Two sections; the check in the second is a high finding when it fails."""
    failed = OfAnswer(comparing=(Comparing(by=Comparison.IS, operand="fail"),))
    return Agenda(
        id="small-review",
        version="1.0.0",
        title=title,
        kind=ReviewKind.RELIABILITY_REVIEW,
        minutes=30,
        root="small-review",
        lineage=("small-review@1.0.0",),
        sections=(
            Section(
                id="incidents",
                title="Incidents",
                minutes=15,
                items=(
                    Item(
                        id="slowest",
                        kind=ItemKind.CHOICE,
                        ask="Which step was the slowest when we were down?",
                        choices=(Choice(id="detect", text="detect"), Choice(id="fix", text="fix")),
                        required=tuple(Tier),
                    ),
                    Item(id="toil", kind=ItemKind.NUMBER, ask="How many hours of toil a week?", unit="h"),
                ),
            ),
            Section(
                id="on-call",
                title="On-call",
                minutes=15,
                items=(
                    Item(
                        id="paged",
                        kind=ItemKind.CHECK,
                        ask="Does the page reach whoever is on call?",
                        rules=(Rule(when=failed, finding=Finding.HIGH, because="the test page was not answered"),),
                    ),
                    Item(id="capacity", kind=ItemKind.TEXT, ask="How long will the capacity last?"),
                ),
            ),
        ),
    )


def a_workspace(folder: Path, *, theme: str = "dark", clock: StandingClock | None = None) -> Workspace:
    """An empty workspace, at half past two on a Sunday."""
    numbers = count(1)
    home = folder / "reliability"
    home.mkdir()
    return Workspace(
        folder=home,
        actor="Ana",
        zone="UTC",
        clock=clock or StandingClock(),
        new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012d}",
        look=Look(theme=theme, glyphs="unicode"),
    )


def open_meeting(workspace: Workspace, session: str) -> LiveMeeting:
    """The session in a window, its saves answered at once."""
    return open_live(workspace, session, lambda call: call())


def an_unfinished_session(workspace: Workspace, *, subject: str = "checkout", title: str = "Reliability review") -> str:
    """Half answered: one action without an owner, one whose owner was absent, a risk, a parked note."""
    session = start_session(
        workspace, small_agenda(title), subjects=[subject], attendees=[("Ana", "facilitator"), ("Bo", "on-call")]
    )
    live = open_meeting(workspace, session)
    live.answer("detect")
    live.note("the alert fired 19 minutes after the first error")
    live.capture(CaptureKind.ACTION, "Alert on user-visible errors within 5 minutes !1")
    live.capture(CaptureKind.ACTION, "Rotate the signing key @Chidi +2w")
    live.capture(CaptureKind.RISK, "Region down, no failover")
    live.move(1)
    live.mark(AnswerState.SKIPPED)
    live.capture(CaptureKind.PARKED, "Name the regions")
    live.move(1)
    live.answer("fail")
    let_go(workspace, live)
    return session


def a_finished_session(workspace: Workspace, *, subject: str = "ledger", title: str = "Ownership handoff") -> str:
    """Answered and finished, its files written."""
    session = start_session(workspace, small_agenda(title), subjects=[subject], attendees=[("Ana", "facilitator")])
    live = open_meeting(workspace, session)
    live.answer("fix")
    live.capture(CaptureKind.ACTION, "Write the failover runbook @Ana by 2026-11-10")
    live.move(1)
    live.answer(3)
    live.move(1)
    live.answer("pass")
    live.flush()
    finish(workspace, live)
    let_go(workspace, live)
    return session


def a_full_workspace(folder: Path, *, theme: str = "dark") -> Workspace:
    """Sessions of the last months, one of them under way, one from another year."""
    clock = StandingClock()
    workspace = a_workspace(folder, theme=theme, clock=clock)
    for days, subject, title in (
        (400, "search", "Readiness checklist"),
        (60, "search, ledger and everything behind them", "What keeps us up at night, and what do we do?"),
        (18, "ledger", "Ownership handoff"),
    ):
        clock.at = NOW - timedelta(days=days)
        a_finished_session(workspace, subject=subject, title=title)
    clock.at = NOW - timedelta(minutes=31)
    an_unfinished_session(workspace)
    clock.at = NOW
    return workspace


def let_go(workspace: Workspace, live: LiveMeeting) -> None:
    """Leave a meeting as the app does."""
    live.pause_clock()
    live.flush()
    workspace.store().windows.release(live.window.id)


async def until(pilot: Pilot[object], holds: Callable[[], object], patience: float = 20) -> None:
    """Wait for what a thread beside the screen does."""
    end = monotonic() + patience
    while not holds():
        assert monotonic() < end, f"it never came: {text_of(pilot.app)}"  # type: ignore[arg-type]
        await pilot.pause(0.01)
    await pilot.pause()


def an_app(workspace: Workspace, **more: str | None) -> ReadyroomApp:
    """The app as run by a person who has set nothing."""
    return ReadyroomApp(workspace, environ={"HOME": str(workspace.folder.parent)}, **more)  # type: ignore[arg-type]


def text_of(app: ReadyroomApp) -> str:
    """All that is on the screen, line by line, as it goes to the terminal."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()[:height]
    return "\n".join("".join(segment.text for segment in line)[:width] for line in lines)


AGENDA_FILE = """\
agenda: 1
id: {id}
version: 1.0.0
title: {title}
kind: reliability-review
about: Half an hour in which the people who own a service agree on the one thing to do next.
minutes: 30
sections:
  - id: incidents
    title: Incidents
    minutes: 20
    items:
      - id: slowest
        kind: choice
        ask: Which step was the slowest when we were down?
        choices: [detect, fix]
  - id: ahead
    title: Ahead
    minutes: 10
    items:
      - id: capacity
        kind: text
        ask: How long will the capacity last?
"""


def write_agenda(folder: Path, agenda_id: str, title: str) -> None:
    """An agenda file in a folder of agendas."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{agenda_id}.yaml").write_text(AGENDA_FILE.format(id=agenda_id, title=title), encoding="utf-8")

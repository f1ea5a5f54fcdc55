"""Meetings to look at: one question of each kind, a clock that is set by hand, and the real store behind it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from textual.events import Paste

from readyroom.domain.agenda import (
    Agenda,
    Anchor,
    Choice,
    Column,
    ColumnKind,
    Direction,
    EvidenceRequest,
    Item,
    ItemKind,
    ReviewKind,
    Rule,
    Section,
)
from readyroom.domain.answer import Answer, AnswerKey, Prepared
from readyroom.domain.change import Change, Entity, Entry
from readyroom.domain.condition import ColumnComparing, Comparing, Comparison, OfAnswer, OfRow
from readyroom.domain.finding import Finding
from readyroom.domain.service import Objective, Service, Tier
from readyroom.store import Window
from readyroom.tui.app import ReadyroomApp
from readyroom.tui.screens.meeting import MeetingScreen
from readyroom.workflows.start import start_session
from readyroom.workflows.workspace import Workspace, open_workspace

START = datetime(2026, 11, 22, 13, 31, tzinfo=UTC)


@dataclass
class HandClock:
    """A clock that stands still until it is set."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at

    def pass_minutes(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


GUIDE = """Think of the **two longest** incidents. From the first bad request to the last:
detecting, finding the cause, deciding, or fixing?"""


def _when(operand: str) -> OfAnswer:
    return OfAnswer(comparing=(Comparing(by=Comparison.IS, operand=operand),))


def _choices(**texts: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=name, text=text) for name, text in texts.items())


def _opening() -> Section:
    nobody = Rule(
        when=_when("fail"),
        finding=Finding.HIGH,
        risk="A page may reach nobody",
        because="the test page was not answered",
    )
    why = (
        "So that *readiness* does not decay.\n\n"
        "- We look at numbers first.\n- Nobody is blamed; see [the guide](https://example.org/guide)."
    )
    return Section(
        id="opening",
        title="Opening",
        minutes=5,
        items=(
            Item(id="why", kind=ItemKind.INFO, ask="Why are we here?", guide=why),
            Item(
                id="paged",
                kind=ItemKind.CHECK,
                ask="Does the page reach whoever is on call?",
                guide="Send one and wait for the answer.",
                evidence=EvidenceRequest(ask="Link to the test page"),
                rules=(nobody,),
            ),
            Item(id="irreversible", kind=ItemKind.YES_NO, ask="Is any migration irreversible?", bad="yes"),
        ),
    )


def _incidents() -> Section:
    alert = Rule(
        when=_when("detect"),
        finding=Finding.MEDIUM,
        action="Alert on user-visible errors within 5 minutes",
        because="detecting was slowest twice in a row",
        due="+2w",
        priority=1,
    )
    return Section(
        id="incidents",
        title="Incidents",
        minutes=15,
        items=(
            Item(
                id="slowest",
                kind=ItemKind.CHOICE,
                ask="Which step was the slowest when we were down?",
                guide=GUIDE,
                choices=_choices(detect="detect", find="find the cause", decide="decide", fix="fix"),
                rules=(alert,),
            ),
            Item(
                id="hurt",
                kind=ItemKind.CHOICE,
                many=True,
                ask="Whom did it hurt?",
                choices=_choices(buyers="who buys", sellers="who sells", support="who answers the phone"),
            ),
            Item(
                id="rollback",
                kind=ItemKind.NUMBER,
                unit="min",
                ask="How many minutes does a rollback take?",
                direction=Direction(better="lower", target=15),
                optional=True,
            ),
            Item(id="story", kind=ItemKind.TEXT, ask="What would you tell someone who joins tomorrow?"),
        ),
    )


def _people() -> Section:
    anchors = (
        Anchor(level=1, text="People trade shifts to get out of it."),
        Anchor(level=3, text="Tolerable; one bad night a rotation."),
        Anchor(level=5, text="A quiet week, and the pages that come are worth it."),
    )
    return Section(
        id="people",
        title="People and on-call",
        minutes=10,
        items=(
            Item(id="load", kind=ItemKind.RATING, ask="Would you volunteer for next week?", anchors=anchors),
            Item(id="rehearsed", kind=ItemKind.DATE, ask="When was the restore rehearsed last?"),
            Item(id="holder", kind=ItemKind.OWNER, ask="Who holds the pager after the handoff?"),
        ),
    )


def _numbers() -> Section:
    below = Comparing(by=Comparison.BELOW, operand=0)
    spent = Rule(
        when=OfRow(cells=(ColumnComparing(column="budget-left", comparing=(below,)),)),
        finding=Finding.HIGH,
        action="Apply the error budget policy to {row.objective}",
        because="the budget is spent",
    )
    columns = (
        Column(id="alert", title="alert", required=True),
        Column(id="pages", title="pages", kind=ColumnKind.NUMBER),
        Column(id="night", title="at night", kind=ColumnKind.YES_NO),
        Column(id="what", title="what we do about it"),
    )
    return Section(
        id="numbers",
        title="SLOs and error budget",
        minutes=12,
        items=(
            Item(
                id="objectives",
                kind=ItemKind.SLO,
                ask="How did each objective do since the last review?",
                rules=(spent,),
            ),
            Item(id="alerts", kind=ItemKind.TABLE, ask="Which alerts hurt most?", columns=columns),
        ),
    )


def every_kind() -> tuple[Section, ...]:
    """Sections with an item of each kind."""
    return _opening(), _incidents(), _people(), _numbers()


def agenda_of(sections: tuple[Section, ...] | None = None, title: str = "Reliability review") -> Agenda:
    sections = sections or every_kind()
    return Agenda(
        id="reliability-look", version="1.0.0", title=title, kind=ReviewKind.RELIABILITY_REVIEW,
        minutes=sum(section.minutes for section in sections), sections=sections, root="reliability-look",
        lineage=("reliability-look@1.0.0",),
    )  # fmt: skip


def long_agenda(items: int) -> Agenda:
    """An agenda of checks, twenty to a section."""
    numbers = range(1, items + 1)
    checks = [Item(id=f"q{n}", kind=ItemKind.CHECK, ask=f"Is thing number {n} looked after?") for n in numbers]
    starts = range(0, items, 20)
    return agenda_of(
        tuple(
            Section(id=f"s{at}", title=f"Section {at // 20 + 1}", minutes=20, items=tuple(checks[at : at + 20]))
            for at in starts
        )
    )


@dataclass
class Room:
    """A session in a workspace of its own, and the app that shows it."""

    folder: Path
    agenda: Agenda = field(default_factory=agenda_of)
    subjects: tuple[str, ...] = ("checkout",)
    attendees: tuple[tuple[str, str], ...] = (("Ana", "owner"), ("Bo", "on-call"), ("Chidi", "guest"))
    clock: HandClock = field(default_factory=HandClock)
    theme: str = ""
    session: str = ""

    def __post_init__(self) -> None:
        self._ids = count(1)
        self.workspace = self._open()
        self._put_service()
        self.session = start_session(self.workspace, self.agenda, subjects=self.subjects, attendees=self.attendees)

    def _open(self) -> Workspace:
        environ = {"HOME": str(self.folder), "USER": "ana", "TZ": "Europe/Vienna"}
        (self.folder / "sessions").mkdir(parents=True, exist_ok=True)
        workspace = open_workspace(self.folder, environ=environ, cwd=self.folder, clock=self.clock, new_id=self._new_id)
        workspace.actor = "ana"
        workspace.zone = "Europe/Vienna"
        if self.theme:
            workspace.look = replace(workspace.look, theme=self.theme)
        return workspace

    def _new_id(self) -> str:
        return f"00000000-0000-4000-8000-{next(self._ids):012d}"

    def _put_service(self) -> None:
        availability = Objective(name="checkout availability", target=99.9)
        latency = Objective(name="checkout latency", target=99)
        self._save("", Service(name="checkout", tier=Tier.CRITICAL, version=1, objectives=(availability, latency)))

    def _save(self, session: str, entity: Entity) -> None:
        changes = (Change(None, entity),)
        self.workspace.store().save(
            Entry(what="put in", session=session, actor="ana", window="", at=self.clock(), changes=changes)
        )

    def prepare(self, item: str, value: object, *, by: str = "Bo", note: str = "", days: int = 2) -> None:
        """Somebody prepares an answer."""
        prepared = Prepared(
            id=self._new_id(), session=self.session, key=AnswerKey(item, self.subjects[0] if self.subjects else ""),
            by=by, at=self.clock() - timedelta(days=days), value=value, note=note, version=1,  # type: ignore[arg-type]
        )  # fmt: skip
        self._save(self.session, prepared)

    def app(self) -> ReadyroomApp:
        """The app, at this session."""
        return ReadyroomApp(self.workspace, session=self.session, environ={"LANG": "C.UTF-8"})

    def reopened(self) -> ReadyroomApp:
        """The app of a later start, on the same folder."""
        self.workspace.close()
        self.workspace = self._open()
        return self.app()


def meeting(app: ReadyroomApp) -> MeetingScreen:
    """The meeting in front."""
    screen = next(one for one in reversed(app.screen_stack) if isinstance(one, MeetingScreen))
    assert isinstance(screen, MeetingScreen)
    return screen


def go(app: ReadyroomApp, item: str) -> None:
    """Put the room at a question."""
    screen = meeting(app)
    screen.live.go(next(place.key for place in screen.live.places if place.key.item == item))


def stand_in(app: ReadyroomApp, *windows: Window) -> None:
    """Have these windows be the others on the session, at every look."""
    app.workspace.store().windows.others = lambda _session: windows  # type: ignore[method-assign]
    meeting(app).company.found(windows)


def shown(app: ReadyroomApp) -> str:
    """What stands on the screen, as text."""
    height = app.size.height
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips[:height])


async def type_text(pilot, text: str) -> None:
    """Type as a person does, key by key."""
    await pilot.press(*("space" if character == " " else character for character in text))


async def paste(app: ReadyroomApp, pilot, text: str) -> None:
    """Paste into whatever has the focus."""
    target = app.screen.focused or app.screen
    target.post_message(Paste(text))
    await pilot.pause()
    await pilot.pause()


async def settle(app: ReadyroomApp, pilot) -> None:
    """Wait until everything is saved and said so."""
    await pilot.pause()
    meeting(app).live.flush()
    await pilot.pause()
    await pilot.pause()


def answer(app: ReadyroomApp, item: str) -> Answer:
    """What stands as the answer to an item."""
    live = meeting(app).live
    return live.meeting.answer(next(place.key for place in live.places if place.key.item == item))

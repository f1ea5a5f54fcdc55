"""A room that votes, and one whose sides answer apart."""

from __future__ import annotations

from pathlib import Path

from readyroom.domain.agenda import (
    Agenda,
    Anchor,
    Choice,
    Column,
    ColumnKind,
    Item,
    ItemKind,
    ReviewKind,
    Rule,
    Section,
    VoteMode,
)
from readyroom.domain.condition import Comparing, Comparison, OfVotes, VoteStatistic
from tui.meeting.rooms import Room

SIX = tuple((name, "") for name in ("Ana", "Bo", "Chidi", "Dee", "Emi", "Fay"))
THREE = SIX[:3]

_LOW = OfVotes(statistic=VoteStatistic.LOWEST, comparing=(Comparing(by=Comparison.AT_MOST, operand=2),))
VOLUNTEER = Item(
    id="volunteer",
    kind=ItemKind.RATING,
    ask="Would you volunteer for next week?",
    guide="Everybody votes before anybody speaks.",
    anchors=(
        Anchor(level=1, text="People trade shifts to get out of it."),
        Anchor(level=3, text="Tolerable; one bad night a rotation."),
        Anchor(level=5, text="A quiet week, and the pages that come are worth it."),
    ),
    vote=VoteMode.SILENT,
    rules=(Rule(when=_LOW, risk="We lose people to on-call", because="{votes.low} of {votes.count} would not"),),
)
MINUTES = Item(id="minutes", kind=ItemKind.NUMBER, unit="min", ask="How long would it take?", vote=VoteMode.SILENT)
PACE = Item(
    id="pace",
    kind=ItemKind.CHOICE,
    ask="Do we ship, slow down or freeze?",
    choices=(
        Choice(id="ship", text="Ship as planned"),
        Choice(id="slow", text="Slow down"),
        Choice(id="freeze", text="Freeze"),
    ),
    vote=VoteMode.OPEN,
)
UNAIDED = Item(
    id="unaided",
    kind=ItemKind.CHECK,
    ask="Did the receiving team roll back unaided?",
    respondents=("giver", "receiver"),
)
ACCESS = Item(
    id="access",
    kind=ItemKind.TABLE,
    ask="Which access is handed over?",
    respondents=("giver", "receiver"),
    columns=(
        Column(id="access", title="access", required=True),
        Column(id="there", title="there", kind=ColumnKind.YES_NO),
    ),
)


def voting_agenda() -> Agenda:
    sections = (
        Section(id="votes", title="Votes", minutes=10, items=(VOLUNTEER, MINUTES, PACE)),
        Section(id="proof", title="Proof", minutes=10, items=(UNAIDED, ACCESS)),
    )
    return Agenda(
        id="votes-look", version="1.0.0", title="On-call look", kind=ReviewKind.ON_CALL, minutes=20,
        sections=sections, root="votes-look", lineage=("votes-look@1.0.0",),
    )  # fmt: skip


def voting_room(folder: Path, people: tuple[tuple[str, str], ...] = SIX) -> Room:
    return Room(folder, agenda=voting_agenda(), attendees=people)

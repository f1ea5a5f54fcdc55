"""What is taken down on the side of a meeting: actions, risks, decisions, parked notes, unplanned questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from readyroom.domain.answer import Audience
from readyroom.domain.vocabulary import ActionStatus as ActionStatus


class CaptureKind(StrEnum):
    """The kinds of capture; the value is the word on the screen."""

    ACTION = "action"
    RISK = "risk"
    DECISION = "decision"
    PARKED = "parked"
    QUESTION = "question"


SHORT_PREFIX = {
    CaptureKind.ACTION: "A",
    CaptureKind.RISK: "R",
    CaptureKind.DECISION: "D",
    CaptureKind.PARKED: "P",
    CaptureKind.QUESTION: "Q",
}


class Treatment(StrEnum):
    """What was decided about a risk."""

    OPEN = "open"
    MITIGATE = "mitigate"
    ACCEPT = "accept"
    TRANSFER = "transfer"
    AVOID = "avoid"
    NOT_A_RISK = "not-a-risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Captured:
    """What all captures share. `number` is None until the database has given the short id out."""

    id: str
    session: str
    title: str
    item: str = ""
    subject: str = ""
    audience: Audience = Audience.ROOM
    at: datetime
    by: str = ""
    number: int | None = None
    withdrawn: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(_Captured):
    """Something somebody will do by a date. Priority 1 is the most urgent, None is undecided."""

    kind: ClassVar[CaptureKind] = CaptureKind.ACTION
    owner: str = ""
    due: date | None = None
    priority: int | None = None
    status: ActionStatus = ActionStatus.OPEN
    outcome: str = ""
    """Evidence that it is done, or why it was dropped."""
    slips: int = 0
    agreed: bool = True
    """False while its owner was absent when it was given."""
    because: str = ""
    from_rule: str = ""
    """`item/rule/row` of the suggestion it was taken from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(_Captured):
    """Something that could go wrong; numbers and history come with the register."""

    kind: ClassVar[CaptureKind] = CaptureKind.RISK
    worry: int | None = None
    """1 (a shrug) to 5 (keeps us up at night)."""
    owner: str = ""
    treatment: Treatment = Treatment.OPEN
    because: str = ""
    could: str = ""
    leading_to: str = ""
    from_rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(_Captured):
    """What was decided, and by whom."""

    kind: ClassVar[CaptureKind] = CaptureKind.DECISION
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedNote(_Captured):
    """Something for another time, with who takes it on."""

    kind: ClassVar[CaptureKind] = CaptureKind.PARKED
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(_Captured):
    """A question that the agenda did not have; it is asked after `item`, and answered in text."""

    kind: ClassVar[CaptureKind] = CaptureKind.QUESTION

    @property
    def item_id(self) -> str:
        """The id of the item that it becomes in its session."""
        return f"asked-{self.id}"


Capture = Action | Risk | Decision | ParkedNote | Question
CAPTURE_TYPES: tuple[type[Capture], ...] = (Action, Risk, Decision, ParkedNote, Question)


def short_id(capture: Capture) -> str:
    """`A-12`; `A-…` while the number is not given out yet."""
    return f"{SHORT_PREFIX[capture.kind]}-{'…' if capture.number is None else capture.number}"

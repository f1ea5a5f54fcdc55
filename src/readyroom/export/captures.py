"""What was taken down on the side, as Markdown: actions, decisions, risks and the parking lot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from readyroom.domain.capture import Action, ActionStatus, Capture, Decision, ParkedNote, Risk, Treatment, short_id
from readyroom.export.md_escape import md_inline, md_table
from readyroom.export.reading import Reading
from readyroom.export.words import short_date, shortened

_NOTHING = "–"


def action_table(reading: Reading, actions: Sequence[Action]) -> list[str]:
    """The actions as a table; who has not agreed yet is said in the status."""
    about = reading.several_subjects
    rows = [
        [
            md_inline(short_id(action)),
            md_inline(action.title),
            *([md_inline(action.subject) or _NOTHING] if about else []),
            md_inline(action.owner) or "nobody yet",
            action.due.isoformat() if action.due else "no date yet",
            f"P{action.priority}" if action.priority else _NOTHING,
            _status(action),
            _origin(reading, action),
        ]
        for action in actions
    ]
    titles = ["Id", "Action", *(["About"] if about else []), "Owner", "Due", "Priority", "Status", "From"]
    return md_table(titles, rows)


def risk_table(reading: Reading, risks: Sequence[Risk]) -> list[str]:
    """The risks as a light table: what, how worried, what was decided, and why."""
    about = reading.several_subjects
    rows = [
        [
            md_inline(short_id(risk)),
            md_inline(risk.title),
            *([md_inline(risk.subject) or _NOTHING] if about else []),
            f"{risk.worry} of 5" if risk.worry else _NOTHING,
            _decided(risk),
            _reasons(risk) or _NOTHING,
        ]
        for risk in risks
    ]
    titles = ["Id", "Risk", *(["About"] if about else []), "Worry", "Decision", "Why"]
    return md_table(titles, rows)


def decision_list(reading: Reading, decisions: Sequence[Decision]) -> list[str]:
    """The decisions with who made them."""
    return [
        _point(
            reading, decision, [f"decided by {md_inline(decision.decided_by)}"] if decision.decided_by.strip() else []
        )
        for decision in decisions
    ]


def parking_lot(reading: Reading, parked: Sequence[ParkedNote]) -> list[str]:
    """What was put off, with who takes it on and by when."""
    return [_point(reading, note, [_taken_on(note.owner, note.due)]) for note in parked]


def by_urgency(action: Action) -> tuple[int, date, int]:
    """Orders actions: the most urgent first, then the one due first."""
    return (action.priority or 9, action.due or date.max, action.number or 0)


def is_open(action: Action) -> bool:
    """Whether there is still something to do."""
    return action.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)


def _point(reading: Reading, captured: Capture, asides: list[str]) -> str:
    if reading.several_subjects and captured.subject:
        asides = [md_inline(captured.subject), *asides]
    aside = f" ({'; '.join(asides)})" if asides else ""
    return f"- {md_inline(short_id(captured))}: {md_inline(captured.title)}{aside}"


def _taken_on(owner: str, due: date | None) -> str:
    by = f", by {short_date(due)}" if due else ""
    return f"{md_inline(owner) or 'nobody has taken it on yet'}{by}"


def _status(action: Action) -> str:
    words = action.status.value
    if is_open(action) and not action.agreed:
        words = f"{words}, not yet agreed"
    if is_open(action) and action.slips:
        words = f"{words}, slipped {'once' if action.slips == 1 else f'{action.slips} times'}"
    return f"{words}: {md_inline(action.outcome)}" if action.outcome.strip() else words


def _origin(reading: Reading, action: Action) -> str:
    """The question it came from, cut to fit a cell."""
    return md_inline(shortened(reading.question(action.item))) or _NOTHING


def _decided(risk: Risk) -> str:
    words = "not decided yet" if risk.treatment is Treatment.OPEN else risk.treatment.value.replace("-", " ")
    return f"{words} ({md_inline(risk.owner)})" if risk.owner.strip() else words


def _reasons(risk: Risk) -> str:
    if not risk.could.strip() and not risk.leading_to.strip():
        return md_inline(risk.because)  # the column is called Why already
    parts = (("because", risk.because), ("could", risk.could), ("leading to", risk.leading_to))
    return "; ".join(f"{word} {md_inline(text)}" for word, text in parts if text.strip())

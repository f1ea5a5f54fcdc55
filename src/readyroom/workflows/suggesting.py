"""What rules suggest beside a question, until somebody takes or dismisses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from readyroom.domain.agenda import ItemKind
from readyroom.domain.answer import AnswerKey
from readyroom.domain.capture import Action, Capture, Risk, Treatment
from readyroom.domain.due import DueError, read_due
from readyroom.domain.hold import ItemVerdict, Proposal, ProposalKind
from readyroom.domain.meeting import Meeting
from readyroom.domain.progress import Place
from readyroom.domain.table import row_label
from readyroom.workflows.capturing import is_agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An action or a risk that a rule proposes; `ref` names the rule (and the row) that it comes from."""

    kind: ProposalKind
    text: str
    because: str
    owner: str = ""
    due: date | None = None
    priority: int | None = None
    worry: int | None = None
    treatment: Treatment = Treatment.OPEN
    ref: str


def open_suggestions(meeting: Meeting, place: Place, verdict: ItemVerdict, today: date) -> tuple[Suggestion, ...]:
    """The proposals of a verdict that were neither taken nor dismissed, in the order of the rules."""
    captured: tuple[Action | Risk, ...] = (*meeting.actions, *meeting.risks)
    taken = {capture.from_rule for capture in captured if capture.from_rule}
    answer = meeting.answer(place.key)
    dismissed = {dismissal.ref for dismissal in answer.dismissed}
    found = []
    for proposal in verdict.proposals:
        if proposal.kind is ProposalKind.CHECK:
            continue
        ref = _ref(meeting, place, proposal)
        if ref not in taken and ref not in dismissed:
            suggestion = _suggestion(proposal, ref, today, likely_owner(meeting, place.key.subject))
            found.append(_as_the_row_says(suggestion, meeting, place, proposal))
    return tuple(found)


def likely_owner(meeting: Meeting, subject: str) -> str:
    """Who a suggestion falls to until the room says otherwise: the one owner in the room, else the service's."""
    sitting = meeting.sitting
    people = [p.name for p in sitting.attendees if p.left_at is None and p.role == "owner"] if sitting else []
    if len(people) == 1:
        return people[0]
    service = meeting.services.get(subject)
    return service.owner if service else ""


def captured_from_suggestion(
    suggestion: Suggestion,
    *,
    meeting: Meeting,
    key: AnswerKey,
    now: datetime,
    by: str,
    new_id: Callable[[], str],
) -> Capture:
    """The action or risk that a suggestion becomes when it is taken."""
    if suggestion.kind is ProposalKind.RISK:
        return Risk(
            id=new_id(),
            session=meeting.session.id,
            title=suggestion.text,
            item=key.item,
            subject=key.subject,
            at=now,
            by=by,
            owner=suggestion.owner,
            worry=suggestion.worry,
            treatment=suggestion.treatment,
            because=suggestion.because,
            from_rule=suggestion.ref,
        )
    return Action(
        id=new_id(),
        session=meeting.session.id,
        title=suggestion.text,
        item=key.item,
        subject=key.subject,
        at=now,
        by=by,
        owner=suggestion.owner,
        due=suggestion.due,
        priority=suggestion.priority,
        agreed=is_agreed(meeting, suggestion.owner),
        because=suggestion.because,
        from_rule=suggestion.ref,
    )


def _suggestion(proposal: Proposal, ref: str, today: date, owner: str) -> Suggestion:
    return Suggestion(
        kind=proposal.kind,
        text=proposal.text,
        because=proposal.because,
        owner=(proposal.owner or owner) if proposal.kind is ProposalKind.ACTION else "",
        due=_due(proposal.due, today),
        priority=proposal.priority,
        ref=ref,
    )


def _as_the_row_says(suggestion: Suggestion, meeting: Meeting, place: Place, proposal: Proposal) -> Suggestion:
    """A risk of a row in a table of risks keeps the worry, the decision and the owner that the row names."""
    rows = meeting.answer(place.key).value
    if suggestion.kind is not ProposalKind.RISK or place.item.kind is not ItemKind.RISKS:
        return suggestion
    if proposal.row_index is None or not isinstance(rows, tuple):
        return suggestion
    row = rows[proposal.row_index]
    if not isinstance(row, Mapping):
        return suggestion
    decided, worry, owner = row.get("decision"), row.get("worry"), row.get("owner")
    return replace(
        suggestion,
        worry=worry if isinstance(worry, int) and 1 <= worry <= 5 else None,
        treatment=Treatment(decided) if decided in tuple(Treatment) else Treatment.OPEN,
        owner=owner if isinstance(owner, str) else "",
    )


def _ref(meeting: Meeting, place: Place, proposal: Proposal) -> str:
    """Rows are named by what stands in them, so that a row put in before does not bring a suggestion back."""
    parts = [place.key.item, place.key.subject, place.key.respondent, proposal.kind.value, str(proposal.rule_index)]
    if proposal.row_index is not None:
        value = meeting.answer(place.key).value
        parts.append(row_label(place.item, value, proposal.row_index))
    return "/".join(parts)


def _due(text: str, today: date) -> date | None:
    try:
        return read_due(text, today) if text else None
    except DueError:  # lint tells the author; a suggestion without a date is still a suggestion
        return None

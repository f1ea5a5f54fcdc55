"""Walking a session from an answers file, without a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from readyroom.agendas.answers import AnswersFile, GivenAnswer, load_answers
from readyroom.borders.errors import BorderError
from readyroom.domain import meeting as steps
from readyroom.domain import voting
from readyroom.domain.answer import AnswerKey, AnswerState
from readyroom.domain.hold import ProposalKind
from readyroom.domain.meeting import Meeting, Step
from readyroom.domain.progress import places, verdict_at
from readyroom.domain.votes import MOST_ROUNDS, Ballots
from readyroom.workflows.capturing import captured_from_line
from readyroom.workflows.people import known_owner
from readyroom.workflows.roster import update_roster
from readyroom.workflows.saving import save_step
from readyroom.workflows.suggesting import captured_from_suggestion, open_suggestions
from readyroom.workflows.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlessRun:
    """How much of an answers file went into the session."""

    answered: int
    captured: int
    suggested: int
    """Suggestions of rules that were taken."""


def run_headless(
    workspace: Workspace, session_id: str, answers: Path | str, *, take_suggestions: bool = False
) -> HeadlessRun:
    """Give a session every answer of a file, in the order of the agenda, as a facilitator would.

    Args:
        take_suggestions: Take each action that a rule suggests, for samples.

    Raises:
        AgendaError: the file is wrong; nothing of it was taken.
        BorderError: the file is about another subject than the session; nothing of it was taken.
    """
    meeting = workspace.store().repository.meeting(session_id)
    given = load_answers(answers, meeting.agenda)
    walk = _Walk(workspace, meeting, subject_for(meeting, given))
    walk.welcome(given.attendees)
    for answer in given.answers:
        walk.give(answer)
        if take_suggestions:
            walk.take_suggestions(answer.item)
    return HeadlessRun(answered=walk.answered, captured=walk.captured, suggested=walk.suggested)


def subject_for(meeting: Meeting, given: AnswersFile) -> str:
    """Whom the answers of a file are about; see `subject_among`."""
    return subject_among(meeting.session.subjects, given)


def subject_among(subjects: Sequence[str], given: AnswersFile) -> str:
    """Which of the subjects the answers are about: a file that names none can only be about the one there is.

    Raises:
        BorderError: it is about something else, or does not say about which of several.
    """
    named = next((one for one in subjects if one.casefold() == given.subject.casefold()), None)
    if named is not None:
        return named
    if given.subject:
        held = f", the session about {' and '.join(subjects)}" if subjects else ", the session about no service"
        fix = f"write {'one of ' if subjects[1:] else ''}{', '.join(subjects)}" if subjects else "remove the line"
        raise BorderError(f"the answers are about {given.subject}{held}", "subject", f"{fix}, or take another file")
    if len(subjects) > 1:
        raise BorderError("the answers do not say whom about", "subject", f"write one of {', '.join(subjects)}")
    return next(iter(subjects), "")


class _Walk:
    """The meeting as it goes on; each step builds on the one before, and is saved before the next."""

    def __init__(self, workspace: Workspace, meeting: Meeting, subject: str) -> None:
        self.meeting = meeting
        self._subject = subject
        self.answered = self.captured = self.suggested = 0
        self._workspace = workspace

    def welcome(self, people: tuple[tuple[str, str], ...]) -> None:
        sitting = self.meeting.sitting
        if sitting is None or not people:
            return
        known = [(person.name, person.role) for person in sitting.attendees if person.left_at is None]
        attendees = update_roster(sitting.attendees, [*known, *people], self._workspace.now)
        self._do(steps.put_all(self.meeting, (replace(sitting, attendees=attendees),), "changed the roster"))

    def give(self, answer: GivenAnswer) -> None:
        key = AnswerKey(answer.item, self._subject, answer.respondent)
        if answer.votes:
            self._vote(key, Ballots(votes=answer.votes))
        self._answer(key, answer)
        if answer.note or answer.evidence:
            evidence = answer.evidence or None
            self._do(steps.set_note(self.meeting, key, note=answer.note or None, evidence=evidence))
        for line in answer.captures:
            workspace = self._workspace
            taken = captured_from_line(
                line.kind,
                line.line,
                meeting=self.meeting,
                key=key,
                now=workspace.now,
                by=workspace.actor,
                new_id=workspace.new_id,
                known=lambda typed: known_owner(self._workspace, typed),
            )
            if taken is not None:
                self._do(steps.capture(self.meeting, taken))
                self.captured += 1

    def take_suggestions(self, item: str) -> None:
        workspace = self._workspace
        for place in places(self.meeting, workspace.today):
            if place.key.item != item:
                continue
            verdict = verdict_at(self.meeting, place.key, workspace.today)
            for suggestion in open_suggestions(self.meeting, place, verdict, workspace.today) if verdict else ():
                if suggestion.kind in (ProposalKind.ACTION, ProposalKind.RISK):
                    taken = captured_from_suggestion(
                        suggestion,
                        meeting=self.meeting,
                        key=place.key,
                        now=workspace.now,
                        by=workspace.actor,
                        new_id=workspace.new_id,
                    )
                    self._do(steps.capture(self.meeting, taken))
                    self.suggested += 1

    def _vote(self, key: AnswerKey, ballots: Ballots) -> None:
        """One round, handed in and revealed. A file given again adds none; a round that people are in stays theirs."""
        now = self._workspace.now
        rounds = voting.rounds_at(self.meeting, key)
        given_before = any(one.votes == ballots.votes for one in rounds if one.is_revealed)
        if given_before or len(rounds) == MOST_ROUNDS or any(one.handed_in and not one.is_revealed for one in rounds):
            return
        self._do(voting.open_vote(self.meeting, key, at=now))
        self._do(voting.cast(self.meeting, key, ballots, at=now))
        self._do(voting.reveal(self.meeting, key, at=now))

    def _answer(self, key: AnswerKey, answer: GivenAnswer) -> None:
        now, actor = self._workspace.now, self._workspace.actor
        if answer.state is AnswerState.ANSWERED:
            self._do(steps.give_answer(self.meeting, key, answer.value, at=now, by=actor))
        elif answer.state is not AnswerState.UNANSWERED:
            self._do(steps.set_state(self.meeting, key, answer.state, at=now, by=actor, reason=answer.reason))
        else:
            return
        self.answered += 1

    def _do(self, step: Step) -> None:
        save_step(self._workspace, step)
        self.meeting = step.meeting

"""The shipped agendas are worth running as they are: clean, answerable, and with minutes that read well."""

import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from readyroom.agendas.answers import load_answers
from readyroom.agendas.find import Source, open_agenda, shipped_folder, shipped_ids
from readyroom.agendas.lint import lint
from readyroom.domain.agenda import ItemKind
from readyroom.domain.answer import AnswerState
from readyroom.domain.finding import Finding
from readyroom.domain.progress import is_asked, places
from readyroom.domain.session import SessionStatus
from readyroom.workflows.headless import run_headless
from readyroom.workflows.start import start_session
from readyroom.workflows.workspace import Workspace, new_uuid
from readyroom.workflows.wrapup import end_session, record_now

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
MINUTES = {
    "launch-review": 60,
    "on-call-maturity": 60,
    "ownership-handoff": 75,
    "post-incident-risk-review": 45,
    "readiness-checklist": 90,
    "readiness-checklist-45": 45,
    "reliability-review": 60,
    "risk-assessment": 90,
    "what-keeps-us-up-at-night": 30,
}
IDS = sorted(MINUTES)
FILES = sorted(shipped_folder().glob("*.yaml"))
UNKNOWN, SKIPPED = AnswerState.UNKNOWN, AnswerState.SKIPPED


def sample_of(agenda_id):
    return shipped_folder() / "samples" / f"{agenda_id}.answers.yaml"


def asked_items(agenda_id):
    return [item for item in open_agenda(agenda_id).items() if item.kind is not ItemKind.INFO]


def walked(folder, agenda_id):
    """A session walked to its end with the sample answers, every suggestion taken; its workspace, id and minutes."""
    workspace = Workspace(folder=folder, actor="Ana", zone="UTC", clock=lambda: NOW, new_id=new_uuid)
    agenda = open_agenda(agenda_id)
    given = load_answers(sample_of(agenda_id), agenda)
    session = start_session(workspace, agenda, subjects=(given.subject,), trigger=given.trigger)
    run_headless(workspace, session, sample_of(agenda_id), take_suggestions=True)
    return workspace, session


def test_what_is_shipped_is_what_the_docs_promise():
    assert sorted(shipped_ids()) == IDS
    assert {agenda_id: open_agenda(agenda_id).minutes for agenda_id in IDS} == MINUTES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_agenda_lints_without_a_word_also_by_its_path(path):
    assert [str(found) for found in lint(Source.of(path))] == []


@pytest.mark.parametrize("agenda_id", IDS)
def test_questions_ask_and_guides_are_short_enough_to_be_read_in_a_meeting(agenda_id):
    agenda = open_agenda(agenda_id)
    assert sum(section.minutes for section in agenda.sections) == agenda.minutes
    assert all(section.goal and section.items for section in agenda.sections)
    twice = [name for name, count in Counter(item.id for item in agenda.items()).items() if count > 1]
    assert not twice
    for item in agenda.items():
        lines = item.guide.strip().splitlines()
        assert 1 <= len(lines) <= 4, item.id
        assert all(len(line) <= 120 for line in lines), item.id
        assert len(item.ask) <= 130, item.id
        assert item.kind is ItemKind.INFO or item.ask.endswith("?"), item.id


@pytest.mark.parametrize("agenda_id", IDS)
def test_every_level_that_is_voted_on_can_be_seen_by_an_observer(agenda_id):
    ratings = [item for item in asked_items(agenda_id) if item.kind is ItemKind.RATING]
    for item in ratings:
        assert {1, 3, 5} <= {anchor.level for anchor in item.anchors}, item.id
        assert all(len(anchor.text.split()) >= 4 for anchor in item.anchors), item.id
        assert item.vote.value == "silent", item.id


@pytest.mark.parametrize("agenda_id", IDS)
def test_an_agenda_asks_for_no_more_than_its_minutes_hold(agenda_id):
    """A table takes about a minute and a half, a vote one, anything else half a minute."""
    weights = {ItemKind.RATING: 1.0, ItemKind.INFO: 0.3, **dict.fromkeys((ItemKind.TABLE, ItemKind.RISKS), 1.5)}
    for section in open_agenda(agenda_id).sections:
        usual = [item for item in section.items if not item.optional]
        assert sum(weights.get(item.kind, 0.5) for item in usual) <= section.minutes, section.id


@pytest.mark.parametrize("agenda_id", IDS)
def test_the_sample_answers_what_is_asked_and_nothing_else(agenda_id, tmp_path):
    workspace, session = walked(tmp_path, agenda_id)
    meeting = workspace.store().repository.meeting(session)
    asked = [place for place in places(meeting, TODAY) if is_asked(place.item)]
    left = [place.key for place in asked if meeting.answer(place.key).state is AnswerState.UNANSWERED]
    workspace.close()
    assert not left
    assert {answer.item for answer in load_answers(sample_of(agenda_id), meeting.agenda).answers} == {
        place.key.item for place in asked
    }
    assert {person.role for person in meeting.sitting.attendees} <= {role.role for role in meeting.agenda.roles}


@pytest.mark.parametrize("agenda_id", IDS)
def test_a_walk_to_the_end_writes_minutes_with_owned_actions(agenda_id, tmp_path):
    workspace, session = walked(tmp_path, agenda_id)
    written = end_session(workspace, session, SessionStatus.FINISHED)
    minutes = written.summary.read_text(encoding="utf-8")
    record = record_now(workspace, workspace.store().repository.meeting(session))
    workspace.close()
    assert minutes.startswith("---\n")
    assert not re.search(r"\{(row|votes|answer|service)\b", minutes)
    assert len(record.actions) >= 3
    assert all(action.owner and action.due for action in record.actions)
    assert all("…" not in capture.title for capture in (*record.actions, *record.risks))
    assert not [gap.what for gap in record.outcome.gaps if "neither an action nor a risk" in gap.what]
    assert all(
        f"### {section.title}" in minutes
        for section in record.agenda.sections
        if section.when is None and any(is_asked(item) for item in section.items)
    )


def test_samples_exercise_conditions_blockers_and_every_kind_of_answer():
    files = [load_answers(sample_of(agenda_id), open_agenda(agenda_id)) for agenda_id in IDS]
    answers = [answer for file in files for answer in file.answers]
    assert {answer.state for answer in answers} >= {UNKNOWN, SKIPPED, AnswerState.NOT_APPLICABLE, AnswerState.ANSWERED}
    assert {capture.kind.value for answer in answers for capture in answer.captures} >= {
        "action",
        "risk",
        "decision",
        "parked",
    }
    assert all(file.subject in ("checkout", "ledger", "search") for file in files)
    assert any(answer.votes for answer in answers)
    assert any(answer.evidence for answer in answers)


def test_the_short_checklist_keeps_every_question_that_can_block():
    def blocking(agenda_id):
        """Blockers that hold for any trigger; the yearly and the regional questions are for the whole list."""
        return {
            item.id
            for item in open_agenda(agenda_id).items()
            if any(rule.finding is Finding.BLOCKER for rule in item.rules)
        }

    assert blocking("readiness-checklist-45") == blocking("readiness-checklist")
    assert open_agenda("readiness-checklist-45").root == "readiness-checklist"


def test_a_decided_risk_goes_onto_the_register_as_it_was_decided(tmp_path):
    workspace, session = walked(tmp_path, "what-keeps-us-up-at-night")
    risks = {risk.title: risk for risk in workspace.store().repository.meeting(session).risks}
    workspace.close()
    queue = risks["The queue stops while Bo is away"]
    assert (queue.worry, queue.treatment.value, queue.owner) == (3, "accept", "Dee")

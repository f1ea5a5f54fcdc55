"""A review walked from a file, and the sample workspace, without a terminal."""

from datetime import UTC, datetime, timedelta

import pytest

from readyroom.agendas.errors import AgendaError
from readyroom.borders.errors import BorderError
from readyroom.domain.answer import AnswerState
from readyroom.domain.session import SessionStatus
from readyroom.workflows.demo import fill_demo, open_demo, walk_demo
from readyroom.workflows.headless import run_headless
from readyroom.workflows.home import home_view
from readyroom.workflows.start import open_live
from readyroom.workflows.wrapup import end_session
from workflows.room import Room, at

ANSWERS = """\
answers: 1
agenda: till-look
subject: Checkout
attendees: {Dee: product}
items:
  alerts:
    answer: fail
    note: Only by day
    evidence: https://runbooks.example/x
    risks: [The pager has no owner @bo !1]
  minutes-back: {unknown: true}
  tested: {not applicable: There is one region}
  worries:
    - {worry: The nightly job, minutes: 20}
"""


def test_a_file_answers_as_a_facilitator_would(tmp_path):
    with Room(tmp_path) as room:
        session = room.start()
        ran = run_headless(room.workspace, session, ANSWERS, take_suggestions=True)
        assert (ran.answered, ran.captured, ran.suggested) == (4, 1, 2)
        meeting = room.repository.meeting(session)
        alerts = meeting.answer(at("alerts"))
        assert (alerts.value, alerts.note, alerts.evidence) == ("fail", "Only by day", "https://runbooks.example/x")
        assert meeting.answer(at("minutes-back")).state is AnswerState.UNKNOWN
        assert meeting.answer(at("tested")).reason == "There is one region"
        assert (meeting.risks[0].title, meeting.risks[0].worry) == ("The pager has no owner", 5)
        assert meeting.present == ("Ana", "Bo", "Chidi", "Dee")


def test_walking_twice_says_the_same_once(tmp_path):
    with Room(tmp_path) as room:
        session = room.start()
        run_headless(room.workspace, session, ANSWERS, take_suggestions=True)
        first = room.repository.meeting(session)
        assert run_headless(room.workspace, session, ANSWERS, take_suggestions=True).suggested == 0
        again = room.repository.meeting(session)
        assert {key: one.value for key, one in again.answers.items()} == {
            k: one.value for k, one in first.answers.items()
        }
        assert len(again.actions) == len(first.actions)


def test_a_wrong_file_changes_nothing(tmp_path):
    with Room(tmp_path) as room:
        session = room.start()
        before = room.repository.meeting(session)
        with pytest.raises(AgendaError, match="a number of min"):
            run_headless(room.workspace, session, ANSWERS.replace("{unknown: true}", "ages"))
        assert room.repository.meeting(session) == before


def test_of_several_subjects_the_file_must_name_one(tmp_path):
    with Room(tmp_path) as room:
        session = room.start("checkout", "ledger")
        run_headless(room.workspace, session, ANSWERS.replace("Checkout", "LEDGER"))
        assert {key.subject for key in room.repository.meeting(session).answers} == {"ledger"}
        with pytest.raises(BorderError, match="write one of checkout, ledger"):
            run_headless(room.workspace, session, ANSWERS.replace("Checkout", "search"))


def test_an_ended_walk_is_a_finished_review(tmp_path):
    with Room(tmp_path) as room:
        session = room.start()
        run_headless(room.workspace, session, ANSWERS)
        assert "Only by day" in end_session(room.workspace, session, SessionStatus.FINISHED).summary.read_text("utf-8")


def test_the_sample_review_is_walked_into_a_folder_of_choice(tmp_path):
    workspace = open_demo()
    folder = workspace.folder
    try:
        written = walk_demo(workspace, tmp_path / "out")
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["record.json", "summary.md"]
        assert "checkout" in written.summary.read_text(encoding="utf-8")
    finally:
        workspace.close()
    assert not folder.exists()


def test_the_sample_workspace_has_a_past_and_a_review_to_go_on_with():
    workspace = open_demo()
    try:
        fill_demo(workspace)
        seen = home_view(workspace)
        assert seen.resume is not None
        assert [line.status for line in seen.sessions] == ["in progress", "finished"]
        assert seen.sessions[1].verdict
        assert {line.state for line in seen.due} >= {"overdue"}
        assert workspace.store().repository.count_actions() > 0
    finally:
        workspace.close()


def test_a_sample_workspace_may_be_kept():
    workspace = open_demo(keep=True)
    workspace.close()
    assert (workspace.folder / "readyroom.toml").is_file()


def test_the_clock_of_the_sample_meeting_goes_on_where_it_was_paused():
    workspace = open_demo()
    now = datetime(2026, 11, 22, 14, 31, tzinfo=UTC)
    workspace.clock = lambda: now
    try:
        fill_demo(workspace)
        resume = home_view(workspace).resume
        assert resume is not None
        live = open_live(workspace, resume.id, lambda call: call())
        begun = live.timing
        now += timedelta(seconds=8)
        assert begun.running
        assert live.timing.this_sitting == begun.this_sitting + 8
    finally:
        workspace.close()

"""Keys that arrive in one piece, as from a fast typist, a slow line or `tmux send-keys`: each means what it should."""

import os
import sys

import pytest

from readyroom.domain.answer import AnswerKey, AnswerState
from support.terminal import Terminal, quiet_environment
from tui.meeting.rooms import Room

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
PROGRAM = """
import os, sys
from pathlib import Path
from readyroom.tui.run import run_app
from readyroom.workflows.workspace import open_workspace
folder = Path(sys.argv[1])
sys.exit(run_app(open_workspace(folder, environ=os.environ, cwd=folder), session=sys.argv[2]))
"""


@pytest.fixture
def held(tmp_path):
    """A meeting in a terminal, and a way to leave it and read what was saved."""
    room = Room(tmp_path)
    room.workspace.close()
    argv = [sys.executable, "-c", PROGRAM, str(tmp_path), room.session]
    environ = {**quiet_environment(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    with Terminal(argv, cwd=tmp_path, environ=environ) as terminal:
        terminal.wait_for("Why are we here")

        def left():
            terminal.press("ctrl+q")
            assert terminal.wait_until_gone() == 0
            room.reopened()
            return room.workspace.store().repository.meeting(room.session)

        yield terminal, left
    room.workspace.close()


def answer_in(meeting, item):
    return meeting.answer(AnswerKey(item, "checkout"))


def test_an_action_sent_at_once_is_that_action_and_nothing_else(held):
    terminal, left = held
    terminal.type("aFix the burst thing @ana\r")
    terminal.wait_for("1 act")
    meeting = left()
    assert [(one.title, one.owner) for one in meeting.actions] == [("Fix the burst thing", "Ana")]
    assert len(meeting.captures) == 1
    assert not meeting.answers


def test_two_lines_sent_at_once_are_two_actions(held):
    terminal, left = held
    terminal.type("aCall the bank\rAsk the bank\r\rpLater\r")
    terminal.wait_for("1 parked")
    meeting = left()
    assert [one.title for one in meeting.captures] == ["Call the bank", "Ask the bank", "Later"]


def test_a_letter_behind_the_one_that_opens_a_line_goes_into_it(held):
    terminal, left = held
    terminal.press("right")
    terminal.wait_for("whoever is on call")
    terminal.type("ak")
    terminal.wait_for(r"action\s+k")
    terminal.press("enter")
    terminal.wait_for("1 act")
    meeting = left()
    assert [one.title for one in meeting.captures] == ["k"]
    assert answer_in(meeting, "paged").state is AnswerState.UNANSWERED


def test_a_number_sent_at_once_is_whole(held):
    terminal, left = held
    terminal.type("grollback\r")
    terminal.wait_for("minutes does a rollback")
    terminal.type("456\rnas the clock says\t")
    terminal.wait_for("note +as the clock says")
    found = answer_in(left(), "rollback")
    assert (found.value, found.note) == (456, "as the clock says")


def test_cells_of_a_row_sent_at_once_stand_in_their_columns(held):
    terminal, left = held
    terminal.type("galerts hurt\r")
    terminal.wait_for("Which alerts hurt most")
    terminal.type("\rdisk full\t12\ty\tmute it\rslow\t3\tn\t\r")
    terminal.wait_for("slow +3")
    rows = answer_in(left(), "alerts").value
    assert [dict(row) for row in rows] == [
        {"alert": "disk full", "pages": 12, "night": "yes", "what": "mute it"},
        {"alert": "slow", "pages": 3, "night": "no"},
    ]

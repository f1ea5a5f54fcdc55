"""Each shipped agenda is run to its end in the app, by keyboard, and leaves minutes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from readyroom.agendas.find import open_agenda, shipped_ids
from support.terminal import Terminal, quiet_environment
from support.walking import walk

PEOPLE = "Ana (facilitator), Bo (owner), Chidi (on-call)"


@pytest.mark.promise_long
@pytest.mark.parametrize("agenda_id", sorted(shipped_ids()))
def test_a_shipped_agenda_is_run_to_its_end_by_keyboard(agenda_id: str, tmp_path: Path) -> None:
    run = (sys.executable, "-m", "readyroom", "run", agenda_id, "--service", "checkout", "--attendee", PEOPLE)
    agenda = open_agenda(agenda_id)
    folder = tmp_path / "team"
    folder.mkdir()
    with Terminal(run, cwd=folder, environ=quiet_environment(tmp_path)) as terminal:
        terminal.wait_for(r"item 1 of")
        assert walk(terminal, agenda) > 3
        terminal.press("u")
        terminal.wait_for("(What|Nothing) is missing")
        terminal.press("f")
        terminal.wait_for(r"summary\.md")
        terminal.press("ctrl+q")
        assert terminal.wait_until_gone() == 0
    (minutes,) = folder.glob("sessions/*/summary.md")
    assert minutes.read_text().count("\n### ") >= 2

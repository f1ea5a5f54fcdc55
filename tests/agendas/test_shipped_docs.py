"""The page about the shipped agendas tells the truth: ids, minutes, and commands that run."""

import re
import shlex
from pathlib import Path

import pytest

from readyroom.__main__ import main
from readyroom.agendas.find import open_agenda, shipped_folder, shipped_ids

PAGE = (Path(__file__).parents[2] / "docs" / "agendas.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^readyroom (.+)$", PAGE, re.MULTILINE)


def test_every_agenda_has_its_line_with_its_minutes_and_its_part():
    lines = re.findall(r"^\| \[`([^`]+)`\]\(#([^)]+)\) \| (\d+) \|", PAGE, re.MULTILINE)
    assert {(agenda_id, anchor, int(minutes)) for agenda_id, anchor, minutes in lines} == {
        (agenda_id, agenda_id, open_agenda(agenda_id).minutes) for agenda_id in shipped_ids()
    }
    parts = dict(re.findall(r"^## (\S+)\n\n(.+?)(?=^## )", PAGE, re.DOTALL | re.MULTILINE))
    for agenda_id in shipped_ids():
        assert all(word in parts[agenda_id] for word in ("**When:**", "**Who must be there:**", "**What comes out:**"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_runs(command, tmp_path, monkeypatch, capsys):
    samples = tmp_path / "agendas" / "samples"
    samples.mkdir(parents=True)
    for sample in (shipped_folder() / "samples").glob("*.yaml"):
        (samples / sample.name).write_bytes(sample.read_bytes())
    monkeypatch.chdir(tmp_path)
    words = shlex.split(command)
    assert main([*words, *([] if "--headless" in words else ["--headless"])]) == 0, capsys.readouterr().err
    assert list((tmp_path / "sessions").glob("*/summary.md")) or "--finish" not in words


def test_there_is_a_command_for_each_agenda():
    assert {shlex.split(command)[1] for command in COMMANDS} == shipped_ids()

"""Every example of the documentation works as it stands there, in a workspace like the reader's."""

import json
import re
import shutil
from pathlib import Path

import pytest

from cli.test_agenda_files import CHECKLIST, LENS
from readyroom.cli import screens

DOCUMENT = Path(__file__).parents[2] / "docs" / "cli.md"
BLOCKS = re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
EXAMPLES = list(dict.fromkeys(line for block in BLOCKS for line in block.splitlines() if line.strip()))
NEED_A_FINISHED_ONE = ("readyroom session reopen S-1", "readyroom db rebuild")


@pytest.fixture
def lived_in(reviewed, cli, monkeypatch):
    """A workspace with three sessions, actions, sheets, and files that the examples name."""
    assert cli("run acme --answers answers.yaml --headless --new").code == 0
    ran = cli("run reliability-review --service checkout --attendee 'Ana (owner)' --attendee 'Bo (on-call)' --headless")
    assert ran.code == 0, ran.err
    cli("session export S-1 --format json --out handover")
    cli("session prepare S-3 --out sheets")
    cli('action add "Alert on user errors @ana 2020-01-01"')
    for number in range(4, 13):
        cli(["action", "add", f"Action number {number}"])
    sample = Path(screens.__file__).parents[3] / "agendas" / "samples" / "reliability-review.answers.yaml"
    shutil.copy(sample, reviewed / "answers.yaml")
    (reviewed / "sheets" / "ana.md").write_bytes((reviewed / "sheets" / "sheet-ana.md").read_bytes())
    (reviewed / "launch.md").write_text(CHECKLIST, encoding="utf-8")
    (reviewed / "lens.json").write_text(json.dumps(LENS), encoding="utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(reviewed.parent))
    monkeypatch.setattr(screens, "no_screen", lambda environ: "")
    monkeypatch.setattr("readyroom.tui.run.run_app", lambda workspace, **asked: 0)
    return reviewed


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_works(lived_in, cli, example):
    program, _, line = example.partition(" ")
    assert program == "readyroom"
    if example in NEED_A_FINISHED_ONE:
        cli("session finish S-1")
    ran = cli(line)
    assert (ran.code, "Traceback" in ran.err) == (0, False), ran


def test_there_are_examples():
    assert len(EXAMPLES) > 25

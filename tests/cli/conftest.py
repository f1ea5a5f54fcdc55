"""Running a command line inside the test, in a workspace of its own."""

import shlex
from dataclasses import dataclass

import pytest

from readyroom.__main__ import main

AGENDA = """\
agenda: 1
id: acme
version: 1.0.0
title: Acme check
kind: readiness
minutes: 10
sections:
  - id: first
    title: First things
    minutes: 10
    goal: Know whether it may ship.
    items:
      - {id: alerts, kind: check, ask: Does it page somebody?, required: true}
      - {id: minutes-back, kind: number, unit: min, ask: How long does a rollback take?}
      - {id: owner, kind: owner, ask: Who owns it?}
"""
ANSWERS = """\
answers: 1
agenda: acme
subject: checkout
attendees: {Ana: owner, Bo: on-call}
items:
  alerts: {answer: fail, actions: ["Alert on user errors @Ana +2w !1", "Write the runbook @Bo fri"]}
  minutes-back: 12
"""


@dataclass
class Ran:
    """What a command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A folder with an agenda and answers to it; the current folder of the test."""
    folder = tmp_path / "work"
    (folder / "agendas").mkdir(parents=True)
    (folder / "sessions").mkdir()
    (folder / "agendas" / "acme.yaml").write_text(AGENDA, encoding="utf-8")
    (folder / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def cli(capsys):
    """Runs one line, such as `agenda list --json`, or a list of words."""

    def run(line):
        capsys.readouterr()
        code = main(shlex.split(line) if isinstance(line, str) else line)
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return run


@pytest.fixture
def reviewed(workspace, cli):
    """The workspace after one headless review that is not finished."""
    ran = cli("run acme --answers answers.yaml --headless")
    assert ran.code == 0, ran.err
    return workspace

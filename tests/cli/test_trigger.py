"""Why a review is held: one of the reasons of its agenda."""

import json

import pytest

from cli.conftest import AGENDA


@pytest.fixture
def launch(workspace):
    """An agenda that asks one more question at a first launch."""
    text = AGENDA.replace("minutes: 10\nsections", "minutes: 10\ntriggers: [first-launch, incident]\nsections")
    extra = "      - {id: first-day, kind: date, ask: On which day?, when: {trigger: first-launch}}\n"
    (workspace / "agendas" / "acme.yaml").write_text(text + extra, encoding="utf-8")
    return workspace


def session(cli, name="last"):
    return json.loads(cli(f"session show {name} --json").out)


def asked(cli):
    return {one["key"]["item"] for one in session(cli)["outcome"]["items"]}


def test_the_reason_is_kept_and_decides_what_is_asked(launch, cli):
    assert cli("run acme --service checkout --trigger First-Launch --headless").code == 0
    assert session(cli)["session"]["trigger"] == "first-launch"
    assert "first-day" in asked(cli)
    assert cli("run acme --service ledger --trigger incident --headless").code == 0
    assert "first-day" not in asked(cli)


def test_a_misspelt_reason_gets_a_suggestion_and_starts_nothing(launch, cli):
    ran = cli("run acme --service checkout --trigger first-lunch --headless")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == 'readyroom: trigger: acme is not held for "first-lunch"; did you mean "first-launch"?\n'
    assert json.loads(cli("session list --json").out) == []


def test_an_agenda_without_reasons_takes_any(workspace, cli):
    assert cli("run acme --service checkout --trigger 'a bad feeling' --headless").code == 0
    assert session(cli)["session"]["trigger"] == "a bad feeling"


def test_going_on_with_a_session_can_say_why_it_is_held(launch, cli):
    cli("run acme --service checkout --headless")
    assert "first-day" not in asked(cli)
    assert cli("run acme --service checkout --trigger first-launch --headless").code == 0
    assert session(cli)["session"]["trigger"] == "first-launch"
    assert "first-day" in asked(cli)
    assert cli("run acme --service checkout --headless").code == 0
    assert session(cli)["session"]["trigger"] == "first-launch"


@pytest.mark.parametrize("line, told", [("run acme --trigger f", "plain,first-launch"), ("run nope --trigger ", "")])
def test_a_shell_completes_the_reasons_of_the_agenda(launch, cli, monkeypatch, line, told):
    monkeypatch.setenv("_READYROOM_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"readyroom {line}")
    monkeypatch.setenv("COMP_CWORD", "4")
    assert cli("").out.strip() == told

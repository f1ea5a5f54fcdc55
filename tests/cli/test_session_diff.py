"""Two sessions of one agenda, compared on the command line."""

import json

import pytest

from cli.conftest import AGENDA, ANSWERS


@pytest.fixture
def twice(workspace, cli):
    """S-1 and S-2 of the same service: an answer got better, a threshold stricter, a question went away."""
    path = workspace / "agendas" / "acme.yaml"
    path.write_text(AGENDA.replace("rollback take?}", "rollback take?, target: at most 30}"), encoding="utf-8")
    assert cli("run acme --answers answers.yaml --headless --finish").code == 0
    stricter = AGENDA.replace("rollback take?}", "rollback take?, target: at most 10}").replace("1.0.0", "1.1.0")
    path.write_text(stricter.replace("      - {id: owner, kind: owner, ask: Who owns it?}\n", ""), encoding="utf-8")
    (workspace / "answers.yaml").write_text(ANSWERS.replace("answer: fail", "answer: pass"), encoding="utf-8")
    assert cli("run acme --answers answers.yaml --headless --finish").code == 0
    return workspace


def test_what_the_team_changed_stands_apart_from_what_the_agenda_changed(twice, cli):
    ran = cli("session diff S-1 S-2")
    assert (ran.code, ran.err) == (0, "")
    team, _, agenda = ran.out.partition("What the agenda changed: ")
    assert "better  alerts: fail → pass; high → ok" in team
    assert "minutes-back" not in team
    assert agenda.startswith("acme@1.0.0 → acme@1.1.0: 1 removed, 1 rules changed")
    assert "minutes-back: target at most 30 → at most 10" in agenda
    assert "worse   minutes-back: 12 min; ok → medium" in agenda


def test_a_program_reads_the_two_apart(twice, cli):
    found = json.loads(cli("session diff S-1 --json").out)
    assert (found["before"], found["after"]) == ("S-1", "S-2")
    [change] = found["team"]
    assert (change["item"], change["turn"]) == ("alerts", "better")
    assert (change["before"]["answer"], change["after"]["finding"]) == ("fail", "ok")
    [judged] = found["agenda"]["rejudged"]
    assert (judged["item"], judged["turn"], judged["after"]) == ("minutes-back", "worse", "medium")
    assert {one["kind"] for one in found["agenda"]["differences"]} == {"removed", "rules changed"}


def test_a_session_does_not_differ_from_itself(twice, cli):
    ran = cli("session diff S-2 S-2")
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "no differences"


def test_sessions_of_different_agendas_are_not_compared(twice, cli):
    assert cli("run reliability-review --service checkout --headless").code == 0
    ran = cli("session diff S-1 S-3")
    assert (ran.code, ran.out) == (1, "")
    assert "S-1 and S-3" in ran.err
    assert "name two sessions of one agenda" in ran.err


def test_an_own_agenda_is_compared_with_the_one_that_it_extends(twice, cli):
    (twice / "agendas" / "ours.yaml").write_text(
        "agenda: 1\nid: ours\nversion: 2.0.0\nextends: acme\nremove: [minutes-back]\n", encoding="utf-8"
    )
    assert cli("run ours --service checkout --headless").code == 0
    ran = cli("session diff S-2 S-3")
    assert ran.code == 0
    assert "alerts: pass → no answer" in ran.out
    assert "acme@1.1.0 → ours@2.0.0: 1 removed" in ran.out

"""Agendas as files: a starter for each kind, a checklist taken in, two agendas compared."""

import json

import pytest

from readyroom.agendas.find import Source
from readyroom.agendas.lint import lint
from readyroom.agendas.load import load_agenda
from readyroom.agendas.starters import KINDS, starter
from readyroom.cli import agenda_files
from readyroom.domain.vocabulary import ReviewKind

CHECKLIST = """\
# Launch

## Alerts

- [x] **OPS-01** — Every alert is a harmed user.
- [ ] How long does a rollback take?

Thank you for reading; see you soon.
"""
LENS = {
    "schemaVersion": "2021-11-01",
    "name": "Queues",
    "pillars": [
        {
            "id": "ops",
            "name": "Operations",
            "questions": [
                {
                    "id": "alerts",
                    "title": "How do you hear of trouble?",
                    "choices": [{"id": "page", "title": "A page"}, {"id": "user", "title": "A user"}],
                    "riskRules": [
                        {"condition": "page", "risk": "NO_RISK"},
                        {"condition": "default", "risk": "HIGH_RISK"},
                    ],
                }
            ],
        }
    ],
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_starter_is_commented_and_without_a_problem(kind):
    text = starter(kind)
    assert lint(Source("starter.yaml", text)) == ()
    agenda = load_agenda(Source("starter.yaml", text))
    assert agenda.kind is kind
    assert len(agenda.sections) > 1
    assert agenda.triggers
    assert text.count(" # ") + text.count("\n# ") > 4
    assert any(rule.action for item in agenda.items() for rule in item.rules)


@pytest.mark.parametrize("title", ["Payments", 'A "quoted": title #1', "yes", "2026", "Ürün \\ 北京", "long " * 40])
def test_a_starter_takes_any_title(title):
    agenda = load_agenda(Source("starter.yaml", starter(ReviewKind.RISK, agenda_id="mine", title=title)))
    assert (agenda.id, agenda.title) == ("mine", title.strip())


@pytest.mark.parametrize("kind", [kind.value for kind in KINDS])
def test_a_new_agenda_can_be_run_at_once(workspace, cli, kind):
    made = cli(f"agenda new {kind} --title 'What we ask'")
    assert (made.code, made.err) == (0, "")
    assert made.out.splitlines()[0] == "wrote agendas/what-we-ask.yaml"
    assert cli("agenda lint what-we-ask").out == "1 agenda, no problems\n"
    assert cli("run what-we-ask --service checkout --headless").code == 0


def test_a_new_agenda_is_never_written_over_another(workspace, cli):
    before = (workspace / "agendas" / "acme.yaml").read_text(encoding="utf-8")
    for line in ("agenda new risk --id acme", "agenda new risk --out agendas/acme.yaml", "agenda new risk --out ."):
        ran = cli(line)
        assert (ran.code, ran.out) == (1, "")
    assert "there is a file of this name already" in cli("agenda new risk --id acme").err
    assert (workspace / "agendas" / "acme.yaml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "line, code, told",
    [
        ("agenda new redines", 1, 'did you mean "readiness"?'),
        ("agenda new", 2, "which kind? write one of readiness"),
        ("agenda new risk --id 'Our Risks'", 1, "write our-risks"),
    ],
)
def test_a_new_agenda_that_cannot_be_made_says_how(workspace, cli, line, code, told):
    ran = cli(line)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("said, kind", [("2", "reliability-review"), ("handoff", "handoff")])
def test_on_a_terminal_the_kind_is_asked_for(workspace, cli, monkeypatch, said, kind):
    class Terminal:
        def isatty(self):
            return True

        def write(self, text):
            told.append(text)

        def flush(self):
            """Nothing is held back."""

    told = []
    monkeypatch.setattr(agenda_files.sys, "stdin", Terminal())
    monkeypatch.setattr(agenda_files.sys, "stderr", Terminal())
    monkeypatch.setattr("click.prompt", lambda *_, **__: said)
    assert agenda_files.ask_kind() == kind
    assert len(told) == len(KINDS)


def test_a_checklist_becomes_an_agenda_and_says_what_is_not_in_it(workspace, cli):
    (workspace / "launch.md").write_text(CHECKLIST, encoding="utf-8")
    ran = cli("agenda import launch.md")
    assert ran.code == 0
    assert ran.err == "launch.md:8: Thank you for reading; see you soon.; words that belong to no question\n"
    assert ran.out.splitlines()[0] == "wrote agendas/launch.yaml: 2 questions; 1 line of launch.md not in it"
    assert cli("agenda lint").code == 0


def test_what_was_filled_in_waits_to_be_confirmed(workspace, cli):
    (workspace / "launch.md").write_text(CHECKLIST, encoding="utf-8")
    told = cli("agenda import launch.md").out.splitlines()
    assert "wrote agendas/launch.answers.yaml: 1 answer to confirm" in told
    then = told[-1].removeprefix("hold it with them: ").split(", then ")
    for line in then:
        assert cli(line.removeprefix("readyroom ")).code == 0
    [prepared] = json.loads(cli("session show last --json").out)["prepared"]
    assert (prepared["key"]["item"], prepared["value"]) == ("ops-01", "pass")
    assert "launch.answers" not in cli("agenda list").out


def test_an_import_takes_another_name_and_never_the_place_of_a_file(workspace, cli):
    (workspace / "acme.md").write_text(CHECKLIST, encoding="utf-8")
    ran = cli("agenda import acme.md")
    assert (ran.code, ran.out) == (1, "")
    assert "there is a file of this name already" in ran.err
    assert not list((workspace / "agendas").glob("*.answers.yaml"))
    (workspace / "agendas" / "ours.answers.yaml").write_text("kept", encoding="utf-8")
    assert cli("agenda import acme.md --id ours").code == 1
    assert not (workspace / "agendas" / "ours.yaml").exists()
    ran = cli("agenda import acme.md --id theirs --json")
    assert json.loads(ran.out) == {
        "agenda": "theirs",
        "file": "agendas/theirs.yaml",
        "items": 2,
        "answers": "agendas/theirs.answers.yaml",
        "answered": 1,
        "losses": [
            {"line": 8, "text": "Thank you for reading; see you soon.", "why": "words that belong to no question"}
        ],
    }
    assert "agenda: theirs" in (workspace / "agendas" / "theirs.answers.yaml").read_text(encoding="utf-8")


def test_a_lens_is_recognised_by_what_is_in_it(workspace, cli):
    (workspace / "queues.txt").write_text(json.dumps(LENS), encoding="utf-8")
    assert cli("agenda import queues.txt").code == 0
    agenda = json.loads(cli("agenda show queues --json").out)
    assert [item["kind"] for section in agenda["sections"] for item in section["items"]] == ["choice"]
    (workspace / "launch.md").write_text(CHECKLIST, encoding="utf-8")
    ran = cli("agenda import launch.md --from lens")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "launch.md:1:1: this is not JSON" in ran.err


@pytest.mark.parametrize("text", ["", "Nothing but prose in here.\n"])
def test_a_file_that_asks_nothing_is_refused(workspace, cli, text):
    (workspace / "empty.md").write_text(text, encoding="utf-8")
    ran = cli("agenda import empty.md")
    assert (ran.code, ran.out) == (1, "")
    assert "; " in ran.err
    assert not (workspace / "agendas" / "empty.yaml").exists()


def test_an_imported_agenda_can_be_printed(workspace, cli):
    (workspace / "launch.md").write_text(CHECKLIST, encoding="utf-8")
    ran = cli("agenda import launch.md --out -")
    assert load_agenda(Source("printed", ran.out)).id == "launch"
    assert "1 answer filled in; name a file with --out to keep them" in ran.err
    assert cli("agenda import launch.md --out - --json").code == 2
    assert sorted(path.name for path in (workspace / "agendas").iterdir()) == ["acme.yaml"]


def test_two_agendas_are_compared_for_people_and_for_programs(workspace, cli):
    text = (workspace / "agendas" / "acme.yaml").read_text(encoding="utf-8")
    later = text.replace("Does it page somebody?", "Does it page the right person?").replace("1.0.0", "1.1.0")
    (workspace / "later.yaml").write_text(later, encoding="utf-8")
    ran = cli("agenda diff acme ./later.yaml")
    assert ran.code == 0
    assert "alerts: Does it page somebody? → Does it page the right person?" in ran.out
    [found] = json.loads(cli("agenda diff acme ./later.yaml --json").out)["differences"]
    assert (found["kind"], found["id"], found["after"]) == ("reworded", "alerts", "Does it page the right person?")
    same = cli("agenda diff acme agendas/acme.yaml")
    assert (same.code, same.out) == (0, "acme@1.0.0 → acme@1.0.0: no differences\n")


def test_an_own_agenda_tells_what_it_changes(workspace, cli):
    (workspace / "agendas" / "ours.yaml").write_text(
        "agenda: 1\nid: acme\nversion: 2.0.0\nextends: reliability-review\nremove: [opening]\n", encoding="utf-8"
    )
    (workspace / "agendas" / "acme.yaml").unlink()
    ran = cli("agenda diff acme")
    assert ran.out.startswith("reliability-review@")
    assert "opening" in ran.out
    ran = cli("agenda diff reliability-review")
    assert (ran.code, ran.out) == (1, "")
    assert "it extends no other agenda; name the one to compare it with" in ran.err


def test_resolved_says_what_the_short_checklist_left_out(workspace, cli):
    out = cli("agenda show readiness-checklist-45 --resolved").out
    asked, _, changes = out.partition("What it changes in the agenda that it extends:\n")
    assert "readiness-checklist@1.0.0 → readiness-checklist-45@1.0.0" in asked
    assert "rollback-rehearsed" in asked
    assert "rollback-alone" not in asked
    assert "rollback-alone: Can whoever is on call roll back alone" in changes
    assert "frame: 7 min → 5 min" in changes
    assert "What it changes" not in cli("agenda show readiness-checklist --resolved").out


def test_every_shipped_agenda_lints_clean(workspace, cli):
    ran = cli("agenda lint")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("no problems\n")

"""A review from its start to its minutes without a screen, and what came of it."""

import json
from pathlib import Path

import pytest


def short_ids(text):
    return [line.split()[0] for line in text.splitlines()[1:]]


def test_a_headless_run_answers_finishes_and_exports(workspace, cli):
    ran = cli("run acme --answers answers.yaml --headless --finish --export out")
    assert (ran.code, ran.err) == (0, "")
    assert "2 answers, 2 captures taken from answers.yaml" in ran.out
    assert "S-1 is finished" in ran.out
    assert "Alert on user errors" in next((workspace / "out").glob("*.md")).read_text(encoding="utf-8")
    assert json.loads((workspace / "out" / "record.json").read_text(encoding="utf-8"))
    assert list((workspace / "sessions").glob("*/record.json"))


def test_a_second_run_goes_on_with_the_unfinished_session_and_says_so(reviewed, cli):
    ran = cli("run acme --service Checkout --headless --attendee 'Chidi (guest)'")
    assert ran.code == 0
    assert "going on with S-1, Acme check of checkout" in ran.err
    record = json.loads(cli("session show last --json").out)
    assert [one["name"] for one in record["sittings"][0]["attendees"]] == ["Ana", "Bo", "Chidi"]
    assert short_ids(cli("session list").out) == ["S-1"]


def test_new_or_another_service_begins_another_session(reviewed, cli):
    assert cli("run acme --service checkout --headless --new").err == ""
    assert cli("run acme --service ledger --headless").err == ""
    assert short_ids(cli("session list").out) == ["S-3", "S-2", "S-1"]


def test_a_session_goes_by_any_of_its_names(reviewed, cli):
    whole = json.loads(cli("session list --json").out)[0]["id"]
    shown = {cli(f"session show {name}").out for name in ("S-1", "s-1", whole, whole[:8], "last", "")}
    assert len(shown) == 1
    assert "Acme check" in shown.pop()


def test_the_list_has_stable_keys(reviewed, cli):
    line = json.loads(cli("session list --json --search checkout").out)[0]
    assert list(line) == [
        "id", "short_id", "title", "kind", "agenda", "services", "status", "created_at", "last_activity",
        "answered", "asked", "actions", "risks", "verdict",
    ]  # fmt: skip
    assert (line["short_id"], line["services"], line["answered"], line["actions"]) == ("S-1", ["checkout"], 2, 2)
    assert cli("session list --json --search nowhere").out == "[]\n"


def test_finish_reopen_and_adjourn_say_what_they_did(reviewed, cli):
    assert "S-1 is finished" in cli("session finish").out
    again = cli("session finish")
    assert again.code == 1
    assert again.err == "readyroom: S-1: it is finished already; open it again first: readyroom session reopen S-1\n"
    assert cli("session reopen").out == "S-1 is open again\n"
    assert cli("session reopen").out == "S-1 was open already\n"
    assert "S-1 is adjourned" in cli("session adjourn S-1").out


@pytest.mark.parametrize(
    "out, there", [("minutes.md", "minutes.md"), ("one.json", "one.json"), ("folder", "folder/record.json")]
)
def test_an_export_goes_where_it_is_sent(reviewed, cli, out, there):
    ran = cli(f"session export last --out {out}")
    assert (ran.code, ran.err) == (0, "")
    made = [line.removeprefix("wrote ") for line in ran.out.splitlines()]
    assert all(Path(path).is_file() for path in made)
    assert there in made
    assert len(made) == (2 if out == "folder" else 1)


def test_an_export_may_be_printed(reviewed, cli):
    assert json.loads(cli("session export last --format json --out -").out)["session"]["subjects"] == ["checkout"]
    assert cli("session export last --format json --format md --out x.md").code == 1


def test_a_session_is_carried_to_another_workspace_once(reviewed, cli):
    cli("session export last --format json --out ../record.json")
    assert cli("init ../other").code == 0
    there = cli("session import ../record.json --workspace ../other --json")
    assert json.loads(there.out)["unchanged"] is False
    again = cli("session import ../record.json --workspace ../other")
    assert again.out == "S-1 is here already, and the same\n"
    assert short_ids(cli("session list --workspace ../other").out) == ["S-1"]


def test_sheets_go_out_and_come_back_as_prepared_answers(reviewed, cli):
    ran = cli("session prepare last --out sheets --style yaml")
    assert (ran.code, ran.err) == (0, "")
    assert "2 sheets to hand out" in ran.out
    sheets = sorted((reviewed / "sheets").glob("sheet-*.yaml"))
    filled = cli(["session", "fill", "--session", "last", *map(str, sheets), "nowhere.md"])
    assert filled.code == 1
    assert filled.out.count("prepared by") == 2
    assert "no such file" in filled.err


def test_actions_are_listed_with_who_and_when(reviewed, cli):
    ran = cli("action list")
    assert ran.out.splitlines()[0].split() == ["ID", "DUE", "P", "OWNER", "SERVICE", "STATUS", "TITLE"]
    assert "Alert on user errors" in ran.out
    one = json.loads(cli("action list --owner bo --json").out)
    assert [(action["short_id"], action["owner"], action["service"]) for action in one] == [("A-2", "Bo", "checkout")]
    assert list(one[0]) == [
        "id", "short_id", "title", "owner", "due", "priority", "status", "overdue", "agreed", "service", "session",
        "item", "outcome", "because", "slips",
    ]  # fmt: skip


def test_an_action_is_added_edited_done_and_dropped(workspace, cli):
    assert cli('action add "Rehearse the restore @dee 2030-01-15 !2" --service ledger').out == (
        "added A-1: Rehearse the restore (dee, due 2030-01-15, P2)\n"
    )
    assert cli("action edit A-1 --owner chidi --due '' --priority 0").out == (
        "changed A-1: Rehearse the restore (chidi, no date)\n"
    )
    assert cli("action done A-1 --evidence https://example.org/1").code == 0
    assert cli("action list").out.startswith("No actions.")
    done = json.loads(cli("action list --all --json").out)[0]
    assert (done["status"], done["outcome"]) == ("done", "https://example.org/1")
    cli('action add "Something else"')
    assert "dropped A-2" in cli('action drop A-2 --reason "It is gone"').out


def test_the_database_tells_its_state_and_is_backed_up_and_rebuilt(reviewed, cli):
    cli("session finish")
    assert json.loads(cli("db status --json").out)["sessions"] == 1
    assert cli("db check").out == "The database is sound.\n"
    assert cli("db backup --out kept.db").code == 0
    assert (reviewed / "kept.db").stat().st_size > 0
    assert cli("db rebuild").code == 0
    assert short_ids(cli("session list").out) == ["S-1"]


def test_a_password_in_a_database_url_is_not_shown(workspace):
    from readyroom.cli.db import without_password

    assert without_password("postgresql://ana:s3:cr@et@db.example/x") == "postgresql://ana:…@db.example/x"
    assert without_password("postgresql://db.example/x") == "postgresql://db.example/x"


def test_the_demo_walks_its_review_without_a_terminal(workspace, cli, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = cli("demo --headless --export out")
    assert (ran.code, ran.err) == (0, "")
    assert (workspace / "out" / "record.json").is_file()
    assert not list((workspace / "sessions").iterdir())
    told = cli("demo --headless").out
    assert all(Path(line.removeprefix("wrote ")).is_file() for line in told.splitlines())


def test_answers_about_another_service_are_refused_and_nothing_is_taken(workspace, cli):
    ran = cli("run acme --service search --answers answers.yaml --headless")
    assert ran.code == 1
    assert "the answers are about checkout, the session about search" in ran.err
    assert cli("session list --json").out == "[]\n"
    assert cli("run acme --service Checkout --answers answers.yaml --headless").code == 0


def test_an_export_never_takes_the_place_of_another_sessions(reviewed, cli):
    assert cli("run acme --answers answers.yaml --headless --export out").code == 0
    before = (reviewed / "out" / "record.json").read_bytes()
    assert cli("run acme --answers answers.yaml --headless --export out").code == 0
    ran = cli("run acme --answers answers.yaml --headless --new --export out")
    assert ran.code == 1
    assert "the record of another session is in this folder; name another folder" in ran.err
    assert json.loads((reviewed / "out" / "record.json").read_bytes())["session"] == json.loads(before)["session"]


def test_the_backups_are_listed_and_one_is_restored(reviewed, cli):
    copy = Path(cli("db backup").out.split()[-1]).name
    assert copy in cli("db restore").out
    assert copy in [one["name"] for one in json.loads(cli("db restore --json").out)]
    cli("action add 'Call the vendor'")
    ran = cli(f"db restore {copy}")
    assert (ran.code, "readyroom-replaced-1.db" in ran.out) == (0, True)
    assert "Call the vendor" not in cli("action list --all").out


def test_a_list_of_actions_that_nothing_fits_does_not_say_that_there_are_none(reviewed, cli):
    assert cli("action list --owner Dee").out == "No actions like that. All of them: readyroom action list --all\n"


def test_the_list_says_the_verdict_in_the_words_of_the_review(reviewed, cli):
    written = cli("session finish").out
    summary = Path(next(line for line in written.splitlines() if line.endswith("summary.md")).removeprefix("wrote "))
    verdict = summary.read_text(encoding="utf-8").partition("**Verdict: ")[2].partition(".**")[0][2:]
    assert cli("session list").out.splitlines()[1].endswith(verdict)

"""Whatever is handed in: one clear message, an exit code, no traceback, nothing changed."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "line, told",
    [
        ("agenda show acmee", 'did you mean "acme"?'),
        ("agenda show no/such.yaml", "there is no agenda file"),
        ("agenda show agendas", "there is no agenda"),
        ("agenda lint sessions", "sessions: there are no agendas in this folder"),
        ("run acmee --headless", 'did you mean "acme"?'),
        ("run acme --headless --answers nowhere.yaml", "no such file"),
        ("run acme --headless --answers agendas", "not an ordinary file"),
        ("run ../../../etc/passwd --headless", "there is no agenda file"),
        ("session import answers.yaml", "answers.yaml"),
        ("session import agendas", "record.json"),
        ("session show S-99", "S-99"),
        ("session show last", "there is no session yet"),
        ("session fill nowhere.md", "no such file"),
        ("action done A-99", "A-99"),
        ("action add ' '", "the action has no title"),
        ("--workspace nowhere agenda list", "readyroom init"),
        ("agenda list --workspace nowhere", "readyroom init"),
        ("agenda schema --out no/such/folder.json", "no such file or folder"),
        ("agenda schema --out agendas", "agendas: that is a folder, not a file"),
        ("agenda lint ''", "there is no agenda"),
        ("init answers.yaml", "there is a file of that name"),
        ("session list --database nonsense://x", "nonsense"),
    ],
)
def test_a_wrong_name_is_one_line_with_a_place_or_a_fix(workspace, cli, line, told):
    ran = cli(line)
    assert ran.code == 1, ran
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("readyroom: ")
    assert "nobody foresaw" not in ran.err


@pytest.mark.parametrize(
    "content, told",
    [
        (b"agenda: 1\nid: [", "agendas/bad.yaml:"),
        (b"\xff\xfe\x00", "it is not UTF-8"),
        (b"", "agendas/bad.yaml:1:1"),
        (b"agenda: 1\nid: &a x\n", "anchors"),
        pytest.param(b"[" * 5000, "nested deeper", id="deep"),
        pytest.param(b"# long\n" * 2_000_000, "more than", id="14 MB"),
        (b"agenda: 1\nid: \x1b]0;owned\x07\n", "U+001B"),
    ],
)
def test_a_broken_agenda_is_told_with_its_place(workspace, cli, content, told):
    (workspace / "agendas" / "bad.yaml").write_bytes(content)
    for line in ("agenda show agendas/bad.yaml", "run agendas/bad.yaml --headless"):
        ran = cli(line)
        assert (ran.code, ran.out) == (1, "")
        assert told in ran.err
        assert "nobody foresaw" not in ran.err
    assert told in cli("agenda lint agendas/bad.yaml").out


@pytest.mark.parametrize(
    "content, told",
    [
        ("answers: 1\nagenda: acme\nitems: {minutes-back: soon}\n", "answers.yaml:3:"),
        ("answers: 1\nagenda: acme\nitems: {minutes-bak: 3}\n", 'did you mean "minutes-back"?'),
        ("answers: 1\nagenda: acme\nitems: {alerts: [1, 2]}\n", "answers.yaml:3:"),
        ("answers: 1\nagenda: other\n", 'these are answers to "other"'),
        ("items: [", "answers.yaml:"),
        pytest.param("answers: 1\nagenda: acme\n" + "# 10 MB\n" * 1_300_000, "more than", id="10 MB"),
    ],
)
def test_wrong_answers_start_and_change_nothing(workspace, cli, content, told):
    (workspace / "answers.yaml").write_text(content, encoding="utf-8")
    ran = cli("run acme --headless --answers answers.yaml")
    assert ran.code == 1
    assert told in ran.err
    assert "No sessions" in cli("session list").out


def test_hostile_names_drive_no_terminal_and_leave_the_folder_nowhere(workspace, cli):
    evil = "../../\x1b]0;owned\x07\x1b[2Jcheck\u202eout\n|`x`"
    ran = cli(["run", "acme", "--headless", "--finish", "--service", evil, "--attendee", "\x1b[31mEve (\x9bowner)"])
    assert ran.code == 0, ran.err
    for told in (ran, cli("session list"), cli("session show"), cli("session list --json"), cli("action list")):
        assert not any(sign in told.out + told.err for sign in "\x1b\x9b\u202e\x07")
    assert {path.name for path in workspace.parent.iterdir()} == {"work"}


def test_a_hostile_name_in_an_error_drives_no_terminal(workspace, cli):
    for words in (["agenda", "show", "evil\x1b]0;x\x07"], ["ev\x1b[2Jil"], ["session", "show", "S-\x9b2J"]):
        told = cli(words).err
        assert told.startswith("readyroom: ")
        assert not any(sign in told for sign in "\x1b\x07\x9b")


@pytest.mark.parametrize(
    "number, told", [(errno.EACCES, "you may not do that here"), (errno.EIO, "the disk reports an error")]
)
def test_an_unreadable_file_is_told(workspace, cli, monkeypatch, number, told):
    really = os.open

    def refusing(path, *rest, **more):
        if Path(path).name == "answers.yaml":
            raise OSError(number, "refused", str(path))
        return really(path, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)
    ran = cli("run acme --headless --answers answers.yaml")
    assert ran.code == 1
    assert told in ran.err


def test_a_full_disk_is_told_and_nothing_is_left_behind(workspace, cli, monkeypatch):
    def full(handle, raw):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    ran = cli("agenda schema --out schema.json")
    assert (ran.code, ran.out) == (1, "")
    assert "schema.json: cannot write it: the disk is full" in ran.err
    assert sorted(path.name for path in workspace.iterdir()) == ["agendas", "answers.yaml", "sessions"]


def test_an_unreadable_folder_in_the_way_is_told(workspace, cli):
    (workspace / "sessions").rmdir()
    (workspace / "sessions").write_text("in the way", encoding="utf-8")
    ran = cli("--workspace . run acme --headless")
    assert ran.code == 1
    assert "nobody foresaw" not in ran.err
    assert ran.err.count("\n") == 1


def test_a_damaged_database_is_told_and_left_alone(reviewed, cli):
    path = reviewed / "sessions" / "readyroom.db"
    path.write_bytes(b"this is no database" * 1000)
    ran = cli("session list")
    assert ran.code == 1
    assert "readyroom db rebuild" in ran.err
    assert path.read_bytes() == b"this is no database" * 1000


def test_a_database_that_somebody_holds_is_told(reviewed, cli, monkeypatch):
    holder = sqlite3.connect(reviewed / "sessions" / "readyroom.db", isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        ran = cli('action add "Alert on user errors @ana"')
    finally:
        holder.close()
    assert ran.code == 1
    assert "another program holds the database" in ran.err


def test_two_who_change_the_same_at_once_are_told(reviewed, cli, monkeypatch):
    from readyroom.store import Conflict

    def beaten(self, entry):
        raise Conflict(entry.changes[0].after, entry.changes[0].after)

    monkeypatch.setattr("readyroom.store.store.Store.save", beaten)
    ran = cli("action edit A-1 --owner dee")
    assert ran.code == 1
    assert ran.err == (
        "readyroom: someone changed the same action first, and nothing was changed; look at it, then try again\n"
    )

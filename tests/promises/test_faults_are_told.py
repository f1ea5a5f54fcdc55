"""Promise: disk full, read-only, damaged: it says so in plain words, keeps what was typed, makes nothing worse."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from readyroom.__main__ import main
from readyroom.store.check import check
from support.meetings import make_session
from support.stores import put_meeting, store_at
from support.terminal import Terminal, quiet_environment

READYROOM = (sys.executable, "-m", "readyroom")
RUN = (*READYROOM, "run", "what-keeps-us-up-at-night", "--service", "checkout")

FILLING = """
import json, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from readyroom.domain.capture import Action
from readyroom.domain.change import Change, Entry
from readyroom.store import open_store

folder, session = Path(sys.argv[1]), sys.argv[2]
at = datetime(2026, 11, 22, 13, tzinfo=UTC)
path = folder / "sessions" / "readyroom.db"

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

store = open_store(folder, clock=lambda: at, back_up=False)
for room in map(int, sys.argv[3:]):
    told = {"room": room, "before": len(store.repository.actions()), "saved": [], "failed": []}
    given = []
    limit(path.stat().st_size + room)
    for number in range(6):
        action = Action(id=str(uuid4()), session=session, title="x" * 5000, at=at, version=1)
        entry = Entry(what="captured", session=session, actor="Ana", window="w", at=at, changes=(Change(None, action),))
        given.append(action.id)
        store.writer.submit(entry, saved=lambda kept: told["saved"].append(kept.changes[0].after.id),
                            failed=lambda error: told["failed"].append([error.what, error.fix]))
        store.writer.flush()
    told["early"] = len(told["saved"])
    told["kept"] = len(store.writer.unsaved)
    told["there"] = len(store.repository.actions())
    limit(resource.RLIM_INFINITY)
    store.writer.retry()
    told["all"] = store.writer.flush() and set(told["saved"]) == set(given)
    told["after"] = len(store.repository.actions())
    print(json.dumps(told), flush=True)
store.close()
"""


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def a_workspace(folder: Path, answers: int = 8) -> Path:
    folder.mkdir(exist_ok=True)
    with store_at(folder) as store:
        put_meeting(store, answers=answers)
    return folder / "sessions" / "readyroom.db"


# ---- no room


@pytest.mark.parametrize(
    "rooms", [[0, 700, 9000, 30_000], pytest.param([*range(0, 60_000, 500)], marks=pytest.mark.promise_long)]
)
def test_a_full_disk_is_told_wherever_it_strikes_and_a_retry_saves_everything(tmp_path: Path, rooms: list[int]) -> None:
    path = a_workspace(tmp_path / "team")
    words = [sys.executable, "-c", FILLING, str(tmp_path / "team"), make_session().id, *map(str, rooms)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["room"] for one in told] == rooms
    assert any(one["failed"] for one in told)
    for one in told:
        assert one["early"] + one["kept"] == 6, "each is saved, or kept to be saved"
        assert one["there"] == one["before"] + one["early"], "and what was saved is there"
        assert {what for what, _ in one["failed"]} <= {"the disk is full", "the disk reports an error"}
        assert all("try again" in fix for _, fix in one["failed"])
        assert one["all"]
        assert one["after"] == one["before"] + 6
    assert check(path).is_sound


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own, which only root can make."""
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("making a small disk needs root")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False)
    if made.returncode:
        pytest.skip("this system lets nobody mount a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_up(disk: Path) -> Path:
    """Leave no room at all on a disk."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return ballast


def test_the_screen_says_not_saved_keeps_the_text_and_saves_once_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "6m") as disk:
        environ = quiet_environment(tmp_path)
        with Terminal(RUN, cwd=disk, environ=environ) as terminal:
            terminal.wait_for(r"item 1 of \d+")
            terminal.press("right", "a")
            terminal.wait_for("empty")
            terminal.type("Alert on user errors @ana")
            terminal.press("enter")
            terminal.wait_for("1 act")
            terminal.wait_for(r"saved \d\d:\d\d")
            ballast = fill_up(disk)
            terminal.type("Write the runbook @bo " + "and more " * 60)
            terminal.press("enter")
            terminal.wait_for("NOT SAVED")
            terminal.wait_for("the disk is full|the disk reports an error")
            terminal.wait_for("2 act")
            terminal.press("escape")
            terminal.settle(0.3)
            terminal.press("ctrl+q")
            terminal.wait_for("once more leaves without it|ctrl\\+q once more")
            assert terminal.exit_code is None
            ballast.unlink()
            terminal.type("\x13")
            terminal.wait_for(r"(?<!NOT )saved \d\d:\d\d")
            terminal.press("ctrl+q")
            assert terminal.wait_until_gone() == 0
        path = disk / "sessions" / "readyroom.db"
        with closing(sqlite3.connect(path)) as connection:
            titles = [title for (title,) in connection.execute("SELECT title FROM action ORDER BY number")]
        assert [title.split()[0] for title in titles] == ["Alert", "Write"]
        assert check(path).is_sound


def test_a_read_only_disk_is_told_and_nothing_is_changed(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "6m") as disk:
        path = a_workspace(disk)
        before = sha(path)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        environ = quiet_environment(tmp_path)
        for words in (["action", "add", "Alert"], ["run", "reliability-review", "--headless"], ["session", "finish"]):
            ran = subprocess.run(
                [*READYROOM, *words], cwd=disk, env=environ, capture_output=True, text=True, check=False
            )
            assert ran.returncode == 1, ran.stdout
            assert re.search("read-only|may not be written|cannot be opened|cannot be made", ran.stderr), ran.stderr
            assert ran.stderr.count("\n") == 1
        ran = subprocess.run([*READYROOM, "session", "list"], cwd=disk, env=environ, capture_output=True, check=False)
        assert b"Traceback" not in ran.stderr
        assert sha(path) == before


# ---- damaged

COMMANDS = (
    ("session", "list"),
    ("session", "show", "last"),
    ("session", "export", "last", "--out", "out"),
    ("session", "finish", "last"),
    ("action", "list"),
    ("action", "add", "Alert on user errors"),
    ("db", "status"),
    ("db", "check"),
    ("db", "backup"),
)


def damages(raw: bytes, luck: random.Random) -> Iterator[bytes]:
    """A file after what disks, copies and people do to it."""
    yield b""
    yield raw[: len(raw) // 2]
    yield raw[:-100]
    yield b"no database, only text\n" * 2000
    yield bytes(len(raw))
    while True:
        spoiled = bytearray(raw)
        for _ in range(luck.randint(1, 4)):
            at, length = luck.randrange(len(raw)), luck.choice((1, 16, 512, 4096))
            spoiled[at : at + length] = luck.randbytes(len(spoiled[at : at + length]))
        yield bytes(spoiled)


@pytest.mark.parametrize("files", [12, pytest.param(400, marks=pytest.mark.promise_long)])
def test_a_damaged_file_is_told_in_a_sentence_and_never_made_worse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    luck = random.Random(files)
    path = a_workspace(tmp_path / "team")
    whole = path.read_bytes()
    monkeypatch.chdir(tmp_path / "team")
    told = 0
    for number, raw in zip(range(files), damages(whole, luck), strict=False):
        for left in [one for one in path.parent.iterdir() if one.is_file() and one != path]:
            left.unlink()
        shutil.rmtree(path.parent / "backups", ignore_errors=True)
        shutil.rmtree(tmp_path / "team" / "out", ignore_errors=True)
        path.write_bytes(raw)
        noticed = not is_sound(path)
        for words in COMMANDS:
            reads = words[:2] != ("session", "finish") and words[:2] != ("action", "add")
            before = sha(path)
            code = main(list(words))
            out, err = capsys.readouterr()
            assert code in (0, 1), (number, words)
            assert "Traceback" not in out + err
            assert "nobody foresaw" not in err, (number, words, err)
            assert all(line.startswith("readyroom: ") for line in err.splitlines())
            told += code
            if raw and (code or reads) and noticed:
                assert sha(path) == before, (number, words, err)
    assert told > files / 2


def is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except (sqlite3.Error, UnicodeError):
        return False


def test_the_app_opens_beside_a_damaged_file_and_says_what_to_do(tmp_path: Path) -> None:
    path = a_workspace(tmp_path / "team")
    path.write_bytes(path.read_bytes()[:9000])
    before = sha(path)
    with Terminal(READYROOM, cwd=tmp_path / "team", environ=quiet_environment(tmp_path)) as terminal:
        terminal.wait_for("damaged")
        terminal.wait_for("readyroom db")
        terminal.press("ctrl+q")
        assert terminal.wait_until_gone() == 0
    assert sha(path) == before

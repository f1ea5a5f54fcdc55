"""Promise: exports are deterministic and written whole or not at all; a workspace is rebuilt from its files."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readyroom.borders.errors import BorderError
from readyroom.borders.files import write_atomic
from readyroom.domain.session import SessionStatus
from readyroom.export.formats import FORMATS
from readyroom.records.canonical import read_record, record_bytes
from readyroom.records.register import REGISTER_FILE
from readyroom.workflows.actions import list_actions
from readyroom.workflows.demo import fill_demo
from readyroom.workflows.sessions import list_sessions
from readyroom.workflows.transfer import EXPORT_FORMATS, export_session
from readyroom.workflows.workspace import Workspace
from readyroom.workflows.wrapup import end_session
from support.meetings import make_meeting, make_record

NOW = datetime(2026, 11, 22, 14, 31, tzinfo=UTC)


def a_workspace(folder: Path) -> Workspace:
    numbers = count(1)
    folder.mkdir(parents=True, exist_ok=True)
    return Workspace(
        folder=folder,
        actor="Ana",
        zone="Europe/Vienna",
        clock=lambda: NOW,
        new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012d}",
    )


def exported(workspace: Workspace, out: Path) -> dict[str, bytes]:
    """Every format of every session, and the register."""
    files = {}
    for line in list_sessions(workspace).lines:
        for path in export_session(workspace, line.id, formats=EXPORT_FORMATS, out=out / f"S-{line.number}"):
            files[f"S-{line.number}/{path.name}"] = path.read_bytes()
    files[REGISTER_FILE] = (workspace.sessions / REGISTER_FILE).read_bytes()
    return files


def digest_here(folder: Path) -> str:
    """One digest of all that a sample workspace exports."""
    workspace = a_workspace(folder)
    fill_demo(workspace)
    files = exported(workspace, folder / "out")
    workspace.close()
    return hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files))).hexdigest()


def digest_elsewhere(folder: Path, **environ: str) -> str:
    script = (
        "import sys; from pathlib import Path\n"
        "from promises.test_exports_are_exact import digest_here\n"
        "print(digest_here(Path(sys.argv[1])))"
    )
    tests = str(Path(__file__).parents[1])
    path = os.pathsep.join([tests, *(one for one in sys.path if one)])
    ran = subprocess.run(
        [sys.executable, "-c", script, str(folder)], env={"PATH": os.environ["PATH"], "PYTHONPATH": path, **environ},
        capture_output=True, text=True, check=True, cwd=folder.parent,
    )  # fmt: skip
    return ran.stdout.split()[-1]


def test_the_same_session_gives_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    here = digest_here(tmp_path / "here")
    places = {
        "there": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "HOME": "/", "USER": "zoe"},
        "elsewhere": {"PYTHONHASHSEED": "77", "TZ": "America/Caracas", "LANG": "C.UTF-8", "COLUMNS": "20"},
    }
    assert {name: digest_elsewhere(tmp_path / name, **environ) for name, environ in places.items()} == dict.fromkeys(
        places, here
    )


# ---- a record comes back exactly

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def there_and_back(text: str, title: str) -> None:
    meeting = make_meeting("odd", answers=4)
    answers = {key: replace(one, note=text, evidence=title) for key, one in meeting.answers.items()}
    captures = tuple(replace(one, title=title) for one in meeting.captures)
    record = make_record(replace(meeting, answers=answers, captures=captures))
    raw = record_bytes(record)
    again = read_record(raw, "record.json")
    assert again == record
    assert record_bytes(again) == raw
    assert all(made.render(again) == made.render(record) for made in FORMATS.values())


@settings(max_examples=40)
@given(TEXTS, TEXTS)
def test_a_record_comes_back_exactly(text: str, title: str) -> None:
    there_and_back(text, title)


@pytest.mark.promise_long
@settings(max_examples=2000)
@given(TEXTS, TEXTS)
def test_two_thousand_records_come_back_exactly(text: str, title: str) -> None:
    there_and_back(text, title)


# ---- whole or not at all

REWRITING = """
import os, sys
from pathlib import Path
from readyroom.borders.files import write_atomic
path = Path(sys.argv[1])
os.write(1, b"go")
for number in range(10**9):
    write_atomic(path, (b"%09d" % number) * 30_000)
"""


@pytest.mark.parametrize("failing", ["write", "fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "summary.md"
    write_atomic(path, "the old minutes")

    def refuse(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(
        *{"write": (os, "write"), "fsync": (os, "fsync"), "replace": (Path, "replace")}[failing], refuse
    )
    with pytest.raises(BorderError, match="the disk is full"):
        write_atomic(path, "the new minutes" * 10_000)
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "the old minutes"
    assert [one.name for one in tmp_path.iterdir()] == ["summary.md"]


@pytest.mark.parametrize("rounds", [8, pytest.param(150, marks=pytest.mark.promise_long)])
def test_a_kill_while_writing_leaves_the_old_file_or_the_new_one(tmp_path: Path, rounds: int) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(b"%09d" % 0 * 30_000)
    for number in range(rounds):
        program = subprocess.Popen([sys.executable, "-c", REWRITING, str(path)], stdout=subprocess.PIPE)
        assert program.stdout is not None
        program.stdout.read(2)
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(0.003 * (number % 11))
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
        raw = path.read_bytes()
        assert len(raw) == 9 * 30_000
        assert raw == raw[:9] * 30_000


# ---- a workspace from its files


def test_a_workspace_is_rebuilt_whole_from_its_files(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path / "team")
    fill_demo(workspace)
    workspace.clock = lambda: NOW
    running = next(one for one in list_sessions(workspace).lines if one.status is SessionStatus.IN_PROGRESS)
    end_session(workspace, running.id, SessionStatus.ADJOURNED)
    before, actions, lines = exported(workspace, tmp_path / "before"), list_actions(workspace), list_sessions(workspace)
    workspace.close()
    clone = tmp_path / "clone"
    shutil.copytree(tmp_path / "team", clone, ignore=shutil.ignore_patterns("*.db*", "backups", ".windows"))
    copied = {path.relative_to(clone): path.read_bytes() for path in clone.rglob("*") if path.is_file()}
    again = a_workspace(clone)
    assert exported(again, tmp_path / "after") == before
    assert list_actions(again) == actions
    assert [(one.id, one.number, one.status, one.verdict) for one in list_sessions(again).lines] == [
        (one.id, one.number, one.status, one.verdict) for one in lines.lines
    ]
    again.close()
    assert again.problems == ()
    for name, raw in copied.items():
        assert (clone / name).read_bytes() == raw, "and the files are as they were"

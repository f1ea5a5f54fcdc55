"""Promise: an upgrade backs up first and loses nothing; an older program never touches a newer file."""

from __future__ import annotations

import hashlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import readyroom
from readyroom.__main__ import main
from readyroom.store.revisions import HEAD
from readyroom.workflows.home import home_view
from readyroom.workflows.workspace import open_workspace
from support.stores import put_meeting, store_at
from support.terminal import quiet_environment

NEXT = "9001"
MIGRATION = """
import os, signal
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{next}", "{head}", None, None

def upgrade():
    with op.batch_alter_table("session", recreate="always") as table:  # what everything hangs on
        table.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))
    op.create_table("mood", sa.Column("name", sa.Text(), primary_key=True))
    {ending}
"""
ENDINGS = {
    "well": "pass",
    "raising": "raise sa.exc.DataError('half', {}, Exception('way'))",
    "killed": "os.kill(os.getpid(), signal.SIGKILL)",
}
LISTING = ("session", "list")


def a_workspace(folder: Path) -> Path:
    folder.mkdir()
    with store_at(folder) as store:
        for name in "abc":
            put_meeting(store, name, answers=8)
    return folder / "sessions" / "readyroom.db"


def a_later_program(folder: Path, ending: str) -> dict[str, str]:
    """This program with one more schema revision, and an environment that runs it."""
    package = folder / "later" / "readyroom"
    shutil.copytree(Path(readyroom.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    agendas = Path(readyroom.__file__).parents[2] / "agendas"
    if agendas.is_dir():
        shutil.copytree(agendas, package / "shipped")
    revisions = package / "store" / "revisions.py"
    text = revisions.read_text(encoding="utf-8")
    changed = re.sub(r"^REVISIONS = \((.*?),?\)$", rf'REVISIONS = (\1, "{NEXT}")', text, flags=re.M)
    assert changed != text
    revisions.write_text(changed, encoding="utf-8")
    migration = MIGRATION.format(next=NEXT, head=HEAD, ending=ENDINGS[ending])
    (package / "store" / "migrations" / "versions" / f"{NEXT}_mood.py").write_text(migration, encoding="utf-8")
    return quiet_environment(folder, PYTHONPATH=str(folder / "later"))


def run(environ: dict[str, str], folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "readyroom", *words]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a database holds, by table."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in names}


def schema(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master ORDER BY name") if sql]


def the_backup(path: Path) -> Path:
    (copy,) = (path.parent / "backups").glob(f"before-{NEXT}-*.db")
    return copy


def test_an_upgrade_backs_up_first_and_keeps_every_row(tmp_path: Path) -> None:
    path = a_workspace(tmp_path / "team")
    before = rows(path)
    ran = run(a_later_program(tmp_path, "well"), tmp_path / "team", *LISTING)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("\n") >= 4, "the three sessions are listed"
    after = rows(path)
    assert after.pop("alembic_version") == [(NEXT,)]
    assert after.pop("mood") == []
    assert [row[:-1] for row in after.pop("session")] == before["session"]
    assert after == {name: kept for name, kept in before.items() if name not in ("session", "alembic_version")}
    assert rows(the_backup(path)) == before


@pytest.mark.parametrize("ending, code", [("raising", 1), ("killed", -signal.SIGKILL)])
def test_an_upgrade_that_breaks_off_leaves_everything_as_it_was(tmp_path: Path, ending: str, code: int) -> None:
    path = a_workspace(tmp_path / "team")
    before, tables = rows(path), schema(path)
    ran = run(a_later_program(tmp_path, ending), tmp_path / "team", *LISTING)
    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr
    assert (rows(path), schema(path)) == (before, tables)
    assert rows(the_backup(path)) == before
    with store_at(tmp_path / "team") as store:
        assert store.repository.count_sessions() == 3, "and the version before goes on"


OLDER = (
    ("session", "list"),
    ("session", "show", "last"),
    ("session", "finish", "last"),
    ("session", "export", "last", "--out", "out"),
    ("action", "list"),
    ("action", "add", "Alert on user errors"),
    ("run", "reliability-review", "--service", "checkout", "--headless"),
    ("db", "status"),
    ("db", "check"),
)


def test_an_older_program_never_touches_a_newer_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "team"
    path = a_workspace(folder)
    assert run(a_later_program(tmp_path, "well"), folder, *LISTING).returncode == 0
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    files = sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))
    monkeypatch.chdir(folder)
    for words in OLDER:
        main(list(words))
        told = capsys.readouterr()
        assert "newer version of readyroom" in told.err + told.out, words
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before, words
    assert sorted(str(one.relative_to(folder)) for one in folder.rglob("*")) == files
    workspace = open_workspace(folder, environ={}, cwd=folder)
    assert "newer version" in home_view(workspace).problem
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before

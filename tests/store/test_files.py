"""The database file: private, refused untouched where it is not ours, and every fault told in plain words."""

import hashlib
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from readyroom.store import StoreError, open_store
from readyroom.store.backup import backup, daily_backup, restore
from readyroom.store.check import check
from readyroom.store.engine import make_engine, read_database
from readyroom.store.errors import in_plain_words
from readyroom.store.glance import glance
from readyroom.store.migrations import revisions
from readyroom.store.revisions import HEAD, REVISIONS
from readyroom.store.schema import upgrade
from support.meetings import NOON, entry_of, make_risk
from support.stores import put_meeting, store_at, ticking


def database_of(folder: Path) -> Path:
    return folder / "sessions" / "readyroom.db"


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def a_workspace(folder: Path) -> Path:
    with store_at(folder) as store:
        put_meeting(store)
    return database_of(folder)


def test_what_is_written_is_for_its_owner_only(tmp_path):
    with store_at(tmp_path, back_up=True) as store:
        put_meeting(store)
        store.windows.register(store.repository.session("S-1").id, "Ana")
    with store_at(tmp_path, back_up=True):
        pass
    inside = tmp_path / "sessions"
    assert mode(inside) == 0o700
    for path in inside.rglob("*"):
        assert mode(path) & 0o077 == 0, path


def test_the_settings_that_lose_nothing_are_on(tmp_path):
    path = a_workspace(tmp_path)
    engine = make_engine(read_database(path))
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout")
        }
    engine.dispose()
    assert found == {
        "journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "busy_timeout": 5000,
    }  # fmt: skip


def schema_of(path: Path) -> dict[tuple[str, str], list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {(kind, name): sorted(re.split(r"[\s,()]+", sql or "")) for kind, name, sql in rows}


def test_the_migrations_give_the_same_schema_as_a_new_file(tmp_path):
    path = a_workspace(tmp_path)
    migrated = tmp_path / "migrated.db"
    engine = make_engine(read_database(migrated))
    upgrade(engine, NOON)
    engine.dispose()
    assert schema_of(migrated) == schema_of(path)
    assert revisions() == REVISIONS


def test_a_file_of_a_newer_version_is_refused_untouched(tmp_path):
    path = a_workspace(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = sha(path)
    with pytest.raises(StoreError, match="made by a newer version of readyroom"), store_at(tmp_path, back_up=True):
        pass
    assert "newer version" in str(glance(path, today=NOON.date()).problem)
    assert "newer version" in check(path).problems[0]
    assert sha(path) == before
    assert sorted(one.name for one in path.parent.iterdir()) == [".windows", "readyroom.db"][1:]


def test_an_older_file_is_backed_up_before_it_is_upgraded(tmp_path):
    path = database_of(tmp_path)
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    with store_at(tmp_path) as store:
        assert put_meeting(store).session.number == 1
    (copy,) = (path.parent / "backups").glob(f"before-{HEAD}-*.db")
    assert list(schema_of(copy)) == [("table", "alembic_version"), ("index", "sqlite_autoindex_alembic_version_1")]


def test_a_failed_upgrade_keeps_the_file_and_its_backup(tmp_path, monkeypatch):
    path = a_workspace(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr("readyroom.store.revisions.REVISIONS", ("0000", *REVISIONS))
    before = sha(path)
    with pytest.raises(StoreError, match="could not be upgraded"), store_at(tmp_path):
        pass
    assert sha(path) == before
    (copy,) = (path.parent / "backups").glob(f"before-{HEAD}-*.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM answer").fetchone() == (3,)


def test_a_failed_migration_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "half.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE record (session)")
    before = schema_of(path)
    engine = make_engine(read_database(path))
    with pytest.raises(StoreError):
        upgrade(engine, NOON)
    engine.dispose()
    assert schema_of(path) == before


@pytest.mark.parametrize(
    "damage, words",
    [
        (lambda raw: b"not a database, only text\n" * 400, "this file is no database"),
        (lambda raw: raw[: len(raw) // 3], "damaged"),
        (lambda raw: raw[:100] + bytes(4000) + raw[4100:], "damaged"),
    ],
    ids=["garbage", "truncated", "overwritten"],
)
def test_a_damaged_file_is_told_and_not_made_worse(tmp_path, damage, words):
    path = a_workspace(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    before = sha(path)
    with pytest.raises(StoreError, match=words) as told, store_at(tmp_path, back_up=True) as store:
        store.repository.sessions()
    assert told.value.fix
    assert words in str(glance(path, today=NOON.date()).problem)
    assert words in check(path).problems[0]
    assert sha(path) == before


def test_another_programs_database_is_refused(tmp_path):
    path = database_of(tmp_path)
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(StoreError, match="another program"), store_at(tmp_path):
        pass


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    (tmp_path / "sessions").write_text("in the way")
    with pytest.raises(StoreError, match="the folder cannot be made"), store_at(tmp_path):
        pass
    assert glance(database_of(tmp_path), today=NOON.date()).problem is not None


def test_a_folder_where_the_file_should_be_is_told(tmp_path):
    database_of(tmp_path).mkdir(parents=True)
    with pytest.raises(StoreError, match="a folder stands where"), store_at(tmp_path):
        pass
    assert "a folder stands where" in str(glance(database_of(tmp_path), today=NOON.date()).problem)


def test_an_empty_file_is_a_new_workspace(tmp_path):
    database_of(tmp_path).parent.mkdir()
    database_of(tmp_path).touch(mode=0o600)
    with store_at(tmp_path) as store:
        assert store.repository.count_sessions() == 0


def test_a_database_that_may_not_be_written_is_told(tmp_path):
    path = a_workspace(tmp_path)
    reading = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with closing(reading), pytest.raises(sqlite3.OperationalError) as refused:
        reading.execute("DELETE FROM risk")
    told = in_plain_words(refused.value, str(path))
    assert str(told) == f"{path}: the database may not be written; give yourself write permission on file and folder"


def test_programs_that_make_the_same_workspace_at_once_agree(tmp_path):
    script = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from readyroom.store import open_store
open_store(Path(sys.argv[1]), clock=lambda: datetime(2026, 11, 22, tzinfo=UTC)).close()
"""
    programs = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)]) for _ in range(4)]
    assert [program.wait(60) for program in programs] == [0, 0, 0, 0]
    assert check(database_of(tmp_path)).is_sound


def test_a_database_held_by_another_program_is_told(tmp_path, monkeypatch):
    path = a_workspace(tmp_path)
    monkeypatch.setattr("readyroom.store.engine._SETTINGS", ("PRAGMA busy_timeout = 50",))
    with store_at(tmp_path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        session = store.repository.session("S-1")
        with pytest.raises(StoreError, match="another program holds the database") as told:
            store.save(entry_of(session, [make_risk(session, "new")]))
        assert told.value.retryable


@pytest.mark.parametrize(
    "url, words",
    [
        ("postgresql://db/ready?password=hunter2", "PGPASSFILE"),
        ("mysql://db/ready", "SQLite file or in PostgreSQL"),
        ("sqlite://", "SQLite file or in PostgreSQL"),
        ("ht!tp://", "use a path or postgresql"),
    ],
)
def test_a_database_url_that_cannot_be_used_says_what_can(url, words):
    with pytest.raises(StoreError, match=words) as told:
        read_database(url)
    assert "hunter2" not in str(told.value)


def test_a_password_in_a_url_never_shows(tmp_path):
    database = read_database("postgresql://ana:hunter2@127.0.0.1:1/ready")
    assert "hunter2" not in database.place
    with pytest.raises(StoreError, match="cannot be reached") as told:
        open_store(tmp_path, url="postgresql://ana:hunter2@127.0.0.1:1/ready", clock=ticking())
    assert "hunter2" not in str(told.value)


def test_a_backup_is_whole_and_can_be_put_back(tmp_path):
    path = a_workspace(tmp_path)
    copy = backup(path, tmp_path / "safe" / "copy.db")
    with store_at(tmp_path) as store:
        session = store.repository.session("S-1")
        store.save(entry_of(session, [make_risk(session, "after the backup")]))
    kept = restore(copy, path)
    with store_at(tmp_path) as store:
        assert len(store.repository.risks()) == 1
    assert kept is not None
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM risk").fetchone() == (2,)


def test_a_damaged_backup_is_not_put_back(tmp_path):
    path = a_workspace(tmp_path)
    copy = backup(path, tmp_path / "copy.db")
    copy.write_bytes(copy.read_bytes()[:9000])
    before = sha(path)
    with pytest.raises(StoreError, match="damaged"):
        restore(copy, path)
    assert sha(path) == before
    assert list(path.parent.glob("*replaced*")) == []


def test_a_backup_that_cannot_be_written_leaves_nothing_half_done(tmp_path):
    path = a_workspace(tmp_path)
    target = tmp_path / "copies" / "copy.db"
    target.mkdir(parents=True)
    with pytest.raises(StoreError, match="backup cannot be written"):
        backup(path, target)
    assert list(target.parent.iterdir()) == [target]


def test_seven_daily_backups_are_kept(tmp_path):
    path = a_workspace(tmp_path)
    folder = tmp_path / "backups"
    days = [NOON.date() + timedelta(days=n) for n in range(10)]
    for day in days:
        assert daily_backup(path, folder, day)
        assert daily_backup(path, folder, day) is None
    assert sorted(one.name for one in folder.iterdir()) == [f"daily-{day}.db" for day in days[3:]]


def test_a_sound_database_has_no_problems(tmp_path):
    assert check(a_workspace(tmp_path)).is_sound


def test_wrong_counters_are_found_and_repaired_on_ask(tmp_path):
    path = a_workspace(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE session SET answered = 99, risks = 7")
        connection.execute("UPDATE action SET open = 0")
    found = check(path)
    assert "S-1 shows 99 for answered, it is 3" in found.problems
    assert len(found.problems) == 3
    repaired = check(path, repair=True)
    assert repaired.is_sound
    assert len(repaired.repaired) == 3
    assert check(path) == type(repaired)()


def test_a_hole_in_the_journal_is_found(tmp_path):
    path = a_workspace(tmp_path)
    with store_at(tmp_path) as store:
        session = store.repository.session("S-1")
        store.save(entry_of(session, [make_risk(session, "two")]))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM journal WHERE sequence = 1")
    assert check(path, repair=True).problems == ("the journal has 1 entries, and 2 were written",)


def test_a_row_that_belongs_to_nothing_is_found(tmp_path):
    path = a_workspace(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE risk SET session = 'gone'")
    assert "belongs to a session that is not there" in check(path).problems[0]

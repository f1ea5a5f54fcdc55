"""The same store on PostgreSQL, where a server can be started for the test."""

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from readyroom.domain.answer import AnswerKey
from readyroom.store import Conflict, StoreError, open_store
from support.meetings import entry_of, entry_to, make_action, make_meeting, make_record, make_risk
from support.stores import put_meeting, ticking


def server_program(name):
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    pytest.importorskip("psycopg")
    if server_program("initdb") is None:
        pytest.skip("no PostgreSQL server is installed")
    folder = tmp_path_factory.mktemp("pg")
    account = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            shutil.chown(folder, "postgres", "postgres")
        except LookupError:
            pytest.skip("there is no postgres account")
        for above in folder.parents:
            if above.stat().st_uid == 0 and above.stat().st_mode & 0o7 == 0:
                above.chmod(0o711)
        account = {"user": "postgres", "group": "postgres", "extra_groups": []}
    place = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, **account}
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    made = [server_program("initdb"), "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([*made, "--locale=C.UTF-8"], **place, **quiet)
    options = f"-c listen_addresses= -k {folder} -c fsync=off"
    control = [server_program("pg_ctl"), "-D", "data", "-w"]
    subprocess.run([*control, "-l", "log", "-o", options, "start"], **place, **quiet)
    yield f"postgresql://postgres@/postgres?host={folder}"
    subprocess.run([*control, "-m", "immediate", "stop"], **place, **quiet)


@pytest.fixture
def url(server):
    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return server


def opened(folder, url):
    return open_store(folder, url=url, clock=ticking(), back_up=False)


def test_a_meeting_comes_back_as_it_was(tmp_path, url):
    store = opened(tmp_path, url)
    meeting = put_meeting(store, answers=8)
    assert meeting == make_meeting(answers=8)
    window = store.windows.register(meeting.session.id, "Ana")
    store.writer.remember_position(window.id, AnswerKey("q3"))
    store.writer.remember_draft(window.id, "capture", "half")
    store.writer.remember_heartbeat(meeting.sittings[0].id, meeting.sittings[0].started_at)
    store.changed()
    saved = []
    store.writer.submit(entry_of(meeting.session, [make_action(meeting.session, "next")]), saved=saved.append)
    assert store.writer.flush()
    assert store.changed()
    assert saved[0].changes[0].after.number == 2
    assert store.entries_of(window) == ()
    assert store.changes_since(1) == (saved[0],)
    assert store.repository.sessions(search="weekly").lines[0].actions == 2
    assert [one.short for one in store.repository.action_lines(limit=1).lines] == ["A-1"]
    assert store.windows.latest(meeting.session.id).drafts == {"capture": "half"}
    assert store.put_record(make_record(make_meeting("guest"))).renumbered
    store.close()


def test_conflicts_and_values_that_do_not_fit_are_told(tmp_path, url):
    store = opened(tmp_path, url)
    meeting = put_meeting(store)
    action = meeting.actions[0]
    store.save(entry_to(meeting.session, action, replace(action, owner="Bo"), window="window-2"))
    with pytest.raises(Conflict):
        store.save(entry_to(meeting.session, action, replace(action, owner="Chidi")))
    for odd in (make_risk(meeting.session, "odd", worry=9), make_risk(meeting.session, "nul", because="a\x00b")):
        with pytest.raises(StoreError, match="does not fit"):
            store.save(entry_of(meeting.session, [odd]))
    assert store.sequence == 2
    store.close()


def test_programs_that_write_at_once_never_share_a_number(tmp_path, url):
    stores = [opened(tmp_path, url) for _ in range(3)]
    session = put_meeting(stores[0]).session

    def save(number):
        action = make_action(session, f"action {number}")
        return stores[number % 3].save(entry_of(session, [action], what=str(number))).changes[0].after.number

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(save, range(60))) == list(range(2, 62))
    assert [one.sequence for one in stores[0].changes_since(0)] == list(range(1, 62))
    for store in stores:
        store.close()


def test_a_schema_of_a_newer_version_is_refused(tmp_path, url):
    opened(tmp_path, url).close()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer version"):
        opened(tmp_path, url)

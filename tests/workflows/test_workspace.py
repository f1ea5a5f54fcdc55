"""Finding and making a workspace, what Home shows of it, and a database made anew from its records."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from readyroom.borders.errors import BorderError
from readyroom.domain.capture import ActionStatus, CaptureKind
from readyroom.store import StoreError
from readyroom.workflows.actions import ActionEdit, add_action, edit_action
from readyroom.workflows.home import home_view, needs_store
from readyroom.workflows.maintenance import (
    backup_database,
    check_database,
    database_status,
    list_backups,
    rebuild_database,
    restore_database,
)
from readyroom.workflows.sessions import list_sessions, session_meeting, session_named
from readyroom.workflows.setup import make_workspace
from readyroom.workflows.start import unfinished_session
from readyroom.workflows.workspace import open_workspace
from readyroom.workflows.wrapup import adjourn, finish, reopen
from workflows.room import Clock, Room, at, hold

IMPORTING = """
import json, sys
import readyroom.workflows.home, readyroom.workflows.workspace
from pathlib import Path
from readyroom.workflows.workspace import open_workspace
workspace = open_workspace(Path(sys.argv[1]), environ={}, cwd=Path(sys.argv[1]))
readyroom.workflows.home.home_view(workspace)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def finished(room, subject="checkout", action="Alert on user errors @bo +2w"):
    live = hold("alerts", room.live(room.start(subject)), subject)
    live.answer("fail")
    live.capture(CaptureKind.ACTION, action)
    return finish(room.workspace, live)


def found(folder, **environ):
    return open_workspace(None, environ=environ, cwd=folder, clock=Clock())


def test_home_is_shown_without_sqlmodel_and_textual(tmp_path):
    with Room(tmp_path) as room:
        finished(room)
    told = subprocess.run([sys.executable, "-c", IMPORTING, str(tmp_path)], capture_output=True, text=True, check=True)
    loaded = set(json.loads(told.stdout))
    assert loaded & {"sqlmodel", "sqlalchemy", "textual", "rich", "pydantic", "alembic"} == set()
    assert "sqlite3" in loaded


# ---- finding and making


def test_the_workspace_is_the_nearest_folder_upwards_else_the_one_one_is_in(tmp_path):
    inner = tmp_path / "team" / "docs" / "deep"
    inner.mkdir(parents=True)
    assert found(inner).folder == inner
    (tmp_path / "team" / "sessions").mkdir()
    assert found(inner).folder == tmp_path / "team"
    (tmp_path / "team" / "docs" / "readyroom.toml").write_text("", encoding="utf-8")
    assert found(inner).folder == tmp_path / "team" / "docs"
    assert found(inner, READYROOM_WORKSPACE=str(tmp_path)).folder == tmp_path
    named = open_workspace(tmp_path / "team", environ={"READYROOM_WORKSPACE": str(tmp_path)}, cwd=inner)
    assert named.folder == tmp_path / "team"
    assert [path.name for path in inner.iterdir()] == []


def test_a_workspace_that_was_named_and_is_not_there_is_told(tmp_path):
    with pytest.raises(BorderError, match="gone"):
        open_workspace(tmp_path / "gone", environ={}, cwd=tmp_path)


def test_who_acts_and_which_zone_counts_come_from_the_configuration(tmp_path):
    (tmp_path / "readyroom.toml").write_text('[workspace]\ntimezone = "Pacific/Auckland"\n', encoding="utf-8")
    (tmp_path / "me.toml").write_text('[user]\nname = "Ana Lima"\n[look]\nglyphs = "ascii"\n', encoding="utf-8")
    workspace = found(tmp_path, READYROOM_CONFIG=str(tmp_path / "me.toml"))
    assert (workspace.actor, workspace.zone, workspace.look.glyphs) == ("Ana Lima", "Pacific/Auckland", "ascii")
    workspace.clock.on(hours=3)
    assert workspace.today.isoformat() == "2026-11-24"


def test_a_broken_configuration_is_told_and_keeps_nobody_from_starting(tmp_path):
    (tmp_path / "readyroom.toml").write_text("[workspace\n", encoding="utf-8")
    workspace = found(tmp_path)
    assert "readyroom.toml:1" in str(workspace.problems[0])
    workspace.store()
    workspace.close()


def test_making_a_workspace_leaves_what_is_there_alone(tmp_path):
    made = make_workspace(tmp_path / "team")
    assert [path.name for path in made] == ["readyroom.toml", ".gitignore"]
    (tmp_path / "team" / "readyroom.toml").write_text("# ours\n", encoding="utf-8")
    assert make_workspace(tmp_path / "team") == ()
    assert (tmp_path / "team" / "readyroom.toml").read_text(encoding="utf-8") == "# ours\n"
    (tmp_path / "file").touch()
    with pytest.raises(BorderError, match="choose another folder"):
        make_workspace(tmp_path / "file")


def test_the_database_is_ignored_and_the_records_are_not(tmp_path):
    make_workspace(tmp_path)
    with Room(tmp_path) as room:
        written = finished(room)
        room.live(room.start("ledger"))
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
        listed = ["git", "-C", str(tmp_path), "ls-files", "--others", "--exclude-standard"]
        told = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()
    assert str(written.record.relative_to(tmp_path)) in told
    assert "sessions/register.json" in told
    assert not [name for name in told if ".db" in name or "backups" in name or ".windows" in name]


# ---- home


def test_home_shows_where_to_go_on_and_what_is_due(tmp_path):
    with Room(tmp_path) as room:
        finished(room, action="Alert on user errors @bo tomorrow")
        room.settle(hold("owner", room.live(room.start("ledger")), "ledger"))
        seen = home_view(room.workspace)
        assert (seen.resume.subject, seen.resume.section) == ("ledger", "section 2 of 2, Second things")
        assert [(line.state, line.title, line.detail) for line in seen.due] == [
            ("due", "A-1 Alert on user errors · Bo", "tomorrow")
        ]
        assert [(line.short_id, line.verdict != "") for line in seen.sessions] == [("S-2", False), ("S-1", True)]
        room.clock.on(days=3)
        assert home_view(room.workspace).due[0].detail == "2 days over"
        assert [line.short_id for line in home_view(room.workspace, search="LEDG").sessions] == ["S-2"]


def test_home_of_an_empty_folder_is_empty_and_writes_nothing(tmp_path):
    seen = home_view(found(tmp_path))
    assert (seen.sessions, seen.resume, seen.problem) == ((), None, "")
    assert list(tmp_path.iterdir()) == []


def test_home_tells_what_is_wrong_with_the_database(tmp_path):
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "readyroom.db").write_bytes(b"this is no database, but long enough to look at" * 50)
    seen = home_view(found(tmp_path))
    assert "readyroom.db" in seen.problem
    assert "rebuild" in seen.problem


def test_sessions_are_found_by_what_people_call_them(tmp_path):
    with Room(tmp_path) as room:
        first, second = room.start(), room.start("ledger")
        assert session_named(room.workspace, "S-1") == session_named(room.workspace, first[:13]) == first
        assert session_named(room.workspace, "LAST") in (first, second)
        assert session_meeting(room.workspace, "S-2").session.subjects == ("ledger",)
        assert unfinished_session(room.workspace, "till-look", ["Ledger"]) == second
        assert unfinished_session(room.workspace, "till-look", ["search"]) is None
        assert len(list_sessions(room.workspace).lines) == 2
        with pytest.raises(StoreError, match="S-9"):
            session_named(room.workspace, "S-9")


# ---- from the records


def cloned(tmp_path):
    """What a colleague gets who clones the team's repository."""
    copy = tmp_path / "clone"
    shutil.copytree(
        tmp_path / "team", copy, ignore=shutil.ignore_patterns("*.db*", "backups", ".windows", "readyroom.toml")
    )
    return copy


def test_a_cloned_workspace_opens_with_everything_that_was_finished(tmp_path):
    with Room(tmp_path / "team") as room:
        finished(room)
        live = hold("owner", room.live(room.start("ledger")), "ledger")
        live.answer("Team Till")
        adjourn(room.workspace, live)
        before = {line.id: line for line in room.repository.sessions().lines}
    workspace = found(cloned(tmp_path))
    assert needs_store(workspace)
    seen = home_view(workspace)
    assert [line.short_id for line in seen.sessions] == [line.short for line in before.values()]
    assert not needs_store(workspace)
    assert session_meeting(workspace, "S-2").answer(at("owner", "ledger")).value == "Team Till"
    assert [action.number for action in workspace.store().repository.actions()] == [1]
    workspace.close()


def test_a_kill_while_the_records_are_read_in_does_not_hide_them_for_good(tmp_path):
    with Room(tmp_path / "team") as room:
        finished(room)
    copy = cloned(tmp_path)
    with Room(copy):
        pass  # a database without anything in it, as a kill leaves it
    workspace = found(copy)
    assert workspace.store().repository.count_sessions() == 1
    workspace.close()


def test_one_broken_record_is_told_and_hides_no_other(tmp_path):
    with Room(tmp_path / "team") as room:
        finished(room)
        broken = finished(room, "ledger").record
    copy = cloned(tmp_path)
    broken = copy / broken.relative_to(tmp_path / "team")
    broken.write_text('{"format": 1', encoding="utf-8")
    workspace = found(copy)
    assert workspace.store().repository.count_sessions() == 1
    assert [problem.file for problem in workspace.problems] == [str(broken)]
    workspace.close()
    report = rebuild_database(found(copy))
    assert report.sessions == 1
    assert str(broken) in report.problems[0]


def test_rebuilding_keeps_the_old_database_aside_each_time(tmp_path):
    with Room(tmp_path) as room:
        finished(room)
        before = room.repository.meeting(session_named(room.workspace, "S-1"))
        room.start("ledger")
        first = rebuild_database(room.workspace)
        assert (first.sessions, first.left_behind) == (1, 1)
        second = rebuild_database(room.workspace)
        assert (first.kept_aside != second.kept_aside, second.left_behind) == (True, 0)
        assert len(list((tmp_path / "sessions").glob("readyroom-*.db"))) == 2
        after = room.repository.meeting(before.session.id)
        assert (after.answers, after.captures) == (before.answers, before.captures)


def test_without_records_nothing_is_rebuilt_and_nothing_is_moved(tmp_path):
    with Room(tmp_path) as room:
        room.start()
        with pytest.raises(BorderError, match="nothing was changed"):
            rebuild_database(room.workspace)
        assert room.repository.count_sessions() == 1


def test_how_the_database_stands_is_told_without_making_one(tmp_path):
    status = database_status(found(tmp_path))
    assert (status.exists, status.sessions, status.last_backup) == (False, 0, "")
    assert list(tmp_path.iterdir()) == []
    for asked in (check_database, backup_database):
        with pytest.raises(BorderError, match="no database yet"):
            asked(found(tmp_path))
    with Room(tmp_path) as room:
        finished(room)
        copy = backup_database(room.workspace)
        status = database_status(room.workspace)
        assert (status.sessions, status.open_actions, status.records, status.last_backup) == (1, 1, 1, copy.name)
        assert check_database(room.workspace).is_sound


def open_clone(tmp_path):
    workspace = found(cloned(tmp_path))
    return workspace, workspace.store().repository


def test_a_clone_has_the_actions_of_no_session_open_and_closed(tmp_path):
    with Room(tmp_path / "team") as room:
        add_action(room.workspace, "Tell support @dee +2w")
        add_action(room.workspace, "Order a pager")
        edit_action(room.workspace, "A-2", ActionEdit(status=ActionStatus.DONE, outcome="It came"))
        before = room.repository.actions()
    workspace, repository = open_clone(tmp_path)
    assert repository.actions() == before
    assert add_action(workspace, "A third one").number == 3
    workspace.close()


def test_what_became_of_an_action_survives_though_its_session_goes_on(tmp_path):
    with Room(tmp_path / "team") as room:
        live = hold("alerts", room.live())
        live.capture(CaptureKind.ACTION, "Alert on user errors @bo +2w")
        adjourn(room.workspace, live)
        edit_action(room.workspace, "A-1", ActionEdit(status=ActionStatus.DROPPED, outcome="Nobody needs it"))
        before = room.repository.actions()
    workspace, repository = open_clone(tmp_path)
    assert repository.actions() == before
    workspace.close()


def test_what_was_said_after_an_adjourn_is_in_the_files_once_the_program_ends(tmp_path):
    with Room(tmp_path / "team") as room:
        live = hold("alerts", room.live())
        live.answer("fail")
        adjourn(room.workspace, live)
        again = hold("alerts", room.live(live.meeting.session.id))
        again.answer("pass")
        again.capture(CaptureKind.ACTION, "Alert on user errors @bo +2w")
        room.settle(again)
        session = again.meeting.session.id
    workspace, repository = open_clone(tmp_path)
    assert repository.meeting(session).answer(at("alerts")).value == "pass"
    assert [one.title for one in repository.actions()] == ["Alert on user errors"]
    workspace.close()


def test_a_reopened_session_is_open_in_a_clone_too(tmp_path):
    with Room(tmp_path / "team") as room:
        finished(room)
        reopen(room.workspace, session_named(room.workspace, "S-1"))
    workspace, repository = open_clone(tmp_path)
    assert not repository.session("S-1").is_over
    workspace.close()


def test_an_action_of_a_session_without_files_is_kept_without_it(tmp_path):
    with Room(tmp_path / "team") as room:
        finished(room)
        live = hold("alerts", room.live(room.start("ledger")), "ledger")
        live.capture(CaptureKind.ACTION, "Write the runbook @bo")
        room.settle(live)
        add_action(room.workspace, "Tell support @dee")
    workspace, repository = open_clone(tmp_path)
    assert [(one.number, bool(one.session)) for one in repository.actions()] == [(1, True), (2, False), (3, False)]
    workspace.close()


def test_a_rebuild_names_what_only_the_old_database_had(tmp_path):
    with Room(tmp_path) as room:
        finished(room)
        live = hold("alerts", room.live(room.start("ledger")), "ledger")
        live.answer("pass")
        live.capture(CaptureKind.PARKED, "Talk about the pager")
        room.settle(live)
        report = rebuild_database(room.workspace)
        assert report.only_there == ("session S-2, which was never adjourned or finished", "P-1")


def test_a_broken_register_is_told_and_hides_no_record(tmp_path):
    with Room(tmp_path / "team") as room:
        finished(room)
    copy = cloned(tmp_path)
    (copy / "sessions" / "register.json").write_text("{", encoding="utf-8")
    workspace = found(copy)
    assert workspace.store().repository.count_sessions() == 1
    assert [problem.file for problem in workspace.problems] == [str(copy / "sessions" / "register.json")]
    workspace.close()


def test_a_folder_that_was_never_initialised_ignores_its_database_all_the_same(tmp_path):
    workspace = found(tmp_path)
    workspace.store()
    workspace.close()
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    listed = subprocess.run(["git", "-C", str(tmp_path), "status", "-s", "-uall"], capture_output=True, text=True)
    assert listed.stdout.split()[1::2] == ["sessions/.gitignore"]
    (tmp_path / "sessions" / ".gitignore").write_text("# ours\n", encoding="utf-8")
    workspace.store()
    workspace.close()
    assert (tmp_path / "sessions" / ".gitignore").read_text(encoding="utf-8") == "# ours\n"


# ---- backups


def test_a_backup_is_restored_and_what_stood_there_is_kept(tmp_path):
    with Room(tmp_path) as room:
        add_action(room.workspace, "Alert on user errors")
        copy = backup_database(room.workspace)
        add_action(room.workspace, "Write the runbook")
        assert [one.name for one in list_backups(room.workspace)] == [copy.name]
        done = restore_database(room.workspace, Path(copy.name))
        assert [one.number for one in room.repository.actions()] == [1]
        room.workspace.close()
        restore_database(room.workspace, Path(done.kept_aside))
        assert [one.number for one in room.repository.actions()] == [1, 2]


def test_a_damaged_database_is_restored_from_a_backup(tmp_path):
    with Room(tmp_path) as room:
        add_action(room.workspace, "Alert on user errors")
        copy = backup_database(room.workspace)
    database = tmp_path / "sessions" / "readyroom.db"
    database.write_bytes(database.read_bytes()[:5000] + bytes(4000))
    workspace = found(tmp_path)
    restore_database(workspace, copy)
    assert [one.number for one in workspace.store().repository.actions()] == [1]
    workspace.close()


def test_nothing_is_restored_under_an_open_window_or_from_what_is_no_backup(tmp_path):
    with Room(tmp_path) as room:
        copy = backup_database(room.workspace)
        room.live()
        other = found(tmp_path)
        with pytest.raises(BorderError, match="open in another window"):
            restore_database(other, copy)
        with pytest.raises(BorderError, match="no such backup"):
            restore_database(other, Path("gone.db"))
        (tmp_path / "empty.db").touch()
        with pytest.raises(BorderError, match="nothing in this backup"):
            restore_database(other, tmp_path / "empty.db")
        assert room.repository.count_sessions() == 1


def test_a_backup_is_written_over_no_file(tmp_path):
    with Room(tmp_path) as room:
        copy = backup_database(room.workspace, tmp_path / "mine.db")
        with pytest.raises(BorderError, match=r"mine\.db: there is a file of that name already"):
            backup_database(room.workspace, copy)

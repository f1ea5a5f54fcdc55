"""Carrying sessions between workspaces: they come back exactly, twice is once, and nothing is mixed up."""

from pathlib import Path

import pytest

from readyroom.borders.errors import BorderError
from readyroom.domain.capture import CaptureKind
from readyroom.domain.session import SessionStatus
from readyroom.records.register import load_register
from readyroom.workflows.live import LiveMeeting
from readyroom.workflows.transfer import export_session, import_session
from readyroom.workflows.wrapup import finish
from workflows.room import Room, at, hold


def spoken(room: Room, *subjects: str) -> LiveMeeting:
    live = hold("alerts", room.live(room.start(*subjects)), (subjects or ("checkout",))[0])
    live.answer("fail")
    live.note("Only by day")
    live.take(live.suggestions()[0])
    live.dismiss(live.suggestions()[0])
    for kind in CaptureKind:
        live.capture(kind, f"A {kind.value} @bo +2w !2")
    room.clock.on(minutes=3)
    return room.settle(live)


def exported(room: Room, session: str, folder: Path) -> bytes:
    export_session(room.workspace, session, formats=("json",), out=folder)
    return (folder / "record.json").read_bytes()


def test_a_finished_session_comes_back_exactly_and_twice_changes_nothing(tmp_path):
    with Room(tmp_path / "here") as here, Room(tmp_path / "there") as there:
        written = finish(here.workspace, spoken(here))
        taken = import_session(there.workspace, written.folder)
        assert (taken.short_id, taken.unchanged, taken.renumbered) == ("S-1", False, ())
        assert exported(there, taken.session_id, tmp_path / "out") == written.record.read_bytes()
        before = there.repository.journal(limit=None)
        assert import_session(there.workspace, written.record).unchanged
        assert there.repository.journal(limit=None) == before
        assert [one.number for one in load_register(there.workspace.sessions).actions] == [1, 2]


def test_short_ids_that_are_taken_are_given_anew_and_told(tmp_path):
    with Room(tmp_path / "here") as here, Room(tmp_path / "there") as there:
        spoken(there, "ledger")
        written = finish(here.workspace, spoken(here))
        taken = import_session(there.workspace, written.record)
        assert taken.short_id == "S-2"
        told = dict(taken.renumbered)
        assert (told["S-1"], told["A-1"], told["A-2"], told["R-1"]) == ("S-2", "A-3", "A-4", "R-2")
        assert [one.number for one in there.repository.actions()] == [1, 2, 3, 4]
        assert import_session(there.workspace, written.record).unchanged


def test_an_unfinished_session_travels_to_another_laptop_and_back(tmp_path):
    with Room(tmp_path / "here") as here, Room(tmp_path / "there", actor="Bo") as there:
        session = spoken(here).meeting.session.id
        exported(here, session, tmp_path / "out")
        import_session(there.workspace, tmp_path / "out")
        live = hold("owner", there.live(session))
        assert live.meeting.session.status is SessionStatus.IN_PROGRESS
        assert live.meeting.answer(at("alerts")).note == "Only by day"
        assert live.suggestions() == ()
        live.answer("Team Till")
        there.settle(live)
        exported(there, session, tmp_path / "back")
        here.kill()
        assert not import_session(here.workspace, tmp_path / "back").unchanged
        assert here.repository.meeting(session).answer(at("owner")).value == "Team Till"


def test_every_format_is_written_and_an_unknown_one_writes_nothing(tmp_path):
    with Room(tmp_path) as room:
        session = spoken(room).meeting.session.id
        paths = export_session(room.workspace, session, formats=("json", "md"), out=tmp_path / "out")
        assert [path.name for path in paths] == ["record.json", "summary.md"]
        with pytest.raises(BorderError, match="choose from json"):
            export_session(room.workspace, session, formats=("json", "docx"), out=tmp_path / "other")
        assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 99}', b"\xff", b"[" * 5000])
def test_a_file_that_is_no_record_is_named_and_nothing_is_taken(tmp_path, content):
    with Room(tmp_path) as room:
        (tmp_path / "record.json").write_bytes(content)
        with pytest.raises(BorderError, match=r"record\.json"):
            import_session(room.workspace, tmp_path)
        assert room.repository.count_sessions() == 0

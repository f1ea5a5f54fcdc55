"""Ending a meeting: nothing that is missing stops it, its files say what the database has, and trouble is told."""

import json

import pytest

from readyroom.borders.errors import BorderError
from readyroom.domain.capture import ActionStatus, CaptureKind
from readyroom.domain.session import SessionStatus
from readyroom.records.canonical import read_record, record_bytes
from readyroom.records.register import load_register
from readyroom.store import StoreError
from readyroom.workflows import wrapup
from readyroom.workflows.actions import ActionEdit, ActionFilter, add_action, edit_action, list_actions
from readyroom.workflows.live import SavedMark
from readyroom.workflows.wrapup import adjourn, end_session, finish, live_outcome, record_now, reopen
from workflows.room import Room, at, hold


def record_in(written):
    return read_record(written.record.read_bytes(), str(written.record))


def test_a_meeting_in_which_nothing_was_said_can_be_finished(tmp_path):
    with Room(tmp_path) as room:
        live = room.live(room.start(people=()))
        written = finish(room.workspace, live)
        assert live.meeting.session.status is SessionStatus.FINISHED
        record = record_in(written)
        assert record.outcome.gaps
        summary = written.summary.read_text(encoding="utf-8")
        assert summary.index("Does it page somebody?") < summary.index("Who owns it?")
        assert written.folder == tmp_path / "sessions" / "2026-11-23-checkout-till-look"


def test_the_record_has_what_was_said_a_moment_ago_with_its_short_id(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.answer("fail")
        live.capture(CaptureKind.ACTION, "Alert on user errors @bo +2w")
        written = finish(room.workspace, live)  # the screen has not heard of the save yet
        record = record_in(written)
        assert [one.number for one in record.actions] == [1]
        room.calls.run()
        assert live.meeting.session.is_over
        assert live.meeting.sitting.ended_at == live.now
        assert live.saving.mark is SavedMark.SAVED
        assert live.meeting == room.kept(live)


def test_the_record_reads_back_equal_and_is_written_the_same_again(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.answer("fail")
        live.take(live.suggestions()[0])
        live.dismiss(live.suggestions()[0])
        room.clock.on(minutes=5)
        written = finish(room.workspace, live)
        raw = written.record.read_bytes()
        assert record_in(written) == record_now(room.workspace, room.kept(live))
        assert record_bytes(record_in(written)) == raw
        room.clock.on(days=1)
        again = end_session(room.workspace, live.meeting.session.id, SessionStatus.FINISHED)
        assert again.record.read_bytes() == raw


def test_the_clock_stops_with_the_meeting(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        room.clock.on(minutes=5)
        finish(room.workspace, live)
        room.clock.on(hours=5)
        assert not live.timing.running
        assert live.timing.this_sitting == 300
        live.beat()
        live.toggle_clock()
        assert room.kept(room.settle(live)).sitting == live.meeting.sitting


def test_adjourning_writes_interim_minutes_and_the_session_goes_on(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.answer("pass")
        written = adjourn(room.workspace, live)
        assert record_in(written).session.status is SessionStatus.ADJOURNED
        session = live.meeting.session.id
        assert finish(room.workspace, room.live(session)).folder == written.folder
        with pytest.raises(BorderError, match="reopen it first"):
            end_session(room.workspace, session, SessionStatus.ADJOURNED)


def test_a_finished_session_is_reopened_and_finished_again_into_the_same_files(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.answer("fail")
        written = finish(room.workspace, live)
        session = live.meeting.session.id
        with pytest.raises(BorderError, match="is finished"):
            room.live(session)
        room.clock.on(days=1)
        reopen(room.workspace, session)
        reopen(room.workspace, session)
        assert written.record.exists()
        again = hold("alerts", room.live(session))
        again.answer("pass")
        rewritten = finish(room.workspace, again)
        assert rewritten.record == written.record
        record = record_in(rewritten)
        assert [sitting.number for sitting in record.sittings] == [1, 2]
        assert record.answer(at("alerts")).value == "pass"


def test_the_verdict_is_in_the_lists(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.answer("fail")
        verdict = live_outcome(live).verdict
        finish(room.workspace, live)
        (line,) = room.repository.sessions().lines
        assert line.verdict == verdict.value == "high"


def test_a_file_that_cannot_be_written_is_told_while_the_session_is_finished(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        folder = tmp_path / "sessions" / "2026-11-23-checkout-till-look"
        (folder / "summary.md").mkdir(parents=True)
        with pytest.raises(BorderError) as told:
            finish(room.workspace, live)
        assert str(told.value).startswith(
            f"{folder / 'summary.md'}: S-1 is finished and saved, but a file is not written"
        )
        assert live.meeting.session.is_over
        assert room.kept(live).session.is_over
        (folder / "summary.md").rmdir()
        assert end_session(room.workspace, live.meeting.session.id, SessionStatus.FINISHED).summary.is_file()


def test_nothing_is_closed_over_something_that_is_not_saved(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        room.settle(live)
        room.disk.full = True
        live.answer("fail")
        room.settle(live)
        with pytest.raises(StoreError, match=r"not saved \(the disk is full\), so the session stays open"):
            finish(room.workspace, live)
        assert not live.meeting.session.is_over
        room.disk.full = False
        assert record_in(finish(room.workspace, live)).answer(at("alerts")).value == "fail"


def test_a_conflict_while_ending_takes_in_what_the_other_window_said(tmp_path, monkeypatch):
    with Room(tmp_path) as room, Room(tmp_path, actor="Bo") as other:
        live = room.live()
        room.settle(live)
        theirs = other.live(live.meeting.session.id)
        save = wrapup.save_step

        def late(workspace, step, *, window=""):
            monkeypatch.setattr(wrapup, "save_step", save)
            theirs.set_attendees(theirs.meeting.sitting.attendees[:2])
            other.settle(theirs)
            return save(workspace, step, window=window)

        monkeypatch.setattr(wrapup, "save_step", late)
        record = record_in(finish(room.workspace, live))
        assert [one.name for one in record.sittings[0].attendees] == ["Ana", "Bo"]


def test_a_session_that_another_window_finished_is_not_finished_twice(tmp_path):
    with Room(tmp_path) as room, Room(tmp_path, actor="Bo") as other:
        live = room.live()
        room.settle(live)
        finish(other.workspace, other.live(live.meeting.session.id))
        at_noon = room.kept(live).session.finished_at
        room.clock.on(minutes=9)
        finish(room.workspace, live)
        assert live.meeting.session.finished_at == at_noon


# ---- actions afterwards


def test_what_becomes_of_an_action_is_in_the_files_and_in_the_register(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.capture(CaptureKind.ACTION, "Alert on user errors @bo +2w")
        live.capture(CaptureKind.ACTION, "Write the runbook @dee fri")
        written = finish(room.workspace, live)
        sessions = tmp_path / "sessions"
        assert [one.number for one in load_register(sessions).actions] == [1, 2]
        edited = edit_action(room.workspace, "A-2", ActionEdit(due="+4w", owner="Chidi"))
        assert (edited.slips, edited.agreed, edited.owner) == (1, True, "Chidi")
        edit_action(room.workspace, "A-1", ActionEdit(status=ActionStatus.DONE, outcome="It paged on Friday"))
        first, second = record_in(written).actions
        assert (first.status, first.outcome, second.owner) == (ActionStatus.DONE, "It paged on Friday", "Chidi")
        assert "Chidi" in written.summary.read_text(encoding="utf-8")
        assert [one.number for one in load_register(sessions).actions] == [2]
        added = add_action(room.workspace, "Tell support @dee", session="S-1", subject="checkout")
        assert [one.id for one in record_in(written).actions][-1] == added.id


def test_an_action_is_saved_though_its_file_is_not_and_both_is_said(tmp_path):
    with Room(tmp_path) as room:
        room.live()
        (tmp_path / "sessions" / "register.json").mkdir()
        with pytest.raises(BorderError, match="A-1 is saved, but a file is not written"):
            add_action(room.workspace, "Alert on user errors")
        assert [one.title for one in room.repository.actions()] == ["Alert on user errors"]


@pytest.mark.parametrize("edit, said", [(ActionEdit(title=" "), "no title"), (ActionEdit(due="someday"), "someday")])
def test_an_edit_that_makes_no_sense_changes_nothing(tmp_path, edit, said):
    with Room(tmp_path) as room:
        made = add_action(room.workspace, "Alert on user errors @ana +2w")
        with pytest.raises(BorderError, match=said):
            edit_action(room.workspace, "A-1", edit)
        assert room.repository.action("A-1") == made
        assert edit_action(room.workspace, "A-1", ActionEdit(owner="ana")) == made


def test_an_action_that_says_nothing_is_refused_with_an_example(tmp_path):
    with Room(tmp_path) as room, pytest.raises(BorderError, match="such as: Alert on user errors @ana"):
        add_action(room.workspace, " @ana +2w ")


def test_the_record_is_json_that_anybody_can_read(tmp_path):
    with Room(tmp_path) as room:
        written = finish(room.workspace, room.live())
        assert json.loads(written.record.read_text(encoding="utf-8"))["session"]["title"] == "Till look"


# ---- owners


def test_an_owner_is_completed_to_the_person_who_is_known(tmp_path):
    with Room(tmp_path) as room:
        room.live(room.start(people=(("Ana Lima", "owner"), ("Bo Svensson", ""), ("Bea", ""))))
        assert add_action(room.workspace, "Alert on user errors @ana").owner == "Ana Lima"
        assert edit_action(room.workspace, "A-1", ActionEdit(owner="bo")).owner == "Bo Svensson"
        assert edit_action(room.workspace, "A-1", ActionEdit(owner="b")).owner == "b"
        assert edit_action(room.workspace, "A-1", ActionEdit(owner="dee")).owner == "dee"


def test_actions_are_listed_by_the_whole_name_or_the_beginning_that_only_one_owner_has(tmp_path):
    with Room(tmp_path) as room:
        for owner in ("Ana Lima", "Bo", "Bo Svensson"):
            add_action(room.workspace, f'Alert on user errors @"{owner}"')
        numbers = lambda owner: [a.number for a in list_actions(room.workspace, ActionFilter(owner=owner))]  # noqa: E731
        assert (numbers("ana"), numbers("BO"), numbers("bo s"), numbers("dee")) == ([1], [2], [3], [])
        add_action(room.workspace, 'Write the runbook @"Ana Berg"')
        with pytest.raises(BorderError, match="say which: Ana Berg, Ana Lima"):
            numbers("ana")

"""Everything can be taken back and done again, also after the program was killed."""

import pytest

from readyroom.domain.answer import AnswerState
from readyroom.domain.capture import CaptureKind
from readyroom.workflows.roster import update_roster
from readyroom.workflows.wrapup import adjourn
from workflows.room import Room, at, hold

ALERTS = at("alerts")


def test_an_answer_is_taken_back_and_given_again(tmp_path):
    with Room(tmp_path) as room:
        live = hold("minutes-back", room.live())
        live.answer(7)
        hold("owner", live)
        result = live.undo()
        assert (result.what, result.place) == ("answered “How long does a rollback take?”", at("minutes-back"))
        assert live.meeting.answer(at("minutes-back")).state is AnswerState.UNANSWERED
        assert live.redo().what == "answered “How long does a rollback take?”"
        assert room.kept(room.settle(live)).answers[at("minutes-back")].value == 7


def test_undo_waits_for_no_disk(tmp_path, monkeypatch):
    with Room(tmp_path) as room:
        live = room.settle(hold("minutes-back", room.live()))
        room.disk.gate.clear()
        flush = live._store.writer.flush
        monkeypatch.setattr(live._store.writer, "flush", lambda *_: pytest.fail("undo waited for the disk"))
        live.answer(7)
        live.undo()
        assert live.meeting.answer(at("minutes-back")).value is None
        live.redo()
        room.disk.gate.set()
        monkeypatch.setattr(live._store.writer, "flush", flush)
        assert room.kept(room.settle(live)).answers[at("minutes-back")].value == 7


def test_a_long_run_of_undo_and_redo_ends_where_it_began(tmp_path):
    with Room(tmp_path) as room:
        live = hold("minutes-back", room.live())
        for minutes in range(6):
            live.answer(minutes)
            live.note(f"{minutes} minutes")
        for _ in range(12):
            live.undo()
        assert live.undo().what == "nothing to undo"
        assert (live.meeting.answer(at("minutes-back")).value, live.meeting.answer(at("minutes-back")).note) == (
            None,
            "",
        )
        for _ in range(12):
            live.redo()
        assert live.redo().what == "nothing to redo"
        kept = room.kept(room.settle(live)).answers[at("minutes-back")]
        assert (kept.value, kept.note, live.clashes) == (5, "5 minutes", [])


def test_the_journal_says_which_entry_was_taken_back(tmp_path):
    with Room(tmp_path) as room:
        live = hold("minutes-back", room.live())
        live.answer(7)
        live.flush()  # saved, though the screen has not heard of it yet
        live.undo()
        room.settle(live)
        given, taken = room.repository.journal(session=live.meeting.session.id)[-2:]
        assert (taken.undoes, taken.what) == (given.sequence, f"undid “{given.what}”")


def test_a_new_step_ends_what_could_be_done_again(tmp_path):
    with Room(tmp_path) as room:
        live = hold("minutes-back", room.live())
        live.answer(7)
        live.undo()
        live.answer(8)
        assert live.redo().what == "nothing to redo"


def test_a_capture_taken_back_keeps_its_short_id_for_when_it_returns(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.capture(CaptureKind.ACTION, "Alert on errors @bo")
        room.settle(live)
        live.undo()
        assert live.meeting.actions == ()
        live.capture(CaptureKind.ACTION, "Something else")
        room.settle(live)
        assert [one.number for one in room.kept(live).actions] == [2]
        live.undo()
        live.undo()
        room.settle(live)
        assert room.kept(live).actions == ()


def test_a_dismissed_suggestion_comes_back_with_undo(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.answer("fail")
        offered = live.suggestions()
        live.dismiss(offered[0])
        assert live.suggestions() == offered[1:]
        live.undo()
        assert room.settle(live).suggestions() == offered
        assert room.kept(live).answers[ALERTS].dismissed == ()


def test_a_roster_change_is_taken_back_and_the_clock_goes_on(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.set_attendees(update_roster(live.meeting.sitting.attendees, [("Ana", "facilitator")], live.now))
        room.clock.on(minutes=4)
        hold("owner", live)
        live.undo()
        room.settle(live)
        assert live.meeting.present == ("Ana", "Bo", "Chidi")
        assert live.timing.by_item["alerts"] == 240
        assert room.kept(live).sitting.events == live.meeting.sitting.events
        assert room.kept(live).present == ("Ana", "Bo", "Chidi")


def reopened(tmp_path, killed):
    killed.kill()
    return Room(tmp_path, now=killed.clock.now)


def test_after_a_kill_the_same_window_goes_on_and_can_take_back(tmp_path):
    with Room(tmp_path) as killed:
        live = hold("minutes-back", killed.live())
        live.answer(7)
        hold("owner", live).answer("Ana")
        killed.settle(live)
        with reopened(tmp_path, killed) as room:
            again = room.live(live.meeting.session.id)
            assert again.window.adopted
            again.undo()
            again.undo()
            assert again.undo().what == "nothing to undo"
            assert {one.state for one in room.kept(room.settle(again)).answers.values()} == {AnswerState.UNANSWERED}


@pytest.mark.parametrize("heard", [True, False], ids=["acknowledged", "at once"])
def test_after_a_kill_undo_goes_on_behind_what_was_undone_and_redo_still_works(tmp_path, heard):
    with Room(tmp_path) as killed:
        live = hold("minutes-back", killed.live())
        live.answer(7)
        live.answer(8)
        live.answer(9)
        if heard:
            killed.settle(live)
        live.undo()
        live.undo()
        live.redo()
        live.undo()
        killed.settle(live)
        assert live.meeting.answer(at("minutes-back")).value == 7
        with reopened(tmp_path, killed) as room:
            again = room.live(live.meeting.session.id)
            again.redo()
            assert again.meeting.answer(at("minutes-back")).value == 8
            again.redo()
            assert again.meeting.answer(at("minutes-back")).value == 9
            assert again.redo().what == "nothing to redo"
            for _ in range(3):
                again.undo()
            assert again.meeting.answer(at("minutes-back")).value is None
            assert again.undo().what == "nothing to undo"
            assert room.kept(room.settle(again)).answers == again.meeting.answers


def test_the_end_of_a_sitting_is_not_undone_in_passing(tmp_path):
    with Room(tmp_path) as room:
        live = hold("minutes-back", room.live())
        live.answer(7)
        session = live.meeting.session.id
        adjourn(room.workspace, room.settle(live))
        room.kill()
        room.clock.on(days=7)
        again = room.settle(room.live(session))
        assert again.undo().what == "answered “How long does a rollback take?”"
        assert again.undo().what == "nothing to undo"
        kept = room.kept(room.settle(again))
        assert [sitting.ended_at is None for sitting in kept.sittings] == [False, True]
        assert kept.session.status.value == "in progress"

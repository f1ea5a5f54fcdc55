"""Two windows on one session: both values are shown, the room chooses, and nothing is lost."""

import random
from dataclasses import replace

import pytest

from readyroom.domain.capture import CaptureKind
from readyroom.domain.session import SessionStatus
from readyroom.workflows.live import SavedMark
from readyroom.workflows.start import open_live
from readyroom.workflows.wrapup import adjourn, finish
from workflows.room import NOON, Room, at, hold

ALERTS = at("alerts")


def two(tmp_path):
    return Room(tmp_path), Room(tmp_path, actor="Bo")


def test_the_same_question_answered_twice_shows_both_values(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        theirs.answer("fail")
        other.settle(theirs)
        ours.answer("pass")
        mine.settle(ours)
        (clash,) = ours.clashes
        assert (clash.ours.value, clash.theirs.value, clash.theirs.given_by) == ("pass", "fail", "Bo")
        assert ours.meeting.answer(ALERTS).value == "fail"
        assert ours.saving.mark is SavedMark.SAVED
        assert ours.undo().what == "nothing to undo"


def test_the_room_can_keep_ours(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        theirs.answer("fail")
        theirs.note("It was tried on Friday")
        other.settle(theirs)
        ours.answer("pass")
        mine.settle(ours)
        ours.choose(ours.clashes[0], ours=True)
        mine.settle(ours)
        kept = mine.kept(ours).answers[ALERTS]
        assert (kept.value, kept.note, ours.clashes) == ("pass", "It was tried on Friday", [])
        assert [entry.what for entry in mine.repository.journal(session=ours.meeting.session.id)][-1].startswith("kept")


def test_the_room_can_keep_theirs(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        theirs.answer("fail")
        other.settle(theirs)
        ours.answer("pass")
        mine.settle(ours)
        ours.choose(ours.clashes[0], ours=False)
        mine.settle(ours)
        assert (mine.kept(ours).answers[ALERTS].value, ours.clashes) == ("fail", [])


def test_value_and_note_from_two_windows_do_not_conflict_and_are_both_shown(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        theirs.note("Only by day")
        other.settle(theirs)
        ours.answer("pass")
        mine.settle(ours)
        assert ours.clashes == []
        assert (ours.meeting.answer(ALERTS).value, ours.meeting.answer(ALERTS).note) == ("pass", "Only by day")
        ours.note("Only by day, and not on Sundays")
        mine.settle(ours)
        assert ours.clashes == []
        assert mine.kept(ours).answers[ALERTS].note == "Only by day, and not on Sundays"


def test_after_a_conflict_everything_else_the_other_window_said_is_shown(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        theirs.answer("fail")
        theirs.capture(CaptureKind.RISK, "The pager has no owner")
        other.settle(theirs)
        ours.answer("pass")
        mine.settle(ours)
        assert [risk.title for risk in ours.meeting.risks] == ["The pager has no owner"]


def test_keys_behind_a_refused_one_leave_the_screen_as_the_database_has_it(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("minutes-back", mine.live())
        theirs = hold("minutes-back", other.live(ours.meeting.session.id))
        mine.settle(ours)
        theirs.answer(5)
        other.settle(theirs)
        mine.disk.gate.clear()
        ours.answer(7)
        ours.answer(8)
        hold("owner", ours).answer("Ana")
        mine.disk.gate.set()
        mine.settle(ours)
        assert (ours.clashes[0].ours.value, ours.clashes[0].theirs.value) == (7, 5)
        assert ours.meeting.answers == mine.kept(ours).answers
        assert ours.meeting.answer(at("owner")).value == "Ana"
        assert ours.saving.mark is SavedMark.SAVED


def test_an_action_changed_in_both_windows_keeps_both_titles_for_the_room(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        ours.capture(CaptureKind.ACTION, "Alert on errors")
        mine.settle(ours)
        theirs = other.live(ours.meeting.session.id)
        theirs.change_capture(replace(theirs.meeting.actions[0], owner="Bo"))
        other.settle(theirs)
        ours.change_capture(replace(ours.meeting.actions[0], title="Alert on all errors"))
        mine.settle(ours)
        (clash,) = ours.clashes
        assert (clash.ours.title, clash.theirs.owner) == ("Alert on all errors", "Bo")
        ours.choose(clash, ours=True)
        mine.settle(ours)
        (kept,) = mine.kept(ours).actions
        assert (kept.title, kept.number) == ("Alert on all errors", 1)


def test_undo_after_someone_else_changed_it_shows_both_and_takes_nothing_back(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("minutes-back", mine.live())
        ours.answer(7)
        mine.settle(ours)
        theirs = hold("minutes-back", other.live(ours.meeting.session.id))
        theirs.answer(5)
        other.settle(theirs)
        ours.undo()
        mine.settle(ours)
        (clash,) = ours.clashes
        assert (clash.ours.value, clash.theirs.value) == (None, 5)
        assert mine.kept(ours).answers[at("minutes-back")].value == 5
        assert ours.redo().what == "nothing to redo"


def test_undo_tells_a_change_that_this_window_knows_of(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("minutes-back", mine.live())
        ours.answer(7)
        mine.settle(ours)
        theirs = hold("minutes-back", other.live(ours.meeting.session.id))
        theirs.answer(5)
        other.settle(theirs)
        ours.adopt(mine.kept(ours))
        result = ours.undo()
        assert result.clash is not None
        assert (result.clash.ours.value, result.clash.theirs.value, result.place) == (None, 5, at("minutes-back"))
        ours.choose(result.clash, ours=True)
        mine.settle(ours)
        assert mine.kept(ours).answers[at("minutes-back")].value is None


def test_two_windows_that_go_on_with_an_adjourned_session_share_one_new_sitting(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        live = mine.live()
        session = live.meeting.session.id
        adjourn(mine.workspace, mine.settle(live))
        mine.clock.on(days=7)
        other.clock.on(days=7)
        first = mine.live(session)
        second = other.live(session)
        mine.settle(first)
        other.settle(second)
        hold("owner", second).answer("Bo")
        assert other.settle(second).saving.mark is SavedMark.SAVED
        assert [sitting.number for sitting in mine.kept(first).sittings] == [1, 2]
        assert len(second.meeting.sittings) == 2


def test_a_second_window_does_not_pause_the_clock_of_the_first(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = mine.live()
        mine.clock.on(minutes=3)
        other.clock.on(minutes=3)
        mine.settle(ours)
        theirs = open_live(other.workspace, ours.meeting.session.id, other.calls)
        assert theirs.timing.running
        assert theirs.timing.this_sitting == 180


def test_finishing_takes_in_what_the_other_window_said(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        theirs = hold("owner", other.live(ours.meeting.session.id))
        ours.answer("pass")
        theirs.answer("Team Till")
        other.settle(theirs)
        written = finish(mine.workspace, ours)
        assert "Team Till" in written.summary.read_text(encoding="utf-8")
        assert ours.meeting.answer(at("owner")).value == "Team Till"
        assert ours.meeting.session.status is SessionStatus.FINISHED
        assert ours.meeting.session.finished_at == NOON


@pytest.mark.parametrize("seed", range(8))
def test_whatever_two_windows_do_at_once_all_of_it_is_kept_or_shown_as_a_clash(tmp_path, seed):
    luck = random.Random(seed)
    mine, other = two(tmp_path)
    with mine, other:
        first = mine.live()
        mine.settle(first)
        rooms = ((mine, first), (other, other.live(first.meeting.session.id)))
        said = []
        for number in range(40):
            room, live = luck.choice(rooms)
            hold(luck.choice(("who-noticed", "owner", "minutes-back", "alerts")), live)
            text = f"said {number}"
            match luck.randrange(6):
                case 0:
                    live.note(text)
                    said.append(text)
                case 1:
                    live.capture(CaptureKind.RISK, text)
                    said.append(text)
                case 2:
                    live.undo()
                case 3:
                    live.redo()
                case 4:
                    room.settle(live)
                case 5:
                    hold("owner", live).answer(text)
                    said.append(text)
        for room, live in rooms:
            room.settle(live)
            assert live.saving.mark is SavedMark.SAVED
        journal = mine.repository.journal(session=first.meeting.session.id, limit=None)
        kept = repr([change.after for entry in journal for change in entry.changes])
        shown = repr([clash for _, live in rooms for clash in live.clashes])
        assert [text for text in said if f"'{text}'" not in kept and f"'{text}'" not in shown] == []
        for room, live in rooms:
            live.adopt(room.kept(live))
            again = room.kept(live)
            assert (live.meeting.answers, live.meeting.captures) == (again.answers, again.captures)

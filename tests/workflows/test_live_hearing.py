"""A window hears what other windows save, keeps what is its own, and never goes back to what was read too early."""

from dataclasses import replace

from readyroom.domain.capture import CaptureKind
from readyroom.workflows.live import SavedMark
from workflows.room import Room, at, hold

ALERTS = at("alerts")


def two(tmp_path):
    return Room(tmp_path), Room(tmp_path, actor="Bo")


def heard(room, live):
    """Look once, as the thread beside the screen does every second."""
    found = live.listen()
    room.calls.run()
    return found


def test_what_another_window_saves_is_taken_in_and_the_place_stays(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("owner", mine.live())
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        mine.settle(ours)
        heard(mine, ours)
        theirs.answer("fail")
        theirs.capture(CaptureKind.RISK, "The pager has no owner")
        other.settle(theirs)
        assert heard(mine, ours)
        assert ours.meeting.answer(ALERTS).value == "fail"
        assert [risk.title for risk in ours.meeting.risks] == ["The pager has no owner"]
        assert ours.key == at("owner")
        assert any(place.key.item == "who-noticed" for place in ours.places), "conditions are weighed anew"


def test_a_look_at_what_nobody_changed_says_so_and_paints_nothing(tmp_path):
    mine = Room(tmp_path)
    with mine:
        ours = hold("alerts", mine.live())
        mine.settle(ours)
        heard(mine, ours)
        painted = []
        ours.changed = lambda: painted.append(1)
        assert not heard(mine, ours)
        assert painted == []
        ours.answer("pass")
        mine.settle(ours)
        painted.clear()
        assert heard(mine, ours), "our own saving is seen, and left alone"
        assert (painted, ours.heard) == ([], 0)


def test_what_is_not_saved_yet_stays_on_top(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("minutes-back", mine.live())
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        mine.settle(ours)
        heard(mine, ours)
        theirs.answer("fail")
        other.settle(theirs)
        mine.disk.gate.clear()
        ours.answer(7)
        heard_while_saving = ours._hearing.look().truth
        mine.disk.gate.set()
        assert heard_while_saving is not None
        mine.settle(ours)
        heard(mine, ours)
        heard(mine, ours)
        assert ours.meeting.answer(at("minutes-back")).value == 7
        assert ours.saving.mark is SavedMark.SAVED


def test_what_was_read_before_our_last_save_is_read_again(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("minutes-back", mine.live())
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        mine.settle(ours)
        heard(mine, ours)
        theirs.answer("fail")
        other.settle(theirs)
        ours.listen()  # the answer waits for the screen's thread
        late = mine.calls._waiting.pop()
        ours.answer(7)
        mine.settle(ours)
        late()
        assert ours.meeting.answer(at("minutes-back")).value == 7, "the older state is not shown"
        heard(mine, ours)
        assert ours.meeting.answer(ALERTS).value == "fail"
        assert ours.meeting.answers == mine.kept(ours).answers


def test_what_is_typed_over_something_changed_meanwhile_is_a_clash(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        ours.note("At first")
        mine.settle(ours)
        heard(mine, ours)
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        ours.begin_typing(ours.meeting.answer(ALERTS))
        theirs.note("Theirs")
        theirs.answer("fail")
        other.settle(theirs)
        heard(mine, ours)
        ours.note("Ours")
        ours.begin_typing(None)
        mine.settle(ours)
        (clash,) = ours.clashes
        assert (clash.ours.note, clash.theirs.note) == ("Ours", "Theirs")
        assert (ours.meeting.answer(ALERTS).note, ours.meeting.answer(ALERTS).value) == ("Theirs", "fail")
        ours.choose(clash, ours=True)
        mine.settle(ours)
        assert (mine.kept(ours).answers[ALERTS].note, mine.kept(ours).answers[ALERTS].value) == ("Ours", "fail")


def test_of_an_answer_only_the_half_that_is_typed_can_clash(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        theirs = hold("alerts", other.live(ours.meeting.session.id))
        mine.settle(ours)
        heard(mine, ours)
        ours.begin_typing(ours.meeting.answer(ALERTS))
        theirs.answer("fail")
        other.settle(theirs)
        heard(mine, ours)
        ours.note("Ours")
        mine.settle(ours)
        assert ours.clashes == []
        assert (mine.kept(ours).answers[ALERTS].note, mine.kept(ours).answers[ALERTS].value) == ("Ours", "fail")


def test_an_action_that_is_opened_and_left_as_it_was_takes_nothing_back(tmp_path):
    mine, other = two(tmp_path)
    with mine, other:
        ours = hold("alerts", mine.live())
        ours.capture(CaptureKind.ACTION, "Alert on errors")
        mine.settle(ours)
        heard(mine, ours)
        opened = ours.meeting.actions[0]
        ours.begin_typing(opened)
        theirs = other.live(ours.meeting.session.id)
        theirs.change_capture(replace(theirs.meeting.actions[0], title="Alert on all errors"))
        other.settle(theirs)
        heard(mine, ours)
        ours.change_capture(replace(ours.meeting.actions[0], title=opened.title))
        mine.settle(ours)
        assert ours.clashes == []
        assert mine.kept(ours).actions[0].title == ours.meeting.actions[0].title == "Alert on all errors"

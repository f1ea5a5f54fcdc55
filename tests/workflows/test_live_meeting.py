"""Where the room is, what it is asked, what is suggested, and the clock; killed and resumed."""

import pytest

from readyroom.domain.answer import AnswerState
from readyroom.domain.capture import CaptureKind
from readyroom.domain.hold import ProposalKind
from readyroom.domain.session import ClockMark
from readyroom.workflows.preparation import fill, prepare
from readyroom.workflows.wrapup import adjourn
from workflows.room import NOON, Room, at, filled, hold


def items(live):
    return [place.key.item for place in live.places]


def test_the_room_goes_forward_back_and_to_what_is_open(tmp_path):
    with Room(tmp_path) as room:
        live = room.live()
        assert live.key == at("welcome")
        assert not live.move(-1)
        assert live.move(1)
        assert live.key == at("alerts")
        live.go(at("owner"), jump=True)
        assert live.go_back()
        assert live.key == at("alerts")
        assert not live.go_back()
        live.answer("pass")
        live.go(at("worries"))
        assert not live.move(1)
        live.answer_typed("The pager has no owner")
        assert live.go_open()
        assert live.key == at("minutes-back")
        assert live.go_back()
        assert live.key == at("worries")
        assert live.go_open()
        live.go(at("nowhere"))
        assert live.key == at("minutes-back")


def test_nothing_is_open_when_everything_is_answered(tmp_path):
    with Room(tmp_path) as room:
        live = room.live()
        for item in items(live)[1:]:
            hold(item, live).mark(AnswerState.NOT_APPLICABLE, "The service is gone")
        assert not live.go_open()


def test_a_question_appears_with_the_answer_that_asks_for_it_and_vanishes_with_it(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        assert "who-noticed" not in items(live)
        live.answer("fail")
        assert items(live).index("who-noticed") == items(live).index("alerts") + 1
        hold("who-noticed", live).answer("A customer")
        hold("alerts", live).answer("pass")
        assert "who-noticed" not in items(live)
        live.answer("fail")
        assert live.meeting.answer(at("who-noticed")).value == "A customer"


def test_when_the_question_in_front_vanishes_the_room_stands_before_it_and_answers_what_it_sees(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.answer("fail")
        hold("who-noticed", live)
        live.undo()
        assert (live.key, live.place.key) == (at("alerts"), at("alerts"))
        live.answer("pass")
        assert set(room.kept(room.settle(live)).answers) == {at("alerts")}


def test_suggestions_are_taken_with_their_reason_or_dismissed_for_good(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        assert live.suggestions() == ()
        live.answer("fail")
        action, risk = live.suggestions()
        assert (action.kind, action.text, action.because) == (
            ProposalKind.ACTION,
            "Alert on user errors",
            "Nobody would notice",
        )
        taken = live.take(action)
        live.dismiss(risk)
        assert live.suggestions() == ()
        assert (taken.from_rule, taken.because) == (action.ref, "Nobody would notice")
        room.settle(live)
        room.kill()
        with Room(tmp_path) as later:
            again = hold("alerts", later.live(live.meeting.session.id))
            assert again.suggestions() == ()
            (dismissal,) = again.meeting.answer(at("alerts")).dismissed
            assert (dismissal.ref, dismissal.by) == (risk.ref, "Ana")
            again.answer("pass")
            again.answer("fail")
            assert again.suggestions() == ()


def test_an_action_for_somebody_who_is_not_here_is_not_yet_agreed(tmp_path):
    with Room(tmp_path) as room:
        live = room.live()
        assert live.capture(CaptureKind.ACTION, "Write it down @bo").agreed
        assert not live.capture(CaptureKind.ACTION, "Write it down @dee").agreed
        assert live.capture(CaptureKind.ACTION, "Write it down").agreed


def test_an_unplanned_question_is_asked_behind_the_one_it_came_up_at(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        asked = live.capture(CaptureKind.QUESTION, "Who holds the pager tonight?")
        assert items(live)[2] == asked.item_id
        hold(asked.item_id, live).answer_typed("Chidi")
        kept = room.kept(room.settle(live))
        assert kept.answer(at(asked.item_id)).value == "Chidi"


@pytest.mark.parametrize("kind", list(CaptureKind))
def test_everything_taken_down_knows_its_question_and_its_subject(tmp_path, kind):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        taken = live.capture(kind, "The rollback was never tried @bo +2w !2")
        assert (taken.item, taken.subject, taken.by, taken.kind) == ("alerts", "checkout", "Ana", kind)
        live.withdraw(taken)
        assert not any(not one.withdrawn for one in room.kept(room.settle(live)).captures)


def test_a_prepared_answer_counts_once_it_is_confirmed(tmp_path):
    with Room(tmp_path) as room:
        session = room.start(people=(("Bo", "owner"),))
        fill(room.workspace, filled(prepare(room.workspace, session).sheets[0], minutes_back="12"))
        live = hold("minutes-back", room.live(session))
        (prepared,) = live.meeting.prepared
        assert live.meeting.answer(at("minutes-back")).state is AnswerState.UNANSWERED
        live.confirm(prepared)
        kept = room.kept(room.settle(live)).answers[at("minutes-back")]
        assert (kept.value, kept.prepared_by, kept.given_by) == (12, "Bo", "Ana")


# ---- the clock


def test_pauses_do_not_count_and_extensions_are_the_sections_own(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        room.clock.on(minutes=2)
        live.pause_clock()
        room.clock.on(minutes=10)
        live.toggle_clock()
        room.clock.on(minutes=3)
        live.extend(5)
        hold("owner", live)
        room.clock.on(minutes=1)
        assert dict(live.timing.by_item) == {"welcome": 0, "alerts": 300, "owner": 60}
        assert dict(live.timing.extended) == {"first": 5}
        assert room.kept(room.settle(live)).sitting.events == live.meeting.sitting.events


def test_time_while_the_program_was_down_counts_as_pause(tmp_path):
    with Room(tmp_path) as killed:
        live = hold("alerts", killed.live())
        killed.clock.on(minutes=4)
        live.beat()
        killed.settle(live)
        killed.kill()
        with Room(tmp_path, now=killed.clock.now) as room:
            room.clock.on(hours=2)
            again = room.live(live.meeting.session.id)
            assert again.timing.running
            assert again.timing.this_sitting == 240
            room.clock.on(minutes=1)
            assert again.timing.by_item["alerts"] == 300
            assert [event.mark for event in room.kept(room.settle(again)).sitting.events][-2:] == [
                ClockMark.PAUSE,
                ClockMark.RESUME,
            ]


def test_a_clock_that_jumped_back_while_the_program_was_down_counts_nothing_twice(tmp_path):
    with Room(tmp_path) as killed:
        live = hold("alerts", killed.live())
        killed.clock.on(minutes=4)
        live.beat()
        killed.settle(live)
        killed.kill()
        with Room(tmp_path, now=NOON) as room:
            again = room.live(live.meeting.session.id)
            assert 0 <= again.timing.this_sitting <= 240


def test_an_adjourned_session_goes_on_in_a_sitting_with_a_clock_of_its_own(tmp_path):
    with Room(tmp_path) as room:
        live = hold("minutes-back", room.live())
        room.clock.on(minutes=12)
        session = live.meeting.session.id
        adjourn(room.workspace, room.settle(live))
        room.kill()
        room.clock.on(days=7)
        again = room.live(session)
        assert again.key == at("minutes-back")
        assert [sitting.number for sitting in again.meeting.sittings] == [1, 2]
        assert again.meeting.present == ("Ana", "Bo", "Chidi")
        assert (again.timing.this_sitting, again.timing.by_item["minutes-back"]) == (0, 720)
        room.clock.on(minutes=1)
        assert again.timing.this_sitting == 60
        kept = room.kept(room.settle(again))
        assert kept.sittings == again.meeting.sittings
        assert kept.sitting.started_at.day == 30


# ---- resuming


def test_a_killed_meeting_resumes_at_the_same_item_with_the_half_typed_text(tmp_path):
    with Room(tmp_path) as killed:
        live = hold("minutes-back", killed.live())
        live.keep_draft("capture", "Alert on us")
        live.keep_draft("note:gone", "x")
        live.keep_draft("note:gone", "")
        killed.settle(live)
        killed.kill()
        with Room(tmp_path) as room:
            again = room.live(live.meeting.session.id)
            assert again.key == at("minutes-back")
            assert (again.draft("capture"), again.draft("note:gone")) == ("Alert on us", "")


def test_somebody_else_joins_where_the_clock_says_the_room_is(tmp_path):
    with Room(tmp_path) as room, Room(tmp_path, actor="Bo") as other:
        live = hold("owner", room.live())
        room.settle(live)
        assert other.live(live.meeting.session.id).key == at("owner")


def test_two_subjects_are_asked_apart(tmp_path):
    with Room(tmp_path) as room:
        live = room.live(room.start("checkout", "ledger"))
        hold("alerts", live, "ledger").answer("fail")
        taken = live.take(live.suggestions()[0])
        assert (taken.subject, live.meeting.answer(at("alerts")).value) == ("ledger", None)
        assert at("who-noticed") not in [place.key for place in live.places]
        assert at("who-noticed", "ledger") in [place.key for place in live.places]

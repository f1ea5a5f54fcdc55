"""A vague answer becomes unknown and an action, in one step that undo takes back whole."""

from dataclasses import replace

from readyroom.domain.answer import AnswerState
from readyroom.domain.sides import is_sealed
from workflows.room import SECTIONS, Room, at, hold

FOUND_OUT = "who-noticed"


def vague(room, live, words="soon"):
    """The question in words, asked after a failed check, answered vaguely."""
    hold("alerts", live).answer("fail")
    hold(FOUND_OUT, live).answer_typed(words)
    return live


def test_the_meeting_says_why_an_answer_is_vague(tmp_path):
    with Room(tmp_path) as room:
        live = vague(room, room.live())
        assert live.mush() == "it puts the answer off"
        assert hold("alerts", live).mush() == ""


def test_the_action_goes_to_the_owner_and_says_why(tmp_path):
    with Room(tmp_path) as room:
        live = vague(room, room.live())
        action = live.make_unknown_with_action()
        assert (action.title, action.owner) == ("Find out: Who noticed the last outage?", "Bo")
        assert action.because == "“soon” is vague: it puts the answer off"
        assert live.meeting.answer(at(FOUND_OUT)).state is AnswerState.UNKNOWN
        assert live.mush() == ""
        room.settle(live)
        kept = room.kept(live)
        assert kept.answer(at(FOUND_OUT)).state is AnswerState.UNKNOWN
        [saved] = kept.actions
        assert replace(saved, number=None, version=0) == replace(action, number=None, version=0)


def test_one_undo_takes_both_back(tmp_path):
    with Room(tmp_path) as room:
        live = vague(room, room.live())
        live.note("Ask Chidi")
        live.make_unknown_with_action()
        live.undo()
        assert live.meeting.answer(at(FOUND_OUT)).value == "soon"
        assert live.meeting.answer(at(FOUND_OUT)).note == "Ask Chidi"
        assert live.meeting.actions == ()
        assert room.settle(live).saving.mark == "saved"


def test_an_answer_that_says_something_stays(tmp_path):
    with Room(tmp_path) as room:
        live = vague(room, room.live(), "Ana, by the graph")
        assert live.make_unknown_with_action() is None
        assert live.meeting.answer(at(FOUND_OUT)).value == "Ana, by the graph"
        assert live.meeting.actions == ()


def test_what_one_side_said_vaguely_is_not_told_before_the_other_has_answered(tmp_path):
    sides = SECTIONS.replace("ask: Who noticed the last outage?,", "ask: Who?, respondents: [giver, receiver],")
    with Room(tmp_path, sections=sides) as room:
        live = room.live()
        hold("alerts", live).answer("fail")
        key = next(place.key for place in live.places if place.key.item == FOUND_OUT)
        live.go(key)
        live.answer_typed("soon")
        assert is_sealed(live.meeting, key)
        assert live.mush() == ""
        assert live.make_unknown_with_action() is None

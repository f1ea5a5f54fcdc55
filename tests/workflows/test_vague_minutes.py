"""The minutes mark an answer that says nothing, and list it among what is missing."""

from readyroom.workflows.wrapup import minutes_text
from workflows.room import Room, hold


def test_the_minutes_mark_a_vague_answer_and_list_it(tmp_path):
    with Room(tmp_path) as room:
        live = room.live()
        hold("alerts", live).answer("fail")
        hold("who-noticed", live).answer_typed("TBD")
        hold("owner", live).answer_typed("Bo")
        room.settle(live)
        minutes = minutes_text(room.workspace, room.kept(live))
    assert "**Who noticed the last outage?** TBD (vague)" in minutes
    assert "Vague: “Who noticed the last outage?”" in minutes
    assert minutes.count("ague") == 2


def test_what_says_something_is_not_marked(tmp_path):
    with Room(tmp_path) as room:
        live = room.live()
        hold("alerts", live).answer("fail")
        hold("who-noticed", live).answer_typed("A customer called Bo")
        room.settle(live)
        assert "ague" not in minutes_text(room.workspace, room.kept(live))

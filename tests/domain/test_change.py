from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import later
from readyroom.domain.answer import AnswerState, Audience
from readyroom.domain.change import Change, can_be_undone, change, inverse, same_content, still_stands
from readyroom.domain.clock import next_event
from readyroom.domain.session import Attendee, ClockMark, SessionStatus
from support.meetings import (
    make_action,
    make_answer,
    make_decision,
    make_parked,
    make_prepared,
    make_question,
    make_risk,
    make_service,
    make_session,
    make_sitting,
)

SESSION = make_session()
ANSWER = make_answer(SESSION, 2)
ACTION = make_action(SESSION)

EDITS = [
    (SESSION, {"status": SessionStatus.ADJOURNED}),
    (make_sitting(SESSION), {"attendees": (Attendee(name="Chidi"),)}),
    (ANSWER, {"value": "yes"}),
    (ANSWER, {"note": "Otherwise"}),
    (make_prepared(SESSION), {"note": "Newer"}),
    (ACTION, {"owner": "Bo", "due": date(2026, 12, 24)}),
    (make_risk(SESSION), {"worry": 5}),
    (make_decision(SESSION), {"decided_by": "Ana"}),
    (make_parked(SESSION), {"owner": ""}),
    (make_question(SESSION), {"title": "Who else?"}),
    (make_service(), {"owner": "Team Night"}),
]
EACH_EDIT = pytest.mark.parametrize(
    "entity, edit", EDITS, ids=[type(one).__name__ + "-" + "-".join(e) for one, e in EDITS]
)


@EACH_EDIT
def test_an_edit_undone_and_redone_is_back_where_it_was_with_a_new_version(entity, edit):
    done = change(entity, replace(entity, **edit))
    assert still_stands(done, done.after)
    undone = inverse(done, done.after)
    assert same_content(undone.after, entity)
    redone = inverse(undone, undone.after)
    assert same_content(redone.after, done.after)
    if hasattr(entity, "version"):
        assert [done.after.version, undone.after.version, redone.after.version] == [2, 3, 4]


@pytest.mark.parametrize(
    "entity",
    [
        ACTION,
        make_risk(SESSION),
        make_decision(SESSION),
        make_parked(SESSION),
        make_question(SESSION),
        make_prepared(SESSION),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_was_taken_down_is_withdrawn_not_deleted_and_comes_back(entity):
    done = change(None, entity)
    undone = inverse(done, done.after)
    assert undone.after == replace(entity, withdrawn=True, version=2)
    assert inverse(undone, undone.after).after == replace(entity, version=3)


def test_a_first_answer_undone_is_unanswered_again():
    done = change(None, replace(ANSWER, note=""))
    undone = inverse(done, done.after).after
    assert (undone.state, undone.value, undone.given_by, undone.value_version) == (AnswerState.UNANSWERED, None, "", 2)


@pytest.mark.parametrize("entity", [SESSION, make_sitting(SESSION), make_service()], ids=lambda one: type(one).__name__)
def test_a_beginning_has_no_way_back_and_says_so(entity):
    begun = change(None, entity)
    assert not can_be_undone(begun)
    assert can_be_undone(change(entity, entity))
    with pytest.raises(TypeError, match="is not undone by withdrawing it"):
        inverse(begun, begun.after)


def test_value_and_note_of_an_answer_are_versioned_apart():
    first = change(None, ANSWER).after
    assert (first.value_version, first.note_version) == (1, 1)
    valued = change(first, replace(first, value="yes")).after
    assert (valued.value_version, valued.note_version) == (2, 1)
    noted = change(valued, replace(valued, note="Hm")).after
    assert (noted.value_version, noted.note_version) == (2, 2)
    hidden = change(noted, replace(noted, audience=Audience.FACILITATORS)).after
    assert (hidden.value_version, hidden.note_version) == (2, 3)
    assert change(hidden, hidden).after == hidden


def test_undoing_a_value_leaves_the_note_that_someone_wrote_meanwhile():
    done = change(ANSWER, replace(ANSWER, value="yes"))
    noted = replace(done.after, note="Written since", note_version=7)
    assert still_stands(done, noted)
    undone = inverse(done, noted).after
    assert (undone.value, undone.note) == (ANSWER.value, "Written since")
    assert (undone.value_version, undone.note_version) == (3, 7)


def test_undoing_a_note_leaves_the_value_that_someone_gave_meanwhile():
    done = change(ANSWER, replace(ANSWER, note="Newer"))
    answered = replace(done.after, value="yes", value_version=5)
    assert still_stands(done, answered)
    undone = inverse(done, answered).after
    assert (undone.value, undone.note, undone.value_version) == ("yes", ANSWER.note, 5)


def test_a_value_that_someone_changed_since_does_not_stand():
    done = change(ANSWER, replace(ANSWER, value="yes"))
    assert not still_stands(done, replace(done.after, value="no"))
    action = change(ACTION, replace(ACTION, owner="Bo"))
    assert not still_stands(action, replace(action.after, owner="Chidi"))


def test_a_short_id_given_out_meanwhile_is_kept():
    done = change(None, ACTION)
    numbered = replace(done.after, number=12)
    assert still_stands(done, numbered)
    assert inverse(done, numbered).after.number == 12
    edited = change(ACTION, replace(ACTION, owner="Bo"))
    assert inverse(edited, replace(edited.after, number=12)).after == replace(ACTION, number=12, version=3)
    adjourned = change(SESSION, replace(SESSION, status=SessionStatus.ADJOURNED))
    assert inverse(adjourned, replace(adjourned.after, number=3)).after == replace(SESSION, number=3, version=3)


def test_undoing_a_change_of_the_roster_does_not_turn_the_clock_back():
    sitting = make_sitting(SESSION)
    done = change(sitting, replace(sitting, attendees=(*sitting.attendees, Attendee(name="Chidi"))))
    event = next_event(done.after, later(9), ClockMark.ENTER, "q3")
    since = replace(done.after, events=(*done.after.events, event), heartbeat=later(10))
    assert still_stands(done, since)
    undone = inverse(done, since).after
    assert undone.attendees == sitting.attendees
    assert undone.events == since.events
    assert undone.heartbeat == later(10)


def test_undoing_an_adjournment_opens_the_sitting_with_its_stopped_clock():
    sitting = make_sitting(SESSION)
    stop = next_event(sitting, later(30), ClockMark.STOP)
    done = change(sitting, replace(sitting, ended_at=later(30), events=(*sitting.events, stop)))
    undone = inverse(done, done.after).after
    assert undone.ended_at is None
    assert undone.events[-1] == stop


@given(st.lists(st.sampled_from(EDITS), max_size=6))
def test_a_row_of_changes_undone_from_the_last_leads_back_to_the_start(edits):
    stands = {type(entity): entity for entity, _ in EDITS}
    start, entries = dict(stands), []
    for entity, edit in edits:
        before = stands[type(entity)]
        entries.append(change(before, replace(before, **edit)))
        stands[type(entity)] = entries[-1].after
    for done in reversed(entries):
        kind = type(done.after)
        assert still_stands(done, stands[kind])
        stands[kind] = inverse(Change(done.before, done.after), stands[kind]).after
    assert all(same_content(stands[kind], start[kind]) for kind in start)

import copy
from dataclasses import replace

import pytest

from domain.builders import NOON, agenda, item, later, meeting
from readyroom.domain.agenda import Section
from readyroom.domain.answer import AnswerError, AnswerKey, AnswerState, Audience
from readyroom.domain.capture import Question
from readyroom.domain.meeting import (
    agenda_as_run,
    apply,
    as_item,
    capture,
    confirm_prepared,
    find,
    give_answer,
    keys_of,
    put,
    put_all,
    sections_with_questions,
    set_note,
    set_state,
    withdraw,
)
from readyroom.domain.service import Tier
from readyroom.domain.session import Attendee
from support.meetings import make_action, make_answer, make_meeting, make_question, make_service, make_sitting

FIRST = AnswerKey("q1", "checkout")
SECOND = AnswerKey("q2", "checkout")
FOURTH = AnswerKey("q4", "checkout")
MEETING = make_meeting()

STEPS = {
    "answer": lambda m: give_answer(m, FOURTH, 7, at=NOON, by="Ana"),
    "answer again": lambda m: give_answer(m, FIRST, "fail", at=NOON, by="Ana"),
    "state": lambda m: set_state(m, FIRST, AnswerState.NOT_APPLICABLE, at=NOON, by="Ana", reason="no database"),
    "note": lambda m: set_note(m, FIRST, note="New", evidence="a link", audience=Audience.FACILITATORS),
    "confirm": lambda m: confirm_prepared(m, m.prepared[0], at=NOON, by="Ana"),
    "capture": lambda m: capture(m, make_action(m.session, "Another")),
    "withdraw": lambda m: withdraw(m, m.actions[0]),
    "put": lambda m: put(m, replace(m.sitting, attendees=(Attendee(name="Zoe"),)), "changed the roster"),
    "put all": lambda m: put_all(
        m, (make_service(owner="Team Night"), make_action(m.session, owner="Bo")), "handed over"
    ),
}
EACH_STEP = pytest.mark.parametrize("do", STEPS.values(), ids=STEPS)


@EACH_STEP
def test_a_step_leaves_the_meeting_it_started_from_as_it_was(do):
    before = copy.deepcopy(MEETING)
    step = do(MEETING)
    assert before == MEETING
    assert step.meeting != MEETING
    assert step.what


@EACH_STEP
def test_a_step_says_each_change_before_and_after_and_the_next_meeting_holds_it(do):
    step = do(MEETING)
    assert step.changes
    for one in step.changes:
        assert one.before == find(MEETING, one.after)
        assert find(step.meeting, one.after) == one.after


@EACH_STEP
def test_saying_the_same_again_changes_nothing(do):
    once = do(MEETING).meeting
    again = put_all(once, tuple(one.after for one in do(MEETING).changes), "again")
    assert again.meeting is once
    assert (again.changes, again.what) == ((), "")


def test_an_answer_is_kept_as_its_item_wants_it_with_who_gave_it():
    step = give_answer(make_meeting(answers=0), FIRST, "Passed", at=NOON, by="Ana")
    given = step.meeting.answer(FIRST)
    assert (given.state, given.value, given.given_at, given.given_by) == (AnswerState.ANSWERED, "pass", NOON, "Ana")
    assert step.what == "answered “Question 1?”"
    assert step.changes[0].before is None


def test_an_answer_that_does_not_fit_changes_nothing():
    with pytest.raises(AnswerError, match="pass or fail"):
        give_answer(MEETING, FIRST, "maybe", at=NOON, by="Ana")
    with pytest.raises(KeyError, match="no item 'q99' in agenda"):
        give_answer(MEETING, AnswerKey("q99"), "pass", at=NOON, by="Ana")


def test_a_new_answer_to_what_was_not_applicable_forgets_the_reason_and_keeps_the_note():
    out = set_state(MEETING, FIRST, AnswerState.NOT_APPLICABLE, at=NOON, by="Ana", reason="no database").meeting
    assert (out.answer(FIRST).value, out.answer(FIRST).reason) == (None, "no database")
    back = give_answer(out, FIRST, "fail", at=NOON, by="Bo").meeting.answer(FIRST)
    assert (back.value, back.reason, back.note) == ("fail", "", "Note on question 1")


def test_each_part_of_a_note_changes_by_itself():
    evidence = set_note(MEETING, FIRST, evidence="a link").meeting.answer(FIRST)
    assert (evidence.note, evidence.evidence, evidence.value) == ("Note on question 1", "a link", "pass")
    assert evidence.note_version == 2
    assert evidence.value_version == 1
    assert set_note(MEETING, FIRST, note="Note on question 1").changes == ()
    assert set_note(MEETING, FIRST).changes == ()
    assert set_note(make_meeting(answers=0), FIRST, note="").changes == ()
    assert set_note(MEETING, FIRST, note="").meeting.answer(FIRST).note == ""


def test_a_confirmed_answer_says_who_prepared_it_and_does_not_overwrite_what_the_room_wrote():
    noted = set_note(MEETING, FOURTH, note="Said in the room").meeting
    confirmed = confirm_prepared(noted, noted.prepared[0], at=later(3), by="Ana").meeting.answer(FOURTH)
    assert (confirmed.value, confirmed.given_by, confirmed.prepared_by) == (12.5, "Ana", "Bo")
    assert confirmed.note == "Said in the room"
    assert (
        confirm_prepared(MEETING, MEETING.prepared[0], at=NOON, by="Ana").meeting.answer(FOURTH).note
        == "As of last week"
    )


def test_a_withdrawn_capture_is_out_of_sight_and_not_lost():
    step = withdraw(MEETING, MEETING.actions[0])
    assert step.meeting.actions == ()
    assert len(step.meeting.captures) == len(MEETING.captures)
    assert step.what == "withdrew A-1"
    assert withdraw(step.meeting, step.meeting.captures[0]).changes == ()


def test_captures_are_found_by_their_kind():
    kinds = (MEETING.actions, MEETING.risks, MEETING.decisions, MEETING.parked, MEETING.questions)
    assert [len(kind) for kind in kinds] == [1, 1, 1, 1, 1]
    emptied = MEETING
    for one in MEETING.captures:
        emptied = withdraw(emptied, one).meeting
    assert (emptied.actions, emptied.risks, emptied.decisions, emptied.parked, emptied.questions) == (
        (),
        (),
        (),
        (),
        (),
    )


def test_everyone_of_all_sittings_is_on_the_roster_and_those_who_left_are_not_present():
    second = make_sitting(
        MEETING.session,
        2,
        attendees=(Attendee(name="Chidi"), Attendee(name="Ana"), Attendee(name="Bo", left_at=later(9))),
    )
    both = apply(MEETING, second)
    assert both.sitting == second
    assert both.roster == ("Ana", "Bo", "Chidi")
    assert both.present == ("Chidi", "Ana")
    empty = replace(MEETING, sittings=())
    assert (empty.sitting, empty.present, empty.roster) == (None, (), ())


def test_a_question_is_asked_once_for_each_subject_and_side():
    handoff = item("check", "pager", respondents=("giver", "receiver"))
    two = meeting(agenda(handoff), subjects=("checkout", "ledger"))
    assert keys_of(two, handoff) == (
        AnswerKey("pager", "checkout", "giver"),
        AnswerKey("pager", "checkout", "receiver"),
        AnswerKey("pager", "ledger", "giver"),
        AnswerKey("pager", "ledger", "receiver"),
    )
    assert keys_of(meeting(agenda(handoff), subjects=()), item("check")) == (AnswerKey("q"),)


def test_unplanned_questions_stand_behind_the_item_during_which_they_were_asked():
    first = make_question(MEETING.session, "First?", item="q1")
    then = make_question(MEETING.session, "Then?", item="q1")
    lost = make_question(MEETING.session, "Where from?", item="gone")
    gone = make_question(MEETING.session, "Taken back?", item="q1", withdrawn=True)
    asked = replace(MEETING, captures=(first, then, lost, gone))
    sections = sections_with_questions(asked)
    assert [one.ask for one in sections[0].items[:4]] == ["Question 1?", "First?", "Then?", "Question 2?"]
    assert sections[-1].items[-1].ask == "Where from?"
    assert sections_with_questions(replace(MEETING, captures=())) is MEETING.agenda.sections
    assert agenda_as_run(replace(MEETING, captures=())) is MEETING.agenda
    assert agenda_as_run(asked).item(first.item_id) == as_item(first)


def test_a_question_asked_during_another_unplanned_one_stands_in_its_section():
    outer = make_question(MEETING.session, "Outer?", item="q1")
    inner = make_question(MEETING.session, "Inner?", item=outer.item_id)
    sections = sections_with_questions(replace(MEETING, captures=(outer, inner)))
    assert [one.ask for one in sections[0].items[:4]] == ["Question 1?", "Outer?", "Inner?", "Question 2?"]


def test_an_agenda_without_sections_takes_no_question_and_does_not_fall_over():
    bare = replace(meeting(agenda()), agenda=replace(agenda(), sections=()))
    asked = apply(bare, Question(id="x", session="s", title="Why?", at=NOON))
    assert sections_with_questions(asked) == (
        Section(id="asked", title="Asked in the meeting", minutes=0, items=(as_item(asked.questions[0]),)),
    )


def test_an_unplanned_question_is_answered_like_any_other():
    question = MEETING.questions[0]
    key = AnswerKey(question.item_id, "checkout")
    answered = give_answer(MEETING, key, "Chidi does.", at=NOON, by="Ana").meeting
    assert answered.answer(key).value == "Chidi does."
    assert answered.item(question.item_id).ask == "Who holds the pager tonight?"
    assert MEETING.item("nowhere") is None


def test_a_subject_without_an_entry_counts_as_the_middle_tier():
    assert MEETING.tier("checkout") is Tier.CRITICAL
    assert MEETING.tier("unknown") is Tier.MEDIUM
    assert replace(MEETING, services={"checkout": make_service(tier=None)}).tier("checkout") is Tier.MEDIUM


def test_today_is_the_day_in_the_zone_of_the_session():
    late = NOON.replace(hour=23, minute=30)
    assert MEETING.today(late).day == 23
    assert replace(MEETING, session=replace(MEETING.session, zone="UTC")).today(late).day == 22


def test_what_was_prepared_and_taken_back_is_not_offered():
    assert len(MEETING.prepared_for(FOURTH)) == 1
    withdrawn = apply(MEETING, replace(MEETING.prepared[0], withdrawn=True))
    assert withdrawn.prepared_for(FOURTH) == ()
    assert MEETING.prepared_for(FIRST) == ()


def test_long_questions_are_cut_in_the_words_of_the_journal():
    asked = meeting(agenda(item("text", "q", ask="Why? " * 40)))
    step = give_answer(asked, AnswerKey("q", "checkout"), "because", at=NOON, by="Ana")
    assert len(step.what) < 80
    assert step.what.endswith("…”")


def test_an_answer_of_another_session_goes_where_its_key_says():
    answer = make_answer(MEETING.session, 8)
    assert apply(MEETING, answer).answer(answer.key) == answer
    assert find(MEETING, answer) is None

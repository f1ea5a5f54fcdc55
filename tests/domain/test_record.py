from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain.builders import NOON, later
from readyroom.domain.answer import AnswerKey, AnswerState, Audience
from readyroom.domain.audience import for_the_room
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting, apply, set_note, withdraw
from readyroom.domain.outcome import outcome_of
from readyroom.domain.record import ItemOutcome, Record, meeting_of, record_of
from support.meetings import (
    make_action,
    make_answer,
    make_meeting,
    make_prepared,
    make_question,
    make_service,
    make_sitting,
)

SECRET = "The lead wants to leave"
FACILITATORS = Audience.FACILITATORS


def record(of: Meeting, *, restricted: bool = False, at=NOON) -> Record:
    return record_of(of, outcome_of(of, at), program="1.0.0", at=at, restricted=restricted)


def full_meeting() -> Meeting:
    """Everything a meeting can hold, some of it with a secret in it that is not for the room."""
    meeting = make_meeting(answers=6)
    session = meeting.session
    key = AnswerKey("q1", "checkout")
    meeting = set_note(meeting, key, note=SECRET, evidence=SECRET, audience=FACILITATORS).meeting
    question = make_question(session, SECRET, audience=FACILITATORS, number=2)
    for entity in (
        make_sitting(session, 2),
        make_service("ledger"),
        make_prepared(session, 1, "Chidi", note=SECRET),
        make_prepared(session, 2, "Chidi", withdrawn=True),
        make_action(session, SECRET, audience=FACILITATORS, number=2, owner="", due=None),
        make_action(session, "Without a number yet"),
        question,
        make_answer(session, 1, key=AnswerKey(question.item_id, "checkout"), value=SECRET, note=SECRET),
        make_prepared(session, 1, "Bo", key=AnswerKey(question.item_id, "checkout"), value=SECRET),
    ):
        meeting = apply(meeting, entity)
    return meeting


def test_a_meeting_made_of_a_record_gives_the_same_record_again():
    for restricted in (True, False):
        first = record(full_meeting(), restricted=restricted)
        again = record_of(meeting_of(first), first.outcome, program="1.0.0", at=NOON, restricted=restricted)
        assert replace(again, left_out=first.left_out) == first
    plain = record(make_meeting())
    assert record(meeting_of(plain)) == plain


def test_what_is_for_facilitators_only_stands_nowhere_in_a_record_and_is_counted():
    told = record(full_meeting())
    assert SECRET not in repr(told)
    # A note, what was prepared for it, an action, a question, its answer and what was prepared for that.
    assert told.left_out == 6
    assert {one.key.item for one in told.outcome.items} == {f"q{n}" for n in range(1, 9)} | {told.questions[0].item_id}
    assert told.answer(AnswerKey("q1", "checkout")).value == "pass"
    assert [action.title for action in told.actions] == ["Alert on user errors", "Without a number yet"]


def test_what_is_for_facilitators_only_comes_along_when_it_is_asked_for():
    told = record(full_meeting(), restricted=True)
    assert told.left_out == 0
    assert told.answer(AnswerKey("q1", "checkout")).note == SECRET
    assert SECRET in [action.title for action in told.actions]
    assert [question.title for question in told.questions if question.title == SECRET]


def test_the_room_sees_the_values_of_a_restricted_answer_but_not_its_note():
    seen, left_out = for_the_room(full_meeting())
    answer = seen.answer(AnswerKey("q1", "checkout"))
    assert (answer.value, answer.note, answer.evidence, left_out) == ("pass", "", "", 6)
    assert for_the_room(make_meeting()) == (make_meeting(), 0)


def test_a_note_that_nobody_may_see_leaves_no_trace_of_an_answer():
    meeting = make_meeting(answers=0)
    noted = set_note(meeting, AnswerKey("q5", "checkout"), note=SECRET, audience=FACILITATORS).meeting
    assert record(noted).answers == ()
    assert record(noted).left_out == 1
    assert len(record(noted, restricted=True).answers) == 1


@given(st.permutations(range(6)), st.permutations(range(10)))
def test_a_record_does_not_depend_on_the_order_in_which_things_were_said(answer_order, capture_order):
    meeting = full_meeting()
    answers, captures = list(meeting.answers.items()), list(meeting.captures)
    shuffled = replace(
        meeting,
        answers=dict([answers[n] for n in answer_order] + answers[6:]),
        captures=tuple(captures[n] for n in capture_order if n < len(captures)),
        prepared=tuple(reversed(meeting.prepared)),
        services=dict(reversed(list(meeting.services.items()))),
        sittings=tuple(reversed(meeting.sittings)),
    )
    parts = ("answers", "prepared", "actions", "risks", "questions", "services", "sittings", "left_out")
    one, other = record(shuffled, restricted=True), record(meeting, restricted=True)
    assert all(getattr(one, part) == getattr(other, part) for part in parts)


def test_captures_stand_in_the_order_of_their_ids_and_unnumbered_ones_last():
    told = record(full_meeting(), restricted=True)
    assert [action.number for action in told.actions] == [1, 2, None]
    assert [type(one).__name__ for one in told.captures()] == ["Action"] * 3 + ["Risk", "Decision", "ParkedNote"] + [
        "Question"
    ] * 2


def test_what_was_taken_back_is_in_no_record_nor_are_answers_to_it():
    meeting = make_meeting()
    question = meeting.questions[0]
    answered = apply(meeting, make_answer(meeting.session, 1, key=AnswerKey(question.item_id, "checkout"), value="Us"))
    assert record(answered).answer(AnswerKey(question.item_id, "checkout")).value == "Us"
    told = record(withdraw(answered, question).meeting)
    assert told.questions == ()
    assert [answer.key.item for answer in told.answers] == ["q1", "q2", "q3"]


def test_an_answer_that_was_undone_is_no_answer():
    meeting = make_meeting(answers=1)
    blank = make_answer(meeting.session, 1, state=AnswerState.UNANSWERED, value=None, note="")
    assert record(apply(meeting, blank)).answers == ()
    assert len(record(apply(meeting, replace(blank, note="Still noted"))).answers) == 1


def test_a_record_tells_when_and_by_what_it_was_written_and_its_revision():
    meeting = make_meeting()
    told = record(apply(meeting, replace(meeting.session, revision=2)), at=later(60))
    assert (told.written_at, told.program, told.revision, told.format) == (later(60), "1.0.0", 2, 1)


def test_an_outcome_is_found_by_its_question():
    outcome = record(make_meeting()).outcome
    assert outcome.of_item(AnswerKey("q1", "checkout")) == ItemOutcome(
        key=AnswerKey("q1", "checkout"), finding=Finding.OK, why="", seconds=120.0
    )
    assert outcome.of_item(AnswerKey("q1", "ledger")) is None

"""Sides that answer apart: neither sees the other before both are in, and then the differences come first."""

from dataclasses import replace

from domain.builders import COLUMNS, NOON, TODAY, agenda, item, later, meeting
from readyroom.domain.answer import AnswerKey, AnswerState
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import give_answer, put, set_state
from readyroom.domain.outcome import outcome_of
from readyroom.domain.progress import verdict_at
from readyroom.domain.session import SessionStatus
from readyroom.domain.sides import differences, is_compared, is_sealed, sides_at, sides_differ, waiting_for

BOTH = item("check", "unaided", respondents=("giver", "receiver"))
ROWS = item("table", "access", respondents=("giver", "receiver"), columns=COLUMNS)
GIVER, RECEIVER = (AnswerKey("unaided", "checkout", side) for side in BOTH.respondents)


def answered(giver=None, receiver=None, of=BOTH):
    at = meeting(agenda(of))
    for side, value in (("giver", giver), ("receiver", receiver)):
        if value is not None:
            at = give_answer(at, AnswerKey(of.id, "checkout", side), value, at=NOON, by="ana").meeting
    return at


def test_one_side_is_sealed_until_the_other_has_answered():
    alone = answered(giver="fail")
    assert is_sealed(alone, GIVER)
    assert waiting_for(alone, RECEIVER) == ("receiver",)
    assert not is_sealed(answered("fail", "pass"), GIVER)


def test_a_side_that_does_not_know_has_answered_too():
    at = set_state(answered(giver="fail"), RECEIVER, AnswerState.UNKNOWN, at=NOON, by="bo").meeting
    assert is_compared(at, GIVER)
    assert sides_differ(at, GIVER)


def test_no_verdict_gives_a_sealed_answer_away():
    alone = answered(giver="fail")
    assert verdict_at(alone, GIVER, TODAY).finding is Finding.UNRATED
    assert outcome_of(alone, later(5)).verdict is Finding.UNRATED
    assert verdict_at(answered("fail", "pass"), GIVER, TODAY).finding is Finding.HIGH


def test_when_the_session_is_over_nothing_stays_sealed():
    alone = answered(giver="fail")
    over = put(alone, replace(alone.session, status=SessionStatus.FINISHED, finished_at=NOON), "finished").meeting
    assert not is_sealed(over, GIVER)
    assert outcome_of(over, later(5)).verdict is Finding.HIGH


def test_sides_that_say_the_same_do_not_differ():
    assert not sides_differ(answered("pass", "pass"), GIVER)
    assert sides_at(answered("pass", "pass"), AnswerKey("unaided", "checkout")) == ()


def test_tables_are_compared_row_by_row():
    at = answered(
        giver=[{"name": "pager", "uptime": 99}, {"name": "wiki"}],
        receiver=[{"name": "pager", "uptime": 95}, {"name": "bank"}],
        of=ROWS,
    )
    found = dict(differences(ROWS, sides_at(at, AnswerKey("access", "checkout", "giver"))))
    assert found == {
        "pager": (("giver", "up time 99 %"), ("receiver", "up time 95 %")),
        "wiki": (("giver", "has it"), ("receiver", "no such row")),
        "bank": (("giver", "no such row"), ("receiver", "has it")),
    }

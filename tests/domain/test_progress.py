from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import NOON, TODAY, agenda, item, meeting
from readyroom.domain.agenda import Rule, Section
from readyroom.domain.answer import AnswerKey, AnswerState
from readyroom.domain.condition import Aggregate as Rows
from readyroom.domain.condition import (
    AllOf,
    AnyOf,
    ColumnComparing,
    Comparing,
    Comparison,
    Negation,
    OfAnswer,
    OfRow,
    OfRows,
    OfService,
    OfTrigger,
    OfVotes,
    Reference,
    ServiceField,
    VoteStatistic,
    items_named,
)
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import apply, capture, give_answer, set_state
from readyroom.domain.progress import facts_for, next_open, places, state_of, verdict_at
from readyroom.domain.service import Service, Tier
from support.meetings import make_meeting, make_prepared, make_question, make_service


def compares(by, operand):
    return (Comparing(by=Comparison(by), operand=operand),)


STATEFUL = OfService(field=ServiceField.TAGS, comparing=compares("has", "stateful"))
LAUNCH = OfTrigger(comparing=compares("is", "first-launch"))
FIRST_FAILED = OfAnswer(item="first", comparing=compares("is", "fail"))
OLD = OfAnswer(item="when", comparing=compares("older than", 30))

ASKED = agenda(
    sections=(
        Section(id="a", title="A", minutes=5, items=(item("check", "first"), item("date", "when"))),
        Section(
            id="b",
            title="B",
            minutes=5,
            items=(
                item("check", "restore", when=STATEFUL),
                item("text", "why", when=FIRST_FAILED),
                item("check", "stale", when=OLD),
                item("info", "closing"),
            ),
        ),
        Section(id="c", title="C", minutes=5, items=(item("check", "launch"),), when=LAUNCH),
    )
)
CHECKOUT = AnswerKey("first", "checkout")


def asked(of, today=TODAY):
    return [(place.key.item, place.key.subject) for place in places(of, today)]


def names(of, today=TODAY):
    return [name for name, _ in asked(of, today)]


def say(of, name, value, subject="checkout"):
    return give_answer(of, AnswerKey(name, subject), value, at=NOON, by="Ana").meeting


def test_questions_whose_conditions_do_not_hold_are_not_asked():
    assert names(meeting(ASKED)) == ["first", "when", "closing"]


def test_an_answer_opens_and_closes_the_questions_that_depend_on_it():
    begun = meeting(ASKED)
    failed = say(begun, "first", "fail")
    assert names(failed) == ["first", "when", "why", "closing"]
    assert names(say(failed, "first", "pass")) == ["first", "when", "closing"]
    assert names(set_state(failed, CHECKOUT, AnswerState.UNKNOWN, at=NOON, by="Ana").meeting) == [
        "first",
        "when",
        "closing",
    ]
    assert names(begun) == ["first", "when", "closing"]


def test_each_subject_is_asked_by_its_own_conditions():
    two = meeting(ASKED, subjects=("checkout", "ledger"), services=(Service(name="ledger", tags=("stateful",)),))
    assert ("restore", "ledger") in asked(two)
    assert ("restore", "checkout") not in asked(two)
    assert ("why", "ledger") not in asked(say(two, "first", "fail"))


def test_a_change_of_the_catalog_the_reason_or_the_day_changes_what_is_asked():
    begun = say(meeting(ASKED), "when", "2026-11-01")
    assert "restore" in names(apply(begun, make_service(tags=("stateful",))))
    assert "restore" not in names(begun)
    assert "launch" in names(replace(begun, session=replace(begun.session, trigger="first-launch")))
    assert "stale" not in names(begun)
    assert "stale" in names(begun, TODAY + timedelta(days=30))
    assert "stale" not in names(begun, TODAY)


def test_unplanned_questions_are_asked_at_their_place():
    begun = meeting(ASKED)
    question = make_question(begun.session, "Really?", item="first")
    with_it = capture(begun, question).meeting
    assert names(with_it) == ["first", question.item_id, "when", "closing"]
    renamed = apply(with_it, replace(question, title="Truly?"))
    assert places(renamed, TODAY)[1].item.ask == "Truly?"
    assert names(begun) == ["first", "when", "closing"]


moves = st.lists(
    st.one_of(
        st.tuples(st.just("first"), st.sampled_from(["pass", "fail"])),
        st.tuples(st.just("when"), st.sampled_from(["2026-01-01", "2026-11-21", "never"])),
        st.tuples(st.just("tags"), st.sampled_from([(), ("stateful",)])),
        st.tuples(st.just("trigger"), st.sampled_from(["", "first-launch"])),
        st.tuples(st.just("day"), st.integers(0, 60)),
    ),
    max_size=12,
)


@given(moves)
def test_what_was_weighed_before_never_decides_what_is_asked_now(moves):
    held, today = meeting(ASKED), TODAY
    for what, value in moves:
        if what == "tags":
            held = apply(held, Service(name="checkout", tags=value))
        elif what == "trigger":
            held = replace(held, session=replace(held.session, trigger=value))
        elif what == "day":
            today = TODAY + timedelta(days=value)
        else:
            held = say(held, what, value)
        unweighed = replace(held, agenda=replace(ASKED))
        assert asked(held, today) == asked(unweighed, today)


@pytest.mark.parametrize(
    "condition, named",
    [
        (LAUNCH, set()),
        (FIRST_FAILED, {"first"}),
        (OfAnswer(comparing=compares("below", Reference(item="limit"))), {"limit"}),
        (AllOf(of=(FIRST_FAILED, AnyOf(of=(OLD, Negation(of=STATEFUL))))), {"first", "when"}),
        (OfRow(cells=(ColumnComparing(column="x", comparing=compares("is", Reference(item="limit"))),)), {"limit"}),
        (OfRow(cells=(ColumnComparing(column="x", comparing=compares("is", Reference(column="y"))),)), set()),
        (
            OfRows(
                aggregate=Rows.COUNT,
                item="list",
                comparing=compares("above", Reference(item="a")),
                where=(ColumnComparing(column="x", comparing=compares("is", Reference(item="b"))),),
            ),
            {"list", "a", "b"},
        ),
        (OfVotes(statistic=VoteStatistic.LOWEST, comparing=compares("below", 3)), None),
        (AllOf(of=(LAUNCH, OfVotes(statistic=VoteStatistic.LOWEST, comparing=compares("below", 3)))), None),
    ],
)
def test_a_condition_names_the_items_it_looks_at(condition, named):
    assert items_named(condition) == named


def test_a_question_with_something_prepared_says_so_until_it_is_answered():
    begun = make_meeting(answers=0)
    key = AnswerKey("q1", "checkout")
    assert state_of(begun, key) is AnswerState.PREPARED
    assert state_of(begun, AnswerKey("q2", "checkout")) is AnswerState.UNANSWERED
    assert state_of(apply(begun, make_prepared(begun.session, 1, withdrawn=True)), key) is AnswerState.UNANSWERED
    assert state_of(say(begun, "q1", "pass"), key) is AnswerState.ANSWERED


def test_the_next_open_question_is_the_first_behind_here_else_from_the_start():
    begun = say(meeting(ASKED), "when", "2026-11-21")
    here = places(begun, TODAY)
    assert next_open(here, begun).key.item == "first"
    assert next_open(here, begun, AnswerKey("when", "checkout")).key.item == "first"
    assert next_open(here, begun, AnswerKey("gone")).key.item == "first"
    done = say(begun, "first", "pass")
    assert next_open(places(done, TODAY), done) is None
    assert next_open((), begun) is None


def test_rules_speak_about_the_answer_of_the_side_that_is_looked_at():
    failing = Rule(when=OfAnswer(comparing=compares("is", "fail")), finding=Finding.BLOCKER, because="not handed over")
    handoff = meeting(agenda(item("check", "pager", respondents=("giver", "receiver"), rules=(failing,))))
    giver, receiver = AnswerKey("pager", "checkout", "giver"), AnswerKey("pager", "checkout", "receiver")
    said = give_answer(handoff, giver, "pass", at=NOON, by="Ana").meeting
    said = give_answer(said, receiver, "fail", at=NOON, by="Bo").meeting
    assert verdict_at(said, giver, TODAY).finding is Finding.OK
    assert verdict_at(said, receiver, TODAY).finding is Finding.BLOCKER
    only_one = give_answer(handoff, receiver, "fail", at=NOON, by="Bo").meeting
    assert verdict_at(only_one, giver, TODAY).finding is Finding.UNRATED
    assert verdict_at(handoff, AnswerKey("gone"), TODAY) is None


def test_conditions_look_at_the_first_side_that_really_answered_whoever_was_quicker():
    handoff = meeting(agenda(item("check", "pager", respondents=("giver", "receiver"))))
    giver, receiver = AnswerKey("pager", "checkout", "giver"), AnswerKey("pager", "checkout", "receiver")
    quick = give_answer(handoff, receiver, "fail", at=NOON, by="Bo").meeting
    both = give_answer(quick, giver, "pass", at=NOON, by="Ana").meeting
    assert facts_for(both, "checkout", TODAY).value("pager") == "pass"
    unsure = set_state(quick, giver, AnswerState.UNKNOWN, at=NOON, by="Ana").meeting
    assert facts_for(unsure, "checkout", TODAY).value("pager") == "fail"


def test_a_service_that_is_not_in_the_catalog_is_known_by_its_name():
    facts = facts_for(meeting(ASKED), "checkout", TODAY)
    assert (facts.service.name, facts.service.counted_tier) == ("checkout", Tier.MEDIUM)
    assert facts_for(meeting(ASKED, subjects=()), "", TODAY).service is None

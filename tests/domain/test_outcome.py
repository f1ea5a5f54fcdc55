from dataclasses import replace

import pytest

from domain.builders import NOON, agenda, item, later, meeting
from readyroom.domain.agenda import EvidenceRequest, ReviewKind, RoleCount, Rule, Section
from readyroom.domain.answer import AnswerKey, AnswerState, Audience
from readyroom.domain.capture import ActionStatus
from readyroom.domain.condition import Comparing, Comparison, OfAnswer
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import apply, capture, give_answer, set_note, set_state
from readyroom.domain.outcome import outcome_of, verdict_words
from readyroom.domain.service import Service, Tier
from readyroom.domain.session import Attendee, ClockEvent, ClockMark, Sitting
from support.meetings import make_action, make_parked, make_prepared, make_question, make_risk, make_sitting

CRITICAL = Service(name="checkout", tier=Tier.CRITICAL)
FAILS = OfAnswer(comparing=(Comparing(by=Comparison.IS, operand="fail"),))


def rule(finding, **more):
    return Rule(when=FAILS, finding=Finding(finding), **more)


def say(of, name, value, subject="checkout", respondent=""):
    return give_answer(of, AnswerKey(name, subject, respondent), value, at=NOON, by="Ana").meeting


def mark(of, name, state):
    return set_state(of, AnswerKey(name, "checkout"), AnswerState(state), at=NOON, by="Ana").meeting


def gaps(of):
    return [gap.what for gap in outcome_of(of, NOON).gaps]


def questions(count, start=0):
    return tuple(item("text", f"q{number}") for number in range(start, start + count))


@pytest.mark.parametrize(
    "kind, words",
    [
        ("readiness", ["not rated", "ready", "ready with conditions", "ready with conditions", "not ready"]),
        ("reliability-review", ["not rated", "healthy", "needs attention", "at risk", "blocked"]),
        ("on-call", ["not rated", "healthy", "needs attention", "at risk", "blocked"]),
    ],
)
def test_a_verdict_is_said_in_the_words_of_its_review(kind, words):
    assert [verdict_words(ReviewKind(kind), finding) for finding in Finding] == words


@pytest.mark.parametrize(
    "finding, words",
    [("medium", "ready with conditions"), ("high", "ready with conditions"), ("blocker", "not ready")],
)
def test_the_worst_finding_gives_the_verdict(finding, words):
    gate = agenda(item("check", "load", rules=(rule(finding),)), item("check", "alerts"), kind="readiness")
    good = say(say(meeting(gate), "load", "pass"), "alerts", "pass")
    assert outcome_of(good, NOON).words == "ready"
    bad = outcome_of(say(good, "load", "fail"), NOON)
    assert (bad.verdict, bad.words, bad.sections[0].finding) == (Finding(finding), words, Finding(finding))


def test_a_service_is_not_ready_while_a_question_its_tier_requires_is_open():
    gate = agenda(item("check", "load", required=(Tier.CRITICAL,)), item("check", "alerts"), kind="readiness")
    begun = say(meeting(gate, services=(CRITICAL,)), "alerts", "pass")
    assert outcome_of(begun, NOON).words == "not ready"
    assert outcome_of(mark(begun, "load", "unknown"), NOON).words == "not ready"
    assert outcome_of(mark(begun, "load", "not applicable"), NOON).words == "ready"
    assert outcome_of(say(begun, "load", "pass"), NOON).words == "ready"
    low = apply(begun, replace(CRITICAL, tier=Tier.LOW))
    assert outcome_of(low, NOON).words == "ready"
    review = replace(begun, session=replace(begun.session, kind="reliability-review"))
    assert outcome_of(review, NOON).words == "healthy"


def test_nothing_said_is_not_rated():
    outcome = outcome_of(meeting(agenda(*questions(2), item("info", "hello"))), NOON)
    assert (outcome.verdict, outcome.words) == (Finding.UNRATED, "not rated")
    assert (outcome.sections[0].asked, outcome.sections[0].answered) == (2, 0)


def test_a_section_says_how_much_was_answered_and_its_time():
    held = mark(say(meeting(agenda(*questions(3))), "q0", "yes"), "q1", "not applicable")
    unplanned = make_question(held.session, "Why?", item="q0")
    held = capture(held, unplanned).meeting
    events = ((0, ClockMark.START, "q0"), (4, ClockMark.ENTER, unplanned.item_id), (6, ClockMark.ENTER, "q1"))
    marks = tuple(
        ClockEvent(sitting="1", sequence=n, at=later(m), mark=k, item=i) for n, (m, k, i) in enumerate(events, 1)
    )
    held = apply(held, Sitting(id="1", session="s", number=1, started_at=NOON, events=marks))
    outcome = outcome_of(held, later(9))
    section = outcome.sections[0]
    assert (section.asked, section.answered, section.planned, section.used) == (4, 2, 600, 540)
    assert outcome.of_item(AnswerKey(unplanned.item_id, "checkout")).seconds == 120


def test_hidden_questions_are_neither_judged_nor_missed():
    hidden = item("check", "why", when=OfAnswer(item="first", comparing=FAILS.comparing), required=tuple(Tier))
    held = say(meeting(agenda(item("check", "first"), hidden)), "first", "pass")
    assert outcome_of(held, NOON).of_item(AnswerKey("why", "checkout")) is None
    assert gaps(held) == []
    assert gaps(say(held, "first", "fail"))[0] == "Required, no answer: “What about why?”"


def test_gaps_come_in_the_order_of_their_weight():
    asked = agenda(
        item("check", "must", required=tuple(Tier)),
        item("check", "bad", rules=(rule("high"),)),
        item("text", "open"),
        item("text", "argued"),
        item("text", "proof", evidence=EvidenceRequest(required=(Tier.MEDIUM,))),
        roles=(RoleCount(role="owner", least=1), RoleCount(role="guest", least=0)),
    )
    held = say(say(meeting(asked), "bad", "fail"), "proof", "It works")
    held = mark(held, "argued", "disputed")
    held = apply(held, make_sitting(held.session, attendees=(Attendee(name="Ana", role="facilitator"),)))
    held = capture(held, make_action(held.session, "Buy", owner="", due=None, item="", number=1)).meeting
    held = capture(held, make_action(held.session, "Sell", owner="Zoe", agreed=False, item="", number=2)).meeting
    held = capture(held, make_parked(held.session, "Later", owner="", number=1)).meeting
    assert gaps(held) == [
        "Required, no answer: “What about must?”",
        "No owner: A-1 “Buy”",
        "High, with neither an action nor a risk: “What about bad?”",
        "No date: A-1 “Buy”",
        "Not yet agreed, Zoe was not there: A-2 “Sell”",
        "No evidence: “What about proof?”",
        "Disputed: “What about argued?”",
        "Not answered: “What about open?”",
        "Parked without an owner: P-1 “Later”",
        "Nobody was there as owner",
    ]
    places = [(gap.place, gap.fix) for gap in outcome_of(held, NOON).gaps]
    assert places[:3] == [("must", "answer now"), ("A-1", "set owner"), ("bad", "add an action")]


@pytest.mark.parametrize(
    "state, words",
    [
        ("unknown", "Required, unknown"),
        ("skipped", "Required, skipped"),
        ("disputed", "Required, disputed"),
    ],
)
def test_a_required_question_says_why_it_is_open_and_is_said_once(state, words):
    held = mark(meeting(agenda(item("check", "must", required=tuple(Tier)))), "must", state)
    assert gaps(held) == [f"{words}: “What about must?”"]


def test_a_few_open_questions_are_named_and_many_are_counted_by_section():
    few = meeting(agenda(*questions(3)))
    assert gaps(few) == [f"Not answered: “What about q{number}?”" for number in range(3)]
    many = agenda(
        sections=(
            Section(id="a", title="Back", minutes=1, items=questions(1)),
            Section(
                id="b", title="Ahead", minutes=1, items=(*questions(5, 1), item("text", "must", required=tuple(Tier)))
            ),
        )
    )
    assert gaps(meeting(many)) == [
        "Required, no answer: “What about must?”",
        "Not answered: “What about q0?”",
        "5 optional questions not answered: Ahead",
    ]
    assert outcome_of(meeting(many), NOON).gaps[-1].place == "q1"
    halves = agenda(
        sections=(
            Section(id="a", title="Back", minutes=1, items=questions(2)),
            Section(id="b", title="Ahead", minutes=1, items=questions(2, 2)),
        )
    )
    assert gaps(meeting(halves)) == [f"2 optional questions not answered: {title}" for title in ("Back", "Ahead")]


def test_what_was_prepared_and_never_confirmed_is_told_apart():
    held = meeting(agenda(*questions(2), item("text", "must", required=tuple(Tier))))
    for name in ("q0", "must"):
        prepared = make_prepared(held.session, by="Bo", id=name, key=AnswerKey(name, "checkout"), value="x")
        held = apply(held, prepared)
    assert gaps(held) == [
        "Required, only prepared by Bo: “What about must?”",
        "Prepared, but not confirmed: “What about q0?”",
        "Not answered: “What about q1?”",
    ]


def test_a_grave_finding_is_followed_by_an_action_or_a_risk_on_its_own_service():
    held = meeting(agenda(item("check", "bad", rules=(rule("blocker"),))), subjects=("checkout", "ledger"))
    held = say(say(held, "bad", "fail"), "bad", "fail", "ledger")
    missing = "Blocker, with neither an action nor a risk: “What about bad?” ({})"
    assert gaps(held) == [missing.format("checkout"), missing.format("ledger")]
    action = make_action(held.session, item="bad", subject="checkout")
    assert gaps(apply(held, action)) == [missing.format("ledger")]
    assert gaps(apply(held, replace(action, status=ActionStatus.DROPPED))) == gaps(held)
    assert gaps(apply(held, replace(action, withdrawn=True))) == gaps(held)
    assert gaps(apply(held, make_risk(held.session, item="bad"))) == []


def test_done_actions_lack_nothing():
    held = meeting(agenda())
    for status, lacking in ((ActionStatus.DONE, 0), (ActionStatus.DROPPED, 0), (ActionStatus.IN_PROGRESS, 2)):
        action = make_action(held.session, owner="", due=None, agreed=True, status=status)
        assert len(gaps(apply(held, action))) == lacking


def test_rows_without_a_cell_that_matters_are_counted():
    held = meeting(agenda(item("slo", "objectives")))
    rows = [{"objective": "a", "actual": 99}, {"objective": "b"}, {"objective": "c", "target": 99}]
    assert gaps(say(held, "objectives", rows)) == ["2 rows without actual: “What about objectives?”"]
    assert gaps(say(held, "objectives", rows[:1])) == []


def test_a_role_is_filled_by_different_people_not_by_one_at_two_sittings():
    held = meeting(agenda(roles=(RoleCount(role="owner", least=2),)))
    assert gaps(held) == ["Nobody is on the roster"]
    ana, bo = Attendee(name="Ana", role="owner"), Attendee(name="Bo", role="owner")
    held = apply(
        apply(held, make_sitting(held.session, attendees=(ana,))), make_sitting(held.session, 2, attendees=(ana,))
    )
    assert gaps(held) == ["Only 1 of 2 were there as owner"]
    assert gaps(apply(held, make_sitting(held.session, 2, attendees=(bo,)))) == []


def test_titles_for_facilitators_are_not_told_among_the_gaps():
    held = meeting(agenda(item("text", "q", respondents=("giver", "receiver"))))
    hidden = {"audience": Audience.FACILITATORS, "number": 4}
    held = capture(held, make_action(held.session, "Secret", owner="", **hidden)).meeting
    held = capture(held, make_parked(held.session, "Secret", owner="", **hidden)).meeting
    held = capture(held, make_question(held.session, "Secret?", item="q", **hidden)).meeting
    assert gaps(held) == [
        "No owner: A-4 (for facilitators)",
        "Not answered: “What about q?” (giver)",
        "Not answered: “What about q?” (receiver)",
        "Not answered: a question for facilitators",
        "Parked without an owner: P-4 (for facilitators)",
    ]


def test_a_note_alone_is_no_answer():
    held = set_note(meeting(agenda(*questions(1))), AnswerKey("q0", "checkout"), note="Hm").meeting
    assert gaps(held) == ["Not answered: “What about q0?”"]


def test_a_complete_meeting_has_no_gaps():
    held = say(meeting(agenda(item("check", "a", required=tuple(Tier)), item("info", "b"))), "a", "pass")
    assert outcome_of(held, NOON).gaps == ()

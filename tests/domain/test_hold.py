"""What rules conclude: a reader of an agenda can foretell each of these from the words of the rule."""

from dataclasses import replace
from datetime import date

import pytest

from readyroom.agendas.conditions import read_condition
from readyroom.agendas.load import load_agenda
from readyroom.agendas.wrongs import Wrongs
from readyroom.domain.agenda import Item
from readyroom.domain.answer import Answer, AnswerKey, AnswerState, check_value
from readyroom.domain.finding import Finding
from readyroom.domain.hold import Facts, ProposalKind, findings, holds, summarise_votes
from readyroom.domain.service import Service, Tier

TODAY = date(2026, 11, 23)
CHECKOUT = Service(name="checkout", tier=Tier.CRITICAL, owner="Payments", tags=("stateful", "deployable"))
AGENDA = """
agenda: 1
id: sample
title: Sample
kind: other
sections:
  - id: only
    title: Only
    minutes: 10
    items:
"""


def an_item(text: str) -> Item:
    agenda = load_agenda(AGENDA + f"      - {{id: it, ask: Well?, {text}}}\n")
    item = agenda.item("it")
    assert item is not None
    return item


def answered(item: Item, raw: object) -> Facts:
    return with_state(item, AnswerState.ANSWERED, raw)


def with_state(item: Item, state: AnswerState, raw: object = None) -> Facts:
    value = None if raw is None else check_value(item, raw)
    answer = Answer(session="s", key=AnswerKey(item=item.id), state=state, value=value)
    return Facts(today=TODAY, answers={item.id: answer}, items={item.id: item}, service=CHECKOUT, trigger="incident")


def when(raw: object, facts: Facts) -> bool:
    wrongs = Wrongs()
    condition = read_condition(raw, (), wrongs)
    assert not wrongs.found
    return bool(holds(condition, facts, "it"))


NUMBER = "kind: number"
DATE = "kind: date"
CHOICE = "kind: choice, choices: [red, green, blue], many: true"
TABLE = "kind: table, columns: {what: text, minutes: number, limit: number, due: date, by: [us, them], known: yes-no}"
ROWS = [
    {"what": "disk", "minutes": 5, "limit": 10, "due": "2026-11-20", "by": "us", "known": "yes"},
    {"what": "dns", "minutes": 15, "limit": 10, "due": "2027-01-20", "by": "them", "known": "no"},
    {"what": "cert", "minutes": 40, "by": "them"},
]


@pytest.mark.parametrize(
    "kind, answer, condition, expected",
    [
        (NUMBER, 5, "below 6", True),
        (NUMBER, 5, "below 5", False),
        (NUMBER, 5, "at most 5", True),
        (NUMBER, 5, {"answer": {"above": 4, "below": 5}}, False),
        (NUMBER, 5, {"answer": {"at least": 5}}, True),
        (NUMBER, 5, "is 5", True),
        (NUMBER, 5, [4, 5], True),
        ("kind: check", "fail", "fail", True),
        ("kind: check", "fail", {"answer": {"is": "fail"}}, True),
        ("kind: check", "pass", {"not": "fail"}, True),
        ("kind: check", "pass", "always", True),
        ("kind: yes-no", "yes", "yes", True),
        ("kind: text", "To be decided", "has decided", True),
        ("kind: text", "None", "is not none", False),
        ("kind: owner", "Ana", "is ana", True),
        (CHOICE, ["red", "blue"], "red", True),
        (CHOICE, ["red", "blue"], "has green", False),
        (CHOICE, ["red", "blue"], "none of green, black", True),
        (CHOICE, ["red", "blue"], "lacks blue", False),
        (DATE, "2026-08-01", "older than 90d", True),
        (DATE, "2026-11-01", "older than 90d", False),
        (DATE, "never", "older than 90d", True),
        (DATE, "never", "never", True),
        (DATE, "2026-12-24", "within 60d", True),
        (DATE, "2026-10-24", "within 60d", True),
        (DATE, "2027-12-24", "within 60d", False),
        (DATE, "2026-12-24", "after today", True),
        (DATE, "2026-12-24", "before +2w", False),
        (DATE, "2026-12-24", "before 2026-12-25", True),
        (TABLE, ROWS, {"any row": {"minutes": "above 30"}}, True),
        (TABLE, ROWS, {"any row": {"minutes": "above 30", "by": "us"}}, False),
        (TABLE, ROWS, {"any row": {"minutes": "above column limit"}}, True),
        (TABLE, ROWS, {"any row": {"minutes": "above 2 times column limit"}}, False),
        (TABLE, ROWS, {"any row": {"known": "blank"}}, True),
        (TABLE, ROWS, {"any row": {"what": "blank"}}, False),
        (TABLE, ROWS, {"any row": {"due": "before today"}}, True),
        (TABLE, ROWS, {"rows": {"count": "at least 4"}}, False),
        (TABLE, ROWS, {"rows": {"count": "at least 2", "where": {"by": "them"}}}, True),
        (TABLE, ROWS, {"rows": {"share": "above 60", "where": {"by": "them"}}}, True),
        (TABLE, ROWS, {"rows": {"sum of minutes": "is 60"}}, True),
        (TABLE, ROWS, {"rows": {"average minutes": "is 20", "lowest minutes": "is 5"}}, True),
        (TABLE, ROWS, {"rows": {"highest limit": "above 10"}}, False),
        (NUMBER, 5, {"service": {"tier": ["critical", "high"]}}, True),
        (NUMBER, 5, {"service": {"tier": "is not critical"}}, False),
        (NUMBER, 5, {"service": {"tags": "stateful"}}, True),
        (NUMBER, 5, {"service": {"tags": {"lacks": "regulated"}}}, True),
        (NUMBER, 5, {"service": {"owner": "blank"}}, False),
        (NUMBER, 5, {"trigger": "incident"}, True),
        (NUMBER, 5, {"trigger": ["yearly", "first-launch"]}, False),
        (NUMBER, 5, {"all": ["below 6", {"trigger": "incident"}]}, True),
        (NUMBER, 5, {"any": ["above 6", {"trigger": "yearly"}]}, False),
        (NUMBER, 5, {"answer": "below 6", "trigger": "yearly"}, False),
    ],
)
def test_a_condition_means_what_it_says(kind, answer, condition, expected):
    item = an_item(kind)
    assert when(condition, answered(item, answer)) is expected


@pytest.mark.parametrize("state", [AnswerState.UNKNOWN, AnswerState.SKIPPED, AnswerState.UNANSWERED])
def test_without_an_answer_no_condition_on_its_value_holds(state):
    facts = with_state(an_item(NUMBER), state)
    for condition in ("below 9", "above 0", "is 5", "is not 5", "none of 5", "always", {"answer of other": "below 5"}):
        assert not when(condition, facts), condition


def test_a_state_is_compared_like_a_word():
    facts = with_state(an_item(NUMBER), AnswerState.UNKNOWN)
    assert when("unknown", facts)
    assert when(["unknown", "skipped"], facts)
    assert when("is not skipped", facts)
    assert not when("is not unknown", facts)
    assert when("is not unknown", answered(an_item(NUMBER), 5))
    assert when("blank", with_state(an_item(NUMBER), AnswerState.UNANSWERED))
    assert when("not applicable", with_state(an_item(NUMBER), AnswerState.NOT_APPLICABLE))


def test_an_answer_is_compared_with_another_answer():
    item = an_item(NUMBER)
    expected = replace(item, id="expected-peak")
    facts = answered(item, 140).with_answer(answered(expected, 100).answers["expected-peak"])
    assert when("below 1.5 times the answer of expected-peak", facts)
    assert not when({"answer": {"below": {"answer of": "expected-peak"}}}, facts)
    assert when({"answer of expected-peak": "is 100"}, facts)
    assert not when("below answer of never-asked", facts)


def test_votes_speak_only_after_the_reveal():
    item = an_item(
        "kind: rating, rules: [{when: {votes: {lowest: at most 2}}, risk: 'We lose people',"
        " because: '{votes.low} of {votes.count}'}]"
    )
    hidden = answered(item, 3)
    assert findings(item, hidden).finding is Finding.OK
    summary = summarise_votes([2, 4, 1, 5])
    assert summary is not None
    shown = findings(item, replace(hidden, votes={"it": summary}))
    assert (shown.finding, shown.proposals[0].because) == (Finding.MEDIUM, "2 of 4")
    assert (summary.median, summary.spread, summary.low) == (3, 4, 2)
    assert summarise_votes([]) is None


@pytest.mark.parametrize(
    "text, answer, expected",
    [
        ("kind: check", "pass", Finding.OK),
        ("kind: check", "fail", Finding.HIGH),
        ("kind: check, rules: [{when: fail, finding: medium}]", "fail", Finding.MEDIUM),
        ("kind: check, rules: [{when: fail, action: Mend it}]", "fail", Finding.HIGH),
        ("kind: yes-no, bad: yes", "yes", Finding.HIGH),
        ("kind: yes-no, bad: yes", "no", Finding.OK),
        ("kind: yes-no", "no", Finding.UNRATED),
        ("kind: number, target: at most 15", 16, Finding.MEDIUM),
        ("kind: number, target: at most 15", 15, Finding.OK),
        ("kind: number, target: at least 8", 7, Finding.MEDIUM),
        ("kind: number, target: 8, better: higher", 7, Finding.MEDIUM),
        ("kind: number, gate: {critical: 15, default: 60}", 16, Finding.BLOCKER),
        ("kind: number, gate: {high: 15, default: 60}", 16, Finding.OK),
        ("kind: number, gate: {high: 15, default: 60}", 61, Finding.BLOCKER),
        ("kind: rating, gate: 3", 2, Finding.BLOCKER),
        ("kind: check, gate: true", "fail", Finding.BLOCKER),
        ("kind: check, gate: [low]", "fail", Finding.HIGH),
        ("kind: date, gate: true", "never", Finding.BLOCKER),
        ("kind: number", 5, Finding.UNRATED),
        ("kind: number, rules: [{when: below 3, action: Grow}]", 5, Finding.OK),
        ("kind: text, rules: [{when: always, finding: ok, action: '{answer}'}]", "Do it", Finding.OK),
    ],
)
def test_each_kind_is_rated_even_without_a_rule(text, answer, expected):
    item = an_item(text)
    assert findings(item, answered(item, answer)).finding is expected


def test_what_nobody_knows_is_medium_and_blocks_at_a_gate():
    plain, gated = an_item(NUMBER), an_item("kind: number, gate: at least 5")
    assert findings(plain, with_state(plain, AnswerState.UNKNOWN)).finding is Finding.MEDIUM
    assert findings(plain, with_state(plain, AnswerState.UNKNOWN)).why == "nobody knows"
    assert findings(gated, with_state(gated, AnswerState.UNKNOWN)).finding is Finding.BLOCKER
    assert findings(gated, with_state(gated, AnswerState.UNANSWERED)).finding is Finding.UNRATED
    assert findings(plain, with_state(plain, AnswerState.SKIPPED)).finding is Finding.UNRATED


def test_the_first_rule_that_holds_speaks_once_a_row_and_the_worst_row_counts():
    item = an_item(
        TABLE
        + ", rules: [{when: {any row: {minutes: above 30}}, finding: high, action: 'End {row.what}', priority: P1},"
        " {when: {any row: {by: them}}, finding: medium, action: 'Watch {row.what}', due: +2w}]"
    )
    verdict = findings(item, answered(item, ROWS))
    assert verdict.finding is Finding.HIGH
    told = [(p.text, p.rule_index, p.row_index, p.priority, p.due) for p in verdict.proposals]
    assert told == [("End cert", 0, 2, 1, ""), ("Watch dns", 1, 1, None, "+2w")]


def test_a_gate_does_not_silence_what_the_rules_suggest():
    item = an_item(
        "kind: number, unit: min, gate: at most 15, rules: [{when: above 10, action: Quicker than {answer}}]".replace(
            "Quicker than {answer}", "'Quicker than {answer}'"
        )
    )
    verdict = findings(item, answered(item, 20))
    assert verdict.finding is Finding.BLOCKER
    assert verdict.why == "the gate is at most 15 min"
    assert [(p.kind, p.text) for p in verdict.proposals] == [(ProposalKind.ACTION, "Quicker than 20 min")]


def test_a_rule_may_suggest_an_action_a_risk_and_a_check_together_but_nothing_twice():
    item = an_item(
        TABLE + ", rules: [{when: any row, action: Look, risk: 'It fails: {row.what}'},"
        " {when: {rows: {count: above 1}}, action: Look, check: Count}]"
    )
    proposals = findings(item, answered(item, ROWS)).proposals
    assert [p.text for p in proposals] == ["Look", "It fails: disk", "It fails: dns", "It fails: cert", "Count"]


def test_a_service_that_is_not_in_the_catalog_counts_as_medium_tier():
    item = an_item("kind: number, gate: {critical: 15, default: 60}")
    facts = replace(answered(item, 30), service=None)
    assert findings(item, facts).finding is Finding.OK
    assert findings(item, replace(answered(item, 61), service=None)).finding is Finding.BLOCKER

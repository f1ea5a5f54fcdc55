"""Lint tells what loads but cannot work: conditions that never hold, rules that never speak, wrong sums."""

import pytest

from agendas.agenda_texts import HEAD, linted, with_items, write
from readyroom.agendas.find import Source, find_agenda, list_agendas
from readyroom.agendas.lint import lint

RATING = "id: a, kind: rating, ask: Well?, anchors: {1: Bad, 3: So so, 5: Good}"
NUMBER = "id: a, kind: number, ask: Well?"
CHOICE = "id: a, kind: choice, ask: Well?, choices: [go, stop]"
TABLE = "id: a, kind: table, ask: Well?, columns: {what: text, lost: number, due: date, by: [us, them]}"
CHECK = "id: a, kind: check, ask: Well?"


def rule(item: str, when: str, rest: str = "action: Act") -> str:
    return f"{item}, rules: [{{when: {when}, {rest}}}]"


@pytest.mark.parametrize("shipped", [listing.id for listing in list_agendas()])
def test_every_shipped_agenda_is_without_a_fault(shipped):
    assert lint(find_agenda(shipped)) == ()


@pytest.mark.parametrize(
    "item, expected",
    [
        (rule(CHECK, "failed"), 'a check is never "failed"; did you mean "fail"?'),
        (rule(CHECK, "below 3"), '"below" compares numbers, and this is a check; write one of fail, pass'),
        (rule(NUMBER, "many"), 'a number is never "many"; write below, at most'),
        (rule(NUMBER, "older than 90d"), '"older than" compares dates, and this is a number'),
        (rule("id: a, kind: date, ask: Well?", "below 3"), "compares numbers, and this is a date; write before, after"),
        (rule("id: a, kind: date, ask: Well?", "soon"), 'a date is never "soon"'),
        (rule(CHOICE, "halt"), 'a choice is never "halt"; choose one of go, stop'),
        (rule(RATING, "at most 0"), "at most 0 never holds on a scale from 1 to 5; choose a level on the scale"),
        (rule(RATING, "at least 1"), "at least 1 always holds on a scale from 1 to 5"),
        (rule(RATING, "is 6"), "6 is not on the scale; use 1 to 5"),
        (rule(TABLE, "fail"), 'a table is never "fail"; write {any row: {column: …}}'),
        (rule(TABLE, "{any row: {losst: above 3}}"), 'there is no column "losst"; did you mean "lost"?'),
        (rule(TABLE, "{any row: {by: customers}}"), 'a choice is never "customers"; choose one of them, us'),
        (rule(TABLE, "{any row: {lost: above column won}}"), 'there is no column "won"'),
        (rule(TABLE, "{rows: {sum of what: above 3}}"), 'the column "what" holds no numbers; choose one of lost'),
        (rule(CHECK, "{any row: {lost: 3}}"), "a check item has no rows"),
        (rule(CHECK, "{votes: {lowest: at most 2}}"), 'nobody votes on "a"; add vote: silent to it'),
        (rule(CHECK, "{answer of b: fail}"), 'there is no item "b"'),
        (rule(CHECK, "{service: {tier: urgent}}"), 'a tier is never "urgent"'),
        (rule(NUMBER, "above answer of b"), 'there is no item "b"'),
        (
            rule(TABLE, "{any row: {lost: 3}}", "action: '{row.wat}'"),
            'nothing fills {row.wat}; did you mean "row.what"?',
        ),
        (
            rule(TABLE, "{rows: {count: above 1}}", "action: '{row.what}'"),
            "is of a row, but the rule is about the whole",
        ),
        (rule(CHECK, "fail", "action: '{votes.low}'"), "{votes.low} has no votes to tell of; add vote: silent"),
        (f"{RATING}, target: 6", "the target 6 is not on the scale; use 1 to 5"),
        (RATING.replace("5: Good", "5: Good, 7: Great"), "there is no level 7 on the scale; use 1 to 5"),
        (CHECK + ", respondents: [giver]", "one side alone does not answer apart"),
        (CHECK + ", when: fail", "it is not said whose answer is meant; write {answer of ITEM: …}"),
        (CHECK + ", when: {answer of a: fail}", '"a" is asked later, so this would always be hidden'),
        (CHECK + ", when: {any row: {x: 1}}", "there is no table here to look at rows of"),
        ("id: a, kind: choice, ask: Well?", "nobody can answer it: there are no choices; add choices"),
        ("id: a, kind: yes-no, ask: Well?, gate: true, rules: [{when: no, action: X}]", "does not know the bad answer"),
        ("id: a, kind: slo, ask: Well?, columns: {actual: number}", 'a slo table has a column "actual" already'),
        (
            TABLE.replace("{what: text, lost: number, due: date, by: [us, them]}", "{b: {given: true}}"),
            "all columns are given",
        ),
    ],
)
def test_what_cannot_work_is_an_error_with_line_and_fix(item, expected):
    found = linted(with_items(item))
    assert len(found) == 1
    assert expected in found[0]
    assert found[0].startswith("10:")
    assert "warning" not in found[0]


@pytest.mark.parametrize(
    "item, expected",
    [
        ("id: a, kind: check, ask: Runbooks", "the question does not ask; end it with a question mark"),
        ("id: a, kind: rating, ask: Well?, anchors: {1: Bad}", "the rating has no anchor for 3, 5; add anchors: {3:"),
        (CHECK + ", required: true, optional: true", "it is required and may be dropped, both"),
        (CHECK + ", minutes: 11", "the items plan 11 minutes, the section has 10"),
        ("id: a, kind: yes-no, ask: Well?", "neither answer is ever rated; add bad: yes or bad: no"),
        ("id: a, kind: choice, ask: Well?, choices: [go]", "one choice is none"),
        (rule(CHECK, "fail", "risk: Bad, due: +2w"), "due is for an action, and the rule suggests none"),
    ],
)
def test_what_is_hardly_meant_is_a_warning(item, expected):
    found = linted(with_items(item))
    assert len(found) == 1
    assert ": warning: " in found[0]
    assert expected in found[0]


@pytest.mark.parametrize(
    "item, first, second",
    [
        (NUMBER, "always", "below 3"),
        (NUMBER, "below 3", "below 3"),
        (NUMBER, "below 25", "below 0"),
        (NUMBER, "at least 2", "above 2"),
        (CHOICE, "[go, stop]", "stop"),
        (NUMBER, "below 3", "{answer: below 2, trigger: yearly}"),
        (TABLE, "any row", "{any row: {lost: above 1}}"),
        (TABLE, "{any row: {lost: above 1}}", "{any row: {lost: above 5, by: us}}"),
        ("id: a, kind: date, ask: Well?", "older than 90d", "older than 180d"),
    ],
)
def test_a_rule_behind_a_wider_one_never_speaks(item, first, second):
    text = f"{item}, rules: [{{when: {first}, action: A}}, {{when: {second}, action: B}}]"
    found = [line for line in linted(with_items(text)) if "never speaks" in line]
    assert len(found) == 1
    assert "put the stricter rule first" in found[0]
    turned = f"{item}, rules: [{{when: {second}, action: A}}, {{when: {first}, action: B}}]"
    if first != second:
        assert not [line for line in linted(with_items(turned)) if "never speaks" in line]


def test_times_that_do_not_add_up_name_the_sum():
    found = linted(with_items(CHECK, head=HEAD + "minutes: 30\n"))
    expected = "5:10: the sections add up to 10 minutes, the meeting has 30; write minutes: 10, or change a section"
    assert found == [expected]


def test_an_item_asked_later_is_told_for_conditions_and_for_rules():
    later = "id: b, kind: check, ask: Then?"
    assert (
        "asked later, so this would always be hidden"
        in linted(with_items(CHECK + ", when: {answer of b: fail}", later))[0]
    )
    assert "warning" in linted(with_items(rule(CHECK, "{answer of b: fail}"), later))[0]
    assert linted(with_items(CHECK, later + ", when: {answer of a: fail}")) == []


def test_an_own_agenda_that_hides_a_shipped_one_is_warned_of(tmp_path):
    text = with_items(CHECK, head=HEAD.replace("sample", "reliability-review"))
    found = lint(Source.of(write(tmp_path, "mine", text)), tmp_path)
    assert len(found) == 1
    assert found[0].warning
    assert "add extends: reliability-review, or choose another id" in str(found[0])


def test_lint_tells_what_cannot_be_loaded_too():
    assert linted("agenda: 1\nid: [\n")
    assert 'did you mean "check"?' in linted(with_items("id: a, kind: ceck, ask: Well?"))[0]


def test_a_problem_in_a_changed_key_stands_where_it_was_changed(tmp_path):
    text = "agenda: 1\nid: mine\nextends: reliability-review\nchange:\n  pages: {rules: [{when: many, action: X}]}\n"
    found = lint(Source.of(write(tmp_path, "mine", text)), tmp_path)
    assert "mine.yaml:5:26: a number is never" in str(found[0])

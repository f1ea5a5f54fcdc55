"""Whoever writes an agenda by hand is told every mistake at once: its line, what it is, what to write."""

from pathlib import Path

import pytest

from agendas.agenda_texts import HEAD, refused, with_items
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.load import load_agenda
from readyroom.domain.agenda import ALL_TIERS, Choice, ColumnKind, Direction, RoleCount, VoteMode
from readyroom.domain.finding import Finding
from readyroom.domain.service import Tier

CHECK = "id: a, kind: check, ask: Well?"


def item(text: str):
    return next(load_agenda(with_items(f"id: a, ask: Well?, {text}")).items())


@pytest.mark.parametrize(
    "line, expected",
    [
        ("id: a, kind: ceck, ask: Well?", '10:23: unknown kind "ceck"; did you mean "check"?'),
        ("id: a, kind: check, aks: Well?, ask: Well?", '10:30: unknown key "aks"; did you mean "ask"?'),
        ("id: a, kind: check", "10:9: ask is missing; add ask: …"),
        ("id: a, kind: check, ask: 3", '10:35: expected a text, not the number 3; put it in quotes: "3"'),
        ("id: A b, kind: check, ask: Well?", '10:14: "A b" is not an id: small letters, digits and single hyphens,'),
        (CHECK + ", required: [crit]", '10:53: unknown tier "crit"; did you mean "critical"?'),
        (CHECK + ", required: maybe", '10:52: unknown tier "maybe"; choose one of critical, high, medium, low'),
        (CHECK + ", optional: perhaps", '10:52: expected true or false, not the text "perhaps"'),
        (CHECK + ", guide: ~", "expected a text, not nothing"),
        (CHECK + ", evidence: {expries: 90d}", '10:53: unknown key "expries"; did you mean "expires"?'),
        (CHECK + ", evidence: {expires: soon}", "expected a span such as 30d, 12w or 1y"),
        (CHECK + ", choices: [a, b]", '10:42: "choices" means nothing for check items; remove it; it is for choice'),
        (CHECK + ", rules: {when: fail}", '10:49: expected a list, not a mapping; begin lines with "- "'),
        (CHECK + ", rules: [fail]", '10:50: expected a mapping, not the text "fail"; write keys such as when'),
        (CHECK + ", rules: [{when: fail}]", "10:50: the rule suggests nothing; add a finding, action, risk or check"),
        (CHECK + ", rules: [{action: Mend}]", "10:50: when is missing"),
        (CHECK + ", rules: [{when: < 3, action: Mend}]", '10:57: "< 3" uses a symbol; write below 3'),
        (CHECK + ", rules: [{when: {lower: 3}, action: Mend}]", 'unknown condition "lower"; did you mean "below"?'),
        (CHECK + ", rules: [{when: {is: }, action: Mend}]", "expected a word or a number, not nothing"),
        (CHECK + ", rules: [{when: {any raw: {a: 1}}, action: Mend}]", 'did you mean "any row"?'),
        (CHECK + ", rules: [{when: {votes: {lowst: 1}}, action: Mend}]", 'unknown key "lowst"; did you mean "lowest"?'),
        (CHECK + ", rules: [{when: fail, action: Mend, priority: P9}]", "expected a priority from P1 to P4"),
        (CHECK + ", rules: [{when: fail, action: Mend, due: soonish}]", "such as +2w or fri"),
        (CHECK + ", vote: silent", '"vote" means nothing for check items'),
        (CHECK + ", target: 5", '"target" means nothing for check items; remove it; it is for rating or number'),
        (CHECK + ", gate: 5", "check items have no number to gate; write gate: true"),
        ("id: a, kind: number, ask: Well?, target: few", "expected a number, at most 15 or at least 15"),
        ("id: a, kind: number, ask: Well?, target: at most 5, better: higher", "disagree on which way is better"),
        ("id: a, kind: number, ask: Well?, gate: {critcal: 5}", 'unknown tier "critcal"; did you mean "critical"?'),
        ("id: a, kind: rating, ask: Well?, scale: 5 to 1", "expected a scale such as 1 to 5"),
        ("id: a, kind: rating, ask: Well?, anchors: {one: Bad}", '"one" is no level; write a whole number'),
        ("id: a, kind: rating, ask: Well?, vote: slient", 'unknown way to vote "slient"; did you mean "silent"?'),
        ("id: a, kind: yes-no, ask: Well?, bad: maybe", "expected the bad answer, yes or no"),
        ("id: a, kind: table, ask: Well?", "the table has no columns; add columns: {what: text}"),
        ("id: a, kind: table, ask: Well?, columns: {b: txt}", 'unknown kind of column "txt"; did you mean "text"?'),
        ("id: a, kind: table, ask: Well?, columns: {b: {kind: choice}}", 'the column "b" has no choices'),
        ("id: a, kind: table, ask: Well?, columns: {b: text, c: text}, rows: [[x, y]]", "the row has 2 cells"),
        ("id: a, kind: choice, ask: Well?, choices: [One, one]", 'the choice "one" is there twice'),
        ("id: a, kind: info, ask: Listen., required: true", '"required" means nothing for info items'),
    ],
)
def test_a_broken_item_names_line_and_fix(line, expected):
    found = refused(with_items(line))
    assert len(found) == 1
    assert expected in found[0]
    assert found[0].startswith("10:")


@pytest.mark.parametrize(
    "head, expected",
    [
        (
            "agenda: 2\nid: a\nnew-key: 1\n",
            "1:9: format 2 of agendas is newer than this program, which reads 1; update",
        ),
        ("agenda: one\nid: a\n", "1:9: this program reads format 1 of agendas; write agenda: 1"),
        (HEAD.replace("other", "onn-call"), '4:7: unknown kind of review "onn-call"; did you mean "on-call"?'),
        (HEAD.replace("title: Sample\n", ""), "1:1: title is missing; add title: …"),
        (HEAD + "version: 1.0\n", '5:10: expected a text, not the number 1.0; put it in quotes: "1.0"'),
        (HEAD + "minutes: 0\n", "5:10: 0 minutes is no length of a meeting"),
        (HEAD + "cadence: {critical: 30x}\n", "5:21: expected a span such as 30d"),
        (HEAD + "roles: {owner: some}\n", "5:16: expected a number of people such as 1, 1+, 2-4 or any"),
        (HEAD + "roles: {owner: 4-2}\n", '5:16: "4-2" counts downwards; write 2-4'),
        (HEAD + "retime: {only: 5}\n", "5:1: retime changes another agenda, but none is named; add extends"),
        (HEAD + "cadense: 30d\n", '5:1: unknown key "cadense"; did you mean "cadence"?'),
    ],
)
def test_a_broken_head_names_line_and_fix(head, expected):
    found = refused(with_items(CHECK, head=head))
    assert len(found) == 1
    assert expected in found[0]


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "agenda: 1\nid: a\ntitle: T\nkind: other\n"])
def test_a_file_that_is_no_agenda_is_told_so(text):
    assert len(refused(text)) == 1


def test_all_mistakes_are_told_in_one_go_and_in_order():
    found = refused(
        with_items(
            "id: a, kind: ceck, ask: Well?, gate: true, choices: [x]",
            CHECK.replace("a,", "b,") + ", choices: [x], evdence: true",
            "id: c, kind: check, ask: Well?, rules: [{when: {any raw: 1, trigger: []}, action: 3}]",
            "id: d, kind: check, ask: Well?, target: 5",
            head=HEAD + "roles: 3\n",
        )
    )
    assert [line.split(":")[0] for line in found] == ["5", "11", "12", "12", "13", "13", "13", "14"]


def test_the_same_id_twice_names_the_first_place():
    assert refused(with_items(CHECK, CHECK)) == [
        '11:14: the item "a" is already in line 10; give one of them another id'
    ]


def test_broken_yaml_is_told_with_its_place():
    assert refused("agenda: 1\nid: [a\n")[0].startswith(("2:", "3:"))
    assert "anchors" in refused("agenda: &x 1\n")[0]


def test_short_and_long_forms_mean_the_same():
    pairs = [
        (
            "kind: check, rules: [{when: fail, action: X}]",
            "kind: check, rules: [{when: {answer: {is: fail}}, action: X}]",
        ),
        ("kind: check, evidence: true", "kind: check, evidence: {ask: Link or file}"),
        ("kind: check, required: true", "kind: check, required: [critical, high, medium, low]"),
        ("kind: number, target: at most 5", "kind: number, target: {default: 5}, better: lower"),
        ("kind: number, rules: [{when: below 5 %, action: X}]", "kind: number, rules: [{when: {below: 5}, action: X}]"),
        ("kind: rating, vote: silent", "kind: rating, vote: {mode: silent}"),
        ("kind: rating, scale: 1 to 5", "kind: rating, scale: [1, 5]"),
        ("kind: choice, choices: [one user, all]", "kind: choice, choices: {one-user: one user, all: all}"),
        ("kind: table, columns: {found by: [us, them]}", "kind: table, columns: {found-by: {choices: [us, them]}}"),
        ("kind: table, columns: {a: text}, rows: [x]", "kind: table, columns: {a: {given: true}}, rows: [[x]]"),
        ("kind: check, when: {trigger: [a, b]}", "kind: check, when: {trigger: {one of: [a, b]}}"),
        ("kind: check, when: {service: {tags: x}}", "kind: check, when: {service: {tags: {has: x}}}"),
    ]
    for short, long in pairs:
        assert item(short) == item(long), short


def test_what_the_file_says_arrives_in_the_agenda():
    agenda = load_agenda(
        with_items(
            CHECK + ", required: critical, evidence: {ask: Link, expires: 12w, required: true}",
            "id: b, kind: number, ask: Well?, unit: min, target: at least 8, optional: true, minutes: 2",
            "id: c, kind: choice, ask: Well?, choices: {go: Go, no: No}, many: true, vote: {mode: open, named: true}",
            "id: d, kind: rating, ask: Well?, anchors: {5: Good, 1: Bad}, respondents: [giver, receiver]",
            "id: e, kind: table, ask: Well?, columns: {found by: [us], lost: {unit: min, required: true}}",
            head=HEAD
            + "cadence: {critical: 30d, default: 90d}\nroles: {owner: 1+, guest: any, lead: 2}\nsigners: [owner]\n",
        )
    )
    check, number, choice, rating, table = agenda.items()
    assert agenda.minutes == 10
    assert (agenda.root, agenda.lineage) == ("sample", ("sample@1",))
    assert {one.tier: one.days for one in agenda.cadence} == dict.fromkeys(Tier, 90) | {Tier.CRITICAL: 30}
    assert agenda.roles[0] == RoleCount(role="owner", least=1)
    assert agenda.roles[2] == RoleCount(role="lead", least=2, most=2)
    assert agenda.signers == tuple((tier, ("owner",)) for tier in Tier)
    assert check.required == (Tier.CRITICAL,)
    assert check.evidence
    assert (check.evidence.expires_days, check.evidence.required) == (84, ALL_TIERS)
    assert number.direction == Direction(better="higher", target=8)
    assert (number.optional, number.minutes, number.rules[0].source) == (True, 2, "target")
    assert choice.choices == (Choice(id="go", text="Go"), Choice(id="no", text="No"))
    assert (choice.many, choice.vote, choice.votes_named) == (True, VoteMode.OPEN, True)
    assert [anchor.level for anchor in rating.anchors] == [1, 5]
    assert rating.respondents == ("giver", "receiver")
    assert [column.kind for column in table.columns] == [ColumnKind.CHOICE, ColumnKind.NUMBER]
    assert table.columns[0].title == "found by"
    assert {one.origin for one in agenda.items()} == {"sample@1"}


def test_a_gate_comes_before_the_rules_and_a_target_behind_them():
    rules = item(
        "kind: number, gate: {critical: 15, default: 60}, target: 5, rules: [{when: above 9, action: X}]"
    ).rules
    assert [rule.source for rule in rules] == ["gate", "gate", "gate", "rule", "target"]
    assert [rule.finding for rule in rules] == [Finding.BLOCKER] * 3 + [Finding.UNRATED, Finding.MEDIUM]


def test_texts_cannot_carry_what_drives_a_terminal():
    agenda = load_agenda(with_items('id: a, kind: check, ask: "Red \\e[31m\\u202e?"'))
    assert next(agenda.items()).ask == "Red ?"


def test_a_missing_file_is_an_agenda_error(tmp_path: Path):
    with pytest.raises(AgendaError):
        load_agenda(tmp_path / "none.yaml")

"""Who compares two agendas reads what changed, and nothing that did not."""

import json
from dataclasses import replace

from hypothesis import given, settings

from agendas.agenda_strategies import agendas
from readyroom.agendas.compare import Kind, compare_agendas
from readyroom.agendas.compare_matching import longest_kept
from readyroom.agendas.load import load_agenda
from readyroom.domain.agenda import Item, ItemKind

BEFORE = """\
agenda: 1
id: review
version: 1.0.0
title: Review
kind: other
minutes: 20
sections:
  - id: alerts
    title: Alerts
    minutes: 10
    items:
      - {id: pages, kind: number, ask: How many pages were there last week?, gate: {critical: 15, default: 60}}
      - {id: runbooks, kind: check, ask: Do the runbooks lead to the end?, required: [critical, high]}
      - {id: noise, kind: yes-no, bad: yes, ask: Is there an alert that nobody heeds?}
  - id: releases
    title: Releases
    minutes: 10
    items:
      - id: rollback
        kind: check
        ask: Was a rollback tried lately?
        rules:
          - {when: fail, finding: medium, action: Try it}
      - {id: way, kind: choice, ask: How do we ship?, choices: {canary: By canary, all: All at once}}
      - {id: freeze, kind: text, ask: When do we freeze?}
"""


def after(*changes):
    text = BEFORE.replace("version: 1.0.0", "version: 1.1.0")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_agenda(text)


def diff(*changes):
    return compare_agendas(load_agenda(BEFORE), after(*changes))


def lines(found, kind):
    return [one.line for one in found.of(kind)]


def test_equal_agendas_have_no_differences():
    found = diff()
    assert found.differences == ()
    assert found.as_text() == "review@1.0.0 → review@1.1.0: no differences\n"


def test_a_new_and_a_gone_question_are_named_with_their_section():
    found = diff(
        ("{id: freeze, kind: text, ask: When do we freeze?}", "{id: flags, kind: check, ask: Are flags cleaned up?}")
    )
    assert lines(found, Kind.REMOVED) == ["freeze: When do we freeze? (Releases)"]
    assert lines(found, Kind.ADDED) == ["flags: Are flags cleaned up? (Releases)"]
    assert found.kept == 5


def test_a_question_under_a_new_id_is_recognised():
    found = diff(
        ("id: noise", "id: ignored-alerts"),
        ("Is there an alert that nobody heeds?", "Is there any alert nobody heeds?"),
    )
    assert lines(found, Kind.RENAMED) == ["noise → ignored-alerts: Is there any alert nobody heeds?"]
    assert (found.of(Kind.ADDED), found.of(Kind.REMOVED)) == ((), ())
    assert found.of(Kind.REWORDED)[0].before == "Is there an alert that nobody heeds?"


def test_a_reworded_question_shows_both_wordings():
    found = diff(("Do the runbooks lead to the end?", "Does each runbook lead to its end?"))
    assert lines(found, Kind.REWORDED) == [
        "runbooks: Do the runbooks lead to the end? → Does each runbook lead to its end?"
    ]


def test_a_threshold_shows_the_old_and_the_new_bar():
    found = diff(("gate: {critical: 15, default: 60}", "gate: {critical: 5, default: 60}"))
    assert lines(found, Kind.RULES) == [
        "pages: gate critical at most 15, default at most 60 → critical at most 5, default at most 60"
    ]


def test_a_rule_shows_what_became_of_it():
    found = diff(("finding: medium, action: Try it", "finding: high, action: Try it this week"))
    assert lines(found, Kind.RULES) == [
        "rollback: when fail: medium → high",
        'rollback: when fail: action "Try it" → "Try it this week"',
    ]
    gone = diff(("{when: fail, finding: medium", "{when: pass, finding: ok"))
    assert lines(gone, Kind.RULES) == [
        'rollback: no longer, when fail: medium, action "Try it"',
        'rollback: now, when pass: ok, action "Try it"',
    ]


def test_what_is_required_of_whom_is_told():
    found = diff(("required: [critical, high]", "required: true"))
    assert lines(found, Kind.REQUIRED) == ["runbooks: required for critical, high → required for all"]


def test_new_minutes_are_told_for_meeting_and_section():
    found = diff(("minutes: 20", "minutes: 25"), ("title: Alerts\n    minutes: 10", "title: Alerts\n    minutes: 15"))
    assert lines(found, Kind.RETIMED) == ["review: the meeting 20 min → 25 min", "alerts: 10 min → 15 min"]


def test_other_choices_and_kinds_are_told():
    found = diff(("all: All at once", "all: Everywhere at once"), ("id: freeze, kind: text", "id: freeze, kind: date"))
    assert lines(found, Kind.CHOICES) == ["way: All at once → Everywhere at once"]
    assert lines(found, Kind.KIND) == ["freeze: text → date"]


def test_only_what_moved_is_called_moved():
    agenda = load_agenda(BEFORE)
    alerts, releases = agenda.sections
    turned = replace(alerts, items=(alerts.items[2], *alerts.items[:2]))
    found = compare_agendas(agenda, replace(agenda, sections=(turned, releases)))
    assert [one.line for one in found.differences] == ["noise: within Alerts, to the front"]
    shorter = replace(alerts, items=alerts.items[1:])
    longer = replace(releases, items=(*releases.items, alerts.items[0]))
    found = compare_agendas(agenda, replace(agenda, sections=(shorter, longer)))
    assert [one.line for one in found.differences] == ["pages: Alerts → Releases"]
    assert compare_agendas(agenda, replace(agenda, sections=(releases, alerts))).of(Kind.MOVED) == ()


def test_a_section_under_a_new_id_keeps_its_questions():
    found = diff(("id: releases\n    title: Releases", "id: shipping\n    title: Shipping"))
    assert lines(found, Kind.RENAMED) == ["releases → shipping: Shipping"]
    assert (found.of(Kind.MOVED), found.of(Kind.ADDED), found.of(Kind.REMOVED)) == ((), (), ())


def test_the_text_has_a_summary_and_a_line_for_each():
    found = diff(("minutes: 20", "minutes: 25"), ("Was a rollback tried lately?", "Was a rollback tried this month?"))
    assert found.as_text() == (
        "review@1.0.0 → review@1.1.0: 1 reworded, 1 re-timed; 6 items in both\n"
        "reworded (1)\n"
        "  rollback: Was a rollback tried lately? → Was a rollback tried this month?\n"
        "re-timed (1)\n"
        "  review: the meeting 20 min → 25 min\n"
    )


def test_machines_get_the_same_as_json():
    plain = json.loads(diff(("minutes: 20", "minutes: 25")).as_json())
    assert (plain["before"], plain["after"], plain["kept"]) == ("review@1.0.0", "review@1.1.0", 6)
    (one,) = plain["differences"]
    assert one == {
        "kind": "re-timed",
        "part": "agenda",
        "id": "review",
        "line": "review: the meeting 20 min → 25 min",
        "before": "20 min",
        "after": "25 min",
    }


def test_two_thousand_renamed_questions_are_matched():
    def agenda(prefix):
        whole = load_agenda(BEFORE)
        items = tuple(
            Item(id=f"{prefix}-{n}", kind=ItemKind.CHECK, ask=f"Is thing number {n} of the long list in place?")
            for n in range(1_000)
        )
        return replace(whole, sections=(replace(whole.sections[0], items=items),))

    found = compare_agendas(agenda("old"), agenda("new"))
    assert len(found.of(Kind.RENAMED)) == 1_000
    assert found.of(Kind.REWORDED) == ()


def test_the_longest_kept_order_is_found():
    assert longest_kept([]) == set()
    assert longest_kept([3, 0, 1, 2]) == {1, 2, 3}
    assert longest_kept([0, 2, 1, 3]) in ({0, 1, 3}, {0, 2, 3})


@given(agendas(), agendas())
@settings(max_examples=60)
def test_any_two_agendas_can_be_compared(one, other):
    assert compare_agendas(one, one).differences == ()
    found = compare_agendas(one, other)
    assert len(found.of(Kind.ADDED)) >= sum(1 for _ in other.items()) - sum(1 for _ in one.items())
    assert found.as_text()
    json.loads(found.as_json())

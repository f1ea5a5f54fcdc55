"""A written agenda is pleasant to edit, and says exactly what was meant."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from agendas.agenda_strategies import agendas, gated_agendas
from readyroom.agendas.agenda_writer import bare, write_agenda
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.find import shipped_folder
from readyroom.agendas.load import load_agenda
from readyroom.domain.agenda import Agenda, Item, ItemKind, ReviewKind, Rule, Section
from readyroom.domain.condition import AllOf, Comparing, Comparison, OfAnswer

SHIPPED = sorted(shipped_folder().glob("*.yaml"))

SMALL = """\
# yaml-language-server: $schema=agenda.schema.json
# Taken from the old wiki.
agenda: 1
id: small
version: "3"
title: A small one
kind: on-call
cadence: {critical: 30d, default: 90d}
minutes: 12
roles: {facilitator: 1, guest: any}

sections:
  - id: nights
    title: Nights
    minutes: 10
    goal: Know who sleeps badly.
    items:
      - id: pages
        kind: number
        unit: pages
        ask: How many pages were there at night?
        guide: |
          Take the number from the pager.
          The worst night goes into the note.
        required: [critical, high]
        target: at most 2
        gate: {critical: at most 5, default: at most 20}
        rules:
          - when: above 10
            finding: high
            action: Quieten the nights of {service}
            priority: P1
            because: "{answer} in a month is too many"
      - id: worst
        kind: choice
        ask: What woke us most?
        when: {answer of pages: above 0}
        many: true
        choices: [alerts, people]
        rules:
          - when: {all: [has alerts, lacks people]}
            finding: medium

  - id: end
    title: The end
    minutes: 2
    items:
      - id: mood
        kind: rating
        ask: How are we?
        anchors:
          1: Tired
          3: So so
          5: Rested
        vote: silent
"""


def test_what_is_written_looks_as_a_person_would_write_it():
    text = write_agenda(load_agenda(SMALL), comments=["Taken from the old wiki."])
    assert text == SMALL


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_agenda_comes_back_equal(path: Path):
    agenda = load_agenda(path)
    assert bare(load_agenda(write_agenda(agenda))) == bare(agenda)


@given(agendas())
@settings(max_examples=150)
def test_any_agenda_comes_back_equal(agenda):
    text = write_agenda(agenda)
    assert bare(load_agenda(text)) == agenda
    assert max(map(len, text.split("\n")), default=0) < 700


@given(gated_agendas())
@settings(max_examples=150)
def test_thresholds_come_back_as_the_short_forms_they_were(agenda):
    text = write_agenda(agenda)
    assert bare(load_agenda(text)) == bare(agenda)
    written = sum(f"    {key}:" in text for key in ("gate", "target"))
    assert written == len({rule.source for rule in agenda.item("i").rules} - {"rule"})


def test_a_comment_cannot_become_a_line_of_the_file():
    text = write_agenda(load_agenda(SMALL), comments=["one\nid: evil", "\x1b[31mred"])
    assert text.split("\n")[1:3] == ["# one id: evil", "# red"]


def test_colons_and_brackets_in_a_short_form_come_back():
    for words in ("a:?b", "see:", "x: y", "[a]", "b, c", "https://proof.example/1"):
        agenda = load_agenda(
            SMALL.replace("ask: How are we?", f"ask: How are we?\n        evidence: {{ask: '{words}', expires: 9d}}")
        )
        assert bare(load_agenda(write_agenda(agenda))) == bare(agenda)


def test_what_no_file_can_say_is_refused_and_named():
    twice = Comparing(by=Comparison.HAS, operand="a")
    rule = Rule(when=OfAnswer(comparing=(twice, replace(twice, operand="b"))))
    item = Item(id="odd", kind=ItemKind.TEXT, ask="Why?", rules=(rule,))
    section = Section(id="s", title="S", minutes=1, items=(item,))
    agenda = Agenda(id="a", version="1", title="A", kind=ReviewKind.OTHER, minutes=1, sections=(section,))
    with pytest.raises(AgendaError, match="the item odd would change"):
        write_agenda(agenda)


def test_a_condition_that_is_too_deep_is_refused_in_words():
    condition = OfAnswer(comparing=(Comparing(by=Comparison.IS, operand="x"),))
    for _ in range(30):
        condition = AllOf(of=(condition,))
    item = Item(id="deep", kind=ItemKind.TEXT, ask="Why?", rules=(Rule(when=condition),))
    section = Section(id="s", title="S", minutes=1, items=(item,))
    agenda = Agenda(id="a", version="1", title="A", kind=ReviewKind.OTHER, minutes=1, sections=(section,))
    with pytest.raises(AgendaError, match="nested deeper"):
        write_agenda(agenda)

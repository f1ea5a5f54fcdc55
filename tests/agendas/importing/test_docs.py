"""What the documentation says of imports is what happens."""

import re
from pathlib import Path

from readyroom.agendas.agenda_writer import write_agenda
from readyroom.agendas.compare import compare_agendas
from readyroom.agendas.importing import building, lens_file, md_lines
from readyroom.agendas.importing.loss import loss_report
from readyroom.agendas.importing.markdown_import import import_markdown
from readyroom.agendas.load import load_agenda

TEXT = (Path(__file__).parents[3] / "docs" / "importing-agendas.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def test_the_example_becomes_what_the_documentation_shows():
    (source,) = blocks("markdown")
    (agenda,) = blocks("yaml")
    imported = import_markdown(source, "launch.md")
    assert write_agenda(imported.agenda).partition("\n")[2] == agenda
    assert loss_report(imported) == blocks("text")[0]


def test_the_limits_are_those_of_the_program():
    for limit in (md_lines.SIZE_LIMIT, lens_file.SIZE_LIMIT, building.ITEM_LIMIT):
        assert f"{limit:,}" in TEXT


def test_a_comparison_looks_as_the_documentation_shows():
    text = """\
agenda: 1
id: review
version: 1.0.0
title: Review
kind: other
sections:
  - id: s
    title: S
    minutes: 6
    items:
      - {id: pages, kind: number, ask: How many pages were there?, gate: 15}
      - {id: rollback, kind: check, ask: Was a rollback tried lately?}
      - {id: a, kind: check, ask: A?}
      - {id: b, kind: check, ask: B?}
      - {id: c, kind: check, ask: C?}
      - {id: d, kind: check, ask: D?}
"""
    later = text.replace("1.0.0", "1.1.0").replace("lately", "this month").replace("gate: 15", "gate: 5")
    assert compare_agendas(load_agenda(text), load_agenda(later)).as_text() == blocks("text")[1]

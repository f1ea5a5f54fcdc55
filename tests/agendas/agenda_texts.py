"""Builders of agenda texts: a whole file around the lines that a test is about."""

from __future__ import annotations

from pathlib import Path

from readyroom.agendas.errors import AgendaError
from readyroom.agendas.find import Source
from readyroom.agendas.lint import lint
from readyroom.agendas.load import load_agenda

HEAD = "agenda: 1\nid: sample\ntitle: Sample\nkind: other\n"
SECTION = "sections:\n  - id: only\n    title: Only\n    minutes: 10\n    items:\n"
FIRST_ITEM_LINE = 10
"""Where the first line of `with_items` stands."""


def with_items(*items: str, head: str = HEAD) -> str:
    """An agenda with these items, one a line, each as the inside of a mapping."""
    return head + SECTION + "".join(f"      - {{{item}}}\n" for item in items)


def refused(text: str) -> list[str]:
    """What is said about an agenda that cannot be loaded, without the name of its file."""
    try:
        load_agenda(text)
    except AgendaError as error:
        return [str(problem).removeprefix("text:") for problem in error.problems]
    raise AssertionError("it was loaded")


def linted(text: str) -> list[str]:
    """What lint says about an agenda, without the name of its file."""
    return [str(found).removeprefix("text:") for found in lint(Source.of(text))]


def write(folder: Path, name: str, text: str) -> Path:
    """An agenda in a workspace's folder."""
    path = folder / "agendas" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path

"""The main job, whole, in a real terminal: a review by keyboard at 80×24, killed in the middle, finished, exported."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from markdown_it import MarkdownIt

from readyroom.agendas.find import open_agenda
from readyroom.domain.agenda import TABLE_KINDS, Agenda, Item, ItemKind, columns_of
from support.terminal import Terminal, quiet_environment

READYROOM = (sys.executable, "-m", "readyroom")
RUN = (*READYROOM, "run", "reliability-review", "--service", "checkout", "--attendee", "Ana (facilitator), Bo (owner)")
WRITTEN = {
    ItemKind.NUMBER: "60",
    ItemKind.TEXT: "Put a second payment provider behind a switch",
    ItemKind.DATE: "2027-02-12",
    ItemKind.OWNER: "Bo",
}
CELLS = {"number": "2", "date": "fri", "yes-no": "yes", "check": "pass", "owner": "Bo"}


def test_a_review_is_held_killed_resumed_and_exported(tmp_path: Path) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    environ = quiet_environment(tmp_path)
    agenda = open_agenda("reliability-review")
    with Terminal(RUN, cwd=folder, environ=environ) as terminal:
        terminal.wait_for("1/7")
        answered = walk(terminal, agenda, stop_at="runbooks-hold")
        terminal.press("y")
        terminal.wait_for(r"saved \d\d:\d\d")
        terminal.press("a")
        terminal.type("Alert on user errors @bo +2w !1")
        terminal.press("enter")
        terminal.wait_for(r"1 act")
        terminal.press("enter")  # an empty line closes
        terminal.wait_for("enter note|↵ note")
        terminal.press("enter")
        terminal.wait_for("leave")
        terminal.type("alert fired nineteen minutes")
        terminal.settle(1.0)
        before = position(terminal)
        terminal.kill()
    assert answered > 5

    with Terminal(RUN, cwd=folder, environ=environ) as terminal:
        terminal.wait_for("Did the runbooks lead to the end")
        assert position(terminal) == before
        terminal.wait_for("alert fired nineteen minutes")
        terminal.wait_for("save and leave")
        terminal.press("tab")
        terminal.wait_for(r"saved \d\d:\d\d")
        terminal.press("right")
        walk(terminal, agenda)
        terminal.press("u")
        terminal.wait_for("What is missing")
        terminal.press("f")
        terminal.wait_for(r"summary\.md")
        terminal.press("ctrl+q")
        assert terminal.wait_until_gone() == 0

    exported = run_cli(folder, environ, "session", "export", "last", "--out", "out")
    assert "record.json" in exported
    record = json.loads((folder / "out" / "record.json").read_text())
    answers = {answer["key"]["item"]: answer for answer in record["answers"]}
    assert answers["runbooks-hold"]["value"] == "pass"
    assert answers["runbooks-hold"]["note"] == "alert fired nineteen minutes"
    first = record["actions"][0]
    assert (first["title"], first["owner"], first["priority"]) == ("Alert on user errors", "Bo", 1)
    assert record["session"]["status"] == "finished"
    headings = [
        inline.content
        for token, inline in pairs(MarkdownIt().enable("table").parse((folder / "out" / "summary.md").read_text()))
        if token.tag == "h1"
    ]
    assert any(heading.startswith("Reliability review: checkout") for heading in headings)


def walk(terminal: Terminal, agenda: Agenda, stop_at: str = "") -> int:
    """Answer question after question by keyboard, until one with this id, or the last one; gives how many."""
    given = 0
    while True:
        item = shown_item(terminal, agenda)
        if item.id == stop_at:
            return given
        answer(terminal, item)
        given += item.kind is not ItemKind.INFO
        number, total = position(terminal)
        if number == total:
            return given
        terminal.press("right")
        terminal.wait_for(rf"item {number + 1} of ")


def shown_item(terminal: Terminal, agenda: Agenda) -> Item:
    """The item whose question is on the screen."""

    def squeezed(text: str) -> str:
        return re.sub(r"\W", "", text)

    def found() -> Item | None:
        words = squeezed(terminal.text)
        return next((item for item in agenda.items() if squeezed(item.ask) in words), None)

    terminal.wait_for(lambda _: found() is not None)
    item = found()
    assert item is not None
    return item


def position(terminal: Terminal) -> tuple[int, int]:
    """Which question of how many the screen says it is."""
    found = re.search(r"item (\d+) of (\d+)", terminal.prose)
    assert found, terminal.text
    return int(found[1]), int(found[2])


def answer(terminal: Terminal, item: Item) -> None:
    """Answer the question on the screen with the keys of its kind."""
    match item.kind:
        case ItemKind.INFO:
            return
        case ItemKind.CHECK:
            terminal.press("y")
        case ItemKind.YES_NO:
            terminal.press("n")
        case ItemKind.RATING:
            terminal.press("4")
        case ItemKind.CHOICE:
            terminal.press("1")
        case kind if kind in TABLE_KINDS:
            terminal.press("enter")
            for column in columns_of(item):
                terminal.type(column.choices[0].text if column.choices else CELLS.get(column.kind, "payments"))
                terminal.press("tab")
            terminal.press("enter")
            terminal.press("escape")
            terminal.settle(0.3)  # a terminal cannot tell Escape from the start of a key at once
        case _:
            terminal.press("enter")
            terminal.settle(0.1)
            terminal.type(WRITTEN[item.kind])
            terminal.press("enter" if item.kind is not ItemKind.TEXT else "tab")
    terminal.settle(0.1)


def run_cli(folder: Path, environ: dict[str, str], *words: str) -> str:
    done = subprocess.run([*READYROOM, *words], cwd=folder, env=environ, capture_output=True, text=True, check=True)
    return done.stdout


def pairs(tokens: list) -> list[tuple]:  # type: ignore[type-arg]
    return [(tokens[at - 1], token) for at, token in enumerate(tokens) if token.type == "inline"]

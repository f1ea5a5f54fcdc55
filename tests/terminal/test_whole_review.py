"""The main job, whole, in a real terminal: a review by keyboard at 80×24, killed in the middle, finished, exported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from markdown_it import MarkdownIt

from readyroom.agendas.find import open_agenda
from support.terminal import Terminal, quiet_environment
from support.walking import position, walk

READYROOM = (sys.executable, "-m", "readyroom")
RUN = (*READYROOM, "run", "reliability-review", "--service", "checkout", "--attendee", "Ana (facilitator), Bo (owner)")


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


def run_cli(folder: Path, environ: dict[str, str], *words: str) -> str:
    done = subprocess.run([*READYROOM, *words], cwd=folder, env=environ, capture_output=True, text=True, check=True)
    return done.stdout


def pairs(tokens: list) -> list[tuple]:  # type: ignore[type-arg]
    return [(tokens[at - 1], token) for at, token in enumerate(tokens) if token.type == "inline"]

"""Promise: a bad agenda gives one line with its place and its fix; none can run code or exhaust the machine."""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from readyroom.agendas.errors import AgendaError
from readyroom.agendas.find import shipped_folder
from readyroom.agendas.load import load_agenda
from support.terminal import quiet_environment

SHIPPED = sorted(shipped_folder().glob("*.yaml"))
PLACED = re.compile(r"^[^\n]*\.yaml:\d+:\d+: [^\n]+$")
MEMORY = 700 * 1024 * 1024
CPU_SECONDS = 30

TOUCHES = """\
agenda: 1
id: evil
version: 1.0.0
title: !!python/object/apply:os.system ["touch TOUCHED"]
kind: readiness
minutes: 10
sections:
  - {id: a, title: A, minutes: 10, items: [{id: one, kind: text, ask: "{0.__class__} {{7*7}} $(touch TOUCHED)"}]}
"""
MONSTROUS = {
    "deep": "[" * 100_000,
    "deep maps": "{a: " * 100_000,
    "laughs": "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(20)),
    "long": "agenda: 1\ntitle: " + "x" * 3_000_000,
    "many": "agenda: 1\nsections:\n" + "  - {id: a}\n" * 80_000,
    "keys": "".join(f"k{n}: 1\n" for n in range(90_000)),
    "number": "agenda: " + "9" * 900_000,
    "quotes": 'title: "' + "\\x41" * 200_000,
    "nul": "agenda: 1\x00\ntitle: x",
    "document": "--- 1\n" * 50_000,
    "tag": "!!python/name:os.system",
    "regex": "agenda: 1\ntitle: " + "a" * 50_000 + "!\nid: " + "-a" * 50_000,
}


def spoiled(text: str, luck: random.Random) -> str:
    """The text of an agenda with something wrong in it."""
    lines = text.split("\n")
    for _ in range(luck.randint(1, 3)):
        at = luck.randrange(len(lines))
        match luck.randrange(9):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[luck.randrange(len(lines))])
            case 2:
                lines[at] = " " * luck.randint(0, 9) + lines[at].lstrip()
            case 3:
                cut = luck.randint(0, len(lines[at]))
                lines[at] = lines[at][:cut] + luck.choice(list("{}[]:,&*!|>'\"%@`#\t\x00\x1b\u202e")) + lines[at][cut:]
            case 4:
                lines[at] = re.sub(r": .*", ": " + luck.choice(("[]", "{}", "null", "-1", "1e999", ".nan", "yes", "''")), lines[at])  # fmt: skip # noqa: E501
            case 5:
                lines[at] = re.sub(r"\w+:", luck.choice(("whne:", "kind:", "id:", "? :", "<<:")), lines[at], count=1)
            case 6:
                lines[at] = re.sub(r"\d+", luck.choice(("99999999999999999999", "-5", "0", "1.5", "٣")), lines[at])
            case 7:
                del lines[at : at + luck.randint(1, 30)]
            case _:
                lines[at] = lines[at].replace("'", luck.choice(("", "\udcff", "’")))
    return "\n".join(lines)


def told_of(path: Path) -> AgendaError | None:
    """What is wrong with an agenda, or nothing; anything but an `AgendaError` fails the test."""
    try:
        load_agenda(path)
    except AgendaError as error:
        return error
    return None


@pytest.mark.parametrize("rounds", [150, pytest.param(6000, marks=pytest.mark.promise_long)])
def test_whatever_is_wrong_each_problem_is_one_line_with_its_place_and_fix(tmp_path: Path, rounds: int) -> None:
    luck, bad = random.Random(rounds), 0
    path = tmp_path / "spoiled.yaml"
    for _ in range(rounds):
        text = spoiled(luck.choice(SHIPPED).read_text(encoding="utf-8"), luck)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        error = told_of(path)
        if error is None:
            continue
        bad += 1
        assert error.problems
        for problem in error.problems:
            line = str(problem)
            assert PLACED.match(line), line
            assert problem.fix, line
            assert problem.line <= text.count("\n") + 2
            assert not re.search(r"[\x00-\x1f\x7f-\x9f]", line), repr(line)
    assert bad > rounds / 4


def test_a_binary_file_is_told_too(tmp_path: Path) -> None:
    luck = random.Random(5)
    path = tmp_path / "binary.yaml"
    for size in (1, 10, 1000, 100_000):
        path.write_bytes(luck.randbytes(size))
        error = told_of(path)
        assert error is not None
        assert all(PLACED.match(str(problem)) for problem in error.problems)


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def test_monstrous_files_are_refused_in_little_memory(tmp_path: Path) -> None:
    for name, text in MONSTROUS.items():
        (tmp_path / f"{name.replace(' ', '-')}.yaml").write_text(text, encoding="utf-8")
    files = sorted(str(path.name) for path in tmp_path.glob("*.yaml"))
    words = [sys.executable, "-m", "readyroom", "agenda", "lint", *files]
    ran = subprocess.run(
        words, cwd=tmp_path, env=quiet_environment(tmp_path), capture_output=True, text=True, preexec_fn=limited,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 1, ran.stderr
    told = ran.stdout + ran.stderr
    assert "Traceback" not in told
    assert [name for name in files if not re.search(rf"^(readyroom: )?{name}:\d+:\d+: ", told, re.M)] == []


def test_no_agenda_runs_anything(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    path = tmp_path / "evil.yaml"
    for text in (TOUCHES, TOUCHES.replace("!!python/object/apply:os.system ", "")):
        path.write_text(text.replace("TOUCHED", str(touched)), encoding="utf-8")
        error = told_of(path)
        assert error is not None
        assert PLACED.match(str(error.problems[0]))
    words = TOUCHES.replace('!!python/object/apply:os.system ["touch TOUCHED"]', "Plain")
    path.write_text(words.replace("TOUCHED", str(touched)), encoding="utf-8")
    (item,) = load_agenda(path).items()
    assert item.ask == f"{{0.__class__}} {{{{7*7}}}} $(touch {touched})", "what looks like a template is text"
    assert not touched.exists()

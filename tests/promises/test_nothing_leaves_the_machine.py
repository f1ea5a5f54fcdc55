"""Promise: nothing leaves the machine unasked: no connection, no name looked up, no other program started."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.terminal import Terminal, quiet_environment

READYROOM = (sys.executable, "-m", "readyroom")
WATCH = """
import os, sys
OUTWARD = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo",
           "socket.gethostbyname", "socket.gethostbyaddr", "subprocess.Popen", "os.system", "os.posix_spawn",
           "os.exec", "webbrowser.open", "ftplib.connect", "http.client.connect", "smtplib.connect", "urllib.Request")
def watch(name, words):
    if name in OUTWARD:
        with open(os.environ["OUTWARD"], "a") as told:
            told.write(f"{name} {words!r}\\n")
        raise RuntimeError(f"not while a test watches: {name}")
with open(os.environ["OUTWARD"], "a") as told:
    told.write("watching\\n")
sys.addaudithook(watch)
"""
EACH = """
import sys
from readyroom.__main__ import main
for line in sys.argv[1:]:
    print(f"\\n[code {main(line.split())}]", flush=True)
"""
COMMANDS = """\
--version
--help
agenda list
agenda show reliability-review --json
agenda lint
agenda schema
run reliability-review --service checkout --answers ANSWERS --headless --finish --export out
run reliability-review --service ledger --headless
session list
session show last
session prepare last --out sheets
session adjourn last
session export S-1 --out again
session import again/record.json
action list --json
action add Alert
action done A-1
db status
db check
db backup
db rebuild
demo --headless --export demo
"""


def watched(home: Path) -> tuple[dict[str, str], Path]:
    """An environment in which Python programs tell whatever goes outwards, and fail at it."""
    (home / "watch").mkdir()
    (home / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    told = home / "outward"
    return quiet_environment(home, PYTHONPATH=str(home / "watch"), OUTWARD=str(told)), told


def outward(told: Path) -> list[str]:
    lines = told.read_text(encoding="utf-8").splitlines()
    assert "watching" in lines
    return [line for line in lines if line != "watching"]


def answers_file() -> str:
    from readyroom.workflows.demo import sample_answers

    return str(sample_answers())


def test_the_watch_sees_what_goes_outwards(tmp_path: Path) -> None:
    environ, told = watched(tmp_path)
    script = "import socket; socket.create_connection(('localhost', 9))"
    assert subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, check=False).returncode
    assert [line.split()[0] for line in outward(told)] == ["socket.getaddrinfo"]


def test_no_command_tries_to_reach_anybody(tmp_path: Path) -> None:
    environ, told = watched(tmp_path)
    folder = tmp_path / "team"
    folder.mkdir()
    lines = COMMANDS.replace("ANSWERS", answers_file()).splitlines()
    ran = subprocess.run(
        [sys.executable, "-c", EACH, *lines], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert [int(code) for code in re.findall(r"^\[code (\d+)]$", ran.stdout, re.M)] == [0] * len(lines), ran.stderr
    assert outward(told) == []
    assert json.loads((folder / "out" / "record.json").read_text(encoding="utf-8"))["session"]["status"] == "finished"


def test_no_screen_tries_to_reach_anybody(tmp_path: Path) -> None:
    environ, told = watched(tmp_path)
    folder = tmp_path / "team"
    folder.mkdir()
    words = (*READYROOM, "run", "reliability-review", "--service", "checkout", "--attendee", "Ana (facilitator)")
    with Terminal(words, cwd=folder, environ=environ) as terminal:
        terminal.wait_for("1/7")
        terminal.press("right", "y", "a")
        terminal.type("Alert on user errors @ana +2w !1")
        terminal.press("enter")
        terminal.wait_for("1 act")
        terminal.press("enter")
        terminal.wait_for("j next open|→ next")
        terminal.press("right", "?")
        terminal.wait_for("Help")
        terminal.press("escape")
        terminal.settle(0.3)
        terminal.press("u")
        terminal.wait_for("What is missing")
        terminal.press("f")
        terminal.wait_for(r"summary\.md")
        terminal.press("e")
        terminal.wait_for("Written")
        terminal.press("b")
        terminal.wait_for("n new")
        terminal.press("n")
        terminal.wait_for("New session")
        terminal.press("ctrl+q")
        assert terminal.wait_until_gone() == 0
    assert outward(told) == []


@pytest.mark.promise_long
@pytest.mark.skipif(shutil.which("strace") is None, reason="watching the system calls needs strace")
def test_the_system_sees_no_connection_either(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    told = ["strace", "-f", "-o", str(log), "-e", "trace=connect,sendto,sendmsg,bind,listen,execve"]
    environ = quiet_environment(tmp_path)
    words = ("demo", "--headless", "--export", str(tmp_path / "out"))
    subprocess.run([*told, *READYROOM, *words], env=environ, check=True)
    first = log.read_text(encoding="utf-8")
    with Terminal([*told, *READYROOM, "demo"], cwd=tmp_path, environ=environ) as terminal:
        terminal.wait_for("checkout")
        terminal.press("enter")
        terminal.wait_for(r"item \d+ of \d+")
        terminal.press("right", "y", "ctrl+q")
        assert terminal.wait_until_gone() == 0
    for calls in (first, log.read_text(encoding="utf-8")):
        assert [line for line in calls.splitlines() if "AF_" in line] == []
        assert calls.count("execve(") == 1, "and no other program was started"

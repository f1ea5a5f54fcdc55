"""Promise: it reopens at the same item, with the clock right and the half-typed text there."""

from __future__ import annotations

import os
import random
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.terminal import Terminal, quiet_environment
from workflows.room import Room

RUN = (sys.executable, "-m", "readyroom", "run", "what-keeps-us-up-at-night", "--service", "checkout")
LONG = [pytest.param(seed, marks=pytest.mark.promise_long) for seed in range(3, 60)]
HALF = "nobody knows who is paged on a Sund"


@pytest.mark.parametrize("seed", [1, 2, *LONG])
def test_a_killed_window_comes_back_where_it_was_with_the_clock_right(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    with Room(tmp_path) as room:
        live = room.live()
        session, counted = live.meeting.session.id, 0.0
        for number in range(luck.randint(2, 6)):
            for _ in range(luck.randint(1, 4)):
                live.move(luck.choice((1, 1, -1)))
                minutes = luck.randint(0, 9)
                room.clock.on(minutes=minutes)
                counted += minutes * 60
                live.beat()
            drafts = {f"note:{live.key.item}": f"half {number}", "capture": luck.choice(("", f"act {number}"))}
            for field, text in drafts.items():
                live.keep_draft(field, text)
            room.settle(live)
            where = live.key
            room.kill()
            room.clock.on(hours=luck.randint(1, 50))  # nobody was in the room
            live = room.live(session)
            assert live.key == where
            assert {field: live.draft(field) for field in drafts} == drafts
            assert live.timing.this_sitting == counted, "while it was down nothing was counted"
            assert live.timing.running


# ---- in a real terminal


def half_typed(terminal: Terminal) -> str:
    """Go some questions on and begin a note; gives where that is."""
    terminal.wait_for(r"item 1 of \d+")
    terminal.press("right")
    terminal.wait_for(r"item 2 of \d+")
    terminal.press("right")
    terminal.wait_for(r"item 3 of \d+")
    terminal.press("a")
    terminal.wait_for("empty")
    terminal.type(HALF)
    terminal.wait_for(HALF)
    found = re.search(r"item \d+ of \d+", terminal.prose)
    assert found
    return found[0]


def end_by(number: signal.Signals, wait: float) -> Callable[[Terminal], None]:
    def end(terminal: Terminal) -> None:
        terminal.settle(wait, wait)
        if number is signal.SIGKILL:
            terminal.kill()
            return
        os.kill(terminal.pid, number)
        assert terminal.wait_until_gone() == 128 + number

    return end


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(end_by(signal.SIGHUP, 0.0), id="terminal closed"),
        pytest.param(end_by(signal.SIGTERM, 0.0), id="asked to end", marks=pytest.mark.promise_long),
        pytest.param(end_by(signal.SIGKILL, 1.5), id="killed"),
    ],
)
def test_half_typed_text_is_there_again(tmp_path: Path, end: Callable[[Terminal], None]) -> None:
    environ = quiet_environment(tmp_path)
    folder = tmp_path / "team"
    folder.mkdir()
    with Terminal(RUN, cwd=folder, environ=environ) as terminal:
        where = half_typed(terminal)
        end(terminal)
    with Terminal(RUN, cwd=folder, environ=environ) as terminal:
        terminal.wait_for(where)
        terminal.wait_for(HALF)
        terminal.press("enter")
        terminal.wait_for("1 act")


# ---- a long meeting


def memory_of(pid: int) -> float:
    """Megabytes that a program holds in memory."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("resizes, steps", [(12, 10), pytest.param(300, 600, marks=pytest.mark.promise_long)])
def test_a_long_meeting_at_every_size_stays_where_it_is_and_small(tmp_path: Path, resizes: int, steps: int) -> None:
    luck = random.Random(resizes)
    environ = quiet_environment(tmp_path)
    folder = tmp_path / "team"
    folder.mkdir()
    with Terminal(RUN, cwd=folder, environ=environ) as terminal:
        where = half_typed(terminal)
        terminal.press("enter")
        terminal.wait_for("1 act")
        terminal.press("escape")
        terminal.wait_for("leave|next")
        before = memory_of(terminal.pid)
        for number in range(resizes):
            size = (1, 1) if number % 7 == 3 else (luck.randint(1, 250), luck.randint(1, 70))
            terminal.resize(*size)
            terminal.settle(0.02)
        terminal.resize(80, 24)
        terminal.wait_for(where)
        for _ in range(steps):
            terminal.press(luck.choice(("right", "left")))
        terminal.settle(0.3)
        terminal.wait_for(r"item \d+ of \d+")
        assert memory_of(terminal.pid) - before < 40, "megabytes; a leak of a screen for each size would be more"
        terminal.press("ctrl+q")
        assert terminal.wait_until_gone() == 0

"""What is measured in a terminal: Home, a key in a meeting, saving, opening a session, memory."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from itertools import cycle, islice
from statistics import median

from benchmarks.budgets import Line, as_ratio, as_time
from benchmarks.ground import BARE_READY, Ground
from benchmarks.watching import Program
from benchmarks.workspaces import AGENDA, FIRST_QUESTION

RIGHT, LEFT, ENTER = "\x1b[C", "\x1b[D", "\r"
HOME_EMPTY, HOME_FULL = "Nothing here yet", "invoices"
HEAD = 3
"""Lines at the top of a meeting; its clock repaints them each second."""
SAVED = (2, "saved ")
_STEPS = (("y", RIGHT), ("y", LEFT), ("n", RIGHT), ("n", LEFT))
"""Answers to the first two questions in turn, each another one than stands there."""
_LOADED = 2.0
"""Seconds after which what the app loads behind its first screen is there."""
_FLUSH_MS = 30
_LATE = 0.16
"""Seconds of silence after which nothing more comes of a key, on the slow disk too."""


def home(ground: Ground) -> list[Line]:
    """From the command to a Home that can be used."""
    bare: list[float] = []
    empty: list[float] = []
    full: list[float] = []
    starts: tuple[tuple[list[float], Callable[[], Program], str], ...] = (
        (bare, ground.bare, BARE_READY),
        (empty, lambda: ground.app(ground.empty), HOME_EMPTY),
        (full, lambda: ground.app(ground.large.folder), HOME_FULL),
    )
    for _ in range(ground.rounds(25, 7) + 1):
        for times, start, words in starts:
            with start() as program:
                times.append(program.until(words))
    return [
        as_ratio("Home usable, nothing in it yet", empty[1:], bare[1:], 1.25, "bare app"),
        as_ratio("Home usable, 10,000 sessions", full[1:], bare[1:], 1.25, "bare app"),
    ]


def key(ground: Ground) -> list[Line]:
    """A key in a meeting: to its first change on the screen, and to Saved; on a slow disk too."""
    answers: dict[str, list[float]] = defaultdict(list)
    moves: dict[str, list[float]] = defaultdict(list)
    saved: dict[str, list[float]] = defaultdict(list)
    with ExitStack() as stack:
        bare = stack.enter_context(ground.bare())
        bare.until(BARE_READY)
        meetings = {name: stack.enter_context(program) for name, program in _meetings(ground).items()}
        for program in meetings.values():
            program.until(FIRST_QUESTION)
            program.rest(_LOADED)
        warm = len(_STEPS)
        for answer, move in islice(cycle(_STEPS), ground.rounds(120, 24) + warm):
            answers["bare"].append(bare.press("x").first)
            for name, program in meetings.items():
                reaction = program.press(answer, below=HEAD, awaits=SAVED, quiet=_LATE)
                answers[name].append(reaction.first)
                # Where the mark never left the screen, it was true again before the first change was painted.
                saved[name].append((reaction.later or reaction.first) - reaction.first)
            moves["bare"].append(bare.press("x").first)
            for name, program in meetings.items():
                moves[name].append(program.press(move, below=HEAD, quiet=0.08).first)
    for times in (answers, moves, saved):
        for name in times:
            times[name] = times[name][warm:]
    return _key_lines(answers, moves, saved)


def _meetings(ground: Ground) -> dict[str, Program]:
    ten, many = ground.small(10), ground.small(1000)
    slow, unsaved = ground.small(10, "slow"), ground.small(10, "unsaved")
    return {
        "10": ground.app(ten.folder, "run", AGENDA, "--service", "checkout"),
        "1000": ground.app(many.folder, "run", AGENDA, "--service", "checkout"),
        "slow": ground.module("meeting", slow.folder, str(slow.folder), slow.session, str(_FLUSH_MS)),
        "unsaved": ground.module("meeting", unsaved.folder, str(unsaved.folder), unsaved.session, "unsaved"),
    }


def _key_lines(
    answers: dict[str, list[float]], moves: dict[str, list[float]], saved: dict[str, list[float]]
) -> list[Line]:
    lines = []
    for name, items in (("10", "10 questions"), ("1000", "1,000 questions")):
        for times, what in ((answers, "An answering key"), (moves, "A key to the next question")):
            lines.append(as_ratio(f"{what}, first change, {items}", times[name], times["bare"], 2, "bare key"))
            bare = f"bare key {as_time('', times['bare'], None, share=0.95).measured:.1f} ms"
            lines.append(as_time(f"{what}, p95, {items}", times[name], 16, bare, share=0.95))
        lines.append(as_time(f"Saved shown after the first change, {items}", saved[name], 50))
    slow = f"An answering key, each flush of the disk {_FLUSH_MS} ms"
    lines.append(as_ratio(slow, answers["slow"], answers["unsaved"], 1.5, "nothing saved at all"))
    lines.append(as_time(f"Saved shown after the first change, flush {_FLUSH_MS} ms", saved["slow"], None))
    return lines


def opening(ground: Ground) -> list[Line]:
    """From Enter at Home to the question where the meeting stands, with a long history behind it."""
    first: list[float] = []
    again: list[float] = []
    keys: dict[str, list[float]] = {"first": [], "again": []}
    of_the_day: list[float] = []
    backups = ground.large.folder / "sessions" / "backups"
    with ground.bare() as bare:
        bare.until(BARE_READY)
        for _ in range(ground.rounds(15, 5) + 1):
            with ground.app(ground.large.folder) as program:
                program.until(HOME_FULL)
                program.rest(_LOADED)
                keys["first"].append(_bare_key(bare))
                first.append(program.type_until(ENTER, FIRST_QUESTION))
                program.rest(0.5)
                program.type_until("h", HOME_FULL)
                program.rest(0.5)
                keys["again"].append(_bare_key(bare))
                again.append(program.type_until(ENTER, FIRST_QUESTION))
        for _ in range(ground.rounds(5, 2)):
            shutil.rmtree(backups, ignore_errors=True)
            with ground.app(ground.large.folder) as program:
                program.until(HOME_FULL)
                program.rest(_LOADED)
                of_the_day.append(program.type_until(ENTER, FIRST_QUESTION))
    return [
        as_ratio("Opening a session of 200 questions, once more", again[1:], keys["again"][1:], 8, "bare key"),
        as_ratio(
            "Opening a session of 200 questions, the first since the start", first[1:], keys["first"][1:], 8, "bare key"
        ),
        as_time("the same, first of the day: 10,000 sessions are backed up before", of_the_day, None),
    ]


def _bare_key(bare: Program) -> float:
    """A key of the bare app, of three, so that one which was disturbed does not count."""
    return median(bare.press("x").first for _ in range(3))


def memory(ground: Ground) -> list[Line]:
    """The most memory that the open app ever had."""
    bare: list[float] = []
    at_home: list[float] = []
    meeting: list[float] = []
    small = ground.small(200, "memory")
    for _ in range(ground.rounds(5, 2)):
        with ground.bare() as program:
            program.until(BARE_READY)
            bare.append(program.most_memory)
        with ground.app(ground.large.folder) as program:
            program.until(HOME_FULL)
            program.rest(_LOADED)
            at_home.append(program.most_memory)
        with ground.app(small.folder, "run", AGENDA, "--service", "checkout") as program:
            program.until(FIRST_QUESTION)
            program.rest(_LOADED)
            program.press("y")
            program.rest(1)
            meeting.append(program.most_memory)
    return [
        as_ratio("Memory at Home, 10,000 sessions", at_home, bare, 2.5, "bare app", unit="MiB"),
        as_ratio("Memory in a meeting of 200 questions", meeting, bare, 2.5, "bare app", unit="MiB"),
    ]

"""The table on the terminal, and the page in the docs."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.budgets import Line

ABOUT = {
    "home": "Home: from the command until it can be used",
    "key": "A key in a meeting",
    "opening": "Opening a session from Home, with 10,000 sessions behind it",
    "memory": "Memory of the open app, at its highest",
    "commands": "The command line, from start to end",
    "calls": "Inside the program: the first call in a fresh interpreter",
}
_INTRODUCTION = """# Speed

Nobody in a meeting may wait for the program. Each line below has a budget, and `make bench` measures it; this page is
written by `python -m benchmarks --write` and not by hand.

The limit is a Textual app with one `Static` (the *bare app*; the *bare key* changes its text), on the command line
`python -c pass`. They run in the same run, in turn with what is measured; the ratio is taken round by round, and the
table has the median of the ratios. A round in which even the bare one took half as long again as usual tells of the
machine and is left out. Milliseconds depend on the machine and on what else it does; ratios do so less.

Programs run in a pseudo-terminal of 120×40 that answers what terminals are asked. Each read is time-stamped, and made a
screen only while the program is silent. *First change* is the first read after a key that changes a line below the
head of the meeting, whose clock ticks by itself. A disk is slowed down by sleeping before each commit of the writer.
"""


def as_table(lines: Sequence[Line]) -> str:
    """Lines as columns of text."""
    width = max(len(line.name) for line in lines)
    return "\n".join(
        f"  {line.name:<{width}}  {line.told(line.measured):>9}  {line.told(line.budget):>9}  "
        f"{line.verdict:<6}  {line.beside}"
        for line in lines
    )


def page(found: Mapping[str, Sequence[Line]]) -> str:
    """docs/performance.md."""
    parts = [_INTRODUCTION, f"Measured on {machine()}, with other work on the machine at times.\n"]
    for name, lines in found.items():
        rows = [
            f"| {line.name} | {line.told(line.measured)} | {line.told(line.budget)} | {line.verdict} "
            f"| {line.beside} | {line.rounds}{f' of {line.of}' if line.of else ''} |"
            for line in lines
        ]
        head = ["| what | measured | budget | | medians | rounds |", "|---|--:|--:|---|---|--:|"]
        parts.append("\n".join([f"## {ABOUT[name]}", "", *head, *rows, ""]))
    return "\n".join(parts)


def machine() -> str:
    """What it was measured on; nothing that would name whose machine it is."""
    textual, sqlmodel = version("textual"), version("sqlmodel")
    return (
        f"{os.cpu_count()} cores ({_processor()}), {platform.system()}, Python {platform.python_version()}, "
        f"Textual {textual}, SQLModel {sqlmodel}, SQLite {sqlite3.sqlite_version}"
    )


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    return platform.processor() or platform.machine()

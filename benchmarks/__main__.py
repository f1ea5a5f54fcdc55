"""`python -m benchmarks [--short] [--write] [NAME …]`: measure, print a table, and say what is over its budget."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.budgets import Line
from benchmarks.calls import calls
from benchmarks.commands import commands
from benchmarks.ground import CHECKOUT, Ground
from benchmarks.page import ABOUT, as_table, machine, page
from benchmarks.screens import home, key, memory, opening

CASES: dict[str, Callable[[Ground], list[Line]]] = {
    "home": home,
    "key": key,
    "opening": opening,
    "memory": memory,
    "commands": commands,
    "calls": calls,
}
PAGE = CHECKOUT / "docs" / "performance.md"
_LENIENCE = 2.0
"""With few rounds on a machine that others use, only what is over its budget by more than this has failed."""


def main() -> int:
    """Exit code 1 where a budget is missed (with --short: by more than a factor of two)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(CASES)}")
    parser.add_argument("--short", action="store_true", help="few rounds; fails only at twice a budget")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(CHECKOUT)} anew")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in CASES]:
        parser.error(f"there is no {unknown[0]!r}; there are {', '.join(CASES)}")
    if asked.write and (asked.short or asked.names):
        parser.error("the page is written from a whole run, without --short and without names")
    ground = Ground(CHECKOUT / "build" / f"benchmarks-{os.getpid()}", asked.short, _say)
    ground.clear()
    print(machine())
    found: dict[str, list[Line]] = {}
    try:
        for name in asked.names or CASES:
            print(f"\n{ABOUT[name]}", flush=True)
            found[name] = CASES[name](ground)
            print(as_table(found[name]), flush=True)
    finally:
        ground.clear()
    if asked.write:
        Path(PAGE).write_text(page(found), encoding="utf-8")
    most = _LENIENCE if asked.short else 1.0
    missed = [line for lines in found.values() for line in lines if line.missed_by > most]
    for line in missed:
        _say(f"over its budget: {line.name}: {line.told(line.measured)}, budget {line.told(line.budget)}")
    return 1 if missed else 0


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

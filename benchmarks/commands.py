"""What is measured on the command line: whole programs, from their start to their end."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.budgets import Line, as_ratio, as_time
from benchmarks.ground import READYROOM, Ground
from benchmarks.watching import clean_environment
from benchmarks.workspaces import AGENDA


def commands(ground: Ground) -> list[Line]:
    """`--version`, a lint, a long list; with an interpreter that does nothing beside them."""
    small = ground.small(200, "commands")
    python, version, lint, listed = [], [], [], []
    for _ in range(ground.rounds(20, 6) + 1):
        python.append(_run(ground, ground.empty, sys.executable, "-c", "pass"))
        version.append(_run(ground, ground.empty, READYROOM, "--version"))
        lint.append(_run(ground, small.folder, READYROOM, "agenda", "lint", AGENDA))
        listed.append(_run(ground, ground.large.folder, READYROOM, "action", "list"))
    beside = "python -c pass"
    of_python = f"{beside} {as_time('', python[1:], None).measured:.1f} ms"
    return [
        as_ratio("readyroom --version", version[1:], python[1:], 4.5, beside),
        as_ratio("agenda lint, 200 items", lint[1:], python[1:], 20, beside),
        as_time("action list, 10,000 open actions", listed[1:], 1000, of_python),
    ]


def _run(ground: Ground, folder: Path, *words: str) -> float:
    started = time.perf_counter()
    subprocess.run(words, cwd=folder, env=clean_environment(ground.home), capture_output=True, check=True)
    return (time.perf_counter() - started) * 1000

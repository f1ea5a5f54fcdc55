"""The house rules that no linter knows: sizes, and what must not stand in a tracked file.

Who may import whom is checked by `lint-imports` in `make check`.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "readyroom"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
# Put together from halves, so that this file does not hold what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"/ro" + r"ot/",
            r"/wo" + r"rk/(main|shared)",
            r"/opt/" + r"(wheels|pypi)",
            r"py" + r"pi\.org",
            r"python" + r"hosted\.org",
            r"npm" + r"js\.org",
            r"deb\." + r"debian\.org",
        ]
    )
)
TEXT_FILES = {"", ".py", ".md", ".toml", ".txt", ".yaml", ".json", ".ini", ".tcss", ".svg", ".sql", ".sh"}


def tracked_files():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def functions(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1


def test_every_file_has_one_subject_and_stays_readable():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= LONGEST_FILE
    }
    assert not long, f"look for the second subject in: {long}"


def test_every_function_fits_on_a_screen():
    long = [
        f"{path.relative_to(ROOT)}:{line}: {name} has {length} lines"
        for path in SOURCES
        for name, line, length in functions(path)
        if length >= LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_no_tracked_file_names_a_machine_path_or_a_registry():
    found = []
    for path in tracked_files():
        if path.suffix not in TEXT_FILES or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if match := FORBIDDEN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match.group()}")
    assert not found, "\n".join(found)


def test_the_version_is_told_without_loading_a_library():
    script = (
        "import sys; from readyroom.__main__ import main; main(['--version']); "
        "print([m for m in ('sqlmodel', 'textual', 'click', 'pydantic', 'yaml') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    version = re.search(r'"(.+)"', (PACKAGE / "_version.py").read_text(encoding="utf-8").splitlines()[-1]).group(1)
    assert told.splitlines() == [f"readyroom {version}", "[]"]

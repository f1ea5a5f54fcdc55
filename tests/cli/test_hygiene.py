"""What a command loads, it pays for at every start: no screen, no Textual; no database, no SQLModel."""

import subprocess
import sys

import pytest

HEAVY = ("textual", "rich", "sqlmodel", "sqlalchemy", "alembic", "httpx", "markdown_it")


def loaded_by(words, workspace, wanted):
    script = (
        "import sys\n"
        "from readyroom.__main__ import main\n"
        f"main({words!r})\n"
        f"print('loaded', *[name for name in {wanted!r} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()[-1].split()[1:]


def test_the_version_is_told_without_any_library(workspace):
    assert loaded_by(["--version"], workspace, (*HEAVY, "click", "pydantic", "yaml", "argparse")) == []


def test_the_app_is_reached_without_click(workspace):
    assert loaded_by([], workspace, (*HEAVY, "click", "pydantic", "yaml")) == []


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["agenda", "list"],
        ["agenda", "show", "acme"],
        ["agenda", "lint"],
        ["agenda", "lint", "agendas/acme.yaml"],
        ["init", "there"],
        ["run", "acme"],
        ["action", "--help"],
        ["session", "export", "--help"],
    ],
)
def test_a_command_without_database_or_screen_loads_neither(workspace, words):
    assert loaded_by(words, workspace, HEAVY) == []


@pytest.mark.parametrize(
    "words",
    [
        ["run", "acme", "--answers", "answers.yaml", "--headless", "--finish"],
        ["session", "list"],
        ["session", "show"],
        ["action", "list"],
        ["db", "status"],
    ],
)
def test_a_command_that_opens_no_screen_never_loads_textual(workspace, words):
    assert loaded_by(words, workspace, ("textual", "rich", "httpx")) == []


def test_help_of_the_whole_program_imports_no_noun(workspace):
    nouns = tuple(f"readyroom.cli.{noun}" for noun in ("agenda", "session", "action", "db", "run", "demo", "init"))
    assert loaded_by(["--help"], workspace, nouns) == []
    assert loaded_by(["agenda", "list"], workspace, nouns) == ["readyroom.cli.agenda"]

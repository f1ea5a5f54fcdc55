"""Every command helps itself, and is in the documentation as it is."""

import re
from pathlib import Path

import pytest

from readyroom.cli.reference import all_commands, renewed

DOCUMENT = Path(__file__).parents[2] / "docs" / "cli.md"
COMMANDS = dict(all_commands())


@pytest.mark.parametrize("path", COMMANDS)
def test_every_help_shows_an_example(cli, path):
    ran = cli(f"{path.removeprefix('readyroom')} --help")
    assert ran.code == 0
    _, _, examples = ran.out.partition("Examples:\n")
    lines = [line.strip() for line in examples.splitlines()]
    assert lines
    assert all(re.match(rf"{path}( |$)", line) for line in lines)


@pytest.mark.parametrize("path", COMMANDS)
def test_every_help_fits_into_eighty_columns(cli, path):
    told, _, _ = cli(f"{path.removeprefix('readyroom')} -h").out.partition("Examples:")
    assert max(map(len, told.splitlines())) <= 80


def test_the_reference_in_the_documentation_is_current():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == renewed(text), "renew it: python -m readyroom.cli.reference docs/cli.md"


def test_every_command_is_in_the_documentation():
    text = DOCUMENT.read_text(encoding="utf-8")
    missing = [path for path in COMMANDS if not re.search(rf"^##+ {re.escape(path)}$", text, re.MULTILINE)]
    assert not missing


@pytest.mark.parametrize("line, near", [("agnda list", "agenda"), ("agenda lst", "list"), ("sesion", "session")])
def test_a_misspelt_command_gets_a_suggestion(cli, line, near):
    ran = cli(line)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f'did you mean "{near}"?\n')


@pytest.mark.parametrize(
    "line, told",
    [
        ("agenda show", "readyroom: agenda show: Missing argument 'AGENDA'; see readyroom agenda show --help\n"),
        ("agenda list --jsn", "--json"),
        ("zzz", "there are run, demo, init"),
        ("action edit A-1", "readyroom: action edit: nothing to change; give --title"),
        ("run acme --finish", "--finish needs --headless"),
    ],
)
def test_a_wrong_command_line_is_one_line_with_the_fix(cli, line, told):
    ran = cli(line)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_a_shell_completes_verbs(cli, monkeypatch):
    monkeypatch.setenv("_READYROOM_COMPLETE", "bash_source")
    assert "complete" in cli("").out
    monkeypatch.setenv("_READYROOM_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "readyroom session ex")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert cli("").out == "plain,export\n"

"""Who is let in to the screens, and what is said to those who are not."""

import io

import pytest

from readyroom.cli import screens


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def opened(monkeypatch):
    """What the app would have been opened with."""
    calls = []

    def run_app(workspace, *, session=None, start="home"):
        calls.append((workspace, session, start))
        return 0

    monkeypatch.setattr(screens, "no_screen", lambda environ: "")
    monkeypatch.setattr("readyroom.tui.run.run_app", run_app)
    return calls


@pytest.mark.parametrize("line", ["", "demo", "run acme", "--workspace ."])
def test_without_a_terminal_one_line_says_what_to_do_instead(workspace, cli, line):
    ran = cli(line)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "--headless" in ran.err
    assert not list((workspace / "sessions").iterdir())


def test_a_terminal_that_cannot_move_its_cursor_is_none():
    both = (Terminal(), Terminal())
    assert screens.no_screen({"TERM": "xterm"}, both) == ""
    assert "TERM is dumb" in screens.no_screen({"TERM": "dumb"}, both)
    assert screens.no_screen({}, (Terminal(), io.StringIO()))
    assert screens.no_screen({}, (None, Terminal()))


def test_readyroom_alone_opens_home(workspace, cli, opened):
    assert cli("").code == 0
    assert [(found.folder, session) for found, session, _ in opened] == [(workspace, None)]


def test_run_opens_its_session_and_exports_it_afterwards(workspace, cli, opened):
    ran = cli("run acme --service checkout --attendee 'Ana (owner)' --export out")
    assert ran.code == 0, ran.err
    assert opened[0][1]
    assert (workspace / "out" / "record.json").is_file()


def test_the_demo_opens_a_workspace_of_its_own(workspace, cli, opened):
    assert cli("demo").code == 0
    assert opened[0][0].folder != workspace
    assert not opened[0][0].folder.exists()


def test_no_color_reaches_the_app(workspace, cli, opened, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("NO_COLOR", "")
    cli("--no-color")
    import os

    assert os.environ["NO_COLOR"] == "1"

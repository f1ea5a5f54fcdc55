"""What holds on every screen: it survives any size and any text, explains itself, and leaves without loss."""

import os
import subprocess
import sys
from pkgutil import iter_modules

import pytest
from textual.command import CommandPalette

from readyroom.borders.configuration import Look
from readyroom.domain.capture import CaptureKind
from readyroom.domain.session import Attendee
from readyroom.store import StoreError
from readyroom.tui import screens
from readyroom.tui.commands import Where
from readyroom.tui.screens.help import HelpScreen
from readyroom.tui.screens.home import HomeScreen
from readyroom.tui.screens.meeting import MeetingScreen
from readyroom.tui.screens.new_session import NewSessionScreen
from readyroom.tui.screens.session_view import SessionScreen
from readyroom.tui.screens.too_small import TooSmallScreen
from readyroom.tui.screens.wrapup import WrapUpScreen
from readyroom.tui.themes import ASCII
from readyroom.workflows.start import start_session
from tui.workspaces import (
    CONTROLS,
    HOSTILE,
    SIZES,
    a_full_workspace,
    a_workspace,
    an_app,
    an_unfinished_session,
    open_meeting,
    small_agenda,
    text_of,
    until,
    write_agenda,
)


@pytest.fixture
def workspace(tmp_path):
    made = a_workspace(tmp_path)
    yield made
    made.close()


def a_hostile_session(workspace):
    """Every text of a session that people can type, as somebody would who wants to do harm."""
    session = start_session(
        workspace, small_agenda(HOSTILE[2]), subjects=list(HOSTILE[:4]), attendees=[(text, text) for text in HOSTILE]
    )
    live = open_meeting(workspace, session)
    live.answer("detect")
    for text in HOSTILE:
        live.note(text)
        live.evidence(text)
        for kind in CaptureKind:
            live.capture(kind, text)
    live.set_attendees([Attendee(name=text, role=text) for text in HOSTILE])
    live.flush()
    workspace.store().windows.release(live.window.id)
    return session


def assert_harmless(app):
    shown = text_of(app)
    assert [hex(ord(character)) for character in CONTROLS if character in shown] == []


# ---- hostile text


async def test_no_text_of_a_session_harms_any_screen(workspace):
    a_hostile_session(workspace)
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        assert "[@click=app.quit]click me[/]" in text_of(app)
        assert_harmless(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, WrapUpScreen)
        assert_harmless(app)
        for _ in range(12):
            await pilot.press("down")
        assert_harmless(app)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, SessionScreen))
        assert isinstance(app.screen, SessionScreen)
        assert_harmless(app)
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.pause()
        assert_harmless(app)


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_message_harms_the_screen(workspace, text):
    app = an_app(workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.tell(text, title=text)
        app.tell_error(StoreError(text, text, text))
        app.notify(text, title=text)
        await pilot.pause(0.2)
        assert_harmless(app)


async def test_no_text_typed_into_the_fields_harms_them(workspace):
    app = an_app(workspace, start="new")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for text in HOSTILE:
            app.screen.query_one("#service").value = text
            app.screen.query_one("#people").value = text
            await pilot.pause()
            assert_harmless(app)


async def test_no_agenda_harms_the_list(workspace, tmp_path):
    for number, title in enumerate(("'[/]'", "'[@click=app.quit]x'", "'[P1] down'")):
        write_agenda(workspace.agendas, f"own-{number}", title)
    (workspace.agendas / "broken.yaml").write_text("title: '[/]'\n[bold]: [/x]\n")
    app = an_app(workspace, start="new")
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        assert "[@click=app.quit]x" in text_of(app)
        for _ in range(8):
            await pilot.press("down")
            await pilot.pause()
            assert_harmless(app)


# ---- any size


async def test_a_small_window_asks_for_a_larger_one_and_loses_nothing(workspace):
    app = an_app(workspace, start="new")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"check")
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        assert isinstance(app.screen, TooSmallScreen)
        assert "window larger" in " ".join(text_of(app).split())
        await pilot.press("n", "q", "enter")
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert isinstance(app.screen, NewSessionScreen)
        await pilot.press(*"out")
        assert app.screen.query_one("#service").value == "checkout"


async def test_no_size_crashes_any_screen(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace)
    sizes = [
        (1, 1),
        (2, 60),
        (300, 2),
        (41, 11),
        (20, 5),
        (80, 24),
        (119, 29),
        (160, 10),
        (40, 10),
        (79, 23),
        (200, 60),
    ]
    async with app.run_test(size=(80, 24)) as pilot:

        async def go_through():
            for width, height in sizes:
                await pilot.resize_terminal(width, height)  # waits until it is painted

        await go_through()
        await pilot.press("question_mark")
        await go_through()
        await pilot.press("escape", "n")
        await go_through()
        await pilot.press("escape", "enter", "u")
        await pilot.pause()
        await go_through()
        assert isinstance(app.screen, WrapUpScreen)
        await pilot.press("f")
        await until(pilot, lambda: isinstance(app.screen, SessionScreen))
        await go_through()
        assert isinstance(app.screen, SessionScreen)


# ---- help, palette, keys


@pytest.mark.parametrize("where", [Where.HOME, Where.MEETING, Where.WRAP_UP, Where.NEW_SESSION])
async def test_help_explains_the_screen_one_is_on(workspace, where):
    an_unfinished_session(workspace)
    keys = {Where.HOME: [], Where.MEETING: ["enter"], Where.WRAP_UP: ["enter", "u"], Where.NEW_SESSION: ["n"]}[where]
    app = an_app(workspace)
    async with app.run_test(size=(120, 80)) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        before = app.screen
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert f"Help  {where.value}" in text_of(app)
        assert "Leave (everything is saved)" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is before


async def test_the_palette_does_what_its_entry_says(workspace):
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"New sess")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, NewSessionScreen)


async def test_a_remapped_key_works_and_is_shown(tmp_path):
    workspace = a_workspace(tmp_path)
    workspace.keys = {"home.new": "f2", "no.such": "x"}
    app = an_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "f2 new" in text_of(app)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, NewSessionScreen)


async def test_themes_go_round(workspace):
    app = an_app(workspace)
    async with app.run_test() as pilot:
        names = []
        for _ in range(4):
            names.append(app.theme)
            app.action_next_theme()
            await pilot.pause()
        assert names == ["readyroom-dark", "readyroom-light", "readyroom-contrast", "readyroom-dark"]


async def test_a_terminal_without_glyphs_or_colour_shows_the_same_words(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    workspace = a_full_workspace(tmp_path)
    workspace.look = Look(glyphs="ascii")
    app = an_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert app.glyphs is ASCII
        assert "! overdue" in shown
        assert "▰" not in shown
        segments = [segment for line in app.screen._compositor.render_strips() for segment in line]
        colours = {one.style.color.name for one in segments if one.style and one.style.color}
        assert colours
        assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours), "all of them are greys"
    workspace.close()


# ---- going and coming


async def test_an_unknown_session_says_so_and_shows_home(workspace):
    an_unfinished_session(workspace)
    app = an_app(workspace, session="00000000-0000-4000-8000-999999999999")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert [note.severity for note in app._notifications] == ["error"]


async def test_a_session_that_was_asked_for_opens_at_once(workspace):
    session = an_unfinished_session(workspace)
    app = an_app(workspace, session=session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_leaving_keeps_what_is_half_typed(workspace):
    session = an_unfinished_session(workspace)
    app = an_app(workspace, session=session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("a", *"Call the bank", "ctrl+q")
        await pilot.pause()
    assert app.return_code == 0
    workspace.close()
    again = an_app(workspace, session=session)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "Call the bank" in text_of(again)


async def test_leaving_with_something_unsaved_is_told_once(workspace, monkeypatch):
    session = an_unfinished_session(workspace)
    app = an_app(workspace, session=session)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(app, "save_all", lambda: False)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.is_running
        assert [note.title for note in app._notifications][-1].startswith("NOT SAVED")
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert app.return_code == 0


CLOSED_TERMINAL = """
import os, signal, sys, threading
from pathlib import Path
from readyroom.workflows.workspace import open_workspace
from readyroom.tui.app import ReadyroomApp

class Closed(ReadyroomApp):
    def on_ready(self):
        super().on_ready()
        os.kill(os.getpid(), getattr(signal, sys.argv[2]))

folder = Path(sys.argv[1])
workspace = open_workspace(folder, environ=os.environ, cwd=folder)
app = Closed(workspace)
app.run(headless=True)
workspace.close()
sys.exit(app.return_code)
"""


@pytest.mark.parametrize("name, code", [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_closed_terminal_ends_the_program_cleanly(tmp_path, name, code):
    ended = subprocess.run(
        [sys.executable, "-c", CLOSED_TERMINAL, str(tmp_path), name],
        env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (code, b"")


LOADED = """
import sys
from readyroom.tui.app import ReadyroomApp
from readyroom.tui.screens.home import HomeScreen
slow = "sqlmodel sqlalchemy alembic httpx click markdown_it pydantic yaml"
print([name for name in slow.split() if name in sys.modules])
"""


async def test_an_upgrade_under_a_running_program_finds_everything_loaded_already(workspace):
    app = an_app(workspace)
    wanted = [f"readyroom.tui.screens.{one.name}" for one in iter_modules(screens.__path__)]
    before = {name: sys.modules.pop(name) for name in wanted if name.endswith((".help", ".goto", ".search"))}
    try:
        async with app.run_test() as pilot:
            await until(pilot, lambda: all(name in sys.modules for name in wanted))
    finally:
        sys.modules.update(before)


def test_home_is_shown_without_loading_the_database_library():
    told = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"


@pytest.mark.parametrize("size", SIZES)
def test_help_looks_right(snap_compare, workspace, size):
    an_unfinished_session(workspace)

    async def go(pilot):
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()

    assert snap_compare(an_app(workspace), terminal_size=SIZES[size], run_before=go)

"""From an empty folder to the first question: an agenda, a service, the people, all on one screen."""

import pytest
from textual import events

from readyroom.tui.screens.home import HomeScreen
from readyroom.tui.screens.meeting import MeetingScreen
from readyroom.tui.screens.new_session import NewSessionScreen
from readyroom.tui.widgets.linelist import LineList
from tui.workspaces import SIZES, a_finished_session, a_workspace, an_app, text_of, write_agenda


@pytest.fixture(autouse=True)
def _a_small_shelf(tmp_path, monkeypatch):
    """Two agendas come with the program, whatever is shipped today."""
    shelf = tmp_path / "shelf"
    write_agenda(shelf, "handoff", "Ownership handoff")
    write_agenda(shelf, "reliability-review", "Reliability review")
    monkeypatch.setattr("readyroom.agendas.find.shipped_folder", lambda: shelf)


@pytest.fixture
def workspace(tmp_path):
    made = a_workspace(tmp_path)
    yield made
    made.close()


async def test_the_first_question_comes_after_a_few_keys(workspace):
    app = an_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "down", "enter", *"checkout", "tab", *"Ana (owner), Bo", "enter")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        meeting = app.screen.live.meeting
        assert meeting.session.title == "Reliability review"
        assert meeting.session.subjects == ("checkout",)
        assert meeting.present == ("Ana", "Bo")
        assert "Which step was the slowest" in text_of(app)


async def test_only_the_agenda_is_needed(workspace):
    app = an_app(workspace, start="new")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert app.screen.live.meeting.session.subjects == ()


async def test_a_pasted_roster_of_many_lines_is_taken_whole(workspace):
    app = an_app(workspace, start="new")
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        field = app.screen.query_one("#people")
        field.focus()
        field.post_message(events.Paste("Ana (owner)\nBo (on-call),\r\nChidi\n\n"))
        await pilot.pause()
        assert field.value == "Ana (owner), Bo (on-call), Chidi"
        assert "3 people: Ana owner · Bo on-call · Chidi" in text_of(app)


async def test_a_paste_that_is_too_long_is_told(workspace):
    app = an_app(workspace, start="new")
    async with app.run_test(size=(120, 35), notifications=True) as pilot:
        await pilot.pause()
        field = app.screen.query_one("#people")
        field.focus()
        field.post_message(events.Paste("\n".join(f"Person {n}" for n in range(400))))
        await pilot.pause()
        assert len(field.value) == 2000
        await pilot.pause(0.2)
        assert "Not all was taken" in text_of(app)


async def test_a_service_of_an_earlier_session_is_completed(workspace):
    a_finished_session(workspace, subject="checkout")
    app = an_app(workspace, start="new")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"che")
        await pilot.pause()
        await pilot.press("right")
        await pilot.pause()
        assert app.screen.query_one("#service").value == "checkout"


async def test_several_services_make_one_session(workspace):
    app = an_app(workspace, start="new")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", *"checkout, ledger", "enter")
        await pilot.pause()
        assert app.screen.live.meeting.session.subjects == ("checkout", "ledger")


async def test_why_it_is_held_is_completed_from_the_agenda(workspace):
    workspace.agendas.mkdir()
    shipped = (workspace.folder.parent / "shelf" / "handoff.yaml").read_text()
    own = shipped.replace("id: handoff", "id: a-handoff", 1) + "triggers: [new-team, leaver]\n"
    (workspace.agendas / "a-handoff.yaml").write_text(own)
    app = an_app(workspace, start="new")
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        assert "the calendar, or new-team, leaver" in text_of(app)
        app.screen.query_one("#trigger").focus()
        await pilot.press(*"nex", "enter")
        await pilot.pause()
        assert isinstance(app.screen, NewSessionScreen)
        await pilot.press("backspace", *"w")
        await pilot.pause()
        await pilot.press("right", "enter")
        await pilot.pause()
        assert app.screen.live.meeting.session.trigger == "new-team"


async def test_a_broken_agenda_says_where_and_stays_here(workspace):
    workspace.agendas.mkdir()
    (workspace.agendas / "broken.yaml").write_text("id: broken\ntitle: [unclosed\n")
    app = an_app(workspace, start="new")
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        app.screen.query_one(LineList).mark("broken")
        await pilot.pause()
        assert "cannot be read" in text_of(app)
        assert "broken.yaml:" in text_of(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, NewSessionScreen)


async def test_escape_goes_back_and_starts_nothing(workspace):
    app = an_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "enter", *"checkout", "escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert not workspace.database_file.exists()


@pytest.mark.parametrize("size", SIZES)
def test_a_new_session_looks_right(snap_compare, workspace, size):
    async def fill(pilot):
        await pilot.press("n", "enter", *"checkout", "tab", *"Ana (owner), Bo (on-call), Chidi")
        await pilot.pause()
        pilot.app.screen.query_one("#people").cursor_blink = False

    assert snap_compare(an_app(workspace), terminal_size=SIZES[size], run_before=fill)

"""Home answers "what should we do now?", and Enter goes on with the session that was left last."""

import pytest

from readyroom.domain.session import SessionStatus
from readyroom.tui.screens.home import HomeScreen
from readyroom.tui.screens.home_lines import bar, session_line, spread
from readyroom.tui.screens.meeting import MeetingScreen
from readyroom.tui.screens.new_session import NewSessionScreen
from readyroom.tui.screens.session_view import SessionScreen
from readyroom.tui.themes import UNICODE
from readyroom.tui.widgets.linelist import LineList
from readyroom.workflows.home import SessionLine
from readyroom.workflows.start import start_session
from tui.workspaces import (
    NOW,
    SIZES,
    StandingClock,
    a_finished_session,
    a_full_workspace,
    a_workspace,
    an_app,
    open_meeting,
    small_agenda,
    text_of,
)


@pytest.fixture
def full(tmp_path):
    workspace = a_full_workspace(tmp_path)
    yield workspace
    workspace.close()


async def test_an_empty_workspace_says_what_to_press(tmp_path):
    app = an_app(a_workspace(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "Nothing here yet." in shown
        assert "n starts your first review" in shown
        assert "d opens a sample workspace to try" in shown
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, NewSessionScreen)
    assert not app.workspace.sessions.exists(), "looking must not write"


async def test_d_leaves_for_the_sample_workspace(tmp_path):
    app = an_app(a_workspace(tmp_path))
    async with app.run_test() as pilot:
        await pilot.press("d")
        await pilot.pause()
    assert app.return_value == "sample"


async def test_enter_goes_on_with_the_session_that_was_left(full):
    app = an_app(full)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Resume  Reliability review · checkout" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert app.screen.live.key.item == "paged"
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert not app.workspace.store().windows.others(app.screen.query_one(LineList).keys[0].removeprefix("resume:"))


async def test_overdue_actions_lead_to_their_session(full):
    app = an_app(full)
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        assert "▲ overdue" in text_of(app)
        assert "Write the failover runbook · Ana" in text_of(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, SessionScreen)


async def test_typing_narrows_the_sessions_and_escape_shows_all(full):
    app = an_app(full)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"handoff")
        await pilot.pause()
        shown = text_of(app)
        assert "1 found" in shown
        assert "Ownership handoff" in shown
        assert "Resume" not in shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SessionScreen)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "Resume" in text_of(app)


async def test_letters_typed_into_the_search_do_nothing_else(full):
    app = an_app(full)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", "n", "d", "question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.query_one("#find").value == "nd?"


async def test_a_click_opens_a_session(full):
    app = an_app(full)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        row = next(n for n, line in enumerate(text_of(app).splitlines()) if "Ownership handoff" in line)
        await pilot.click(offset=(20, row))
        await pilot.pause()
        assert isinstance(app.screen, SessionScreen)


async def test_the_keys_of_the_footer_can_be_clicked(full):
    app = an_app(full)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(offset=(4, 23))
        await pilot.pause()
        assert isinstance(app.screen, NewSessionScreen)


async def test_more_sessions_come_as_one_goes_down(tmp_path, monkeypatch):
    monkeypatch.setattr("readyroom.workflows.home.PAGE", 8)
    workspace = a_workspace(tmp_path)
    a_finished_session(workspace, title="The first of all")
    for number in range(20):
        a_finished_session(workspace, title=f"Review {number}")
    app = an_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        sessions = app.screen.query_one(LineList)
        assert len(sessions.keys) < 21
        for _ in range(4):
            await pilot.press("end")
            await pilot.pause()
        assert len([key for key in sessions.keys if isinstance(key, str)]) == 21
        assert "The first of all" in text_of(app)
    workspace.close()


async def test_a_broken_database_is_told_and_home_still_opens(tmp_path):
    workspace = a_workspace(tmp_path)
    workspace.sessions.mkdir()
    workspace.database_file.write_text("this is no database at all, only text that someone put there")
    app = an_app(workspace)
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        assert "database" in text_of(app)
        assert isinstance(app.screen, HomeScreen)


def a_line(**changed):
    facts = {"id": "1", "short_id": "S-1", "day": "4 Nov", "title": "Readiness checklist", "subject": "search"}
    return SessionLine(**{**facts, "status": "finished", **changed})


@pytest.mark.parametrize("width", [76, 96, 116])
def test_a_session_fits_its_line_at_every_width(width):
    for line in (
        a_line(title="x" * 300, subject="y" * 300, verdict="ready with conditions", actions=12, risks=34),
        a_line(status="in progress", answered=3, asked=400, title="表計算" * 40, subject="障害"),
    ):
        assert session_line(line, width, UNICODE).cell_length <= width


def test_a_verdict_has_its_glyph_and_its_word():
    said = session_line(a_line(verdict="not ready"), 96, UNICODE).plain
    assert "■ not ready" in said
    assert SessionStatus.SEALED.value in session_line(a_line(status="sealed"), 76, UNICODE).plain


def test_progress_shows_that_something_was_done():
    assert bar(0, 40, UNICODE) == "▱▱▱▱▱▱"
    assert bar(1, 40, UNICODE) == "▰▱▱▱▱▱"
    assert bar(40, 40, UNICODE) == "▰▰▰▰▰▰"
    assert bar(3, 0, UNICODE) == "▱▱▱▱▱▱"


def test_both_ends_of_a_line_stay_where_room_is_short():
    assert spread(["a long title that goes on"], ["14:20"], 16).plain == "a long ti… 14:20"


@pytest.mark.parametrize("size", SIZES)
def test_home_with_nothing_in_it_looks_right(snap_compare, tmp_path, size):
    assert snap_compare(an_app(a_workspace(tmp_path, theme="light")), terminal_size=SIZES[size])


@pytest.mark.parametrize("size", SIZES)
def test_home_with_sessions_looks_right(snap_compare, tmp_path, size):
    workspace = a_full_workspace(tmp_path)
    assert workspace.now == NOW
    assert snap_compare(an_app(workspace), terminal_size=SIZES[size])
    workspace.close()


def test_home_in_daylight_looks_right(snap_compare, tmp_path):
    workspace = a_full_workspace(tmp_path, theme="light")
    assert snap_compare(an_app(workspace), terminal_size=(120, 35))
    workspace.close()


async def test_the_session_to_go_on_with_says_when_it_was_left_and_how_far_it_is(tmp_path):
    clock = StandingClock()
    workspace = a_workspace(tmp_path, clock=clock)
    session = start_session(workspace, small_agenda(), subjects=["checkout"], attendees=[("Ana", "facilitator")])
    live = open_meeting(workspace, session)
    clock.move(minutes=20)
    live.move(1)
    live.pause_clock()
    clock.move(hours=1)
    live.toggle_clock()
    live.answer(3)
    clock.move(minutes=11)
    live.beat()
    live.flush()
    workspace.store().windows.release(live.window.id)  # killed: nothing says that it paused
    clock.move(minutes=30)
    app = an_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        first = next(line for line in text_of(app).splitlines() if "Resume" in line)
        assert first.rstrip().endswith("15:51, 31 min in")
        date = next(line for line in text_of(app).splitlines() if "readyroom" in line)
        assert len(first.rstrip()) == len(date.rstrip()), "the right edges are one line"
    workspace.close()


def test_counts_of_a_long_meeting_are_whole_at_120_columns():
    line = SessionLine(
        id="1", short_id="S-1", day="22 Nov", title="Reliability review", subject="checkout", status="finished",
        actions=16, risks=16,
    )  # fmt: skip
    assert session_line(line, 116, UNICODE).plain.endswith("16 actions, 16 risks")

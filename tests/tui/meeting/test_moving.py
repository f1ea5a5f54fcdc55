"""The room goes where it is told and nowhere else; one key leads back; undo says what it took back."""

import pytest

from readyroom.domain.answer import AnswerState
from readyroom.domain.capture import CaptureKind
from readyroom.tui.screens.goto import GoToScreen
from readyroom.tui.screens.meeting import MeetingScreen
from readyroom.tui.screens.meeting_picking import closeness
from readyroom.tui.screens.search import SearchScreen
from tui.meeting.rooms import Room, answer, go, long_agenda, meeting, settle, shown, type_text


async def test_right_and_left_walk_and_the_ends_say_so(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("left")
        await pilot.pause()
        assert "this is the first question" in shown(app)
        await pilot.press("right", "right")
        await pilot.pause()
        assert "item 3 of 12" in shown(app)
        assert "this is the first question" not in shown(app)


async def test_go_to_narrows_by_typing_and_one_key_leads_back(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(app.screen, GoToScreen)
        await type_text(pilot, "pager hand")
        await pilot.press("enter")
        await pilot.pause()
        assert meeting(app).live.key.item == "holder"
        assert "b goes back to item 2, where the room was" in shown(app)
        await pilot.press("b")
        assert meeting(app).live.key.item == "paged"


@pytest.mark.parametrize(
    "typed, item",
    [
        ("hol", "holder"),  # the beginning of a word, before "volunteer" or a section
        ("people", "load"),  # only a section is called so
        ("error", "objectives"),
        ("roll", "rollback"),
        ("10", "holder"),
    ],
)
async def test_go_to_marks_what_is_closest_to_what_is_typed(room, typed, item):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "story")
        await pilot.press("g")
        await type_text(pilot, typed)
        await pilot.press("enter")
        await pilot.pause()
        assert meeting(app).live.key.item == item


def test_words_that_begin_words_of_the_question_come_before_all_others():
    assert closeness(["roll", "la"], "When was the rollback last done?", "Changes") == 0
    assert closeness(["back"], "When was the rollback last done?", "Back to normal") == 1
    assert closeness(["back"], "Who is on call?", "Back to normal") == 2
    assert closeness(["back"], "Who is on call?", "Incidents") == -1


async def test_go_to_can_be_left_without_going(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("g", "down", "down", "escape")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert meeting(app).live.key.item == "why"
        assert app.screen.focused is meeting(app).view


async def test_search_finds_answers_notes_and_captures(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "load")
        live = meeting(app).live
        live.note("the dashboard was green")
        go(app, "story")
        live.answer("Ask Dilan about the ledger")
        live.capture(CaptureKind.RISK, "The ledger has no spare")
        go(app, "why")
        await pilot.press("slash")
        await pilot.pause()
        assert isinstance(app.screen, SearchScreen)
        await type_text(pilot, "ledger")
        await pilot.pause()
        assert "Ask Dilan about the ledger" in shown(app)
        assert "The ledger has no spare" in shown(app)
        await pilot.press("backspace", "backspace", "backspace", "backspace", "backspace", "backspace")
        await type_text(pilot, "green")
        await pilot.press("enter")
        await pilot.pause()
        assert meeting(app).live.key.item == "load"


async def test_next_open_skips_what_is_answered(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("y", "right", "n", "left", "j")
        assert meeting(app).live.key.item == "slowest"


async def test_undo_says_what_was_undone_and_where(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("y")
        await settle(app, pilot)
        await pilot.press("right", "right", "ctrl+z")
        await pilot.pause()
        assert answer(app, "paged").state is AnswerState.UNANSWERED
        assert "Does the page reach whoever is on call?" in shown(app)
        assert "took back: answered “Does the page reach whoever is on call?” · item 2" in shown(app)
        assert meeting(app).live.key.item == "slowest"
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert answer(app, "paged").value == "pass"
        assert "did again: answered" in shown(app)
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert "nothing to redo" in shown(app)


async def test_focus_is_never_moved_by_the_clock_or_by_saving(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("y", "enter")
        await pilot.pause()
        field = meeting(app).fields.field
        room.clock.pass_minutes(1)
        meeting(app)._tick()
        await settle(app, pilot)
        assert app.screen.focused is field


async def test_the_minutes_of_a_section_are_whole_beside_a_scrollbar(tmp_path):
    room = Room(tmp_path, long_agenda(60))
    app = room.app()
    async with app.run_test(size=(120, 20)) as pilot:
        await pilot.pause()
        room.clock.pass_minutes(25)
        screen = meeting(app)
        screen._tick()
        await pilot.pause()
        assert "25/20 min ▲" in shown(app)
    room.workspace.close()

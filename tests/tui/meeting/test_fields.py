"""A field that is typed in, laid over the question and taken away again."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region

from readyroom.domain.answer import AnswerState
from readyroom.tui.widgets.meeting.fields import Field
from tui.meeting.rooms import answer, go, meeting, paste, type_text


class OneField(App[None]):
    def compose(self) -> ComposeResult:
        yield Field("half a word")


async def test_a_frame_that_still_asks_for_a_field_just_left_does_not_end_the_meeting():
    app = OneField()
    async with app.run_test() as pilot:
        field = app.query_one(Field)
        assert "half a word" in field.render_lines(Region(0, 0, 20, 1))[0].text
        await field.remove()
        await pilot.pause()
        lines = field.render_lines(Region(0, 0, 20, 2))
        assert [line.text.strip() for line in lines] == ["", ""]


@pytest.mark.parametrize("item, key", [("paged", "enter"), ("paged", "e"), ("alerts", "enter")])
async def test_whoever_types_goes_on_after_the_window_was_too_small(room, item, key):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, item)
        await pilot.press(key)
        await type_text(pilot, "lat")
        for size in ((20, 5), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
        screen = meeting(app)
        assert screen.fields.is_open
        assert screen.focused is screen.fields.field
        await type_text(pilot, "ew")
        assert screen.fields.field.text == "latew"
        assert answer(app, item).state is AnswerState.UNANSWERED


async def test_a_paste_while_the_line_has_lost_the_focus_goes_into_the_line(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("e")
        await pilot.pause()
        screen = meeting(app)
        screen.set_focus(screen.view)
        await paste(app, pilot, "https://example.org/7")
        assert screen.fields.field.text == "https://example.org/7"

"""A field that is typed in, laid over the question and taken away again."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.geometry import Region

from readyroom.tui.widgets.meeting.fields import Field


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

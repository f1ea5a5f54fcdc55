"""An answer that only sounds like one is taken as typed, warned about in its place, and one key makes work of it."""

import pytest

from readyroom.domain.answer import AnswerState
from tui.meeting.rooms import answer, go, meeting, shown, type_text


async def say(app, pilot, words):
    """Answer the question in words with these."""
    go(app, "story")
    await pilot.press("enter")
    await pilot.pause()
    await type_text(pilot, words)
    await pilot.press("tab")
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 35)])
async def test_a_vague_answer_is_taken_and_one_key_turns_it_into_an_action(room, size):
    app = room.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await say(app, pilot, "TBD")
        assert answer(app, "story").value == "TBD"
        assert "vague   it puts the answer off" in shown(app)
        assert "t makes it unknown, with an action to find out" in shown(app)
        await pilot.press("t")
        await pilot.pause()
        assert answer(app, "story").state is AnswerState.UNKNOWN
        [action] = meeting(app).live.meeting.actions
        assert action.title == "Find out: What would you tell someone who joins tomorrow?"
        assert action.item == "story"
        assert "vague" not in shown(app).replace(action.because, "")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert answer(app, "story").value == "TBD"
        assert meeting(app).live.meeting.actions == ()


async def test_the_warning_can_be_clicked(room):
    app = room.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        await say(app, pilot, "we'll see")
        lines = shown(app).splitlines()
        row = next(y for y, line in enumerate(lines) if "makes it unknown" in line)
        await pilot.click(offset=(lines[row].index("makes it"), row))
        await pilot.pause()
        assert answer(app, "story").state is AnswerState.UNKNOWN


async def test_a_real_answer_is_not_warned_about_and_the_key_does_nothing(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await say(app, pilot, "Look at the queue first")
        assert "vague" not in shown(app)
        await pilot.press("t")
        await pilot.pause()
        assert answer(app, "story").value == "Look at the queue first"
        assert "this answer is not vague" in shown(app)

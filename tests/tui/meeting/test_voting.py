"""Voting on the screen: nobody sees a vote before the reveal, and a few keys lead from the first vote to the answer."""

import re

import pytest

from readyroom.domain import voting
from readyroom.domain.answer import AnswerState
from tui.meeting.rooms import answer, go, meeting, paste, settle, shown, type_text
from tui.meeting.voting_rooms import THREE, voting_room
from tui.workspaces import SIZES


@pytest.fixture
def six(tmp_path):
    made = voting_room(tmp_path)
    yield made
    made.workspace.close()


async def vote(app, pilot, text, item="volunteer"):
    """Open the line, hand votes in, close it."""
    go(app, item)
    await pilot.press("v")
    await pilot.pause()
    await type_text(pilot, text)
    await pilot.press("enter")
    await pilot.pause()
    if meeting(app).fields.is_open:
        await pilot.press("escape")
    await settle(app, pilot)


def latest(app):
    live = meeting(app).live
    return voting.latest_round(live.meeting, live.key)


async def test_v_opens_v_reveals_v_votes_once_more_and_one_key_settles(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await vote(app, pilot, "3 2 2 5")
        assert "4 of 6 have voted  ● ● ● ● ○ ○" in shown(app)
        await pilot.press("v")
        await settle(app, pilot)
        assert "median 2.5, spread 3 · 4 of 6 voted: talk, then one more round" in shown(app)
        assert "2 ████  2" in shown(app)
        assert "suggests a risk: “We lose people to on-call”" in shown(app)
        await vote(app, pilot, "3333 4-")
        await pilot.press("v")
        await settle(app, pilot)
        assert "round 1: median 2.5" in shown(app)
        assert "round 2: median 3, spread 1 · 5 of 6 voted, 1 abstained" in shown(app)
        await pilot.press("full_stop")
        await settle(app, pilot)
        assert answer(app, "volunteer").value == 3
        await pilot.press("v")
        await settle(app, pilot)
        assert "there were 2 rounds" in shown(app)


async def test_no_frame_shows_a_vote_before_the_reveal(six):
    app, frames = six.app(), []
    secret = re.compile(r"4[ ,]*4[ ,]*1[ ,]*1|\b1\D{0,3}4\D{0,3}4|median|█")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "volunteer")
        await pilot.press("v")
        await pilot.pause()
        empty = shown(app)
        for key in (*"4411", "space", "ctrl+a", "ctrl+c", "end", "enter", "escape", "right", "left", "slash", *"44"):
            await pilot.press(key)
            await pilot.pause()
            frames.append(shown(app))
        await pilot.press("escape", "u")
        await settle(app, pilot)
        await pilot.pause()
        frames.append(app.export_screenshot())
        assert "4 4 5" in empty  # the hint, which the frames before the field closed hold too
        texts = [frame.replace("4 4 5 - at once, ana 4 from a chat, 4:9 5:6 as a tally", "") for frame in frames]
        assert [found for text in texts if (found := secret.search(text))] == []
        assert "4" not in (app.clipboard or "")


async def test_what_is_typed_openly_is_seen_and_counted_at_once(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "pace")
        await pilot.press("v")
        await pilot.pause()
        await type_text(pilot, "1 1 2")
        assert "votes 1 1 2" in shown(app)
        await pilot.press("enter", "escape")
        await settle(app, pilot)
        assert "most votes: Ship as planned" in shown(app)
        await pilot.press("full_stop")
        await settle(app, pilot)
        assert answer(app, "pace").value == "ship"


async def test_lines_from_a_chat_are_handed_in_at_once(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "minutes")
        await pilot.press("v")
        await pilot.pause()
        await paste(app, pilot, "Ana: 10\nBo: 30\nChidi: 20 min\n")
        await settle(app, pilot)
        assert latest(app).votes == (10, 20, 30)
        assert "3 of 6 have voted" in shown(app)


async def test_a_slip_is_told_without_the_vote_and_stays_in_the_line(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "volunteer")
        await pilot.press("v")
        await pilot.pause()
        await type_text(pilot, "3 8")
        await pilot.press("enter")
        await settle(app, pilot)
        assert "vote 2 does not fit: expected a whole number from 1 to 5" in shown(app)
        assert meeting(app).fields.field.text == "3 8"
        assert latest(app).handed_in == 0


async def test_the_line_closes_when_everybody_has_voted_and_enter_takes_a_latecomer(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "volunteer")
        await pilot.press("v")
        await pilot.pause()
        await type_text(pilot, "123451")
        await pilot.press("enter")
        await settle(app, pilot)
        assert not meeting(app).fields.is_open
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "5")
        await pilot.press("enter")
        await settle(app, pilot)
        assert "7 of 6 have voted" not in shown(app)
        assert "7 have voted" in shown(app)


async def test_of_a_small_room_only_what_all_agree_to_is_shown(tmp_path):
    room = voting_room(tmp_path, THREE)
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await vote(app, pilot, "1 3 5")
        await pilot.press("v")
        await settle(app, pilot)
        told = shown(app)
        assert "the 3 voters do not agree · 3 of 3 voted: talk, then one more round" in told
        assert "median" not in told
        assert "suggests" not in told
        await pilot.press("full_stop")
        await settle(app, pilot)
        assert answer(app, "volunteer").state is AnswerState.UNANSWERED
        await vote(app, pilot, "4 4 4")
        await pilot.press("v")
        await settle(app, pilot)
        assert "round 2: all 3 say 4" in shown(app)
    room.workspace.close()


async def test_undo_hides_the_votes_again(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await vote(app, pilot, "3 2 2 5")
        await pilot.press("v")
        await settle(app, pilot)
        await pilot.press("ctrl+z")
        await settle(app, pilot)
        assert "█" not in shown(app)
        assert latest(app).handed_in == 4


async def test_v_elsewhere_says_that_nothing_is_voted_on(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "unaided")
        await pilot.press("v")
        await settle(app, pilot)
        assert "this question is not put to a vote" in shown(app)


async def test_a_killed_program_reopens_the_line_with_its_dots(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "volunteer")
        await pilot.press("v")
        await pilot.pause()
        await type_text(pilot, "3 2")
        meeting(app).keep_drafts()
        meeting(app).live.flush()
    again = six.reopened()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert "votes •••" in shown(again)
        await pilot.press("enter")
        await settle(again, pilot)
        assert latest(again).votes == (2, 3)


# ---- sides


async def test_a_side_is_not_seen_before_the_other_has_answered(six):
    app = six.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        go(app, "unaided")
        before = shown(app)
        await pilot.press("n")
        await settle(app, pilot)
        for key in ((), ("right",), ("left",), ("g",)):
            await pilot.press(*key)
            await settle(app, pilot)
            if key != ("g",):
                assert "giver has answered" in shown(app)
                assert "● n" not in shown(app)
            assert "✗" not in shown(app)
        assert "✗" not in before
        await pilot.press("escape", "slash")
        await pilot.pause()
        await type_text(pilot, "fail")
        await pilot.pause()
        assert "Nothing like it" in shown(app)


async def test_both_sides_are_shown_when_both_have_answered(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "unaided")
        await pilot.press("n", "right", "y")
        await settle(app, pilot)
        assert "≠ giver and receiver differ" in shown(app)
        assert re.search(r"giver +fail", shown(app))
        await pilot.press("left", "y")
        await settle(app, pilot)
        assert "giver and receiver agree: pass" in shown(app)


async def test_rows_that_differ_are_named(six):
    app = six.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        go(app, "access")
        for word, key in (("yes", "right"), ("no", None)):
            await pilot.press("enter")
            await pilot.pause()
            await type_text(pilot, "pager")
            await pilot.press("tab")
            await type_text(pilot, word)
            await pilot.press("enter", "escape")
            await settle(app, pilot)
            assert "pager" in shown(app)
            if key:
                await pilot.press(key)
                await settle(app, pilot)
                assert "pager" not in shown(app)
        assert re.search(r"giver +there yes", shown(app))


# ---- pictures


async def handed_in(app, pilot):
    go(app, "volunteer")
    await pilot.press("v")
    await pilot.pause()
    await type_text(pilot, "3 2 2 5")
    await pilot.press("enter")
    await type_text(pilot, "4")


async def revealed(app, pilot):
    await vote(app, pilot, "3 2 2 5")
    await pilot.press("v")


async def second(app, pilot):
    await revealed(app, pilot)
    await vote(app, pilot, "3 3 3 4")
    await pilot.press("v")


async def sides(app, pilot):
    go(app, "unaided")
    await pilot.press("n", "right", "y")


SCENES = {"handed-in": handed_in, "revealed": revealed, "second": second, "sides": sides}


@pytest.mark.parametrize("size", ["80x24", "120x35"])
@pytest.mark.parametrize("scene", SCENES)
def test_it_looks_right(snap_compare, six, scene, size):
    async def run_before(pilot):
        await pilot.pause()
        await SCENES[scene](pilot.app, pilot)
        await settle(pilot.app, pilot)
        await pilot.pause()

    assert snap_compare(six.app(), terminal_size=SIZES[size], run_before=run_before)

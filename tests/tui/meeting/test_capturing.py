"""Captures are one line each, echoed as they are understood; none is lost, and each can be changed."""

import pytest

from readyroom.domain.capture import CaptureKind
from tui.meeting.rooms import Room, answer, go, meeting, paste, settle, shown, type_text


async def test_what_is_understood_is_echoed_while_one_types(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "slowest")
        await pilot.press("a")
        await pilot.pause()
        await type_text(pilot, "Alert on user errors @an +2w !1")
        await pilot.pause()
        assert "owner Ana · due Sun 6 Dec · P1 · from “Which step" in shown(app)
        await pilot.press("enter")
        await settle(app, pilot)
        (action,) = meeting(app).live.meeting.actions
        assert (action.title, action.owner, action.priority, action.item) == (
            "Alert on user errors",
            "Ana",
            1,
            "slowest",
        )
        assert meeting(app).fields.is_open
        assert "A-1 Alert on user errors · Ana · Sun 6 Dec · P1" in shown(app)


async def test_enter_keeps_the_line_open_and_an_empty_one_closes_it(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("p")
        await pilot.pause()
        await type_text(pilot, "one")
        await pilot.press("enter")
        await type_text(pilot, "two")
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert [note.title for note in meeting(app).live.meeting.parked] == ["one", "two"]
        assert not meeting(app).fields.is_open
        assert app.screen.focused is meeting(app).view


@pytest.mark.parametrize(
    "key, kind", [("a", "action"), ("r", "risk"), ("d", "decision"), ("p", "parked"), ("i", "question")]
)
async def test_each_kind_has_its_key(room, key, kind):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        await type_text(pilot, "said")
        await pilot.press("enter", "escape")
        await pilot.pause()
        (taken,) = meeting(app).live.meeting.captures
        assert taken.kind is CaptureKind(kind)


async def test_an_unplanned_question_is_asked_next(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "slowest")
        await pilot.press("i")
        await pilot.pause()
        await type_text(pilot, "Who paid for it?")
        await pilot.press("enter", "escape", "right")
        await pilot.pause()
        assert "Who paid for it?" in shown(app)
        assert "asked in the meeting" in shown(app)


async def test_escape_keeps_the_half_typed_line_for_the_next_time(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("r")
        await pilot.pause()
        await type_text(pilot, "what if")
        await pilot.press("escape")
        await pilot.pause()
        assert "the half-typed risk is kept" in shown(app)
        await pilot.press("a")
        await pilot.pause()
        assert meeting(app).fields.field.text == ""
        await pilot.press("escape", "r")
        await pilot.pause()
        assert meeting(app).fields.field.text == "what if"


async def test_pasted_lines_are_taken_down_one_by_one(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        await paste(app, pilot, "first @ana\n\nsecond !2\nthird")
        assert [(a.title, a.owner, a.priority) for a in meeting(app).live.meeting.actions] == [
            ("first", "Ana", None), ("second", "", 2), ("third", "", None),
        ]  # fmt: skip


@pytest.mark.parametrize("length", [600, 5000])
async def test_a_long_paste_is_never_dropped_silently(room, length):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        await paste(app, pilot, "x" * length)
        kept = len(meeting(app).fields.field.text)
        assert kept == min(length, 2000)
        if kept < length:
            assert meeting(app)._said is not None
            assert "the paste was cut: 3000 of 5000 characters" in shown(app)


async def test_a_capture_is_changed_and_withdrawn_from_the_list(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        meeting(app).live.capture(CaptureKind.ACTION, "Alert on eror @ana")
        await settle(app, pilot)
        await pilot.press("c")
        await pilot.pause()
        assert "A-1  Alert on eror" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert meeting(app).fields.field.text == "Alert on eror @Ana"
        await type_text(pilot, " !2")
        await pilot.press("enter")
        await settle(app, pilot)
        (action,) = meeting(app).live.meeting.actions
        assert (action.priority, action.number) == (2, 1)
        await pilot.press("c", "enter")
        await pilot.pause()
        meeting(app).fields.field.load_line("")
        await pilot.press("enter")
        await settle(app, pilot)
        assert not meeting(app).live.meeting.actions
        assert "A-1 withdrawn" in shown(app)


async def test_the_roster_is_edited_as_one_line(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
        assert meeting(app).fields.field.text == "Ana (owner), Bo (on-call), Chidi (guest)"
        meeting(app).fields.field.load_line("Ana (owner), ")
        await paste(app, pilot, "Bo (on-call)\nDilan (guest)")
        await pilot.press("enter")
        await settle(app, pilot)
        assert meeting(app).live.meeting.present == ("Ana", "Bo", "Dilan")
        left = [p.name for p in meeting(app).live.meeting.sitting.attendees if p.left_at is not None]
        assert left == ["Chidi"]


async def test_a_half_typed_capture_is_there_again_after_a_crash(tmp_path):
    room = Room(tmp_path)
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        await type_text(pilot, "We freeze on")
        meeting(app).keep_drafts()
        await settle(app, pilot)
    again = room.reopened()
    async with again.run_test() as pilot:
        await pilot.pause()
        await pilot.pause()
        assert meeting(again).fields.field.text == "We freeze on"
        assert "decision" in shown(again)
    room.workspace.close()


async def test_everybody_on_a_long_roster_is_echoed(room):
    app = room.app()
    names = [f"Person Number{n} (on-call)" for n in range(12)]
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
        await paste(app, pilot, ", ".join(names))
        seen = " ".join(shown(app).split())
        assert all(name in seen for name in ("Person Number0 (on-call)", "Person Number11 (on-call)"))
        await pilot.press("enter", "a")
        await pilot.pause()
        assert meeting(app).overlay.bar.size.height == 3


async def test_who_has_left_is_not_offered_as_an_owner(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
        meeting(app).fields.field.load_line("Ana (owner), Chidi (guest)")
        await pilot.press("enter")
        go(app, "holder")
        await pilot.pause()
        offered = [line for line in shown(app).splitlines() if line.strip() in ("1  Ana", "2  Chidi", "2  Bo")]
        assert [line.strip() for line in offered] == ["1  Ana", "2  Chidi"]
        await pilot.press("2")
        await pilot.pause()
        assert answer(app, "holder").value == "Chidi"


async def test_an_owner_is_completed_to_who_is_in_the_room(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "holder")
        await pilot.press("enter")
        await type_text(pilot, "bo")
        await pilot.press("enter")
        await pilot.pause()
        assert answer(app, "holder").value == "Bo"


async def test_the_list_of_what_was_taken_down_says_that_enter_changes_it(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("c")
        await pilot.pause()
        assert "↵ change or withdraw" in shown(app)
        assert "go there" not in shown(app)

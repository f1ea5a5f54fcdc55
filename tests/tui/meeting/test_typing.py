"""What is typed is kept: notes are saved on leaving, half-typed text is there again, fields undo by themselves."""

from tui.meeting.rooms import Room, answer, go, meeting, paste, settle, shown, type_text


async def test_a_note_is_saved_on_leaving_and_shown_below_the_answer(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("n", "enter")
        await pilot.pause()
        await type_text(pilot, "dashboard was green")
        await pilot.press("tab")
        await settle(app, pilot)
        assert answer(app, "paged").note == "dashboard was green"
        assert "note      dashboard was green" in shown(app)
        assert app.screen.focused is meeting(app).view


async def test_going_on_with_a_note_open_saves_it(room):
    app = room.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "late")
        row = next(y for y, line in enumerate(shown(app).splitlines()) if "Whom did it hurt?" in line)
        await pilot.click(offset=(10, row))
        await pilot.pause()
        assert answer(app, "paged").note == "late"


async def test_evidence_is_one_line_with_its_request(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.pause()
        assert "e Link to the test page" in shown(app)
        await pilot.press("e")
        await pilot.pause()
        await type_text(pilot, "https://example.org/7")
        await pilot.press("enter")
        await pilot.pause()
        assert answer(app, "paged").evidence == "https://example.org/7"


async def test_a_killed_meeting_reopens_at_the_same_item_with_the_half_typed_note(tmp_path):
    room = Room(tmp_path)
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "slowest")
        await pilot.press("2", "enter")
        await pilot.pause()
        await type_text(pilot, "alert fired 19 min")
        meeting(app).keep_drafts()
        await settle(app, pilot)
    again = room.reopened()
    async with again.run_test() as pilot:
        await pilot.pause()
        await pilot.pause()
        assert meeting(again).live.key.item == "slowest"
        assert meeting(again).fields.field.text == "alert fired 19 min"
        assert answer(again, "slowest").note == ""
        await type_text(pilot, "utes")
        await pilot.press("tab")
        await pilot.pause()
        assert answer(again, "slowest").note == "alert fired 19 minutes"
    room.workspace.close()


async def test_what_is_typed_is_drafted_after_a_moment(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "half")
        live = meeting(app).live
        assert live.draft("note:paged|checkout") == ""
        await pilot.pause(0.5)
        assert live.draft("note:paged|checkout") == "half"
        await pilot.press("tab")
        await pilot.pause()
        assert live.draft("note:paged|checkout") == ""


async def test_undo_in_a_field_is_of_that_field(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("y", "enter")
        await pilot.pause()
        await paste(app, pilot, "one two")
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert meeting(app).fields.field.text == ""
        assert answer(app, "paged").value == "pass"
        await pilot.press("ctrl+y")
        assert meeting(app).fields.field.text == "one two"


async def test_what_is_pasted_with_no_field_open_is_not_dropped(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await paste(app, pilot, "from the chat\nsecond line")
        assert meeting(app).fields.field.text == "from the chat\nsecond line"
        await pilot.press("tab")
        await pilot.pause()
        assert answer(app, "paged").note == "from the chat\nsecond line"


async def test_a_field_stays_in_sight_on_a_small_screen(room):
    app = room.app()
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        go(app, "slowest")
        await pilot.press("1", "enter")
        await pilot.pause()
        await type_text(pilot, "seen")
        await pilot.pause()
        assert "seen" in shown(app)


async def test_the_footer_of_an_answer_of_several_lines_tells_the_key_that_saves_it(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "story")
        await pilot.press("enter")
        await pilot.pause()
        footer = shown(app).splitlines()[-1]
        assert "tab save and leave" in footer
        assert "↵" not in footer

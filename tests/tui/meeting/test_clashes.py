"""Two windows changed the same thing: both values stand on the screen, and two keys settle it without losing either."""

from dataclasses import replace

from readyroom.domain.capture import CaptureKind
from readyroom.domain.session import Attendee
from readyroom.workflows.start import open_live
from tui.meeting.rooms import answer, go, meeting, settle, shown


def other_window(room, app):
    return open_live(room.workspace, room.session, app.dispatch, run_clock=False)


def prose(app):
    return " ".join(shown(app).split())


async def test_of_an_answer_both_values_are_shown_and_ours_can_be_put_back(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        other = other_window(room, app)
        other.go(next(place.key for place in other.places if place.key.item == "paged"))
        other.answer("pass")
        other.note("Bo tried it")
        other.flush()
        go(app, "paged")
        await pilot.press("n")
        await settle(app, pilot)
        assert "changed elsewhere: this answer" in prose(app)
        assert "theirs pass (counts now, by ana 14:31)" in prose(app)
        assert "ours fail s put ours back · z leave theirs" in prose(app)
        await pilot.press("s")
        await settle(app, pilot)
        assert (answer(app, "paged").value, answer(app, "paged").note) == ("fail", "Bo tried it")
        assert "changed elsewhere" not in shown(app)
        journal = room.workspace.store().repository.journal(session=room.session)
        assert journal[-1].what.startswith("kept ours"), "both stay in the journal"


async def test_a_clash_can_be_left_as_it_is(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        other = other_window(room, app)
        other.go(next(place.key for place in other.places if place.key.item == "paged"))
        other.answer("pass")
        other.flush()
        go(app, "paged")
        await pilot.press("n")
        await settle(app, pilot)
        await pilot.press("z")
        await pilot.pause()
        assert answer(app, "paged").value == "pass"
        assert "changed elsewhere" not in shown(app)


async def test_of_an_action_whatever_differs_is_shown(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        live = meeting(app).live
        live.capture(CaptureKind.ACTION, "Alert on errors @ana")
        await settle(app, pilot)
        other = other_window(room, app)
        other.change_capture(replace(other.meeting.actions[0], owner="Bo"))
        other.flush()
        live.change_capture(replace(live.meeting.actions[0], owner="Chidi", title="Alert on all errors"))
        await settle(app, pilot)
        assert "changed elsewhere: A-1 “Alert on errors”" in prose(app)
        assert "theirs Alert on errors, owner Bo (counts now) ours Alert on all errors, owner Chidi" in prose(app)
        await pilot.press("s")
        await settle(app, pilot)
        assert [(one.title, one.owner) for one in live.meeting.actions] == [("Alert on all errors", "Chidi")]


async def test_of_the_roster_both_lists_are_shown(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        live = meeting(app).live
        await settle(app, pilot)
        other = other_window(room, app)
        other.set_attendees([Attendee(name="Ana"), Attendee(name="Dilan")])
        other.flush()
        live.set_attendees([Attendee(name="Ana"), Attendee(name="Efua", role="guest")])
        await settle(app, pilot)
        assert "changed elsewhere: who is in the room" in prose(app)
        assert "theirs Ana, Dilan (counts now) ours Ana, Efua (guest)" in prose(app)
        await pilot.press("s")
        await settle(app, pilot)
        assert live.meeting.present == ("Ana", "Efua")


async def test_a_text_that_was_cut_is_told_in_a_toast(room):
    app = room.app()
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        go(app, "paged")
        meeting(app).live.evidence("x" * 5000)
        await pilot.pause(0.1)
        (told,) = app._notifications
        assert "its last 3,000 characters were left out" in told.message
        assert "Not all of it was kept" in shown(app)

"""Another window on the session: what it saves is here within a second, and moves nothing that somebody types."""

import pytest

from readyroom.domain.capture import CaptureKind
from readyroom.tui.screens.home import HomeScreen
from readyroom.workflows.live import LiveMeeting
from readyroom.workflows.start import open_live
from readyroom.workflows.workspace import Workspace, open_workspace
from readyroom.workflows.wrapup import finish
from tui.meeting.rooms import answer, go, meeting, settle, shown, type_text
from tui.workspaces import until


class OtherProgram:
    """Bo's window on the same session: a workspace of its own on the same files."""

    def __init__(self, room):
        environ = {"HOME": str(room.folder), "USER": "bo", "TZ": "Europe/Vienna"}
        self.workspace: Workspace = open_workspace(
            room.folder, environ=environ, cwd=room.folder, clock=room.clock, new_id=room._new_id
        )
        self.workspace.actor = "Bo"
        self.live: LiveMeeting = open_live(self.workspace, room.session, lambda call: call(), run_clock=False)

    def at(self, item):
        self.live.go(next(place.key for place in self.live.places if place.key.item == item))
        return self.live

    def close(self):
        self.live.flush()
        self.workspace.close()


@pytest.fixture
def bo(room):
    program = OtherProgram(room)
    yield program
    program.close()


async def test_what_another_window_saves_is_here_without_being_asked_for(room, bo):
    app = room.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        go(app, "paged")
        bo.at("paged").answer("pass")
        bo.live.capture(CaptureKind.ACTION, "Alert on errors @bo")
        bo.live.capture(CaptureKind.QUESTION, "Who paid for it?")
        bo.live.flush()
        await until(pilot, lambda: "● y  pass" in shown(app) and "1 act" in shown(app))
        assert meeting(app).live.key.item == "paged"
        assert "Who paid for it?" in shown(app), "the outline has the question"


async def test_where_the_others_are_is_said(room, bo):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        bo.at("slowest")
        bo.live.flush()
        await until(pilot, lambda: "Bo is on item 4" in shown(app))
        bo.at("load")
        bo.live.flush()
        await until(pilot, lambda: "Bo is on item 8" in shown(app))


async def test_focus_and_half_typed_text_stay_and_nothing_is_put_over_the_other_note_unseen(room, bo):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("y", "enter")
        await pilot.pause()
        field = meeting(app).fields.field
        await type_text(pilot, "we tried")
        bo.at("paged").note("Bo was there")
        bo.live.flush()
        await until(pilot, lambda: meeting(app).live.heard)
        assert answer(app, "paged").note == "Bo was there"
        assert app.screen.focused is field
        assert field.text == "we tried"
        await pilot.press("tab")
        await settle(app, pilot)
        assert answer(app, "paged").note == "Bo was there"
        assert "note “Bo was there”" in shown(app)
        assert "note “we tried”" in shown(app)
        await pilot.press("s")
        await settle(app, pilot)
        assert (answer(app, "paged").value, answer(app, "paged").note) == ("pass", "we tried")


async def test_a_note_that_was_only_looked_at_leaves_the_other_one_alone(room, bo):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("enter")
        await pilot.pause()
        bo.at("paged").note("Bo was there")
        bo.live.flush()
        await until(pilot, lambda: meeting(app).live.heard)
        await pilot.press("tab")
        await settle(app, pilot)
        assert answer(app, "paged").note == "Bo was there"
        assert "changed elsewhere" not in shown(app)


async def test_a_session_that_another_window_finished_says_so(room, bo):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await until(pilot, lambda: "Bo is" in shown(app))
        finish(bo.workspace, bo.live)
        await until(pilot, lambda: "finished in another window" in shown(app))
        await pilot.press("h")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_a_field_whose_question_is_gone_closes_and_keeps_what_was_typed(room, bo):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        bo.at("slowest").capture(CaptureKind.QUESTION, "Who paid for it?")
        bo.live.flush()
        await until(pilot, lambda: meeting(app).live.meeting.questions)
        live = meeting(app).live
        (asked,) = live.meeting.questions
        go(app, asked.item_id)
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "the bank")
        bo.live.withdraw(bo.live.meeting.questions[0])
        bo.live.flush()
        await until(pilot, lambda: not live.meeting.questions)
        assert live.key.item == "slowest"
        assert not meeting(app).fields.is_open
        assert any(text == "the bank" for text in live.window.drafts.values())
        assert "what was half-typed is kept" in shown(app)

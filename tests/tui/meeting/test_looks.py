"""How the meeting looks: a picture of each thing that people see, looked at by whoever changes it."""

from dataclasses import replace

import pytest

from readyroom.domain.capture import CaptureKind
from readyroom.workflows.live import Clash, SavedMark, Saving
from tui.meeting.rooms import Room, go, meeting, settle, stand_in, type_text
from tui.workspaces import SIZES


async def at_check(app, pilot):
    go(app, "paged")
    await pilot.press("n")


async def at_rating(app, pilot):
    go(app, "load")
    await pilot.press("3")


async def at_choice(app, pilot):
    go(app, "slowest")
    live = meeting(app).live
    live.capture(CaptureKind.ACTION, "Alert on user errors @ana +2w !1")
    live.capture(CaptureKind.RISK, "Nobody sees the queue back up !2")
    live.capture(CaptureKind.PARKED, "Who pays for the second region? @chidi")
    await pilot.press("1")


async def at_number(app, pilot):
    go(app, "rollback")
    await pilot.press("4")
    await pilot.pause()
    await type_text(pilot, "2")


async def at_table(app, pilot):
    go(app, "objectives")
    await pilot.press("enter")
    await pilot.pause()
    await type_text(pilot, "99.87")
    await pilot.press("tab")
    await type_text(pilot, "-30")
    await pilot.press("enter")
    await pilot.pause()
    await type_text(pilot, "99.4")


async def at_note(app, pilot):
    go(app, "paged")
    await pilot.press("n", "enter")
    await pilot.pause()
    await type_text(pilot, "alert fired 19 minutes after the first error")


async def at_capture(app, pilot):
    go(app, "slowest")
    await pilot.press("a")
    await pilot.pause()
    await type_text(pilot, "Alert on user-visible errors @ana +2w !1")


async def not_saved(app, pilot):
    go(app, "load")
    await settle(app, pilot)
    meeting(app).live.saving = Saving(mark=SavedMark.NOT_SAVED, why="the disk is full", fix="make room, then try again")
    meeting(app).repaint()


async def overrun(app, pilot):
    go(app, "rollback")
    await settle(app, pilot)
    app.workspace.clock.pass_minutes(17)
    meeting(app)._tick()


async def going_to(app, pilot):
    go(app, "load")
    await pilot.press("g")


async def at_clash(app, pilot):
    go(app, "paged")
    await pilot.press("n")
    await settle(app, pilot)
    live = meeting(app).live
    theirs = live.meeting.answer(live.key)
    ours = replace(theirs, value="pass", note="it paged within a minute, twice")
    live.clashes.append(Clash(ours=ours, theirs=replace(theirs, given_by="Bo")))
    stand_in(app, replace(live.window, id="w2", actor="Bo", position=live.places[7].key))
    meeting(app).repaint()


async def searching(app, pilot):
    await pilot.press("slash")
    await settle(app, pilot)
    await pilot.press(*"minutes")


SCENES = {
    "check": (at_check, ("80x24",)),
    "rating": (at_rating, ("80x24", "200x60")),
    "choice": (at_choice, ("80x24", "120x35", "200x60")),
    "number": (at_number, ("80x24",)),
    "table": (at_table, ("80x24", "120x35", "200x60")),
    "note": (at_note, ("80x24", "120x35")),
    "capture": (at_capture, ("80x24", "120x35")),
    "not-saved": (not_saved, ("80x24", "120x35")),
    "overrun": (overrun, ("80x24", "120x35")),
    "go-to": (going_to, ("80x24", "120x35", "200x60")),
    "search": (searching, ("80x24", "120x35", "200x60")),
    "clash": (at_clash, ("80x24", "120x35")),
}
PICTURES = [(scene, size) for scene, (_, sizes) in SCENES.items() for size in sizes]


def look(snap_compare, room, size, prepare):
    async def run_before(pilot):
        await pilot.pause()
        await prepare(pilot.app, pilot)
        if prepare is not not_saved:
            await settle(pilot.app, pilot)
        await pilot.pause()

    assert snap_compare(room.app(), terminal_size=SIZES[size], run_before=run_before)


@pytest.mark.parametrize("scene, size", PICTURES)
def test_it_looks_right(snap_compare, room, scene, size):
    look(snap_compare, room, size, SCENES[scene][0])


@pytest.mark.parametrize("size", ["80x24", "120x35"])
def test_it_looks_right_in_the_light(snap_compare, tmp_path, size):
    room = Room(tmp_path, theme="light")
    look(snap_compare, room, size, at_choice)
    room.workspace.close()


@pytest.mark.parametrize("size", ["80x24", "200x60"])
def test_prepared_answers_look_right(snap_compare, tmp_path, size):
    room = Room(tmp_path)
    room.prepare("paged", "fail", by="Bo", note="We tried on Monday; nobody answered for eleven minutes.")
    room.prepare("paged", "pass", by="Chidi", days=5)

    async def at_prepared(app, pilot):
        go(app, "paged")

    look(snap_compare, room, size, at_prepared)
    room.workspace.close()

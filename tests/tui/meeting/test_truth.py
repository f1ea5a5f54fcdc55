"""The head tells the truth: about saving, about the clock, about who else is here. It never says saved early."""

from dataclasses import replace

import pytest

from readyroom.domain.capture import CaptureKind
from readyroom.store import StoreError, Window
from readyroom.workflows.live import SavedMark, Saving
from tui.meeting.rooms import Room, agenda_of, every_kind, go, long_agenda, meeting, settle, shown, stand_in


class HeldWriter:
    """A writer whose disk does not answer until it is told to."""

    def __init__(self, real):
        self._real = real
        self.held = []

    def submit(self, entry, *, saved, refused, failed):
        self.held.append((entry, saved, failed))

    def let_go(self):
        for entry, saved, _ in self.held:
            saved(entry)
        self.held.clear()

    def fail(self):
        for _, _, failed in self.held:
            failed(StoreError("the disk is full", "readyroom.db", "make room, then try again"))

    def __getattr__(self, name):
        return getattr(self._real, name)


class HeldStore:
    def __init__(self, real):
        self._real = real
        self.writer = HeldWriter(real.writer)

    def __getattr__(self, name):
        return getattr(self._real, name)


async def test_it_says_saving_until_the_disk_has_answered(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        live = meeting(app).live
        live._store = held = HeldStore(live._store)
        await pilot.press("y")
        await pilot.pause()
        assert "saving…" in shown(app)
        assert "saved" not in shown(app)
        assert "● y  pass" in shown(app)
        held.writer.let_go()
        await pilot.pause()
        await pilot.pause()
        assert "saved 14:31" in shown(app)


async def test_not_saved_stays_says_why_and_keeps_what_was_typed(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        live = meeting(app).live
        live._store = held = HeldStore(live._store)
        await pilot.press("y")
        held.writer.fail()
        await pilot.pause()
        await pilot.press("right", "right")
        await pilot.pause()
        assert "▲ NOT SAVED: the disk is full; make room, then ctrl+s tries again" in shown(app)
        await pilot.press("left", "left")
        await pilot.pause()
        assert "● y  pass" in shown(app)


async def test_a_long_reason_is_not_cut_off_at_80_columns(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        fix = "leave the file as it is and restore a backup: readyroom db restore"
        meeting(app).live.saving = Saving(mark=SavedMark.NOT_SAVED, why="the database file is damaged", fix=fix)
        meeting(app).repaint()
        await pilot.pause()
        assert "NOT SAVED: the database file is damaged" in shown(app)
        assert fix in shown(app)


async def test_the_clock_counts_the_section_and_projects_the_end(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "slowest")
        room.clock.pass_minutes(8.0)
        meeting(app)._tick()
        await pilot.pause()
        assert "2/4 Incidents  08:00 of 15" in shown(app)
        assert "ends 15:08" in shown(app)


async def test_an_overrun_is_told_in_the_line_with_its_keys(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "rollback")
        room.clock.pass_minutes(17)
        meeting(app)._tick()
        await pilot.pause()
        clock = shown(app).splitlines()[0]
        assert "2 min over · + 2 more · p park it · k drop it" in clock
        assert clock.endswith("▲")
        assert "Incidents · item 6 of 12" in shown(app), "the section gives way to the line below"
        await pilot.press("plus")
        await pilot.pause()
        assert "17:00 of 17" in shown(app)
        assert "over" not in shown(app)


async def test_space_pauses_the_clock_and_goes_on(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("space")
        await pilot.pause()
        assert "paused" in shown(app)
        room.clock.pass_minutes(3)
        await pilot.press("space")
        await pilot.pause()
        assert "paused" not in shown(app)
        assert "00:00 of 5" in shown(app)


async def test_what_was_taken_down_is_counted_and_glimpsed(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        live = meeting(app).live
        for kind in ("action", "action", "risk", "parked"):
            live.capture(CaptureKind(kind), f"a {kind} @ana")
        await settle(app, pilot)
        assert "2 act · 1 risk · 1 parked" in shown(app)
        assert "P-1 a parked" in shown(app)


async def test_a_second_window_on_the_session_is_said(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        key = next(place.key for place in meeting(app).live.places if place.key.item == "load")
        bo = Window(id="w2", session=room.session, actor="Bo", position=key, seen_at=room.clock())
        stand_in(app, bo, replace(bo, id="w3", actor="Chidi", position=None))
        await pilot.pause()
        assert "Bo is on item 8, Chidi is here too" in shown(app)
        stand_in(app)
        await pilot.pause()
        assert "Bo is" not in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 35), (200, 60), (40, 10), (20, 5), (1, 1)])
async def test_it_holds_at_any_size_and_cuts_nothing_off_at_80_columns(tmp_path, size):
    room = Room(tmp_path)
    app = room.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for place in meeting(app).live.places:
            meeting(app).live.go(place.key)
            await pilot.pause()
            if size[0] >= 80:
                assert place.item.ask in " ".join(shown(app).split())
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        await pilot.resize_terminal(120, 35)
        await pilot.pause()
        assert "Which alerts hurt most?" in shown(app)
    room.workspace.close()


async def test_at_80_columns_every_section_is_named_whole(tmp_path):
    long = "Architecture and dependencies"
    agenda = agenda_of(tuple(replace(section, title=f"{long} {n}") for n, section in enumerate(every_kind(), 1)))
    room = Room(tmp_path, agenda=agenda)
    app = room.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        live = meeting(app).live
        for kind in ("action", "risk", "decision", "parked"):
            for number in range(12):
                live.capture(CaptureKind(kind), f"{kind} {number}")
        for over in (0, 17):
            go(app, "rollback")
            room.clock.pass_minutes(over)
            meeting(app)._tick()
            await settle(app, pilot)
            first, _, below = shown(app).splitlines()[:3]
            assert f"{long} 2 · item 6 of 12" in below
            assert below.endswith("12a 12r 12d 12p")
            assert "2/4" in first
            assert "…" not in first + below
    room.workspace.close()


async def test_a_thousand_items_are_one_widget(tmp_path):
    room = Room(tmp_path, agenda=long_agenda(1000))
    app = room.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        assert len(app.screen.query("*")) < 40
        go(app, "q990")
        await pilot.press("y")
        await pilot.pause()
        assert "item 990 of 1000" in shown(app)
        assert "▸ ✓ Is thing number 990" in shown(app)
    room.workspace.close()

"""A table is typed a row a line, pasted from a sheet, changed and shortened, with the finding at the end of its row."""

import pytest

from readyroom.domain.agenda import Choice, Column, ColumnKind, Item, ItemKind, Section
from readyroom.domain.answer import AnswerState
from tui.meeting.rooms import Room, agenda_of, answer, go, meeting, paste, settle, shown, type_text


async def type_row(pilot, *cells):
    for number, cell in enumerate(cells):
        if number:
            await pilot.press("tab")
            await pilot.pause()
        await type_text(pilot, cell)
    await pilot.press("enter")
    await pilot.pause()


async def test_objectives_come_from_the_catalog_and_only_open_cells_are_typed(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "objectives")
        await pilot.pause()
        assert "checkout availability" in shown(app)
        assert "0 of 2 rows" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        await type_row(pilot, "99.87", "-30")
        await type_row(pilot, "99,4", "40")
        await pilot.press("escape")
        await settle(app, pilot)
        rows = answer(app, "objectives").value
        assert rows[0] == {"objective": "checkout availability", "target": 99.9, "actual": 99.87, "budget-left": -30}
        assert rows[1]["actual"] == 99.4
        assert "2 of 2 rows" in shown(app)


async def test_the_finding_stands_at_the_end_of_its_row(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "objectives")
        await paste(app, pilot, "checkout availability\t99.9\t99.87\t-30\ncheckout latency\t99\t99.4\t40")
        lines = shown(app).splitlines()
        spent = next(line for line in lines if "99.87 %" in line)
        fine = next(line for line in lines if "99.4 %" in line)
        assert spent.endswith("▲")
        assert fine.endswith("✓")
        assert "Apply the error budget policy to checkout" in shown(app)


@pytest.mark.parametrize(
    "block",
    [
        "disk full\t4\tyes\tturn it off\nslow query\t2\tno\tkeep",
        "disk full, 4, yes, turn it off\nslow query, 2, no, keep",
        "| alert | pages | at night | what we do about it |\n|---|---|---|---|\n"
        "| disk full | 4 | yes | turn it off |\n| slow query | 2 | no | keep |",
    ],
)
async def test_a_pasted_block_becomes_rows(room, block):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await paste(app, pilot, block)
        assert answer(app, "alerts").value == (
            {"alert": "disk full", "pages": 4, "night": "yes", "what": "turn it off"},
            {"alert": "slow query", "pages": 2, "night": "no", "what": "keep"},
        )
        assert "2 rows pasted" in shown(app)


async def test_a_block_pasted_into_an_open_row_becomes_rows_too(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await pilot.press("enter")
        await pilot.pause()
        await paste(app, pilot, "disk full\t4\nslow query\t2")
        assert [row["alert"] for row in answer(app, "alerts").value] == ["disk full", "slow query"]


async def test_a_line_pasted_into_an_open_row_fills_its_cells(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await pilot.press("enter")
        await pilot.pause()
        await paste(app, pilot, "disk full\t4\tno")
        await pilot.press("enter")
        await pilot.pause()
        assert answer(app, "alerts").value == ({"alert": "disk full", "pages": 4, "night": "no"},)


async def test_a_block_that_does_not_fit_says_which_line_and_changes_nothing(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await paste(app, pilot, "disk full\tmany\nslow query\t2")
        assert "not pasted: line 1: pages: expected a number, not 'many'" in shown(app)
        assert answer(app, "alerts").state is AnswerState.UNANSWERED


async def test_a_cell_that_does_not_fit_says_so_and_keeps_the_row(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await pilot.press("enter")
        await pilot.pause()
        await type_row(pilot, "disk full", "many")
        assert "pages: expected a number, not 'many'" in shown(app)
        assert meeting(app).fields.field.text == "many"
        await pilot.press("backspace", "backspace", "backspace", "backspace", "4", "enter")
        await pilot.pause()
        assert answer(app, "alerts").value == ({"alert": "disk full", "pages": 4},)


async def test_a_row_is_changed_and_removed_and_comes_back(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await paste(app, pilot, "disk full\t4\nslow query\t2")
        await pilot.press("up", "up", "enter")
        await pilot.pause()
        assert meeting(app).fields.editing.row.cells[0] == "disk full"
        await pilot.press("escape", "delete")
        await pilot.pause()
        assert [row["alert"] for row in answer(app, "alerts").value] == ["slow query"]
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert [row["alert"] for row in answer(app, "alerts").value] == ["disk full", "slow query"]


async def test_a_row_left_half_typed_is_gone_on_with(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "disk full")
        await pilot.press("tab", "7", "escape")
        await pilot.pause()
        assert answer(app, "alerts").state is AnswerState.UNANSWERED
        await pilot.press("enter")
        await pilot.pause()
        assert meeting(app).fields.editing.row.cells[:2] == ("disk full", "7")


async def test_an_empty_row_closes_the_table(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await pilot.press("enter")
        await pilot.pause()
        await type_row(pilot, "disk full")
        assert meeting(app).fields.is_open
        await pilot.press("enter")
        await pilot.pause()
        assert not meeting(app).fields.is_open
        assert len(answer(app, "alerts").value) == 1


FOLLOW_UP = (
    Column(id="action", title="action", required=True),
    Column(id="state", title="state", kind=ColumnKind.CHOICE, choices=tuple(
        Choice(id=name, text=text) for name, text in (("done", "done"), ("slipped", "slipped"), ("late", "still open"))
    )),
    Column(id="owner", title="owner", kind=ColumnKind.OWNER),
    Column(id="days", title="days", kind=ColumnKind.NUMBER),
)  # fmt: skip


@pytest.fixture
def follow_up(tmp_path):
    item = Item(id="last", kind=ItemKind.TABLE, ask="What became of the last actions?", columns=FOLLOW_UP)
    made = Room(tmp_path, agenda_of((Section(id="s", title="Section", minutes=5, items=(item,)),)))
    yield made
    made.workspace.close()


async def test_choices_and_owners_are_completed_from_their_beginning(follow_up):
    app = follow_up.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await type_row(pilot, "Alert on errors", "sl", "@bo", "3")
        await type_row(pilot, "Drill", "still", "ch")
        assert answer(app, "last").value == (
            {"action": "Alert on errors", "state": "slipped", "owner": "Bo", "days": 3},
            {"action": "Drill", "state": "late", "owner": "Chidi"},
        )


async def test_a_bad_cell_is_told_when_it_is_left_and_typed_again_at_once(follow_up):
    app = follow_up.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await type_text(pilot, "Drill")
        await pilot.press("tab")
        await type_text(pilot, "maybe")
        await pilot.press("tab")
        await pilot.pause()
        assert "state: 'maybe' is none of" in shown(app)
        assert meeting(app).fields.field.text == "maybe"
        await pilot.press("tab")  # left all the same
        await type_text(pilot, "bo")
        await pilot.press("enter")
        await pilot.pause()
        assert meeting(app).fields.editing.row.at == 1
        assert meeting(app).fields.field.text == "maybe"
        assert "'maybe' is none of" in shown(app)
        await pilot.press(*["backspace"] * 5, "d", "enter")
        await pilot.pause()
        assert answer(app, "last").value == ({"action": "Drill", "state": "done", "owner": "Bo"},)


async def test_nothing_is_painted_over_while_a_long_cell_is_typed(follow_up):
    app = follow_up.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await type_row(pilot, "Drill", "done", "Ana", "3")
        header = next(line for line in shown(app).splitlines() if "state" in line)
        long = "Alert on every error that somebody who buys can see"
        await type_text(pilot, long)
        assert long in shown(app)
        await pilot.press("tab")
        await type_text(pilot, "done")
        await pilot.pause()
        assert long in shown(app)
        assert header in shown(app).splitlines()
        row = next(line for line in shown(app).splitlines() if "Alert" in line)
        assert row.index("done") == header.index("state")


async def test_what_a_cell_may_hold_stands_below_it(follow_up):
    app = follow_up.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("enter", "D", "tab")
        await pilot.pause()
        assert "done, slipped, still open" in shown(app)
        await pilot.press("tab")
        await pilot.pause()
        assert "Ana, Bo, Chidi" in shown(app)


async def test_a_paste_says_how_many_known_rows_it_filled_in(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await paste(app, pilot, "disk full\t4")
        await paste(app, pilot, "disk full\t4\tyes\nslow query\t2")
        assert "2 rows pasted: 1 known row filled in, 1 added" in shown(app)
        assert "2 of 2 rows filled in" in shown(app)


async def test_leaving_a_row_in_which_nothing_was_typed_says_nothing(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "alerts")
        await pilot.press("enter", "d", "escape")
        await pilot.pause()
        assert "the half-typed row is kept" in shown(app)
        await pilot.press("right", "left", "enter", "escape")
        await pilot.pause()
        assert "the half-typed row is kept" not in shown(app)


async def test_a_row_that_is_typed_keeps_the_units_of_its_other_cells(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "objectives")
        await pilot.press("enter", "9", "8")
        await pilot.pause()
        row = next(line for line in shown(app).splitlines() if "▸ checkout availability" in line)
        assert "99.9 %" in row
        assert "98" in row

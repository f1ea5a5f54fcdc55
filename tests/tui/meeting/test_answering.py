"""One key answers where one key can; the screen stays; what was said is on the screen and in the database."""

import pytest

from readyroom.domain.answer import AnswerState
from readyroom.tui.screens.meeting import MeetingScreen
from tui.meeting.rooms import Room, answer, go, meeting, paste, settle, shown, type_text


@pytest.mark.parametrize(
    "item, key, value",
    [
        ("paged", "y", "pass"),
        ("paged", "n", "fail"),
        ("irreversible", "y", "yes"),
        ("irreversible", "n", "no"),
        ("slowest", "3", "decide"),
        ("load", "4", 4),
        ("holder", "2", "Bo"),
    ],
)
async def test_one_key_answers_and_the_room_stays_where_it_is(room, item, key, value):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, item)
        await pilot.press(key)
        await settle(app, pilot)
        assert answer(app, item).value == value
        assert meeting(app).live.key.item == item
        assert "saved 14:31" in shown(app)
        stored = room.workspace.store().repository.meeting(room.session)
        assert stored.answer(meeting(app).live.key).value == value


async def test_many_choices_are_toggled_one_by_one(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "hurt")
        await pilot.press("3", "1", "2", "1")
        assert answer(app, "hurt").value == ("sellers", "support")
        await pilot.press("2", "3")
        assert answer(app, "hurt").state is AnswerState.UNANSWERED


async def test_a_number_is_typed_straight_away_with_its_unit_and_target(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "rollback")
        await pilot.press("4")
        await pilot.pause()
        await type_text(pilot, "2 min")
        await pilot.press("enter")
        await pilot.pause()
        assert answer(app, "rollback").value == 42
        assert "target at most 15 min   ▲ missed" in shown(app)


async def test_a_number_that_is_none_says_why_and_keeps_what_was_typed(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "rollback")
        await pilot.press("4")
        await pilot.pause()
        await type_text(pilot, "x")
        await pilot.press("enter")
        await pilot.pause()
        assert "expected a number of min, not '4x'" in shown(app)
        assert meeting(app).fields.field.text == "4x"
        assert answer(app, "rollback").state is AnswerState.UNANSWERED
        await pilot.press("escape")
        await pilot.pause()
        assert not meeting(app).fields.is_open


@pytest.mark.parametrize(
    "typed, value",
    [("fri", "2026-11-20"), ("+2w", "2026-12-06"), ("2026-01-31", "2026-01-31"), ("never", "never")],
)
async def test_a_date_is_typed_as_people_say_it(room, typed, value):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "rehearsed")
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, typed)
        await pilot.press("enter")
        await pilot.pause()
        assert answer(app, "rehearsed").value == value


async def test_an_owner_who_is_not_there_is_typed(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "holder")
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "Team Night")
        await pilot.press("enter")
        await pilot.pause()
        assert answer(app, "holder").value == "Team Night"


async def test_an_answer_in_words_has_as_many_lines_as_it_needs(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "story")
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "Start with the map.")
        await pilot.press("enter")
        await paste(app, pilot, "Then\nthe runbooks " + "x" * 3000)
        await pilot.press("tab")
        await pilot.pause()
        assert answer(app, "story").value == "Start with the map.\nThen\nthe runbooks " + "x" * 3000


async def test_not_applicable_asks_for_its_reason_in_place(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("x")
        await pilot.pause()
        assert "not applicable because" in shown(app)
        await type_text(pilot, "nobody is on call")
        await pilot.press("enter")
        await pilot.pause()
        said = answer(app, "paged")
        assert (said.state, said.reason) == (AnswerState.NOT_APPLICABLE, "nobody is on call")
        assert "not applicable: nobody is on call" in shown(app)


@pytest.mark.parametrize("key, state", [("w", AnswerState.UNKNOWN), ("k", AnswerState.SKIPPED)])
async def test_what_nobody_knows_and_what_is_skipped_take_one_key(room, key, state):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "load")
        await pilot.press(key)
        assert answer(app, "load").state is state


async def test_information_takes_no_answer(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Nobody is blamed; see the guide (https://example.org/guide)." in shown(app)
        await pilot.press("y", "n", "1", "w", "k", "x", "full_stop")
        await pilot.press("tab")
        assert not [
            one for one in meeting(app).live.meeting.answers.values() if one.state is not AnswerState.UNANSWERED
        ]


async def test_a_prepared_answer_counts_only_once_it_is_confirmed(tmp_path):
    room = Room(tmp_path)
    room.prepare("paged", "fail", by="Bo", note="Tried on Monday.")
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.pause()
        assert "fail  Bo, 2 days ago" in shown(app)
        assert answer(app, "paged").state is AnswerState.UNANSWERED
        await pilot.press("full_stop")
        await pilot.pause()
        said = answer(app, "paged")
        assert (said.value, said.prepared_by, said.note) == ("fail", "Bo", "Tried on Monday.")
        assert "14:31 · prepared by Bo" in shown(app)
    room.workspace.close()


async def test_of_several_prepared_answers_a_digit_says_whose_counts(tmp_path):
    room = Room(tmp_path)
    room.prepare("slowest", "fix", by="Bo", days=3)
    room.prepare("slowest", "detect", by="Chidi", days=1)
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "slowest")
        names = [one.by for one in meeting(app).sight().prepared]
        await pilot.press("full_stop")
        await pilot.pause()
        assert "whose counts?" in shown(app)
        assert answer(app, "slowest").state is AnswerState.UNANSWERED
        await pilot.press(str(names.index("Chidi") + 1))
        assert (answer(app, "slowest").value, answer(app, "slowest").prepared_by) == ("detect", "Chidi")
    room.workspace.close()


async def test_a_suggestion_says_why_and_is_taken_with_one_key(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "slowest")
        await pilot.press("1")
        await pilot.pause()
        assert "suggests an action: “Alert on user-visible errors within 5 minutes”" in shown(app)
        assert "because detecting was slowest twice in a row" in shown(app)
        await pilot.press("s")
        await settle(app, pilot)
        (action,) = meeting(app).live.meeting.actions
        assert (action.title, action.priority) == ("Alert on user-visible errors within 5 minutes", 1)
        assert "suggests an action" not in shown(app)
        assert "1 act" in shown(app)


async def test_a_dismissed_suggestion_does_not_come_again(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "slowest")
        await pilot.press("1", "z")
        await pilot.pause()
        assert "suggests" not in shown(app)
        await pilot.press("right", "left")
        await pilot.pause()
        assert "suggests" not in shown(app)
        assert not meeting(app).live.meeting.actions


async def test_everything_can_be_clicked(room):
    app = room.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        go(app, "slowest")
        await pilot.pause()
        lines = shown(app).splitlines()
        row = next(y for y, line in enumerate(lines) if "2  find the cause" in line)
        await pilot.click(offset=(lines[row].index("find the cause"), row))
        await pilot.pause()
        assert answer(app, "slowest").value == "find"
        row = next(y for y, line in enumerate(lines) if "Whom did it hurt?" in line)
        await pilot.click(offset=(10, row))
        await pilot.pause()
        assert meeting(app).live.key.item == "hurt"


async def test_single_letters_mean_nothing_while_someone_types(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "yn xwk.szbgh/ ardpi u+o12")
        assert meeting(app).fields.field.text == "yn xwk.szbgh/ ardpi u+o12"
        assert answer(app, "paged").state is AnswerState.UNANSWERED
        assert isinstance(app.screen, MeetingScreen)


async def test_a_finding_says_why_only_where_it_says_more_than_the_answer(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "irreversible")
        await pilot.press("y")
        await pilot.pause()
        finding = next(line.split() for line in shown(app).splitlines() if "medium" in line or "high" in line)
        assert len(finding) == 2, "a glyph and a word"


async def test_a_reason_stands_once_with_its_suggestion_and_with_the_finding_when_that_is_gone(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "slowest")
        await pilot.press("1")
        await pilot.pause()
        assert shown(app).count("detecting was slowest twice in a row") == 1
        assert "because detecting was slowest twice in a row" in shown(app)
        await pilot.press("z")
        await pilot.pause()
        assert "medium  detecting was slowest twice in a row" in " ".join(shown(app).split(" ")).replace("   ", "  ")

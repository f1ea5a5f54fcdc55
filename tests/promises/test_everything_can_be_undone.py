"""Promise: everything can be undone; nothing is deleted."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from readyroom.domain.answer import Answer, AnswerState, Audience
from readyroom.domain.capture import CaptureKind, Treatment
from readyroom.domain.meeting import Meeting
from readyroom.domain.session import Attendee
from readyroom.workflows.live import LiveMeeting
from workflows.room import Room, at, hold

EDITABLE = {"draft", "attendee", "session_subject"}
"""Tables whose rows are written anew: half-typed text, and lists that belong to a row that stays."""
LONG = [pytest.param(seed, marks=pytest.mark.promise_long) for seed in range(3, 60)]


def seen(meeting: Meeting) -> tuple[object, ...]:
    """What a meeting says, but for versions, short ids, the clock, and what was withdrawn."""
    answers = {key: replace(one, value_version=0, note_version=0) for key, one in meeting.answers.items()}
    blank = {key for key, one in answers.items() if one == Answer(session=one.session, key=key)}
    captures = {one.id: replace(one, version=0, number=None) for one in meeting.captures if not one.withdrawn}
    people = [sitting.attendees for sitting in meeting.sittings]
    return {key: one for key, one in answers.items() if key not in blank}, captures, people


def step(live: LiveMeeting, luck: random.Random, number: int) -> None:
    """Something that a room does, any of the things that change what is kept."""
    hold(luck.choice(("alerts", "who-noticed", "minutes-back", "owner", "tested")), live)
    live.go(live.key)
    captures = [one for one in live.meeting.captures if not one.withdrawn]
    said = f"said {number}"
    match luck.randrange(11):
        case 0 | 1:
            hold("alerts", live).answer(luck.choice(("pass", "fail")))
        case 2:
            hold("minutes-back", live).answer(number)
        case 3:
            live.note(said)
        case 4:
            live.evidence(said)
        case 5:
            live.mark(luck.choice((AnswerState.SKIPPED, AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE)), said)
        case 6:
            live.capture(luck.choice(list(CaptureKind)), f"{said} @ana +2w !1")
        case 7 if captures:
            one = luck.choice(captures)
            live.change_capture(replace(one, title=said, audience=luck.choice(list(Audience))))
        case 8 if captures:
            live.withdraw(luck.choice(captures))
        case 9:
            live.set_attendees((Attendee(name="Ana", role="facilitator"), Attendee(name=f"Dee {number}", role="guest")))
        case _:
            suggestions = hold("alerts", live).suggestions()
            if suggestions:
                (live.take if luck.random() < 0.6 else live.dismiss)(luck.choice(suggestions))
            elif live.meeting.risks and not live.meeting.risks[0].withdrawn:
                live.change_capture(replace(live.meeting.risks[0], worry=1 + number % 5, treatment=Treatment.ACCEPT))


def rows(path: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


@pytest.mark.parametrize("seed", [1, 2, *LONG])
def test_whatever_was_done_can_be_taken_back_and_done_again(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    with Room(tmp_path) as room:
        live = room.settle(room.live())
        states = [seen(live.meeting)]
        for number in range(40):
            before = live.meeting
            step(live, luck, number)
            if live.meeting.answers != before.answers or seen(live.meeting) != seen(before):
                states.append(seen(live.meeting))
            if luck.random() < 0.3:
                room.settle(live)
        room.settle(live)
        end = seen(live.meeting)
        assert end != states[0]
        undone = 0
        while live.undo().what != "nothing to undo":
            undone += 1
            assert undone <= 200
            if luck.random() < 0.3:
                room.settle(live)
        assert undone > 10
        room.settle(live)
        assert seen(room.kept(live)) == states[0]
        for _ in range(undone):
            live.redo()
        room.settle(live)
        assert live.redo().what == "nothing to redo"
        assert seen(room.kept(live)) == end
        assert live.clashes == []


@pytest.mark.parametrize("seed", [1, *LONG])
def test_after_a_kill_the_next_window_takes_back_what_the_last_one_did(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    with Room(tmp_path) as room:
        live = room.settle(room.live())
        begin = seen(live.meeting)
        for number in range(15):
            step(live, luck, number)
        room.settle(live)
        end = seen(live.meeting)
        while live.undo().what != "nothing to undo":
            if luck.random() < 0.4:  # killed in the middle of taking back
                room.settle(live)
                room.kill()
                live = room.settle(room.live(live.meeting.session.id))
        room.settle(live)
        assert seen(room.kept(live)) == begin
        room.kill()
        live = room.settle(room.live(live.meeting.session.id))
        while live.redo().what != "nothing to redo":
            room.settle(live)
        assert seen(room.kept(live)) == end


@pytest.mark.parametrize("seed", [1, *LONG])
def test_no_row_of_what_was_said_is_ever_deleted(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    statements: list[str] = []
    with Room(tmp_path) as room:
        event.listen(
            room.workspace.store()._engine, "before_cursor_execute", lambda *words: statements.append(words[2])
        )
        live = room.settle(room.live())
        counted = rows(room.workspace.database_file)
        for number in range(40):
            if luck.random() < 0.2:
                (live.undo if luck.random() < 0.7 else live.redo)()
            else:
                step(live, luck, number)
            live.keep_draft("note:alerts", f"half {number}"[: luck.randint(0, 7)])
            room.settle(live)
            now = rows(room.workspace.database_file)
            fewer = {name for name in counted if now[name] < counted[name]}
            assert fewer <= EDITABLE
            counted = now
        journal = room.repository.journal(session=live.meeting.session.id)
        assert len(journal) == room.workspace.store().sequence, "and each step stays in the journal"
    deleted = {found[1] for one in statements if (found := re.match(r'\s*DELETE FROM "?(\w+)', one))}
    assert len(statements) > 100
    assert deleted <= EDITABLE


def test_a_withdrawn_action_is_still_there_and_comes_back(tmp_path: Path) -> None:
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        taken = live.capture(CaptureKind.ACTION, "Alert on user errors @ana")
        room.settle(live)
        live.withdraw(live.meeting.actions[0])
        room.settle(live)
        assert room.kept(live).captures[0].withdrawn
        live.undo()
        (back,) = room.kept(room.settle(live)).actions
        assert taken is not None
        assert (back.id, back.number, back.withdrawn) == (taken.id, 1, False)
        assert live.meeting.answer(at("alerts")).value is None

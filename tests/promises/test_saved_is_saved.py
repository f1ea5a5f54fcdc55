"""Promise: once it says Saved, neither a kill nor a power cut loses it. It never says Saved early."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from promises.saving import Recorded, cut_power, kill_while_saving, record_saving
from readyroom.domain.capture import CaptureKind
from readyroom.store.check import check
from readyroom.workflows.live import SavedMark
from support.meetings import make_session
from support.stores import put_meeting, store_at
from workflows.room import Room, at, hold

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="recording the disk needs strace")


def a_workspace(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    with store_at(folder) as store:
        put_meeting(store)
    return folder


def kept_steps(path: Path) -> dict[str, int]:
    """Each step that is in a database and how many of its changes; asserts that the database is sound."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        titles = [title for (title,) in connection.execute("SELECT title FROM action WHERE title LIKE '%-% %'")]
        (journaled,) = connection.execute("SELECT count(*) FROM journal").fetchone()
        (counted,) = connection.execute("SELECT value FROM counter WHERE name = 'journal'").fetchone()
    assert journaled == counted, "the journal and the changes it tells of are one transaction"
    return dict(Counter(title.split()[0] for title in titles if len(title.split()[0]) == 36))


# ---- kill -9


@pytest.mark.parametrize(
    "rounds, writers",
    [
        (12, 1),
        (6, 3),
        pytest.param(500, 1, marks=pytest.mark.promise_long),
        pytest.param(500, 3, marks=pytest.mark.promise_long),
    ],
)
def test_killed_programs_lose_nothing_that_was_acknowledged(tmp_path: Path, rounds: int, writers: int) -> None:
    folder = a_workspace(tmp_path / "team")
    acknowledged = kill_while_saving(folder, make_session().id, rounds=rounds, writers=writers)
    assert len(acknowledged) > rounds / 2, "it was killed while it saved"
    path = folder / "sessions" / "readyroom.db"
    kept = kept_steps(path)
    assert {step: kept.get(step, 0) for step in acknowledged} == acknowledged
    assert check(path).is_sound
    with store_at(folder) as store:
        numbers = [action.number for action in store.repository.actions()]
    assert len(set(numbers)) == len(numbers) == 1 + sum(kept.values()), "whole steps only, and no short id twice"


# ---- power cut


def lost_in(recorded: Recorded, folder: Path, cuts: int, seed: int) -> int:
    """In how many of the cuts an acknowledged step is lost, or the database is broken."""
    luck, lost = random.Random(seed), 0
    for number in range(cuts):
        image = folder / f"cut{number}"
        image.mkdir(parents=True)
        files, acknowledged = cut_power(recorded, luck)
        for name, content in files.items():
            (image / name).write_bytes(content)
        try:
            kept = kept_steps(image / "readyroom.db")
            lost += {step: kept.get(step, 0) for step in acknowledged} != acknowledged
        except (sqlite3.Error, AssertionError):
            lost += 1
        shutil.rmtree(image)
    return lost


@needs_strace
@pytest.mark.parametrize("saves, cuts", [(12, 60), pytest.param(60, 2000, marks=pytest.mark.promise_long)])
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, saves: int, cuts: int) -> None:
    folder = a_workspace(tmp_path / "team")
    recorded = record_saving(folder, make_session().id, count=saves)
    assert sum(name == "told" for _, name, _, data in recorded.calls if data) == saves
    assert lost_in(recorded, tmp_path / "cuts", cuts, seed=saves) == 0


@needs_strace
@pytest.mark.parametrize(
    "settings", [("synchronous = OFF",), ("journal_mode = WAL", "synchronous = NORMAL")], ids=["off", "wal-normal"]
)
def test_the_power_cuts_do_find_settings_that_lose(tmp_path: Path, settings: tuple[str, ...]) -> None:
    folder = a_workspace(tmp_path / "team")
    recorded = record_saving(folder, make_session().id, count=12, settings=settings)
    assert lost_in(recorded, tmp_path / "cuts", 60, seed=12) > 0


# ---- never early


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(n, marks=pytest.mark.promise_long) for n in range(3, 60))])
def test_whenever_it_says_saved_another_program_can_read_it(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    with Room(tmp_path) as room:
        live = room.live()
        said_saved = 0
        for number in range(30):
            room.disk.gate.clear()
            room.disk.full = False
            live.retry()
            hold(luck.choice(("owner", "minutes-back", "who-noticed", "alerts")), live)
            if luck.random() < 0.5:
                live.note(f"note {number}")
            else:
                live.capture(CaptureKind.ACTION, f"action {number}")
            room.calls.run()
            assert live.saving.mark is not SavedMark.SAVED
            room.disk.full = luck.random() < 0.2
            room.disk.gate.set()
            if luck.random() < 0.7:
                live.flush()
            if luck.random() < 0.3:
                continue  # the screen hears of it late, when the next step is on its way
            room.calls.run()
            if live.saving.mark is SavedMark.SAVED:
                said_saved += 1
                with closing(sqlite3.connect(room.workspace.database_file)) as other:
                    notes = dict(other.execute("SELECT item, note FROM answer WHERE note <> ''").fetchall())
                    actions = {title for (title,) in other.execute("SELECT title FROM action")}
                assert notes == {key.item: one.note for key, one in live.meeting.answers.items() if one.note}
                assert actions == {action.title for action in live.meeting.actions}
        room.disk.full = False
        live.retry()
        assert said_saved
        assert room.settle(live).saving.mark is SavedMark.SAVED
        assert room.kept(live).answer(at("owner")) == live.meeting.answer(at("owner"))

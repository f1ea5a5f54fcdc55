"""Promise: two windows on one session never overwrite each other silently."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from readyroom.domain.answer import Answer, AnswerKey
from readyroom.domain.capture import CaptureKind, Risk
from readyroom.workflows.live import LiveMeeting
from support.meetings import make_session
from support.stores import put_meeting, store_at
from workflows.room import Room, at, hold

SECTIONS = """\
sections:
  - id: only
    title: The only things
    minutes: 30
    goal: Know who says what.
    items:
      - {id: noticed, kind: text, ask: Who noticed the last outage?}
      - {id: minutes-back, kind: number, unit: min, ask: How long does a rollback take?}
      - {id: owner, kind: owner, ask: Who owns it?}
"""
ITEMS = ("noticed", "minutes-back", "owner")
WINDOWS = st.sampled_from((0, 1))
QUESTIONS = st.sampled_from(ITEMS)


class TwoWindows(RuleBasedStateMachine):
    """Two programs on one session, in any order: what each said stands, was seen before it changed, or is a clash."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.rooms = Room(self.folder, sections=SECTIONS), Room(self.folder, actor="Bo", sections=SECTIONS)
        first = self.rooms[0].live()
        self.rooms[0].settle(first)
        self.lives = first, self.rooms[1].live(first.meeting.session.id)
        self.number = 0
        self.said: dict[object, tuple[int, str]] = {}
        """What was said, unlike anything else said: by which window, about what."""
        self.answered_on: dict[object, object] = {}
        """For each thing said, what its window saw there when it said it."""
        self.titles: dict[str, int] = {}
        self.shown: set[object] = set()
        """What was shown in a clash, or taken back by who had said it."""
        for room, live in zip(self.rooms, self.lives, strict=True):
            room.settle(live)

    def teardown(self) -> None:
        try:
            self.nobody_was_overwritten_unseen()
        finally:
            for room in self.rooms:
                room.__exit__()
            shutil.rmtree(self.folder)

    def next_number(self) -> int:
        self.number += 1
        return self.number

    def at(self, window: int, item: str) -> LiveMeeting:
        return hold(item, self.lives[window])

    def note_clashes(self) -> None:
        for live in self.lives:
            for clash in live.clashes:
                for one in (clash.ours, clash.theirs):
                    self.shown |= {one.value, one.note} if isinstance(one, Answer) else {getattr(one, "title", "")}

    # ---- what a room may do

    @rule(window=WINDOWS, item=QUESTIONS)
    def answer(self, window: int, item: str) -> None:
        live = self.at(window, item)
        number = self.next_number()
        value: object = number if item == "minutes-back" else f"value {number}"
        self.answered_on[value] = live.meeting.answer(live.key).value
        self.said[value] = (window, item)
        live.answer(value)

    @rule(window=WINDOWS, item=QUESTIONS)
    def note(self, window: int, item: str) -> None:
        live = self.at(window, item)
        text = f"note {self.next_number()}"
        self.answered_on[text] = live.meeting.answer(live.key).note or None
        self.said[text] = (window, item)
        live.note(text)

    @rule(window=WINDOWS)
    def capture(self, window: int) -> None:
        title = f"risk {self.next_number()}"
        self.lives[window].capture(CaptureKind.RISK, title)
        self.titles[title] = window

    @precondition(lambda self: self.titles)
    @rule(window=WINDOWS, pick=st.integers(0, 5))
    def retitle(self, window: int, pick: int) -> None:
        live = self.lives[window]
        risks = [one for one in live.meeting.risks if not one.withdrawn]
        if risks:
            risk = risks[pick % len(risks)]
            title = f"risk {self.next_number()}"
            self.answered_on[title] = risk.title
            live.change_capture(replace(risk, title=title))
            self.titles[title] = window

    @rule(window=WINDOWS)
    def settle(self, window: int) -> None:
        self.rooms[window].settle(self.lives[window])
        self.note_clashes()

    @rule(window=WINDOWS)
    def undo(self, window: int) -> None:
        result = self.lives[window].undo()
        if result.clash is not None:
            self.lives[window].clashes.append(result.clash)
        self.note_clashes()

    # No precondition: whether there is a clash depends on which writer was first, and what is drawn must not.
    @rule(window=WINDOWS, ours=st.booleans())
    def choose(self, window: int, ours: bool) -> None:
        live = self.lives[window]
        self.note_clashes()
        if live.clashes:
            live.choose(live.clashes[0], ours)

    @rule(window=WINDOWS)
    def restart(self, window: int) -> None:
        room, live = self.rooms[window], self.lives[window]
        room.settle(live)
        self.note_clashes()
        room.kill()
        again = room.live(live.meeting.session.id)
        self.lives = (again, self.lives[1]) if window == 0 else (self.lives[0], again)

    # ---- what must hold

    def nobody_was_overwritten_unseen(self) -> None:
        for window in (0, 1):
            self.rooms[window].settle(self.lives[window])
        self.note_clashes()
        journal = self.rooms[0].repository.journal(session=self.lives[0].meeting.session.id, limit=None)
        kept = self.rooms[0].repository.meeting(self.lives[0].meeting.session.id)
        ever = {value for entry in journal for change in entry.changes for value in _values(change.after)}
        for said in (*self.said, *self.titles):
            assert said in ever or said in self.shown, f"{said} is neither in the journal nor shown as a clash"
        for entry in journal:
            if entry.what.startswith(("undid", "redid", "kept", "took")):
                continue
            for change in entry.changes:
                self._was_seen(change.before, change.after)
        standing = {value for answer in kept.answers.values() for value in _values(answer)}
        changed = {value for entry in journal for change in entry.changes for value in _values(change.before)}
        for said in self.said:
            assert said in standing or said in changed or said in self.shown

    def _was_seen(self, before: object, after: object) -> None:
        """What a value took the place of was on the screen of who gave it, or was shown in a clash."""
        if isinstance(before, Risk) and isinstance(after, Risk) and after.title in self.answered_on:
            assert before.title in (after.title, self.answered_on[after.title], *self.shown)
        if not isinstance(after, Answer):
            return
        old = before if isinstance(before, Answer) else Answer(session=after.session, key=after.key)
        if after.value != old.value and after.value in self.answered_on:
            assert old.value in (None, self.answered_on[after.value], *self.shown)
        if after.note != old.note and after.note in self.answered_on:
            assert old.note in ("", self.answered_on[after.note], *self.shown)


def _values(entity: object) -> Iterator[object]:
    if isinstance(entity, Answer):
        yield from (entity.value, entity.note)
    elif entity is not None:
        yield getattr(entity, "title", None)


@pytest.mark.parametrize("examples", [25, pytest.param(400, marks=pytest.mark.promise_long)])
def test_whatever_two_windows_do_nothing_is_overwritten_unseen(examples: int) -> None:
    chosen = settings(
        max_examples=examples, stateful_step_count=20, deadline=None, database=None, phases=[Phase.generate]
    )
    run_state_machine_as_test(TwoWindows, settings=chosen)


# ---- real programs

ANSWERING = """
import json, sys, time
from pathlib import Path
from readyroom.workflows.start import open_live
from readyroom.workflows.workspace import open_workspace

folder, session, name, count = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
workspace = open_workspace(folder, environ={"USER": name, "HOME": str(folder), "TZ": "UTC"}, cwd=folder)
calls = []
live = open_live(workspace, session, calls.append)
text = next(place.key for place in live.places if place.item.id == "q5")
live.go(text)
(folder / f"{name}.ready").touch()
while len(list(folder.glob("*.ready"))) < 3:
    time.sleep(0.001)
for number in range(count):
    live.note(f"{name} {number}")
    live.flush()
    while calls:
        calls.pop(0)()
    for clash in live.clashes:
        print(json.dumps(["clash", clash.ours.note, clash.theirs.note]))
    live.clashes.clear()
workspace.close()
"""


@pytest.mark.parametrize("count", [15, pytest.param(300, marks=pytest.mark.promise_long)])
def test_three_programs_that_write_the_same_note_lose_none_of_it_unseen(tmp_path: Path, count: int) -> None:
    with store_at(tmp_path) as store:
        put_meeting(store, answers=3)
    session = make_session().id
    names = ("ana", "bo", "chidi")
    words = [sys.executable, "-c", ANSWERING, str(tmp_path), session]
    programs = [subprocess.Popen([*words, name, str(count)], stdout=subprocess.PIPE, text=True) for name in names]
    told = [json.loads(line) for program in programs for line in program.communicate(timeout=300)[0].splitlines()]
    assert [program.returncode for program in programs] == [0, 0, 0]
    clashed = {ours for _, ours, _ in told}
    assert clashed, "they wrote at the same time"
    with store_at(tmp_path) as store:
        journal = store.repository.journal(session=session, limit=None)
        kept = store.repository.meeting(session).answers[AnswerKey("q5", "checkout")].note
    notes = [
        (change.before.note if isinstance(change.before, Answer) else "", change.after.note)
        for entry in journal
        for change in entry.changes
        if isinstance(change.after, Answer) and change.after.key.item == "q5"
    ]
    written = {after for _, after in notes}
    assert {f"{name} {number}" for name in names for number in range(count)} <= written | clashed
    assert all(before == after for (_, after), (before, _) in pairwise(notes)), "one after another"
    assert kept == notes[-1][1]


def test_a_clash_keeps_both_on_the_screen_until_the_room_chooses(tmp_path: Path) -> None:
    with Room(tmp_path) as mine, Room(tmp_path, actor="Bo") as other:
        ours = hold("owner", mine.live())
        theirs = hold("owner", other.live(ours.meeting.session.id))
        theirs.answer("Team Till")
        other.settle(theirs)
        ours.answer("Team Ledger")
        mine.settle(ours)
        hold("alerts", ours).answer("pass")
        mine.settle(ours)
        (clash,) = ours.clashes
        assert isinstance(clash.ours, Answer)
        assert isinstance(clash.theirs, Answer)
        assert {clash.ours.value, clash.theirs.value} == {"Team Till", "Team Ledger"}
        assert mine.kept(ours).answers[at("owner")].value == "Team Till"

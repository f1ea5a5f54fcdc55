"""Saving behind the meeting: order, acknowledgement only after the commit, and nothing dropped when it fails."""

import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from readyroom.domain.answer import AnswerKey
from readyroom.domain.change import Change, Entry, change
from readyroom.store import Conflict, StoreError
from support.meetings import entry_of, entry_to, make_action, make_entry, make_risk, make_sitting, minutes_later
from support.stores import put_meeting, store_at


class Disk:
    """A disk that can be slow or full: what ends the writer's transactions."""

    def __init__(self):
        self.full = False
        self.full_for = 0
        self.reached = threading.Event()
        self.gate = threading.Event()
        self.gate.set()
        self.commits = 0
        self.loses_the_answer = False

    def commit(self, connection: Connection) -> None:
        self.reached.set()
        self.gate.wait(30)
        self.full_for -= 1
        if self.full or self.full_for >= 0:
            raise OperationalError("COMMIT", None, _FullError("database or disk is full"))
        connection.commit()
        self.commits += 1
        if self.loses_the_answer:
            self.loses_the_answer = False
            raise OperationalError("COMMIT", None, _FullError("database or disk is full"))


class _FullError(Exception):
    sqlite_errorcode = 13


class Told:
    """What the writer answered, in order."""

    def __init__(self):
        self.saved, self.refused, self.failed = [], [], []

    def listening(self):
        return {"saved": self.saved.append, "refused": self.refused.append, "failed": self.failed.append}


def answers_in_a_row(meeting, values):
    answer = meeting.answers[AnswerKey("q4", "checkout")]
    for number, value in enumerate(values):
        entry = entry_to(
            meeting.session, answer, replace(answer, value=value), at=minutes_later(number), what="answered"
        )
        answer = entry.changes[0].after
        yield entry


def test_a_burst_of_keys_is_saved_in_order_and_in_few_commits(tmp_path):
    disk, told = Disk(), Told()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store, answers=8)
        disk.gate.clear()
        for entry in answers_in_a_row(meeting, range(30)):
            store.writer.submit(entry, **told.listening())
        assert told.saved == []
        disk.gate.set()
        assert store.writer.flush()
        assert [one.sequence for one in told.saved] == list(range(2, 32))
        assert disk.commits <= 3
        assert store.repository.meeting(meeting.session.id).answers[AnswerKey("q4", "checkout")].value == 29


def test_saved_is_said_only_after_the_commit(tmp_path):
    disk, told = Disk(), Told()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store)
        disk.gate.clear()
        store.writer.submit(entry_of(meeting.session, [make_risk(meeting.session, "new")]), **told.listening())
        assert not store.writer.flush(timeout=0.2)
        assert told.saved == []
        assert len(store.repository.risks()) == 1
        disk.gate.set()
        assert store.writer.flush()
        assert told.saved[0].changes[0].after.number == 2


def test_a_conflict_takes_back_its_own_step_only(tmp_path):
    disk, told = Disk(), Told()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store)
        action = meeting.actions[0]
        store.save(entry_to(meeting.session, action, replace(action, owner="Bo"), window="window-2"))
        disk.gate.clear()
        store.writer.submit(entry_of(meeting.session, [make_risk(meeting.session, "first")]), **told.listening())
        lost = Change(None, make_risk(meeting.session, "never"))
        step = make_entry(meeting.session, lost, change(action, replace(action, owner="Chidi")))
        store.writer.submit(step, **told.listening())
        store.writer.submit(entry_of(meeting.session, [make_risk(meeting.session, "last")]), **told.listening())
        disk.gate.set()
        assert store.writer.flush()
        assert [one.changes[0].after.title for one in told.saved] == ["first", "last"]
        (conflict,) = told.refused
        assert isinstance(conflict, Conflict)
        assert (conflict.theirs.owner, conflict.ours.owner) == ("Bo", "Chidi")
        assert store.repository.action("A-1").owner == "Bo"
        titles = [one.title for one in store.repository.risks()]
        assert titles == ["The rollback was never tried", "first", "last"]


def test_a_full_disk_is_told_and_everything_is_saved_once_there_is_room(tmp_path):
    disk, told = Disk(), Told()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store, answers=8)
        disk.full = True
        for entry in answers_in_a_row(meeting, range(5)):
            store.writer.submit(entry, **told.listening())
        assert not store.writer.flush()
        assert told.saved == []
        assert {one.what for one in told.failed} == {"the disk is full"}
        assert len(store.writer.unsaved) == 5
        disk.full = False
        store.writer.retry()
        assert store.writer.flush()
        assert [one.sequence for one in told.saved] == [2, 3, 4, 5, 6]
        assert told.refused == []


def test_what_hangs_on_a_failed_step_waits_for_it(tmp_path):
    disk, told = Disk(), Told()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store, answers=8)
        disk.gate.clear()
        first = entry_of(meeting.session, [make_risk(meeting.session, "goes first")])
        store.writer.submit(first, saved=lambda _: setattr(disk, "full_for", 2))  # the batch, then its first step
        disk.reached.wait(30)
        for entry in answers_in_a_row(meeting, range(3)):
            store.writer.submit(entry, **told.listening())
        disk.gate.set()
        store.writer.flush()
        store.writer.retry()
        assert store.writer.flush()
        assert told.refused == []
        assert [one.changes[0].after.value for one in told.saved] == [0, 1, 2]


def test_the_next_step_brings_what_was_kept_along_and_in_front(tmp_path):
    disk, told = Disk(), Told()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store, answers=8)
        first, second = answers_in_a_row(meeting, [1, 2])
        disk.full = True
        store.writer.submit(first, **told.listening())
        store.writer.flush()
        disk.full = False
        store.writer.submit(second, **told.listening())
        assert store.writer.flush()
        assert [one.changes[0].after.value for one in told.saved] == [1, 2]


def test_a_commit_that_went_through_though_it_failed_is_not_saved_twice(tmp_path):
    disk, told = Disk(), Told()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store)
        disk.gate.clear()
        store.writer.submit(entry_of(meeting.session, [make_action(meeting.session, "one")]), **told.listening())
        store.writer.submit(entry_of(meeting.session, [make_action(meeting.session, "two")]), **told.listening())
        disk.loses_the_answer = True
        disk.gate.set()
        assert store.writer.flush()
        assert sorted(one.changes[0].after.number for one in told.saved) == [2, 3]
        assert [one.title for one in store.repository.actions()] == ["Alert on user errors", "one", "two"]
        assert store.sequence == 3


def test_a_step_that_can_never_be_saved_does_not_hold_up_the_others(tmp_path):
    told = Told()
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        store.writer.submit(entry_of(meeting.session, [make_risk(meeting.session, "odd", worry=9)]), **told.listening())
        store.writer.submit(
            entry_of(meeting.session, [make_risk(meeting.session, because="\ud800")]), **told.listening()
        )
        store.writer.submit(
            entry_of(meeting.session, [make_action(meeting.session, "odd", slips=2**70)]), **told.listening()
        )
        store.writer.submit(entry_of(meeting.session, [make_risk(meeting.session, "good")]), **told.listening())
        assert store.writer.flush()
        assert [one.retryable for one in told.failed] == [False, False, False]
        assert all(isinstance(one, StoreError) for one in told.failed)
        assert [one.changes[0].after.title for one in told.saved] == ["good"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_listener_that_fails_does_not_end_saving(tmp_path):
    told = Told()
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)

        def breaks(_entry: Entry) -> None:
            raise RuntimeError("the screen is gone")

        store.writer.submit(entry_of(meeting.session, [make_risk(meeting.session, "one")]), saved=breaks)
        store.writer.submit(entry_of(meeting.session, [make_risk(meeting.session, "two")]), **told.listening())
        assert store.writer.flush()
        assert len(told.saved) == 1


def test_closing_saves_what_is_waiting(tmp_path):
    disk = Disk()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store)
        disk.gate.clear()
        for name in "abc":
            store.writer.submit(entry_of(meeting.session, [make_risk(meeting.session, name)]))
        threading.Timer(0.1, disk.gate.set).start()
        assert store.close() == ()
    with store_at(tmp_path) as again:
        assert [one.title for one in again.repository.risks()][1:] == ["a", "b", "c"]


def test_closing_gives_back_what_could_not_be_saved(tmp_path):
    disk = Disk()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store)
        disk.full = True
        entry = entry_of(meeting.session, [make_risk(meeting.session, "kept")])
        store.writer.submit(entry)
        assert store.close() == (entry,)


def test_only_the_latest_position_draft_and_heartbeat_are_written(tmp_path):
    disk = Disk()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store)
        window = store.windows.register(meeting.session.id, "Ana")
        disk.gate.clear()
        for number in range(100):
            store.writer.remember_position(window.id, AnswerKey(f"q{number}"))
            store.writer.remember_draft(window.id, "note:q1", "typed " * number)
            store.writer.remember_draft(window.id, "capture", "" if number == 99 else "half")
            store.writer.remember_heartbeat(meeting.sittings[0].id, minutes_later(number))
        time.sleep(0.05)
        disk.gate.set()
        assert store.writer.flush()
        assert disk.commits <= 3
        now = store.windows.latest(meeting.session.id)
        assert now.position == AnswerKey("q99")
        assert now.drafts == {"note:q1": "typed " * 99}
        sitting = store.repository.meeting(meeting.session.id).sittings[0]
        assert sitting.heartbeat == minutes_later(99)
        assert sitting.version == make_sitting(meeting.session).version
        assert store.sequence == 1, "none of it is journaled"


def test_notes_that_could_not_be_written_come_with_the_next_attempt(tmp_path):
    disk = Disk()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store)
        window = store.windows.register(meeting.session.id, "Ana")
        disk.full = True
        store.writer.remember_draft(window.id, "capture", "half a sentence")
        assert not store.writer.flush()
        assert store.writer.trouble.what == "the disk is full"
        disk.full = False
        store.writer.retry()
        assert store.writer.flush()
        assert store.writer.trouble is None
        assert store.windows.latest(meeting.session.id).drafts == {"capture": "half a sentence"}


def test_keys_given_while_the_writer_holds_back_share_a_commit_and_a_flush_does_not_wait(tmp_path, monkeypatch):
    monkeypatch.setattr("readyroom.store.writer.PAUSE", 3600)
    disk, told = Disk(), Told()
    with store_at(tmp_path, commit=disk.commit) as store:
        meeting = put_meeting(store, answers=8)
        for entry in answers_in_a_row(meeting, range(5)):
            store.writer.submit(entry, **told.listening())
        assert store.writer.flush(timeout=30)
        assert (len(told.saved), disk.commits) == (5, 1)
        store.writer.remember_position("window-1", AnswerKey("q4", "checkout"))
        store.writer.retry()
        assert store.writer.flush(timeout=30)
        store.writer.submit(entry_of(meeting.session, [make_risk(meeting.session, "last")]), **told.listening())
        assert store.writer.close(timeout=30) == ()
        assert len(told.saved) == 6

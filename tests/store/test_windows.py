"""Windows: a killed one is gone on with, an open one is told of, and neither is mistaken for the other."""

import signal
import subprocess
import sys
from dataclasses import replace

from readyroom.domain.answer import AnswerKey
from readyroom.store import open_store
from support.meetings import entry_to, make_session
from support.stores import put_meeting, store_at, ticking

HOLDING = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from readyroom.domain.answer import AnswerKey
from readyroom.store import open_store
store = open_store(Path(sys.argv[1]), clock=lambda: datetime(2026, 11, 22, 13, tzinfo=UTC), back_up=False)
window = store.windows.register(sys.argv[2], "Ana")
store.writer.remember_position(window.id, AnswerKey("q3", "checkout"))
store.writer.remember_draft(window.id, "capture", "half a sent")
store.writer.flush()
print(window.id, flush=True)
time.sleep(60)
"""


def another_program(folder, session):
    program = subprocess.Popen([sys.executable, "-c", HOLDING, str(folder), session], stdout=subprocess.PIPE, text=True)
    return program, program.stdout.readline().strip()


def test_an_open_window_of_another_program_is_told_and_left_alone(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session.id
        program, theirs = another_program(tmp_path, session)
        try:
            assert [(one.id, one.actor) for one in store.windows.others(session)] == [(theirs, "Ana")]
            mine = store.windows.register(session, "Ana")
            assert not mine.adopted
            assert mine.id != theirs
        finally:
            program.kill()
            program.wait()
            program.stdout.close()


def test_a_killed_window_is_gone_on_with_where_it_stood(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session.id
        program, theirs = another_program(tmp_path, session)
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
        assert store.windows.others(session) == ()
        mine = store.windows.register(session, "Ana")
        assert (mine.id, mine.adopted) == (theirs, True)
        assert mine.position == AnswerKey("q3", "checkout")
        assert mine.drafts == {"capture": "half a sent"}


def test_what_a_closed_window_did_can_be_undone_in_the_next(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        window = store.windows.register(meeting.session.id, "Ana")
        action = meeting.actions[0]
        done = store.save(entry_to(meeting.session, action, replace(action, owner="Bo"), window=window.id))
    with store_at(tmp_path) as again:
        window = again.windows.register(make_session().id, "Ana")
        assert again.entries_of(window) == (done,)


def test_somebody_elses_window_is_not_taken_over(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session.id
        store.windows.register(session, "Ana")
        store.windows.release_all()
        assert not store.windows.register(session, "Bo").adopted


def test_two_windows_of_one_person_stay_two(tmp_path):
    with store_at(tmp_path) as one:
        session = put_meeting(one).session.id
        other = open_store(tmp_path, clock=ticking(), back_up=False)
        first, second = one.windows.register(session, "Ana"), other.windows.register(session, "Ana")
        assert first.id != second.id
        assert [window.id for window in one.windows.others(session)] == [second.id]
        other.close()
        assert one.windows.others(session) == ()

"""Programs that are killed, that run at the same time, or that run out of disk: nothing acknowledged is lost."""

import json
import resource
import signal
import subprocess
import sys
from dataclasses import fields

import pytest

from readyroom.domain.session import Attendee, ClockEvent
from readyroom.store.check import check
from readyroom.store.columns import METADATA
from readyroom.store.glance import glance
from readyroom.store.shelves import ATTENDEE, CLOCK_EVENT, SHELVES
from support.meetings import NOON, make_session
from support.stores import put_meeting, store_at

PROGRAM = """
import json, sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from readyroom.domain.capture import Action
from readyroom.domain.change import Change, Entry
from readyroom.store import open_store

folder, session, count, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
at = datetime(2026, 11, 22, 13, tzinfo=UTC)
store = open_store(folder, clock=lambda: at, back_up=False)

def say(kind):
    def told(thing):
        told_of = thing.changes[0].after if kind == "saved" else thing
        words = [told_of.id, told_of.number] if kind == "saved" else [thing.what, thing.retryable]
        print(json.dumps([kind, *words]), flush=True)
    return told

for number in range(count):
    action = Action(id=str(uuid4()), session=session, title="x" * size, at=at, version=1)
    entry = Entry(what="captured", session=session, actor="Ana", window="w", at=at, changes=(Change(None, action),))
    store.writer.submit(entry, saved=say("saved"), failed=say("failed"))
    store.writer.flush()
print(json.dumps(["done", len(store.writer.unsaved)]), flush=True)
"""


def saving_program(folder, session, *, count=100_000, size=20, **options):
    command = [sys.executable, "-c", PROGRAM, str(folder), session, str(count), str(size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def database_of(folder):
    return folder / "sessions" / "readyroom.db"


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path):
    with store_at(tmp_path) as store:
        put_meeting(store)
    acknowledged = set()
    for number in range(20):
        program = saving_program(tmp_path, make_session().id)
        for _ in range(1 + number % 4):
            acknowledged.add(json.loads(program.stdout.readline())[1])
        program.send_signal(signal.SIGKILL)
        acknowledged |= {json.loads(line)[1] for line in program.stdout.read().splitlines(True) if line.endswith("\n")}
        program.wait()
        program.stdout.close()
        program.stderr.close()
        assert glance(database_of(tmp_path), today=NOON.date()).problem is None
    with store_at(tmp_path) as store:
        assert acknowledged <= {action.id for action in store.repository.actions()}
    assert check(database_of(tmp_path)).is_sound


def test_two_programs_never_give_out_the_same_number(tmp_path):
    with store_at(tmp_path) as store:
        put_meeting(store)
    programs = [saving_program(tmp_path, make_session().id, count=40) for _ in range(2)]
    said = [json.loads(line) for program in programs for line in program.communicate(timeout=120)[0].splitlines()]
    assert [words for words in said if words[0] == "failed"] == [], "they wait for each other"
    numbers = sorted(words[2] for words in said if words[0] == "saved")
    assert numbers == list(range(2, 82))
    with store_at(tmp_path) as store:
        assert sorted(action.number for action in store.repository.actions()) == list(range(1, 82))
        assert [one.sequence for one in store.changes_since(0)] == list(range(1, 82))


def test_a_full_disk_is_told_and_what_was_saved_stays(tmp_path):
    with store_at(tmp_path) as store:
        put_meeting(store)
    limit = database_of(tmp_path).stat().st_size + 60_000

    def small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    program = saving_program(tmp_path, make_session().id, count=12, size=10_000, preexec_fn=small_disk)
    output, _ = program.communicate(timeout=120)
    said = [json.loads(line) for line in output.splitlines()]
    saved = {words[1] for words in said if words[0] == "saved"}
    failed = [words for words in said if words[0] == "failed"]
    assert saved
    assert failed
    assert all(retryable and what in ("the disk is full", "the disk reports an error") for _, what, retryable in failed)
    assert said[-1] == ["done", 12 - len(saved)]
    with store_at(tmp_path) as store:
        assert {action.id for action in store.repository.actions()} >= saved
        assert len(store.repository.actions()) == 1 + len(saved)
    assert check(database_of(tmp_path)).is_sound


@pytest.mark.parametrize("kind", SHELVES, ids=lambda kind: kind.__name__)
def test_every_field_of_the_domain_has_its_column(kind):
    shelf = SHELVES[kind]
    apart = {"key": {"item", "subject", "respondent"}, "attendees": set(), "events": set()}
    wanted = set().union(*(apart.get(field.name, {field.name}) for field in fields(kind)))
    assert set(shelf.columns) == wanted
    assert wanted <= set(METADATA.tables[shelf.name].c.keys())


def test_people_and_clock_have_their_columns_too():
    for shelf, kind in ((ATTENDEE, Attendee), (CLOCK_EVENT, ClockEvent)):
        assert {field.name for field in fields(kind)} <= set(METADATA.tables[shelf.name].c.keys())

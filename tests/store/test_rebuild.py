"""A workspace is rebuilt from its records; an import keeps what is here and never counts twice."""

from dataclasses import replace

import pytest

from readyroom.domain.answer import AnswerKey, Audience
from readyroom.domain.record import meeting_of
from readyroom.store import StoreError
from readyroom.store.check import check
from support.meetings import (
    entry_of,
    entry_to,
    make_action,
    make_answer,
    make_meeting,
    make_record,
    minutes_later,
)
from support.stores import put_meeting, store_at


def test_an_empty_workspace_is_rebuilt_from_records(tmp_path):
    records = []
    with store_at(tmp_path / "old") as store:
        for name in "abc":
            records.append(make_record(put_meeting(store, name, answers=8)))
    with store_at(tmp_path / "new") as store:
        store.rebuild(records[::-1])
        for record in records:
            assert store.repository.meeting(record.session.id) == meeting_of(record)
            assert make_record(store.repository.meeting(record.session.id)) == record
        assert [line.number for line in store.repository.sessions().lines] == [3, 2, 1]
        assert store.repository.sessions().lines[0].verdict == "ok"
        added = store.save(entry_of(records[0].session, [make_action(records[0].session, "next")]))
        assert added.changes[0].after.number == 4
        path = store.database.path
    assert check(path).is_sound


def test_a_rebuild_wants_an_empty_database(tmp_path):
    with store_at(tmp_path) as store:
        put_meeting(store)
        with pytest.raises(StoreError, match="not empty"):
            store.rebuild([make_record(make_meeting("other"))])


def test_the_same_record_twice_changes_nothing(tmp_path):
    with store_at(tmp_path) as store:
        record = make_record(make_meeting("guest"))
        assert store.put_record(record, sha256="x").new
        before = store.sequence
        again = store.put_record(record, sha256="x")
        assert (again.unchanged, again.renumbered, again.kept) == (True, (), ())
        assert store.sequence == before


def test_short_ids_that_clash_are_given_anew_and_still_found(tmp_path):
    with store_at(tmp_path) as store:
        put_meeting(store, "here")
        put = store.put_record(make_record(make_meeting("guest")))
        assert dict(put.renumbered) == {
            "S-1": "S-2",
            "A-1": "A-2",
            "R-1": "R-2",
            "D-1": "D-2",
            "P-1": "P-2",
            "Q-1": "Q-2",
        }
        assert store.repository.session("S-1").id != put.session
        assert store.repository.session("S-2").id == put.session
        again = store.put_record(make_record(make_meeting("guest")))
        assert again.unchanged
        assert again.renumbered == ()


def test_an_earlier_short_id_leads_to_what_has_none_other(tmp_path):
    guest = make_meeting("guest")
    far = replace(guest, captures=tuple(replace(one, number=7) for one in guest.captures))
    with store_at(tmp_path) as store:
        put_meeting(store, "here")
        store.put_record(make_record(far))
        assert store.repository.capture("A-7").session == guest.session.id
        added = store.save(entry_of(guest.session, [make_action(guest.session, "next")]))
        assert added.changes[0].after.number == 8


def test_an_import_brings_later_versions_and_keeps_later_ones_here(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store, answers=3)
        record = make_record(meeting)
        action, answer = meeting.actions[0], meeting.answers[AnswerKey("q1", "checkout")]
        newer_here = store.save(entry_to(meeting.session, action, replace(action, owner="Chidi"))).changes[0].after
        newer_there = replace(answer, value="fail", value_version=2)
        added_there = make_answer(meeting.session, 7)
        theirs = replace(record, answers=(newer_there, *record.answers[1:], added_there))
        put = store.put_record(theirs, actor="Ana")
        now = store.repository.meeting(meeting.session.id)
        assert now.answers[answer.key] == newer_there
        assert now.answers[added_there.key] == added_there
        assert now.actions == (newer_here,)
        assert put.kept == (newer_here,)
        entry = store.changes_since(store.sequence - 1)[0]
        assert [one.before for one in entry.changes] == [answer, None]


def test_an_import_without_restricted_texts_does_not_empty_them(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        answer = meeting.answers[AnswerKey("q1", "checkout")]
        restricted = replace(answer, note="Between us", audience=Audience.FACILITATORS)
        store.save(entry_to(meeting.session, answer, restricted, at=minutes_later(2)))
        record = make_record(store.repository.meeting(meeting.session.id), restricted=False)
        assert record.left_out == 1
        assert store.put_record(record).unchanged
        later = replace(
            record, answers=(replace(record.answers[0], value="fail", value_version=2), *record.answers[1:])
        )
        store.put_record(later)
        now = store.repository.current(answer)
        assert (now.value, now.note) == ("fail", "Between us")

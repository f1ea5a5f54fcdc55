"""A key is painted at once and saved behind; the mark tells the truth; nothing typed is lost."""

import threading
from dataclasses import replace

import pytest

from readyroom.domain.answer import AnswerError, AnswerState
from readyroom.domain.capture import CaptureKind
from readyroom.store import StoreError
from readyroom.workflows.live import SavedMark
from workflows.room import Room, at, hold


def test_an_answer_is_painted_at_once_and_saved_behind(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        room.settle(live)
        painted = []
        live.changed = lambda: painted.append(live.meeting.answer(at("alerts")).value)
        room.disk.gate.clear()
        live.answer("pass")
        assert painted == ["pass"]
        assert live.saving.mark is SavedMark.SAVING
        assert at("alerts") not in room.kept(live).answers
        room.disk.gate.set()
        room.settle(live)
        assert live.saving.mark is SavedMark.SAVED
        assert live.saving.at == live.now
        assert room.kept(live).answers == live.meeting.answers


def test_saved_is_not_said_while_a_later_answer_is_still_on_its_way(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.answer("pass")
        live.flush()
        room.disk.gate.clear()
        live.note("Every five minutes")
        room.calls.run()
        assert live.saving.mark is SavedMark.SAVING
        room.disk.gate.set()
        assert room.settle(live).saving.mark is SavedMark.SAVED


def test_a_full_disk_is_said_and_the_text_is_kept_until_a_retry_works(tmp_path):
    with Room(tmp_path) as room:
        live = hold("who-noticed", room.live())
        hold("alerts", live).answer("fail")
        room.settle(live)
        room.disk.full = True
        hold("who-noticed", live).answer_typed("A customer, on a Sunday")
        room.settle(live)
        assert live.saving.mark is SavedMark.NOT_SAVED
        assert live.saving.why == "the disk is full"
        assert "room" in live.saving.fix
        live.note("It took forty minutes")
        room.settle(live)
        assert live.saving.mark is SavedMark.NOT_SAVED
        assert live.meeting.answer(at("who-noticed")).value == "A customer, on a Sunday"
        room.disk.full = False
        live.retry()
        assert room.settle(live).saving.mark is SavedMark.SAVED
        kept = room.kept(live).answers[at("who-noticed")]
        assert (kept.value, kept.note) == ("A customer, on a Sunday", "It took forty minutes")


def test_what_the_database_cannot_take_stays_not_saved_and_the_rest_is_saved(tmp_path, monkeypatch):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        room.settle(live)
        writer = live._store.writer
        submit = writer.submit

        def refuse_the_first(entry, *, failed, **rest):
            monkeypatch.setattr(writer, "submit", submit)
            failed(StoreError("this does not fit into the database", "", "correct the value", retryable=False))

        monkeypatch.setattr(writer, "submit", refuse_the_first)
        live.answer("pass")
        room.settle(live)
        assert live.saving.mark is SavedMark.NOT_SAVED
        hold("owner", live).answer("Ana")
        assert room.settle(live).saving.mark is SavedMark.NOT_SAVED
        assert live.saving.why == "this does not fit into the database"
        assert not live.flush()
        live.retry()
        assert room.settle(live).saving.mark is SavedMark.SAVED
        assert set(room.kept(live).answers) == {at("alerts"), at("owner")}


def test_short_ids_appear_after_the_save(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        taken = live.capture(CaptureKind.ACTION, "Alert on user errors @ana +2w !1")
        assert (taken.title, taken.owner, taken.priority, taken.number) == ("Alert on user errors", "Ana", 1, None)
        live.change_capture(replace(taken, title="Alert on all errors"))
        room.settle(live)
        assert [(one.number, one.title) for one in live.meeting.actions] == [(1, "Alert on all errors")]
        assert live.meeting.captures == room.kept(live).captures


def test_a_line_that_says_nothing_takes_nothing_down(tmp_path):
    with Room(tmp_path) as room:
        live = room.live()
        assert live.capture(CaptureKind.RISK, "  @ana ") is None
        assert room.settle(live).meeting.captures == ()


def test_a_value_that_does_not_fit_changes_nothing_and_says_what_would(tmp_path):
    with Room(tmp_path) as room:
        live = room.settle(hold("minutes-back", room.live()))
        with pytest.raises(AnswerError, match="a number of min"):
            live.answer_typed("quite long")
        assert (live.meeting.answers, live.saving.mark) == ({}, SavedMark.SAVED)


def test_states_have_their_reason_and_keep_the_note(tmp_path):
    with Room(tmp_path) as room:
        live = hold("tested", room.live())
        live.note("Bo knows")
        live.mark(AnswerState.NOT_APPLICABLE, "There is one region")
        kept = room.kept(room.settle(live)).answers[at("tested")]
        assert (kept.state, kept.reason, kept.note) == (AnswerState.NOT_APPLICABLE, "There is one region", "Bo knows")


def test_answers_come_back_on_the_screens_own_thread(tmp_path):
    with Room(tmp_path) as room:
        live = room.settle(hold("alerts", room.live()))
        heard = []
        live.changed = lambda: heard.append(threading.current_thread())
        live.answer("pass")
        room.settle(live)
        assert len(heard) >= 2
        assert set(heard) == {threading.current_thread()}

"""What is saved comes back the same; what somebody else changed is never overwritten silently."""

from dataclasses import replace
from datetime import date

import pytest

from readyroom.domain.answer import AnswerKey, AnswerState, Audience, Dismissal
from readyroom.domain.capture import ActionStatus, Treatment
from readyroom.domain.change import Change, change, inverse
from readyroom.domain.finding import Finding
from readyroom.domain.session import Attendee, SessionStatus
from readyroom.store import ActionFilter, Conflict, StoreError
from support.meetings import (
    an_id,
    entry_of,
    entry_to,
    make_action,
    make_agenda,
    make_answer,
    make_decision,
    make_entry,
    make_meeting,
    make_parked,
    make_prepared,
    make_question,
    make_risk,
    make_service,
    make_session,
    make_sitting,
    minutes_later,
)
from support.stores import put_meeting, store_at

TABLE = ({"alert": "disk", "count": 3, "load": 0.5}, {"alert": "", "count": 0, "load": -1.25})


def test_a_whole_meeting_comes_back_as_it_was(tmp_path):
    with store_at(tmp_path) as store:
        put_meeting(store, answers=8)
    with store_at(tmp_path) as again:
        assert again.repository.meeting(make_session().id) == make_meeting(answers=8)


def test_an_agenda_comes_back_from_its_hash(tmp_path):
    with store_at(tmp_path) as store:
        agenda = make_agenda(20, 4)
        key = store.repository.keep_agenda(agenda)
        assert store.repository.keep_agenda(agenda) == key
        assert store.repository.agenda(key) == agenda


EVERYTHING = [
    make_session(
        "one", finished_at=minutes_later(60), status=SessionStatus.FINISHED, subjects=("a", "Ärger"), version=2
    ),
    make_sitting(make_session(), 2, ended_at=minutes_later(30), attendees=(Attendee(name="Chidi"),), heartbeat=None),
    make_answer(make_session(), 5, value="Zeile 1\nZeile 2 \u200d☕", evidence="https://example.com/x"),
    make_answer(make_session(), 6, value=("blue", "green"), audience=Audience.FACILITATORS),
    make_answer(make_session(), 7, value=TABLE, key=AnswerKey("q7", "checkout", "giver")),
    make_answer(make_session(), 1, state=AnswerState.NOT_APPLICABLE, value=None, reason="no users yet"),
    make_answer(make_session(), 4, value=-0.1, dismissed=(Dismissal(ref="q4/0", by="Bo"),)),
    make_prepared(make_session(), 2, value=None, state=AnswerState.UNKNOWN, reason="asked Chidi"),
    make_action(make_session(), due=None, priority=None, status=ActionStatus.DROPPED, outcome="too dear", slips=2),
    make_risk(make_session(), worry=None, treatment=Treatment.NOT_A_RISK, because="b", could="c", leading_to="l"),
    make_decision(make_session(), audience=Audience.FACILITATORS, withdrawn=True),
    make_parked(make_session(), due=None),
    make_question(make_session()),
    make_service("Ledger", tier=None, tags=(), objectives=()),
]


@pytest.mark.parametrize("entity", EVERYTHING, ids=lambda entity: type(entity).__name__)
def test_each_kind_of_thing_comes_back_as_it_was(tmp_path, entity):
    with store_at(tmp_path) as store:
        session = make_session()
        if entity != session and getattr(entity, "id", "") != session.id:
            store.save(entry_of(session, [session]), agendas=[make_agenda()])
        saved = store.save(entry_of(session, [entity], what="second"), agendas=[make_agenda()]).changes[0].after
        assert store.repository.current(entity) == saved
        assert saved == (replace(entity, number=1) if hasattr(entity, "number") and entity.number is None else entity)


def test_saving_the_same_step_twice_changes_nothing(tmp_path):
    with store_at(tmp_path) as store:
        put_meeting(store)
        entry = entry_of(make_session(), [make_action(make_session(), "Rotate keys")], what="captured")
        first = store.save(entry)
        assert store.save(entry) == first
        assert store.sequence == 2
        assert [one.number for one in store.repository.actions()] == [1, 2]


def test_two_people_may_hold_value_and_note_of_one_answer(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        seen = meeting.answers[AnswerKey("q1", "checkout")]
        store.save(entry_to(meeting.session, seen, replace(seen, value="fail"), window="window-2"))
        store.save(entry_to(meeting.session, seen, replace(seen, note="Only at night")))
        now = store.repository.current(seen)
        assert (now.value, now.note, now.value_version, now.note_version) == ("fail", "Only at night", 2, 2)


def test_value_and_note_of_a_new_answer_may_come_from_two_people(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store, answers=0)
        given = make_answer(meeting.session, 1, note="", note_version=0)
        noted = replace(given, state=AnswerState.UNANSWERED, value=None, given_at=None, given_by="")
        noted = replace(noted, note="Ask Bo", value_version=0, note_version=1)
        store.save(entry_of(meeting.session, [given], window="window-1"))
        store.save(entry_of(meeting.session, [noted], window="window-2"))
        now = store.repository.current(given)
        assert (now.value, now.note) == (given.value, "Ask Bo")


def test_a_value_that_someone_else_changed_is_refused_with_both(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        seen = meeting.answers[AnswerKey("q1", "checkout")]
        store.save(entry_to(meeting.session, seen, replace(seen, value="fail"), window="window-2"))
        step = entry_to(meeting.session, seen, replace(seen, state=AnswerState.SKIPPED, value=None))
        with pytest.raises(Conflict) as refused:
            store.save(step)
        assert refused.value.theirs.value == "fail"
        assert refused.value.ours.state is AnswerState.SKIPPED
        assert store.repository.current(seen).value == "fail"
        assert store.sequence == 2


def test_a_refused_step_leaves_none_of_its_changes_behind(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        action = meeting.actions[0]
        store.save(entry_to(meeting.session, action, replace(action, owner="Bo"), window="window-2"))
        new = Change(None, make_risk(meeting.session, "Nobody knows the restore"))
        step = make_entry(meeting.session, new, change(action, replace(action, owner="Chidi")))
        with pytest.raises(Conflict):
            store.save(step)
        assert len(store.repository.risks()) == 1
        assert store.repository.action("A-1").owner == "Bo"
        later = store.save(entry_of(meeting.session, [new.after], what="again")).changes[0].after
        assert later.number == 2, "a number that was not kept is free again"


def test_the_same_said_twice_is_no_conflict(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        seen = meeting.answers[AnswerKey("q1", "checkout")]
        for window in ("window-1", "window-2"):
            at = minutes_later(9 if window == "window-1" else 10)
            store.save(entry_to(meeting.session, seen, replace(seen, value="fail", given_at=at), window=window))
        assert store.repository.current(seen).value_version == 2


def test_undoing_one_part_keeps_what_someone_else_wrote_in_the_other(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        seen = meeting.answers[AnswerKey("q1", "checkout")]
        store.save(entry_to(meeting.session, seen, replace(seen, note="Theirs"), window="window-2"))
        mine = store.save(entry_to(meeting.session, seen, replace(seen, value="fail")))
        undone = store.save(
            make_entry(meeting.session, inverse(mine.changes[0], mine.changes[0].after), undoes=mine.sequence)
        )
        now = store.repository.current(seen)
        assert (now.value, now.note) == (seen.value, "Theirs")
        assert undone.undoes == mine.sequence


def test_the_steps_of_a_window_can_be_undone_after_a_restart(tmp_path):
    long_note = "A long story. " * 500
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        seen = meeting.answers[AnswerKey("q2", "checkout")]
        done = store.save(entry_to(meeting.session, seen, replace(seen, note=long_note), window="w", what="noted"))
        store.save(entry_to(meeting.session, meeting.actions[0], replace(meeting.actions[0], owner="Bo"), window="x"))
    with store_at(tmp_path) as again:
        entries = again.repository.journal(session=meeting.session.id, window="w")
        assert entries == (done,)
        change_back = inverse(entries[0].changes[0], again.repository.current(seen))
        again.save(make_entry(meeting.session, change_back, undoes=done.sequence, window="w"))
        assert again.repository.current(seen).note == seen.note


def test_taking_a_capture_back_and_forth_keeps_its_number(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        made = store.save(entry_of(meeting.session, [make_action(meeting.session, "Rotate keys")]))
        back = store.save(
            make_entry(meeting.session, inverse(made.changes[0], made.changes[0].after), at=minutes_later(3))
        )
        assert [one.short for one in store.repository.action_lines().lines] == ["A-1"]
        store.save(make_entry(meeting.session, inverse(back.changes[0], back.changes[0].after), at=minutes_later(4)))
        assert store.repository.action("A-2").title == "Rotate keys"


def test_an_edit_made_before_the_number_was_known_keeps_the_number(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        action = make_action(meeting.session, "Rotate keys")
        store.save(entry_of(meeting.session, [action]))
        edited = store.save(entry_to(meeting.session, action, replace(action, owner="Bo"))).changes[0].after
        assert (edited.number, edited.owner) == (2, "Bo")


def test_the_clock_only_grows_and_the_roster_follows(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        sitting = meeting.sittings[0]
        event = replace(sitting.events[-1], sequence=3, at=minutes_later(5), item="q3")
        store.writer.remember_clock(meeting.session.id, event)
        store.writer.remember_clock(meeting.session.id, event)
        store.writer.remember_clock(meeting.session.id, replace(event, item="q4"))
        assert store.writer.flush()
        left = replace(sitting, attendees=sitting.attendees[:1])
        store.save(entry_to(meeting.session, sitting, left))
        now = store.repository.meeting(meeting.session.id).sittings[0]
        assert [one.item for one in now.events] == ["q1", "q2", "q3", "q4"]
        assert [one.name for one in now.attendees] == ["Ana"]


def test_lists_show_counters_that_follow_each_save(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store, answers=3, items=8)
        line = store.repository.sessions().lines[0]
        assert (line.answered, line.asked, line.actions, line.risks) == (3, 9, 1, 1)
        answer = make_answer(meeting.session, 4)
        store.save(entry_of(meeting.session, [answer], at=minutes_later(90)))
        action = meeting.actions[0]
        store.save(entry_to(meeting.session, action, replace(action, withdrawn=True)))
        store.repository.put_verdict(meeting.session.id, Finding.MEDIUM)
        line = store.repository.sessions().lines[0]
        assert (line.answered, line.actions, line.verdict) == (4, 0, "medium")
        assert line.last_activity == minutes_later(90)


def test_pages_of_sessions_follow_each_other_without_gap_or_twin(tmp_path):
    with store_at(tmp_path) as store:
        for number in range(7):
            session = make_session(f"s{number}", created_at=minutes_later(number // 2))
            store.save(entry_of(session, [session]), agendas=[make_agenda()])
        seen, after = [], None
        while True:
            page = store.repository.sessions(limit=3, after=after)
            seen += [line.number for line in page.lines]
            if (after := page.after) is None:
                break
        assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_sessions_are_found_by_words_short_id_and_beginning(tmp_path):
    with store_at(tmp_path) as store:
        for name, subjects in (("a", ("Checkout",)), ("b", ("ledger", "100%_sure"))):
            session = make_session(name, subjects=subjects)
            store.save(entry_of(session, [session]), agendas=[make_agenda()])
        found = store.repository.sessions
        assert [line.number for line in found(search="LEDGER weekly").lines] == [2]
        assert [line.number for line in found(search="%").lines] == [2]
        assert [line.number for line in found(subject="checkout").lines] == [1]
        by_name = [
            store.repository.session(name).number for name in ("s-2", "2", an_id("session b"), an_id("session b")[:8])
        ]
        assert by_name == [2, 2, 2, 2]
        with pytest.raises(StoreError, match="there is no such session"):
            store.repository.session("S-9")


def test_open_actions_come_by_date_and_by_service(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        more = [
            make_action(meeting.session, "late", due=date(2026, 11, 1)),
            make_action(meeting.session, "some day", due=None, subject=""),
            make_action(meeting.session, "done", status=ActionStatus.DONE),
            make_action(meeting.session, "other", subject="LEDGER"),
        ]
        store.save(entry_of(meeting.session, more))
        outside = replace(make_action(meeting.session, "outside any meeting", subject="ledger"), session="")
        store.save(entry_of("", [outside]))
        page = store.repository.action_lines(limit=2)
        rest = store.repository.action_lines(limit=9, after=page.after)
        titles = [one.title for one in (*page.lines, *rest.lines)]
        assert titles == ["late", "Alert on user errors", "other", "outside any meeting", "some day"]
        assert [one.title for one in store.repository.open_actions("Checkout")] == [*titles[:2], "some day"]
        assert [one.title for one in store.repository.open_actions("ledger")] == ["other", "outside any meeting"]
        assert store.repository.count_actions() == 5
        assert store.repository.count_actions(overdue_on=date(2026, 11, 22)) == 1
        by_owner = store.repository.action_lines(ActionFilter(owner="ana", open_only=False, search="DONE"))
        assert [one.title for one in by_owner.lines] == ["done"]


def test_services_are_one_whatever_the_case(tmp_path):
    with store_at(tmp_path) as store:
        service = make_service("Checkout")
        store.save(entry_of("", [service]))
        with pytest.raises(Conflict):
            store.save(entry_of("", [replace(service, name="checkout", owner="Team Cart")]))
        store.save(entry_to("", service, replace(service, owner="Team Cart")))
        assert [one.owner for one in store.repository.services()] == ["Team Cart"]
        assert store.repository.service("CHECKOUT").version == 2


def test_the_last_review_of_the_same_kind_is_found(tmp_path):
    with store_at(tmp_path) as store:
        other = make_agenda(agenda_id="something-else")
        for name, minute, agenda in (("a", 0, make_agenda()), ("b", 5, other), ("c", 9, make_agenda(version="1.1.0"))):
            session = make_session(name, agenda=agenda, created_at=minutes_later(minute))
            store.save(entry_of(session, [session]), agendas=[agenda])
        last = store.repository.session("S-3")
        assert store.repository.previous(last, "CHECKOUT").number == 1
        assert store.repository.previous(store.repository.session("S-1"), "checkout") is None


def test_a_value_that_cannot_be_kept_says_so_and_nothing_is_saved(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        with pytest.raises(StoreError, match="does not fit"):
            store.save(entry_of(meeting.session, [make_risk(meeting.session, "odd", worry=9)]))
        assert store.sequence == 1


def test_an_error_never_shows_what_was_said(tmp_path):
    with store_at(tmp_path) as store:
        meeting = put_meeting(store)
        with pytest.raises(StoreError) as told:
            store.save(entry_of(meeting.session, [make_risk(meeting.session, "SECRET", worry=9)]))
        assert "SECRET" not in f"{told.value}{told.value.__cause__}"


def test_saved_entries_tell_others_what_changed(tmp_path):
    with store_at(tmp_path) as mine, store_at(tmp_path) as theirs:
        meeting = put_meeting(mine)
        mine.changed()
        assert not mine.changed()
        seen = mine.sequence
        done = theirs.save(entry_to(meeting.session, meeting.actions[0], replace(meeting.actions[0], owner="Bo")))
        assert mine.changed()
        assert mine.changes_since(seen) == (done,)

"""Rounds of votes in the database: kept whole, merged where windows meet, and quiet about who voted what."""

from dataclasses import replace

import pytest

from readyroom.domain.answer import AnswerKey
from readyroom.domain.votes import NamedVote, Round
from readyroom.store import Conflict, StoreError
from support.meetings import entry_to, minutes_later
from support.stores import put_meeting, store_at


def a_round(session, **changed) -> Round:
    made = Round(id="r-1", session=session.id, key=AnswerKey("q3", "checkout"), number=1, opened_at=minutes_later(1))
    return replace(made, **changed)


def put(store, session, before, after):
    return store.save(entry_to(session, before, after)).changes[0].after


def test_every_kind_of_vote_comes_back_as_it_was(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session
        full = a_round(
            session,
            votes=(1, 2.5, "blue"),
            named=(NamedVote("Ana", 1), NamedVote("Bo", "blue")),
            abstentions=2,
            expected=6,
            revealed_at=minutes_later(2),
            version=1,
        )
        put(store, session, None, full)
        assert store.repository.meeting(session.id).rounds == (full,)


def test_votes_of_two_programs_are_added_up(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session
        opened = put(store, session, None, a_round(session, version=1))
        put(store, session, opened, replace(opened, votes=(2,), version=2))
        last = put(store, session, opened, replace(opened, votes=(4, 5), abstentions=1, version=2))
        assert (last.votes, last.abstentions, last.version) == ((2, 4, 5), 1, 3)


def test_the_same_step_again_counts_no_vote_twice(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session
        opened = put(store, session, None, a_round(session, version=1))
        step = entry_to(session, opened, replace(opened, votes=(2,), version=2))
        store.save(step)
        store.save(step)
        assert store.repository.meeting(session.id).rounds[0].votes == (2,)


def test_a_vote_after_the_reveal_is_refused(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session
        opened = put(store, session, None, a_round(session, votes=(3,), version=1))
        put(store, session, opened, replace(opened, revealed_at=minutes_later(3), version=2))
        with pytest.raises(Conflict):
            put(store, session, opened, replace(opened, votes=(1, 3), version=2))


def test_a_reveal_shows_votes_that_came_in_meanwhile(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session
        opened = put(store, session, None, a_round(session, votes=(3,), version=1))
        put(store, session, opened, replace(opened, votes=(3, 5), version=2))
        shown = put(store, session, opened, replace(opened, revealed_at=minutes_later(3), version=2))
        assert (shown.votes, shown.is_revealed) == ((3, 5), True)


def test_the_journal_holds_votes_only_once_they_were_revealed(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session
        opened = put(store, session, None, a_round(session, version=1))
        cast = put(store, session, opened, replace(opened, votes=(2, 4), version=2))
        put(store, session, cast, replace(cast, revealed_at=minutes_later(3), version=3))
        told = [entry for entry in store.repository.journal(session=session.id) if entry.changes]
        rounds = [(e.actor, e.window, e.changes[0].after) for e in told if isinstance(e.changes[0].after, Round)]
        assert [(bool(actor), one.votes, one.withheld) for actor, _, one in rounds] == [
            (True, (), 0),
            (False, (), 2),
            (True, (2, 4), 0),
        ]
        assert rounds[1][1] == ""


def test_a_third_round_is_refused_by_the_database_itself(tmp_path):
    with store_at(tmp_path) as store:
        session = put_meeting(store).session
        with pytest.raises(StoreError):
            put(store, session, None, a_round(session, number=3, version=1))

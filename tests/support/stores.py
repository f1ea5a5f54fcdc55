"""Builders of stores on real SQLite files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from readyroom.domain.change import Change, Entry
from readyroom.domain.meeting import Meeting
from readyroom.store import Store, open_store
from support.meetings import NOON, make_entry, make_meeting


def ticking(start: datetime = NOON) -> Callable[[], datetime]:
    """A clock that goes on by a second each time it is read."""
    moments = iter(start + timedelta(seconds=n) for n in range(1_000_000))
    return lambda: next(moments)


@contextmanager
def store_at(
    folder: Path, *, commit: Callable[[Connection], None] = Connection.commit, back_up: bool = False
) -> Iterator[Store]:
    """An open store in a workspace folder."""
    store = open_store(folder, clock=ticking(), commit=commit, back_up=back_up)
    try:
        yield store
    finally:
        store.close()


def entry_of_meeting(meeting: Meeting) -> Entry:
    """One entry that brings a whole meeting in."""
    entities = (
        meeting.session,
        *meeting.sittings,
        *meeting.answers.values(),
        *meeting.prepared,
        *meeting.captures,
        *meeting.services.values(),
    )
    return make_entry(meeting.session, *(Change(None, one) for one in entities), what=f"began {meeting.session.id}")


def put_meeting(store: Store, name: str = "one", *, answers: int = 3, items: int = 8) -> Meeting:
    """A meeting saved in the store, and as the store has it."""
    meeting = make_meeting(name, answers=answers, items=items, numbered=False)
    store.save(entry_of_meeting(meeting), agendas=[meeting.agenda])
    return store.repository.meeting(meeting.session.id)

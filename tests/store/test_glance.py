"""What Home shows is what the repository knows, read without SQLModel and without touching anything."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date

from readyroom.domain.answer import AnswerKey
from readyroom.domain.session import SessionStatus
from readyroom.store.glance import Glance, glance, session_page
from support.meetings import NOON, entry_of, entry_to, make_action, make_agenda, make_session, minutes_later
from support.stores import put_meeting, store_at

TODAY = NOON.date()


def database_of(folder):
    return folder / "sessions" / "readyroom.db"


def test_an_empty_workspace_shows_nothing_and_stays_empty(tmp_path):
    assert glance(database_of(tmp_path), today=TODAY) == Glance()
    assert list(tmp_path.iterdir()) == []


def test_home_sees_what_the_repository_knows(tmp_path):
    with store_at(tmp_path) as store:
        for number in range(5):
            meeting = put_meeting(store, f"s{number}")
        more = [
            make_action(meeting.session, "late", due=date(2026, 11, 1)),
            make_action(meeting.session, "some day", due=None),
        ]
        store.save(entry_of(meeting.session, more, at=minutes_later(70)))
        outside = replace(make_action(meeting.session, "outside", due=date(2026, 11, 2)), session="")
        store.save(entry_of("", [outside]))
        seen = glance(database_of(tmp_path), today=TODAY, limit=3, top_actions=3)
        assert seen.problem is None
        assert seen.sessions == store.repository.sessions(limit=3)
        assert seen.actions == store.repository.action_lines(limit=3).lines
        assert seen.total == store.repository.count_sessions() == 5
        assert (seen.open_actions, seen.overdue_actions) == (8, 2)
        assert seen.overdue_actions == store.repository.count_actions(overdue_on=TODAY)
        after = seen.sessions.after
        assert session_page(database_of(tmp_path), after=after) == store.repository.sessions(after=after)
        for search in ("s-2", "WEEKLY checkout", "%", "nothing"):
            found = session_page(database_of(tmp_path), search=search)
            assert found == store.repository.sessions(search=search)


def test_the_session_to_go_on_with_is_the_one_last_worked_on(tmp_path):
    with store_at(tmp_path) as store:
        first, second = put_meeting(store, "a"), put_meeting(store, "b")
        adjourned = make_session("c", status=SessionStatus.ADJOURNED)
        store.save(entry_of(adjourned, [adjourned], at=minutes_later(99)), agendas=[make_agenda()])
        window = store.windows.register(first.session.id, "Ana")
        store.writer.remember_position(window.id, AnswerKey("q5", "checkout"))
        store.writer.flush()
        action = first.actions[0]
        store.save(entry_to(first.session, action, replace(action, owner="Bo"), at=minutes_later(50)))
        resume = glance(database_of(tmp_path), today=TODAY).resume
        assert (resume.line.id, resume.position) == (first.session.id, AnswerKey("q5", "checkout"))
        assert (resume.section, resume.sections, resume.section_title) == (2, 2, "Part 2")
        for meeting in (first, second):
            done = replace(meeting.session, status=SessionStatus.FINISHED)
            store.save(entry_to(meeting.session, meeting.session, done))
        resume = glance(database_of(tmp_path), today=TODAY).resume
        assert (resume.line.id, resume.position, resume.section) == (adjourned.id, None, 0)


def test_home_is_read_without_loading_sqlmodel(tmp_path):
    with store_at(tmp_path) as store:
        put_meeting(store)
    script = (
        "import sys; from pathlib import Path; from datetime import date; from readyroom.store.glance import glance; "
        f"print(glance(Path({str(database_of(tmp_path))!r}), today=date(2026, 11, 22)).total, "
        "[m for m in ('sqlmodel', 'sqlalchemy', 'alembic', 'pydantic') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "1 []"


def test_a_journal_that_a_killed_program_left_is_rolled_back(tmp_path):
    with store_at(tmp_path / "a") as store:
        for number in range(40):
            put_meeting(store, f"s{number}")
    left = tmp_path / "b" / "readyroom.db"
    left.parent.mkdir()
    with closing(sqlite3.connect(database_of(tmp_path / "a"), isolation_level=None)) as writing:
        writing.executescript("PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = 1; BEGIN IMMEDIATE")
        writing.execute("UPDATE session SET title = 'never committed'")
        writing.execute("UPDATE answer SET note = note || note")
        for suffix in ("", "-journal"):
            shutil.copy(f"{database_of(tmp_path / 'a')}{suffix}", f"{left}{suffix}")
        writing.execute("ROLLBACK")
    with closing(sqlite3.connect(f"{left.as_uri()}?immutable=1", uri=True)) as torn:
        assert torn.execute("SELECT count(*) FROM session WHERE title = 'never committed'").fetchone() != (0,)
    seen = glance(left, today=TODAY)
    assert seen.problem is None
    assert {line.title for line in seen.sessions.lines} == {"Weekly look"}
    assert seen.total == 40

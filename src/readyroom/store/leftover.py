"""What a database has that another one lacks: what a rebuild from the files could not bring back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from readyroom.store.revisions import open_to_read

_CAPTURES = (("action", "A"), ("risk", "R"), ("decision", "D"), ("parked", "P"), ("question", "Q"))
_MOST_NAMED = 20


def leftover(old: Path, new: Path) -> tuple[str, ...]:
    """What stands only in the old file, or is newer there, in words without any text of it; () if it can't be read."""
    try:
        with closing(open_to_read(old)) as before, closing(open_to_read(new)) as after:
            return (*_sessions(before, after), *_answers(before, after), *_captures(before, after))
    except sqlite3.Error:  # whoever rebuilds a damaged file gets what the files have, and is told that it can't be said
        return ()


def _sessions(before: sqlite3.Connection, after: sqlite3.Connection) -> tuple[str, ...]:
    known = {row[0] for row in after.execute("SELECT id FROM session")}
    missing = [row for row in before.execute("SELECT id, number FROM session ORDER BY number") if row[0] not in known]
    return tuple(f"session S-{number}, which was never adjourned or finished" for _, number in missing[:_MOST_NAMED])


def _answers(before: sqlite3.Connection, after: sqlite3.Connection) -> tuple[str, ...]:
    asked = (
        "SELECT session, item, subject, respondent, value_version, note_version, audience, note, evidence FROM answer"
    )
    known = {tuple(row[:4]): row[4:] for row in after.execute(asked)}
    numbers = dict(before.execute("SELECT id, number FROM session"))
    here = {row[0] for row in after.execute("SELECT id FROM session")}
    lost: dict[int, int] = {}
    for row in before.execute(asked):
        theirs = known.get(tuple(row[:4]))
        if row[0] not in here or (theirs is None and not (row[4] or row[5])):
            continue
        if theirs is None or row[4] > theirs[0] or row[5] > theirs[1] or (row[7:] != theirs[3:] and any(row[7:])):
            lost[numbers[row[0]]] = lost.get(numbers[row[0]], 0) + 1
    return tuple(f"{count} {'answer' if count == 1 else 'answers'} of S-{n}" for n, count in sorted(lost.items()))


def _captures(before: sqlite3.Connection, after: sqlite3.Connection) -> tuple[str, ...]:
    lost = []
    for table, letter in _CAPTURES:
        asked = f"SELECT id, version, number, withdrawn FROM {table} ORDER BY number"  # noqa: S608 - names of our own
        known = {row[0]: row[1] for row in after.execute(asked)}
        for row in before.execute(asked):
            if not row[3] and known.get(row[0], -1) < row[1]:
                lost.append(f"{letter}-{row[2]}")
    more = len(lost) - _MOST_NAMED
    return (*lost[:_MOST_NAMED], *((f"and {more} more",) if more > 0 else ()))

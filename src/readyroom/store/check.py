"""Whether a database is whole: its pages, its links, its journal, and its projections (which can be repaired)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from readyroom.domain.capture import Action
from readyroom.store.columns import METADATA
from readyroom.store.engine import make_engine, read_database, reading, writing
from readyroom.store.errors import StoreError, in_plain_words
from readyroom.store.lookup import columns_of
from readyroom.store.numbers import NUMBERED_TYPES
from readyroom.store.projections import repair_counters, wrong_counters
from readyroom.store.revisions import FileState, file_state, open_to_read
from readyroom.store.shelves import SHELVES, capture_from, values_of

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found, in words; nothing where all is well. `repaired` is what was put right."""

    problems: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong (any more)."""
        return not self.problems


def check(path: Path, *, repair: bool = False, thorough: bool = True) -> CheckReport:
    """Check a database file. Only projections are ever repaired, and only on ask; a damaged file is not touched."""
    try:
        state = file_state(path)
        if state is FileState.NEW:
            return CheckReport()
        problems = _pages_and_links(path, thorough=thorough)
    except StoreError as error:
        return CheckReport(problems=(str(error),))
    except sqlite3.Error as error:
        return CheckReport(problems=(str(in_plain_words(error, str(path))),))
    if problems or state is FileState.BEHIND:
        if state is FileState.BEHIND:
            problems = (*problems, "the schema is of an earlier version; run: readyroom db upgrade")
        return CheckReport(problems=problems)
    return _contents(path, repair=repair)


def _pages_and_links(path: Path, *, thorough: bool) -> tuple[str, ...]:
    pragma = "integrity_check" if thorough else "quick_check"
    with closing(open_to_read(path)) as connection:
        found = [row[0] for row in connection.execute(f"PRAGMA {pragma}({_MOST_TOLD})")]
        problems = [] if found == ["ok"] else [f"damaged: {words}" for words in found]
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_TOLD):
            problems.append(f"row {row} of {table} belongs to a {parent} that is not there")
    return tuple(problems)


def _contents(path: Path, *, repair: bool) -> CheckReport:
    engine = make_engine(read_database(path))
    try:
        with reading(engine) as connection:
            journal, counter = METADATA.tables["journal"], METADATA.tables["counter"]
            rows, last = connection.execute(select(func.count(), func.max(journal.c.sequence))).one()
            given = connection.execute(select(counter.c.value).where(counter.c.name == "journal")).scalar_one()
            problems = []
            if rows != (last or 0) or given != (last or 0):
                problems.append(f"the journal has {rows} entries, and {max(last or 0, given)} were written")
            problems += _numbers_beyond_counters(connection)
            wrong = [
                f"S-{number} shows {shown} for {name}, it is {real}"
                for _, number, name, shown, real in wrong_counters(connection)
            ]
            wrong += _wrong_action_rows(connection)
        if wrong and repair:
            with writing(engine) as connection:
                repair_counters(connection)
                _repair_action_rows(connection)
            return CheckReport(problems=tuple(problems), repaired=tuple(wrong))
        return CheckReport(problems=(*problems, *wrong))
    except StoreError as error:
        return CheckReport(problems=(str(error),))
    finally:
        engine.dispose()


def _numbers_beyond_counters(connection: Connection) -> list[str]:
    counter, problems = METADATA.tables["counter"], []
    for kind in NUMBERED_TYPES:
        shelf = SHELVES[kind]
        highest = connection.execute(select(func.max(shelf.table.c.number))).scalar() or 0
        given = connection.execute(select(counter.c.value).where(counter.c.name == shelf.name)).scalar()
        if given is None or highest > given:
            problems.append(f"the counter of {shelf.name} is behind its highest number {highest}")
    return problems


def _off_action_rows(connection: Connection) -> list[tuple[Action, dict[str, object]]]:
    shelf = SHELVES[Action]
    projected = ("open", "due_order", "subject_key")
    off = []
    rows = connection.execute(select(*columns_of(shelf), *(shelf.table.c[name] for name in projected)))
    for row in rows:
        action = capture_from(Action, row[: len(shelf.columns)])
        values = {name: values_of(action)[name] for name in projected}
        if tuple(values.values()) != tuple(row[len(shelf.columns) :]):
            off.append((action, values))
    return off


def _wrong_action_rows(connection: Connection) -> list[str]:
    return [f"A-{action.number} is found by what it no longer says" for action, _ in _off_action_rows(connection)]


def _repair_action_rows(connection: Connection) -> None:
    table = SHELVES[Action].table
    for action, values in _off_action_rows(connection):
        connection.execute(table.update().where(table.c.id == action.id).values(values))

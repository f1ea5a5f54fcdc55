"""The one thread that saves while a meeting runs: in order, many steps to a commit, acknowledged only after it.

Entries and clock events keep their order. Positions, drafts and heartbeats are notes: only the latest counts.
What could not be saved is kept, goes first into the next attempt, and is tried again on `retry`.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from readyroom.borders.errors import BorderError
from readyroom.domain.answer import AnswerKey
from readyroom.domain.change import Entry
from readyroom.domain.session import ClockEvent
from readyroom.store.engine import in_words, place_of
from readyroom.store.errors import Conflict, StoreError
from readyroom.store.notes import write_draft, write_heartbeat, write_position
from readyroom.store.saving import append_event, save_entry

Commit = Callable[[Connection], None]
Saved = Callable[[Entry], None]
Refused = Callable[[Conflict], None]
Failed = Callable[[StoreError], None]
_Note = Callable[[Connection], None]

PAUSE = 0.006
"""Seconds between being woken and the transaction: the thread that woke the writer paints its key meanwhile."""
_Notes = dict[tuple[str, ...], _Note]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One thing to save, all of it or nothing."""

    thing: Entry | ClockEvent
    saved: Saved | None = None
    refused: Refused | None = None
    failed: Failed | None = None

    def save(self, connection: Connection) -> Entry | None:
        if isinstance(self.thing, Entry):
            return save_entry(connection, self.thing)
        append_event(connection, self.thing)
        return None

    def tell(self, outcome: Entry | Conflict | StoreError | None) -> None:
        if isinstance(outcome, Entry) and self.saved:
            self.saved(outcome)
        elif isinstance(outcome, Conflict) and self.refused:
            self.refused(outcome)
        elif isinstance(outcome, StoreError) and self.failed:
            self.failed(outcome)


_Outcome = Entry | Conflict | StoreError | None


class Writer:
    """Takes what is to be saved and returns at once; answers come on the writer's own thread."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime], commit: Commit = Connection.commit) -> None:
        self._engine = engine
        self._clock = clock
        self._commit = commit
        self._connection: Connection | None = None
        self._state = threading.Condition()
        self._waiting: deque[_Unit] = deque()
        self._kept: list[_Unit] = []
        self._notes: _Notes = {}
        self._writing: list[_Unit] = []
        self._trouble: StoreError | None = None
        self._awake = self._busy = self._closing = self._hurried = False
        self._flushing = 0
        self._thread = threading.Thread(target=self._run, name="readyroom-writer", daemon=True)
        self._thread.start()

    # ---- giving it work

    def submit(
        self, entry: Entry, *, saved: Saved | None = None, refused: Refused | None = None, failed: Failed | None = None
    ) -> None:
        """Save an entry. `saved` gets it back with sequence and numbers, after the commit; `failed` means not yet."""
        self._add(_Unit(entry, saved, refused, failed))

    def remember_clock(self, session: str, event: ClockEvent) -> None:
        """Append an event to the clock of a sitting of `session`; not journaled."""
        assert session
        self._add(_Unit(event))

    def remember_heartbeat(self, sitting: str, at: datetime) -> None:
        """Say that the program still ran at this moment."""
        self._note(("heartbeat", sitting), lambda connection: write_heartbeat(connection, sitting, at))

    def remember_position(self, window: str, key: AnswerKey) -> None:
        """Say where a window stands."""
        at = self._clock()
        self._note(("position", window), lambda connection: write_position(connection, window, key, at))

    def remember_draft(self, window: str, field: str, text: str) -> None:
        """Keep half-typed text; an empty one is forgotten."""
        self._note(("draft", window, field), lambda connection: write_draft(connection, window, field, text))

    def retry(self) -> None:
        """Try again to save what was kept."""
        self._wake()

    # ---- waiting for it

    @property
    def unsaved(self) -> tuple[Entry, ...]:
        """Entries that could not be saved so far."""
        with self._state:
            return tuple(unit.thing for unit in self._kept if isinstance(unit.thing, Entry))

    @property
    def trouble(self) -> StoreError | None:
        """Why the last attempt failed, also where only a draft or a position was to be saved; None if all went well."""
        with self._state:
            return self._trouble

    def flush(self, timeout: float | None = 30) -> bool:
        """Wait until everything given so far was saved or answered otherwise; False if something is not saved."""
        with self._state:
            self._flushing += 1
            self._state.notify_all()
            try:
                done = self._state.wait_for(lambda: not (self._awake or self._busy), timeout)
            finally:
                self._flushing -= 1
            return done and not self._kept and not self._notes

    def close(self, timeout: float | None = 30) -> tuple[Entry, ...]:
        """Save what is waiting, then stop; gives back what could not be saved."""
        with self._state:
            self._closing = self._awake = self._hurried = True
            self._state.notify_all()
        self._thread.join(timeout)
        with self._state:
            left = [*self._writing, *self._kept, *self._waiting]
        return tuple(unit.thing for unit in left if isinstance(unit.thing, Entry))

    # ---- the thread

    def _add(self, unit: _Unit) -> None:
        with self._state:
            if self._closing:
                raise RuntimeError("the writer is closed")
            self._waiting.append(unit)
            self._awake = True
            self._state.notify_all()

    def _note(self, key: tuple[str, ...], note: _Note) -> None:
        with self._state:
            if self._closing:
                raise RuntimeError("the writer is closed")
            self._notes[key] = note
            self._awake = True
            self._state.notify_all()

    def _wake(self) -> None:
        with self._state:
            self._awake = self._hurried = True
            self._state.notify_all()

    def _run(self) -> None:
        while True:
            with self._state:
                self._busy = False
                self._state.notify_all()
                self._state.wait_for(lambda: self._awake)
                self._state.wait_for(lambda: self._hurried or self._flushing, PAUSE)
                units, notes = [*self._kept, *self._waiting], self._notes
                self._waiting.clear()
                self._kept, self._notes, self._writing = [], {}, units
                self._awake = self._hurried = False
                self._busy, closing = True, self._closing
            if units or notes:
                self._write(units, notes)
            if closing:
                break
        self._disconnect()
        with self._state:
            self._busy = False
            self._state.notify_all()

    def _write(self, units: Sequence[_Unit], notes: _Notes) -> None:
        outcomes: Sequence[_Outcome]
        left: _Notes = {}
        trouble: StoreError | None = None
        try:
            outcomes = self._together(units, notes)
        except StoreError:
            outcomes, left, trouble = self._one_by_one(units, notes)
        kept = [
            unit
            for unit, outcome in zip(units, outcomes, strict=True)
            if isinstance(outcome, StoreError) and outcome.retryable
        ]
        with self._state:
            self._kept, self._writing = kept, []
            self._notes = {**left, **self._notes}
            self._trouble = trouble
        for unit, outcome in zip(units, outcomes, strict=True):
            _told(unit, outcome)

    def _one_by_one(self, units: Sequence[_Unit], notes: _Notes) -> tuple[list[_Outcome], _Notes, StoreError | None]:
        """After a failed batch: each on its own, in order, until one fails for a cause that others share.

        Gives what became of each unit, the notes that are left, and the last error.
        """
        outcomes: list[_Outcome] = []
        trouble: StoreError | None = None
        for number, unit in enumerate(units):
            try:
                outcomes += self._together([unit], {})
            except StoreError as error:
                if error.retryable:
                    return outcomes + [error] * (len(units) - number), notes, error
                trouble = error
                outcomes.append(error)
        try:
            self._together([], notes)
        except StoreError as error:
            return outcomes, notes if error.retryable else {}, error
        return outcomes, {}, trouble

    def _together(self, units: Sequence[_Unit], notes: _Notes) -> list[_Outcome]:
        """One transaction; a conflict takes back its own unit only.

        Raises:
            StoreError: nothing of it was saved, as far as the database tells.
        """
        place = place_of(self._engine)
        try:
            with in_words(place):
                connection = self._connected()
                connection.begin()
                outcomes = [_attempt(connection, unit) for unit in units]
                for note in notes.values():
                    note(connection)
                self._commit(connection)
                return outcomes
        except StoreError:
            self._disconnect(broken=True)
            raise
        except BorderError as error:
            self._disconnect(broken=True)
            raise StoreError(error.what, error.place, error.fix, retryable=False) from error
        except Exception as error:  # the thread's outermost handler: a fault must not end all saving
            self._disconnect(broken=True)
            words = f"a fault in readyroom ({type(error).__name__}) keeps this from being saved"
            raise StoreError(words, place, "copy the text and report this", retryable=False) from error

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(writes=True)
        return self._connection

    def _disconnect(self, *, broken: bool = False) -> None:
        if self._connection is not None:
            if broken:
                self._connection.invalidate()
            self._connection.close()
            self._connection = None


def _attempt(connection: Connection, unit: _Unit) -> _Outcome:
    point = connection.begin_nested()
    try:
        outcome = unit.save(connection)
    except Conflict as conflict:
        point.rollback()
        return conflict
    point.commit()
    return outcome


def _told(unit: _Unit, outcome: _Outcome) -> None:
    try:
        unit.tell(outcome)
    except Exception:  # noqa: BLE001 - a listener that fails must not end all saving; it is told where threads tell
        threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))

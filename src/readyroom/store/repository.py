"""The repository: what can be asked of the database and put into it, each call one transaction."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Engine

from readyroom.domain.agenda import Agenda
from readyroom.domain.capture import Action, Capture, Risk
from readyroom.domain.change import Entity, Entry
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting
from readyroom.domain.service import Service
from readyroom.domain.session import Session, SessionStatus
from readyroom.store import journal, listing, lookup, reading
from readyroom.store.columns import METADATA
from readyroom.store.engine import reading as open_reading
from readyroom.store.engine import writing as open_writing
from readyroom.store.errors import StoreError
from readyroom.store.lines import ActionPage, Cursor, SessionPage
from readyroom.store.listing import ActionFilter
from readyroom.store.saving import save_entry
from readyroom.store.shelves import SHELVES

_KEPT_AGENDAS = 16


class Repository:
    """Reads and writes domain values. Every method raises `StoreError` where the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._agendas: OrderedDict[str, Agenda] = OrderedDict()

    # ---- meetings and sessions

    def meeting(self, session_id: str) -> Meeting:
        """A session with everything in it; StoreError if there is none."""
        with open_reading(self._engine) as connection:
            session = lookup.by_id(connection, Session, session_id)
            if session is None:
                raise StoreError("there is no such session", session_id, "list them: readyroom session list")
            return reading.read_meeting(connection, session, self._agenda(connection, session.agenda_hash))

    def session(self, named: str) -> Session:
        """A session by `S-3`, id, or the beginning of its id; StoreError if there is none."""
        with open_reading(self._engine) as connection:
            return lookup.find_session(connection, named)

    def sessions(
        self,
        *,
        limit: int = 50,
        after: Cursor | None = None,
        search: str = "",
        subject: str = "",
        statuses: tuple[SessionStatus, ...] = (),
    ) -> SessionPage:
        """A page of sessions, the newest first."""
        with open_reading(self._engine) as connection:
            return listing.list_sessions(
                connection, limit=limit, after=after, search=search, subject=subject, statuses=statuses
            )

    def unfinished_sessions(self, agenda_id: str = "") -> tuple[Session, ...]:
        """Sessions that are in progress or adjourned (of one agenda), the one last worked on first."""
        with open_reading(self._engine) as connection:
            return reading.read_unfinished(connection, agenda_id)

    def count_sessions(self) -> int:
        """How many sessions there are."""
        with open_reading(self._engine) as connection:
            return listing.count_sessions(connection)

    def previous(self, session: Session, subject: str) -> Session | None:
        """The session before, about the same service and with an agenda of the same root."""
        with open_reading(self._engine) as connection:
            return reading.read_previous(connection, session, subject)

    def current(self, entity: Entity) -> Entity | None:
        """What the database holds in the entity's place."""
        with open_reading(self._engine) as connection:
            found: Entity | None = lookup.current(connection, entity)
            return found

    # ---- agendas and the catalog

    def agenda(self, key: str) -> Agenda:
        """The agenda under a content hash; StoreError if it was never put."""
        with open_reading(self._engine) as connection:
            return self._agenda(connection, key)

    def keep_agenda(self, agenda: Agenda) -> str:
        """Keep an agenda; return its content hash. Twice is once."""
        with open_writing(self._engine) as connection:
            return reading.put_agenda(connection, agenda)

    def services(self) -> tuple[Service, ...]:
        """The catalog, by name."""
        with open_reading(self._engine) as connection:
            return reading.read_services(connection)

    def service(self, name: str) -> Service | None:
        """A service by its name, whatever the case."""
        with open_reading(self._engine) as connection:
            return reading.read_service(connection, name)

    # ---- captures

    def capture(self, named: str) -> Capture:
        """A capture by its short id; StoreError if there is none."""
        with open_reading(self._engine) as connection:
            return lookup.find_capture(connection, named)

    def action(self, named: str) -> Action:
        """An action by its short id or UUID; StoreError if there is none."""
        found = self.capture(named)
        if not isinstance(found, Action):
            raise StoreError("this is not an action", named, "list them: readyroom action list")
        return found

    def people(self) -> tuple[tuple[str, ...], ...]:
        """The names that are known here: of rosters, of the catalog, of owners."""
        with open_reading(self._engine) as connection:
            return lookup.read_people(connection)

    def actions(self) -> tuple[Action, ...]:
        """All actions that were not taken back."""
        with open_reading(self._engine) as connection:
            return reading.read_captures(connection, Action)

    def risks(self) -> tuple[Risk, ...]:
        """All risks that were not taken back."""
        with open_reading(self._engine) as connection:
            return reading.read_captures(connection, Risk)

    def action_lines(
        self, wanted: ActionFilter | None = None, *, limit: int = 50, after: Cursor | None = None
    ) -> ActionPage:
        """A page of actions, those due first at the top."""
        with open_reading(self._engine) as connection:
            return listing.list_actions(connection, wanted or ActionFilter(), limit=limit, after=after)

    def count_actions(self, *, overdue_on: date | None = None) -> int:
        """How many actions are open, or overdue on a day."""
        with open_reading(self._engine) as connection:
            return listing.count_actions(connection, ActionFilter(due_before=overdue_on))

    def open_actions(self, subject: str) -> tuple[Action, ...]:
        """Actions about a service that are neither done nor dropped."""
        with open_reading(self._engine) as connection:
            return reading.read_open_actions(connection, subject)

    # ---- the journal

    def journal(
        self, *, session: str = "", window: str = "", after: int = 0, limit: int | None = 100
    ) -> tuple[Entry, ...]:
        """The last `limit` entries behind sequence `after`, the oldest first."""
        table = METADATA.tables["journal"]
        wanted = [table.c.sequence > after]
        if session:
            wanted.append(table.c.session == session)
        if window:
            wanted.append(table.c.window == window)
        with open_reading(self._engine) as connection:
            found = journal.read_entries(connection, *wanted, limit=limit, newest_first=True)
        return found[::-1]

    # ---- writing

    def save(self, entry: Entry, *, agendas: Sequence[Agenda] = ()) -> Entry:
        """Save an entry with its journal and projections in one transaction; agendas that it needs are kept first.

        Raises:
            Conflict: someone changed one of the entities first; nothing was written.
        """
        with open_writing(self._engine) as connection:
            for agenda in agendas:
                reading.put_agenda(connection, agenda)
            return save_entry(connection, entry)

    def put_verdict(self, session_id: str, verdict: Finding) -> None:
        """Show a verdict in the lists; it is a projection, not journaled."""
        table = SHELVES[Session].table
        with open_writing(self._engine) as connection:
            connection.execute(table.update().where(table.c.id == session_id).values(verdict=verdict.value))

    def _agenda(self, connection: Connection, key: str) -> Agenda:
        if key not in self._agendas:
            self._agendas[key] = reading.read_agenda(connection, key)
            if len(self._agendas) > _KEPT_AGENDAS:
                self._agendas.popitem(last=False)
        return self._agendas[key]

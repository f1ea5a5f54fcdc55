"""Bringing a database to the schema of this program: new files are made, older ones backed up and upgraded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, inspect, select, text

from readyroom.borders.errors import BorderError
from readyroom.borders.files import make_private
from readyroom.store import ledger, tables  # noqa: F401 - so that their tables are known
from readyroom.store.backup import backup
from readyroom.store.columns import METADATA
from readyroom.store.engine import Database, in_words, place_of, writing
from readyroom.store.errors import StoreError
from readyroom.store.revisions import HEAD, FileState, file_state, state_of

_LOCK = 7_240_117
"""Key of the advisory lock that lets one program at a time make or upgrade a PostgreSQL schema."""


def prepare(database: Database, engine: Engine, *, clock: Callable[[], datetime], backups: Path) -> None:
    """Make the schema current. A file of a newer version is refused and stays as it is.

    Raises:
        StoreError: it is damaged, newer, or cannot be written; an upgrade that failed left everything as it was.
    """
    if database.path is None:
        _prepare_server(engine, clock)
        return
    state = file_state(database.path)
    if state is FileState.NEW:
        try:
            make_private(database.path)
        except BorderError as error:
            raise StoreError(error.what, error.place, error.fix) from error
        with writing(engine) as connection:
            if not inspect(connection).has_table("alembic_version"):
                create_schema(connection, clock())
    elif state is FileState.BEHIND:
        stamp = clock().strftime("%Y%m%dT%H%M%SZ")
        backup(database.path, backups / f"before-{HEAD}-{stamp}.db")
        upgrade(engine, clock())


def create_schema(connection: Connection, now: datetime) -> None:
    """All tables of the present schema, at once; the same as running every migration (a test holds them together)."""
    METADATA.create_all(connection)
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})
    first_rows(connection, now)


def first_rows(connection: Connection, now: datetime) -> None:
    """What every database has: who it is, and all counters, new ones at nought."""
    meta, counter = METADATA.tables["meta"], METADATA.tables["counter"]
    if connection.execute(select(meta.c.name)).first() is None:
        identity = {"workspace": str(uuid4()), "created_at": now.isoformat()}
        connection.execute(meta.insert(), [{"name": name, "value": value} for name, value in identity.items()])
    known = set(connection.execute(select(counter.c.name)).scalars())
    missing = [{"name": name, "value": 0} for name in ledger.NUMBERED if name not in known]
    if missing:
        connection.execute(counter.insert(), missing)


def upgrade(engine: Engine, now: datetime) -> None:
    """Run the migrations that are missing, all in one transaction.

    Raises:
        StoreError: with the database as it was.
    """
    from readyroom.store.migrations import MigrationError, run  # Alembic takes a third of a second to load

    with in_words(place_of(engine)), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:  # a table that is rebuilt would take its child rows along; only settable outside a transaction
            _outside_transaction(connection, "PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                run(connection)
                first_rows(connection, now)
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise StoreError(
                        "the upgrade would have broken links between rows", place_of(engine), "report this"
                    )
        except MigrationError as error:
            raise StoreError(
                "the database could not be upgraded", place_of(engine), "go on with the version before; report this"
            ) from error
        finally:
            if sqlite:
                _outside_transaction(connection, "PRAGMA foreign_keys = ON")


def _outside_transaction(connection: Connection, setting: str) -> None:
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(setting)


def _prepare_server(engine: Engine, clock: Callable[[], datetime]) -> None:
    with writing(engine) as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        revision = None
        if inspect(connection).has_table("alembic_version"):
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
        state = state_of(revision, place_of(engine))
        if state is FileState.NEW:
            create_schema(connection, clock())
        elif state is FileState.BEHIND:
            from readyroom.store.migrations import run

            run(connection)
            first_rows(connection, clock())

"""Connecting to the database with the settings that were proved to lose nothing, and errors in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, StatementError

from readyroom.store.errors import DAMAGED, StoreError, in_plain_words

BUSY_MS = 5_000
"""How long one program waits for another one's transaction."""

_SETTINGS = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA journal_mode = TRUNCATE",
    "PRAGMA synchronous = FULL",
)


@dataclass(frozen=True, slots=True)
class Database:
    """Where the data is: a SQLite file (`path`), or a PostgreSQL server (`path` is None)."""

    url: URL
    path: Path | None

    @property
    def place(self) -> str:
        """The database's name in an error; a password never shows."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)


def read_database(named: str | Path) -> Database:
    """A path, `sqlite:///path` or `postgresql://…` as a database.

    Raises:
        StoreError: another kind of URL, or one with a password where it would show.
    """
    text = str(named)
    if isinstance(named, Path) or "://" not in text:
        path = Path(text).absolute()
        return Database(URL.create("sqlite", database=str(path)), path)
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StoreError("this is not a database URL", "--database", "use a path or postgresql://…") from error
    if "password" in {name.lower() for name in url.query}:
        raise StoreError(
            "a password in the query of the database URL would show in listings",
            url.set(query={}).render_as_string(hide_password=True),
            "leave it out and name a password file in PGPASSFILE",
        )
    backend = url.get_backend_name()
    if backend == "sqlite" and url.database and url.database != ":memory:":
        path = Path(url.database).absolute()
        return Database(URL.create("sqlite", database=str(path)), path)
    if backend in ("postgresql", "postgres"):
        return Database(url.set(drivername="postgresql+psycopg"), None)
    raise StoreError(
        f"readyroom keeps its data in a SQLite file or in PostgreSQL, not in {backend!r}",
        "--database",
        "use a path, sqlite:///path or postgresql://…",
    )


def make_engine(database: Database) -> Engine:
    """An engine; nothing is opened yet.

    Raises:
        StoreError: PostgreSQL is asked for and its driver is not installed.
    """
    if database.path is None:
        try:
            return create_engine(
                database.url, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": 5}
            )
        except ImportError as error:
            raise StoreError(
                "the driver for PostgreSQL is not installed", database.place, "pip install 'readyroom[postgres]'"
            ) from error
    engine = create_engine(database.url, hide_parameters=True)
    event.listen(engine, "connect", _apply_settings)
    event.listen(engine, "begin", _begin)
    return engine


def _apply_settings(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so
    cursor = connection.cursor()
    try:
        for setting in _SETTINGS:
            cursor.execute(setting)
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def place_of(engine: Engine) -> str:
    """The database's name in an error."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """Turn every error of the database into a `StoreError`; the one place where that happens."""
    try:
        yield
    except DBAPIError as error:
        raise in_plain_words(error.orig or error, place) from error
    except StatementError as error:
        raise StoreError(
            f"this does not fit into the database ({type(error.orig).__name__})",
            place,
            "correct the value",
            retryable=False,
        ) from error
    except OverflowError as error:
        raise StoreError("a number is too large", place, "correct the value", retryable=False) from error
    except UnicodeError as error:
        raise StoreError(
            "a text holds half of a character pair", place, "clean the text first", retryable=False
        ) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one consistent state.

    Raises:
        StoreError: the database cannot be read.
    """
    with in_words(place_of(engine)), engine.connect() as connection:
        try:
            yield connection
        except UnicodeError:
            raise
        except ValueError as error:  # a value that is no date or no JSON any more: damage that SQLite does not notice
            raise StoreError(DAMAGED[0], place_of(engine), DAMAGED[1]) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that is committed at the end, or not at all.

    Raises:
        StoreError: nothing was written.
    """
    with in_words(place_of(engine)), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection

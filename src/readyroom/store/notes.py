"""What is saved beside the journal: where a window stands, half-typed text, and that the program still runs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from readyroom.domain.answer import AnswerKey
from readyroom.domain.session import Sitting
from readyroom.store.columns import METADATA
from readyroom.store.shelves import SHELVES


def write_position(connection: Connection, window: str, key: AnswerKey, at: datetime) -> None:
    """Where a window stands, and that it was seen."""
    table = METADATA.tables["window"]
    connection.execute(
        table.update()
        .where(table.c.id == window)
        .values(item=key.item, subject=key.subject, respondent=key.respondent, seen_at=at)
    )


def write_draft(connection: Connection, window: str, field: str, text: str) -> None:
    """Half-typed text of a field; empty text is forgotten."""
    table = METADATA.tables["draft"]
    connection.execute(table.delete().where(table.c.window == window, table.c.field == field))
    known = METADATA.tables["window"]
    if text and connection.execute(select(known.c.id).where(known.c.id == window)).first():
        connection.execute(table.insert(), {"window": window, "field": field, "text": text})


def write_heartbeat(connection: Connection, sitting: str, at: datetime) -> None:
    """The last moment the program ran; its version stays as it is."""
    table = SHELVES[Sitting].table
    connection.execute(table.update().where(table.c.id == sitting).values(heartbeat=at))

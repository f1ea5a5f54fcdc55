"""A record as JSON bytes and back: the form that is committed, hashed, sealed, exported and imported.

The format is described in `docs/record-format.md`.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from readyroom.borders.codec import digest, from_plain, load_json, pretty_json, to_plain
from readyroom.borders.errors import BorderError
from readyroom.domain.answer import AnswerError
from readyroom.domain.ballots import check_vote
from readyroom.domain.record import RECORD_FORMAT, Record
from readyroom.domain.votes import sorted_votes

RECORD_LIMIT = 50 * 1024 * 1024
"""Bytes of the longest record that is read."""


def record_bytes(record: Record) -> bytes:
    """The record's one form: equal records give equal bytes, whoever writes them and when.

    Raises:
        BorderError: a text that is no Unicode, or a number that is not finite.
    """
    return pretty_json(to_plain(record)).encode("utf-8")


def record_digest(record: Record) -> str:
    """The hash of the record's bytes, as `sha256:…`."""
    return digest(record_bytes(record))


def read_record(raw: bytes | str, name: str) -> Record:
    """The record that the bytes hold; `name` (of the file) stands in every error.

    Raises:
        BorderError: and nothing else: too long, no JSON, another format, or a value that does not fit.
    """
    plain = load_json(raw, name, RECORD_LIMIT)
    _check_format(plain, name)
    record = from_plain(Record, plain, name=name)
    _check_sense(record, name)
    return record


def peek_session(raw: bytes | str, name: str) -> str:
    """The id of the session that a record is of, without building the record; BorderError as `read_record`."""
    plain = load_json(raw, name, RECORD_LIMIT)
    session = plain.get("session") if isinstance(plain, dict) else None
    found = session.get("id") if isinstance(session, dict) else None
    if not isinstance(found, str) or not found:
        raise BorderError("it names no session", name, "it is no record of readyroom; move it away")
    return found


def _check_format(plain: Any, name: str) -> None:
    if not isinstance(plain, dict):
        raise BorderError("it is JSON, but no record", name, "name a record.json that readyroom wrote")
    found = plain.get("format")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise BorderError(
            "it is JSON, but no record: it has no format", name, "name a record.json that readyroom wrote"
        )
    if found > RECORD_FORMAT:
        program = plain.get("program")
        by = f" {program[:40]}" if isinstance(program, str) and program.isprintable() else ""
        raise BorderError(
            f"it was made by a newer readyroom{by} (record format {found}; this one reads {RECORD_FORMAT})",
            name,
            "upgrade readyroom",
        )


def _check_sense(record: Record, name: str) -> None:
    """What the types cannot say, and what everything that reads records relies on."""
    session = record.session
    if not session.id:
        raise BorderError("it names no session", f"{name}: session/id", "name a record.json that readyroom wrote")
    if not record.agenda.sections:
        raise BorderError("its agenda has no section", f"{name}: agenda/sections", "add one")
    try:
        ZoneInfo(session.zone)
    except (KeyError, ValueError, OSError):
        raise BorderError(
            f"{session.zone[:60]!r} is no time zone that this system knows",
            f"{name}: session/zone",
            "write one such as Europe/Lisbon or UTC, or install the time zone database",
        ) from None
    _check_references(record, name)


def _check_references(record: Record, name: str) -> None:
    keys = [answer.key for answer in record.answers]
    if len(set(keys)) < len(keys):
        twin = next(key for key in keys if keys.count(key) > 1)
        raise BorderError(f"{twin.item!r} is answered twice", f"{name}: answers", "keep one of the two")
    parts = (*record.answers, *record.prepared, *record.captures(), *record.rounds, *record.sittings)
    stray = next((part for part in parts if part.session != record.session.id), None)
    if stray is not None:
        kind = type(stray).__name__.lower()
        raise BorderError(
            f"it holds a part ({kind}) of another session, {stray.session[:40]!r}", name, "take it from the original"
        )
    _check_rounds(record, name)


def _check_rounds(record: Record, name: str) -> None:
    """Votes must fit their question, in their one order; those that nobody has revealed do not belong in a record."""
    for one in record.rounds:
        item = record.agenda.item(one.key.item)
        place = f"{name}: rounds"
        if not one.is_revealed:
            raise BorderError(f"the votes on {one.key.item[:60]!r} are not revealed", place, "take them out")
        try:
            fits = item is not None and all(check_vote(item, vote) == vote for vote in one.votes)
        except AnswerError:
            fits = False
        if not fits or sorted_votes(one.votes) != one.votes or one.withheld < 0 or one.abstentions < 0:
            raise BorderError(f"there are votes on {one.key.item[:60]!r} that do not fit it", place, "correct them")

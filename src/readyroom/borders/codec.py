"""Dataclasses to plain JSON-able values and back, checked by pydantic on the way in.

The domain knows nothing of this: the schema is taken from the type hints and made strict here. Unknown
keys are refused at every level, nothing is coerced, instants are UTC. The JSON text is in `jsontext.py`.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, SchemaValidator, core_schema

from readyroom.borders.errors import BorderError
from readyroom.borders.jsontext import canonical_json, digest, load_json, pretty_json

__all__ = ["canonical_json", "digest", "from_json", "from_plain", "load_json", "pretty_json", "to_plain"]

T = TypeVar("T")

_EXACT = 2.0**53
_FIXES = {
    "unexpected_keyword_argument": "remove it, or upgrade readyroom",
    "missing": "add it",
    "timezone_aware": "end it in Z",
    "enum": "use one of the words named",
}


def to_plain(value: Any) -> Any:
    """Turn a value of dataclasses, enums, dates, tuples and mappings into dicts, lists and scalars.

    Equal values give equal plain values: sets are sorted, instants in UTC, 3.0 is 3.

    Raises:
        BorderError: for a naive datetime, a number that is not finite, or a type that does not belong there.
    """
    if value is None or value is True or value is False or type(value) in (str, int):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in _field_names(type(value))}
    if isinstance(value, Enum):
        return to_plain(value.value)
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {_key(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(to_plain(part) for part in value)
    return _plain_scalar(value)


def from_plain(cls: type[T], plain: Any, *, name: str = "") -> T:
    """Build a value of `cls` from what `to_plain` gave; `name` (of the file) stands in the error.

    Raises:
        BorderError: naming the path within the value.
    """
    return from_json(cls, canonical_json(plain), name=name)


def from_json(cls: type[T], raw: bytes, *, name: str = "") -> T:
    """Build a value of `cls` from canonical JSON bytes; JSON of others goes through `load_json` first."""
    try:
        return cast("T", _validator(cast("Hashable", cls)).validate_json(raw))
    except ValidationError as error:
        raise _explained(error, name) from None


@cache
def _field_names(cls: type) -> tuple[str, ...]:
    return tuple(part.name for part in fields(cls) if part.init)


def _key(key: Any) -> str:
    plain = key.value if isinstance(key, Enum) else key
    if not isinstance(plain, str):
        raise BorderError(f"the key {plain!r} is not text", "", "use text as keys")
    return str(plain)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise BorderError(f"the instant {value} has no time zone", "", "give it one")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        if not math.isfinite(value):
            raise BorderError(f"{value} is not a finite number", "", "leave it out")
        # A field of floats may hold 10 or 10.0; equal values must give equal bytes.
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, str | int):
        return str(value) if isinstance(value, str) else int(value)
    raise BorderError(f"a {type(value).__name__} cannot be written", "", "turn it into plain values first")


@cache
def _validator(cls: Any) -> SchemaValidator:
    schema = _hardened(TypeAdapter(cls).core_schema)
    return SchemaValidator(schema, core_schema.CoreConfig(strict=True))


def _hardened(schema: Any) -> Any:
    """Copy a schema so that every dataclass in it refuses unknown keys and every instant must be UTC."""
    if isinstance(schema, list | tuple):
        return type(schema)(_hardened(part) for part in schema)
    if not isinstance(schema, dict):
        return schema
    copy = {key: part if key in ("default", "metadata") else _hardened(part) for key, part in schema.items()}
    if copy.get("type") == "dataclass":
        copy["config"] = {**copy.get("config", {}), "extra_fields_behavior": "forbid", "strict": True}
    elif copy.get("type") == "datetime":
        copy = {**copy, "tz_constraint": "aware"}
        return core_schema.no_info_after_validator_function(_in_utc, cast("Any", copy))
    return copy


def _in_utc(instant: datetime) -> datetime:
    if instant.utcoffset() != timedelta(0):
        raise ValueError("an instant must be in UTC")
    return instant.replace(tzinfo=UTC)


def _explained(error: ValidationError, name: str) -> BorderError:
    first: ErrorDetails = min(error.errors(include_url=False), key=lambda one: -len(one["loc"]))
    path = "/".join(str(step) for step in first["loc"]) or "the top"
    message = first["msg"]
    if first["type"] == "unexpected_keyword_argument":
        message = "unknown key"
    elif first["type"] == "missing":
        message = "it is missing"
    place = f"{name}: {path}" if name else path
    return BorderError(message[:1].lower() + message[1:], place, _FIXES.get(first["type"], "correct it there"))

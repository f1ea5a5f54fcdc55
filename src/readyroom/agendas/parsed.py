"""A field of a pydantic model that is read by one of our own parsers, with errors in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from readyroom.agendas.wrongs import Path, Wrongs

WRONGS = "wrongs"
"""The type of the error that carries what a parser noted."""


@dataclass(frozen=True, slots=True, eq=False)  # typing hashes annotations; a schema is a dict
class Parsed:
    """Annotation of a field: how its raw value is read, and its JSON Schema."""

    parse: Callable[[Any, Path, Wrongs], Any]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read the value instead of checking the annotated type."""
        return core_schema.no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the raw value."""
        return dict(self.schema)

    def _read(self, value: Any) -> Any:
        wrongs = Wrongs()
        read = self.parse(value, (), wrongs)
        if wrongs.found:
            raise PydanticCustomError(WRONGS, "not readable", {"found": tuple(wrongs.found)})
        return read

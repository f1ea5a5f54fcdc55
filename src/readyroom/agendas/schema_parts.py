"""JSON Schema of the short forms, which pydantic cannot know; `schema.py` puts the whole together."""

from __future__ import annotations

from typing import Any

from readyroom.agendas.comparisons import COMPARISON_WORDS
from readyroom.agendas.conditions import SERVICE_WORDS, VOTE_WORDS
from readyroom.agendas.words import ID_PATTERN, LONGEST_ID, TIER_WORDS
from readyroom.domain.agenda import ColumnKind

Schema = dict[str, Any]
PART = "x-part"
"""Marks a place where `schema.py` puts a reference to one of `PARTS`: pydantic only knows its own."""


def part(name: str) -> Schema:
    """A reference to a shared part."""
    return {PART: name}


def either(*schemas: Schema) -> Schema:
    """One of several forms."""
    return {"anyOf": list(schemas)}


def each_tier(one: Schema) -> Schema:
    """A value for each tier, with a default for the others."""
    return {
        "type": "object",
        "properties": dict.fromkeys((*TIER_WORDS, "default"), one),
        "additionalProperties": False,
        "minProperties": 1,
    }


def mapping(properties: Schema) -> Schema:
    """A small mapping with these keys only."""
    return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}


def words(*known: str) -> Schema:
    """One of the words."""
    return {"enum": list(known)}


TEXT: Schema = {"type": "string", "minLength": 1}
TEXTS = either(TEXT, {"type": "array", "items": TEXT})
ID: Schema = {"type": "string", "pattern": ID_PATTERN, "maxLength": LONGEST_ID}
IDS = either(ID, {"type": "array", "items": ID})
FLAG: Schema = {"type": "boolean"}
MINUTES: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 1440}
SPAN = either(
    {"type": "integer", "minimum": 0},
    {"type": "string", "pattern": r"^[0-9]{1,5} *(d|days?|w|weeks?|y|years?)$"},
)
TIER = words(*TIER_WORDS)
TIERS = either(FLAG, TIER, {"type": "array", "items": TIER})
CADENCE = either(SPAN, each_tier(SPAN))
PEOPLE = either({"type": "integer", "minimum": 0}, {"type": "string"})
ROLES = either({"type": "array", "items": ID}, {"type": "object", "additionalProperties": PEOPLE})
SIGNERS = either(IDS, each_tier(IDS))
EVIDENCE = either(FLAG, TEXT, mapping({"ask": TEXT, "expires": SPAN, "required": TIERS}))
VOTE_MODE = words("silent", "open", "none")
VOTE = either(VOTE_MODE, mapping({"mode": VOTE_MODE, "named": FLAG}))
SCALE = either({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}, TEXT)
ANCHORS: Schema = {"type": "object", "patternProperties": {"^[0-9]{1,2}$": TEXT}, "additionalProperties": False}
BAR = either({"type": "number"}, {"type": "string", "pattern": r"^(at most|at least) +[-+]?[0-9]"})
BARS = either(BAR, each_tier(BAR))
GATE = either(TIERS, BARS)
CHOICES = either(
    {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1},
    {"type": "object", "additionalProperties": TEXT, "minProperties": 1},
)
COLUMN_KIND = words(*(kind.value for kind in ColumnKind))
COLUMN = either(
    COLUMN_KIND,
    {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1},
    mapping(
        {
            "kind": COLUMN_KIND,
            "title": TEXT,
            "unit": TEXT,
            "scale": SCALE,
            "choices": CHOICES,
            "given": FLAG,
            "required": FLAG,
        }
    ),
)
COLUMNS: Schema = {"type": "object", "additionalProperties": COLUMN, "minProperties": 1}
CELL: Schema = {"type": ["string", "number"]}
ROWS: Schema = {"type": "array", "items": either(CELL, {"type": "array", "items": CELL}), "minItems": 1}
PRIORITY = either({"type": "integer", "minimum": 1, "maximum": 4}, words("P1", "P2", "P3", "P4"))

_OPERAND = either(
    {"type": ["string", "number", "boolean"]},
    {"type": "array"},
    mapping({"answer of": ID, "column": TEXT, "times": {"type": "number"}}),
)
_COMPARING = part("comparison")
_CELLS: Schema = {"type": "object", "additionalProperties": _COMPARING, "minProperties": 1}
_ROWS: Schema = {
    "type": "object",
    "properties": {"count": _COMPARING, "share": _COMPARING, "where": _CELLS},
    "patternProperties": {"^(sum of|lowest|highest|average) .+$": _COMPARING},
    "additionalProperties": False,
}
_VOTES = mapping(dict.fromkeys(VOTE_WORDS, _COMPARING))
PARTS: dict[str, Schema] = {
    "comparison": either(
        {"type": ["string", "number", "boolean"]},
        {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
        mapping(dict.fromkeys(COMPARISON_WORDS, _OPERAND)),
    ),
    "condition": either(
        _COMPARING,
        {
            "type": "object",
            "properties": {
                "all": {"type": "array", "items": part("condition"), "minItems": 1},
                "any": {"type": "array", "items": part("condition"), "minItems": 1},
                "not": part("condition"),
                "answer": _COMPARING,
                "any row": _CELLS,
                "rows": _ROWS,
                "votes": _VOTES,
                "service": mapping(dict.fromkeys(SERVICE_WORDS, _COMPARING)),
                "trigger": _COMPARING,
            },
            "patternProperties": {"^answer of ": _COMPARING, "^rows of ": _ROWS, "^votes of ": _VOTES},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ),
}
CONDITION = part("condition")

"""Editors check and complete agendas by a schema: it is current, takes what loads, and refuses what does not."""

import json
import re

import pytest

from agendas.agenda_texts import with_items
from readyroom.agendas.find import shipped_folder
from readyroom.agendas.schema import SCHEMA_FILE, agenda_schema, schema_text
from readyroom.borders.yamltree import load_yaml

SCHEMA = agenda_schema()
TYPES = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
}


def accepts(schema, value) -> bool:
    """Whether the part of JSON Schema that is used here takes the value."""
    if "$ref" in schema:
        return accepts(SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], value)
    if "anyOf" in schema and not any(accepts(one, value) for one in schema["anyOf"]):
        return False
    if "oneOf" in schema and sum(set(one["required"]) <= set(value) for one in schema["oneOf"]) != 1:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "const" in schema and value != schema["const"]:
        return False
    if "type" in schema and not _is_of(schema["type"], value):
        return False
    if isinstance(value, str):
        return bool(re.search(schema.get("pattern", ""), value)) and len(value) >= schema.get("minLength", 0)
    if isinstance(value, list):
        return all(accepts(schema.get("items", {}), one) for one in value)
    return not isinstance(value, dict) or _accepts_mapping(schema, value)


def _is_of(types, value) -> bool:
    for name in [types] if isinstance(types, str) else types:
        if isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool)):
            return True
    return False


def _accepts_mapping(schema, value) -> bool:
    if not set(schema.get("required", ())) <= set(value):
        return False
    for key, one in value.items():
        named = schema.get("properties", {}).get(str(key))
        patterns = [part for found, part in schema.get("patternProperties", {}).items() if re.search(found, str(key))]
        part = named or (patterns[0] if patterns else schema.get("additionalProperties", True))
        if part is False or (part is not True and not accepts(part, one)):
            return False
    return True


def test_the_shipped_schema_is_current():
    assert (shipped_folder() / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_the_schema_takes_every_shipped_agenda(path):
    assert accepts(SCHEMA, load_yaml(path).root)


@pytest.mark.parametrize(
    "item",
    [
        "id: a, kind: ceck, ask: Well?",
        "id: a, kind: check, ask: Well?, gaet: true",
        "id: a, kind: check",
        "id: a, kind: check, ask: Well?, required: sometimes",
        "id: a, kind: check, ask: Well?, rules: [{when: {any raw: {b: 1}}, action: X}]",
    ],
)
def test_the_schema_refuses_what_the_program_refuses(item):
    assert not accepts(SCHEMA, load_yaml(with_items(item)).root)


def test_an_own_agenda_needs_only_what_it_changes():
    assert accepts(SCHEMA, {"agenda": 1, "id": "a", "extends": "b", "remove": ["c"], "change": {"d": {"target": 5}}})
    assert not accepts(SCHEMA, {"agenda": 1, "id": "a"})


def test_every_key_is_described():
    bare = [
        f"{name}.{key}"
        for name, model in {"": SCHEMA, **SCHEMA["$defs"]}.items()
        if "description" in model
        for key, one in model["properties"].items()
        if not one.get("description")
    ]
    assert not bare
    assert "x-part" not in json.dumps(SCHEMA)

"""The JSON Schema of agenda files, for editors; `agendas/agenda.schema.json` holds it as written."""

from __future__ import annotations

import json
from typing import Any

from readyroom.agendas.file_model import AgendaFile
from readyroom.agendas.schema_parts import PART, PARTS

SCHEMA_FILE = "agenda.schema.json"


def agenda_schema() -> dict[str, Any]:
    """The schema as a tree."""
    made = AgendaFile.model_json_schema()
    shared = made.pop("$defs", {})
    made.pop("title", None)
    tree = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A readyroom agenda",
        **made,
        "oneOf": [{"required": ["title", "kind", "sections"]}, {"required": ["extends"]}],
        "$defs": {**shared, **PARTS},
    }
    resolved: dict[str, Any] = _tidy(tree)
    return resolved


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(agenda_schema(), indent=2, ensure_ascii=False) + "\n"


def _tidy(node: Any) -> Any:
    """Put in the references, and leave out what pydantic derives from the names and defaults of fields."""
    if isinstance(node, list):
        return [_tidy(one) for one in node]
    if not isinstance(node, dict):
        return node
    if PART in node:
        described = {"description": node["description"]} if "description" in node else {}
        return {**described, "$ref": f"#/$defs/{node[PART]}"}
    return {
        key: _properties(one) if key == "properties" else _tidy(one) for key, one in node.items() if key != "default"
    }


def _properties(named: dict[str, Any]) -> dict[str, Any]:
    tidy = {}
    for name, one in named.items():
        kept = dict(one)
        if isinstance(kept.get("title"), str):
            del kept["title"]
        tidy[name] = _tidy(kept)
    return tidy

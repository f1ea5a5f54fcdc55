"""Printing one value as its facts: a line each for people, an object for machines."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from readyroom.cli.printing import pad, say, say_json, width


def facts_of(value: Any) -> dict[str, Any]:
    """The fields of a value by name; values inside become objects, too."""
    return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}


def say_facts(value: Any, *, machine: bool) -> None:
    """Print the fields of a value."""
    facts = facts_of(value)
    if machine:
        say_json(facts)
        return
    names = {name: name.replace("_", " ") for name in facts}
    widest = max(map(width, names.values()))
    for name, fact in facts.items():
        for at, line in enumerate(_lines(fact)):
            say(f"{pad('' if at else names[name], widest)}  {line}".rstrip())


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return facts_of(value)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def _lines(fact: Any) -> list[str]:
    if isinstance(fact, list):
        return [", ".join(map(str, part.values())) if isinstance(part, dict) else str(part) for part in fact] or [
            "none"
        ]
    if isinstance(fact, bool):
        return ["yes" if fact else "no"]
    if isinstance(fact, int):
        return [f"{fact:,}"]
    return ["–" if fact is None or fact == "" else str(fact)]

"""Texts of rules with `{placeholders}` filled in. Nothing is executed: a known name is replaced, the rest stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from readyroom.domain.agenda import Item, ItemKind, columns_of
from readyroom.domain.answer import Row, Value, show_number, show_value
from readyroom.domain.table import show_cell

BLANK = "…"
"""What stands for a known name without a value."""

VOTE_NAMES = ("lowest", "highest", "median", "spread", "count", "low")
_PLACEHOLDER = re.compile(r"\{([^{}\n]{1,80})\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each known placeholder replaced; unknown ones stay as typed."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1].strip(), found[0]), text)


def placeholders(text: str) -> Iterator[str]:
    """The names in braces, in order."""
    return (found[1].strip() for found in _PLACEHOLDER.finditer(text))


def known_names(item: Item) -> tuple[str, ...]:
    """The placeholders that the texts of an item's rules may use."""
    rows = (f"row.{column.id}" for column in columns_of(item))
    votes = (f"votes.{name}" for name in VOTE_NAMES)
    return ("answer", "service", "tier", "owner", "unit", "trigger", *rows, *votes)


def values_of(
    item: Item, value: Value | None, *, row: Row | None = None, votes: Mapping[str, float] | None = None, **named: str
) -> dict[str, str]:
    """What each known placeholder means for this answer; `named` gives service, tier, owner and trigger."""
    values = dict.fromkeys(known_names(item), BLANK)
    values["unit"] = item.unit
    values.update({name: text for name, text in named.items() if text})
    if value is not None:
        values["answer"] = _show(item, value)
    for column in columns_of(item):
        if row is not None and column.id in row:
            values[f"row.{column.id}"] = _join_percent(show_cell(column, row[column.id]))
    for name, number in (votes or {}).items():
        values[f"votes.{name}"] = show_number(number)
    return values


def _show(item: Item, value: Value) -> str:
    shown = show_value(item, value)
    if item.kind is ItemKind.TEXT:
        return " ".join(shown.split())
    return _join_percent(shown)


def _join_percent(shown: str) -> str:
    return shown[:-2] + "%" if shown.endswith(" %") else shown

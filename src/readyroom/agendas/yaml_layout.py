"""Laying out a tree as YAML that people like to edit: short things on one line, long texts folded, room between parts.

What is written reads back as the same tree; how scalars are quoted is decided in the borders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from readyroom.borders.yamlrules import needs_quotes, quoted
from readyroom.borders.yamltree import dump_yaml

WIDTH = 110
_FLOW_SIGNS = frozenset(",[]{}:")
_FOLD_FROM = WIDTH


class Inline(dict[Any, Any]):
    """A mapping that stands on one line where it fits."""


class InlineList(list[Any]):
    """A list that stands on one line where it fits."""


class Parts(list[Any]):
    """A list with an empty line between its entries."""


def lay_out(tree: Mapping[str, Any]) -> str:
    """The mapping as YAML text. Raises BorderError for a value that YAML cannot bring back."""
    return "\n".join(_mapping(tree, "")) + "\n"


def _mapping(tree: Mapping[Any, Any], indent: str) -> Iterator[str]:
    lead = ""
    for key, value in tree.items():
        if isinstance(value, Parts) and value:
            yield ""
        yield from _entry(f"{lead}{_scalar(key)}:", value, indent)
        lead = indent


def _entry(lead: str, value: Any, indent: str) -> Iterator[str]:
    inner = indent + "  "
    if isinstance(value, Inline | InlineList) and (line := _flow(value)) and len(lead) + len(line) < WIDTH:
        yield f"{lead} {line}"
    elif isinstance(value, Mapping) and value:
        lines = _mapping(value, inner)
        yield lead
        yield f"{inner}{next(lines)}"
        yield from lines
    elif isinstance(value, list | tuple) and value:
        yield lead
        yield from _sequence(value, inner)
    elif isinstance(value, str):
        yield from _text(lead, value, inner)
    else:
        yield f"{lead} {_scalar(value)}"


def _sequence(items: list[Any] | tuple[Any, ...], indent: str) -> Iterator[str]:
    for at, value in enumerate(items):
        if isinstance(items, Parts) and at:
            yield ""
        if isinstance(value, Mapping) and value and not _fits(value, indent):
            lines = _mapping(value, indent + "  ")
            yield f"{indent}- {next(lines)}"
            yield from lines
        else:
            yield from _entry(f"{indent}-", value, indent)


def _fits(value: Mapping[Any, Any], indent: str) -> bool:
    return isinstance(value, Inline) and len(indent) + 2 + len(_flow(value)) < WIDTH


def _text(lead: str, text: str, inner: str) -> Iterator[str]:
    if len(lead) + len(text) > _FOLD_FROM and _folds(text):
        yield f"{lead} >-"
        yield from _wrapped(text, inner)
        return
    first, *rest = dump_yaml(text).removesuffix("\n").split("\n")
    yield f"{lead} {first}"
    for line in rest:  # dump_yaml indents a literal by two
        yield f"{inner}{line[2:]}" if line else ""


def _folds(text: str) -> bool:
    words = text.split(" ")
    return (
        all(words)
        and text.isprintable()
        and len(words) > 3
        and quoted(text.replace('"', "").replace("\\", "")) == ('"' + text.replace('"', "").replace("\\", "") + '"')
    )


def _wrapped(text: str, indent: str) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(indent) + len(line) + 1 + len(word) > WIDTH:
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield indent + line


def _flow(value: Any) -> str:
    """The value on one line; a text of several lines stands escaped in its quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return quoted(value) if needs_quotes(value) or _FLOW_SIGNS.intersection(value) else value
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value) if needs_quotes(value) else value
    return dump_yaml(value).removesuffix("\n")

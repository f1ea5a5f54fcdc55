"""Writing a plain tree as YAML that people like to read and that `load_yaml` reads back exactly."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from readyroom.borders.errors import BorderError
from readyroom.borders.yamlrules import DEPTH_LIMIT, LARGEST, TreePath, needs_quotes, quoted

_LONGEST_KEY = 200


def dump_yaml(tree: Any) -> str:
    """Write dicts, lists and scalars in block style, keys in their order, text of several lines as it stands.

    Raises:
        BorderError: for a value that YAML cannot bring back, naming its path.
    """
    lines = list(_node(tree, "", ()))
    return "".join(f"{line}\n" for line in lines)


def _node(value: Any, indent: str, path: TreePath) -> Iterator[str]:
    """Give the lines of a value; the first has no indent, so that it can stand after `key:` or `-`."""
    if len(path) >= DEPTH_LIMIT and isinstance(value, Mapping | list | tuple) and value:
        raise _refused(path, f"it is nested deeper than {DEPTH_LIMIT} levels", "make it flatter")
    if isinstance(value, Mapping) and value:
        yield from _mapping(value, indent, path)
    elif isinstance(value, list | tuple) and value:
        yield from _sequence(value, indent, path)
    elif isinstance(value, str) and _can_be_literal(value):
        yield from _literal(value, indent + "  " if not path else indent)
    else:
        yield _scalar(value, path)


def _mapping(tree: Mapping[Any, Any], indent: str, path: TreePath) -> Iterator[str]:
    lead = ""
    for key, value in tree.items():
        step = _key_step(key, path)
        written = _scalar(key, path)
        here = (*path, step)
        if len(written) > _LONGEST_KEY:
            yield f"{lead}? {written}"
            lead, written = indent, ""
        inner = indent + "  "
        lines = _node(value, inner, here)
        first = next(lines)
        if isinstance(value, Mapping | list | tuple) and value:
            yield f"{lead}{written}:"
            yield f"{inner}{first}"
        else:
            yield f"{lead}{written}: {first}"
        yield from lines
        lead = indent


def _sequence(items: Sequence[Any], indent: str, path: TreePath) -> Iterator[str]:
    lead = ""
    for number, value in enumerate(items):
        lines = _node(value, indent + "  ", (*path, number))
        yield f"{lead}- {next(lines)}"
        yield from lines
        lead = indent


def _key_step(key: Any, path: TreePath) -> str | int:
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise _refused(path, f"a key is {type(key).__name__}", "use text or whole numbers as keys")
    return key


def _can_be_literal(text: str) -> bool:
    if "\n" not in text or text[0] in " \t\n":
        return False
    lines = text.split("\n")
    body = lines[:-1] if lines[-1] == "" else lines
    return bool(body[-1].strip()) and all(not line or (not line.isspace() and _printable(line)) for line in body)


def _printable(line: str) -> bool:
    bare = line.replace("\\", "").replace('"', "").replace("\t", "")
    return quoted(bare) == f'"{bare}"'


def _literal(text: str, indent: str) -> Iterator[str]:
    yield "|" if text.endswith("\n") else "|-"
    for line in text.removesuffix("\n").split("\n"):
        yield f"{indent}{line}" if line else ""


def _scalar(value: Any, path: TreePath) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(str(value), path)
    if isinstance(value, int) and abs(value) <= LARGEST:
        return str(int(value))
    if isinstance(value, float) and math.isfinite(value):
        return repr(float(value))
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, list | tuple):
        return "[]"
    if isinstance(value, int | float):
        raise _refused(path, "the number cannot be written", "use a finite number of 64 bits")
    raise _refused(path, f"a {type(value).__name__} cannot be written", "turn it into text first")


def _text(text: str, path: TreePath) -> str:
    if not needs_quotes(text):
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise _refused(path, "the text holds half of a character pair", "clean the text first") from None
    return quoted(text)


def _refused(path: TreePath, what: str, fix: str) -> BorderError:
    return BorderError(what, "/".join(str(step) for step in path) or "the top", fix)

"""JSON text: one canonical form for what is hashed, a pretty one for people, and a reader that trusts nobody."""

from __future__ import annotations

import hashlib
import json
import math
import re
from typing import Any

from readyroom.borders.errors import BorderError, Problem

SIZE_LIMIT = 64 * 1024 * 1024
DEPTH_LIMIT = 60

_OUTSIDE_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)

_HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]")


def canonical_json(plain: Any) -> bytes:
    """Write `plain` so that equal values give equal bytes: keys sorted, no blanks, UTF-8, one newline at the end.

    Raises:
        BorderError: for what is no JSON: infinities, other types, keys that are not text, half characters.
    """
    return _written(plain, separators=(",", ":"))


def pretty_json(plain: Any) -> str:
    """Write `plain` with its keys sorted and indented, as files that are kept under version control want it."""
    return _written(plain, indent=2).decode("utf-8")


def digest(raw: bytes) -> str:
    """Give the hash of some bytes, with the name of the algorithm in front."""
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def load_json(text: str | bytes, name: str, limit: int = SIZE_LIMIT) -> Any:
    """Read JSON; a key given twice, NaN, too much depth or size are refused.

    Raises:
        BorderError: and nothing else, with `name:line:column` where the reader knows it.
    """
    if len(text) > limit:
        raise BorderError(f"it is longer than {limit:,} bytes", name, "split it up")
    try:
        raw = text if isinstance(text, bytes) else text.encode("utf-8")
        decoded = raw.decode("utf-8-sig")
    except UnicodeError:
        raise BorderError("it is not UTF-8", name, "save it as UTF-8") from None
    if _depth(raw) > DEPTH_LIMIT:
        raise BorderError(f"it is nested deeper than {DEPTH_LIMIT} levels", name, "make it flatter")
    try:
        plain = json.loads(
            decoded, object_pairs_hook=_without_twins, parse_constant=_refused_number, parse_float=_finite
        )
        if _HALF_PAIR.search(decoded):
            json.dumps(plain, ensure_ascii=False).encode("utf-8")
        return plain
    except json.JSONDecodeError as error:
        problem = Problem(name, error.lineno, error.colno, f"this is not JSON ({error.msg.lower()})", "look there")
        raise BorderError.at(problem) from None
    except UnicodeEncodeError:
        raise BorderError("a text holds half of a character pair", name, "correct the \\ud… in it") from None
    except ValueError as error:  # ours, below, and Python's own limit on the digits of a number
        raise BorderError(str(error), name, "correct it there") from None


def _written(plain: Any, **style: Any) -> bytes:
    _check_keys(plain, "")
    try:
        text = json.dumps(plain, sort_keys=True, ensure_ascii=False, allow_nan=False, **style)
        return text.encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        raise BorderError("a text holds half of a character pair", "", "clean the text first") from None
    except (TypeError, ValueError, RecursionError) as error:
        raise BorderError(f"it cannot be written as JSON ({error})", "", "use plain finite values") from None


def _check_keys(plain: Any, path: str, depth: int = 0) -> None:
    if depth > DEPTH_LIMIT:
        raise BorderError(f"it is nested deeper than {DEPTH_LIMIT} levels", path[:60], "make it flatter")
    if isinstance(plain, dict):
        for key, value in plain.items():
            if not isinstance(key, str):  # json would write it as text, and it would come back as text
                raise BorderError(f"the key {key!r} is not text", path or "the top", "use text as keys")
            _check_keys(value, f"{path}/{key}", depth + 1)
    elif isinstance(plain, list | tuple):
        for number, value in enumerate(plain):
            if isinstance(value, dict | list | tuple):
                _check_keys(value, f"{path}/{number}", depth + 1)


def _depth(raw: bytes) -> int:
    """Count how deep brackets nest, those inside strings left out, without building anything."""
    if raw.count(b"[") + raw.count(b"{") <= DEPTH_LIMIT:
        return 0
    deepest = depth = 0
    for found in _OUTSIDE_STRINGS.finditer(raw):
        sign = found.group()
        if sign in (b"[", b"{"):
            depth += 1
            deepest = max(deepest, depth)
        elif sign in (b"]", b"}"):
            depth -= 1
    return deepest


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        seen: set[str] = set()
        twin = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f'the key "{twin}" is given twice')
    return tree


def _refused_number(word: str) -> Any:
    raise ValueError(f"{word} is not a number that JSON knows")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits[:20]} is too large")
    return number

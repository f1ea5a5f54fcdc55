"""The rules that reading and writing YAML share: limits, and what an unquoted YAML 1.2 scalar means.

`no`, `on`, `12:30`, `2026-11-22` and `1_000` are text; `012` is twelve.
"""

from __future__ import annotations

import math
import re

SIZE_LIMIT = 1_000_000
DEPTH_LIMIT = 20
NODE_LIMIT = 50_000

TreePath = tuple[str | int, ...]
Scalar = str | int | float | bool | None

LARGEST = 2**63 - 1
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_START = frozenset("0123456789+-.")
_WHOLE = re.compile(r"[-+]?[0-9]+\Z")
_OTHER_BASE = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NOT_FINITE = re.compile(r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z")
_WHOLE_DIGITS = 20

# Other readers take these for something else (YAML 1.1), so they are quoted although ours would not need it.
_READ_OTHERWISE = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|<<|=)\Z|[-+]?[0-9][0-9_,.:xoeTtZz+\s-]*\Z", re.IGNORECASE
)
_PLAIN = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff:#]|:(?! |\Z))*\Z")
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


class ScalarError(ValueError):
    """A scalar that means no value we can hold; the text says what to do."""


def read_plain(text: str) -> Scalar:
    """Give the value of an unquoted scalar.

    Raises:
        ScalarError: for infinities and numbers beyond 64 bits.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _WHOLE.match(text):
        return _whole(text, 10)
    if _OTHER_BASE.match(text):
        return _whole(text[2:], 8 if text[1] == "o" else 16)
    if _NOT_FINITE.match(text):
        raise ScalarError(f'"{text}" is not a finite number')
    if _FLOAT.match(text):
        number = float(text)
        if not math.isfinite(number):
            raise ScalarError("the number is too large")
        return number
    return text


def quoted(text: str) -> str:
    """Write `text` in double quotes, everything unprintable escaped."""
    text = re.sub(r'[\\"\n\t\r\0]', lambda found: _SHORT[found.group()], text)
    return '"' + _UNPRINTABLE.sub(_escape, text) + '"'


def needs_quotes(text: str) -> bool:
    """Tell whether `text` would not come back as itself, here or elsewhere, if it stood without quotes."""
    if _PLAIN.match(text) is None or text != text.rstrip() or _READ_OTHERWISE.match(text):
        return True
    try:
        return read_plain(text) != text
    except ScalarError:
        return True


def _whole(digits: str, base: int) -> int:
    if len(digits.lstrip("+-0")) > _WHOLE_DIGITS + (base == 8) * 2 or abs(number := int(digits, base)) > LARGEST:
        raise ScalarError("the number is too large")
    return number


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

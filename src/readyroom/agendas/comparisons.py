"""Comparisons as they stand in a file: `fail`, `[a, b]`, `at least 2`, `{at least: 2, below: 5}`."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from readyroom.agendas.words import read_days, read_number, slug
from readyroom.agendas.wrongs import Path, Wrongs, nearest, pick, quoted
from readyroom.domain.condition import Comparing, Comparison, Operand, Reference
from readyroom.domain.due import DueError, read_due

COMPARISON_WORDS = tuple(comparison.value for comparison in Comparison)
NUMERIC = frozenset({Comparison.BELOW, Comparison.AT_MOST, Comparison.AT_LEAST, Comparison.ABOVE})
SPANS = frozenset({Comparison.OLDER_THAN, Comparison.WITHIN})
DATES = frozenset({Comparison.BEFORE, Comparison.AFTER})
LISTS = frozenset({Comparison.ONE_OF, Comparison.NONE_OF})
BLANK = "unanswered"
"""What `blank` means: the state of an answer or a cell that nobody gave."""

_WORDS_FIRST = re.compile(rf"({'|'.join(sorted(COMPARISON_WORDS, key=len, reverse=True))})\s+(\S.*)", re.DOTALL)
_NUMBER = re.compile(r"([-+−]?\d+(?:\.\d+)?)\s*%?")
_REFERENCE = re.compile(r"(?:(\d+(?:\.\d+)?) times )?(?:the )?(answer of|column) (\S.*)")
_REFERENCE_KEYS = ("answer of", "column", "times")
SYMBOLS = {"<": "below", "<=": "at most", "≤": "at most", ">": "above", ">=": "at least", "≥": "at least", "=": "is"}
SYMBOLS |= {"==": "is", "!=": "is not", "≠": "is not", "less than": "below", "more than": "above", "under": "below"}
SYMBOLS |= {"over": "above", "in": "one of", "not in": "none of", "equals": "is", "contains": "has"}
_ANY_DAY = date(2024, 1, 1)


def read_comparing(value: Any, path: Path, wrongs: Wrongs) -> tuple[Comparing, ...]:
    """One comparison, or several that hold together."""
    if isinstance(value, list):
        return (Comparing(by=Comparison.ONE_OF, operand=_read_words(value, path, wrongs)),)
    if isinstance(value, str) and (spoken := _WORDS_FIRST.fullmatch(value.strip())):
        by = Comparison(spoken[1])
        return (Comparing(by=by, operand=read_operand(by, spoken[2].strip(), path, wrongs)),)
    if not isinstance(value, dict):
        return (Comparing(by=Comparison.IS, operand=_read_word(value, path, wrongs)),)
    if not value:
        wrongs.expect(path, "a comparison such as {at least: 2}", value)
    found = []
    for key, operand in value.items():
        if key not in COMPARISON_WORDS:
            meant = SYMBOLS.get(str(key).strip())
            fix = f'write "{meant}"' if meant else pick(key, COMPARISON_WORDS)
            wrongs.add((*path, key), f"unknown comparison {quoted(key)}", fix, at_key=True)
            continue
        by = Comparison(key)
        found.append(Comparing(by=by, operand=read_operand(by, operand, (*path, key), wrongs)))
    return tuple(found)


def read_operand(by: Comparison, value: Any, path: Path, wrongs: Wrongs) -> Operand:
    """What is compared with, in the type that the comparison wants."""
    if by in LISTS:
        listed = [part.strip() for part in value.split(",")] if isinstance(value, str) else value
        return _read_words(listed, path, wrongs)
    if by in SPANS:
        return read_days(value, path, wrongs)
    if reference := _read_reference(value, path, wrongs):
        return reference
    if by in DATES:
        return _read_date(value, path, wrongs)
    if isinstance(value, str) and (digits := _NUMBER.fullmatch(value.strip())):
        number = float(digits[1].replace("−", "-"))
        return int(number) if number.is_integer() else number
    return read_number(value, path, wrongs) if by in NUMERIC else _read_word(value, path, wrongs)


def _read_words(value: Any, path: Path, wrongs: Wrongs) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        wrongs.expect(path, "a list of words", value)
        return ()
    return tuple(str(_read_word(one, (*path, at), wrongs)) for at, one in enumerate(value))


def _read_word(value: Any, path: Path, wrongs: Wrongs) -> str | int | float:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if not isinstance(value, str) or not value.strip():
        wrongs.expect(path, "a word or a number", value)
        return ""
    word = value.strip()
    symbol = re.match(r"[<>=!≤≥≠]+", word)
    if symbol:
        meant = SYMBOLS.get(symbol[0], "is")
        wrongs.add(path, f"{quoted(word)} uses a symbol", f"write {meant} {word[symbol.end() :].strip()}")
    return BLANK if word == "blank" else word


def _read_reference(value: Any, path: Path, wrongs: Wrongs) -> Reference | None:
    if isinstance(value, str):
        spoken = _REFERENCE.fullmatch(value.strip())
        if not spoken:
            return None
        item, column = (spoken[3], "") if spoken[2] == "answer of" else ("", slug(spoken[3]))
        return Reference(item=item, column=column, times=float(spoken[1] or 1))
    if not isinstance(value, dict):
        return None
    for key in value:
        if key not in _REFERENCE_KEYS:
            wrongs.add((*path, key), f"unknown key {quoted(key)}", pick(key, _REFERENCE_KEYS), at_key=True)
    item, column = value.get("answer of", ""), value.get("column", "")
    if not isinstance(item, str) or not isinstance(column, str) or bool(item) == bool(column):
        wrongs.add(path, "what to compare with is not named", "write {answer of: item-id} or {column: name}")
        return None
    times = read_number(value["times"], (*path, "times"), wrongs) if "times" in value else 1.0
    return Reference(item=item, column=slug(column), times=float(times))


def _read_date(value: Any, path: Path, wrongs: Wrongs) -> str:
    if isinstance(value, str):
        try:
            read_due(value, _ANY_DAY)
        except DueError:
            if meant := nearest(value, ("today", "tomorrow")):
                wrongs.add(path, f"{quoted(value)} is no date", f"write {meant}")
                return ""
        else:
            return value.strip()
    wrongs.expect(path, "a date such as 2026-12-01, today or +30d", value)
    return ""

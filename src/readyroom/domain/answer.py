"""An answer: its value, its state, and the reading of what people type or write in files.

Shapes of values, by kind of item:

========= =====================================================================
check     `"pass"` or `"fail"`
yes-no    `"yes"` or `"no"`
rating    int on the item's scale
number    int or float, finite, in the item's unit
text      str, not blank
choice    id of a choice; with `many`, a tuple of ids in the agenda's order
date      `"2026-11-22"` or `"never"`
owner     str: a person or a team
table …   tuple of rows (`table.py`)
========= =====================================================================
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum

from readyroom.domain.agenda import TABLE_KINDS, Choice, Item, ItemKind
from readyroom.domain.due import DueError
from readyroom.domain.key import AnswerKey as AnswerKey
from readyroom.domain.looking_back import looks_back, read_day
from readyroom.domain.vocabulary import Audience as Audience

Cell = str | int | float
Row = Mapping[str, Cell]
Value = str | int | float | tuple[str, ...] | tuple[Row, ...]

_LONGEST_NUMBER = 40
_LARGEST = 1e15
"""Whole numbers from here on are kept as floats, which do not hold their last digits anyway."""
_TOO_LARGE = 10**300
_BLANK_GROUPS = re.compile(r"[+-]?\d{1,3}([\s_]\d{3})+([.,]\d+)?")
_COMMA_GROUPS = re.compile(r"[+-]?(?!0)\d{1,3}(,\d{3})+(\.\d+)?")
_DOT_GROUPS = re.compile(r"[+-]?(?!0)\d{1,3}(\.\d{3})+,\d+")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")

NEVER = "never"
PASS, FAIL, YES, NO = "pass", "fail", "yes", "no"
_CHECK_WORDS = {
    **dict.fromkeys(("pass", "passed", "p", "yes", "y", "ok", "true"), PASS),
    **dict.fromkeys(("fail", "failed", "f", "no", "n", "false"), FAIL),
}
_YES_NO_WORDS = {
    **dict.fromkeys(("yes", "y", "true"), YES),
    **dict.fromkeys(("no", "n", "false"), NO),
}


class AnswerError(ValueError):
    """A value that does not fit its item; the text says what would."""


class AnswerState(StrEnum):
    """Where an answer stands. `hidden` is derived from conditions, never stored."""

    UNANSWERED = "unanswered"
    PREPARED = "prepared"
    ANSWERED = "answered"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    NOT_APPLICABLE = "not applicable"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A suggestion that was declined, and by whom. `ref` names the rule that made it."""

    ref: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said to one question. Value and note are versioned apart: two people may hold one each."""

    session: str
    key: AnswerKey
    state: AnswerState = AnswerState.UNANSWERED
    value: Value | None = None
    reason: str = ""
    """Why it is not applicable, or was skipped."""
    note: str = ""
    evidence: str = ""
    audience: Audience = Audience.ROOM
    given_at: datetime | None = None
    given_by: str = ""
    prepared_by: str = ""
    """Who had prepared the value that was confirmed."""
    dismissed: tuple[Dismissal, ...] = ()
    value_version: int = 0
    note_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An answer written down before the meeting; it counts only once it is confirmed."""

    id: str
    session: str
    key: AnswerKey
    by: str
    at: datetime
    value: Value | None = None
    state: AnswerState = AnswerState.ANSWERED
    """What it becomes when confirmed: answered, unknown or not applicable."""
    reason: str = ""
    note: str = ""
    evidence: str = ""
    withdrawn: bool = False
    version: int = 0


def check_value(item: Item, raw: object) -> Value:
    """The raw value (from a file or a widget) as the item's kind wants it.

    Raises:
        AnswerError: it does not fit; the message says what would.
    """
    if item.kind is ItemKind.INFO:
        raise AnswerError("this item only informs; it takes no answer")
    if item.kind in TABLE_KINDS:
        from readyroom.domain.table import check_rows

        return check_rows(item, raw)
    if item.kind is ItemKind.CHOICE and item.many:
        return _check_many(item, raw)
    raw = _plainer(raw)
    if isinstance(raw, (int, float)):
        return _check_number(item, raw)
    if not isinstance(raw, str):
        raise AnswerError(f"expected {expectation(item)}, not {_shape(raw)}")
    return _check_words(item, raw.strip())


def read_typed(item: Item, text: str, today: date) -> Value:
    """What someone typed as an answer: numbers with or without their unit, dates as `fri` or `+2w`.

    Where an item asks when something was, `15 mar` is the latest such day; elsewhere it is the next.

    Raises:
        AnswerError: it can't be read as the item's kind.
    """
    if item.kind in TABLE_KINDS:
        from readyroom.domain.table import read_block

        return read_block(item, text, today)
    text = text.strip()
    if item.kind is ItemKind.DATE and text.casefold() != NEVER:
        try:
            return read_day(text, today, back=looks_back(item)).isoformat()
        except DueError as error:
            raise AnswerError(f"{error}, or never") from error
    return check_value(item, text)


def expectation(item: Item) -> str:
    """What an answer to the item looks like, in words for an error or a placeholder."""
    words = {
        ItemKind.CHECK: "pass or fail",
        ItemKind.YES_NO: "yes or no",
        ItemKind.RATING: f"a whole number from {item.scale[0]} to {item.scale[1]}",
        ItemKind.NUMBER: f"a number of {item.unit}" if item.unit else "a number",
        ItemKind.TEXT: "some text",
        ItemKind.CHOICE: f"{'some' if item.many else 'one'} of {', '.join(c.id for c in item.choices)}",
        ItemKind.DATE: "a date such as 2026-12-01, or never",
        ItemKind.OWNER: "a person or a team",
    }
    return words.get(item.kind, "a list of rows")


def show_value(item: Item, value: Value | None) -> str:
    """A value as people read it: the choice's text, the number with its unit."""
    if value is None:
        return ""
    if item.kind is ItemKind.CHOICE:
        texts = {choice.id: choice.text for choice in item.choices}
        chosen = value if isinstance(value, tuple) else (value,)
        return ", ".join(texts.get(word, word) for word in map(_shown, chosen))
    if isinstance(value, tuple):
        return f"{len(value)} {'row' if len(value) == 1 else 'rows'}"
    if item.kind is ItemKind.NUMBER and isinstance(value, (int, float)):
        unit = f" {item.unit}" if item.unit else ""
        return f"{show_number(value)}{unit}"
    if item.kind is ItemKind.RATING:
        return f"{_shown(value)} of {item.scale[1]}"
    return _shown(value)


def _shown(value: object) -> str:
    return show_number(value) if isinstance(value, (int, float)) else str(value)


def show_number(value: float) -> str:
    """A number without a needless `.0`."""
    if isinstance(value, int) and abs(value) >= _TOO_LARGE:
        return "a number too large to show"
    whole = abs(value) < _LARGEST and float(value).is_integer()
    return str(int(value)) if whole else repr(float(value))


def read_number(text: str) -> int | float:
    """A number as people type it: `1 200`, `99,9`, `1,200.5`, `1.200,5`, `-30`, `−30`.

    A comma with three digits behind it separates thousands (`1,200`), unless no thousand can be meant (`0,500`).

    Raises:
        AnswerError: it is not a finite number.
    """
    bare = text.strip()
    if len(bare) <= _LONGEST_NUMBER:
        plain = re.sub(r"^([+-])\s+", r"\1", bare.replace("−", "-"))
        if _BLANK_GROUPS.fullmatch(plain):
            plain = re.sub(r"[\s_]", "", plain)
        if _COMMA_GROUPS.fullmatch(plain):
            plain = plain.replace(",", "")
        elif _DOT_GROUPS.fullmatch(plain):
            plain = plain.replace(".", "")
        plain = plain.replace(",", ".")
        if _NUMBER.fullmatch(plain):
            return _tidy(float(plain))
    raise AnswerError(f"{bare[:40]!r} is not a number")


def match_choice(choices: tuple[Choice, ...], text: str) -> str:
    """The id of the choice meant by its id, its text, or its position (1…), in this order.

    Raises:
        AnswerError: none of them is meant.
    """
    wanted = text.strip()
    folded = wanted.casefold()
    for meant in (
        (choice.id for choice in choices if choice.id == wanted),
        (choice.id for choice in choices if choice.id.casefold() == folded),
        (choice.id for choice in choices if choice.text.casefold() == folded),
    ):
        if (found := next(meant, None)) is not None:
            return found
    if re.fullmatch("[0-9]{1,4}", wanted) and 1 <= int(wanted) <= len(choices):
        return choices[int(wanted) - 1].id
    near = get_close_matches(folded[:60], [c.id for c in choices], n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise AnswerError(f"{wanted[:60]!r} is none of {', '.join(c.id for c in choices)}{hint}")


def _check_words(item: Item, text: str) -> Value:
    if not text:
        raise AnswerError(f"expected {expectation(item)}, not an empty text")
    match item.kind:
        case ItemKind.CHECK | ItemKind.YES_NO:
            words = _CHECK_WORDS if item.kind is ItemKind.CHECK else _YES_NO_WORDS
            if text.casefold() not in words:
                raise AnswerError(f"expected {expectation(item)}, not {text[:40]!r}")
            return words[text.casefold()]
        case ItemKind.RATING | ItemKind.NUMBER:
            return _check_number(item, _read_words_of_number(item, text))
        case ItemKind.CHOICE:
            return match_choice(item.choices, text)
        case ItemKind.DATE:
            return _check_date(text)
        case _:
            return text


def _read_words_of_number(item: Item, text: str) -> int | float:
    try:
        return read_number(_without_unit(text, item.unit))
    except AnswerError as error:
        raise AnswerError(f"expected {expectation(item)}, not {text[:40]!r}") from error


def _without_unit(text: str, unit: str) -> str:
    """The text without its item's unit, behind the number (`30 min`) or before it (`€ 30`)."""
    if unit and text.casefold().endswith(unit.casefold()):
        return text[: -len(unit)]
    if unit and text.casefold().startswith(unit.casefold()):
        return text[len(unit) :]
    return text


def _check_number(item: Item, raw: int | float) -> Value:
    if isinstance(raw, float) and not math.isfinite(raw):
        raise AnswerError(f"expected {expectation(item)}, not {raw}, which is no finite number")
    if isinstance(raw, int) and abs(raw) >= _TOO_LARGE:
        raise AnswerError(f"expected {expectation(item)}, not {show_number(raw)}")
    if item.kind is ItemKind.CHOICE:
        return match_choice(item.choices, show_number(raw))
    if item.kind in (ItemKind.TEXT, ItemKind.OWNER):
        return str(raw)
    if item.kind not in (ItemKind.RATING, ItemKind.NUMBER):
        raise AnswerError(f"expected {expectation(item)}, not the number {show_number(raw)}")
    number = _tidy(raw)
    if item.kind is ItemKind.RATING:
        low, high = item.scale
        if not isinstance(number, int) or not low <= number <= high:
            raise AnswerError(f"expected {expectation(item)}, not {show_number(number)}")
    return number


def _tidy(number: float) -> int | float:
    """Whole numbers as ints, as far as a float holds them exactly."""
    if abs(number) >= _LARGEST:
        return float(number)
    return int(number) if isinstance(number, int) or number.is_integer() else number


def _check_many(item: Item, raw: object) -> Value:
    parts = raw if isinstance(raw, (list, tuple)) else [raw]
    chosen: list[str] = []
    for part in parts:
        plain = _plainer(part)
        if isinstance(plain, (int, float)):
            chosen.append(show_number(plain))
        elif isinstance(plain, str):
            chosen += _split_choices(item, plain)
        else:
            raise AnswerError(f"expected {expectation(item)}, not {_shape(plain)}")
    ids = {match_choice(item.choices, one) for one in chosen}
    if not ids:
        raise AnswerError(f"expected {expectation(item)}, not an empty list")
    return tuple(choice.id for choice in item.choices if choice.id in ids)


def _split_choices(item: Item, text: str) -> list[str]:
    """The choices in a text: all of it, else by commas, and by blanks where a part is no choice as it stands."""
    known = {word.casefold() for choice in item.choices for word in (choice.id, choice.text)}
    chosen: list[str] = []
    for part in [text] if text.strip().casefold() in known else re.split("[,;]", text):
        chosen += [part] if part.strip().casefold() in known else part.split()
    return chosen


def _plainer(raw: object) -> object:
    """A boolean or a date of a file as the word that it stands for."""
    if isinstance(raw, bool):
        return YES if raw else NO
    if isinstance(raw, date):
        return raw.isoformat()
    return raw


def _check_date(text: str) -> str:
    if text.casefold() == NEVER:
        return NEVER
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise AnswerError(f"{text[:40]!r} is not a date such as 2026-12-01, nor never") from error


def _shape(raw: object) -> str:
    if raw is None:
        return "nothing"
    if isinstance(raw, Mapping):
        return "a mapping"
    return "a list" if isinstance(raw, (list, tuple)) else type(raw).__name__

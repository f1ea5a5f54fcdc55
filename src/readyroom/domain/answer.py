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
from readyroom.domain.due import DueError, read_due

Cell = str | int | float
Row = Mapping[str, Cell]
Value = str | int | float | tuple[str, ...] | tuple[Row, ...]

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


class Audience(StrEnum):
    """Who may see a text: everybody in the room, or facilitators only."""

    ROOM = "room"
    FACILITATORS = "facilitators"


@dataclass(frozen=True, slots=True, order=True)
class AnswerKey:
    """Which question, about whom, from which side. `subject` and `respondent` are empty where there is none."""

    item: str
    subject: str = ""
    respondent: str = ""


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
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if isinstance(raw, (int, float)):
        return _check_number(item, raw)
    if isinstance(raw, date):
        raw = raw.isoformat()
    if not isinstance(raw, str):
        raise AnswerError(f"expected {expectation(item)}, not {_shape(raw)}")
    return _check_words(item, raw.strip())


def read_typed(item: Item, text: str, today: date) -> Value:
    """What someone typed as an answer: numbers with or without their unit, dates as `fri` or `+2w`.

    Raises:
        AnswerError: it can't be read as the item's kind.
    """
    text = text.strip()
    if item.kind is ItemKind.DATE and text.lower() != NEVER:
        try:
            return read_due(text, today).isoformat()
        except DueError as error:
            raise AnswerError(f"{error}, or never") from error
    if item.kind is ItemKind.CHOICE and item.many:
        return check_value(item, [part for part in re.split(r"[,\s]+", text) if part])
    if item.kind in TABLE_KINDS:
        from readyroom.domain.table import read_block

        return read_block(item, text, today)
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
        return ", ".join(texts.get(str(one), str(one)) for one in chosen)
    if isinstance(value, tuple):
        return f"{len(value)} {'row' if len(value) == 1 else 'rows'}"
    if item.kind is ItemKind.NUMBER and isinstance(value, (int, float)):
        unit = f" {item.unit}" if item.unit else ""
        return f"{show_number(value)}{unit}"
    if item.kind is ItemKind.RATING:
        return f"{value} of {item.scale[1]}"
    return str(value)


def show_number(value: float) -> str:
    """A number without a needless `.0`."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def read_number(text: str) -> int | float:
    """A number as people type it: `1 200`, `99,9`, `1,200.5`, `-30`, `−30`.

    Raises:
        AnswerError: it is not a finite number.
    """
    bare = text.strip().replace("−", "-").replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace("_", "")
    if "," in bare:
        thousands = re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", bare)
        bare = bare.replace(",", "") if thousands else bare.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", bare) or len(bare) > 40:
        raise AnswerError(f"{text.strip()[:40]!r} is not a number")
    number = float(bare)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def match_choice(choices: tuple[Choice, ...], text: str) -> str:
    """The id of the choice meant by its id, its position (1…), or its text.

    Raises:
        AnswerError: none of them is meant.
    """
    wanted = text.strip().casefold()
    for choice in choices:
        if wanted in (choice.id.casefold(), choice.text.casefold()):
            return choice.id
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(choices):
        return choices[int(wanted) - 1].id
    near = get_close_matches(wanted, [c.id for c in choices], n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise AnswerError(f"{text.strip()[:60]!r} is none of {', '.join(c.id for c in choices)}{hint}")


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
            bare = text
            if item.unit and text.casefold().endswith(item.unit.casefold()):
                bare = text[: -len(item.unit)]
            return _check_number(item, read_number(bare))
        case ItemKind.CHOICE:
            return match_choice(item.choices, text)
        case ItemKind.DATE:
            return _check_date(text)
        case _:
            return text


def _check_number(item: Item, raw: float) -> Value:
    if item.kind is ItemKind.CHOICE:
        return match_choice(item.choices, str(raw))
    if item.kind in (ItemKind.TEXT, ItemKind.OWNER):
        return str(raw)
    if item.kind not in (ItemKind.RATING, ItemKind.NUMBER):
        raise AnswerError(f"expected {expectation(item)}, not the number {raw}")
    if not math.isfinite(raw):
        raise AnswerError("expected a finite number")
    number = int(raw) if float(raw).is_integer() and abs(raw) < 1e15 else raw
    if item.kind is ItemKind.RATING:
        low, high = item.scale
        if not isinstance(number, int) or not low <= number <= high:
            raise AnswerError(f"expected {expectation(item)}, not {show_number(number)}")
    return number


def _check_many(item: Item, raw: object) -> Value:
    chosen = raw if isinstance(raw, (list, tuple)) else [raw]
    ids = {match_choice(item.choices, str(one)) for one in chosen}
    if not ids:
        raise AnswerError(f"expected {expectation(item)}, not an empty list")
    return tuple(choice.id for choice in item.choices if choice.id in ids)


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

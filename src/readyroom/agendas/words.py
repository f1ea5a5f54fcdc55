"""The small words of an agenda file: ids, spans of days, tiers, counts of people, priorities, dates."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from readyroom.agendas.wrongs import Path, Wrongs, pick, quoted
from readyroom.borders.text import clean_text
from readyroom.domain.agenda import ALL_TIERS, RoleCount
from readyroom.domain.due import DueError, read_due
from readyroom.domain.service import Tier

TIER_WORDS = tuple(tier.value for tier in Tier)
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_ID = 60
LONGEST_SPAN = 36_500
_ID = re.compile(ID_PATTERN)
_SPAN = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?|y|years?)")
_DAYS = {"d": 1, "w": 7, "y": 365}
_COUNT = re.compile(r"(\d{1,4})\s*(\+|(?:-|–|to)\s*(\d{1,4}))?")
_PRIORITY = re.compile(r"[Pp!]?([1-4])")
_PLACEHOLDER = re.compile(r"\{[^{}\n]{1,80}\}")
_ANY_DAY = date(2024, 1, 1)


def slug(text: str) -> str:
    """Words as an id: `found by` becomes `found-by`; empty where no letter or digit is left."""
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))[:LONGEST_ID].strip("-")


def read_id(value: Any, path: Path, wrongs: Wrongs) -> str:
    """A stable id in small letters."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        wrongs.expect(path, "an id such as error-budget", value)
        return ""
    if not _ID.match(value) or len(value) > LONGEST_ID:
        better = slug(value) or "error-budget"
        what = f"{quoted(value)} is not an id: small letters, digits and single hyphens, at most {LONGEST_ID}"
        wrongs.add(path, what, f"write {better}")
    return value


def read_text(value: Any, path: Path, wrongs: Wrongs) -> str:
    """A text that is not blank, without what could drive a terminal and without outer white space."""
    if isinstance(value, str) and (text := clean_text(value).strip()):
        return text
    quote = f'put it in quotes: "{value}"' if isinstance(value, int | float) else "write some text"
    wrongs.expect(path, "a text", value, quote)
    return ""


def read_texts(value: Any, path: Path, wrongs: Wrongs) -> tuple[str, ...]:
    """A list of texts; a single text is a list of one."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        wrongs.expect(path, "a list of texts", value)
        return ()
    return tuple(read_text(one, (*path, at), wrongs) for at, one in enumerate(value))


def read_ids(value: Any, path: Path, wrongs: Wrongs) -> tuple[str, ...]:
    """A list of ids; a single id is a list of one."""
    if isinstance(value, str):
        return (read_id(value, path, wrongs),)
    if not isinstance(value, list):
        wrongs.expect(path, "a list of ids", value)
        return ()
    return tuple(read_id(one, (*path, at), wrongs) for at, one in enumerate(value))


def read_number(value: Any, path: Path, wrongs: Wrongs, *, wanted: str = "a number") -> float:
    """A finite number; true and false are not numbers here."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        wrongs.expect(path, wanted, value)
        return 0
    return value


def read_minutes(value: Any, path: Path, wrongs: Wrongs) -> float:
    """Minutes of a meeting: more than none, at most a day."""
    before = len(wrongs)
    minutes = read_number(value, path, wrongs, wanted="a number of minutes")
    if len(wrongs) == before and not 0 < minutes <= 1440:
        wrongs.add(path, f"{minutes:g} minutes is no length of a meeting", "write a number from 1 to 1440")
    return minutes


def read_flag(value: Any, path: Path, wrongs: Wrongs) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    wrongs.expect(path, "true or false", value)
    return False


def read_days(value: Any, path: Path, wrongs: Wrongs) -> int:
    """A span as days: `30`, `30d`, `12 weeks`, `1y`."""
    days = -1
    if isinstance(value, int) and not isinstance(value, bool):
        days = value
    elif isinstance(value, str) and (span := _SPAN.fullmatch(value.strip().casefold())):
        days = int(span[1]) * _DAYS[span[2][0]]
    if not 0 <= days <= LONGEST_SPAN:
        wrongs.expect(path, "a span such as 30d, 12w or 1y", value)
        return 0
    return days


def read_tier(value: Any, path: Path, wrongs: Wrongs) -> Tier:
    """One of the four tiers."""
    if isinstance(value, str) and value in TIER_WORDS:
        return Tier(value)
    if isinstance(value, str):
        wrongs.add(path, f"unknown tier {quoted(value)}", pick(value, TIER_WORDS))
    else:
        wrongs.expect(path, "a tier", value, f"choose one of {', '.join(TIER_WORDS)}")
    return Tier.LOW


def read_tiers(value: Any, path: Path, wrongs: Wrongs) -> tuple[Tier, ...]:
    """`true` is all tiers, `false` none; else a tier or a list of them."""
    if isinstance(value, bool):
        return ALL_TIERS if value else ()
    if isinstance(value, str):
        return (read_tier(value, path, wrongs),)
    if not isinstance(value, list):
        wrongs.expect(path, "true, false or a list of tiers", value)
        return ()
    named = {read_tier(one, (*path, at), wrongs) for at, one in enumerate(value)}
    return tuple(tier for tier in Tier if tier in named)


def by_tier(value: Any, path: Path, wrongs: Wrongs) -> dict[str, Any]:
    """A mapping by tier with an optional `default`; a bare value is the default of all."""
    if not isinstance(value, dict):
        return {"default": value}
    known = (*TIER_WORDS, "default")
    for key in value:
        if key not in known:
            wrongs.add((*path, key), f"unknown tier {quoted(key)}", pick(key, known), at_key=True)
    if not value:
        wrongs.expect(path, "a value for each tier, or a default", value)
    return {key: one for key, one in value.items() if key in known}


def read_role_count(role: str, value: Any, path: Path, wrongs: Wrongs) -> RoleCount:
    """How many people: `1`, `1+`, `2-4`, `any`."""
    if value == "any":
        return RoleCount(role=role)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    count = _COUNT.fullmatch(text.strip()) if isinstance(text, str) else None
    if not count:
        wrongs.expect(path, "a number of people such as 1, 1+, 2-4 or any", value)
        return RoleCount(role=role)
    least = int(count[1])
    most = int(count[3]) if count[3] else (None if count[2] else least)
    if most is not None and most < least:
        wrongs.add(path, f"{quoted(value)} counts downwards", f"write {most}-{least}")
    return RoleCount(role=role, least=least, most=most)


def read_priority(value: Any, path: Path, wrongs: Wrongs) -> int:
    """`P1` (the most urgent) to `P4`; the letter may be left out."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if found := _PRIORITY.fullmatch(text.strip()):
        return int(found[1])
    wrongs.expect(path, "a priority from P1 to P4", value)
    return 4


def read_when_due(value: Any, path: Path, wrongs: Wrongs) -> str:
    """A date relative to the meeting: `+2w`, `fri`, or the date of a cell, `{row.by}`; kept as typed."""
    if isinstance(value, str) and _PLACEHOLDER.fullmatch(value.strip()):
        return value.strip()
    if isinstance(value, str):
        try:
            read_due(value, _ANY_DAY)
        except DueError:
            pass
        else:
            return value.strip()
    wrongs.expect(path, "a date from the meeting on, such as +2w or fri", value)
    return ""

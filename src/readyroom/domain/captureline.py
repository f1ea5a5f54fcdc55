"""The one-line capture: `Alert on user errors @ana +2w !1`. Nothing here fails: what can't be read stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readyroom.domain.due import DueError, read_due

_MARK = re.compile(r"""(?<!\S)(?:@"([^"]+)"|@([^\s@"]+)|!([1-4])|(\+\d{1,4}[dwmy]))(?!\S)""", re.IGNORECASE)
_BY = re.compile(
    r"(?<!\S)(?:by|due)[ :]\s*(\d{4}-\d{2}-\d{2}|\d{1,2} [a-z]{3,9}|[a-z]{3,9} \d{1,2}|[a-z]{3,9})(?!\S)",
    re.IGNORECASE,
)
_DAY_BESIDE_MARK = re.compile(
    r"(?<!\S)(\d{4}-\d{2}-\d{2}|mon|tue|wed|thu|fri|sat|sun|today|tomorrow)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureLine:
    """What was understood of a capture line; `text` is what is left without the marks."""

    text: str
    owner: str = ""
    due: date | None = None
    priority: int | None = None


def read_capture_line(line: str, today: date, roster: Sequence[str] = ()) -> CaptureLine:
    """Read owner (`@ana`, `@"Ana Lima"`), due date (`+2w`, `by fri`, a day at the end), priority (`!1`).

    The first mark of each sort counts; later ones of the sort stay in the text. An owner is completed
    from the roster where exactly one name begins with it.
    """
    text = line.strip()
    owner, due, priority = "", None, None
    kept: list[str] = []
    position = 0
    for mark in _MARK.finditer(text):
        name = mark[1] or mark[2]
        if name and not owner:
            owner = complete_name(name, roster)
        elif mark[3] and priority is None:
            priority = int(mark[3])
        elif mark[4] and due is None and (found := _date(mark[4], today)):
            due = found
        else:
            continue
        kept.append(text[position : mark.start()])
        position = mark.end()
    marked = bool(kept)
    text = " ".join(" ".join([*kept, text[position:]]).split())
    if due is None:
        text, due = _take_day(text, today, marked)
    return CaptureLine(text=text, owner=owner, due=due, priority=priority)


def complete_name(name: str, roster: Sequence[str]) -> str:
    """The one name of the roster that begins with the letters given, else the letters themselves."""
    wanted = name.casefold()
    exact = [known for known in roster if known.casefold() == wanted]
    begin = [known for known in roster if known.casefold().startswith(wanted)]
    found = exact or begin
    return found[0] if len(found) == 1 else name


def write_capture_line(line: CaptureLine) -> str:
    """A line that reads back as the same capture."""
    owner = f'@"{line.owner}"' if " " in line.owner else f"@{line.owner}"
    marks = [
        owner if line.owner else "",
        f"by {line.due.isoformat()}" if line.due else "",
        f"!{line.priority}" if line.priority else "",
    ]
    return " ".join(part for part in (line.text, *marks) if part)


def _take_day(text: str, today: date, marked: bool) -> tuple[str, date | None]:
    """`by fri` anywhere; a bare day at the end only beside another mark, since prose ends in days too."""
    for by in _BY.finditer(text):
        if found := _date(by[1], today):
            return " ".join((text[: by.start()] + text[by.end() :]).split()), found
    day = _DAY_BESIDE_MARK.search(text) if marked else None
    if day and text[: day.start()].strip() and (found := _date(day[1], today)):
        return text[: day.start()].strip(), found
    return text, None


def _date(text: str, today: date) -> date | None:
    try:
        return read_due(text, today)
    except DueError:
        return None

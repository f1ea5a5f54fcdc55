"""The one-line capture: `Alert on user errors @ana +2w !1`. Nothing here fails: what can't be read stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readyroom.domain.due import DueError, read_due

_MARK = re.compile(r"""(?<!\S)(?:@"([^"]+)"|@([^\s@"]+)|!([1-4])|(\+[0-9]{1,4}[dwmy]))(?!\S)""", re.IGNORECASE)
_ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_BY = re.compile(
    rf"(?<!\S)(?:by|due)[ :]\s*({_ISO}|[0-9]{{1,2}} [a-z]{{3,9}}|[a-z]{{3,9}} [0-9]{{1,2}}|[a-z]{{3,9}})(?!\S)",
    re.IGNORECASE,
)
_DAY = re.compile(rf"{_ISO}|mon|tue|wed|thu|fri|sat|sun|today|tomorrow", re.IGNORECASE)
_SENTENCE_GOES_ON = frozenset(
    [
        "a",
        "after",
        "all",
        "and",
        "before",
        "each",
        "every",
        "for",
        "from",
        "in",
        "is",
        "last",
        "next",
        "not",
        "of",
        "on",
        "or",
        "since",
        "than",
        "that",
        "the",
        "this",
        "till",
        "to",
        "until",
        "with",
    ]
)
"""Words that make the day behind them part of what is said: "Deploys on fri @ana" has no due date."""
_PUNCTUATION = ",.;:!?)"
_MARK_LIKE = rf"\\*(?:[@!+]|(?:by|due)(?![^\s:])|(?:{_DAY.pattern})$)"
_ESCAPED = re.compile(rf"(?<!\S)\\(?={_MARK_LIKE})", re.IGNORECASE)
_TO_ESCAPE = re.compile(rf"(?<!\S)(?={_MARK_LIKE})", re.IGNORECASE)
_ANY_DAY = date(2000, 1, 1)
_BARE_OWNER = re.compile(r"""[^\s@"]*[^\s@",.;:!?)]""")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureLine:
    """What was understood of a capture line; `text` is what is left without the marks."""

    text: str
    owner: str = ""
    due: date | None = None
    priority: int | None = None


def read_capture_line(line: str, today: date, roster: Sequence[str] = ()) -> CaptureLine:
    """Read owner (`@ana`, `@"Ana Lima"`), due date (`+2w`, `by fri`, a day at the end), priority (`!1`).

    The first mark of each sort counts; later ones of the sort stay in the text, and so does what stands behind a
    backslash (`\\@ana`). An owner is completed from the roster where exactly one name begins with it.
    """
    text = line.strip()
    owner, due, priority = "", None, None
    kept: list[str] = []
    position = 0
    for mark in _MARK.finditer(text):
        name, behind = _name_of(mark)
        if name and not owner:
            owner = complete_name(name, roster)
        elif mark[3] and priority is None:
            priority = int(mark[3])
        elif mark[4] and due is None and (found := _date(mark[4], today)):
            due = found
        else:
            continue
        before = text[position : mark.start()]
        kept.append(before.rstrip() + behind if before.strip() else before)
        position = mark.end()
    marked = bool(kept)
    text = " ".join(" ".join([*kept, text[position:]]).split())
    if due is None:
        text, due = _take_day(text, today, marked)
    return CaptureLine(text=_ESCAPED.sub("", text), owner=owner, due=due, priority=priority)


def _name_of(mark: re.Match[str]) -> tuple[str, str]:
    """The owner that a mark names, and the punctuation that the sentence goes on with (`Ask @ana, then …`)."""
    if mark[1]:
        return " ".join(mark[1].split()), ""
    typed = mark[2] or ""
    name = typed.rstrip(_PUNCTUATION)
    return name, typed[len(name) :]


def complete_name(name: str, roster: Sequence[str]) -> str:
    """The one name of the roster that begins with the letters given, else the letters themselves."""
    wanted = name.casefold()
    exact = [known for known in roster if known.casefold() == wanted]
    begin = [known for known in roster if known.casefold().startswith(wanted)]
    found = exact or begin
    return found[0] if len(found) == 1 else name


def write_capture_line(line: CaptureLine) -> str:
    """A line that reads back as the same capture; mark-like words of the text get a backslash where they need one.

    Quotes in an owner's name are lost, as are line breaks and runs of blanks.
    """
    plain = _written(line, line.text)
    if read_capture_line(plain, line.due or _ANY_DAY) == line:
        return plain
    return _written(line, _TO_ESCAPE.sub(r"\\", line.text))


def _written(line: CaptureLine, text: str) -> str:
    name = " ".join(line.owner.replace('"', "").split())
    owner = f"@{name}" if _BARE_OWNER.fullmatch(name) else f'@"{name}"'
    marks = [
        owner if name else "",
        f"by {line.due.isoformat()}" if line.due else "",
        f"!{line.priority}" if line.priority else "",
    ]
    return " ".join(part for part in (text, *marks) if part)


def _take_day(text: str, today: date, marked: bool) -> tuple[str, date | None]:
    """`by fri` anywhere; a bare day at the end only beside another mark, since prose ends in days too."""
    for by in _BY.finditer(text):
        if found := _date(by[1], today):
            return " ".join((text[: by.start()] + text[by.end() :]).split()), found
    before, _, last = text.rpartition(" ")
    said = before.rpartition(" ")[2].casefold()
    if marked and before and said not in _SENTENCE_GOES_ON and _DAY.fullmatch(last) and (found := _date(last, today)):
        return before, found
    return text, None


def _date(text: str, today: date) -> date | None:
    try:
        return read_due(text, today)
    except DueError:
        return None

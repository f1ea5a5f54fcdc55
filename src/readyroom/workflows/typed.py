"""What people type or paste, made fit to be kept: the one place where a meeting cleans it.

Nothing is refused for its looks. What is too long is cut, and whoever hands it in is told so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import TypeVar

from readyroom.borders.text import LINE_LIMIT, TEXT_LIMIT, clean_report
from readyroom.domain.session import Attendee

Tell = Callable[[str], None]
NAME_LIMIT = 200
"""Characters of the longest name of a person, a team or a service."""
_NOT_TYPED = frozenset({"id", "session", "item", "from_rule"})
_Captured = TypeVar("_Captured")


def say_nothing(words: str) -> None:
    """For whoever has nobody to tell."""


def kept_line(text: str, tell: Tell = say_nothing, *, limit: int = LINE_LIMIT) -> str:
    """One clean line."""
    return _kept(text, tell, limit, line=True)


def kept_text(text: str, tell: Tell = say_nothing, *, limit: int = TEXT_LIMIT) -> str:
    """A clean text of several lines."""
    return _kept(text, tell, limit, line=False)


def kept_value(raw: object, tell: Tell = say_nothing) -> object:
    """The value of an answer with every text in it clean, also those of rows."""
    if isinstance(raw, str):
        return kept_text(raw, tell)
    if isinstance(raw, Mapping):
        return {kept_line(str(key), tell): kept_value(part, tell) for key, part in raw.items()}
    if isinstance(raw, list | tuple):
        return [kept_value(part, tell) for part in raw]
    return raw


def kept_people(people: Iterable[Attendee], tell: Tell = say_nothing) -> tuple[Attendee, ...]:
    """A roster with clean names and roles; whoever has no name left is not on it."""
    cleaned = (
        replace(one, name=kept_line(one.name, tell, limit=NAME_LIMIT), role=kept_line(one.role, tell, limit=NAME_LIMIT))
        for one in people
    )
    return tuple(one for one in cleaned if one.name)


def kept_capture(captured: _Captured, tell: Tell = say_nothing) -> _Captured:
    """A capture, each line of it clean."""
    typed = {
        part.name: kept_line(value, tell)
        for part in fields(captured)  # type: ignore[arg-type]
        if part.name not in _NOT_TYPED and type(value := getattr(captured, part.name)) is str
    }
    return replace(captured, **typed)  # type: ignore[type-var]


def _kept(text: str, tell: Tell, limit: int, *, line: bool) -> str:
    cleaned = clean_report(text, limit=limit, line=line)
    if cleaned.cut:
        tell(f"the text is too long: its last {cleaned.cut:,} characters were left out; keep them behind a link")
    return cleaned.text

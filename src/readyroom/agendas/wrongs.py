"""What is wrong in a file, as plain sentences with a path; `places.py` turns paths into lines and columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a file down to a value."""

SHOWN = 40
"""How many characters of a file's own text an error repeats."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One mistake: where, what, and what to write instead. `at_key` points at the key, not at its value."""

    path: Path
    what: str
    fix: str
    at_key: bool = False


@dataclass(slots=True)
class Wrongs:
    """Collects every mistake of a file, so that all are told in one go."""

    found: list[Wrong] = field(default_factory=list)

    def add(self, path: Path, what: str, fix: str, *, at_key: bool = False) -> None:
        """Note a mistake and go on reading."""
        self.found.append(Wrong(path, what, fix, at_key))

    def expect(self, path: Path, wanted: str, value: object, fix: str = "") -> None:
        """Note that something else stands where `wanted` should."""
        self.add(path, f"expected {wanted}, not {shape(value)}", fix or f"write {wanted}")

    def __len__(self) -> int:
        return len(self.found)


def shape(value: object) -> str:
    """What a raw value is, in the words of someone who writes the file."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {quoted(value)}" if value.strip() else "an empty text"
        case list():
            return "a list" if value else "an empty list"
        case dict():
            return "a mapping" if value else "an empty mapping"
        case _:
            return "something else"


def quoted(text: object) -> str:
    """A piece of the file's text, short enough for one line."""
    words = " ".join(str(text).split())
    return f'"{words[: SHOWN - 1]}…"' if len(words) > SHOWN else f'"{words}"'


def nearest(word: object, words: Iterable[str]) -> str:
    """The known word that was probably meant, or an empty text."""
    wanted = str(word).casefold()
    by_folded = {known.casefold(): known for known in words}
    near = get_close_matches(wanted, by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else ""


def pick(word: object, words: Iterable[str]) -> str:
    """The fix for an unknown word: the nearest known one, else all of them."""
    known = list(words)
    if near := nearest(word, known):
        return f'did you mean "{near}"?'
    return f"choose one of {', '.join(known)}" if known else "remove it"

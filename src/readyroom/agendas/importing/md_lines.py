"""The lines of a Markdown file, cleaned, and the account of what became of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import dedent

from readyroom.agendas.errors import AgendaError
from readyroom.agendas.importing.loss import Loss
from readyroom.borders.text import clean_report

SIZE_LIMIT = 500_000
"""Characters of the longest Markdown file that is read; about two thousand questions."""
LINE_COUNT_LIMIT = 20_000
LINE_LIMIT = 20_000
_NO_PLACE = "no place in an agenda was found for it"
_WORD = re.compile(r"\w")


def read_lines(text: str | bytes, name: str) -> list[str]:
    """The lines as they stand in the file, without line ends.

    Raises:
        AgendaError: it is no text, or too long.
    """
    if len(text) > SIZE_LIMIT:
        raise AgendaError(what=f"{name} is longer than {SIZE_LIMIT:,} characters", fix="split it into several files")
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise AgendaError(what=f"{name}:{line}: it is not UTF-8", fix="save it as UTF-8") from None
    if "\0" in text:
        raise AgendaError(what=f"{name} is no text: there are NUL characters in it", fix="name a Markdown file")
    text = text.removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > LINE_COUNT_LIMIT:
        raise AgendaError(what=f"{name} has more than {LINE_COUNT_LIMIT:,} lines", fix="split it into several files")
    return lines


class Ledger:
    """What became of each line: kept in the agenda or the answers, or lost for a reason. Lines count from 0 here."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines: list[str] = []
        self._kept: set[int] = set()
        self._lost: list[Loss] = []
        for at, line in enumerate(lines):
            cleaned = clean_report(line, limit=LINE_LIMIT)
            self.lines.append(cleaned.text.replace("\n", " ").replace("\x1c", " "))
            if cleaned.removed:
                self._lost.append(Loss(at + 1, self.lines[at].strip(), "characters that cannot be shown were left out"))
            if cleaned.cut:
                self._lost.append(Loss(at + 1, line[LINE_LIMIT:][:2_000], "the end of a very long line was cut"))

    def keep(self, start: int, end: int) -> None:
        """These lines are in the agenda or the answers."""
        self._kept.update(range(start, end))

    def lose(self, start: int, end: int, why: str) -> None:
        """These lines are in neither; blank ones and mere signs are not worth a word."""
        for at in range(start, min(end, len(self.lines))):
            if self.lines[at].strip():
                self._kept.add(at)
                self._lost.append(Loss(at + 1, self.lines[at].strip(), why))

    def note(self, at: int, text: str, why: str) -> None:
        """A part of a line, or how a line was understood, that people should know of."""
        self._lost.append(Loss(at + 1, text, why))

    def source(self, start: int, end: int) -> str:
        """Lines as they stand in the file, without their common indent and outer blank lines."""
        return dedent("\n".join(line.rstrip() for line in self.lines[start:end])).strip("\n")

    def say(self, why: str) -> None:
        """Note something about the file as a whole."""
        self._lost.append(Loss(0, "", why))

    def losses(self) -> tuple[Loss, ...]:
        """Every line that was not kept, and what was noted, in the order of the file."""
        left = [
            Loss(at + 1, line.strip(), _NO_PLACE)
            for at, line in enumerate(self.lines)
            if at not in self._kept and _WORD.search(line)
        ]
        return tuple(dict.fromkeys(sorted([*self._lost, *left], key=lambda loss: loss.line)))

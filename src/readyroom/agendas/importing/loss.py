"""What an import gives: the agenda, answers that were filled in, and every line that found no place in either."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from readyroom.agendas.answers import AnswersFile
from readyroom.domain.agenda import Agenda

_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the source that is not in the agenda; `line` is 0 where it is about the whole file."""

    line: int
    text: str
    why: str

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        shown = self.text if len(self.text) <= _SHOWN else f"{self.text[: _SHOWN - 1]}…"
        return f"{place}{self.why}" + (f": {shown}" if shown else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAgenda:
    """The agenda made of a foreign file; `answers` is None where nothing was filled in."""

    agenda: Agenda
    losses: tuple[Loss, ...] = ()
    answers: AnswersFile | None = None


def loss_report(imported: ImportedAgenda) -> str:
    """The losses for people: lines that follow each other for the same reason stand together."""
    if not imported.losses:
        return "Everything was taken.\n"
    out: list[str] = []
    for why, group in groupby(imported.losses, key=lambda loss: loss.why):
        found = list(group)
        if len(found) < 3:
            out += map(str, found)
            continue
        out.append(f"lines {found[0].line} to {found[-1].line}: {why}:")
        out += [f"    {loss.line:>5}  {loss.text[:_SHOWN]}" for loss in found]
    return "\n".join(out) + "\n"

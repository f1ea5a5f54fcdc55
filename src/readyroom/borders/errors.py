"""How a border says no: the thing, the place and the fix."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file; its text is `file:line:column: message; fix`."""

    file: str
    line: int
    column: int
    message: str
    fix: str = ""

    @property
    def place(self) -> str:
        """Where it is, as editors and terminals understand it."""
        return f"{self.file}:{self.line}:{self.column}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f"; {self.fix}" if self.fix else "")


class BorderError(Exception):
    """What could not cross: `what` is wrong, at which `place`, and the `fix`; each in plain words."""

    def __init__(self, what: str, place: str = "", fix: str = "") -> None:
        self.what = what
        self.place = place
        self.fix = fix
        super().__init__(what, place, fix)

    @classmethod
    def at(cls, problem: Problem) -> BorderError:
        """Make the error of one problem in a file."""
        return cls(problem.message, problem.place, problem.fix)

    def __str__(self) -> str:
        text = f"{self.place}: {self.what}" if self.place else self.what
        return f"{text}; {self.fix}" if self.fix else text

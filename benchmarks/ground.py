"""What all benchmarks of one run share: the folder, the workspaces in it, and how to start programs there."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from benchmarks.programs.bare import READY
from benchmarks.watching import Program
from benchmarks.workspaces import Made, make_empty, make_workspace

CHECKOUT = Path(__file__).parent.parent
READYROOM = str(Path(sys.executable).parent / "readyroom")
MANY = 10_000


@dataclass
class Ground:
    """The place of one run; on the disk of the checkout, because a memory disk flushes in no time."""

    folder: Path
    short: bool = False
    told: Callable[[str], None] = field(default=lambda words: None)

    def rounds(self, full: int, short: int) -> int:
        """How often to measure."""
        return short if self.short else full

    def clear(self) -> None:
        """Leave nothing of it behind."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @cached_property
    def empty(self) -> Path:
        """A folder that is no workspace yet."""
        return make_empty(self.folder / "empty")

    @cached_property
    def home(self) -> Path:
        """The home of somebody without any configuration."""
        return make_empty(self.folder / "home")

    @cached_property
    def large(self) -> Made:
        """10,000 sessions with answers, 10,000 open actions, and a session of 200 questions under way."""
        self.told("making a workspace of 10,000 sessions …")
        return make_workspace(self.folder / "large", items=200, sessions=MANY, actions=MANY)

    def small(self, items: int, name: str = "") -> Made:
        """A workspace of its own with nothing but a session under way, of so many questions."""
        return make_workspace(self.folder / f"small-{name or items}", items=items)

    def bare(self) -> Program:
        """The bare Textual app."""
        return self.module("bare", self.empty)

    def app(self, folder: Path, *words: str) -> Program:
        """The program itself in a workspace."""
        return Program([READYROOM, *words], folder=folder, home=self.home)

    def module(self, name: str, folder: Path, *words: str) -> Program:
        """One of the programs beside this, run as a file so that no more than itself is imported."""
        script = str(CHECKOUT / "benchmarks" / "programs" / f"{name}.py")
        return Program([sys.executable, script, *words], folder=folder, home=self.home)


BARE_READY = READY

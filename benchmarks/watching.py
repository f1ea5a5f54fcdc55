"""A program in a pseudo-terminal, as a person sees it: when what was on the screen.

Each read is time-stamped; what was read becomes a screen only while the program is silent, so that drawing it
takes nothing from the program that is measured.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyte

COLUMNS, ROWS = 120, 40
LONGEST = 30.0
"""Seconds after which a program that shows nothing of what is awaited has failed."""
_MOST_FOR_A_KEY = 5.0
_ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y", b"\x1b[c": b"\x1b[?62c"}
"""What a terminal answers when it is asked what it can do."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a key led to, in milliseconds after it; `later` is when the awaited words stood there, if they did."""

    first: float
    later: float | None


class Program:
    """A running program. Use it as a context: it is killed at the end."""

    def __init__(self, argv: Sequence[str], *, folder: Path, home: Path) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._started = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(argv[0], list(argv), clean_environment(home))
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)

    def until(self, words: str) -> float:
        """Milliseconds from the start to these words on the screen."""
        return self._after(self._started, lambda: words in self.text)

    def type_until(self, key: str, words: str) -> float:
        """Milliseconds from a key to these words on the screen."""
        return self._after(self._type(key), lambda: words in self.text)

    def press(
        self, key: str, *, below: int = 0, awaits: tuple[int, str] | None = None, quiet: float = 0.06
    ) -> Reaction:
        """Press a key and see what comes of it, until the program is silent.

        Args:
            below: Lines at the top that change by themselves, so that they are no reaction.
            awaits: A line and words in it, which are to come back after the key.
        """
        self.settle()
        first = later = None
        gone = False
        started = self._type(key)
        while first is None and time.perf_counter() - started < _MOST_FOR_A_KEY:
            for at, data in self._until_silent(quiet):
                self._screen.dirty.clear()
                self._stream.feed(data)
                milliseconds = (at - started) * 1000
                if first is None and any(line >= below for line in self._screen.dirty):
                    first = milliseconds
                if awaits is not None:
                    there = awaits[1] in self._screen.display[awaits[0]]
                    gone = gone or not there
                    if there and gone and later is None:
                        later = milliseconds
        if first is None:
            raise RuntimeError(f"nothing came of the key {key!r}; the screen was:\n{self.text}")
        return Reaction(first, later)

    def settle(self, quiet: float = 0.05) -> None:
        """Let the program come to rest."""
        for _, data in self._until_silent(quiet):
            self._stream.feed(data)

    def rest(self, seconds: float) -> None:
        """Let the program do for a while what it does by itself."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.settle(min(0.1, seconds))
            time.sleep(0.02)

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def most_memory(self) -> float:
        """The most memory that it ever had, in MiB; only Linux tells."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the system does not tell the memory of a program")

    # ---- reading

    def _type(self, key: str) -> float:
        at = time.perf_counter()
        os.write(self._terminal, key.encode())
        return at

    def _after(self, started: float, shown: Callable[[], bool]) -> float:
        end = time.perf_counter() + LONGEST
        while time.perf_counter() < end:
            for at, data in self._until_silent(0.15):
                self._stream.feed(data)
                if shown():
                    self.settle()
                    return (at - started) * 1000
        raise RuntimeError(f"it never came; the screen was:\n{self.text}")

    def _until_silent(self, quiet: float) -> Iterable[tuple[float, bytes]]:
        read: list[tuple[float, bytes]] = []
        end = time.perf_counter() + LONGEST
        while time.perf_counter() < end and select.select([self._terminal], [], [], quiet)[0]:
            try:
                data = os.read(self._terminal, 65536)
            except OSError:  # Linux says EIO once the other side is closed
                break
            read.append((time.perf_counter(), data))
            for asked, answer in _ANSWERS.items():
                if asked in data:
                    os.write(self._terminal, answer)
        return read


def clean_environment(home: Path) -> dict[str, str]:
    """An environment that has nothing of the person who measures, and lets Python keep what it compiled.

    The Python path goes along, so that a checkout without an environment of its own can be measured.
    """
    path = {"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}
    return path | {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "USER": "ana",
    }

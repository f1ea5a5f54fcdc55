"""A program in a real pseudo-terminal, its screen read back by pyte: what a person would see and type."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "ctrl+z": "\x1a",
    "ctrl+q": "\x11",
    "f5": "\x1b[15~",
}
_PATIENCE = 30.0
"""Seconds that a slow machine may take; a test that passes never waits that long."""


class Terminal:
    """A running program. Use it as a context: what is left of it is killed at the end."""

    def __init__(
        self, argv: Sequence[str], *, cwd: Path, environ: Mapping[str, str], columns: int = 80, rows: int = 24
    ) -> None:
        self.output = bytearray()
        """Every byte that the program wrote."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.execvpe(argv[0], list(argv), dict(environ))
        self.resize(columns, rows)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._fd)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size, as dragging its corner does."""
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def lines(self) -> list[str]:
        """The screen, without the blanks at the ends of lines."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def prose(self) -> str:
        """The screen's words in one line, so that wrapped sentences are whole."""
        return " ".join(self.text.split())

    def press(self, *keys: str) -> None:
        """Press named keys, or type single characters."""
        for key in keys:
            self.type(KEYS.get(key, key))
            self.settle(0.02)

    def type(self, text: str) -> None:
        """Send characters as they are."""
        os.write(self._fd, text.encode())

    def settle(self, quiet: float = 0.15, limit: float = 5.0) -> None:
        """Read until nothing was written for a moment."""
        end = time.monotonic() + limit
        while time.monotonic() < end and self._read(quiet):
            pass

    def wait_for(self, wanted: str | Callable[[str], bool]) -> str:
        """Read until the screen's words match (a regular expression, or a test of them); gives the words."""
        matches = wanted if callable(wanted) else (lambda prose: re.search(wanted, prose) is not None)
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if matches(self.prose):
                return self.prose
            if not self._read(0.1) and self.exit_code is not None:
                break
        raise AssertionError(f"never seen: {wanted}; the screen was:\n{self.text}")

    @property
    def exit_code(self) -> int | None:
        """The exit code once the program has ended (negative: the signal that ended it)."""
        if not hasattr(self, "_ended"):
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid == 0:
                return None
            self._ended = os.waitstatus_to_exitcode(status)
        return self._ended

    def wait_until_gone(self) -> int:
        """Wait until the program has ended by itself; gives its exit code."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            self._read(0.05)
            if self.exit_code is not None:
                return self.exit_code
        raise AssertionError(f"the program did not end; the screen was:\n{self.text}")

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End the program at once, as a crash or a lost machine does."""
        if self.exit_code is None:
            os.kill(self.pid, number)
            _, status = os.waitpid(self.pid, 0)
            self._ended = os.waitstatus_to_exitcode(status)

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], patience)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # Linux says EIO once the other side is closed
            return False
        self.output += data
        self._stream.feed(data)
        return bool(data)


def quiet_environment(home: Path, **more: str) -> dict[str, str]:
    """An environment that has nothing of the person who runs the tests."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "USER": "tester",
        **more,
    }

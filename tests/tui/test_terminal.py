"""In a real terminal: closing it ends the program, and what was half typed is there again."""

import os
import pty
import select
import signal
import sys
import time

import pytest

from tui.workspaces import write_agenda

PROGRAM = """
import os, sys
from pathlib import Path
from readyroom.tui.run import run_app
from readyroom.workflows.workspace import open_workspace
folder = Path(sys.argv[1])
sys.exit(run_app(open_workspace(folder, environ=os.environ, cwd=folder)))
"""
PATIENCE = 30


class Terminal:
    """The program in a terminal of 100 by 30; what it paints is read until it holds what is waited for."""

    def __init__(self, folder):
        self.process, self.handle = pty.fork()
        if self.process == 0:
            environ = {**os.environ, "TERM": "xterm-256color", "HOME": str(folder), "COLUMNS": "100", "LINES": "30"}
            os.execve(sys.executable, [sys.executable, "-c", PROGRAM, str(folder)], environ)

    def wait_for(self, words):
        seen, end = b"", time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if select.select([self.handle], [], [], 0.05)[0]:
                try:
                    seen += os.read(self.handle, 65536)
                except OSError:
                    break
            if words in seen:
                return seen
        raise AssertionError(f"{words!r} was not shown; the end of what was: {seen[-600:]!r}")

    def type(self, keys):
        os.write(self.handle, keys)

    def close(self):
        os.close(self.handle)

    def ended(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
        os.kill(self.process, signal.SIGKILL)
        raise AssertionError("the program went on without its terminal")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_closed_terminal_loses_nothing_that_was_typed(tmp_path):
    write_agenda(tmp_path / "agendas", "a-first-look", "A first look")
    terminal = Terminal(tmp_path)
    terminal.wait_for(b"starts your first review")
    terminal.type(b"n")
    terminal.wait_for(b"A first look")
    terminal.type(b"\r")
    terminal.wait_for(b"f1")
    terminal.type(b"checkout\r")
    terminal.wait_for(b"Which step was the slowest")
    terminal.type(b"a")
    terminal.wait_for(b"closes")
    terminal.type(b"Call the bank")
    terminal.wait_for(b"bank")
    terminal.close()
    assert terminal.ended() == 128 + signal.SIGHUP

    again = Terminal(tmp_path)
    again.wait_for(b"go on")
    again.type(b"\r")
    again.wait_for(b"Call the bank")
    again.type(b"\x11")
    assert again.ended() == 0

"""What happens when the program itself fails: a short message on the screen, the rest in a private log.

Nothing of the meeting is put on the screen, which may be a projector: no traceback, no path, no values.
"""

from __future__ import annotations

import os
import platform
import traceback
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from readyroom._version import __version__

LOG_NAME = "crash.log"
_LIMIT = 1_000_000


def log_file(environ: Mapping[str, str]) -> Path:
    """Where failures are written down: in the user's state folder, never in the workspace that is committed."""
    state = environ.get("XDG_STATE_HOME") or str(Path(environ.get("HOME") or Path.home()) / ".local" / "state")
    return Path(state) / "readyroom" / LOG_NAME


def write_log(path: Path, error: BaseException, at: datetime) -> bool:
    """Append the failure without local values to a file only its owner may read; False if that is not possible."""
    lines = traceback.TracebackException.from_exception(error, capture_locals=False).format()
    text = f"\n{at.isoformat()} readyroom {__version__}, Python {platform.python_version()}\n{''.join(lines)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_CREAT | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        flags |= os.O_TRUNC if path.exists() and path.stat().st_size > _LIMIT else os.O_APPEND
        handle = os.open(path, flags, 0o600)
        try:
            os.fchmod(handle, 0o600)
            os.write(handle, text.encode("utf-8", "backslashreplace"))
        finally:
            os.close(handle)
    except OSError:
        return False
    return True


def farewell(logged: Path | None, environ: Mapping[str, str]) -> str:
    """What the terminal says after a failure: what is safe, how to go on, and where to look."""
    lines = [
        "readyroom has stopped because of a mistake in the program.",
        "Everything that it said was saved is saved, and so is what was being typed.",
        "Go on with: readyroom        (Enter on its first line leads to the same question)",
    ]
    if logged is not None:
        home = environ.get("HOME", "")
        shown = str(logged)
        if home and shown.startswith(home.rstrip("/") + "/"):
            shown = "~" + shown[len(home.rstrip("/")) :]
        lines.append(f"What went wrong is in {shown} (only you can read it).")
    return "\n".join(lines)

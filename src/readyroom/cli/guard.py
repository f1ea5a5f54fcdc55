"""The outermost handler: whatever happens, a person gets one sentence and a shell an exit code, never a traceback.

No click in here: `readyroom` alone goes straight to the screens through it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from readyroom._version import __version__

FINE, FAILED, USAGE = 0, 1, 2
INTERRUPTED = 130
READER_GONE = 141
"""What shells call a program whose reader went away (128 + SIGPIPE)."""

LOG_LIMIT = 200_000
LOG_NAME = "crash.log"
"""The same file that the screens write to."""


def guarded(run: Callable[[], int]) -> int:
    """Run a command and give its exit code; errors become one line on stderr."""
    prepare_streams()
    try:
        code = run()
        flush()
        return code
    except KeyboardInterrupt:
        complain("interrupted; what was saved is saved")
        return INTERRUPTED
    except BrokenPipeError:
        return READER_GONE
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else FAILED
    except Exception as error:  # noqa: BLE001 - the outermost handler is the one place that catches everything
        return explain(error)
    finally:
        _drop_what_cannot_be_written()


def explain(error: Exception) -> int:
    """Say what went wrong in plain words; what nobody foresaw is written to a private log first."""
    from readyroom.borders.errors import BorderError

    if isinstance(error, OSError) and error.errno:
        from readyroom.borders.files import in_plain_words

        error = in_plain_words(error, str(error.filename or "standard output"), "do this")
    if isinstance(error, BorderError):
        for line in str(error).splitlines():
            complain(line)
        return FAILED
    from readyroom.store.errors import Conflict

    if isinstance(error, Conflict):
        complain(f"{error}, and nothing was changed; look at it, then try again")
        return FAILED
    log = write_log(error, os.environ)
    place = f"the details are in {log}" if log else "no log could be written"
    complain(f"something went wrong that nobody foresaw ({type(error).__name__}); what was saved is saved; {place}")
    return FAILED


def complain(sentence: str) -> None:
    """Write one line on stderr, as `readyroom: …`, cleaned of what could drive the terminal."""
    from readyroom.borders.text import clean_line

    if sys.stderr is not None:
        try:
            sys.stderr.write(f"readyroom: {clean_line(sentence)}\n")
            sys.stderr.flush()
        except OSError:  # nobody can be told; the exit code still says it
            return


def write_log(error: BaseException, environ: Mapping[str, str]) -> Path | None:
    """Note where it happened, without the values of variables, for its owner's eyes only; None where it cannot be."""
    import tempfile
    import traceback
    from contextlib import suppress

    told = traceback.TracebackException.from_exception(error, capture_locals=False, limit=50)
    text = f"\nreadyroom {__version__}\n{''.join(told.format())}"[-LOG_LIMIT:]
    for folder in (_state_folder(environ), Path(tempfile.gettempdir()) / f"readyroom-{os.getuid()}"):
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / LOG_NAME
            full = path.exists() and path.stat().st_size > LOG_LIMIT
            flags = os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW | (os.O_TRUNC if full else os.O_APPEND)
            with os.fdopen(os.open(path, flags, 0o600), "wb") as log:
                os.fchmod(log.fileno(), 0o600)
                log.write(text.encode("utf-8", "backslashreplace"))
            return path
    return None


def prepare_streams() -> None:
    """Make sure that no text can crash a stream, and that no file of ours ever becomes stream 0, 1 or 2."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # it was closed before we began: the next file opened would take its place
            os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        _soften(stream)


def flush() -> None:
    """Send out what was printed; raises OSError where it cannot be."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def _soften(stream: TextIO | None) -> None:
    """Letters that the terminal does not know are replaced."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _state_folder(environ: Mapping[str, str]) -> Path:
    base = environ.get("XDG_STATE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "state") / "readyroom"


def _drop_what_cannot_be_written() -> None:
    """Python flushes once more at exit and would complain in its own words: let that go nowhere."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            assert stream is not None
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)

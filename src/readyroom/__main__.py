"""Entry point: answers `--version` at once, opens the app where nothing is asked, else hands on to the command line."""

import gc
import os
import sys
from collections.abc import Sequence

from readyroom._version import __version__

COMPLETING = "_READYROOM_COMPLETE"
"""Set by a shell that asks what could come next on its command line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run readyroom and return its exit code; `arguments` default to those of the process."""
    if arguments is not None:
        return _run(list(arguments))
    code = _run(sys.argv[1:])
    gc.freeze()  # the process ends: Python need not look through all that was imported for garbage
    return code


def _run(words: list[str]) -> int:
    if words[:1] == ["--version"]:
        return _tell_version()
    # pydantic would search every installed package for plugins that we do not use.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    if not words and COMPLETING not in os.environ:
        # Without click: the first paint of the app waits for every import before it.
        from readyroom.cli.guard import guarded
        from readyroom.cli.screens import open_home

        return guarded(open_home)
    from readyroom.cli.main import main as command_line

    return command_line(words)


def _tell_version() -> int:
    try:
        print(f"readyroom {__version__}", flush=True)
    except OSError:  # the reader is gone, or the disk behind it is full
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

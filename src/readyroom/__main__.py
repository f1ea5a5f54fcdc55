"""Entry point: answers `--version` at once and hands the rest to the command line."""

import sys
from collections.abc import Sequence

from readyroom._version import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run readyroom and return its exit code; `arguments` default to those of the process."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        print(f"readyroom {__version__}")
        return 0
    from readyroom.cli.main import main as command_line

    return command_line(words)


if __name__ == "__main__":
    sys.exit(main())

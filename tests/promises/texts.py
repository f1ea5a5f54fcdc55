"""What the tests of the promises look for in files and in what reaches a terminal."""

from __future__ import annotations

from pathlib import Path

WORKING_COPY = (".db", ".db-journal")


def written_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that is no database: what is committed, handed round, or left lying about."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(WORKING_COPY)
    }

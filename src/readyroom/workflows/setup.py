"""Making a workspace: a folder that says it is one, with room for agendas and sessions."""

from __future__ import annotations

from pathlib import Path

from readyroom.borders.configuration import SESSIONS_FOLDER, WORKSPACE_FILE
from readyroom.borders.errors import BorderError
from readyroom.borders.files import make_folder, write_atomic

CONFIGURATION = """\
# The settings of this readyroom workspace. Commit this file; everybody who works here shares it.

[workspace]
# name = "Payments reliability"
# timezone = "Europe/Lisbon"        # dates and "today" are meant in this zone

[keys]
# "meeting.next" = "right,j"        # the ids of all commands are in `?` and in docs/keys.md

[look]
# theme = "readyroom-light"         # readyroom-dark, readyroom-light, readyroom-contrast
# glyphs = "ascii"                  # unicode or ascii
"""
IGNORE_FILE = ".gitignore"
IGNORED = """\
# The database is a working copy: records, summaries and the register are what a team keeps and commits.
*.db
*.db-journal
*.db-wal
*.db-shm
backups/
.windows/
*.log
"""


def make_workspace(folder: Path) -> tuple[Path, ...]:
    """Make the folder a workspace; what is there already stays as it is. Gives the files that were made.

    Raises:
        BorderError: something of that name is in the way, or the folder may not be written.
    """
    if folder.exists() and not folder.is_dir():
        raise BorderError("there is a file of that name", str(folder), "choose another folder")
    make_folder(folder / SESSIONS_FOLDER)
    make_folder(folder / "agendas")
    wanted = ((folder / WORKSPACE_FILE, CONFIGURATION), (folder / SESSIONS_FOLDER / IGNORE_FILE, IGNORED))
    made = []
    for path, content in wanted:
        if not path.exists():
            write_atomic(path, content)
            made.append(path)
    return tuple(made)


def ignore_working_copy(sessions: Path) -> None:
    """Keep the database, its backups and the locks out of a team's repository, also where nobody ran `init`.

    Raises:
        BorderError: the folder may not be written.
    """
    if not (sessions / IGNORE_FILE).exists():
        write_atomic(sessions / IGNORE_FILE, IGNORED)

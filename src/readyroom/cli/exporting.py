"""Writing a session where a person wants it: a folder, one file, or the terminal."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from readyroom.borders.errors import BorderError
from readyroom.cli.printing import deliver, say

if TYPE_CHECKING:
    from readyroom.workflows.workspace import Workspace

BOTH = ("json", "md")
_ENDINGS = {".json": "json", ".md": "md", ".markdown": "md"}


def export(
    workspace: Workspace, session_id: str, formats: tuple[str, ...], out: Path | None, *, restricted: bool
) -> None:
    """Write the session; one file where `out` names a file (or is `-`), else a folder.

    Raises:
        BorderError: a file cannot hold several formats, or cannot be written.
    """
    from readyroom.workflows.transfer import export_session

    if out is None or not _names_file(out):
        for path in export_session(workspace, session_id, formats=formats or BOTH, out=out, restricted=restricted):
            say(f"wrote {path}")
        return
    wanted = formats or (_ENDINGS.get(out.suffix.lower(), "md"),)
    if len(wanted) > 1:
        raise BorderError("one file holds one format", str(out), "give one --format, or name a folder")
    with TemporaryDirectory(prefix="readyroom-") as scratch:
        made = export_session(workspace, session_id, formats=wanted, out=Path(scratch), restricted=restricted)
        deliver(made[0].read_text(encoding="utf-8"), out)


def _names_file(out: Path) -> bool:
    return str(out) == "-" or (out.suffix.lower() in _ENDINGS and not out.is_dir())

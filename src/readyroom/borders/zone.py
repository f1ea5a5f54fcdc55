"""Which time zone this machine keeps, by its IANA name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

FALLBACK = "UTC"
_LOCALTIME = Path("/etc/localtime")


def local_zone(environ: Mapping[str, str], localtime: Path = _LOCALTIME) -> str:
    """The zone named by `TZ`, else the one that the system's local time links to, else UTC."""
    named = environ.get("TZ", "").removeprefix(":")
    linked = str(localtime.resolve()).partition("zoneinfo/")[2] if localtime.is_symlink() else ""
    if linked == "Etc/UTC":  # what systems without a zone link to; people read the short name
        linked = FALLBACK
    return next((name for name in (named, linked) if name and is_zone(name)), FALLBACK)


def is_zone(name: str) -> bool:
    """Whether the name is a zone that this machine knows."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: a name such as "Europe" is a folder
        return False
    return True

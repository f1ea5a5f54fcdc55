"""What a meeting says about saving, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SavedMark(StrEnum):
    """The truth about saving."""

    SAVED = "saved"
    SAVING = "saving"
    NOT_SAVED = "NOT SAVED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What the saved mark says: since when, or why not."""

    mark: SavedMark
    at: datetime | None = None
    why: str = ""
    fix: str = ""

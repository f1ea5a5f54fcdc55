"""What the columns of a table hold: the question, levels, anchors, states, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from readyroom.agendas.importing.md_blocks import Row, Table
from readyroom.agendas.importing.md_levels import read_level
from readyroom.agendas.importing.md_words import is_blank, is_tick, title_words


class Role(StrEnum):
    """What a column of a checklist holds."""

    ASK = "question"
    ABOUT = "explanation"
    ID = "id"
    COUNT = "number"
    STATE = "state"
    ANSWER = "answer"
    RATING = "rating"
    NOTE = "note"
    EVIDENCE = "evidence"
    LEVEL = "level"
    ANCHOR = "anchor"
    OTHER = "other"


_ROLES = (
    (Role.COUNT, r"#|no\.?|nr\.?|s\.?no\.?|num(?:ber)?"),
    (Role.ID, r"(?:\w+ )?id|ref(?:erence)?|key|code"),
    (
        Role.ASK,
        r"(?:\w+ )?(?:question|check|criteri(?:a|on)|requirement|control|condition|practice)s?(?: name)?"
        r"|item|task|what",
    ),
    (
        Role.ABOUT,
        r"(?:short )?description|details?|guid(?:e|ance)|why|rationale|explanation|help|how(?: to.*)?|meaning|purpose",
    ),
    (
        Role.STATE,
        r"(?:status|state|done|result|pass(?:ed)?(?:\s*/\s*fail)?|met|y\s*/\s*n|yes\s*/\s*no|yes|checked|completed?"
        r"|ok|✓|✅|☑|tick|present)\??",
    ),
    (Role.ANSWER, r"answers?|responses?|value"),
    (Role.RATING, r"(?:rating|score|grade|level|maturity)\b.*"),
    (
        Role.NOTE,
        r"notes?|comments?|remarks?|actions?|owners?|responsible|who|due(?: date)?|resolution|next actions?|trend.*",
    ),
    (Role.EVIDENCE, r"evidence|proof|links?|artefacts?|artifacts?"),
)
_ANCHOR = re.compile(
    r"(?:.*\((\d{1,2})\)|(?:level |score |rating )?(\d{1,2})(?:\s*[-–—:=]\s*\D.*|\s*\(.*\))?)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The roles of a table's columns."""

    roles: tuple[Role, ...]
    titles: tuple[str, ...]

    def all(self, role: Role) -> list[int]:
        """Where columns of a role are."""
        return [at for at, one in enumerate(self.roles) if one is role]

    def first(self, role: Role) -> int | None:
        """Where the first column of a role is."""
        return next(iter(self.all(role)), None)


def cell_of(row: Row, at: int | None) -> str:
    """What stands in a column of a row; empty where the row is shorter, or there is no such column."""
    return row.cells[at].strip() if at is not None and at < len(row.cells) else ""


def read_columns(table: Table) -> Columns:
    """The columns by their titles and, where these leave it open, by what stands below them."""
    titles = tuple(title_words(cell) for cell in table.header.cells)
    roles = [role_of(title) for title in titles]
    body = [row for row in table.rows if any(cell.strip() for cell in row.cells)]
    cells = [[cell_of(row, at) for row in body] for at in range(len(titles))]
    marks = [all(is_tick(cell) or is_blank(cell) or len(cell) < 16 for cell in column) for column in cells]
    levels = [at for at, title in enumerate(titles) if read_level(title) and marks[at]]
    if any(is_tick(cell) for at in levels for cell in cells[at]):
        for at in levels:
            roles[at] = Role.LEVEL
    anchored = {at: level for at, title in enumerate(titles) if (level := anchor_level(title)) is not None}
    for at in anchored:
        told = any(len(cell) > 3 for cell in cells[at])
        if roles[at] is not Role.LEVEL and len(set(anchored.values())) > 1 and told:
            roles[at] = Role.ANCHOR
    if Role.ASK not in roles:
        free = [at for at, role in enumerate(roles) if role in (Role.ABOUT, Role.OTHER)]
        telling = {Role.LEVEL, Role.ANCHOR, Role.STATE, Role.ANSWER, Role.RATING}.intersection(roles)
        if free and telling:
            roles[free[0]] = Role.ASK
    for extra in [at for at, role in enumerate(roles) if role is Role.ASK][1:]:
        roles[extra] = Role.ABOUT
    return Columns(tuple(roles), titles)


def role_of(title: str) -> Role:
    """What a column of this title holds."""
    return next((role for role, pattern in _ROLES if re.fullmatch(pattern, title, re.IGNORECASE)), Role.OTHER)


def anchor_level(title: str) -> int | None:
    """The level that a title such as `Tired (1)` or `5 – always` stands for."""
    found = _ANCHOR.fullmatch(title)
    level = int(found[1] or found[2]) if found else None
    return level if level is not None and level <= 10 else None

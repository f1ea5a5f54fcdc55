"""From imported parts to an agenda: stable ids, sensible minutes, a guess at which review it is."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from readyroom.agendas.errors import AgendaError
from readyroom.agendas.words import LONGEST_ID, slug
from readyroom.borders.filenames import slug as ascii_slug
from readyroom.domain.agenda import Agenda, Item, ItemKind, ReviewKind, Section

ITEM_LIMIT = 2_000
"""Items of the longest agenda that is taken in; the largest public checklist has 1,421."""
GUIDE_LIMIT = 20_000
LONGEST_MEETING = 1440
_SHORT_ID = 44
_GENERIC = frozenset(("readme", "index", "template", "checklist", "text", "untitled", "lens", "document", "stdin", ""))
_MINUTES = {
    ItemKind.CHECK: 0.5,
    ItemKind.YES_NO: 0.5,
    ItemKind.OWNER: 0.5,
    ItemKind.DATE: 0.5,
    ItemKind.INFO: 0.5,
    ItemKind.TABLE: 4.0,
}
_OTHER_MINUTES = 2.0
_KINDS = (
    (ReviewKind.ON_CALL, r"on[- ]?call"),
    (ReviewKind.HANDOFF, r"hand[- ]?(?:off|over)|ownership|transition"),
    (ReviewKind.READINESS, r"readiness|ready|launch|go[- ]?live|pre[- ]?production|release"),
    (ReviewKind.RISK, r"\brisk|threat"),
    (ReviewKind.RELIABILITY_REVIEW, r"reliab|service review|\bslos?\b|operational review"),
)


@dataclass(slots=True)
class Names:
    """Gives ids that are made of the text, unique, and the same each time."""

    taken: set[str] = field(default_factory=set)

    def name(self, text: str, fallback: str = "item", *, limit: int = _SHORT_ID) -> str:
        """An id for a text; a text that had to be cut, or is there twice, keeps a few digits of its own."""
        full = slug(text)
        if not full:
            full = ascii_slug(text, fallback, limit=limit)
        short = _cut(full, limit)
        if short in self.taken and short != full:
            short = f"{short[: limit - 5].rstrip('-')}-{_digits(text)}"
        name, number = short, 2
        while name in self.taken:
            name = f"{short[: LONGEST_ID - 8].rstrip('-')}-{number}"
            number += 1
        self.taken.add(name)
        return name


def _cut(name: str, limit: int) -> str:
    if len(name) <= limit:
        return name
    cut = name[: limit + 1].rpartition("-")[0]
    return cut or name[:limit]


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:4]


@dataclass(slots=True)
class Stretch:
    """A section while it is filled."""

    title: str
    goal: str = ""
    minutes: float | None = None
    items: list[Item] = field(default_factory=list)
    name: str = ""
    """What its id is made of, where that is shorter than the title."""


def estimate(item: Item) -> float:
    """How many minutes an answer to the item takes a room."""
    return item.minutes if item.minutes is not None else _MINUTES.get(item.kind, _OTHER_MINUTES)


def assemble(
    name: str, title: str, stretches: list[Stretch], *, about: str = "", version: str = "1", kind_words: str = ""
) -> Agenda:
    """The agenda of what was found.

    Raises:
        AgendaError: there are too many items for one meeting's file.
    """
    stretches = [stretch for stretch in stretches if stretch.items]
    count = sum(len(stretch.items) for stretch in stretches)
    if count > ITEM_LIMIT:
        what = f"{name} has {count:,} questions, more than the {ITEM_LIMIT:,} of the longest agenda"
        raise AgendaError(what=what, fix="split it into several files")
    names = Names()
    sections = [_section(stretch, names) for stretch in stretches]
    total = sum(section.minutes for section in sections)
    if total > LONGEST_MEETING:
        sections = [replace(one, minutes=_share(one.minutes, total)) for one in sections]
        total = sum(section.minutes for section in sections)
    return Agenda(
        id=agenda_id(name, title),
        version=version,
        title=title,
        kind=guess_kind(f"{title} {name} {kind_words}"),
        minutes=total,
        about=about,
        sections=tuple(sections),
    )


def _section(stretch: Stretch, names: Names) -> Section:
    needed = math.ceil(sum(estimate(item) for item in stretch.items))
    minutes = min(max(stretch.minutes or 0, 1) if stretch.minutes else max(needed, 1), LONGEST_MEETING)
    planned = sum(item.minutes or 0 for item in stretch.items)
    return Section(
        id=_section_id(stretch, names),
        title=stretch.title,
        minutes=max(minutes, min(math.ceil(planned), LONGEST_MEETING)),
        goal=stretch.goal,
        items=tuple(stretch.items),
    )


def _section_id(stretch: Stretch, names: Names) -> str:
    own = slug(stretch.name)
    return names.name(stretch.name if own and _cut(own, _SHORT_ID) not in names.taken else stretch.title, "section")


def _share(minutes: float, total: float) -> float:
    """A section's part of a day, where the estimates come to more than a day."""
    return max(0.1, math.floor(minutes / total * LONGEST_MEETING * 10) / 10)


def agenda_id(name: str, title: str) -> str:
    """The id of an imported agenda: the file's name, which stays when a title changes; the title where it says more."""
    stem = PurePath(name.replace("\\", "/")).stem
    made = slug(stem)
    if made in _GENERIC or not made:
        made = slug(title) or ascii_slug(title or stem, "imported-agenda")
    return _cut(made, _SHORT_ID)


def guess_kind(words: str) -> ReviewKind:
    """Which review it probably is, by its title and its name."""
    for kind, pattern in _KINDS:
        if re.search(pattern, words[:500], re.IGNORECASE):
            return kind
    return ReviewKind.OTHER


def cut_guide(guide: str) -> str:
    """A guide of a length that somebody reads; the caller tells what was cut."""
    return guide if len(guide) <= GUIDE_LIMIT else guide[:GUIDE_LIMIT].rpartition("\n")[0].rstrip()

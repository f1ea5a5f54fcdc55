"""An agenda while it is put together: parts that can still change, each knowing where in which file it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from readyroom.agendas.wrongs import Path
from readyroom.borders.errors import Problem
from readyroom.borders.yamltree import Document

if TYPE_CHECKING:
    from pydantic import BaseModel

    from readyroom.agendas.file_model import ItemFile, SectionFile


@dataclass(frozen=True, slots=True)
class Spot:
    """A value in a file."""

    document: Document
    path: Path

    def problem(self, what: str, fix: str, *under: str | int, key: bool = False) -> Problem:
        """Say that something is wrong here, or further in."""
        return self.document.problem((*self.path, *under), what, fix, key=key)

    def inside(self, *steps: str | int) -> Spot:
        """A value further in."""
        return Spot(self.document, (*self.path, *steps))


@dataclass(slots=True)
class Part:
    """The keys given for an item, a section or the agenda, and where each stands."""

    spot: Spot
    values: dict[str, Any] = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)

    def take(self, model: BaseModel, spot: Spot, leaving: Iterable[str] = ()) -> None:
        """Take over each key that was given, in place of what was there."""
        for key in model.model_fields_set.difference(leaving):
            self.values[key] = getattr(model, key)
            self.spots[key] = spot.inside(key)

    def at(self, key: str) -> Spot:
        """Where a key stands; the whole part if it was not given."""
        return self.spots.get(key, self.spot)


@dataclass(slots=True)
class ItemDraft(Part):
    """An item that is put together."""

    origin: str = ""
    changed_by: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The item's id."""
        return str(self.values["id"])


@dataclass(slots=True)
class SectionDraft(Part):
    """A section that is put together."""

    items: list[ItemDraft] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The section's id."""
        return str(self.values["id"])


@dataclass(slots=True)
class AgendaDraft(Part):
    """An agenda that is put together."""

    sections: list[SectionDraft] = field(default_factory=list)
    lineage: list[str] = field(default_factory=list)
    root: str = ""

    def items(self) -> Iterator[tuple[SectionDraft, int, ItemDraft]]:
        """Each item with its section and its position there."""
        for section in self.sections:
            for at, item in enumerate(section.items):
                yield section, at, item

    def find_item(self, item_id: str) -> tuple[SectionDraft, int] | None:
        """Where an item is."""
        return next(((section, at) for section, at, item in self.items() if item.id == item_id), None)

    def find_section(self, section_id: str) -> int | None:
        """Where a section is."""
        return next((at for at, section in enumerate(self.sections) if section.id == section_id), None)

    def item_ids(self) -> tuple[str, ...]:
        """The ids of all items."""
        return tuple(item.id for _, _, item in self.items())

    def section_ids(self) -> tuple[str, ...]:
        """The ids of all sections."""
        return tuple(section.id for section in self.sections)


def draft_item(model: ItemFile, spot: Spot, origin: str) -> ItemDraft:
    """An item as its file gives it."""
    draft = ItemDraft(spot, origin=origin)
    draft.take(model, spot)
    return draft


def draft_section(model: SectionFile, spot: Spot, origin: str) -> SectionDraft:
    """A section as its file gives it."""
    draft = SectionDraft(spot)
    draft.take(model, spot, leaving={"items"})
    draft.items = [draft_item(item, spot.inside("items", at), origin) for at, item in enumerate(model.items)]
    return draft

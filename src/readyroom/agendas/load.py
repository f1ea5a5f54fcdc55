"""From a file to an agenda: parse, validate, resolve `extends`, build; every problem is told in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from readyroom.agendas.build import build_agenda, build_item
from readyroom.agendas.draft import AgendaDraft, Spot, draft_item, draft_section
from readyroom.agendas.errors import AgendaError, explain
from readyroom.agendas.extending import OWN_KEYS, extend
from readyroom.agendas.file_model import FORMAT, AgendaFile, ItemFile
from readyroom.agendas.find import Source, find_parent
from readyroom.agendas.fit import misfits
from readyroom.agendas.wrongs import quoted
from readyroom.borders.errors import BorderError, Problem
from readyroom.borders.yamltree import Document, YamlError, load_yaml
from readyroom.domain.agenda import Agenda, ItemKind

LONGEST_CHAIN = 10
FindParent = Callable[[str, Source], Source | None]


@dataclass(frozen=True, slots=True)
class Resolved:
    """An agenda with what lint and errors need besides: where each part stands."""

    agenda: Agenda
    draft: AgendaDraft
    source: Source


def load_agenda(source: Source | Path | str, folder: Path | None = None) -> Agenda:
    """The agenda of a file (a `Source` or a `Path`) or of YAML text; parents are sought in `folder`, then shipped.

    Raises:
        AgendaError: with every problem of the file, and nothing else.
    """
    return resolve(source if isinstance(source, Source) else Source.of(source), folder).agenda


def resolve(source: Source, folder: Path | None = None) -> Resolved:
    """The agenda together with the places of its parts. Raises AgendaError."""
    problems: list[Problem] = []
    draft = _draft(source, folder, (), problems)
    if draft is None or problems:
        raise AgendaError(problems)
    agenda = build_agenda(draft, problems)
    if problems:
        raise AgendaError(problems)
    return Resolved(agenda, draft, source)


def read_document(source: Source) -> Document:
    """The file as a tree with places. Raises AgendaError."""
    try:
        return load_yaml(source.content, name=source.name)
    except YamlError as error:
        raise AgendaError([error.problem]) from error
    except BorderError as error:
        raise AgendaError(what=str(error), fix="") from error


def _draft(
    source: Source, folder: Path | None, below: tuple[Source, ...], problems: list[Problem]
) -> AgendaDraft | None:
    document = read_document(source)
    file = _validate(document, problems)
    if file is None:
        return None
    top = Spot(document, ())
    if not file.extends:
        return _root(file, top, problems)
    chain = (*below, source)
    parent = find_parent(file.extends, file.id, source, folder)
    if isinstance(parent, str):
        problems.append(top.problem(f"there is no agenda {quoted(file.extends)} to extend", parent, "extends"))
        return None
    if any(parent.same_as(one) for one in chain) or len(chain) >= LONGEST_CHAIN:
        names = " → ".join([*(one.name for one in chain), parent.name])
        problems.append(
            top.problem(f"extends goes round in a circle: {names}", "let one of them stand alone", "extends")
        )
        return None
    draft = _draft(parent, folder, chain, problems)
    if draft is not None:
        extend(draft, file, top, problems)
    return draft


def _root(file: AgendaFile, top: Spot, problems: list[Problem]) -> AgendaDraft:
    for key in sorted(OWN_KEYS - {"sections", "extends"}):
        if key in file.model_fields_set:
            fix = "add extends: with the id of the agenda to change"
            problems.append(top.problem(f"{key} changes another agenda, but none is named", fix, key, key=True))
    name = f"{file.id}@{file.version}"
    draft = AgendaDraft(top, lineage=[name], root=file.id)
    draft.take(file, top, leaving=OWN_KEYS)
    draft.sections = [
        draft_section(section, top.inside("sections", at), name) for at, section in enumerate(file.sections)
    ]
    return draft


def _validate(document: Document, problems: list[Problem]) -> AgendaFile | None:
    tree = document.root
    if not isinstance(tree, dict):
        problems.append(document.problem((), "this is no agenda", f"begin it with agenda: {FORMAT} and an id"))
        return None
    number = tree.get("agenda")
    if isinstance(number, int) and not isinstance(number, bool) and number > FORMAT:
        what = f"format {number} of agendas is newer than this program, which reads {FORMAT}"
        problems.append(document.problem(("agenda",), what, "update readyroom"))
        return None
    try:
        return AgendaFile.model_validate(tree)
    except ValidationError as error:
        problems.extend(explain(error, AgendaFile, document))
        _check_what_is_left(tree, error, document, problems)
    return None


def _check_what_is_left(
    tree: dict[Any, Any], error: ValidationError, document: Document, problems: list[Problem]
) -> None:
    """In a file with mistakes, look into the items without: all problems are told in one go."""
    broken = {detail["loc"] for detail in error.errors(include_url=False, include_context=False)}
    for spot, raw in _raw_items(tree, document):
        if any(loc[: len(spot.path)] == spot.path for loc in broken):
            if (kind := raw.get("kind")) in tuple(ItemKind):
                for key, what, fix in misfits(ItemKind(kind), (k for k in raw if isinstance(k, str))):
                    problems.append(spot.problem(what, fix, key, key=True))
            continue
        build_item(draft_item(ItemFile.model_validate(raw), spot, ""), problems)


def _raw_items(tree: dict[Any, Any], document: Document) -> list[tuple[Spot, dict[Any, Any]]]:
    found: list[tuple[Spot, dict[Any, Any]]] = []

    def note(raw: object, *path: str | int) -> None:
        if isinstance(raw, dict):
            found.append((Spot(document, path), raw))

    def each(value: object) -> list[tuple[int, Any]]:
        return list(enumerate(value)) if isinstance(value, list) else []

    for s, section in each(tree.get("sections")):
        if isinstance(section, dict):
            for i, raw in each(section.get("items")):
                note(raw, "sections", s, "items", i)
    for a, added in each(tree.get("add")):
        if isinstance(added, dict):
            note(added.get("item"), "add", a, "item")
    replaced = tree.get("replace")
    if isinstance(replaced, dict):
        for key, raw in replaced.items():
            note(raw, "replace", key)
    return found

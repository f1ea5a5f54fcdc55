"""What an own agenda changes in the one it extends: remove, retime, change, replace, add."""

from __future__ import annotations

from collections.abc import Iterable

from readyroom.agendas.draft import AgendaDraft, ItemDraft, Spot, draft_item, draft_section
from readyroom.agendas.file_model import AddFile, AgendaFile
from readyroom.agendas.wrongs import pick, quoted
from readyroom.borders.errors import Problem

OWN_KEYS = frozenset({"sections", "extends", "remove", "retime", "change", "replace", "add"})
"""Keys of a file that say how the agenda is made, and are no part of the result."""


def extend(draft: AgendaDraft, file: AgendaFile, top: Spot, problems: list[Problem]) -> None:
    """Apply a file's changes to the agenda that it extends, in the order of the module's first line."""
    name = f"{file.id}@{file.version}"
    if file.sections:
        fix = "put new sections under add, changes under change"
        problems.append(top.problem("an agenda that extends has no sections of its own", fix, "sections", key=True))
    timed = _remove(draft, file, top, problems)
    timed = _retime(draft, file, top, problems) or timed
    _change(draft, file, name, top, problems)
    _replace(draft, file, name, top, problems)
    for at, added in enumerate(file.add):
        timed = _add(draft, added, name, top.inside("add", at), problems) or timed
    if timed and "minutes" not in file.model_fields_set:
        draft.values.pop("minutes", None)
        draft.spots.pop("minutes", None)
    draft.take(file, top, leaving=OWN_KEYS)
    draft.spot = top
    draft.lineage.append(name)


def _unknown(spot: Spot, what: str, word: str, known: Iterable[str], *, key: bool = False) -> Problem:
    return spot.problem(
        f"there is no {what} {quoted(word)} in the agenda that this one extends", pick(word, known), key=key
    )


def _remove(draft: AgendaDraft, file: AgendaFile, top: Spot, problems: list[Problem]) -> bool:
    timed = False
    for at, name in enumerate(file.remove):
        if found := draft.find_item(name):
            del found[0].items[found[1]]
        elif (section := draft.find_section(name)) is not None:
            del draft.sections[section]
            timed = True
        else:
            known = (*draft.item_ids(), *draft.section_ids())
            problems.append(_unknown(top.inside("remove", at), "item or section", name, known))
    return timed


def _retime(draft: AgendaDraft, file: AgendaFile, top: Spot, problems: list[Problem]) -> bool:
    for name, minutes in file.retime.items():
        spot = top.inside("retime", name)
        at = draft.find_section(name)
        if at is None:
            problems.append(_unknown(spot, "section", name, draft.section_ids(), key=True))
        else:
            draft.sections[at].values["minutes"] = minutes
            draft.sections[at].spots["minutes"] = spot
    return bool(file.retime)


def _change(draft: AgendaDraft, file: AgendaFile, name: str, top: Spot, problems: list[Problem]) -> None:
    for item_id, change in file.change.items():
        spot = top.inside("change", item_id)
        found = draft.find_item(item_id)
        if not found:
            problems.append(_unknown(spot, "item", item_id, draft.item_ids(), key=True))
            continue
        item = found[0].items[found[1]]
        item.take(change, spot)
        item.changed_by.append(name)


def _replace(draft: AgendaDraft, file: AgendaFile, name: str, top: Spot, problems: list[Problem]) -> None:
    for item_id, model in file.replace.items():
        spot = top.inside("replace", item_id)
        found = draft.find_item(item_id)
        if not found:
            problems.append(_unknown(spot, "item", item_id, draft.item_ids(), key=True))
            continue
        if model.id == item_id:
            fix = "give it a new id, or put it under change: answers and history hang on the id"
            problems.append(spot.problem(f"the replacement keeps the id {quoted(item_id)}", fix, "id"))
        found[0].items[found[1]] = draft_item(model, spot, name)


def _add(draft: AgendaDraft, added: AddFile, name: str, spot: Spot, problems: list[Problem]) -> bool:
    if (added.item is None) == (added.section is None):
        problems.append(spot.problem("expected one item or one section to add", "write item: {…} or section: {…}"))
        return False
    if added.after and added.before:
        problems.append(spot.problem("after and before are both given", "keep one", "before", key=True))
    neighbour, key = (added.after, "after") if added.after else (added.before, "before")
    if added.section:
        where = len(draft.sections)
        if neighbour:
            at = draft.find_section(neighbour)
            if at is None:
                problems.append(_unknown(spot.inside(key), "section", neighbour, draft.section_ids()))
            where = where if at is None else at + (key == "after")
        draft.sections.insert(where, draft_section(added.section, spot.inside("section"), name))
        return True
    assert added.item is not None
    _add_item(draft, added, neighbour, key, draft_item(added.item, spot.inside("item"), name), spot, problems)
    return False


def _add_item(
    draft: AgendaDraft,
    added: AddFile,
    neighbour: str | None,
    key: str,
    item: ItemDraft,
    spot: Spot,
    problems: list[Problem],
) -> None:
    if neighbour:
        found = draft.find_item(neighbour)
        if not found:
            problems.append(_unknown(spot.inside(key), "item", neighbour, draft.item_ids()))
        elif added.to and found[0].id != added.to:
            what = f"{quoted(neighbour)} is in the section {found[0].id}, not in {added.to}"
            problems.append(spot.problem(what, f"write to: {found[0].id}", "to"))
        else:
            found[0].items.insert(found[1] + (key == "after"), item)
        return
    if not added.to:
        problems.append(spot.problem("it is not said where the item goes", "add to: section-id, or after: item-id"))
        return
    at = draft.find_section(added.to)
    if at is None:
        problems.append(_unknown(spot.inside("to"), "section", added.to, draft.section_ids()))
    else:
        draft.sections[at].items.append(item)

"""Two agendas compared: what was added, removed, moved, reworded, re-timed, and which thresholds changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from readyroom.agendas.compare_matching import longest_kept, match_items, match_sections
from readyroom.agendas.compare_words import tell_condition, tell_rule_changes, tell_tiers
from readyroom.domain.agenda import Agenda, Item, Section
from readyroom.domain.answer import show_number

_SHOWN = 100


class Kind(StrEnum):
    """What happened to a part of an agenda."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    REWORDED = "reworded"
    RETIMED = "re-timed"
    RULES = "rules changed"
    REQUIRED = "required changed"
    KIND = "kind changed"
    CHOICES = "choices changed"
    OTHER = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference. `part` is `agenda`, `section` or `item`; `line` tells it to a reader."""

    kind: Kind
    part: str
    id: str
    line: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaDiff:
    """All differences of two agendas, those of the whole first, then in the order of the later agenda."""

    before: str
    after: str
    """The agendas as `id@version`."""
    differences: tuple[Difference, ...] = ()
    kept: int = 0
    """Items that are in both, by their id or by their question."""

    def of(self, kind: Kind) -> tuple[Difference, ...]:
        """The differences of one kind."""
        return tuple(one for one in self.differences if one.kind is kind)

    def as_text(self) -> str:
        """A line for each difference, by kind."""
        lines = [f"{self.before} → {self.after}: {self._summary()}"]
        for kind in Kind:
            if found := self.of(kind):
                lines.append(f"{kind} ({len(found)})")
                lines += [f"  {one.line}" for one in found]
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The same for machines."""
        return json.dumps(self.as_plain(), ensure_ascii=False, indent=2) + "\n"

    def as_plain(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "before": self.before,
            "after": self.after,
            "kept": self.kept,
            "differences": [
                {
                    "kind": one.kind.value,
                    "part": one.part,
                    "id": one.id,
                    "line": one.line,
                    "before": one.before,
                    "after": one.after,
                }
                for one in self.differences
            ],
        }

    def _summary(self) -> str:
        if not self.differences:
            return "no differences"
        counts = ", ".join(f"{len(found)} {kind}" for kind in Kind if (found := self.of(kind)))
        return f"{counts}; {self.kept} items in both"


def compare_agendas(before: Agenda, after: Agenda) -> AgendaDiff:
    """What changed from one agenda to the other; items are matched by id, then by how alike their questions are."""
    pairs = match_items(tuple(before.items()), tuple(after.items()))
    old_of = {new.id: old for old, new in pairs}
    gone = {old.id for old, _ in pairs}
    sections = match_sections(before.sections, after.sections, pairs)
    found = [*_compare_heads(before, after), *_compare_sections(before, after, sections)]
    moved = _moved(before, after, pairs, sections)
    for item in before.items():
        if item.id not in gone:
            found.append(_whole(Kind.REMOVED, before, item))
    for item in after.items():
        old = old_of.get(item.id)
        if old is None:
            found.append(_whole(Kind.ADDED, after, item))
            continue
        if item.id in moved:
            found.append(_tell_move(before, after, old, item, sections))
        found += _compare_items(old, item)
    return AgendaDiff(
        before=f"{before.id}@{before.version}",
        after=f"{after.id}@{after.version}",
        differences=tuple(found),
        kept=len(pairs),
    )


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _whole(kind: Kind, agenda: Agenda, item: Item) -> Difference:
    section = agenda.section_of(item.id)
    where = f" ({section.title})" if section else ""
    line = f"{item.id}: {_cut(item.ask)}{where}"
    told = {"after": item.ask} if kind is Kind.ADDED else {"before": item.ask}
    return Difference(kind=kind, part="item", id=item.id, line=line, **told)


def _changed(kind: Kind, part: str, name: str, what: str, before: str, after: str) -> Difference:
    words = f"{name}: {what} " if what else f"{name}: "
    line = f"{words}{_cut(before) or 'nothing'} → {_cut(after) or 'nothing'}"
    return Difference(kind=kind, part=part, id=name, line=line, before=before, after=after)


def _compare_heads(before: Agenda, after: Agenda) -> Iterator[Difference]:
    if before.minutes != after.minutes:
        old, new = f"{show_number(before.minutes)} min", f"{show_number(after.minutes)} min"
        yield _changed(Kind.RETIMED, "agenda", after.id, "the meeting", old, new)
    if before.title != after.title:
        yield _changed(Kind.REWORDED, "agenda", after.id, "title", before.title, after.title)
    for key in ("kind", "about", "cadence", "triggers", "roles", "signers"):
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield _changed(Kind.OTHER, "agenda", after.id, key, _tell(old), _tell(new))


def _tell(value: Any) -> str:
    """A value of an agenda's head in words."""
    if isinstance(value, str):
        return str(value)
    told = []
    for one in value:
        fields = getattr(one, "__dataclass_fields__", None)
        parts = [getattr(one, name) for name in fields] if fields else one if isinstance(one, tuple) else [one]
        told.append(" ".join(str(part) if not isinstance(part, tuple) else "/".join(part) for part in parts))
    return ", ".join(told)


def _compare_sections(before: Agenda, after: Agenda, sections: dict[str, Section]) -> Iterator[Difference]:
    """`sections` gives the old section of each new one that has one."""
    kept = {old.id for old in sections.values()}
    for section in before.sections:
        if section.id not in kept:
            line = f"{section.id}: {_cut(section.title)}"
            yield Difference(kind=Kind.REMOVED, part="section", id=section.id, line=line, before=section.title)
    for section in after.sections:
        old = sections.get(section.id)
        if old is None:
            line = f"{section.id}: {_cut(section.title)}"
            yield Difference(kind=Kind.ADDED, part="section", id=section.id, line=line, after=section.title)
        else:
            yield from _compare_section(old, section)


def _compare_section(old: Section, new: Section) -> Iterator[Difference]:
    if old.id != new.id:
        line = f"{old.id} → {new.id}: {_cut(new.title)}"
        yield Difference(kind=Kind.RENAMED, part="section", id=new.id, line=line, before=old.id, after=new.id)
    if old.minutes != new.minutes:
        minutes = (f"{show_number(old.minutes)} min", f"{show_number(new.minutes)} min")
        yield _changed(Kind.RETIMED, "section", new.id, "", *minutes)
    if old.title != new.title:
        yield _changed(Kind.REWORDED, "section", new.id, "title", old.title, new.title)
    if old.goal != new.goal:
        yield _changed(Kind.REWORDED, "section", new.id, "goal", old.goal, new.goal)
    if old.when != new.when:
        yield _changed(Kind.OTHER, "section", new.id, "when", tell_condition(old.when), tell_condition(new.when))


def _moved(before: Agenda, after: Agenda, pairs: Iterable[tuple[Item, Item]], sections: dict[str, Section]) -> set[str]:
    """Items in another section, and the fewest others that have to be moved to get from one order to the other."""
    home = {item.id: section.id for section in before.sections for item in section.items}
    order = {item.id: at for at, item in enumerate(before.items())}
    by_new = {new.id: old.id for old, new in pairs}
    moved: set[str] = set()
    for section in after.sections:
        old = sections.get(section.id)
        known = [item.id for item in section.items if item.id in by_new]
        here = [name for name in known if old and home[by_new[name]] == old.id]
        moved.update(set(known) - set(here))
        stay = longest_kept([order[by_new[name]] for name in here])
        moved.update(name for at, name in enumerate(here) if at not in stay)
    return moved


def _tell_move(before: Agenda, after: Agenda, old: Item, new: Item, sections: dict[str, Section]) -> Difference:
    here, there = before.section_of(old.id), after.section_of(new.id)
    assert here is not None
    assert there is not None
    if sections.get(there.id) is not here:
        return _changed(Kind.MOVED, "item", new.id, "", here.title, there.title)
    at = there.items.index(new)
    place = f"after {there.items[at - 1].id}" if at else "to the front"
    return Difference(
        kind=Kind.MOVED, part="item", id=new.id, line=f"{new.id}: within {there.title}, {place}", after=place
    )


def _compare_items(old: Item, new: Item) -> Iterator[Difference]:
    name = new.id
    if old.id != new.id:
        line = f"{old.id} → {new.id}: {_cut(new.ask)}"
        yield Difference(kind=Kind.RENAMED, part="item", id=name, line=line, before=old.id, after=new.id)
    if old.ask != new.ask:
        yield _changed(Kind.REWORDED, "item", name, "", old.ask, new.ask)
    if old.kind is not new.kind or old.many is not new.many or old.bad != new.bad or old.unit != new.unit:
        yield _changed(Kind.KIND, "item", name, "", _tell_kind(old), _tell_kind(new))
    if old.required != new.required or old.optional is not new.optional:
        yield _changed(Kind.REQUIRED, "item", name, "", _tell_required(old), _tell_required(new))
    if old.minutes != new.minutes:
        yield _changed(Kind.RETIMED, "item", name, "", _tell_minutes(old), _tell_minutes(new))
    yield from _compare_rules(old, new)
    yield from _compare_choices(old, new)
    for key in ("guide", "evidence", "vote", "votes_named", "scale", "anchors", "columns", "rows", "prompts"):
        if getattr(old, key) != getattr(new, key):
            yield Difference(kind=Kind.OTHER, part="item", id=name, line=f"{name}: {key.replace('_', ' ')}")
    if old.respondents != new.respondents:
        told = (", ".join(old.respondents), ", ".join(new.respondents))
        yield _changed(Kind.OTHER, "item", name, "respondents", *told)
    if old.when != new.when:
        yield _changed(Kind.OTHER, "item", name, "when", tell_condition(old.when), tell_condition(new.when))


def _compare_rules(old: Item, new: Item) -> Iterator[Difference]:
    if old.rules == new.rules and old.direction == new.direction:
        return
    told = list(tell_rule_changes(old, new)) or ["rules in another order"]
    for words in told:
        yield Difference(kind=Kind.RULES, part="item", id=new.id, line=f"{new.id}: {words}", after=words)


def _compare_choices(old: Item, new: Item) -> Iterator[Difference]:
    if old.choices == new.choices:
        return
    before, after = ({choice.id: choice.text for choice in item.choices} for item in (old, new))
    told = [f"no longer {_cut(text)}" for name, text in before.items() if name not in after]
    told += [f"also {_cut(text)}" for name, text in after.items() if name not in before]
    told += [f"{_cut(before[name])} → {_cut(text)}" for name, text in after.items() if before.get(name, text) != text]
    for words in told or ["in another order"]:
        yield Difference(kind=Kind.CHOICES, part="item", id=new.id, line=f"{new.id}: {words}", after=words)


def _tell_kind(item: Item) -> str:
    extras = ["many"] if item.many else []
    extras += [f"bad: {item.bad}"] if item.bad else []
    extras += [f"in {item.unit}"] if item.unit else []
    return " ".join([item.kind.value, *(f"({extra})" for extra in extras)])


def _tell_required(item: Item) -> str:
    told = tell_tiers(item.required)
    return f"{told}, may be dropped" if item.optional else told


def _tell_minutes(item: Item) -> str:
    return f"{show_number(item.minutes)} min" if item.minutes is not None else ""

"""Conditions that can never hold, or that ask about something that is not there; and rules that never speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readyroom.agendas.draft import ItemDraft, Spot
from readyroom.agendas.lint_report import Report
from readyroom.agendas.lint_values import Compared, check_comparing
from readyroom.agendas.load import Resolved
from readyroom.agendas.wrongs import pick, quoted
from readyroom.domain.agenda import TABLE_KINDS, Agenda, ColumnKind, Item, ItemKind, VoteMode, columns_of
from readyroom.domain.condition import (
    Aggregate,
    AllOf,
    Always,
    AnyOf,
    ColumnComparing,
    Comparing,
    Comparison,
    Condition,
    Negation,
    OfAnswer,
    OfRow,
    OfRows,
    OfService,
    OfTrigger,
    OfVotes,
    Reference,
    ServiceField,
)
from readyroom.domain.service import Tier

_TIERS = Compared("tier", frozenset(tier.value for tier in Tier))
_NUMBER = Compared("number")
_ANY_TEXT = Compared("text")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a condition stands: on a rule of `own`, or (then `own` is None) on an item or a section."""

    agenda: Agenda
    spot: Spot
    report: Report
    order: dict[str, int]
    before: int
    """How many items are asked before this one."""
    own: Item | None = None


def check_conditions(resolved: Resolved, report: Report) -> None:
    """Look at each condition of sections, items and rules."""
    agenda = resolved.agenda
    order = {item.id: at for at, item in enumerate(agenda.items())}
    at = 0
    for section, section_draft in zip(agenda.sections, resolved.draft.sections, strict=True):
        if section.when:
            _check(section.when, _Place(agenda, section_draft.at("when"), report, order, at))
        for item, draft in zip(section.items, section_draft.items, strict=True):
            if item.when:
                _check(item.when, _Place(agenda, draft.at("when"), report, order, at))
            _check_rules(item, draft, _Place(agenda, draft.spot, report, order, at, item))
            at += 1


def _check_rules(item: Item, draft: ItemDraft, place: _Place) -> None:
    spoken: list[tuple[Condition, int]] = []
    rules = [rule for rule in item.rules if rule.source == "rule"]
    for number, rule in enumerate(rules):
        spot = draft.at("rules").inside(number, "when")
        _check(rule.when, _Place(place.agenda, spot, place.report, place.order, place.before, item))
        for earlier, at in spoken:
            if _covers(earlier, rule.when):
                what = f"the rule never speaks: rule {at + 1} holds whenever it does, and comes first"
                place.report.error(spot, what, "put the stricter rule first, or remove this one")
                break
        spoken.append((rule.when, number))


def _check(condition: Condition, place: _Place) -> None:
    match condition:
        case Always():
            if place.own is None:
                place.report.error(place.spot, "always is for rules", "remove the condition")
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                _check(part, place)
        case Negation(of=part):
            _check(part, place)
        case OfAnswer(comparing=comparing, item=name):
            _check_answer(name, comparing, place)
        case OfRow(cells=cells):
            if place.own is None:
                fix = "write {rows of ITEM: {count: at least 1, where: …}}"
                place.report.error(place.spot, "there is no table here to look at rows of", fix)
            elif place.own.kind not in TABLE_KINDS:
                what = f"a {place.own.kind} item has no rows"
                place.report.error(place.spot, what, "compare the answer, or make it a table")
            else:
                _check_cells(cells, place.own, place)
        case OfRows():
            _check_rows(condition, place)
        case OfVotes(comparing=comparing, item=name):
            item = _named(name, place)
            if item and item.vote is VoteMode.NONE:
                place.report.error(place.spot, f"nobody votes on {quoted(item.id)}", "add vote: silent to it")
            _check_values(comparing, _NUMBER, None, place)
        case OfService(field=field, comparing=comparing):
            _check_values(comparing, _TIERS if field is ServiceField.TIER else _ANY_TEXT, None, place)
        case OfTrigger(comparing=comparing):
            triggers = frozenset(place.agenda.triggers)
            _check_values(comparing, Compared("trigger", triggers) if triggers else _ANY_TEXT, None, place)


def _named(name: str, place: _Place) -> Item | None:
    """The item that a condition is about; what is wrong with the name is told."""
    if not name:
        if place.own is None:
            fix = "write {answer of ITEM: …}, {service: …} or {trigger: …}"
            place.report.error(place.spot, "it is not said whose answer is meant", fix)
        return place.own
    item = place.agenda.item(name)
    if item is None:
        place.report.error(place.spot, f"there is no item {quoted(name)}", pick(name, place.order))
        return None
    if item.kind is ItemKind.INFO:
        place.report.error(place.spot, f"{quoted(name)} only informs and is never answered", "name another item")
        return None
    late = place.order[name] > place.before if place.own else place.order[name] >= place.before
    if late and place.own is None:
        what = f"{quoted(name)} is asked later, so this would always be hidden"
        place.report.error(place.spot, what, f"move {name} before it")
    elif late:
        place.report.warn(place.spot, f"{quoted(name)} is asked later", f"put the rule on {name}, or move it")
    return item


def _check_answer(name: str, comparing: Sequence[Comparing], place: _Place) -> None:
    item = _named(name, place)
    if item is None:
        return
    if item.kind in TABLE_KINDS:
        _check_values(comparing, Compared("table", frozenset()), None, place)
        return
    words = {
        ItemKind.CHECK: frozenset({"pass", "fail"}),
        ItemKind.YES_NO: frozenset({"yes", "no"}),
        ItemKind.CHOICE: frozenset(choice.id for choice in item.choices),
    }
    kind = "number" if item.kind is ItemKind.RATING else str(item.kind)
    scale = item.scale if item.kind is ItemKind.RATING else None
    _check_values(comparing, Compared(kind, words.get(item.kind), scale), item, place)


def _check_cells(cells: Sequence[ColumnComparing], item: Item, place: _Place) -> None:
    columns = {column.id: column for column in columns_of(item)}
    for cell in cells:
        column = columns.get(cell.column)
        if column is None:
            place.report.error(place.spot, f"there is no column {quoted(cell.column)}", pick(cell.column, columns))
            continue
        words = {
            ColumnKind.CHECK: frozenset({"pass", "fail"}),
            ColumnKind.YES_NO: frozenset({"yes", "no"}),
            ColumnKind.CHOICE: frozenset(choice.id for choice in column.choices),
        }
        compared = Compared(str(column.kind), words.get(column.kind), column.scale)
        _check_values(cell.comparing, compared, item, place)


def _check_rows(condition: OfRows, place: _Place) -> None:
    item = _named(condition.item, place)
    if item is None:
        return
    if item.kind not in TABLE_KINDS:
        place.report.error(place.spot, f"{quoted(item.id)} has no rows", "name an item that is a table")
        return
    _check_cells(condition.where, item, place)
    columns = {column.id: column for column in columns_of(item)}
    if condition.aggregate not in (Aggregate.COUNT, Aggregate.SHARE):
        column = columns.get(condition.column)
        numbers = [name for name, one in columns.items() if one.kind is ColumnKind.NUMBER]
        if column is None:
            place.report.error(
                place.spot, f"there is no column {quoted(condition.column)}", pick(condition.column, numbers)
            )
        elif column.kind is not ColumnKind.NUMBER:
            what = f"the column {quoted(condition.column)} holds no numbers"
            place.report.error(place.spot, what, pick(condition.column, numbers))
    _check_values(condition.comparing, _NUMBER, None, place)


def _check_values(comparing: Sequence[Comparing], compared: Compared, item: Item | None, place: _Place) -> None:
    for one in comparing:
        if isinstance(one.operand, Reference):
            _check_reference(one.operand, item, place)
        else:
            check_comparing(one, compared, place.spot, place.report)


def _check_reference(reference: Reference, item: Item | None, place: _Place) -> None:
    if reference.item:
        _named(reference.item, place)
        return
    columns = [column.id for column in columns_of(item)] if item else []
    if reference.column not in columns:
        place.report.error(
            place.spot, f"there is no column {quoted(reference.column)}", pick(reference.column, columns)
        )


def _covers(earlier: Condition, later: Condition) -> bool:
    """Whether the earlier condition holds whenever the later does, where that is easily seen."""
    if earlier == later:
        return True
    match earlier, later:
        case Always(), OfAnswer(item="", comparing=comparing):
            return not any(one.operand == "unanswered" for one in comparing)
        case Always(), Always() | OfRows(item="") | OfVotes(item=""):
            return True
        case OfRow(cells=()), OfRow():
            return True
        case OfAnswer(comparing=(one,)), OfAnswer(comparing=(other,)) if earlier.item == later.item:
            return _is_wider(one, other)
        case OfRow(cells=few), OfRow(cells=many):
            return all(any(_cell_covers(wide, narrow) for narrow in many) for wide in few)
        case OfAnswer(), AllOf(of=parts):
            return any(_covers(earlier, part) for part in parts)
        case _:
            return False


def _cell_covers(wide: ColumnComparing, narrow: ColumnComparing) -> bool:
    if wide.column != narrow.column:
        return False
    return all(any(_is_wider(one, other) for other in narrow.comparing) for one in wide.comparing)


def _is_wider(one: Comparing, other: Comparing) -> bool:
    """Whether the first comparison holds whenever the second does."""
    if one == other:
        return True
    few, many = _words(one), _words(other)
    if few and many:
        return many <= few
    if not isinstance(one.operand, int | float) or not isinstance(other.operand, int | float):
        return False
    upper, lower = {Comparison.BELOW, Comparison.AT_MOST}, {Comparison.ABOVE, Comparison.AT_LEAST}
    if one.by in upper and other.by in upper:
        return other.operand < one.operand or (other.operand == one.operand and one.by is Comparison.AT_MOST)
    if one.by in lower and other.by in lower:
        return other.operand > one.operand or (other.operand == one.operand and one.by is Comparison.AT_LEAST)
    return one.by is other.by is Comparison.OLDER_THAN and other.operand >= one.operand


def _words(comparing: Comparing) -> frozenset[str]:
    if comparing.by is Comparison.IS and isinstance(comparing.operand, str):
        return frozenset({comparing.operand})
    if comparing.by is Comparison.ONE_OF and isinstance(comparing.operand, tuple):
        return frozenset(comparing.operand)
    return frozenset()

"""Conditions as an agenda file writes them, in their shortest form; `conditions.py` reads them back."""

from __future__ import annotations

import re
from typing import Any

from readyroom.agendas.comparisons import BLANK, COMPARISON_WORDS, SPANS
from readyroom.agendas.yaml_layout import Inline, InlineList
from readyroom.domain.answer import show_number
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
    Operand,
    Reference,
)

_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LONG_WORDS = re.compile(rf"({'|'.join(COMPARISON_WORDS)})\s")
_SPOKEN_WORDS = (Comparison.HAS, Comparison.LACKS, Comparison.IS_NOT, Comparison.BEFORE, Comparison.AFTER)
_OTHER_CONDITIONS = ("always", "any row")


def write_condition(condition: Condition) -> Any:
    """The condition as a word, a list or a mapping of the file."""
    match condition:
        case Always():
            return "always"
        case AllOf(of=parts):
            return Inline(all=InlineList(map(write_condition, parts)))
        case AnyOf(of=parts):
            return Inline(any=InlineList(map(write_condition, parts)))
        case Negation(of=part):
            return Inline({"not": write_condition(part)})
        case OfAnswer(comparing=comparing, item=""):
            return _write_own(comparing)
        case OfAnswer(comparing=comparing, item=item):
            return Inline({f"answer of {item}": write_comparing(comparing)})
        case OfRow(cells=()):
            return "any row"
        case OfRow(cells=cells):
            return Inline({"any row": _write_cells(cells)})
        case OfRows():
            return _write_rows(condition)
        case OfVotes(statistic=statistic, comparing=comparing, item=item):
            return Inline({_of("votes", item): Inline({statistic.value: write_comparing(comparing)})})
        case OfService(field=asked, comparing=comparing):
            return Inline(service=Inline({asked.value: write_comparing(comparing)}))
        case OfTrigger(comparing=comparing):
            return Inline(trigger=write_comparing(comparing))


def write_comparing(comparing: tuple[Comparing, ...]) -> Any:
    """One comparison as it is spoken where that reads back the same, else a mapping."""
    if len(comparing) != 1:
        return Inline({one.by.value: _write_operand(one.operand) for one in comparing})
    [one] = comparing
    if one.by is Comparison.ONE_OF and isinstance(one.operand, tuple):
        return InlineList(one.operand)
    if one.by is Comparison.IS and not isinstance(one.operand, Reference | tuple):
        if one.operand == BLANK:
            return "blank"
        if not isinstance(one.operand, str) or not _LONG_WORDS.match(one.operand):
            return one.operand
    spoken = _speak(one)
    return spoken or Inline({one.by.value: _write_operand(one.operand)})


def _write_own(comparing: tuple[Comparing, ...]) -> Any:
    written = write_comparing(comparing)
    return Inline(answer=written) if written in _OTHER_CONDITIONS else written


def _of(word: str, item: str) -> str:
    return f"{word} of {item}" if item else word


def _write_cells(cells: tuple[ColumnComparing, ...]) -> Inline:
    return Inline({cell.column.replace("-", " "): write_comparing(cell.comparing) for cell in cells})


def _write_rows(condition: OfRows) -> Inline:
    of = " of" if condition.aggregate is Aggregate.SUM else ""
    column = condition.column.replace("-", " ")
    key = f"{condition.aggregate.value}{of} {column}" if column else condition.aggregate.value
    told = Inline({key: write_comparing(condition.comparing)})
    if condition.where:
        told["where"] = _write_cells(condition.where)
    return Inline({_of("rows", condition.item): told})


def _speak(one: Comparing) -> str:
    """The comparison in words, such as `at least 2`; empty where words would be read otherwise."""
    operand = one.operand
    if one.by in SPANS:
        return f"{one.by} {operand}d"
    if isinstance(operand, Reference):
        words = _speak_reference(operand)
        return f"{one.by} {words}" if words else ""
    if isinstance(operand, int | float):
        number = show_number(operand)
        return f"{one.by} {number}" if _PLAIN_NUMBER.fullmatch(number) else ""
    if one.by in _SPOKEN_WORDS and isinstance(operand, str):
        return f"{one.by} {'blank' if operand == BLANK else operand}"
    return ""


def _speak_reference(reference: Reference) -> str:
    if reference.item:
        named = f"answer of {reference.item}"
    else:
        named = f"column {reference.column.replace('-', ' ')}"
    times = show_number(reference.times)
    if reference.times == 1:
        return named
    return f"{times} times {named}" if re.fullmatch(r"\d+(\.\d+)?", times) else ""


def _write_operand(operand: Operand) -> Any:
    if isinstance(operand, tuple):
        return InlineList(operand)
    if not isinstance(operand, Reference):
        return "blank" if operand == BLANK else operand
    if spoken := _speak_reference(operand):
        return spoken
    named = {"answer of": operand.item} if operand.item else {"column": operand.column}
    return Inline({**named, "times": operand.times})

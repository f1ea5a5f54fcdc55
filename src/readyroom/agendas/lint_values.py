"""Whether a comparison can hold for what is compared: known words, numbers on the scale, dates with dates."""

from __future__ import annotations

from dataclasses import dataclass

from readyroom.agendas.comparisons import DATES, NUMERIC, SPANS
from readyroom.agendas.draft import Spot
from readyroom.agendas.lint_report import Report
from readyroom.agendas.wrongs import pick, quoted
from readyroom.domain.answer import NEVER, AnswerState, show_number
from readyroom.domain.condition import Comparing, Comparison

STATES = frozenset(state.value for state in AnswerState)
_NUMBERS = ("below", "at most", "at least", "above", "is")
_DAYS = ("before", "after", "older than", "within", "is never")


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: its kind; the words it can be, if they are known; the scale of a rating."""

    kind: str
    words: frozenset[str] | None = None
    scale: tuple[int, int] | None = None


def check_comparing(one: Comparing, compared: Compared, spot: Spot, report: Report) -> None:
    """Tell of a comparison that can never hold."""
    if one.by in NUMERIC:
        _check_number(one, compared, spot, report)
    elif one.by in DATES or one.by in SPANS:
        if compared.kind != "date":
            fix = _instead(compared)
            report.error(spot, f'"{one.by}" compares dates, and this is a {compared.kind}', fix)
    else:
        for word in one.operand if isinstance(one.operand, tuple) else (one.operand,):
            _check_word(word, compared, spot, report)


def _check_number(one: Comparing, compared: Compared, spot: Spot, report: Report) -> None:
    if compared.kind != "number":
        report.error(spot, f'"{one.by}" compares numbers, and this is a {compared.kind}', _instead(compared))
        return
    if compared.scale is None or not isinstance(one.operand, int | float):
        return
    low, high = compared.scale
    never = {
        Comparison.BELOW: one.operand <= low,
        Comparison.AT_MOST: one.operand < low,
        Comparison.AT_LEAST: one.operand > high,
        Comparison.ABOVE: one.operand >= high,
    }
    always = {
        Comparison.BELOW: one.operand > high,
        Comparison.AT_MOST: one.operand >= high,
        Comparison.AT_LEAST: one.operand <= low,
        Comparison.ABOVE: one.operand < low,
    }
    if never[one.by] or always[one.by]:
        often = "never" if never[one.by] else "always"
        what = f"{one.by} {show_number(one.operand)} {often} holds on a scale from {low} to {high}"
        report.error(spot, what, "choose a level on the scale")


def _check_word(word: object, compared: Compared, spot: Spot, report: Report) -> None:
    if word in STATES:
        return
    if compared.words is not None:
        known = sorted(compared.words)
        if compared.kind == "table":
            report.error(spot, f"a table is never {quoted(word)}", "write {any row: {column: …}} or {rows: …}")
        elif str(word).casefold() not in compared.words:
            report.error(spot, f"a {compared.kind} is never {quoted(word)}", pick(word, known))
    elif compared.kind == "number":
        if not isinstance(word, int | float):
            report.error(spot, f"a number is never {quoted(word)}", _instead(compared))
        elif compared.scale and not compared.scale[0] <= word <= compared.scale[1]:
            low, high = compared.scale
            report.error(spot, f"{show_number(word)} is not on the scale", f"use {low} to {high}")
    elif compared.kind == "date" and word != NEVER and not _is_day(word):
        report.error(spot, f"a date is never {quoted(word)}", _instead(compared))


def _is_day(word: object) -> bool:
    return isinstance(word, str) and len(word) == 10 and word[4] == word[7] == "-"


def _instead(compared: Compared) -> str:
    if compared.words:
        return f"write one of {', '.join(sorted(compared.words))}"
    if compared.kind == "number":
        return f"write {', '.join(_NUMBERS)} and a number"
    if compared.kind == "date":
        return f"write {', '.join(_DAYS)}"
    return "write a word"

"""What is wrong or doubtful in an agenda that loads: times, questions, anchors, placeholders, names.

Conditions have a module of their own, `lint_conditions.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from readyroom.agendas.draft import ItemDraft, Spot
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.find import Source, shipped_ids
from readyroom.agendas.lint_conditions import check_conditions
from readyroom.agendas.lint_report import LintProblem, Report, in_order
from readyroom.agendas.load import Resolved, resolve
from readyroom.agendas.wrongs import pick, quoted
from readyroom.borders.errors import Problem
from readyroom.domain.agenda import Item, ItemKind, Rule, VoteMode, columns_of
from readyroom.domain.answer import show_number
from readyroom.domain.condition import AllOf, AnyOf, Condition, OfRow
from readyroom.domain.wording import known_names, placeholders

_NOT_ASKED = frozenset({ItemKind.INFO, ItemKind.SIGNOFF})


@dataclass(frozen=True, slots=True)
class _Looked:
    """One item with its draft and the place of its rules."""

    item: Item
    draft: ItemDraft

    def rules(self) -> Iterator[tuple[int, Rule, Spot]]:
        """The rules of the file with their places."""
        at = 0
        for index, rule in enumerate(self.item.rules):
            if rule.source == "rule":
                yield index, rule, self.draft.at("rules").inside(at)
                at += 1


def lint(source: Source, folder: Path | None = None) -> tuple[LintProblem, ...]:
    """Every problem and warning of an agenda file, in order; never an error."""
    try:
        resolved = resolve(source, folder)
    except AgendaError as error:
        problems = error.problems or (Problem(source.name, 1, 1, error.what, error.fix),)
        return tuple(LintProblem(problem) for problem in problems)
    report = Report()
    _check_head(resolved, report)
    _check_times(resolved, report)
    drafts = {draft.id: draft for _, _, draft in resolved.draft.items()}
    for item in resolved.agenda.items():
        _check_item(_Looked(item, drafts[item.id]), report)
    check_conditions(resolved, report)
    return in_order(report.found)


def _check_head(resolved: Resolved, report: Report) -> None:
    agenda, draft, source = resolved.agenda, resolved.draft, resolved.source
    if not source.shipped and len(agenda.lineage) == 1 and agenda.id in shipped_ids():
        what = f"the id {quoted(agenda.id)} hides the agenda of that name that comes with readyroom"
        fix = f"add extends: {agenda.id}, or choose another id"
        report.warn(draft.at("id"), what, fix)
    roles = [role.role for role in agenda.roles]
    signing = {role for _, signers in agenda.signers for role in signers}
    for role in sorted(signing.difference(roles)):
        report.warn(draft.at("signers"), f"{quoted(role)} signs, but is not among the roles", f"{pick(role, roles)}")


def _check_times(resolved: Resolved, report: Report) -> None:
    agenda, draft = resolved.agenda, resolved.draft
    total = sum(section.minutes for section in agenda.sections)
    if abs(total - agenda.minutes) > 0.01:
        what = f"the sections add up to {show_number(total)} minutes, the meeting has {show_number(agenda.minutes)}"
        report.error(draft.at("minutes"), what, f"write minutes: {show_number(total)}, or change a section")
    for section, section_draft in zip(agenda.sections, draft.sections, strict=True):
        if not section.items:
            report.warn(section_draft.spot, f"the section {quoted(section.id)} asks nothing", "add items, or remove it")
        planned = sum(item.minutes or 0 for item in section.items)
        if planned > section.minutes:
            what = f"the items plan {show_number(planned)} minutes, the section has {show_number(section.minutes)}"
            report.warn(section_draft.at("minutes"), what, "give the section more, or the items less")


def _check_item(looked: _Looked, report: Report) -> None:
    item, draft = looked.item, looked.draft
    if item.kind not in _NOT_ASKED and "?" not in item.ask:
        report.warn(draft.at("ask"), "the question does not ask", "end it with a question mark")
    if item.required and item.optional:
        fix = "remove optional, or ask it of no tier"
        report.warn(draft.at("optional"), "it is required and may be dropped, both", fix)
    if item.respondents and len(set(item.respondents)) < 2:
        report.error(draft.at("respondents"), "one side alone does not answer apart", "name two or more, or remove it")
    if item.votes_named and item.vote is VoteMode.NONE:
        report.warn(draft.at("vote"), "votes are named, but there is no vote", "write mode: silent or mode: open")
    _check_choices(looked, report)
    _check_scale(looked, report)
    _check_columns(looked, report)
    for _, rule, spot in looked.rules():
        _check_words(item, rule, spot, report)


def _check_choices(looked: _Looked, report: Report) -> None:
    item, draft = looked.item, looked.draft
    if item.kind is ItemKind.CHOICE:
        if not item.choices:
            report.error(draft.spot, "nobody can answer it: there are no choices", "add choices: [one, other]")
        elif len(item.choices) == 1:
            report.warn(draft.at("choices"), "one choice is none", "add another, or make it a check")
    if item.kind is ItemKind.YES_NO and not item.bad and not item.rules:
        report.warn(draft.spot, "neither answer is ever rated", "add bad: yes or bad: no, or a rule")
    if item.kind is ItemKind.YES_NO and not item.bad and "gate" in draft.values:
        report.error(draft.at("gate"), "the gate does not know the bad answer", "add bad: yes or bad: no")


def _check_scale(looked: _Looked, report: Report) -> None:
    item, draft = looked.item, looked.draft
    if item.kind is not ItemKind.RATING:
        return
    low, high = item.scale
    wanted = {low, (low + high) // 2, high}
    missing = sorted(wanted.difference(anchor.level for anchor in item.anchors))
    if missing:
        levels = ", ".join(map(str, missing))
        fix = f"add anchors: {{{missing[0]}: what an observer would see}}"
        report.warn(draft.at("anchors"), f"the rating has no anchor for {levels}", fix)
    for anchor in item.anchors:
        if not low <= anchor.level <= high:
            spot = draft.at("anchors").inside(anchor.level)
            report.error(spot, f"there is no level {anchor.level} on the scale", f"use {low} to {high}")
    for key in ("target", "gate"):
        bars = draft.values.get(key) or ()
        for bar in bars if isinstance(bars, tuple) else bars.bars:
            if not low <= bar.value <= high:
                what = f"the {key} {show_number(bar.value)} is not on the scale"
                report.error(draft.at(key), what, f"use {low} to {high}")


def _check_columns(looked: _Looked, report: Report) -> None:
    item, draft = looked.item, looked.draft
    own = {column.id for column in item.columns}
    for column in columns_of(item)[: -len(item.columns) or None]:
        if item.columns and column.id in own:
            what = f"a {item.kind} table has a column {quoted(column.id)} already"
            report.error(draft.at("columns"), what, "choose another name")
    if item.columns and all(column.given for column in item.columns) and item.kind is ItemKind.TABLE:
        report.error(draft.at("columns"), "nobody can answer it: all columns are given", "add one to fill in")


def _check_words(item: Item, rule: Rule, spot: Spot, report: Report) -> None:
    known = known_names(item)
    about_rows = _is_about_rows(rule.when)
    for key in ("action", "risk", "check", "because", "due", "owner"):
        for name in placeholders(getattr(rule, key)):
            if name not in known:
                fix = f"{pick(name, known)} or take the braces away"
                report.error(spot.inside(key), f"nothing fills {{{name}}}", fix)
            elif name.startswith("row.") and not about_rows:
                what = f"{{{name}}} is of a row, but the rule is about the whole table"
                report.error(spot.inside(key), what, "write when: {any row: …}")
            elif name.startswith("votes.") and item.vote is VoteMode.NONE:
                report.error(spot.inside(key), f"{{{name}}} has no votes to tell of", "add vote: silent")
    for key in ("priority", "due", "owner"):
        if getattr(rule, key) and not rule.action:
            report.warn(spot.inside(key), f"{key} is for an action, and the rule suggests none", f"remove {key}")


def _is_about_rows(condition: Condition) -> bool:
    match condition:
        case OfRow():
            return True
        case AllOf(of=parts) | AnyOf(of=parts):
            return any(_is_about_rows(part) for part in parts)
        case _:
            return False

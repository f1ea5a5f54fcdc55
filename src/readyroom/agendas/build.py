"""Drafts to domain: an item, its rules, a section, the agenda; and what does not fit together inside an item."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readyroom.agendas.draft import AgendaDraft, ItemDraft, SectionDraft, Spot
from readyroom.agendas.fit import misfits
from readyroom.agendas.short_forms import Bar, Gate
from readyroom.agendas.wrongs import quoted
from readyroom.borders.errors import Problem
from readyroom.domain.agenda import (
    Agenda,
    Column,
    Direction,
    Item,
    ItemKind,
    ReviewKind,
    Rule,
    Section,
    VoteMode,
)
from readyroom.domain.answer import NEVER, AnswerState, show_number
from readyroom.domain.condition import (
    AllOf,
    Comparing,
    Comparison,
    Condition,
    OfAnswer,
    OfService,
    ServiceField,
)
from readyroom.domain.finding import Finding

if TYPE_CHECKING:
    from readyroom.agendas.file_model import RuleFile

_PLAIN_KEYS: tuple[str, ...] = (
    "required",
    "optional",
    "when",
    "evidence",
    "bad",
    "scale",
    "anchors",
    "choices",
    "many",
)
_PLAIN_KEYS += ("prompts", "respondents", "minutes")
NUMERIC_KINDS = frozenset({ItemKind.NUMBER, ItemKind.RATING})
_NOBODY_KNOWS = (AnswerState.UNKNOWN.value, AnswerState.SKIPPED.value)


def build_agenda(draft: AgendaDraft, problems: list[Problem]) -> Agenda:
    """The agenda of a draft; what does not fit is added to the problems."""
    _find_doubles(draft, problems)
    sections = tuple(_build_section(section, problems) for section in draft.sections)
    values = draft.values
    for key in ("title", "kind"):
        if values.get(key) is None:
            problems.append(draft.spot.problem(f"{key} is missing", f"add {key}: …"))
    if not sections:
        problems.append(draft.spot.problem("the agenda has no sections", "add sections: with items"))
    keys = ("about", "cadence", "triggers", "roles", "signers")
    return Agenda(
        id=values["id"],
        version=values.get("version", "1"),
        title=values.get("title") or values["id"],
        kind=values.get("kind") or ReviewKind.OTHER,
        minutes=values.get("minutes") or sum(section.minutes for section in sections),
        sections=sections,
        root=draft.root,
        lineage=tuple(draft.lineage),
        **{key: values[key] for key in keys if values.get(key) is not None},
    )


def _find_doubles(draft: AgendaDraft, problems: list[Problem]) -> None:
    seen: dict[str, Spot] = {}
    parts: list[SectionDraft | ItemDraft] = [*draft.sections, *(item for _, _, item in draft.items())]
    # What an own agenda adds is the second of two, wherever it stands in the meeting.
    for part in sorted(parts, key=lambda part: part.spot.document is draft.spot.document):
        what = "section" if isinstance(part, SectionDraft) else "item"
        key = f"{what} {part.id}"
        spot = part.at("id")
        if key in seen:
            first = seen[key].document
            line = first.positions.at(seen[key].path)[0]
            where = f"line {line}" if first is spot.document else f"line {line} of {first.name}"
            what = f"the {what} {quoted(part.id)} is already in {where}"
            problems.append(spot.problem(what, "give one of them another id"))
        seen.setdefault(key, spot)


def _build_section(draft: SectionDraft, problems: list[Problem]) -> Section:
    values = draft.values
    return Section(
        id=values["id"],
        title=values["title"],
        minutes=values["minutes"],
        goal=values.get("goal") or "",
        when=values.get("when"),
        items=tuple(build_item(item, problems) for item in draft.items),
    )


def build_item(draft: ItemDraft, problems: list[Problem]) -> Item:
    """The item of a draft; what does not fit its kind is added to the problems."""
    values, kind = draft.values, draft.values["kind"]
    for key, what, fix in misfits(kind, values):
        problems.append(draft.at(key).problem(what, fix, key=True))
    voting = values.get("vote")
    direction = _direction(draft, problems)
    columns, rows = _table(draft, problems)
    return Item(
        id=values["id"],
        kind=kind,
        ask=values["ask"],
        guide=values.get("guide") or "",
        unit=values.get("unit") or "",
        rules=_rules(draft, direction, problems),
        direction=direction,
        columns=columns,
        rows=rows,
        vote=voting.mode if voting else VoteMode.NONE,
        votes_named=bool(voting and voting.named),
        origin=draft.origin,
        changed_by=tuple(draft.changed_by),
        **{key: values[key] for key in _PLAIN_KEYS if key in values},
    )


def _bars(draft: ItemDraft) -> list[tuple[str, tuple[Bar, ...]]]:
    gate: Gate = draft.values.get("gate") or Gate()
    return [("gate", gate.bars), ("target", draft.values.get("target") or ())]


def _direction(draft: ItemDraft, problems: list[Problem]) -> Direction | None:
    kind, said = draft.values["kind"], draft.values.get("better") or ""
    better = said
    for key, bars in _bars(draft):
        if bars and kind not in NUMERIC_KINDS:
            if key == "gate":
                problems.append(draft.at(key).problem(f"{kind} items have no number to gate", "write gate: true"))
            return None
        for bar in bars:
            if bar.better and better and bar.better != better:
                fix = "say the same way in target, gate and better"
                problems.append(draft.at(key).problem(f"{key} and the rest disagree on which way is better", fix))
                break
            better = bar.better or better
    targets = dict(_bars(draft))["target"]
    if not better and not any(bars for _, bars in _bars(draft)):
        return None
    default = "higher" if kind is ItemKind.RATING else "lower"
    common = next((bar.value for bar in targets if bar.tier is None), None)
    return Direction(better=better or default, target=common)


def _rules(draft: ItemDraft, direction: Direction | None, problems: list[Problem]) -> tuple[Rule, ...]:
    gate: Gate = draft.values.get("gate") or Gate()
    rules = _gate_rules(draft, gate, direction)
    for at, file in enumerate(draft.values.get("rules") or ()):
        if not (file.finding or file.action or file.risk or file.check):
            spot = draft.at("rules").inside(at)
            problems.append(spot.problem("the rule suggests nothing", "add a finding, action, risk or check"))
        rules.append(_rule(file))
    target = draft.values.get("target") or ()
    rules += _bar_rules(draft, target, direction, "target", Finding.MEDIUM)
    return tuple(rules)


def _rule(file: RuleFile) -> Rule:
    return Rule(
        when=file.when,
        finding=file.finding or Finding.UNRATED,
        action=file.action or "",
        risk=file.risk or "",
        check=file.check or "",
        because=file.because or "",
        priority=file.priority,
        due=file.due or "",
        owner=file.owner or "",
    )


def _gate_rules(draft: ItemDraft, gate: Gate, direction: Direction | None) -> list[Rule]:
    """The bars of a gate, and that an answer nobody knows does not pass it."""
    rules = _bar_rules(draft, gate.bars, direction, "gate", Finding.BLOCKER)
    if not gate.bars and not gate.tiers:
        return rules
    kind = draft.values["kind"]
    bad: tuple[str, ...] = _NOBODY_KNOWS
    if not gate.bars and kind is ItemKind.CHECK:
        bad = ("fail", *bad)
    elif not gate.bars and kind is ItemKind.YES_NO:
        bad = (draft.values.get("bad") or "no", *bad)
    elif kind is ItemKind.DATE:
        bad = (NEVER, *bad)
    blocked: Condition = OfAnswer(comparing=(Comparing(by=Comparison.ONE_OF, operand=bad),))
    tiers = gate.tiers or tuple(bar.tier for bar in gate.bars if bar.tier)
    if not any(bar.tier is None for bar in gate.bars) and len(tiers) < 4:
        words = tuple(tier.value for tier in tiers)
        blocked = AllOf(of=(_tier(Comparison.ONE_OF, words), blocked))
    return [*rules, Rule(when=blocked, finding=Finding.BLOCKER, source="gate")]


def _bar_rules(
    draft: ItemDraft, bars: tuple[Bar, ...], direction: Direction | None, source: str, finding: Finding
) -> list[Rule]:
    if not direction:
        return []
    lower = direction.better == "lower"
    named = tuple(bar.tier.value for bar in bars if bar.tier)
    unit = f" {draft.values['unit']}" if draft.values.get("unit") else ""
    rules = []
    for bar in bars:
        by = Comparison.ABOVE if lower else Comparison.BELOW
        when: Condition = OfAnswer(comparing=(Comparing(by=by, operand=bar.value),))
        if bar.tier:
            when = AllOf(of=(_tier(Comparison.IS, bar.tier.value), when))
        elif named:
            when = AllOf(of=(_tier(Comparison.NONE_OF, named), when))
        limit = f"the {source} is at {'most' if lower else 'least'} {show_number(bar.value)}{unit}"
        rules.append(Rule(when=when, finding=finding, source=source, because=limit))
    return rules


def _tier(by: Comparison, operand: str | tuple[str, ...]) -> OfService:
    return OfService(field=ServiceField.TIER, comparing=(Comparing(by=by, operand=operand),))


def _table(draft: ItemDraft, problems: list[Problem]) -> tuple[tuple[Column, ...], tuple[tuple[str, ...], ...]]:
    columns: tuple[Column, ...] = draft.values.get("columns") or ()
    rows: tuple[tuple[str, ...], ...] = draft.values.get("rows") or ()
    if draft.values["kind"] is ItemKind.TABLE and not columns:
        problems.append(draft.spot.problem("the table has no columns", "add columns: {what: text}"))
    if rows and columns and not any(column.given for column in columns):
        columns = (replace(columns[0], given=True), *columns[1:])
    given = [column.title for column in columns if column.given]
    for at, row in enumerate(rows):
        if columns and len(row) > len(given):
            what = (
                f"the row has {len(row)} cells, but only {', '.join(given)} {'is' if len(given) == 1 else 'are'} given"
            )
            problems.append(draft.at("rows").problem(what, "give a cell for each given column", at))
    return columns, rows

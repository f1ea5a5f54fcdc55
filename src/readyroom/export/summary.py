"""The one-page summary as Markdown: verdict, what is missing, actions, risks, decisions, what comes next."""

from __future__ import annotations

from readyroom.domain.capture import Action
from readyroom.domain.record import Record
from readyroom.export.answers import decided_answers
from readyroom.export.captures import action_table, by_urgency, decision_list, is_open, risk_table
from readyroom.export.heading import footer, headline, status_line, verdict_line
from readyroom.export.markdown import gap_list, joined
from readyroom.export.md_escape import md_inline
from readyroom.export.reading import Reading, read
from readyroom.export.words import and_words, count_words, finding_words, short_date

_MOST_GAPS, _MOST_ACTIONS, _MOST_RISKS, _MOST_DECISIONS = 5, 10, 5, 5


def summary(record: Record) -> str:
    """One page for whoever was not there."""
    reading = read(record)
    actions = sorted((action for action in record.actions if is_open(action)), key=by_urgency)
    risks = sorted(record.risks, key=lambda risk: (-(risk.worry or 0), risk.number or 0))
    parts = [
        [headline(reading)],
        [status_line(reading)],
        [verdict_line(reading)],
        _sections(reading),
        *_part("What is missing", gap_list(reading, _MOST_GAPS)),
        *_table("Actions", "action", len(actions), action_table(reading, actions[:_MOST_ACTIONS]), _MOST_ACTIONS),
        *_table("Risks", "risk", len(risks), risk_table(reading, risks[:_MOST_RISKS]), _MOST_RISKS),
        *_part("Decisions", _decisions(reading)),
        *_part("Next steps", _next_steps(reading, actions)),
        footer(reading),
    ]
    return joined(parts)


def _sections(reading: Reading) -> list[str]:
    titles = {section.id: section.title for section in reading.sections}
    return [
        f"- {md_inline(titles.get(one.section, one.section))}: {finding_words(one.finding)}"
        for one in reading.record.outcome.sections
        if one.asked
    ]


def _decisions(reading: Reading) -> list[str]:
    lines = [*decision_list(reading, reading.record.decisions), *decided_answers(reading)]
    points = [at for at, line in enumerate(lines) if line.startswith("- ")]
    if len(points) > _MOST_DECISIONS:
        more = f"- and {len(points) - _MOST_DECISIONS} more, in the minutes"
        return [*lines[: points[_MOST_DECISIONS]], more]
    return lines


def _next_steps(reading: Reading, actions: list[Action]) -> list[str]:
    lines = []
    dated = [(action.due, action) for action in actions if action.due and action.owner.strip()]
    if dated:
        first = min(due for due, _ in dated)
        due_first = [f"{md_inline(a.owner)} ({_id(a)})" for due, a in dated if due == first]
        lines.append(f"- First due, {short_date(first)}: {and_words(due_first)}")
    if asked := [f"{md_inline(a.owner)} ({_id(a)})" for a in actions if not a.agreed and a.owner.strip()]:
        lines.append(f"- Ask for a yes to what was agreed in their absence: {and_words(asked)}")
    ownerless = [_id(action) for action in actions if not action.owner.strip()]
    ownerless += [f"P-{note.number}" for note in reading.record.parked if not note.owner.strip() and note.number]
    if ownerless:
        lines.append(f"- Find an owner for {and_words(ownerless)}")
    if parked := len(reading.record.parked):
        lines.append(f"- Come back to {count_words(parked, 'parked note')}, in the minutes")
    return lines


def _id(action: Action) -> str:
    return f"A-{action.number}" if action.number is not None else md_inline(action.title)


def _table(title: str, one: str, count: int, lines: list[str], most: int) -> list[list[str]]:
    if not count:
        return []
    more = [f"{count_words(count - most, one)} more, in the minutes."] if count > most else []
    return [[f"## {title}"], lines, more]


def _part(title: str, lines: list[str]) -> list[list[str]]:
    return [[f"## {title}"], lines] if lines else []

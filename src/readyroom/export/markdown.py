"""The minutes as Markdown, as a team would keep them: what is missing first, then what was agreed, then what was said.

Everything comes from the record: the same record gives the same bytes, whenever and wherever it is rendered.
"""

from __future__ import annotations

from readyroom.domain.record import Record
from readyroom.export.answers import decided_answers, other_answers, section_answers
from readyroom.export.captures import action_table, decision_list, parking_lot, risk_table
from readyroom.export.heading import (
    footer,
    front_matter,
    headline,
    section_table,
    services_line,
    status_line,
    verdict_line,
)
from readyroom.export.md_escape import md_inline
from readyroom.export.people import attendance
from readyroom.export.reading import Reading, read


def minutes(record: Record) -> str:
    """The full minutes of a record."""
    reading = read(record)
    parts = [
        front_matter(reading),
        [headline(reading)],
        [status_line(reading)],
        [verdict_line(reading)],
        services_line(reading),
        *_part("What is missing", gap_list(reading)),
        *_part("Verdict by section", section_table(reading) if record.outcome.sections else []),
        *_part("Actions", action_table(reading, record.actions) if record.actions else []),
        *_part("Decisions", [*decision_list(reading, record.decisions), *decided_answers(reading)]),
        *_part("Risks", risk_table(reading, record.risks) if record.risks else []),
        *_answers(reading),
        *_part("Parking lot", parking_lot(reading, record.parked)),
        *_part("Attendance", attendance(reading)),
        footer(reading),
    ]
    return joined(parts)


def gap_list(reading: Reading, most: int | None = None) -> list[str]:
    """What is missing, the most important first."""
    gaps = reading.record.outcome.gaps
    shown = gaps if most is None else gaps[:most]
    lines = [f"- {md_inline(gap.what)}" for gap in shown]
    if len(gaps) > len(shown):
        lines.append(f"- and {len(gaps) - len(shown)} more, in the minutes")
    return lines


def joined(parts: list[list[str]]) -> str:
    """Blocks of lines as one text, an empty line between them."""
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _answers(reading: Reading) -> list[list[str]]:
    parts: list[list[str]] = []
    for section in reading.sections:
        lines = section_answers(reading, section)
        if lines:
            parts += [[f"### {md_inline(section.title)}"], lines]
    if others := other_answers(reading):
        parts += [["### Also noted"], others]
    return [["## Answers"], *parts] if parts else []


def _part(title: str, lines: list[str]) -> list[list[str]]:
    return [[f"## {title}"], lines] if lines else []

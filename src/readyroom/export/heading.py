"""The head of minutes and summary: front matter, title, what they are worth, and the verdict."""

from __future__ import annotations

from readyroom.borders.text import clean_line
from readyroom.borders.yamlwriter import dump_yaml
from readyroom.domain.session import SessionStatus
from readyroom.export.md_escape import md_inline, md_table
from readyroom.export.people import attendees, facilitator
from readyroom.export.reading import Reading
from readyroom.export.words import (
    clock_time,
    count_words,
    finding_glyph,
    finding_words,
    first_day,
    local_time,
    long_date,
    minutes_words,
    short_date,
    status_words,
)


def front_matter(reading: Reading) -> list[str]:
    """What a program or a wiki wants to know of the minutes, as YAML between rules."""
    record = reading.record
    tree = {
        "title": clean_line(_title(reading)),
        "agenda": clean_line(record.session.agenda_id),
        "version": clean_line(record.session.agenda_version),
        "services": [clean_line(subject) for subject in record.session.subjects],
        "date": first_day(record).isoformat(),
        "facilitator": clean_line(facilitator(reading)),
        "status": status_words(record.session.status),
        "verdict": clean_line(record.outcome.words),
        "attendees": [clean_line(name) for name in attendees(reading)],
        "counts": {
            "asked": reading.asked,
            "answered": reading.answered,
            "missing": len(record.outcome.gaps),
            "actions": len(record.actions),
            "risks": len(record.risks),
            "decisions": len(record.decisions),
            "parked": len(record.parked),
        },
        "session": clean_line(record.session.id),
    }
    kept = {key: value for key, value in tree.items() if value not in ("", [])}
    return ["---", *dump_yaml(kept).rstrip("\n").split("\n"), "---"]


def headline(reading: Reading) -> str:
    """`# Reliability review: checkout, 22 November 2026`."""
    return f"# {md_inline(_title(reading))}"


def status_line(reading: Reading) -> str:
    """What these minutes are worth: interim, draft or sealed."""
    session = reading.record.session
    match session.status:
        case SessionStatus.SEALED:
            return f"**Minutes**, sealed as revision {reading.record.revision}."
        case SessionStatus.FINISHED:
            again = f" Revision {session.revision} was sealed before and reopened." if session.revision else ""
            return f"**DRAFT minutes.** {_ended(reading)}Not sealed yet: anything here may still be corrected.{again}"
        case SessionStatus.ADJOURNED:
            return "**Interim minutes.** The meeting was adjourned and goes on at another sitting."
        case _:
            return "**Interim minutes.** The meeting is not over yet."


def verdict_line(reading: Reading) -> str:
    """The verdict in a sentence, with the counts."""
    record = reading.record
    counts = [count_words(len(record.actions), "action"), count_words(len(record.risks), "risk")]
    if record.decisions:
        counts.append(count_words(len(record.decisions), "decision"))
    verdict = f"{finding_glyph(record.outcome.verdict)} {md_inline(record.outcome.words) or 'not rated'}"
    answered = f"{reading.answered} of {count_words(reading.asked, 'question')} answered"
    if not reading.asked:
        answered = "No question was asked yet"
    return f"**Verdict: {verdict}.** {answered}; {', '.join(counts)}."


def services_line(reading: Reading) -> list[str]:
    """Tier and owner of the services, where they are known."""
    wanted = reading.record.session.subjects
    known = [service for service in reading.record.services if service.name in wanted]
    parts = []
    for service in known:
        told = [service.tier.value] if service.tier else []
        if service.owner.strip():
            told.append(f"owned by {md_inline(service.owner)}")
        if service.operated_by.strip():
            told.append(f"operated by {md_inline(service.operated_by)}")
        if told:
            parts.append(f"{md_inline(service.name)} is {', '.join(told)}")
    return [f"{'; '.join(parts)}."] if parts else []


def section_table(reading: Reading) -> list[str]:
    """Each section's verdict, how much of it was answered, and planned against used time, with the total."""
    titles = {section.id: section.title for section in reading.sections}
    outcomes = reading.record.outcome.sections
    rows = [
        [
            md_inline(titles.get(one.section, one.section)),
            finding_words(one.finding),
            f"{one.answered} of {one.asked}",
            minutes_words(one.planned),
            minutes_words(one.used),
        ]
        for one in outcomes
    ]
    rows.append(
        [
            "Total",
            "",
            f"{reading.answered} of {reading.asked}",
            minutes_words(sum(one.planned for one in outcomes)),
            minutes_words(sum(one.used for one in outcomes)),
        ]
    )
    return md_table(["Section", "Verdict", "Answered", "Planned", "Used"], rows)


def footer(reading: Reading) -> list[str]:
    """What wrote this, and what was left out of it."""
    record = reading.record
    lines = ["---", "", f"Written by readyroom {md_inline(record.program)}."]
    if record.left_out:
        were = "was" if record.left_out == 1 else "were"
        lines[-1] += f" {count_words(record.left_out, 'text')} for facilitators only {were} left out."
    if record.unrevealed:
        rounds = count_words(record.unrevealed, "round")
        lines[-1] += f" The votes of {rounds} that nobody has revealed are left out."
    return lines


def _title(reading: Reading) -> str:
    session = reading.record.session
    title = session.title.strip() or reading.record.agenda.title
    subject = f": {session.subject}" if session.subject.strip() else ""
    return f"{title}{subject}, {long_date(first_day(reading.record))}"


def _ended(reading: Reading) -> str:
    moment = reading.record.session.finished_at
    if moment is None:
        return ""
    local = local_time(moment, reading.zone)
    return f"Finished on {short_date(local.date())} at {clock_time(local)}. "

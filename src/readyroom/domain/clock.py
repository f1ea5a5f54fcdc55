"""Reading a meeting's clock from its events: time used by item and section, and the projected end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from readyroom.domain.agenda import Agenda
from readyroom.domain.session import ClockEvent, ClockMark, Sitting

_SLOWEST_PACE, _FASTEST_PACE = 2.0, 0.5
"""Bounds on what the pace so far may say of what is to come: one odd section is no prophecy."""


_STEADY_SECONDS = 600.0
"""Weight of the plan against what was measured so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds used so far, in all sittings together unless said otherwise."""

    by_item: Mapping[str, float]
    this_sitting: float
    running: bool
    current: str
    extended: Mapping[str, float]
    """Minutes added to a section by its id."""

    def of_section(self, agenda: Agenda, section_id: str) -> float:
        """Seconds used by the items of a section."""
        section = next((s for s in agenda.sections if s.id == section_id), None)
        return sum(self.by_item.get(item.id, 0.0) for item in section.items) if section else 0.0


def read_clock(sittings: Iterable[Sitting], now: datetime) -> Timing:
    """Add up the intervals between events; a clock that jumped back counts as no time.

    Only the last sitting runs until now. An earlier one that nobody ended is over since its last sign of life.
    """
    by_item: dict[str, float] = {}
    extended: dict[str, float] = {}
    running, current, this_sitting = False, "", 0.0
    in_order = sorted(sittings, key=lambda sitting: sitting.number)
    for sitting in in_order:
        running, this_sitting, since = False, 0.0, sitting.started_at
        for event in sitting.events:
            if running:
                spent = max(0.0, (event.at - since).total_seconds())
                by_item[current] = by_item.get(current, 0.0) + spent
                this_sitting += spent
            since = event.at
            running, current = _after(event, running, current)
            if event.mark is ClockMark.EXTEND:
                extended[event.item] = extended.get(event.item, 0.0) + event.minutes
        is_last = sitting is in_order[-1]
        if running:
            until = sitting.ended_at or (now if is_last else sitting.heartbeat or since)
            spent = max(0.0, (until - since).total_seconds())
            by_item[current] = by_item.get(current, 0.0) + spent
            this_sitting += spent
        running = running and is_last and sitting.ended_at is None
    return Timing(by_item=by_item, this_sitting=this_sitting, running=running, current=current, extended=extended)


def _after(event: ClockEvent, running: bool, current: str) -> tuple[bool, str]:
    if event.mark in (ClockMark.PAUSE, ClockMark.STOP):
        return False, current
    if event.mark is ClockMark.EXTEND:
        return running, current
    starts = event.mark in (ClockMark.START, ClockMark.RESUME)
    return running or starts, event.item or current


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTime:
    """Planned and used seconds of a section; `planned` includes minutes added in the meeting."""

    section: str
    planned: float
    used: float

    @property
    def over(self) -> float:
        """Seconds over the plan, 0 while within it."""
        return max(0.0, self.used - self.planned)


def section_times(agenda: Agenda, timing: Timing) -> tuple[SectionTime, ...]:
    """Planned against used, for each section in order."""
    return tuple(
        SectionTime(
            section=section.id,
            planned=(section.minutes + timing.extended.get(section.id, 0.0)) * 60,
            used=timing.of_section(agenda, section.id),
        )
        for section in agenda.sections
    )


def pace(times: Iterable[SectionTime], current_section: str) -> float:
    """Used over planned of the sections already left, within bounds; 1 before the first is over.

    Ten minutes at the planned pace are counted in, so that a two-minute opening does not move the end by half an hour.
    """
    planned = used = 0.0
    for time in times:
        if time.section == current_section:
            break
        if time.used > 0:
            planned, used = planned + time.planned, used + time.used
    rate = (used + _STEADY_SECONDS) / (planned + _STEADY_SECONDS)
    return min(_SLOWEST_PACE, max(_FASTEST_PACE, rate))


def projected_end(agenda: Agenda, timing: Timing, current_section: str, now: datetime) -> datetime:
    """When the meeting ends if the rest goes at the pace so far: what the section has left, and all later ones."""
    times = section_times(agenda, timing)
    rate = pace(times, current_section)
    left, reached = 0.0, False
    for time in times:
        if time.section == current_section:
            reached = True
            left += max(0.0, time.planned - time.used)
        elif reached:
            left += time.planned * rate
    return now + timedelta(seconds=left)


def next_event(sitting: Sitting, at: datetime, mark: ClockMark, item: str = "", minutes: float = 0) -> ClockEvent:
    """The event that follows the sitting's last one, never before it in time."""
    latest = sitting.events[-1].at if sitting.events else at
    return ClockEvent(
        sitting=sitting.id,
        sequence=len(sitting.events) + 1,
        at=max(at, latest),
        mark=mark,
        item=item,
        minutes=minutes,
    )

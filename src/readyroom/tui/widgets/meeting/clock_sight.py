"""The clock of a meeting as it is shown; read once a second, however often it is painted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from readyroom.domain.clock import SectionTime, projected_end, section_times
from readyroom.workflows.live import LiveMeeting


@dataclass(frozen=True, slots=True)
class ClockSight:
    """The clock of the current section as it stands."""

    section: SectionTime
    sections: Mapping[str, SectionTime]
    running: bool
    ends: datetime
    late: bool
    """Whether the projected end lies behind what was planned."""


class ClockReader:
    """Reads a meeting's clock anew when a second has passed, the clock was touched, or the section changed."""

    def __init__(self, live: LiveMeeting) -> None:
        self._live = live
        self._read_at: tuple[object, ...] = ()
        self._sight: ClockSight | None = None

    def read(self) -> ClockSight | None:
        """The clock; None where the agenda asks nothing."""
        live = self._live
        place, now = live.place, live.now
        if place is None:
            return None
        sitting = live.meeting.sitting
        events = sitting.events if sitting is not None else ()
        read_at = (place.section.id, now.replace(microsecond=0), len(live.meeting.sittings), len(events))
        if self._sight is None or read_at != self._read_at:
            self._read_at, self._sight = read_at, self._look(place.section.id, now)
        return self._sight

    def _look(self, section_id: str, now: datetime) -> ClockSight:
        agenda, timing = self._live.meeting.agenda, self._live.timing
        times = {time.section: time for time in section_times(agenda, timing)}
        section = times.get(section_id, SectionTime(section="", planned=0, used=0))
        ends = projected_end(agenda, timing, section_id, now)
        planned = sum(time.planned for time in times.values())
        used = sum(time.used for time in times.values())
        late = section.over > 0 or used + (ends - now).total_seconds() > planned + 60
        return ClockSight(section=section, sections=times, running=timing.running, ends=ends, late=late)

"""Go to: the outline as a list."""

from __future__ import annotations

from collections.abc import Iterable

from readyroom.domain.answer import FAIL, AnswerKey
from readyroom.domain.progress import is_asked, state_of
from readyroom.domain.sides import is_sealed
from readyroom.tui.screens.meeting_picking import Found, PickScreen, closeness
from readyroom.tui.themes import glyphs_of, state_look
from readyroom.workflows.live import LiveMeeting


class GoToScreen(PickScreen):
    """All questions in order, by their number and words; the current one is marked."""

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__()
        self._live = live

    def first(self) -> AnswerKey:
        """Where the room is."""
        return self._live.key

    def found(self, needle: str) -> Iterable[Found]:
        """Questions that hold each word, in their words or their section's."""
        words, glyphs, meeting = needle.split(), glyphs_of(self), self._live.meeting
        several = len(meeting.session.subjects) > 1
        for number, place in enumerate(self._live.places, 1):
            about = " · ".join(part for part in (place.key.subject if several else "", place.key.respondent) if part)
            text = place.item.ask + (f" · {about}" if about else "")
            rank = 0 if words == [str(number)] else closeness(words, text, place.section.title, str(number))
            if rank < 0:
                continue
            bad = meeting.answer(place.key).value == FAIL and not is_sealed(meeting, place.key)
            look = state_look(state_of(meeting, place.key), bad=bad, glyphs=glyphs)
            sign, style = (look.glyph, look.style) if is_asked(place.item) else (glyphs.dot, "$text-muted")
            yield Found(
                key=place.key, lead=f"{number:>4}  ", text=text, sign=sign, style=style, group=place.section.title,
                rank=rank,
            )  # fmt: skip

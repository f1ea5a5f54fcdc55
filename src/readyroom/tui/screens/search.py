"""Search: questions, answers, notes, evidence and captures of this session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import BindingType

from readyroom.domain.answer import Answer, AnswerKey, show_value
from readyroom.domain.capture import short_id
from readyroom.domain.progress import Place
from readyroom.domain.sides import is_sealed
from readyroom.tui.commands import Where, bindings
from readyroom.tui.screens.meeting_capturing import LABELS
from readyroom.tui.screens.meeting_picking import Found, PickScreen, matches
from readyroom.workflows.live import LiveMeeting


class SearchScreen(PickScreen):
    """What was asked and said, by any words; choosing goes to the question."""

    WHERE = Where.SEARCH
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.SEARCH)
    TITLE_WORDS = "Search"

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__()
        self._live = live

    def nothing(self, narrowed: bool) -> str:
        """Before anything is typed, say what is searched."""
        return "Nothing like it." if narrowed else "Questions, answers, notes, evidence and captures."

    def found(self, needle: str) -> Iterable[Found]:
        """Lines that hold each word; nothing before anything is typed."""
        words = needle.split()
        if not words:
            return
        meeting = self._live.meeting
        for place in self._live.places:
            hidden = is_sealed(meeting, place.key)
            said = Answer(session=meeting.session.id, key=place.key) if hidden else meeting.answer(place.key)
            yield from _in_question(place, said, words)
        known = {place.key.item: place for place in self._live.places}
        for one in meeting.captures:
            if not one.withdrawn and matches(words, one.title, short_id(one)):
                place_of = known.get(one.item)
                key = place_of.key if place_of else self._live.key
                where = place_of.section.title if place_of else ""
                yield Found(
                    key=(key, one.id), text=f"{short_id(one)} {one.title}", right=f"{LABELS[one.kind]} {where}".strip()
                )


def _in_question(place: Place, answer: Answer, words: list[str]) -> Iterable[Found]:
    key, section = place.key, place.section.title
    if matches(words, place.item.ask):
        yield Found(key=(key, "ask"), text=place.item.ask, right=section)
    value = _value_text(place, answer)
    for part, text in (("answer", value), ("note", answer.note), ("evidence", answer.evidence), ("why", answer.reason)):
        if text and matches(words, text):
            yield Found(key=(key, part), text=_around(text, words), right=f"{part} · {section}")


def _value_text(place: Place, answer: Answer) -> str:
    if isinstance(answer.value, tuple):
        cells = [str(cell) for row in answer.value if isinstance(row, Mapping) for cell in row.values()]
        return " · ".join(cells) or show_value(place.item, answer.value)
    return show_value(place.item, answer.value) if answer.value is not None else ""


def _around(text: str, words: list[str]) -> str:
    """The text from a little before the first word that was looked for."""
    line = " ".join(text.split())
    at = min((found for word in words if (found := line.casefold().find(word)) >= 0), default=0)
    return line if at < 30 else "…" + line[at - 24 :]


def place_of(chosen: object) -> AnswerKey | None:
    """The question that a chosen line belongs to."""
    if isinstance(chosen, AnswerKey):
        return chosen
    if isinstance(chosen, tuple) and chosen and isinstance(chosen[0], AnswerKey):
        return chosen[0]
    return None

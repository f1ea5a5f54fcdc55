"""Sides that answer apart, as lines: that one has answered and not what, until both are in; then where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from readyroom.domain.agenda import TABLE_KINDS
from readyroom.domain.sides import (
    differences,
    has_spoken,
    is_compared,
    is_sealed,
    said_in_words,
    sides_at,
    sides_differ,
)
from readyroom.tui.commands import command, show_keys
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span, wrapped
from readyroom.tui.widgets.meeting.sight import Sight

_LABEL = 12


def as_seen(sight: Sight) -> Sight:
    """The sight without what a side has said, or prepared, as long as another one has not answered.

    While a field is open, or rows and several choices are still being given, what is typed can be seen.
    """
    meeting, key = sight.meeting, sight.key
    if not sides_at(meeting, key) or is_compared(meeting, key) or meeting.session.is_over:
        return sight
    prepared = tuple(one for one in meeting.prepared if one.key != key)
    answers = meeting.answers
    if is_sealed(meeting, key) and not _is_being_given(sight):
        answers = {other: answer for other, answer in answers.items() if other != key}
    return replace(sight, meeting=replace(meeting, answers=answers, prepared=prepared), offers=(), verdict=None)


def _is_being_given(sight: Sight) -> bool:
    return sight.editing is not None or (sight.still_here and (sight.item.many or sight.item.kind in TABLE_KINDS))


def side_lines(sight: Sight, width: int) -> Iterator[Line]:
    """What is told of the sides: who has answered, or what each said, differences first."""
    sides = sides_at(sight.meeting, sight.key)
    if not sides:
        return
    if is_compared(sight.meeting, sight.key):
        yield BLANK
        yield from _compared_lines(sight, width)
        return
    if sight.meeting.session.is_over:
        return
    spoken = [side.respondent for side in sides if has_spoken(side)]
    silent = [side.respondent for side in sides if not has_spoken(side)]
    yield BLANK
    for side in sides:
        if has_spoken(side):
            yield Line((Span(f"{sight.glyphs.done} ", "good"), Span(f"{side.respondent} has answered")))
    waiting = " and ".join(silent)
    when = f"shown when {waiting} has answered too" if spoken else "each side answers apart; shown when both have"
    yield from wrapped(when, width, "dim")
    own = [one.by for one in sight.meeting.prepared_for(sight.key)]
    if own and sight.key.respondent in silent:
        confirm = show_keys(command("meeting.confirm"))
        names = ", ".join(dict.fromkeys(own))
        yield Line((Span(confirm, "key", "confirm:1"), Span(f" counts what {names} prepared", "dim", "confirm:1")))


def _compared_lines(sight: Sight, width: int) -> Iterator[Line]:
    item, sides = sight.item, sides_at(sight.meeting, sight.key)
    names = " and ".join(side.respondent for side in sides)
    if not sides_differ(sight.meeting, sight.key):
        said = said_in_words(item, sides[0].answer)
        yield from wrapped(f"{sight.glyphs.done} {names} agree: {said}", width, "good")
        return
    yield from wrapped(f"{sight.glyphs.disputed} {names} differ", width, "warn")
    if item.kind in TABLE_KINDS:
        for row, told in differences(item, sides):
            yield from wrapped(row, width, "strong", indent=2)
            for who, words in told:
                yield from wrapped(words, width, indent=4 + _LABEL, first=(Span(f"    {who}", "accent"),))
        return
    for side in sides:
        first = (Span(f"  {side.respondent}", "accent"),)
        yield from wrapped(said_in_words(item, side.answer), width, indent=2 + _LABEL, first=first)
        if side.answer.note:
            yield from wrapped(side.answer.note, width, "dim", indent=2 + _LABEL)

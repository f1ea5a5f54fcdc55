"""Something that two windows changed at once, as lines: both values in words that tell them apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime

from readyroom.domain.agenda import ItemKind
from readyroom.domain.answer import Answer, AnswerState, show_value
from readyroom.domain.capture import CAPTURE_TYPES, short_id
from readyroom.domain.change import Entity
from readyroom.domain.meeting import Meeting
from readyroom.domain.session import Sitting
from readyroom.tui.commands import command, show_keys
from readyroom.tui.text import clip
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span, wrapped
from readyroom.tui.widgets.meeting.sight import Sight
from readyroom.workflows.live import Clash
from readyroom.workflows.roster import write_roster

_LONGEST = 200
_NOT_SAID = frozenset({
    "id", "session", "number", "version", "title", "item", "subject", "at", "by", "given_at", "given_by", "key",
    "value", "state", "value_version", "note_version", "events", "heartbeat", "attendees", "dismissed",
})  # fmt: skip


def clash_lines(sight: Sight, measure: int) -> Iterator[Line]:
    """Both values of something that someone else changed first; nothing is lost and nothing waits."""
    if not sight.clashes:
        return
    clash = sight.clashes[0]
    theirs, ours = both_words(sight.meeting, clash)
    more = f" (1 of {len(sight.clashes)})" if len(sight.clashes) > 1 else ""
    place = f"changed elsewhere: {clash_place(sight, clash)}{more}"
    yield from wrapped(place, measure, "warn", indent=2, first=(Span(sight.glyphs.disputed, "warn"),))
    for label, words in (("theirs", f"{theirs} (counts now{_who(sight, clash)})"), ("ours", ours)):
        yield from wrapped(words, measure, indent=10, first=(Span(f"  {label}", "dim"),))
    yield Line((Span(" " * 10), *keys_for_two("put ours back", "leave theirs")))
    yield BLANK


def keys_for_two(take: str, leave: str) -> tuple[Span, ...]:
    """The two keys that mean nothing else: take it, or leave it."""
    return (
        Span(show_keys(command("meeting.take")), "key", "take"),
        Span(f" {take} · ", "dim", "take"),
        Span(show_keys(command("meeting.dismiss")), "key", "dismiss"),
        Span(f" {leave}", "dim", "dismiss"),
    )


def both_words(meeting: Meeting, clash: Clash) -> tuple[str, str]:
    """Theirs and ours in words: what each says, and whatever else differs."""
    return entity_words(meeting, clash.theirs, clash.ours), entity_words(meeting, clash.ours, clash.theirs)


def entity_words(meeting: Meeting, entity: Entity, other: Entity) -> str:
    """What an answer, a capture or a roster says, with every part that the other one says otherwise."""
    said = [_main_words(meeting, entity, other)]
    for part in fields(entity):
        mine, its = getattr(entity, part.name), getattr(other, part.name, None)
        if part.name not in _NOT_SAID and mine != its:
            said.append(_part_words(part.name, mine))
    return clip(", ".join(words for words in said if words) or "nothing", _LONGEST)


def _main_words(meeting: Meeting, entity: Entity, other: Entity) -> str:
    if isinstance(entity, Sitting):
        return write_roster(entity.attendees) or "nobody"
    if not isinstance(entity, Answer):
        return str(getattr(entity, "title", "") or type(entity).__name__.lower())
    if isinstance(other, Answer) and (entity.state, entity.value) == (other.state, other.value):
        return ""  # they differ in the note or the evidence only
    if entity.state is not AnswerState.ANSWERED:
        return "no answer" if entity.state is AnswerState.UNANSWERED else entity.state.value
    item = meeting.item(entity.key.item)
    return show_value(item, entity.value) if item and item.kind is not ItemKind.INFO else ""


def _part_words(name: str, value: object) -> str:
    word = name.replace("_", " ")
    if isinstance(value, bool):
        return word if value else f"not {word}"
    if value is None or value == "":
        return f"no {word}"
    if isinstance(value, datetime):
        return f"{word} {value:%d %b %H:%M}"
    if isinstance(value, date):
        return f"{word} {value.day} {value:%b}"
    return f"{word} “{value}”" if name in ("note", "evidence", "reason") else f"{word} {value}"


def _who(sight: Sight, clash: Clash) -> str:
    by = clash.theirs.given_by if isinstance(clash.theirs, Answer) else ""
    at = clash.theirs.given_at if isinstance(clash.theirs, Answer) else None
    return f", by {by} {sight.at(at)}" if by and at is not None else ""


def clash_place(sight: Sight, clash: Clash) -> str:
    """What the clash is about, and where that is."""
    theirs = clash.theirs
    if isinstance(theirs, Answer):
        item = sight.meeting.item(theirs.key.item)
        if theirs.key == sight.key:
            return "this answer"
        return f"the answer to “{item.ask}”" if item else theirs.key.item
    if isinstance(theirs, CAPTURE_TYPES):
        return f"{short_id(theirs)} “{theirs.title}”"
    return "who is in the room" if isinstance(theirs, Sitting) else "this session"

"""The question in the middle of the screen as lines: the question, its guidance, the answer, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

from readyroom.domain.agenda import TABLE_KINDS, ItemKind
from readyroom.domain.answer import Answer, AnswerState, Prepared, show_value
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting
from readyroom.tui.commands import command, show_keys
from readyroom.tui.text import clip
from readyroom.tui.themes import finding_look
from readyroom.tui.widgets.meeting.answer_lines import answer_lines
from readyroom.tui.widgets.meeting.lines import BLANK, READING_MEASURE, Line, Span, cells, set_in, slot_lines, wrapped
from readyroom.tui.widgets.meeting.plain_markdown import guidance
from readyroom.tui.widgets.meeting.sight import Sight
from readyroom.workflows.live import Clash

TABLE_MEASURE = 104
_SHORT_GUIDE = 5
_LABEL = 10


def item_lines(sight: Sight, width: int, height: int) -> list[Line]:
    """Everything shown of a question, at a reading measure in the middle of the width."""
    measure = _measure(sight, width)
    margin = max(0, (width - measure) // 2)
    body = list(_body(sight, measure, height))
    return list(set_in(body, margin, measure))


def _measure(sight: Sight, width: int) -> int:
    room = width - (4 if width > 30 else 0)
    wide = sight.item.kind in TABLE_KINDS
    return max(1, min(room, TABLE_MEASURE if wide else READING_MEASURE))


def _body(sight: Sight, measure: int, height: int) -> Iterator[Line]:
    yield from [BLANK] * _air(height)
    yield from _clash_lines(sight, measure)
    yield from _subject_line(sight)
    prose = min(measure, READING_MEASURE)
    yield from wrapped(sight.item.ask, prose, "title")
    yield BLANK
    rest = list(_rest(sight, measure))
    yield from _guide_lines(sight, prose, height - len(rest))
    yield from rest


def _rest(sight: Sight, measure: int) -> Iterator[Line]:
    yield from answer_lines(sight, measure)
    yield from _verdict_line(sight, measure)
    yield from _note_lines(sight, min(measure, READING_MEASURE))
    yield from _prepared_lines(sight, measure)
    yield from _offer_lines(sight, measure)


def _air(height: int) -> int:
    """Empty lines above the question: they depend on the height only, so that an answer moves nothing."""
    return 0 if height <= 8 else 1 if height < 24 else min(6, height // 8)


def _subject_line(sight: Sight) -> Iterator[Line]:
    several = len(sight.meeting.session.subjects) > 1
    words = [sight.key.subject if several else "", sight.key.respondent]
    if any(words):
        yield Line((Span(f" {sight.glyphs.dot} ".join(word for word in words if word), "accent"),))
    if sight.item.origin == "asked in the meeting":
        yield Line((Span("asked in the meeting", "dim"),))


def _guide_lines(sight: Sight, measure: int, room: int) -> Iterator[Line]:
    """Guidance, shortened where the answer would not be seen below it."""
    if not sight.item.guide:
        return
    lines = guidance(sight.item.guide, measure)
    if not sight.guide_open and len(lines) > _SHORT_GUIDE and len(lines) + 3 > room:
        yield from lines[: _SHORT_GUIDE - 1]
        hidden = len(lines) - _SHORT_GUIDE + 1
        yield Line((Span("l", "key"), Span(f" {hidden} more lines", "dim")), hit="guide")
    else:
        yield from lines
    yield BLANK


def _verdict_line(sight: Sight, measure: int) -> Iterator[Line]:
    verdict = sight.verdict
    if verdict is None or verdict.finding in (Finding.UNRATED, Finding.OK):
        return
    look = finding_look(verdict.finding, glyphs=sight.glyphs)
    role = "warn" if verdict.finding is Finding.MEDIUM else "bad"
    yield BLANK
    first = (Span(f"{look.glyph} {look.word}", role),)
    why = verdict.why or "by the agenda's rule"
    yield from wrapped(why, measure, "dim", indent=_LABEL, first=first)


def _note_lines(sight: Sight, measure: int) -> Iterator[Line]:
    answer, item = sight.answer, sight.item
    if sight.slot == "note" and sight.editing is not None:
        yield BLANK
        yield from slot_lines("note", sight.editing.height, at=_LABEL, label="note")
    elif answer.note:
        yield BLANK
        first = (Span("note", "dim"),)
        for one in wrapped(answer.note, measure, indent=_LABEL, first=first):
            yield Line(one.spans, hit="note")
    if sight.slot == "evidence":
        yield from slot_lines("evidence", 1, at=_LABEL, label="evidence")
        if item.evidence is not None:
            yield Line((Span(" " * _LABEL), Span(clip(item.evidence.ask, measure - _LABEL), "dim")))
    elif answer.evidence:
        first = (Span("evidence", "dim"),)
        for one in wrapped(answer.evidence, measure, indent=_LABEL, first=first):
            yield Line(one.spans, hit="evidence")
    elif item.evidence is not None:
        key = show_keys(command("meeting.evidence"))
        yield BLANK
        words = clip(item.evidence.ask, measure - _LABEL - 3)
        label = Span("evidence".ljust(_LABEL), "dim")
        yield Line((label, Span(key, "key"), Span(f" {words}", "dim")), hit="evidence")


def _prepared_lines(sight: Sight, measure: int) -> Iterator[Line]:
    if sight.answer.state is not AnswerState.UNANSWERED or not sight.prepared:
        return
    key = show_keys(command("meeting.confirm"))
    several = len(sight.prepared) > 1
    yield BLANK
    for number, one in enumerate(sight.prepared[:9], 1):
        keys = f"{key} {number}" if several else key
        right = (Span(keys, "key"), Span(" counts it", "dim"))
        said = f"{sight.glyphs.prepared} {_prepared_words(sight, one)}"
        who = f"  {one.by}, {sight.ago(one.at)}"
        room = measure - sum(len(span.text) for span in right) - 2
        value = clip(said, max(8, room - len(who)))
        yield Line((Span(value, "accent"), Span(who, "dim")), right, hit=f"confirm:{number}")
        if one.note:
            yield from wrapped(one.note, measure, "dim", indent=2)


def _prepared_words(sight: Sight, one: Prepared) -> str:
    if one.state is AnswerState.ANSWERED:
        return show_value(sight.item, one.value)
    return one.state.value + (f": {one.reason}" if one.reason else "")


def _offer_lines(sight: Sight, measure: int) -> Iterator[Line]:
    if not sight.offers or sight.clashes:
        return
    offer = sight.offers[0]
    yield BLANK
    kind = f"an {offer.kind}" if offer.kind[:1] in "aeio" else f"a {offer.kind}"
    first = (Span(sight.glyphs.suggestion, "accent"),)
    more = f" (1 of {len(sight.offers)})" if len(sight.offers) > 1 else ""
    yield from wrapped(f"suggests {kind}: “{offer.text}”{more}", measure, indent=2, first=first)
    keys = _keys_for_two("take it", "dismiss")
    because = list(wrapped(f"because {offer.because}", measure, "dim", indent=2)) if offer.because else [BLANK]
    *before, last = because
    yield from before
    if cells(last.spans) + cells(keys) + 3 <= measure:
        yield Line(last.spans, keys)
    else:
        yield last
        yield Line((), keys)


def _keys_for_two(take: str, leave: str) -> tuple[Span, ...]:
    """The two keys that mean nothing else: take it, or leave it."""
    return (
        Span(show_keys(command("meeting.take")), "key", "take"),
        Span(f" {take} · ", "dim", "take"),
        Span(show_keys(command("meeting.dismiss")), "key", "dismiss"),
        Span(f" {leave}", "dim", "dismiss"),
    )


def _clash_lines(sight: Sight, measure: int) -> Iterator[Line]:
    """Both values of something that someone else changed first; nothing is lost and nothing waits."""
    if not sight.clashes:
        return
    clash = sight.clashes[0]
    ours, theirs = entity_words(sight.meeting, clash.ours), entity_words(sight.meeting, clash.theirs)
    first = (Span(sight.glyphs.disputed, "warn"),)
    yield from wrapped(
        f"changed elsewhere: {clash_place(sight.meeting, clash)}", measure, "warn", indent=2, first=first
    )
    yield from wrapped(f"theirs, which counts now: {theirs}", measure, indent=2)
    yield from wrapped(f"ours: {ours}", measure, indent=2)
    yield Line((Span("  "), *_keys_for_two("put ours back", "leave theirs")))
    yield BLANK


def entity_words(meeting: Meeting, entity: object) -> str:
    """What an answer or a capture says, in one line."""
    if isinstance(entity, Answer):
        item = meeting.item(entity.key.item)
        value = show_value(item, entity.value) if item and item.kind is not ItemKind.INFO else ""
        said = value if entity.state is AnswerState.ANSWERED else entity.state.value
        note = f", note “{entity.note}”" if entity.note else ""
        return clip(f"{said}{note}", 200)
    return clip(str(getattr(entity, "title", "") or type(entity).__name__.lower()), 200)


def clash_place(meeting: Meeting, clash: Clash) -> str:
    """What the clash is about."""
    if isinstance(clash.theirs, Answer):
        item = meeting.item(clash.theirs.key.item)
        return f"“{item.ask}”" if item else clash.theirs.key.item
    return f"“{entity_words(meeting, clash.theirs)}”"

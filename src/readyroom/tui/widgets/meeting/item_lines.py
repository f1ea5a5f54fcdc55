"""The question in the middle of the screen as lines: the question, its guidance, the answer, what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

from readyroom.domain.agenda import TABLE_KINDS
from readyroom.domain.answer import AnswerState, Prepared, show_value
from readyroom.domain.finding import Finding
from readyroom.tui.commands import command, show_keys
from readyroom.tui.text import clip
from readyroom.tui.themes import finding_look
from readyroom.tui.widgets.meeting.clash_lines import clash_lines, keys_for_two
from readyroom.tui.widgets.meeting.lines import BLANK, READING_MEASURE, Line, Span, cells, set_in, slot_lines, wrapped
from readyroom.tui.widgets.meeting.mush_lines import mush_lines
from readyroom.tui.widgets.meeting.plain_markdown import guidance
from readyroom.tui.widgets.meeting.side_lines import as_seen, side_lines
from readyroom.tui.widgets.meeting.sight import Sight
from readyroom.tui.widgets.meeting.vote_lines import voted_lines

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
    yield from clash_lines(sight, measure)
    yield from _subject_line(sight)
    prose = min(measure, READING_MEASURE)
    yield from wrapped(sight.item.ask, prose, "title")
    yield BLANK
    rest = list(_rest(sight, measure))
    yield from _guide_lines(sight, prose, height - len(rest))
    yield from rest


def _rest(sight: Sight, measure: int) -> Iterator[Line]:
    whole, sight = sight, as_seen(sight)
    yield from voted_lines(sight, measure)
    yield from side_lines(whole, measure)
    yield from mush_lines(sight, measure)
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
    yield from wrapped(_why(sight, verdict.why), measure, "dim", indent=_LABEL, first=first)


def _why(sight: Sight, why: str) -> str:
    """The reason of a finding where it says more than the answer above it and the suggestion below."""
    answer = sight.answer
    said = [show_value(sight.item, answer.value)] if answer.state is AnswerState.ANSWERED else []
    if sight.offers and not sight.clashes:
        said.append(sight.offers[0].because)
    return "" if _bare(why) in {_bare(one) for one in said} else why


def _bare(words: str) -> str:
    return " ".join(words.casefold().split()).removeprefix("because ").rstrip(".")


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
    keys = keys_for_two("take it", "dismiss")
    because = list(wrapped(f"because {offer.because}", measure, "dim", indent=2)) if offer.because else [BLANK]
    *before, last = because
    yield from before
    if cells(last.spans) + cells(keys) + 3 <= measure:
        yield Line(last.spans, keys)
    else:
        yield last
        yield Line((), keys)

"""How each kind of answer looks: what can be said, with its keys, and what was said. Tables are in `table_lines.py`."""

from __future__ import annotations

from collections.abc import Iterator

from readyroom.domain.agenda import TABLE_KINDS, Item, ItemKind
from readyroom.domain.answer import FAIL, NO, PASS, YES, AnswerState, show_number, show_value
from readyroom.tui.commands import command, show_keys
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span, slot_lines, wrapped
from readyroom.tui.widgets.meeting.sight import Sight
from readyroom.tui.widgets.meeting.table_lines import table_lines

INDENT = 5
TYPED_KINDS = frozenset({ItemKind.NUMBER, ItemKind.TEXT, ItemKind.DATE, ItemKind.OWNER})
"""Kinds whose answer is typed into a field."""


def answer_lines(sight: Sight, width: int) -> Iterator[Line]:
    """The answer part of a question."""
    kind = sight.item.kind
    if kind in TABLE_KINDS:
        yield from table_lines(sight, width)
    elif kind in TYPED_KINDS:
        yield from _typed_lines(sight, width)
    elif kind is not ItemKind.INFO:
        for option in options_of(sight.item):
            yield from _option_lines(sight, option, width)
    yield from state_lines(sight, width)


class Option:
    """One answer that a key gives."""

    __slots__ = ("key", "text", "value")

    def __init__(self, key: str, text: str, value: str | int) -> None:
        self.key = key
        self.text = text
        self.value = value


def options_of(item: Item) -> list[Option]:
    """What can be answered with one key, in order."""
    match item.kind:
        case ItemKind.CHECK:
            return [Option("y", "pass", PASS), Option("n", "fail", FAIL)]
        case ItemKind.YES_NO:
            return [Option("y", "yes", YES), Option("n", "no", NO)]
        case ItemKind.RATING:
            anchors = {anchor.level: anchor.text for anchor in item.anchors}
            low, high = item.scale
            return [Option(str(level), anchors.get(level, ""), level) for level in range(low, min(high, low + 19) + 1)]
        case ItemKind.CHOICE:
            return [Option(str(n), choice.text, choice.id) for n, choice in enumerate(item.choices, 1)]
        case _:
            return []


def _option_lines(sight: Sight, option: Option, width: int) -> Iterator[Line]:
    answer, item = sight.answer, sight.item
    value = answer.value if answer.state is AnswerState.ANSWERED else None
    chosen = option.value in value if isinstance(value, tuple) else option.value == value
    if item.many:
        mark = "■" if chosen else "□"
    else:
        mark = sight.glyphs.medium if chosen else " "
    role = _chosen_role(item, option) if chosen else ""
    first = (Span(f"{mark} ", role or "dim"), Span(option.key, role or "key"))
    indent = max(INDENT, 3 + len(option.key) + 1)
    hit = f"answer:{option.key}"
    right: tuple[Span, ...] = ()
    if chosen and not item.many and answer.given_at is not None:
        right = (Span(given(sight), "dim"),)
    room = width - (sum(len(span.text) for span in right) + 2 if right else 0)
    for number, one in enumerate(wrapped(option.text or " ", room, role, indent=indent, first=first)):
        yield Line(one.spans, right if number == 0 else (), hit=hit)


def _chosen_role(item: Item, option: Option) -> str:
    if item.kind is ItemKind.CHECK:
        return "good" if option.value == PASS else "bad"
    if item.kind is ItemKind.YES_NO and item.bad:
        return "bad" if option.value == item.bad else "good"
    return "chosen"


def given(sight: Sight) -> str:
    """When it was answered, and who had prepared it."""
    answer = sight.answer
    prepared = f" {sight.glyphs.dot} prepared by {answer.prepared_by}" if answer.prepared_by else ""
    return f"{sight.at(answer.given_at)}{prepared}" if answer.given_at is not None else ""


def _typed_lines(sight: Sight, width: int) -> Iterator[Line]:
    answer, item = sight.answer, sight.item
    if sight.slot == "answer" and sight.editing is not None:
        yield from slot_lines("answer", sight.editing.height)
        yield from _hint_lines(sight, width)
        return
    if item.kind is ItemKind.OWNER:
        yield from _people_lines(sight, width)
    if answer.state is AnswerState.ANSWERED:
        shown = str(answer.value) if item.kind is ItemKind.TEXT else show_value(item, answer.value)
        first_role = "" if item.kind is ItemKind.TEXT else "chosen"
        for number, one in enumerate(wrapped(shown, width - 10, first_role)):
            yield Line(one.spans, (Span(given(sight), "dim"),) if number == 0 else (), hit="write")
    else:
        yield Line((Span("▏", "key"), Span(invitation(item), "dim")), hit="write")
    yield from _hint_lines(sight, width)


def _people_lines(sight: Sight, width: int) -> Iterator[Line]:
    answer = sight.answer
    for number, name in enumerate(sight.roster[:9], 1):
        chosen = answer.value == name and answer.state is AnswerState.ANSWERED
        mark = sight.glyphs.medium if chosen else " "
        first = (Span(f"{mark} ", "chosen"), Span(str(number), "chosen" if chosen else "key"))
        for one in wrapped(name, width, "chosen" if chosen else "", indent=INDENT, first=first):
            yield Line(one.spans, hit=f"answer:{number}")
    if sight.roster:
        yield BLANK


def invitation(item: Item) -> str:
    """What to type, in words."""
    enter = show_keys(command("meeting.write"))
    match item.kind:
        case ItemKind.NUMBER:
            return f"type a number{f' of {item.unit}' if item.unit else ''}"
        case ItemKind.DATE:
            return f"{enter} a date: fri, +2w, 15 jan, 2026-12-01, never"
        case ItemKind.OWNER:
            return f"{enter} a person or a team"
        case _:
            return f"{enter} write the answer"


def _hint_lines(sight: Sight, width: int) -> Iterator[Line]:
    """The target of a number, or why what is being typed does not fit."""
    if sight.editing is not None and sight.editing.slot == "answer" and sight.editing.problem:
        yield from wrapped(sight.editing.problem, width, "warn")
    elif sight.slot == "answer" and sight.item.kind is not ItemKind.TEXT:
        yield Line((Span(field_hint(sight.item), "dim"),))
    target = target_words(sight.item)
    if target:
        yield Line((Span(target, "dim"), *_against_target(sight)))


def field_hint(item: Item) -> str:
    """What Enter and Escape do in a field of this kind."""
    unit = f"in {item.unit}, " if item.unit and item.kind is ItemKind.NUMBER else ""
    dates = "fri, +2w, 15 jan, 2026-12-01 or never, " if item.kind is ItemKind.DATE else ""
    return f"{unit}{dates}{show_keys(command('meeting.write'))} answers, esc leaves it as it was"


def target_words(item: Item) -> str:
    """The value that is good enough, in words."""
    direction = item.direction
    if item.kind is not ItemKind.NUMBER or direction is None or direction.target is None:
        return ""
    unit = f" {item.unit}" if item.unit else ""
    bound = "at most" if direction.better == "lower" else "at least"
    return f"target {bound} {show_number(direction.target)}{unit}"


def _against_target(sight: Sight) -> tuple[Span, ...]:
    answer, direction = sight.answer, sight.item.direction
    if not isinstance(answer.value, (int, float)) or direction is None or direction.target is None:
        return ()
    met = answer.value <= direction.target if direction.better == "lower" else answer.value >= direction.target
    look = (sight.glyphs.done, "met", "good") if met else (sight.glyphs.grave, "missed", "bad")
    return (Span(f"   {look[0]} {look[1]}", look[2]),)


def _other_answers() -> Iterator[Span]:
    """What can be said of any question."""
    for name, words, action in (
        ("meeting.not-applicable", "does not apply", "say_not_applicable"),
        ("meeting.unknown", "we don't know yet", "say_unknown"),
        ("meeting.skip", "skip", "skip"),
    ):
        yield Span(show_keys(command(name)), "key", action)
        yield Span(f" {words}   ", "dim", action)


_STATE_WORDS = {
    AnswerState.UNKNOWN: "we don't know yet",
    AnswerState.SKIPPED: "skipped",
    AnswerState.NOT_APPLICABLE: "not applicable",
    AnswerState.DISPUTED: "disputed",
}


def state_lines(sight: Sight, width: int) -> Iterator[Line]:
    """A state other than answered, with its reason; while the reason is asked, the field for it."""
    answer, glyphs = sight.answer, sight.glyphs
    if sight.slot == "reason":
        label = f"{glyphs.not_applicable} not applicable because "
        yield BLANK
        yield from slot_lines("reason", 1, at=len(label), label=label)
        return
    signs = {
        AnswerState.UNKNOWN: glyphs.unknown,
        AnswerState.SKIPPED: glyphs.skipped,
        AnswerState.NOT_APPLICABLE: glyphs.not_applicable,
        AnswerState.DISPUTED: glyphs.disputed,
    }
    asks = sight.item.kind is not ItemKind.INFO and sight.editing is None
    if answer.state is AnswerState.UNANSWERED and asks:
        yield BLANK
        yield Line(tuple(_other_answers()))
    elif answer.state in signs:
        words = _STATE_WORDS[answer.state] + (f": {answer.reason}" if answer.reason else "")
        yield BLANK
        role = "" if answer.state is AnswerState.NOT_APPLICABLE else "warn"
        first = (Span(signs[answer.state], role or "dim"),)
        for number, one in enumerate(wrapped(words, width - 8, role, indent=2, first=first)):
            yield Line(one.spans, (Span(given(sight), "dim"),) if number == 0 else ())

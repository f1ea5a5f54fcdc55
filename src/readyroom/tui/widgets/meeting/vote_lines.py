"""A vote as lines: who has handed in, never what; after the reveal bars, median and spread, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from readyroom.domain.agenda import Item, ItemKind, VoteMode
from readyroom.domain.answer import AnswerState
from readyroom.domain.tally import Bar, Tally, advice, headline, outcome_of_vote, show_vote, turnout
from readyroom.domain.votes import MOST_ROUNDS, Round, Vote
from readyroom.domain.voting import is_voted, latest_round, tallies_at
from readyroom.tui.commands import command, show_keys
from readyroom.tui.text import clip
from readyroom.tui.themes import UNICODE
from readyroom.tui.widgets.meeting.answer_lines import Option, answer_lines, options_of, state_lines
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span, cells, slot_lines, wrapped
from readyroom.tui.widgets.meeting.sight import Sight

SLOT = "vote"
_LABEL = "votes "
_MOST_DOTS = 16
_WIDEST_BAR = 12
_MOST_VALUES = 8


def voted_lines(sight: Sight, width: int) -> Iterator[Line]:
    """The answer part of a question that may be put to a vote; of any other question as it always is."""
    if not is_voted(sight.item):
        yield from answer_lines(sight, width)
        return
    tallies = tallies_at(sight.meeting, sight.key)
    bars = list(_bar_lines(sight, tallies, width)) if tallies and tallies[-1].bars else []
    yield from bars
    if bars and sight.item.kind is not ItemKind.NUMBER:
        yield from state_lines(sight, width) if sight.answer.state is not AnswerState.UNANSWERED else ()
    else:
        if bars:
            yield BLANK
        yield from answer_lines(sight, width)
    yield BLANK
    yield from _vote_lines(sight, tallies, width)


def _vote_lines(sight: Sight, tallies: tuple[Tally, ...], width: int) -> Iterator[Line]:
    last = latest_round(sight.meeting, sight.key)
    for tally in tallies[:-1]:
        yield Line((Span(_summary(sight, tally, named=True), "dim"),))
    if tallies and (last is None or last.is_revealed):
        yield from _revealed_lines(sight, tallies[-1], len(tallies), width)
    elif tallies:
        yield Line((Span(_summary(sight, tallies[-1], named=True), "dim"),))
    if last is None:
        how = "vote openly" if sight.item.vote is VoteMode.OPEN else "vote silently, then show it together"
        yield Line((Span(_key("vote"), "key", "vote"), Span(f" {how}", "dim", "vote")))
    elif not last.is_revealed or sight.slot == SLOT:
        yield from _open_lines(sight, last, width)


def _open_lines(sight: Sight, last: Round, width: int) -> Iterator[Line]:
    """A round that people are in: how many have voted, and the line to type in."""
    which = "second round: " if last.number > 1 else ""
    counted = last.expected >= max(1, last.handed_in)
    of = f"{last.handed_in} of {last.expected}" if counted else f"{last.handed_in}"
    have = "has" if last.handed_in == 1 and not counted else "have"
    words = Span(f"{which}{of} {have} voted  ", "strong")
    right = (Span(_key("vote"), "key", "vote"), Span(" reveal", "dim", "vote"))
    shown = right if last.handed_in and not last.is_revealed and sight.slot != SLOT else ()
    yield Line((words, *_dots(sight, last)), shown)
    if sight.slot == SLOT and sight.editing is not None:
        yield from slot_lines(SLOT, 1, at=len(_LABEL), label=_LABEL)
        if sight.editing.problem:
            yield from wrapped(sight.editing.problem, width, "warn")
        else:
            yield from wrapped(f"{typing_hint(sight.item)}; ↵ hands them in, empty ↵ closes", width, "dim")
    elif not last.is_revealed:
        more = "hand votes in" if not last.handed_in else "more votes"
        yield Line((Span(_key("write"), "key", "write"), Span(f" {more}", "dim", "write")))
    if not last.openly:
        yield from wrapped("One keyboard is not anonymous: whoever stands by sees the keys.", width, "dim")


def _dots(sight: Sight, last: Round) -> Iterator[Span]:
    """A dot for each voter, as long as they can be counted at a glance."""
    people = max(last.handed_in, last.expected)
    if people > _MOST_DOTS:
        return
    full, empty = sight.glyphs.medium, sight.glyphs.unanswered
    yield Span(" ".join([full] * last.handed_in), "accent")
    if last.expected > last.handed_in:
        yield Span((" " if last.handed_in else "") + " ".join([empty] * (last.expected - last.handed_in)), "dim")


def _revealed_lines(sight: Sight, tally: Tally, rounds: int, width: int) -> Iterator[Line]:
    """What the round came to, and the keys that go on from here."""
    todo = advice(sight.item, tally)
    told = _summary(sight, tally, named=rounds > 1)
    yield from wrapped(f"{told}: {todo}" if todo else told, width, "warn" if todo else "strong")
    if tally.is_few and tally.agreed is None:
        yield from wrapped("With fewer than four voters only what they agree to is shown.", width, "dim")
    if tally.voters:
        names = ", ".join(f"{who} {show_vote(sight.item, vote)}" for who, vote in tally.voters)
        yield from wrapped(names, width, "dim")
    if sight.slot != SLOT:
        keys = _ways_on(sight, tally)
        if keys:
            yield Line(keys)


def _ways_on(sight: Sight, tally: Tally) -> tuple[Span, ...]:
    spans: list[Span] = []
    outcome = outcome_of_vote(sight.item, tally)
    answer = sight.answer
    taken = (outcome,) if sight.item.many else outcome
    if outcome is not None and not (answer.state is AnswerState.ANSWERED and answer.value == taken):
        shown = clip(show_vote(sight.item, outcome), 30)
        spans += [Span(_key("confirm"), "key", "confirm"), Span(f" answer {shown}   ", "dim", "confirm")]
    if tally.number < MOST_ROUNDS:
        spans += [Span(_key("vote"), "key", "vote"), Span(" one more round", "dim", "vote")]
    return tuple(spans)


def _summary(sight: Sight, tally: Tally, *, named: bool) -> str:
    which = f"round {tally.number}: " if named or tally.number > 1 else ""
    return f"{which}{headline(sight.item, tally)} {sight.glyphs.dot} {turnout(tally)}"


def _bar_lines(sight: Sight, tallies: tuple[Tally, ...], width: int) -> Iterator[Line]:
    """A line for each thing there was to vote for; the round before stands beside the bars in figures."""
    tally = tallies[-1]
    before = {bar.vote: bar.count for bar in tallies[-2].bars} if len(tallies) > 1 else {}
    bars = list(tally.bars)
    left_out = len(bars) - _MOST_VALUES if sight.item.kind is ItemKind.NUMBER else 0
    if left_out > 0:
        half = _MOST_VALUES // 2
        bars = [*bars[:half], *bars[-half:]]
    most = max(bar.count for bar in tally.bars)
    keys: dict[Vote, Option] = {option.value: option for option in options_of(sight.item)}
    widest = max(len(_name(sight.item, bar)) for bar in bars)
    for number, bar in enumerate(bars):
        if left_out > 0 and number == len(bars) // 2:
            yield Line((Span(f"{'':<{widest + 3}}{left_out} more between", "dim"),))
        option = keys.get(bar.vote)
        yield _bar_line(sight, bar, before, most, widest, width, option.text if option else "")


def _bar_line(sight: Sight, bar: Bar, before: dict[Vote, int], most: int, widest: int, width: int, text: str) -> Line:
    answer = sight.answer
    value = answer.value if answer.state is AnswerState.ANSWERED else None
    chosen = bar.vote in value if isinstance(value, tuple) else value is not None and bar.vote == value
    widest_bar = min(2 * most, _WIDEST_BAR)
    length = max(1, round(bar.count * widest_bar / most)) if bar.count else 0
    block = "█" if sight.glyphs.bar_full == UNICODE.bar_full else sight.glyphs.bar_full
    name = _name(sight.item, bar)
    spans = [
        Span(f"{sight.glyphs.medium if chosen else ' '} ", "chosen" if chosen else "dim"),
        Span(f"{name:>{widest}} ", "chosen" if chosen else "key"),
        Span(f"{block * length:<{widest_bar}}", "accent"),
        Span(f" {bar.count if bar.count else ' ':>2} ", "strong"),
    ]
    if before:
        spans.append(Span(f" was {before.get(bar.vote, 0)} ", "dim"))
    room = width - cells(spans) - 1
    if text and room > 8:
        spans.append(Span(f" {clip(text, room)}", "chosen" if chosen else "dim"))
    hit = "" if sight.item.kind is ItemKind.NUMBER else f"answer:{name}"
    return Line(tuple(spans), hit=hit)


def _name(item: Item, bar: Bar) -> str:
    """What stands before a bar: the key that answers it, or the number itself."""
    if item.kind is ItemKind.NUMBER:
        return clip(show_vote(item, bar.vote), 16)
    found = next((option.key for option in options_of(item) if option.value == bar.vote), None)
    return found or clip(show_vote(item, bar.vote), 16)


def typing_hint(item: Item) -> str:
    """The three ways to hand votes in, with values that fit the item."""
    if item.kind is ItemKind.CHOICE:
        one, other = "1", "2" if len(item.choices) > 1 else "1"
    elif item.kind is ItemKind.RATING:
        one, other = str(item.scale[1] - 1), str(item.scale[1])
    else:
        one, other = "10", "30"
    return f"{one} {one} {other} - at once, ana {one} from a chat, {one}:9 {other}:6 as a tally"


def _key(name: str) -> str:
    return show_keys(command(f"meeting.{name}"))

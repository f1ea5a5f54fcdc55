"""The warning under an answer that only sounds like one, with the key that turns it into work."""

from __future__ import annotations

from collections.abc import Iterator

from readyroom.tui.commands import command, show_keys
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span, wrapped
from readyroom.tui.widgets.meeting.sight import Sight
from readyroom.workflows.vagueness import vague_at

_LABEL = 10
_TURN = "makes it unknown, with an action to find out"


def mush_lines(sight: Sight, measure: int) -> Iterator[Line]:
    """Why the answer is vague, and what one key makes of it; nothing while it is typed, or where it is not."""
    reason = vague_at(sight.meeting, sight.key) if sight.slot != "answer" else ""
    if not reason:
        return
    yield BLANK
    first = (Span(f"{sight.glyphs.medium} vague", "warn"),)
    yield from wrapped(reason, measure, "dim", indent=_LABEL, first=first)
    key = Span(show_keys(command("meeting.vague")), "key")
    yield Line((Span(" " * _LABEL), key, Span(f" {_TURN}", "dim")), hit="turn_vague")

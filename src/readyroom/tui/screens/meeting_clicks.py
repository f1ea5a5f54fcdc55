"""What a click means: the same as the key that stands beside the words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readyroom.tui.screens.meeting import MeetingScreen


async def clicked(screen: MeetingScreen, command: str) -> None:
    """Do what words stand for: `answer:2`, `row:0`, `go:12`, or the name of an action."""
    name, _, rest = command.partition(":")
    clicks: dict[str, Callable[[str], object]] = {
        "answer": lambda key: _answer(screen, key),
        "row": lambda number: screen.tables.edit_row(int(number)),
        "confirm": lambda number: screen.answering.confirm(int(number) - 1),
        "go": lambda number: screen.moving.jump_to_index(int(number)),
        "capture": screen.moving.change_capture,
        "park": lambda _: screen.action_capture("parked"),
        "guide": lambda _: screen.action_all_guidance(),
        "note": lambda _: screen.answering.note(),
    }
    done = clicks[name](rest) if name in clicks else screen.run_action(name)
    if isinstance(done, Awaitable):
        await done


def _answer(screen: MeetingScreen, key: str) -> None:
    if key == "y":
        screen.answering.yes()
    elif key == "n":
        screen.answering.no()
    else:
        screen.answering.pick(key)

"""Turning an answer that only sounds like one into *unknown*, with an action to find it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readyroom.tui.screens.meeting import MeetingScreen


def turn_vague(screen: MeetingScreen) -> None:
    """Turn the answer in front, if it is vague, and say what came of it."""
    action = screen.live.make_unknown_with_action()
    if action is None:
        screen.say("this answer is not vague; w says that nobody knows")
    else:
        whose = action.owner or "nobody yet"
        screen.say(f"unknown now, with an action for {whose}: “{action.title}”")

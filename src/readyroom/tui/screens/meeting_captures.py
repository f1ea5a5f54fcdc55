"""What was taken down, as a list to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from readyroom.domain.capture import CaptureKind, short_id
from readyroom.tui.screens.meeting_picking import Found, PickScreen, matches
from readyroom.tui.themes import glyphs_of
from readyroom.tui.widgets.keybar import KeyBar
from readyroom.tui.widgets.meeting.side import marks_of
from readyroom.workflows.live import LiveMeeting

_GROUPS = {
    CaptureKind.ACTION: "Actions",
    CaptureKind.RISK: "Risks",
    CaptureKind.DECISION: "Decisions",
    CaptureKind.PARKED: "Parked",
    CaptureKind.QUESTION: "Asked here",
}


class CapturesScreen(PickScreen):
    """All captures by kind, the latest first; choosing one opens it for a change."""

    TITLE_WORDS: ClassVar[str] = "Change or withdraw"

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__()
        self._live = live

    def on_mount(self) -> None:
        """Enter opens what is marked here."""
        super().on_mount()
        enter = glyphs_of(self).enter
        self.query_one(KeyBar).choose(["go-to.choose", "go-to.close"], {"go-to.choose": (enter, "change or withdraw")})

    def nothing(self, narrowed: bool) -> str:
        """What is said of an empty list."""
        return (
            "Nothing like it." if narrowed else "Nothing taken down yet: a action, r risk, d decision, p park, i ask."
        )

    def found(self, needle: str) -> Iterable[Found]:
        """Captures that hold each word."""
        words = needle.split()
        standing = [one for one in self._live.meeting.captures if not one.withdrawn]
        for kind, title in _GROUPS.items():
            for one in reversed([one for one in standing if one.kind is kind]):
                marks = " · ".join(marks_of(one))
                if matches(words, short_id(one), one.title, marks):
                    yield Found(key=one.id, text=f"{short_id(one)}  {one.title}", right=marks, group=title)

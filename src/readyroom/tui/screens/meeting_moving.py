"""Moving through the meeting: steps, jumps and the way back, undo, what was half-typed, and leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readyroom.domain.answer import AnswerKey
from readyroom.domain.capture import CaptureKind
from readyroom.tui.screens.meeting_fields import OPEN, draft_name
from readyroom.workflows.live import NOTHING_TO_REDO, NOTHING_TO_UNDO

if TYPE_CHECKING:
    from readyroom.tui.screens.meeting import MeetingScreen
    from readyroom.workflows.live import UndoResult


class Moving:
    """Where the room is, for a meeting screen."""

    def __init__(self, screen: MeetingScreen) -> None:
        self._screen = screen

    def step(self, by: int) -> None:
        """The next question, or the one before."""
        screen = self._screen
        screen.moved()
        screen.say("")
        if not screen.live.move(by):
            at_end = "this is the last question; u wraps up" if by > 0 else "this is the first question"
            screen.say(at_end)

    def jump(self, key: AnswerKey) -> None:
        """Go to a question and remember where the room was."""
        screen = self._screen
        if key == screen.live.key:
            return
        screen.moved()
        screen.live.go(key, jump=True)
        self._say_way_back()

    def jump_to_index(self, index: int) -> None:
        """Go to the n-th question, as from the outline."""
        places = self._screen.live.places
        if 0 <= index < len(places):
            self.jump(places[index].key)

    def next_open(self) -> None:
        """The next question without an answer."""
        self._screen.moved()
        if self._screen.live.go_open():
            self._say_way_back()
        else:
            self._screen.say("every question has an answer; u wraps up")

    def back(self) -> None:
        """Where the room was before the last jump."""
        self._screen.moved()
        self._screen.say("")
        if not self._screen.live.go_back():
            self._screen.say("there was no jump to come back from")

    def _say_way_back(self) -> None:
        live = self._screen.live
        number = next((n for n, place in enumerate(live.places, 1) if place.key == live.back), None)
        if number is not None:
            self._screen.say(f"b goes back to item {number}, where the room was")

    # ---- lists over the meeting

    async def go_to(self) -> None:
        """The outline as a list."""
        from readyroom.tui.screens.goto import GoToScreen

        await self._screen.app.push_screen(GoToScreen(self._screen.live), self._chosen)

    async def search(self) -> None:
        """Everything that was asked and said."""
        from readyroom.tui.screens.search import SearchScreen

        await self._screen.app.push_screen(SearchScreen(self._screen.live), self._chosen)

    def _chosen(self, chosen: object) -> None:
        from readyroom.tui.screens.search import place_of

        key = place_of(chosen)
        if key is not None:
            self.jump(key)

    async def captures(self) -> None:
        """What was taken down, to be changed or withdrawn."""
        from readyroom.tui.screens.meeting_captures import CapturesScreen

        async def change(chosen: object) -> None:
            if isinstance(chosen, str):
                await self.change_capture(chosen)

        await self._screen.app.push_screen(CapturesScreen(self._screen.live), change)

    async def change_capture(self, capture_id: str) -> None:
        """Open something that was taken down for a change."""
        found = next((one for one in self._screen.live.meeting.captures if one.id == capture_id), None)
        if found is not None:
            await self._screen.capturing.edit(found)

    # ---- undo

    def undone(self, result: UndoResult, verb: str) -> None:
        """Say what was taken back (or done again) and where; the room stays where it is."""
        live = self._screen.live
        if result.clash is not None:
            live.clashes.append(result.clash)
            self._screen.say("someone changed it since: both values are shown", "warn")
            self._screen.repaint()
            return
        number = next((n for n, place in enumerate(live.places, 1) if place.key == result.place), None)
        elsewhere = f" · item {number}" if number is not None and result.place != live.key else ""
        words = result.what if result.what in (NOTHING_TO_UNDO, NOTHING_TO_REDO) else f"{verb}: {result.what}"
        self._screen.say(f"{words}{elsewhere}")
        self._screen.repaint()

    # ---- beginning and leaving

    async def go_on_typing(self) -> None:
        """Open the field again that was open when the program ended, with what was half-typed in it."""
        screen, live = self._screen, self._screen.live
        name = live.draft(OPEN)
        if not name or not live.draft(name) or screen.fields.is_open:
            return
        field, _, rest = name.partition(":")
        if field == "capture" and rest in [kind.value for kind in CaptureKind]:
            await screen.capturing.open(CaptureKind(rest))
        elif field == "roster":
            await screen.capturing.people()
        elif field == "edit":
            await self.change_capture(rest)
        elif name == draft_name(field, live.key):
            self._open_again(field)
        screen.repaint_item()

    def _open_again(self, field: str) -> None:
        answering, tables = self._screen.answering, self._screen.tables
        row = field.removeprefix("row ")
        if field.startswith("row ") and row.isdigit():
            tables.edit_row(int(row) - 1)
            return
        again = {
            "note": answering.note,
            "answer": answering.write,
            "evidence": answering.evidence,
            "reason": answering.not_applicable,
            "vote": self._screen.voting.open_line,
        }
        if field in again:
            again[field]()

    def home(self) -> None:
        """Leave the meeting as it is; the clock pauses."""
        screen = self._screen
        screen.fields.leave()
        screen.live.pause_clock()
        go_home = getattr(screen.app, "go_home", None)
        if callable(go_home):
            go_home()
        else:
            screen.dismiss()

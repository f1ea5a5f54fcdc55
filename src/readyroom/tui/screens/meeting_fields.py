"""Typing in the meeting: one field at a time is open over its place, drafted while one types, closed where it stood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readyroom.domain.answer import AnswerKey
from readyroom.domain.change import Entity
from readyroom.tui.widgets.meeting.sight import Editing, RowDraft

if TYPE_CHECKING:
    from textual.message import Message
    from textual.timer import Timer

    from readyroom.tui.screens.meeting import MeetingScreen
    from readyroom.tui.widgets.meeting.fields import Field

DRAFT_DELAY = 0.3
"""Seconds of silence after which what is half-typed is kept."""
OPEN = "open"
"""The draft that names the field that is open, so that it is open again after a crash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """An open field: where its draft is kept, and what is done with its text.

    `entered` answers with what is wrong with the text (then the field stays open), or with nothing.
    """

    slot: str
    draft: str
    entered: Callable[[str], str]
    left: Callable[[str], None]
    pasted: Callable[[str], None] | None = None
    tab: Callable[[str, int], None] | None = None
    moved: Callable[[str, int], None] | None = None
    several: bool = False
    stays: bool = False
    """Whether Enter leaves it open."""
    over: Entity | None = None
    """What is changed by it: what another window makes of that meanwhile is shown as a clash."""


def draft_name(field: str, key: AnswerKey) -> str:
    """Where the half-typed text of a question's field is kept."""
    return "|".join((f"{field}:{key.item}", key.subject, key.respondent)).rstrip("|")


class Fields:
    """The open field of a meeting screen, if any."""

    def __init__(self, screen: MeetingScreen) -> None:
        self._screen = screen
        self.typing: Typing | None = None
        self.editing: Editing | None = None
        self.field: Field | None = None
        self.key: AnswerKey | None = None
        """The question that the open field belongs to; None in the bar."""
        self._timer: Timer | None = None
        self._half: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody is typing."""
        return self.typing is not None

    def open(
        self, typing: Typing, text: str, *, row: RowDraft | None = None, fresh: bool = False, masked: bool = False
    ) -> None:
        """Open a field over its slot; a draft, where there is one, comes before the text unless `fresh`.

        What is typed into a masked one is shown as dots.
        """
        from readyroom.tui.widgets.meeting.fields import Field, NoteField

        self.leave()
        live = self._screen.live
        draft = "" if fresh else live.draft(typing.draft)
        shown = draft or text
        self.typing, self.key = typing, live.key
        live.begin_typing(typing.over)
        self.editing = Editing(slot=typing.slot, height=self._height(shown) if typing.several else 1, row=row)
        live.keep_draft(OPEN, typing.draft)
        if masked:
            from readyroom.tui.widgets.meeting.masked_field import MaskedField

            field: Field = MaskedField(shown)
        else:
            field = NoteField(shown) if typing.several else Field(shown)
        field.cells = row is not None
        self._listen(field)
        self._screen.overlay.lay(field)

    def open_bar(self, typing: Typing, field: Field, text: str) -> None:
        """Type into the bar at the bottom."""
        self.leave()
        self.typing, self.key = typing, None
        self._listen(field)
        self._screen.live.begin_typing(typing.over)
        self._screen.live.keep_draft(OPEN, typing.draft)
        field.load_line(self._screen.live.draft(typing.draft) or text)
        self._screen.set_focus(field, scroll_visible=False)
        self._screen.repaint_foot()

    def _listen(self, field: Field) -> None:
        field.let_go, field.hears = False, self._heard
        self.field = field

    def _heard(self, message: Message) -> None:
        """What a field says of its keys, before it takes the next one."""
        from readyroom.tui.widgets.meeting.fields import Field

        typing = self.typing
        match message:
            case Field.Entered(text=text):
                self.entered(text)
            case Field.Left(text=text, key=key):
                self.left(text, key)
            case Field.Moved(field=field, by=by) if typing is not None and typing.moved is not None:
                typing.moved(field.text, by)
            case Field.Pasted(text=text) if typing is not None and typing.pasted is not None:
                typing.pasted(text)

    def take_keys(self) -> bool:
        """Whether the keys belong to an open field; it is brought in sight and gets the focus if it had lost it."""
        if self.field is None:
            return False
        if self._screen.focused is not self.field:
            if self.editing is not None:
                self._screen.view.show_slot(self.editing.slot)
                self._screen.overlay.place()
            self._screen.set_focus(self.field, scroll_visible=False)
        return True

    def next_row(self, draft: str, row: RowDraft) -> None:
        """The row was taken: the same field goes on with another."""
        if self.typing is not None:
            self.forget()
            self.typing = replace(self.typing, draft=draft)
            self._screen.live.begin_typing(self.typing.over and self._screen.live.meeting.answer(self._screen.live.key))
            self._screen.live.keep_draft(OPEN, draft)
            self.show_row(row)

    def show_row(self, row: RowDraft) -> None:
        """Lay the open field of a row over another cell."""
        if self.field is None or self.editing is None:
            return
        self.editing = replace(self.editing, row=row, problem="")
        self.field.load_line(row.cells[row.at])
        self._screen.repaint_item()

    # ---- what the field says

    def changed(self, text: str) -> None:
        """Somebody types: keep it after a moment's silence, and give a note the lines that it needs."""
        if self.typing is None:
            return
        self._half = self._screen.tables.half_row(text) if self.editing and self.editing.row else text
        if self.editing is not None and self.editing.row is not None:
            self._show_typed(self.editing, self.editing.row, text)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(DRAFT_DELAY, self.keep)
        if self.editing is not None and self.typing.several and self._height(text) != self.editing.height:
            self.editing = replace(self.editing, height=self._height(text))
            self._screen.repaint_item()
        elif self.editing is not None and self.editing.problem and self.editing.row is None:
            self.editing = replace(self.editing, problem="")
            self._screen.repaint_item()

    def _show_typed(self, editing: Editing, row: RowDraft, text: str) -> None:
        """What is typed into a cell stands in its row too, as far as it fits."""
        cells = (*row.cells[: row.at], " ".join(text.split()), *row.cells[row.at + 1 :])
        if cells != row.cells:
            self.editing = replace(editing, row=replace(row, cells=cells), problem="")
            self._screen.repaint_item()

    def entered(self, text: str) -> None:
        """Enter: take the text, or say why it does not fit and stay."""
        typing = self.typing
        if typing is None:
            return
        problem = typing.entered(text)
        if problem:
            self.complain(problem)
        elif not typing.stays and self.typing is typing:
            self.close()

    def left(self, text: str, key: str) -> None:
        """Escape or Tab."""
        typing = self.typing
        if typing is None:
            return
        if key != "escape" and typing.tab is not None:
            typing.tab(text, -1 if key == "shift+tab" else 1)
        elif key != "escape" and not typing.several and not typing.stays:
            self.entered(text)
        else:
            typing.left(text)
            if self.typing is typing:
                self.close()

    def complain(self, problem: str) -> None:
        """Say beside the field what is wrong; what was typed stays."""
        if self.editing is None:
            self._screen.say(problem, "warn")
        else:
            self.editing = replace(self.editing, problem=problem)
            self._screen.repaint_item()

    # ---- closing

    def leave(self) -> None:
        """Close as Escape does, as when the room goes on to another question."""
        if self.typing is not None and self.field is not None:
            self.typing.left(self.field.text)
            self.close()

    def close(self, *, keep_draft: bool = False) -> None:
        """Close the field; its draft is forgotten unless it is to be kept."""
        typing, field = self.typing, self.field
        self.typing = self.editing = self.field = None
        if field is not None:
            field.let_go, field.hears = True, None
        self._stop_timer()
        if typing is None:
            return
        live = self._screen.live
        live.begin_typing(None)
        if not keep_draft and live.draft(typing.draft):
            live.keep_draft(typing.draft, "")
        live.keep_draft(OPEN, "")
        self._screen.overlay.closed(field, typing)

    def put_away(self) -> bool:
        """Close the field whose question another window took out; what is half-typed is kept with it."""
        if self.typing is None or self.key is None or self.key == self._screen.live.key:
            return False
        self.keep()
        self.close(keep_draft=True)
        return True

    def keep(self) -> None:
        """Keep what is half-typed, now."""
        self._stop_timer()
        if self.typing is not None and self._half is not None:
            self._screen.live.keep_draft(self.typing.draft, self._half)
            self._half = None

    def forget(self) -> None:
        """The text was taken: what is typed next is another one."""
        self._stop_timer()
        self._half = None
        if self.typing is not None:
            self._screen.live.keep_draft(self.typing.draft, "")

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _height(self, text: str) -> int:
        room = max(1, self._screen.size.height // 3)
        width = max(20, min(58, self._screen.size.width - 20))
        lines = sum(1 + len(line) // width for line in text.split("\n"))
        return max(min(3, room), min(lines, room))

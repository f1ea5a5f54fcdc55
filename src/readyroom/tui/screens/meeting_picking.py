"""A list over the meeting, narrowed by typing: what go to, search and the captures have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from readyroom.tui.commands import Where, bindings
from readyroom.tui.text import Content, assemble, clip
from readyroom.tui.widgets.keybar import KeyBar
from readyroom.tui.widgets.linelist import Entry, LineList, blank, heading
from readyroom.tui.widgets.meeting.fields import Field

MOST = 500
"""Lines shown at once; typing narrows what is beyond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A line of the list: a sign, words, and what stands at the right."""

    key: object
    text: str
    lead: str = ""
    sign: str = " "
    style: str = ""
    right: str = ""
    group: str = ""
    rank: int = 0
    """Among what matches: the lower ones first."""


class PickScreen(ModalScreen[object]):
    """Type to narrow, arrows to mark, Enter to choose; the result is the key of what was chosen."""

    WHERE: ClassVar[Where] = Where.GO_TO
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.GO_TO)
    TITLE_WORDS: ClassVar[str] = "Go to"
    CSS = "PickScreen KeyBar { background: $panel; }"
    DEFAULT_CSS = """
    PickScreen {
        align: center middle; background: $background 70%;
        & > Vertical {
            width: 84; max-width: 100%; height: 80%; max-height: 34; min-height: 5;
            background: $panel; padding: 1 2 0 2;
        }
        & Field { background: $surface; margin: 0 0 1 0; padding: 0 1; }
        & LineList { background: $panel; }
        & LineList > .linelist--blurred { background: $chosen; }
        & KeyBar { padding: 0; }
    }
    """

    def found(self, needle: str) -> Iterable[Found]:
        """What matches the words typed so far."""
        raise NotImplementedError

    def first(self) -> object | None:
        """What is marked at the beginning."""
        return None

    def compose(self) -> ComposeResult:
        """The line to type in, above the list."""
        with Vertical():
            yield Field(id="narrow", placeholder=f"{self.TITLE_WORDS}: type to narrow")
            yield LineList(id="found")
            yield KeyBar(self.WHERE)

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#narrow", Field))
        self._show("", mark=self.first())

    def _show(self, needle: str, mark: object | None = None) -> None:
        wanted = needle.casefold().split()
        entries: list[Entry] = []
        group = ""
        found = self.found(" ".join(wanted))
        for number, one in enumerate(sorted(found, key=lambda one: one.rank) if wanted else found):
            if number >= MOST:
                entries.append(heading("… more; type to narrow"))
                break
            if one.group and one.group != group and not wanted:
                entries += [blank(), heading(clip(one.group, 60))] if group else [heading(clip(one.group, 60))]
            group = one.group
            entries.append(Entry(_drawer(one, bool(wanted)), key=one.key))
        if not any(entry.key is not None for entry in entries):
            entries = [heading(self.nothing(bool(wanted)))]
        self.query_one(LineList).show(entries, mark=mark)

    def nothing(self, narrowed: bool) -> str:
        """What is said of an empty list."""
        return "Nothing like it." if narrowed else "Nothing here yet."

    @on(Field.Changed)
    def _narrow(self, event: Field.Changed) -> None:
        event.stop()
        self._show(event.text_area.text)
        if event.text_area.text.strip():
            self.query_one(LineList).action_first()  # the best match, not what was marked before

    @on(Field.Entered)
    def _enter(self) -> None:
        self.action_choose()

    @on(Field.Moved)
    def _move(self, event: Field.Moved) -> None:
        listed = self.query_one(LineList)
        if abs(event.by) > 1:
            listed.action_page(1 if event.by > 0 else -1)
        else:
            listed.action_step(event.by)

    @on(Field.Left)
    def _leave(self, event: Field.Left) -> None:
        if event.key == "escape":
            self.dismiss(None)
        else:
            self.query_one(LineList).action_step(-1 if event.key == "shift+tab" else 1)

    @on(Field.Pasted)
    def _paste(self, event: Field.Pasted) -> None:
        event.field.insert(" ".join(event.text.split()))

    @on(LineList.Chosen)
    def _clicked(self, event: LineList.Chosen) -> None:
        self.dismiss(event.key)

    def action_choose(self) -> None:
        """Go to what is marked."""
        marked = self.query_one(LineList).marked
        if marked is not None:
            self.dismiss(marked)

    def action_down(self) -> None:
        """Mark the next line."""
        self.query_one(LineList).action_step(1)

    def action_up(self) -> None:
        """Mark the line before."""
        self.query_one(LineList).action_step(-1)

    def action_close(self) -> None:
        """Back to the question."""
        self.dismiss(None)


def matches(words: Sequence[str], *texts: str) -> bool:
    """Whether every word is somewhere in the texts."""
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in words)


def closeness(words: Sequence[str], best: str, *others: str) -> int:
    """How close words are: 0 where they begin words of `best`, 1 inside it, 2 in the others; -1 not at all."""
    if not matches(words, best, *others):
        return -1
    if not matches(words, best):
        return 2
    spoken = re.split(r"\W+", best.casefold())
    begun = all(any(part.startswith(word) for part in spoken) or f" {word}" in f" {best.casefold()}" for word in words)
    return 0 if begun else 1


def _drawer(one: Found, narrowed: bool) -> Callable[[int], Sequence[Content]]:
    def draw(width: int) -> list[Content]:
        right = one.right or (one.group if narrowed else "")
        right = clip(right, width // 3)
        start = assemble((one.lead, "$text-muted"), (one.sign, one.style), " ")
        text = clip(one.text, width - start.cell_length - Content(right).cell_length - 2)
        blanks = " " * max(1, width - start.cell_length - Content(text).cell_length - Content(right).cell_length)
        return [assemble(start, text, blanks, (right, "$text-muted"))]

    return draw

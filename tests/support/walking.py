"""Walking through a meeting by keyboard in a terminal, as a facilitator who always has an answer."""

from __future__ import annotations

import re

from readyroom.domain.agenda import TABLE_KINDS, Agenda, Item, ItemKind, columns_of
from support.terminal import Terminal

WRITTEN = {
    ItemKind.NUMBER: "60",
    ItemKind.TEXT: "Put a second payment provider behind a switch",
    ItemKind.DATE: "2027-02-12",
    ItemKind.OWNER: "Bo",
}
CELLS = {"number": "2", "date": "fri", "yes-no": "yes", "check": "pass", "owner": "Bo"}


def walk(terminal: Terminal, agenda: Agenda, stop_at: str = "") -> int:
    """Answer question after question by keyboard, until one with this id, or the last one; gives how many."""
    given = 0
    while True:
        item = shown_item(terminal, agenda)
        if item.id == stop_at:
            return given
        answer(terminal, item)
        given += item.kind is not ItemKind.INFO
        number, total = position(terminal)
        if number == total:
            return given
        terminal.press("right")
        terminal.wait_for(rf"item {number + 1} of ")


def shown_item(terminal: Terminal, agenda: Agenda) -> Item:
    """The item whose question is on the screen."""

    def squeezed(text: str) -> str:
        return re.sub(r"\W", "", text)

    def found() -> Item | None:
        words = squeezed(terminal.text)
        fitting = [item for item in agenda.items() if squeezed(item.ask) in words]
        return max(fitting, key=lambda item: len(item.ask), default=None)

    terminal.wait_for(lambda _: found() is not None)
    item = found()
    assert item is not None
    return item


def position(terminal: Terminal) -> tuple[int, int]:
    """Which question of how many the screen says it is."""
    found = re.search(r"item (\d+) of (\d+)", terminal.prose)
    assert found, terminal.text
    return int(found[1]), int(found[2])


def answer(terminal: Terminal, item: Item) -> None:
    """Answer the question on the screen with the keys of its kind."""
    match item.kind:
        case ItemKind.INFO:
            return
        case ItemKind.CHECK:
            terminal.press("y")
        case ItemKind.YES_NO:
            terminal.press("n")
        case ItemKind.RATING:
            terminal.press("4")
        case ItemKind.CHOICE:
            terminal.press("1")
        case kind if kind in TABLE_KINDS:
            terminal.press("enter")
            for column in columns_of(item):
                terminal.type(column.choices[0].text if column.choices else CELLS.get(column.kind, "payments"))
                terminal.press("tab")
            terminal.press("enter")
            terminal.press("escape")
            terminal.settle(0.3)  # a terminal cannot tell Escape from the start of a key at once
        case _:
            terminal.press("enter")
            terminal.settle(0.1)
            terminal.type(WRITTEN[item.kind])
            terminal.press("enter" if item.kind is not ItemKind.TEXT else "tab")
    terminal.settle(0.1)

"""Which keys the footer of the meeting shows: those that matter at the current question."""

from __future__ import annotations

from collections.abc import Mapping

from readyroom.domain.agenda import TABLE_KINDS, Item, ItemKind
from readyroom.domain.voting import is_voted
from readyroom.tui.commands import command, show_keys
from readyroom.tui.widgets.meeting.answer_lines import options_of

Words = dict[str, tuple[str, str]]
_REST = ("meeting.action", "meeting.risk", "meeting.go-to", "meeting.wrap-up", "meeting.undo")


def keys_for(item: Item | None, keymap: Mapping[str, str] | None, *, typing: str = "") -> tuple[list[str], Words]:
    """The commands of the footer, the most needed first, and how some are called here."""
    if typing:
        several = typing == "answer" and item is not None and item.kind is ItemKind.TEXT
        return _while_typing("note" if several else typing)
    if item is None:
        return ["meeting.action", "meeting.wrap-up", "meeting.home"], {}

    def key(name: str) -> str:
        return show_keys(command(name), keymap).split(" ")[0]

    words: Words = {"meeting.next": (key("meeting.next"), "next"), "meeting.no": (key("meeting.no"), "note")}
    first: list[str]
    if item.kind in (ItemKind.CHECK, ItemKind.YES_NO):
        yes, no = ("pass", "fail") if item.kind is ItemKind.CHECK else ("yes", "no")
        words["meeting.yes"] = (f"{key('meeting.yes')} {key('meeting.no')}", f"{yes}, {no}")
        first = ["meeting.yes", "meeting.write"]
    elif item.kind is ItemKind.INFO:
        first = ["meeting.write"]
    elif item.kind in TABLE_KINDS:
        words["meeting.write"] = (key("meeting.write"), "type a row")
        first = ["meeting.write", "meeting.no"]
    elif item.kind in (ItemKind.RATING, ItemKind.CHOICE):
        digits = [option.key for option in options_of(item)]
        verb = "toggle" if item.many else "answer"
        if digits and len(digits) <= 10:
            words["meeting.pick"] = (f"{digits[0]}–{digits[-1]}", verb)
        first = ["meeting.pick", "meeting.write"]
    else:
        words["meeting.write"] = (key("meeting.write"), "answer")
        first = ["meeting.write", "meeting.no"]
    if is_voted(item):
        first = ["meeting.vote", first[0]]
    return [*first, "meeting.next", *_REST], words


def _while_typing(slot: str) -> tuple[list[str], Words]:
    """A field is open: how it is saved and left."""
    if slot == "bar":
        return ["capture.save", "capture.close"], {"capture.close": ("esc", "close, keep")}
    if slot == "note":
        return ["capture.close"], {"capture.close": ("tab", "save and leave")}
    if slot == "vote":
        return ["capture.save", "capture.close"], {"capture.save": ("↵", "hand in"), "capture.close": ("esc", "leave")}
    if slot == "row":
        return ["capture.save", "capture.close"], {"capture.save": ("↵", "next row"), "capture.close": ("esc", "leave")}
    return ["capture.save", "capture.close"], {"capture.save": ("↵", "save"), "capture.close": ("esc", "leave")}

"""The registry of commands: one entry makes a key, a palette entry, a line of help and a row of docs/keys.md.

A screen takes its bindings from `bindings(Where…)` and has an `action_…` method for each. Keys are remapped
by a command's id. What the commands do is not here; the palette is in `palette.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import BindingType


class Where(StrEnum):
    """The screens (and the line for captures) that have commands; the value is the title in help and docs."""

    APP = "Everywhere"
    HOME = "Home"
    NEW_SESSION = "New session"
    MEETING = "Meeting"
    CAPTURE = "One-line capture"
    GO_TO = "Go to"
    SEARCH = "Search"
    WRAP_UP = "Wrap-up"
    SESSION = "A finished session"
    HELP = "Help"
    LIST = "In a list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing a person can do. `action` names the method; `{key}` in it makes a binding for each of the keys."""

    id: str
    keys: str
    """Textual's names, comma-separated; empty for what is in the palette only."""
    title: str
    help: str
    where: Where
    action: str
    group: str = ""
    footer: int = 0
    """Rank in the footer, 1 first; 0 is never shown there."""
    word: str = ""
    """What the footer says; the title in lower case by default."""
    in_palette: bool = True
    priority: bool = False
    """Also while typing: never for a single letter."""

    @property
    def footer_word(self) -> str:
        """The word beside the key in the footer."""
        return self.word or self.title.lower()


KEY_SIGNS = {
    "enter": "↵",
    "escape": "esc",
    "right": "→",
    "left": "←",
    "up": "↑",
    "down": "↓",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "question_mark": "?",
    "full_stop": ".",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "delete": "del",
    "backspace": "bksp",
}

_Row = tuple[str, str, str, str, str] | tuple[str, str, str, str, str, int, str]
"""Name, keys, action, title, help; then rank and word in the footer, for what may stand there."""

_NOT_IN_PALETTE = frozenset({
    "app.palette", "app.copy", "home.open", "new.next-field", "meeting.pick", "meeting.number", "meeting.down",
    "meeting.up", "meeting.page-down", "meeting.page-up", "capture.save", "capture.close", "go-to.choose",
    "go-to.down", "go-to.up", "go-to.close", "search.choose", "search.down", "search.up", "search.close", "wrap-up.fix",
    "list.down", "list.up", "list.page-down", "list.page-up", "list.first", "list.last",
})  # fmt: skip
_ALSO_WHILE_TYPING = frozenset({"app.leave", "new.start"})
_OF_THE_TERMINAL = frozenset({"app.copy"})

# fmt: off
_APP: tuple[_Row, ...] = (
    ("help", "?,f1", "app.show_help", "Help", "What this screen is for, and its keys.", 90, ""),
    ("palette", "ctrl+p", "app.command_palette", "Every command", "All commands by name; type to narrow."),
    ("theme", "", "app.next_theme", "Change the theme", "Dark, light, high contrast."),
    ("leave", "ctrl+q", "app.leave", "Leave (everything is saved)", "Close; Enter on Home goes on at the same place."),
    ("copy", "ctrl+c", "app.help_quit", "Copy", "What the mouse has marked; where nothing is, it says how to leave."),
)
_HOME: tuple[_Row, ...] = (
    ("open", "enter", "open", "Open", "Go on with a session, or look at one that is over.", 2, ""),
    ("new", "n", "new_session", "New session", "Choose an agenda and start.", 1, "new"),
    ("search", "/", "search", "Search sessions", "Type a service, a title or a date to narrow.", 3, "search"),
    ("clear", "escape", "clear_search", "Show all sessions", "Close the search."),
    ("sample", "d", "demo", "Open a sample workspace", "A throw-away workspace to try things in.", 4, "sample"),
)
_NEW: tuple[_Row, ...] = (
    ("start", "ctrl+s", "start", "Start", "Begin with the first question; Enter in a field does it too.", 1, ""),
    ("next-field", "tab", "app.focus_next", "Next field", "Agenda, service, people.", 2, ""),
    ("back", "escape", "back", "Back to Home", "Nothing is started.", 3, "back"),
)
_ANSWERS: tuple[_Row, ...] = (
    ("pick", "1,2,3,4,5,6,7,8,9", "pick({key})", "Choice or rating", "Answer with a choice or a level.", 1, "answer"),
    ("yes", "y", "say_yes", "Pass, or yes", "Answer a check with pass, a question with yes."),
    ("no", "n", "say_no", "Fail, or no; elsewhere the note", "Fail or no where that is asked, else open the note."),
    ("number", "0,minus", "pick({key})", "Begin a number", "Or level 0, or the tenth choice."),
    ("not-applicable", "x", "say_not_applicable", "Not applicable", "It does not apply here; asks for the reason."),
    ("unknown", "w", "say_unknown", "We don't know yet", "Nobody knows; it is listed in the minutes."),
    ("skip", "k", "skip", "Skip", "Leave it for another time; it is listed in the minutes."),
    ("write", "enter", "write", "Note, or answer in words", "Open the note or editor; Tab leaves it.", 2, "note"),
    ("evidence", "e", "evidence", "Evidence", "A link or a file that proves the answer."),
    ("confirm", ".", "confirm", "Still true", "The last or prepared answer is right; the vote is the answer."),
    ("vote", "v", "vote", "Vote", "Open a vote, reveal it, or vote once more; nobody sees a vote before.", 6, "vote"),
    ("take", "s", "take", "Take the suggestion", "Make it an action, a risk or a check."),
    ("dismiss", "z", "dismiss", "Dismiss the suggestion", "Put it aside; it does not come again here."),
    ("vague", "t", "turn_vague", "Turn a vague answer", "`TBD`, `soon`: into unknown, with an action to find out."),
    ("remove-row", "delete,backspace", "remove_row", "Remove the marked row", "Of a table; undo brings it back."),
)
_GOING: tuple[_Row, ...] = (
    ("next", "right", "next", "Next question", "Never blocked: what is open is listed at the end.", 3, "next"),
    ("previous", "left", "previous", "Previous question", "One question back."),
    ("open", "j", "next_open", "Next open question", "Jump to the next one without an answer."),
    ("go-to", "g", "go_to", "Go to", "The outline as a list; type to narrow."),
    ("search", "/", "search", "Search", "Questions, answers, notes and captures of this session."),
    ("back", "b", "go_back", "Back to where the room was", "Return from the last jump."),
    ("wrap-up", "u", "wrap_up", "Wrap up", "What is missing, the minutes, finish or adjourn.", 5, "wrap up"),
    ("home", "h", "home", "Home", "Leave the meeting as it is; the clock pauses."),
    ("guidance", "l", "all_guidance", "All of the guidance", "Where it is shortened: all of it, and short again."),
    ("down", "down", "down", "Down", "The next row of a table; elsewhere the question scrolls."),
    ("up", "up", "up", "Up", "The row before; elsewhere the question scrolls."),
    ("page-down", "pagedown", "page(1)", "Page down", "Scroll what does not fit."),
    ("page-up", "pageup", "page(-1)", "Page up", "Scroll back."),
)
_TAKING_DOWN: tuple[_Row, ...] = (
    ("action", "a", "capture('action')", "Action", "Who does what by when: `text @ana +2w !1`.", 4, "action"),
    ("risk", "r", "capture('risk')", "Risk", "What could go wrong."),
    ("decision", "d", "capture('decision')", "Decision", "What was decided."),
    ("parked", "p", "capture('parked')", "Parking lot", "Something for another time."),
    ("question", "i", "capture('question')", "Unplanned question", "One the agenda did not have; it is asked next."),
    ("captures", "c", "captures", "What was taken down", "Change or withdraw a capture."),
    ("people", "o", "people", "People", "Who is in the room; paste or type the roster."),
)
_CLOCK: tuple[_Row, ...] = (
    ("pause", "space", "pause", "Pause or go on", "Stop the clock; answers can still be given."),
    ("extend", "+", "extend", "Two more minutes", "For the section that the room is in."),
)
_OTHER: tuple[_Row, ...] = (
    ("undo", "ctrl+z", "undo", "Undo", "Take back the last change (in a text field: of that field)."),
    ("redo", "ctrl+y", "redo", "Redo", "Do again what was undone."),
    ("retry", "ctrl+s", "retry", "Save again", "Try again to save what could not be saved."),
)
_CAPTURE: tuple[_Row, ...] = (
    ("save", "enter", "save", "Save", "Save the line and begin the next; an empty line closes.", 1, "save, next"),
    ("close", "escape,tab", "close", "Close", "Back to the question; what is typed is kept.", 2, "close"),
)
_LIST: tuple[_Row, ...] = (
    ("choose", "enter", "choose", "Go there", "Go to what is marked.", 1, ""),
    ("down", "down", "down", "Down", "The next line."),
    ("up", "up", "up", "Up", "The line before."),
    ("close", "escape", "close", "Close", "Back to the question.", 2, ""),
)
_WRAP_UP: tuple[_Row, ...] = (
    ("fix", "enter", "fix", "Fix what is marked", "Go to the question, or set owner and date in a line.", 1, "fix"),
    ("finish", "f", "finish", "Finish", "Write the draft minutes. Nothing that is missing stops it.", 2, "finish"),
    ("adjourn", "j", "adjourn", "Adjourn", "Write interim minutes; the next sitting goes on."),
    ("export", "e", "export", "Export", "Write the minutes to files and say where.", 3, "export"),
    ("copy", "c", "copy", "Copy the minutes", "To the clipboard, as Markdown.", 5, "copy"),
    ("back", "b,escape", "back", "Back to the meeting", "Go on where the room was.", 4, "back"),
    ("home", "h", "home", "Home", "Leave the session as it is."),
)
_SESSION: tuple[_Row, ...] = (
    ("export", "e", "export", "Export", "Write the minutes to files and say where.", 2, "export"),
    ("copy", "c", "copy", "Copy the minutes", "To the clipboard, as Markdown.", 3, "copy"),
    ("reopen", "r", "reopen", "Reopen", "Correct something; the next finish writes the minutes anew.", 4, "reopen"),
    ("back", "b,escape,h", "back", "Home", "Back to Home.", 1, "home"),
)
_MOVING: tuple[_Row, ...] = (
    ("down", "down", "step(1)", "Down", "The next line."),
    ("up", "up", "step(-1)", "Up", "The line before."),
    ("page-down", "pagedown", "page(1)", "Page down", "A page on."),
    ("page-up", "pageup", "page(-1)", "Page up", "A page back."),
    ("first", "home", "first", "First", "To the beginning of the list."),
    ("last", "end", "last", "Last", "To its end."),
)
_HELP: tuple[_Row, ...] = (("close", "escape,b,q,enter", "close", "Close", "Back to where you were.", 1, ""),)
# fmt: on


def _made(where: Where, prefix: str, rows: tuple[_Row, ...], group: str = "") -> Iterator[Command]:
    for row in rows:
        name, keys, action, title, told = row[:5]
        rank, word = row[5:] if len(row) == 7 else (0, "")
        command_id = f"{prefix}.{name}"
        yield Command(
            id=command_id,
            keys=keys,
            title=title,
            help=told,
            where=where,
            action=action,
            group=group,
            footer=rank,
            word=word,
            in_palette=command_id not in _NOT_IN_PALETTE,
            priority=command_id in _ALSO_WHILE_TYPING,
        )


COMMANDS: tuple[Command, ...] = (
    *_made(Where.APP, "app", _APP),
    *_made(Where.HOME, "home", _HOME),
    *_made(Where.NEW_SESSION, "new", _NEW),
    *_made(Where.MEETING, "meeting", _ANSWERS, "Answer"),
    *_made(Where.MEETING, "meeting", _GOING, "Go"),
    *_made(Where.MEETING, "meeting", _TAKING_DOWN, "Take down"),
    *_made(Where.MEETING, "meeting", _CLOCK, "Clock"),
    *_made(Where.MEETING, "meeting", _OTHER, "Other"),
    *_made(Where.CAPTURE, "capture", _CAPTURE),
    *_made(Where.GO_TO, "go-to", _LIST),
    *_made(Where.SEARCH, "search", _LIST),
    *_made(Where.WRAP_UP, "wrap-up", _WRAP_UP),
    *_made(Where.SESSION, "session", _SESSION),
    *_made(Where.HELP, "help", _HELP),
    *_made(Where.LIST, "list", _MOVING),
)


def commands_of(where: Where) -> tuple[Command, ...]:
    """The commands of one screen, in the order of its help."""
    return tuple(command for command in COMMANDS if command.where is where)


def command(command_id: str) -> Command:
    """The command with this id; raises KeyError."""
    found = next((one for one in COMMANDS if one.id == command_id), None)
    if found is None:
        raise KeyError(f"no command {command_id!r}")
    return found


def bindings(where: Where, *names: str) -> list[BindingType]:
    """What a screen's `BINDINGS` holds; of some commands only, where they are named."""
    from textual.binding import Binding

    made: list[BindingType] = []
    for one in commands_of(where):
        if names and one.id not in names:
            continue
        if where is Where.MEETING:
            made += _in_turn(one)
        keys = [key for key in one.keys.split(",") if key]
        if "{key}" in one.action:
            made += [
                Binding(key, one.action.format(key=key), one.title, show=False, id=f"{one.id}-{key}") for key in keys
            ]
        elif keys:
            system = one.id in _OF_THE_TERMINAL
            made.append(
                Binding(
                    ",".join(keys), one.action, one.title, show=False, priority=one.priority, id=one.id, system=system
                )
            )
    return made


def _in_turn(one: Command) -> Iterator[BindingType]:
    """The same keys once more, run the moment they arrive: of keys that come at once, each means what the last left."""
    from textual.binding import Binding

    for key in filter(None, one.keys.split(",")):
        action = one.action.format(key=key) if "{key}" in one.action else one.action
        id = f"{one.id}-{key}" if "{key}" in one.action else one.id
        yield Binding(key, f"in_turn({action!r})", one.title, show=False, priority=True, id=id)


def footer_of(where: Where) -> tuple[Command, ...]:
    """What the footer may show of a screen, the most needed first; help is always among them."""
    ranked = sorted((one for one in commands_of(where) if one.footer), key=lambda one: one.footer)
    return tuple(ranked) if where is Where.HELP else (*ranked, command("app.help"))


def show_key(key: str) -> str:
    """A key as people read it: `↵`, `?`, `ctrl+z`."""
    return KEY_SIGNS.get(key, key)


def show_keys(one: Command, keymap: Mapping[str, str] | None = None) -> str:
    """The keys of a command as people read them; a remapped one shows its own keys."""
    keys = [key for key in (keymap or {}).get(one.id, one.keys).split(",") if key]
    if len(keys) > 2 and all(key.isdigit() for key in keys):
        return f"{keys[0]}–{keys[-1]}"
    return " ".join(show_key(key) for key in keys)


def grouped(commands: Iterable[Command]) -> Iterator[tuple[str, list[Command]]]:
    """Commands by their group, in order."""
    groups: dict[str, list[Command]] = {}
    for one in commands:
        groups.setdefault(one.group, []).append(one)
    yield from groups.items()


def markdown() -> str:
    """The text of docs/keys.md."""
    lines = [
        "# Keys",
        "",
        "Single letters never act while you type. Every key can be changed in the configuration, by the name in the",
        "last column. Everything is in the palette (`ctrl+p`) as well, and can be clicked.",
        "",
    ]
    for where in Where:
        found = commands_of(where)
        lines += [f"## {where.value}", "", "| key | does | name |", "|---|---|---|"]
        for one in found:
            keys = " ".join(f"`{key}`" for key in show_keys(one).split()) or "palette"
            lines.append(f"| {keys} | **{one.title}.** {one.help} | `{one.id}` |")
        lines.append("")
    return "\n".join(lines)

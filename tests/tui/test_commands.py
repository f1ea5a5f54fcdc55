"""One registry entry makes the key, the palette entry, the line of help and the row of the docs."""

from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode

import readyroom.tui
from readyroom.tui.commands import (
    COMMANDS,
    Where,
    bindings,
    command,
    commands_of,
    footer_of,
    grouped,
    markdown,
    show_keys,
)
from readyroom.tui.widgets.keybar import most_keys

KEYS_PAGE = Path(__file__).parents[2] / "docs" / "keys.md"
SCREENS = {
    Where.HOME: ("home", "HomeScreen"),
    Where.NEW_SESSION: ("new_session", "NewSessionScreen"),
    Where.MEETING: ("meeting", "MeetingScreen"),
    Where.WRAP_UP: ("wrapup", "WrapUpScreen"),
    Where.SESSION: ("session_view", "SessionScreen"),
    Where.HELP: ("help", "HelpScreen"),
    Where.GO_TO: ("goto", "GoToScreen"),
    Where.SEARCH: ("search", "SearchScreen"),
}


def test_the_page_of_keys_is_current():
    assert KEYS_PAGE.read_text(encoding="utf-8") == markdown(), "write it again: see readyroom.tui.commands.markdown"


def test_a_command_is_named_once():
    assert [name for name, times in Counter(one.id for one in COMMANDS).items() if times > 1] == []
    with pytest.raises(KeyError, match="fly"):
        command("fly")


@pytest.mark.parametrize("where", Where)
def test_a_key_means_one_thing_on_a_screen(where):
    everywhere = commands_of(Where.APP) if where is not Where.APP else ()
    keys = [key for one in (*commands_of(where), *everywhere) for key in one.keys.split(",") if key]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


@pytest.mark.parametrize("where", Where)
def test_single_letters_never_act_while_someone_types(where):
    eager = [one.id for one in commands_of(where) if one.priority and any(len(k) == 1 for k in one.keys.split(","))]
    assert eager == []


@pytest.mark.parametrize("where", SCREENS)
def test_every_command_can_be_done_on_its_screen(where):
    module, name = SCREENS[where]
    screen = getattr(import_module(f"readyroom.tui.screens.{module}"), name)
    actions = {one.action.partition("(")[0] for one in commands_of(where)}
    missing = [action for action in actions if "." not in action and not hasattr(screen, f"action_{action}")]
    assert missing == []


def our_widgets():
    """Every screen and widget of ours, whatever file it is in."""
    for found in walk_packages(readyroom.tui.__path__, "readyroom.tui."):
        module = import_module(found.name)
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, DOMNode) and one.__module__ == module.__name__:
                yield one


@pytest.mark.parametrize("widget", our_widgets())
def test_no_key_is_bound_that_help_palette_and_docs_do_not_know(widget):
    known = {(one.id, one.key) for where in Where for one in Binding.make_bindings(bindings(where))}
    bound = {(one.id, one.key) for one in Binding.make_bindings(widget.__dict__.get("BINDINGS", ()))}
    assert bound - known == set()


@pytest.mark.parametrize("where", [where for where in Where if where is not Where.APP])
def test_the_footer_ends_in_help_and_needs_no_more_than_five_keys(where):
    shown = footer_of(where)
    assert shown
    assert most_keys(80) == 5
    assert where is Where.HELP or shown[-1].id == "app.help"


def test_keys_can_be_remapped_by_the_name_of_the_command():
    made = BindingsMap(bindings(Where.MEETING))
    changed = made.apply_keymap({"meeting.next": "l"})
    del changed
    keys = {binding.id: key for key, binding in made}
    assert keys["meeting.next"] == "l"
    assert show_keys(command("meeting.next"), {"meeting.next": "l"}) == "l"


def test_keys_are_shown_as_people_read_them():
    assert show_keys(command("meeting.pick")) == "1–9"
    assert show_keys(command("meeting.write")) == "↵"
    assert show_keys(command("app.help")) == "? f1"


def test_help_keeps_commands_of_a_kind_together():
    groups = [group for group, _ in grouped(commands_of(Where.MEETING))]
    assert groups == ["Answer", "Go", "Take down", "Clock", "Other"]

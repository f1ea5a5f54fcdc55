"""Nothing that anyone types is read as markup, drives the terminal, or breaks a column."""

import pytest
from rich.cells import cell_len

from readyroom.tui.guard import without_controls
from readyroom.tui.text import assemble, clip, fit, rich_text, user_line, user_text
from tui.workspaces import CONTROLS, HOSTILE


def test_square_brackets_stay_as_they_were_typed():
    for make in (user_text, user_line, lambda text: assemble(text), lambda text: assemble((text, "bold"))):
        assert make("[P1] down, see [/etc/hosts] [/]").plain == "[P1] down, see [/etc/hosts] [/]"
    assert rich_text("[P1] [/x]").plain == "[P1] [/x]"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_keeps_a_character_that_drives_the_terminal(text):
    shown = [user_text(text), user_line(text), assemble("at ", text), assemble((text, "$accent")), rich_text(text)]
    for one in shown:
        assert not [character for character in CONTROLS if character in one.plain.replace("\t", "")]
    assert "\n" not in user_line(text).plain


def test_pieces_of_a_line_keep_the_blanks_between_them():
    assert assemble("owner ", ("Zoë ", "bold"), " – due").plain == "owner Zoë  – due"


@pytest.mark.parametrize("text", [*HOSTILE, "", "short", "ab 表計算ソフト cd"])
@pytest.mark.parametrize("width", [0, 1, 2, 7, 20])
def test_a_column_is_exactly_as_wide_as_it_should_be(text, width):
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width
    assert cell_len(clip(text, width)) <= width


def test_what_is_cut_off_says_so():
    assert clip("A long name of a service", 8) == "A long…"
    assert clip("short", 8) == "short"


def test_the_last_guard_drops_controls_and_keeps_the_width():
    assert without_controls("plain – ✓ 表") == "plain – ✓ 表"
    assert without_controls("a\x1b]0;x\x07b\u202ec\x9b") == "a]0;xbc"
    assert without_controls("👩\u200d💻") == "👩\u200d💻"
    soft_hyphen = "a\u00adb"
    assert cell_len(without_controls(soft_hyphen)) == cell_len(soft_hyphen)

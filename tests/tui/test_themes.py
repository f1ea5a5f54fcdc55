"""States can be told apart by glyph and by word, and everything can be read on its background."""

import pytest
from textual.color import Color

from readyroom.domain.answer import AnswerState
from readyroom.domain.finding import Finding
from readyroom.tui.themes import ASCII, THEMES, UNICODE, finding_look, glyphs_for, state_look


def luminance(colour):
    def channel(value):
        part = value / 255
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = Color.parse(colour).rgb
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read_from_the_back_of_the_room(theme):
    grounds = (theme.background, theme.surface, theme.panel, theme.variables["chosen"])
    texts = (theme.foreground, theme.variables["text-muted"], theme.accent, theme.error, theme.success, theme.warning)
    poor = [(text, ground) for text in texts for ground in grounds if contrast(text, ground) < 4.5]
    assert poor == []


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_states_hold_without_colour(glyphs):
    looks = [state_look(state, glyphs=glyphs) for state in AnswerState]
    looks.append(state_look(AnswerState.ANSWERED, bad=True, glyphs=glyphs))
    assert len({look.word for look in looks}) == len(looks)
    assert len({look.glyph for look in looks}) == len(looks)
    findings = [finding_look(finding, glyphs=glyphs) for finding in Finding]
    assert len({look.glyph for look in findings}) == len(findings) == len({look.word for look in findings})


def test_a_terminal_without_utf_8_gets_plain_signs():
    assert glyphs_for({}, "ANSI_X3.4-1968") is ASCII
    assert glyphs_for({}, "UTF-8") is UNICODE
    assert glyphs_for({"READYROOM_ASCII": "1"}, "UTF-8") is ASCII
    assert glyphs_for({"READYROOM_ASCII": "0"}, "UTF-8") is UNICODE

"""Lines keep their width whatever is in them: wide and combining characters, long words, little room."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from readyroom.tui.widgets.meeting.lines import Span, at_right, wrap
from readyroom.tui.widgets.meeting.plain_markdown import guidance


@given(st.text(max_size=120), st.integers(min_value=2, max_value=40))
def test_no_wrapped_line_is_wider_than_its_room(text, width):
    assert all(cell_len(line) <= width for line in wrap(text, width))


@given(st.text(alphabet="ab 表é", max_size=80), st.integers(min_value=2, max_value=30))
def test_wrapping_loses_no_word(text, width):
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


def test_wrapping_breaks_between_words():
    assert wrap("detecting, finding the cause", 12) == ["detecting,", "finding the", "cause"]
    assert wrap("one\n\ntwo", 10) == ["one", "", "two"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_what_stands_at_the_right_stays_when_the_left_is_too_long():
    spans = at_right((Span("a long title of a meeting"),), (Span("saved"),), 16)
    assert "".join(span.text for span in spans) == "a long ti… saved"


def test_guidance_is_shown_without_its_marks():
    text = "Think of **two** `things`:\n\n- the *first*\n- [second](https://example.org)\n\n1. go\n2. 3 * 4 * 5"
    shown = ["".join(span.text for span in line.spans) for line in guidance(text, 60)]
    assert shown == [
        "Think of two things:", "", "· the first", "· second (https://example.org)", "1. go", "2. 3 * 4 * 5",
    ]  # fmt: skip

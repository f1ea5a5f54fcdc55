import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readyroom.borders.text import clean_line, clean_report, clean_text

HOSTILE = st.text(
    alphabet="ab[]0;m\x1b\x9b\x9d\x07\x00\r\n\t\x85\u2028\u202e\u2066\ud800\u200d\ufe0f\U000e0041é\u0301 \\",
    max_size=60,
)


@pytest.mark.parametrize(
    "typed,kept",
    [
        ("plain", "plain"),
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("a\x1b]52;c;ZXZpbA==\x07b", "ab"),
        ("a\x9d0;title\x9cb", "ab"),
        ("a\x1b]0;never closed", "a0;never closed"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("a\x9b2Jb", "ab"),
        ("pay \u202e100\u202c now", "pay 100 now"),
        ("a\U000e0041b\x00c\ud800d\ufeff", "abcd"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("e\u0301", "é"),
        ("👩\u200d🚒 ❤\ufe0f", "👩\u200d🚒 ❤\ufe0f"),
        ("a\tb", "a\tb"),
        ("[/x] $5 [P1]", "[/x] $5 [P1]"),
    ],
)
def test_text_keeps_what_was_meant_and_loses_what_drives_a_terminal(typed, kept):
    assert clean_text(typed) == kept


def test_a_line_is_one_line():
    assert clean_line("  one\r\ntwo\tthree  ") == "one two three"


def test_what_is_removed_or_cut_is_told():
    report = clean_report("ab\x00c" + "d" * 10, limit=5, line=True)
    assert (report.text, report.removed, report.cut) == ("abcdd", 1, 8)


@given(HOSTILE | st.text())
@example("\x1b\x1b[0m[31m")
@example("\x1b[\x00A")
@example("a\u0301\x00\u0301")
def test_clean_text_is_harmless_and_stays_the_same(text):
    for clean in (clean_text, clean_line):
        once = clean(text)
        assert clean(once) == once
        assert not [c for c in once if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
        assert not set(once) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x85\u2028\u2029")
        once.encode("utf-8")
    assert not set(clean_line(text)) & set("\n\t")


@given(st.text(), st.integers(0, 5))
def test_a_cut_line_stays_the_same_when_cleaned_again(text, limit):
    once = clean_line(text, limit=limit)
    assert len(once) <= limit
    assert clean_line(once, limit=limit) == once

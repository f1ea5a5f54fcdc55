import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readyroom.borders.text import clean_line, clean_text
from readyroom.export.md_escape import md_block, md_inline, md_link, md_table
from support.rendered import PLAIN, RENDERERS, block_types, inline_text, markup_in

SIGNS = st.sampled_from([*list("\\`*_{}[]()#+-.!|<>&;:~=\"'$@^%/ \t1aZ9é“—"), "  ", "&amp;", "<b>", "](", "```", "~~"])
HOSTILE = st.one_of(st.lists(SIGNS, max_size=25).map("".join), st.text(max_size=40))
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![](https://track.example/x.png)",
    "<https://evil.example>",
    "<5@evil.example>",
    "[x]: https://evil.example",
    "# a heading",
    "a heading #",
    "---",
    "===",
    "- - -",
    "1. a list",
    "2) another",
    "+ plus",
    "> quote",
    "```sh",
    "~~~",
    "a | b | c",
    "a \\| b",
    "trailing \\",
    "&lt;b&gt; &#35; &copy;",
    "snake_case and __dunder__ and _this_",
    "**bold** *em* ~~gone~~ ~half~",
    "-30 % and ~5 min and 3 < 4 & 5 > 2",
    "R&D; AT&T",
    "@ana see #12 and A-12",
    "[ ] todo",
    "<!-- item: x -->",
]


def only_inline(text, renderer):
    tokens = renderer.parse(text)
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"], text
    return tokens[1]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("renderer", RENDERERS)
def test_what_somebody_typed_is_shown_and_never_obeyed(payload, renderer):
    inline = only_inline(md_inline(payload), renderer)
    assert inline_text(inline) == payload
    assert markup_in(inline) == []


@settings(max_examples=600)
@given(HOSTILE)
@example("b__ `")
@example("*_ a_b_*")
@example("~1~")
@example("\\|\\")
def test_any_line_comes_back_as_it_went_in(text):
    kept = clean_line(text)
    if not kept:
        assert md_inline(text) == ""
        return
    for renderer in RENDERERS:
        inline = only_inline(md_inline(text), renderer)
        assert inline_text(inline) == kept
        assert markup_in(inline) == []


@settings(max_examples=300)
@given(HOSTILE, HOSTILE)
def test_no_cell_breaks_its_table(one, other):
    lines = md_table(["left", "right"], [[md_inline(one), md_inline(other)], ["x", "y"]])
    for renderer in RENDERERS:
        tokens = renderer.parse("\n".join(lines))
        cells = [inline_text(t) for t in tokens if t.type == "inline"]
        assert cells == ["left", "right", clean_line(one), clean_line(other), "x", "y"]


@settings(max_examples=300)
@given(HOSTILE)
@example("a heading #")
@example("## ##")
def test_a_title_is_a_heading_and_nothing_more(text):
    kept = clean_line(text)
    if kept:
        tokens = PLAIN.parse(f"## {md_inline(text)}")
        assert [t.type for t in tokens] == ["heading_open", "inline", "heading_close"]
        assert inline_text(tokens[1]) == kept


@settings(max_examples=300)
@given(HOSTILE)
def test_bold_questions_stay_bold(text):
    kept = clean_line(text)
    if kept:
        inline = only_inline(f"**{md_inline(text)}** yes", PLAIN)
        assert markup_in(inline) == ["strong_open", "strong_close"]
        assert inline_text(inline) == f"{kept} yes"


@settings(max_examples=400)
@given(st.lists(HOSTILE, max_size=6))
def test_a_note_keeps_its_lines_and_stays_a_quote(lines):
    text = "\n".join(lines)
    said = [line.strip() for line in clean_text(text).replace("\t", " ").split("\n")]
    for renderer in RENDERERS:
        tokens = renderer.parse("\n".join(md_block(text, "> ")))
        assert {t.type for t in tokens} <= {
            "blockquote_open",
            "blockquote_close",
            "paragraph_open",
            "paragraph_close",
            "inline",
        }
        inlines = [t for t in tokens if t.type == "inline"]
        assert [t for inline in inlines for t in markup_in(inline)] == []
        shown = [line for inline in inlines for line in inline_text(inline).split("\n")]
        assert shown == [line for line in said if line]


def test_paragraphs_of_a_note_stay_apart():
    assert md_block("one\ntwo\n\n\n  three  \n", "> ") == ["> one\\", "> two", ">", "> three"]


def test_a_megabyte_of_signs_is_escaped_in_one_pass():
    for sign in ("*", "_", "#", "~", "&a", "\\", "a_", "<", " #", "|\n", "_ "):
        text = sign * (1_000_000 // len(sign))
        assert len(md_inline(text)) <= 2_000_001
        assert md_block(text) or not text.strip()


def test_evidence_that_is_an_address_is_a_link_to_itself():
    assert md_link("https://wiki.example/a_b?x=1&y=2") == "<https://wiki.example/a_b?x=1&y=2>"
    tokens = only_inline(md_link("https://wiki.example/a_b?x=1&y=2"), PLAIN).children
    assert tokens[0].attrs["href"] == "https://wiki.example/a_b?x=1&y=2"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://a.example/> <b>", "https://a.example/ two", "file:///etc/x", "https://a/&lt;b"],
)
def test_anything_else_is_no_link(address):
    assert "link_open" not in markup_in(only_inline(md_link(address), PLAIN))


def test_common_words_stay_readable_in_the_source():
    for text in ("rollback_minutes is 42 (was 38), 50% up", "Alert: disk > 80 %", "~5 min", "A-12 @ana #7", "-30 %"):
        assert md_inline(text) == text
    assert block_types(md_inline("-30 %")) == ["paragraph_open", "inline", "paragraph_close"]

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readyroom.borders.errors import BorderError
from readyroom.domain.answer import AnswerKey, AnswerState
from readyroom.export.sheet import SheetRequest, sheet_markdown
from readyroom.records.sheets import read_sheet
from support.records import sample_record

AGENDA = sample_record().agenda
TODAY = date(2026, 11, 20)
ASKED = ("objectives", "matches-users", "slowest-step", "rollback-minutes", "irreversible", "story", "drills", "pages")


def blank_sheet(rows=None):
    keys = tuple(AnswerKey(item_id, "checkout") for item_id in ASKED)
    started = {keys[0]: [{"objective": "checkout | web", "target": 99.9}]}
    return sheet_markdown(
        SheetRequest(agenda=AGENDA, session="s-1", person="Bo \\ 'B'", keys=keys, rows=rows or started)
    )


def filled(item_id, answer="", note="", evidence="", sheet=None):
    """The sheet as somebody edits it: text typed behind the labels of one question."""
    before, mark, after = (sheet or blank_sheet()).partition(f"<!-- item: {item_id};")
    for label, text in (("answer", answer), ("note", note), ("evidence", evidence)):
        after = after.replace(f"\n{label}:", f"\n{label}: {text}", 1)
    return before + mark + after


def read(text):
    return read_sheet(text, AGENDA, "bo.md", TODAY)


def only(text):
    sheet = read(text)
    assert sheet.problems == ()
    (entry,) = sheet.entries
    return entry


def test_an_untouched_sheet_gives_nothing_but_whose_it_is():
    sheet = read(blank_sheet())
    assert (sheet.entries, sheet.problems) == ((), ())
    assert (sheet.person, sheet.session, sheet.agenda) == ("Bo \\ 'B'", "s-1", "reliability-review")


@pytest.mark.parametrize(
    "item_id, typed, value",
    [
        ("rollback-minutes", "42 min", 42),
        ("rollback-minutes", "**42**", 42),
        ("rollback-minutes", "`42`.", 42),
        ("rollback-minutes", "\n\n42 min\n", 42),
        ("rollback-minutes", "\n- 42", 42),
        ("matches-users", "Yes.", "pass"),
        ("slowest-step", "finding the cause", "find"),
        ("slowest-step", "2", "find"),
        ("drills", "2026-09-01", "2026-09-01"),
        ("drills", "never", "never"),
        ("story", "Line one.\n\nLine *two*: with a colon.", "Line one.\n\nLine *two*: with a colon."),
    ],
)
def test_answers_are_read_as_people_type_them(item_id, typed, value):
    entry = only(filled(item_id, typed))
    assert (entry.key, entry.state, entry.value) == (AnswerKey(item_id, "checkout"), AnswerState.ANSWERED, value)


@pytest.mark.parametrize(
    "words",
    [
        "n/a because no schema changed",
        "N/A: no schema changed",
        "not applicable – no schema changed",
        "n/a (no schema changed)",
        "n/a, since no schema changed",
    ],
)
@pytest.mark.parametrize("item_id", ["irreversible", "story", "pages"])
def test_not_applicable_keeps_its_reason(item_id, words):
    entry = only(filled(item_id, words))
    assert (entry.state, entry.value, entry.reason) == (AnswerState.NOT_APPLICABLE, None, "no schema changed")


@pytest.mark.parametrize("words", ["unknown", "don't know", "We don’t know yet.", "I do not know", "?"])
@pytest.mark.parametrize("item_id", ["rollback-minutes", "slowest-step", "story", "objectives"])
def test_not_knowing_is_an_answer(item_id, words):
    assert only(filled(item_id, words)).state is AnswerState.UNKNOWN


def test_what_stands_below_a_short_answer_becomes_its_note():
    entry = only(filled("rollback-minutes", "42\n\nWe timed it twice.", note="See the log."))
    assert (entry.value, entry.note) == (42, "We timed it twice.\n\nSee the log.")


def test_note_and_evidence_count_without_an_answer():
    entry = only(filled("story", note="ask Dee", evidence="https://wiki.example/x"))
    assert (entry.state, entry.note, entry.evidence) == (AnswerState.UNANSWERED, "ask Dee", "https://wiki.example/x")


def test_a_filled_row_is_read_and_a_row_as_it_came_is_passed_over():
    sheet = blank_sheet(
        {
            AnswerKey("objectives", "checkout"): [
                {"objective": "a | b", "target": 99.9},
                {"objective": "c", "target": 99},
            ]
        }
    )
    sheet = sheet.replace("| a \\| b | 99.9 % |  |  |  |", "| a \\| b  | 99.9 % | 99.95% | 40 | |")
    entry = only(sheet)
    assert entry.value == ({"objective": "a | b", "target": 99.9, "actual": 99.95, "budget-left": 40},)


def test_rows_may_be_pasted_from_a_spreadsheet():
    entry = only(filled("pages", "\nalert\tpages a week\nDiskFull\t4\nSlow\t2"))
    assert entry.value == ({"alert": "DiskFull", "pages": 4}, {"alert": "Slow", "pages": 2})


def test_a_sheet_survives_what_editors_and_people_do_to_it():
    text = filled("rollback-minutes", "42 min   ", note="fine")
    before, start, rest = text.partition("## Incidents")
    text = before.replace("### How did", "### Numbers:") + start + rest
    sections = text.split("## ")
    text = "## ".join([sections[0], *reversed(sections[1:])])
    text = text.replace("\nanswer:", "\n\n\n- **Answer**:").replace("\nnote:", "\n* Notes :").replace("\n", "\r\n")
    entry = only(text.encode("utf-8-sig"))
    assert (entry.value, entry.note) == (42, "fine")


def test_a_bad_answer_is_named_with_its_line_and_the_rest_is_kept():
    text = filled("rollback-minutes", "a while", sheet=filled("matches-users", "pass"))
    sheet = read(text)
    assert [entry.key.item for entry in sheet.entries] == ["matches-users"]
    line = text[: text.index("a while")].count("\n") + 1
    assert str(sheet.problems[0]) == (
        f"bo.md:{line}:1: rollback-minutes: expected a number of min, not 'a while'; or write unknown, or n/a because …"
    )


def test_a_bad_row_is_named_with_its_line():
    text = blank_sheet().replace("|  |  |  |  |", "| Disk | many |  |  |")
    (problem,) = read(text).problems
    assert text.splitlines()[problem.line - 1].startswith("| Disk | many")
    assert "pages" in problem.message


def test_not_applicable_without_a_reason_is_asked_for_one():
    (problem,) = read(filled("irreversible", "n/a")).problems
    assert "needs a reason" in problem.message


def test_an_item_that_the_agenda_lacks_is_named_with_a_near_one():
    text = filled("rollback-minutes", "42").replace("item: rollback-minutes", "item: rollback-minute")
    (problem,) = read(text).problems
    assert problem.fix == "did you mean rollback-minutes?"


def test_a_lost_mark_does_not_give_one_question_the_answer_of_another():
    text = filled("irreversible", "yes", sheet=filled("rollback-minutes", "42"))
    text = text.replace(' <!-- item: irreversible; for: "checkout" -->', "")
    sheet = read(text)
    assert sheet.entries == ()
    assert "a second answer under rollback-minutes" in str(sheet.problems[0])


def test_a_question_answered_twice_keeps_the_first_and_says_so():
    text = filled("rollback-minutes", "42")
    question = text[text.index("### How many") : text.index("### Is any")]
    sheet = read(text + "\n" + question.replace("42", "43"))
    assert [entry.value for entry in sheet.entries] == [42]
    assert "already answered" in sheet.problems[0].message


@pytest.mark.parametrize("raw", [b"", b"# Nothing marked", b"\xff\xfe", b"x" * 5_000_000])
def test_what_is_no_sheet_is_refused_in_plain_words(raw):
    with pytest.raises(BorderError) as refused:
        read(raw)
    assert str(refused.value).startswith("bo.md")


LINES = st.sampled_from(
    [
        "answer: 4",
        "note: x",
        "evidence:",
        "<!-- item: pages -->",
        "<!-- item: story -->",
        "| a | b |",
        "|---|",
        "a;b",
        "<!-- section -->",
        '### x <!-- item: drills; for: "a\\u12" -->',
        "n/a",
        "---",
        'person: "',
        "\x1b[2J",
        '"',
        "|",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=25))
def test_whatever_stands_in_a_sheet_is_read_or_refused_but_never_crashes(lines):
    try:
        sheet = read("<!-- item: story -->\n" + "\n".join(lines))
    except BorderError:
        raise AssertionError("a marked sheet is never refused whole") from None
    for entry in sheet.entries:
        assert "\x1b" not in entry.note + entry.evidence + entry.reason + str(entry.value)

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.builders import TODAY
from readyroom.domain.captureline import CaptureLine, complete_name, read_capture_line, write_capture_line

FRIDAY, IN_TWO_WEEKS = date(2026, 11, 27), date(2026, 12, 6)


def read(line, roster=()):
    found = read_capture_line(line, TODAY, roster)
    return found.text, found.owner, found.due, found.priority


@pytest.mark.parametrize(
    "line, understood",
    [
        ("Alert on user errors @ana +2w !1", ("Alert on user errors", "ana", IN_TWO_WEEKS, 1)),
        ("@ana !2 Alert +2w on user errors", ("Alert on user errors", "ana", IN_TWO_WEEKS, 2)),
        ("Alert\ton  errors\n@ana", ("Alert on errors", "ana", None, None)),
        ('Call the bank @"Ana Lima"', ("Call the bank", "Ana Lima", None, None)),
        ('Call @"  Ana   Lima " now', ("Call now", "Ana Lima", None, None)),
        ("Ask @ana, then deploy", ("Ask, then deploy", "ana", None, None)),
        ("@ana: check the logs", ("check the logs", "ana", None, None)),
        ("Write to ana@example.com", ("Write to ana@example.com", "", None, None)),
        ("Mail <ana@example.com> @bo", ("Mail <ana@example.com>", "bo", None, None)),
        ("Pair @ana @bo +2w +3w !1 !2", ("Pair @bo +3w !2", "ana", IN_TWO_WEEKS, 1)),
        ("Rotate the keys by fri", ("Rotate the keys", "", FRIDAY, None)),
        ("By friday rotate the keys", ("rotate the keys", "", FRIDAY, None)),
        ("Rotate by 6 dec @ana", ("Rotate", "ana", IN_TWO_WEEKS, None)),
        ("Rotate due: 2026-12-06", ("Rotate", "", IN_TWO_WEEKS, None)),
        ("Rotate due dec 6 the keys", ("Rotate the keys", "", IN_TWO_WEEKS, None)),
        ("Rotate the keys fri @ana", ("Rotate the keys", "ana", FRIDAY, None)),
        ("Rotate the keys @ana fri", ("Rotate the keys", "ana", FRIDAY, None)),
        ("Rotate the keys !1 2026-12-06", ("Rotate the keys", "", IN_TWO_WEEKS, 1)),
        ("Rotate the keys +2w fri", ("Rotate the keys fri", "", IN_TWO_WEEKS, None)),
        ("Rotate by fri and by mon", ("Rotate and by mon", "", FRIDAY, None)),
    ],
)
def test_marks_are_taken_wherever_they_stand(line, understood):
    assert read(line) == understood


@pytest.mark.parametrize(
    "line",
    [
        "Deploys on fri",
        "Freeze until fri",
        "The pager was quiet today",
        "turn on by default",
        "Paid by may or june",
        "Do the due diligence",
        "due to the outage",
        "Sorted by 10 users",
        "Wait for !important",
        "!5 is no priority",
        "mail @ work",
        '@"no end',
        '@" "',
        "@...",
        "a+2w b",
        "+2x",
        "+99999d",
        "[red]stop[/red] [@click=app.quit]x[/]",
        "**bold** `code` <b>",
        "\\\\server\\share",
        "C:\\by\\fri",
        "\u202ereversed",
        "",
    ],
)
def test_what_is_no_mark_stays_as_it_was_typed(line):
    assert read(line) == (line, "", None, None)


def test_a_sentence_that_ends_in_a_day_keeps_it_even_beside_a_mark():
    assert read("Deploys on fri @ana") == ("Deploys on fri", "ana", None, None)
    assert read("No deploys before mon !1") == ("No deploys before mon", "", None, 1)
    assert read("fri @ana") == ("fri", "ana", None, None)


def test_a_backslash_keeps_a_mark_in_the_text():
    assert read("Mention \\@ana in the runbook @bo") == ("Mention @ana in the runbook", "bo", None, None)
    assert read("Done \\by fri") == ("Done by fri", "", None, None)


def test_the_owner_is_completed_where_one_name_of_the_room_is_meant():
    roster = ("Ana Lima", "Anders", "Bo", "Bodil")
    assert read("x @ana", roster)[1] == "Ana Lima"
    assert read("x @BO", roster)[1] == "Bo"
    assert read("x @bod,", roster)[1] == "Bodil"
    assert read("x @an", roster)[1] == "an"
    assert complete_name("zoe", roster) == "zoe"
    assert complete_name("bo", ("Bo", "bo")) == "bo"


def test_a_line_written_for_editing_is_plain_where_it_can_be():
    line = CaptureLine(text="Alert on errors", owner="Ana Lima", due=FRIDAY, priority=1)
    assert write_capture_line(line) == 'Alert on errors @"Ana Lima" by 2026-11-27 !1'
    assert write_capture_line(CaptureLine(text="Deploys on fri, by default")) == "Deploys on fri, by default"
    assert write_capture_line(CaptureLine(text="Tell @ana by fri, bo", owner="Bo")) == "Tell \\@ana \\by fri, bo @Bo"


MARK_LIKE = (
    r"""Alert @ana @"Ana Lima" by due due:fri fri +2w !1 2026-12-01 3 may on \ \@x \\by \fri today @a, ! + by: [b]"""
)
words = st.sampled_from(MARK_LIKE.split())
texts = st.one_of(
    st.lists(words, max_size=7).map(" ".join), st.text(max_size=40).map(lambda text: " ".join(text.split()))
)
owners = st.text(max_size=12).map(lambda name: " ".join(name.replace('"', "").split()))


@given(texts, owners, st.none() | st.dates(), st.none() | st.integers(1, 4), st.dates())
@example("Pair @bo", "ana", None, None, TODAY)
@example("Ship fri", "ana", None, None, TODAY)
@example("by fri", "", None, None, TODAY)
def test_a_written_line_reads_back_as_the_same_capture(text, owner, due, priority, today):
    line = CaptureLine(text=text, owner=owner, due=due, priority=priority)
    assert read_capture_line(write_capture_line(line), today) == line


@given(texts, st.dates(), st.lists(owners, max_size=3))
def test_any_line_is_understood_somehow(text, today, roster):
    found = read_capture_line(text, today, roster)
    assert read_capture_line(write_capture_line(found), today) == found


@pytest.mark.parametrize(
    "part", ["by foo ", "@ana ", '@"a ', "@,,,,,,,,", " \t", "mon ", "!1 ", "+2w ", "\\", "\\@x ", "a", "due:", "@a@"]
)
def test_a_megabyte_of_marks_is_read_in_one_go(part):
    found = read_capture_line(part * (1_000_000 // len(part)), TODAY)
    assert isinstance(found, CaptureLine)

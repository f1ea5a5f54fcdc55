from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import TODAY
from readyroom.domain.due import DueError, read_due


@pytest.mark.parametrize(
    "text, meant",
    [
        ("+0d", "2026-11-22"),
        ("+3d", "2026-11-25"),
        ("+2w", "2026-12-06"),
        (" +2W ", "2026-12-06"),
        ("+1m", "2026-12-22"),
        ("+2m", "2027-01-22"),
        ("+1y", "2027-11-22"),
        ("today", "2026-11-22"),
        ("Tomorrow", "2026-11-23"),
        ("mon", "2026-11-23"),
        ("fri", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("thurs", "2026-11-26"),
        ("sun", "2026-11-29"),
        ("15 jan", "2027-01-15"),
        ("jan 15", "2027-01-15"),
        ("24 December", "2026-12-24"),
        ("22 nov", "2026-11-22"),
        ("21 nov", "2027-11-21"),
        ("may 3", "2027-05-03"),
        ("3 mar 2028", "2028-03-03"),
        ("2026-12-01", "2026-12-01"),
        ("2020-01-01", "2020-01-01"),
    ],
)
def test_dates_are_read_as_people_type_them(text, meant):
    assert read_due(text, TODAY).isoformat() == meant


def test_todays_own_weekday_means_a_week_later():
    for offset in range(7):
        today = TODAY + timedelta(days=offset)
        assert read_due(f"{today:%a}", today) == today + timedelta(days=7)


def test_months_end_where_the_month_does():
    assert read_due("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert read_due("+1m", date(2028, 1, 31)) == date(2028, 2, 29)
    assert read_due("+1y", date(2028, 2, 29)) == date(2029, 2, 28)
    assert read_due("+13m", date(2026, 12, 31)) == date(2028, 1, 31)
    assert read_due("+1m", date(2026, 12, 31)) == date(2027, 1, 31)


def test_a_leap_day_means_the_next_one_within_a_year():
    assert read_due("29 feb", date(2027, 6, 1)) == date(2028, 2, 29)
    assert read_due("29 feb", date(2028, 2, 29)) == date(2028, 2, 29)
    with pytest.raises(DueError):
        read_due("29 feb", date(2028, 3, 1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "may",
        "fr",
        "m",
        "31 feb",
        "0 jan",
        "32 jan",
        "15 ja",
        "15 jan 26",
        "15 jan twenty",
        "2026-13-01",
        "2026-02-30",
        "20261201",
        "2026-W01-1",
        "2026-12-01T08:00",
        "+2x",
        "+-2d",
        "+99999d",
        "+9999y",
        "2w",
        "next week",
        "² jan",
        "١٥ jan",
        "+٣d",
        "9" * 5000 + " jan",
        "\u202efri",
        "fri\x00",
    ],
)
def test_what_is_no_date_is_refused_with_examples_of_what_would_be(text):
    with pytest.raises(DueError, match=r"is no date: write \+2w, fri, 15 jan or 2026-11-22"):
        read_due(text, TODAY)


def test_a_date_outside_the_calendar_is_refused():
    for text in ("+1d", "+1m", "+1y", "tomorrow", "fri", "1 jan"):
        with pytest.raises(DueError):
            read_due(text, date.max)


@given(
    text=st.one_of(
        st.text(max_size=20),
        st.from_regex(r"\+\d{1,5}[dwmyx]", fullmatch=True),
        st.from_regex(r"\d{1,3} (jan|feb|may|december|x)( \d{1,5})?", fullmatch=True),
    ),
    today=st.dates(),
)
def test_any_text_is_a_date_or_refused(text, today):
    try:
        found = read_due(text, today)
    except DueError:
        return
    assert isinstance(found, date)


@given(wanted=st.dates(), today=st.dates())
def test_a_date_in_full_is_read_whatever_the_day(wanted, today):
    assert read_due(wanted.isoformat(), today) == wanted

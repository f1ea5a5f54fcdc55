import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import NOON, agenda, item, later
from readyroom.domain.agenda import Section
from readyroom.domain.clock import next_event, pace, projected_end, read_clock, section_times
from readyroom.domain.session import ClockEvent, ClockMark, Sitting

THREE_PARTS = agenda(
    sections=(
        Section(id="look-back", title="Look back", minutes=10, items=(item("check", "a"), item("check", "b"))),
        Section(id="today", title="Today", minutes=20, items=(item("check", "c"),)),
        Section(id="ahead", title="Ahead", minutes=30, items=(item("check", "d"),)),
    )
)


def sitting(*events, number=1, start=NOON, **changed):
    """A sitting whose events are `(minute after its start, mark, item)`, or with minutes added as a fourth."""
    made = Sitting(id=f"sitting-{number}", session="s", number=number, started_at=start)
    marks = tuple(
        ClockEvent(
            sitting=made.id,
            sequence=sequence,
            at=start + timedelta(minutes=minute),
            mark=ClockMark(mark),
            item=where,
            minutes=more[0] if more else 0,
        )
        for sequence, (minute, mark, where, *more) in enumerate(events, 1)
    )
    return replace(made, events=marks, **changed)


def minutes(timing):
    return {where: seconds / 60 for where, seconds in timing.by_item.items()}


def test_time_is_counted_at_the_item_where_the_room_was():
    timing = read_clock([sitting((0, "start", "a"), (3, "enter", "b"), (7, "enter", "a"))], later(8))
    assert minutes(timing) == {"a": 4, "b": 4}
    assert (timing.running, timing.current, timing.this_sitting) == (True, "a", 480)


def test_a_pause_costs_no_time_and_the_clock_goes_on_where_it_stopped():
    paused = sitting((0, "start", "a"), (5, "pause", "a"))
    assert minutes(read_clock([paused], later(60))) == {"a": 5}
    assert not read_clock([paused], later(60)).running
    resumed = sitting((0, "start", "a"), (5, "pause", "a"), (35, "resume", "a"), (36, "enter", "b"))
    assert minutes(read_clock([resumed], later(40))) == {"a": 6, "b": 4}


def test_walking_about_while_the_clock_is_paused_counts_nothing():
    walked = sitting((0, "start", "a"), (5, "pause", "a"), (6, "enter", "b"), (9, "resume", "c"))
    assert minutes(read_clock([walked], later(10))) == {"a": 5, "c": 1}


def test_nothing_is_counted_before_the_clock_was_started():
    assert minutes(read_clock([sitting()], later(30))) == {}
    assert minutes(read_clock([sitting((10, "start", "a"))], later(11))) == {"a": 1}


def test_the_time_that_the_program_was_down_is_a_pause():
    back_up = sitting((0, "start", "a"), (4, "pause", "a"), (90, "resume", "a"), heartbeat=later(4))
    assert minutes(read_clock([back_up], later(91))) == {"a": 5}


def test_two_more_minutes_belong_to_their_section_and_stop_nothing():
    timing = read_clock(
        [sitting((0, "start", "a"), (9, "extend", "look-back", 2), (10, "extend", "look-back", 2))], later(12)
    )
    assert minutes(timing) == {"a": 12}
    assert [time.planned / 60 for time in section_times(THREE_PARTS, timing)] == [14, 20, 30]
    assert [time.over for time in section_times(THREE_PARTS, timing)] == [0, 0, 0]


def test_time_adds_up_over_sittings_and_the_week_between_them_is_none():
    first = sitting((0, "start", "a"), (8, "stop", ""), ended_at=later(8))
    week = NOON + timedelta(days=7)
    second = sitting((0, "start", "b"), (2, "enter", "c"), number=2, start=week)
    timing = read_clock([first, second], week + timedelta(minutes=5))
    assert minutes(timing) == {"a": 8, "b": 2, "c": 3}
    assert timing.this_sitting == 300
    assert minutes(read_clock([second, first], week + timedelta(minutes=5))) == minutes(timing)


def test_a_sitting_that_nobody_ended_is_over_since_its_last_sign_of_life():
    week = NOON + timedelta(days=7)
    second = sitting((0, "start", "b"), number=2, start=week)
    killed = sitting((0, "start", "a"), heartbeat=later(6))
    assert minutes(read_clock([killed, second], week + timedelta(minutes=1))) == {"a": 6, "b": 1}
    silent = sitting((0, "start", "a"), (3, "enter", "c"))
    assert minutes(read_clock([silent, second], week + timedelta(minutes=1))) == {"a": 3, "c": 0, "b": 1}


def test_an_ended_sitting_counts_to_its_end_even_without_a_stop():
    ended = sitting((0, "start", "a"), ended_at=later(20))
    timing = read_clock([ended], NOON + timedelta(days=7))
    assert minutes(timing) == {"a": 20}
    assert not timing.running


def test_a_clock_that_jumps_back_counts_as_no_time():
    jumped = sitting((0, "start", "a"), (10, "enter", "b"), (-50, "enter", "c"), (-45, "enter", "a"))
    assert minutes(read_clock([jumped], later(-44))) == {"a": 11, "b": 0, "c": 5}
    assert minutes(read_clock([sitting((0, "start", "a"))], later(-60))) == {"a": 0}


def test_the_night_when_clocks_change_has_no_hour_too_many():
    before, after = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    start = datetime(2026, 10, 25, 2, 50, tzinfo=before)
    changed = replace(sitting((0, "start", "a"), start=start))
    assert minutes(read_clock([changed], datetime(2026, 10, 25, 2, 10, tzinfo=after))) == {"a": 20}


def test_the_end_is_projected_from_what_the_section_has_left_and_all_later_ones():
    timing = read_clock([sitting((0, "start", "a"))], later(4))
    assert projected_end(THREE_PARTS, timing, "look-back", later(4)) == later(4 + 6 + 20 + 30)


def test_a_slow_first_section_delays_the_rest_by_half_of_what_it_alone_would_say():
    slow = read_clock([sitting((0, "start", "a"), (15, "enter", "c"))], later(20))
    assert projected_end(THREE_PARTS, slow, "today", later(20)) == later(20 + 15 + 30 * 1.25)


def test_a_section_that_is_over_its_time_leaves_nothing_rather_than_less():
    over = read_clock([sitting((0, "start", "a"))], later(25))
    assert projected_end(THREE_PARTS, over, "look-back", later(25)) == later(25 + 50)
    assert section_times(THREE_PARTS, over)[0].over == 15 * 60


@pytest.mark.parametrize("left_at, rate", [(100, 2.0), (15, 1.25), (10, 1.0), (7, 0.85), (1, 0.55)])
def test_one_odd_section_is_no_prophecy(left_at, rate):
    times = section_times(
        THREE_PARTS, read_clock([sitting((0, "start", "a"), (left_at, "enter", "c"))], later(left_at))
    )
    assert pace(times, "today") == rate
    assert pace(times, "look-back") == 1.0


def test_a_skipped_section_says_nothing_about_the_pace():
    times = section_times(THREE_PARTS, read_clock([sitting((0, "start", "c"), (30, "enter", "d"))], later(30)))
    assert pace(times, "ahead") == pytest.approx(4 / 3)


def test_next_weeks_sitting_ends_when_what_is_left_is_done():
    week = NOON + timedelta(days=7)
    first = sitting((0, "start", "a"), (10, "stop", ""), ended_at=later(10))
    timing = read_clock([first, sitting((0, "start", "c"), number=2, start=week)], week + timedelta(minutes=5))
    assert projected_end(THREE_PARTS, timing, "today", week) == week + timedelta(minutes=15 + 30)


def test_events_are_numbered_and_never_go_back():
    begun = sitting((0, "start", "a"), (5, "enter", "b"))
    event = next_event(begun, later(3), ClockMark.ENTER, "c")
    assert (event.sequence, event.at, event.item, event.sitting) == (3, later(5), "c", "sitting-1")
    assert next_event(sitting(), later(3), ClockMark.START, "a").at == later(3)


@given(
    st.lists(
        st.tuples(st.integers(-100, 10_000), st.sampled_from(list(ClockMark)), st.sampled_from("abcdx")), max_size=20
    ),
    st.integers(-100, 10_000),
)
def test_no_time_is_negative_nor_more_than_has_passed(marks, now):
    timing = read_clock([sitting(*marks)], later(now))
    assert all(seconds >= 0 for seconds in timing.by_item.values())
    moments = [0, *(minute for minute, _, _ in marks), now]
    assert sum(timing.by_item.values()) <= 60 * sum(max(0, b - a) for a, b in itertools.pairwise(moments))
    assert projected_end(THREE_PARTS, timing, "today", datetime(2026, 1, 1, tzinfo=UTC)) >= datetime(
        2026, 1, 1, tzinfo=UTC
    )

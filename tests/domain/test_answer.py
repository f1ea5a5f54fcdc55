from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import CHOICES, TODAY, item, kinds, raw_values, typed_texts
from readyroom.domain.agenda import Choice, ItemKind, Rule
from readyroom.domain.answer import AnswerError, check_value, read_number, read_typed, show_number, show_value
from readyroom.domain.condition import Comparing, Comparison, OfAnswer

MINUTES = item("number", unit="min")
SOME = item("choice", many=True)


@pytest.mark.parametrize(
    "kind, raw, value",
    [
        ("check", "Passed", "pass"),
        ("check", "ok", "pass"),
        ("check", True, "pass"),
        ("check", False, "fail"),
        ("check", " n ", "fail"),
        ("yes-no", "Y", "yes"),
        ("yes-no", False, "no"),
        ("rating", "4", 4),
        ("rating", 4.0, 4),
        ("number", 12.5, 12.5),
        ("number", -0.0, 0),
        ("number", "−30", -30),
        ("text", "  because  ", "because"),
        ("text", 12, "12"),
        ("text", date(2026, 11, 22), "2026-11-22"),
        ("choice", "fix", "fix"),
        ("choice", "FIND", "find"),
        ("choice", "find the cause", "find"),
        ("choice", 2, "find"),
        ("choice", 2.0, "find"),
        ("choice", "3", "fix"),
        ("date", "2026-12-01", "2026-12-01"),
        ("date", date(2026, 12, 1), "2026-12-01"),
        ("date", "Never", "never"),
        ("owner", "Ana Lima", "Ana Lima"),
    ],
)
def test_a_value_of_a_file_is_taken_as_its_kind_keeps_it(kind, raw, value):
    checked = check_value(item(kind), raw)
    assert checked == value
    assert type(checked) is type(value)


@pytest.mark.parametrize(
    "kind, raw, hint",
    [
        ("check", "maybe", "pass or fail"),
        ("check", 1, "pass or fail"),
        ("check", None, "pass or fail"),
        ("yes-no", "", "yes or no"),
        ("yes-no", ["yes"], "yes or no, not a list"),
        ("rating", 6, "a whole number from 1 to 5, not 6"),
        ("rating", 2.5, "a whole number from 1 to 5, not 2.5"),
        ("rating", "four", "a whole number from 1 to 5, not 'four'"),
        ("rating", True, "a whole number from 1 to 5"),
        ("number", float("nan"), "finite"),
        ("number", float("inf"), "finite"),
        ("number", 10**400, "too large"),
        ("number", "NaN", "a number, not 'NaN'"),
        ("number", "1e9", "a number, not '1e9'"),
        ("number", True, "a number, not 'yes'"),
        ("number", {"a": 1}, "a number, not a mapping"),
        ("number", "9" * 5000, "a number, not '999"),
        ("text", "  \t", "some text, not an empty text"),
        ("text", None, "some text, not nothing"),
        ("choice", "fx", "none of detect, find, fix; did you mean fix?"),
        ("choice", 4, "none of detect, find, fix"),
        ("choice", 0, "none of detect, find, fix"),
        ("choice", "9" * 5000, "none of detect, find, fix"),
        ("date", "soon", "a date such as 2026-12-01, nor never"),
        ("date", 20261201, "a date such as 2026-12-01, or never, not the number 20261201"),
        ("date", datetime(2026, 12, 1, 8, 0), "a date such as 2026-12-01"),
        ("owner", "", "a person or a team"),
        ("info", "x", "takes no answer"),
        ("table", "x", "a list of rows"),
        ("slo", [], "a list of rows"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_would_fit(kind, raw, hint):
    with pytest.raises(AnswerError) as refused:
        check_value(item(kind), raw)
    assert hint in str(refused.value)


@pytest.mark.parametrize(
    "text, number",
    [
        ("30", 30),
        ("+30", 30),
        ("−30", -30),
        ("- 30", -30),
        ("1 200", 1200),
        ("1\u202f200\u00a0000", 1200000),
        ("1_200", 1200),
        ("99,9", 99.9),
        ("99,87", 99.87),
        ("1,200", 1200),
        ("1,200.5", 1200.5),
        ("1.200,5", 1200.5),
        ("1.200.000,5", 1200000.5),
        ("1 200,5", 1200.5),
        ("0,500", 0.5),
        ("0,125", 0.125),
        (".5", 0.5),
        ("5.", 5),
        ("٣", 3),
        ("3.0", 3),
        ("1" + "0" * 20, 1e20),
    ],
)
def test_numbers_are_read_as_people_type_them(text, number):
    assert read_number(f" {text} ") == number


@pytest.mark.parametrize("text", ["", "-", ".", "abc", "1,2,3", "1,,2", "10 20", "3 4", "1e3", "0x1F", "½", "²", "--3"])
def test_what_only_looks_like_a_number_is_refused_rather_than_guessed(text):
    with pytest.raises(AnswerError, match="is not a number"):
        read_number(text)


@pytest.mark.parametrize("text", ["30", "30 min", "30min", "30 MIN", "30,0 min", "min 30"])
def test_a_number_may_be_typed_with_its_unit(text):
    assert read_typed(MINUTES, text, TODAY) == 30


def test_a_percentage_and_an_amount_are_typed_as_they_are_written():
    assert read_typed(item("number", unit="%"), "99.87 %", TODAY) == 99.87
    assert read_typed(item("number", unit="€"), "€ 1.200,50", TODAY) == 1200.5
    assert read_typed(item("number", unit="$"), "$1,200.50", TODAY) == 1200.5


def test_a_number_in_another_unit_is_refused_naming_the_unit_that_fits():
    with pytest.raises(AnswerError, match="a number of min, not '30 hours'"):
        read_typed(MINUTES, "30 hours", TODAY)
    with pytest.raises(AnswerError, match="a number of min"):
        read_typed(MINUTES, "min", TODAY)


def test_a_date_is_typed_as_a_span_or_a_day():
    when = item("date")
    assert read_typed(when, "fri", TODAY) == "2026-11-27"
    assert read_typed(when, "+2w", TODAY) == "2026-12-06"
    assert read_typed(when, " NEVER ", TODAY) == "never"
    with pytest.raises(AnswerError, match="or never"):
        read_typed(when, "soonish", TODAY)


@pytest.mark.parametrize(
    "text, meant",
    [
        ("15 mar", "2026-03-15"),
        ("mar 15", "2026-03-15"),
        ("24 dec", "2025-12-24"),
        ("22 nov", "2026-11-22"),
        ("29 feb", "2024-02-29"),
        ("15 mar 2025", "2025-03-15"),
        ("15.03.2026", "2026-03-15"),
        ("3 months ago", "2026-08-22"),
        ("2w ago", "2026-11-08"),
        ("yesterday", "2026-11-21"),
        ("fri", "2026-11-20"),
        ("today", "2026-11-22"),
        ("+2w", "2026-12-06"),
        ("2027-01-01", "2027-01-01"),
    ],
)
def test_a_day_that_is_past_is_the_latest_such_day(text, meant):
    older = Rule(when=OfAnswer(comparing=(Comparing(by=Comparison.OLDER_THAN, operand=180),)))
    assert read_typed(item("date", rules=(older,)), text, TODAY) == meant
    assert read_typed(item("date", ask="When was the failover last exercised?"), text, TODAY) == meant


def test_a_day_that_is_to_come_is_the_next_such_day():
    coming = item("date", ask="When does it start?")
    assert read_typed(coming, "15 mar", TODAY) == "2027-03-15"
    assert read_typed(coming, "yesterday", TODAY) == "2026-11-21"


@pytest.mark.parametrize("text", ["mar 2026", "2026-03", "31.02.2026", "9999 years ago", "3 ago", "99 mar", ""])
def test_what_is_no_day_is_refused_with_days_that_are(text):
    with pytest.raises(AnswerError, match="15 mar, 3 months ago, yesterday or 2026-11-22, or never"):
        read_typed(item("date", ask="When was it tried?"), text, TODAY)


@pytest.mark.parametrize(
    "text", ["detect, fix", "fix detect", "fix;detect", "1 3", "fix, Detect It", "fix,fix,detect", "Detect it, 3"]
)
def test_several_choices_are_typed_in_any_order_and_kept_in_the_agendas(text):
    assert read_typed(SOME, text, TODAY) == ("detect", "fix")


def test_several_choices_come_from_a_file_as_a_list_or_as_one_text():
    assert check_value(SOME, ["fix", "detect"]) == ("detect", "fix")
    assert check_value(SOME, "fix, detect") == ("detect", "fix")
    assert check_value(SOME, [1]) == ("detect",)
    assert check_value(SOME, 3) == ("fix",)


def test_several_choices_of_which_one_is_unknown_are_refused_by_its_name():
    with pytest.raises(AnswerError, match="'fxi' is none of detect, find, fix; did you mean fix"):
        read_typed(SOME, "detect, fxi", TODAY)
    for nothing in ("", " , ", [], [""]):
        with pytest.raises(AnswerError, match="some of detect, find, fix, not an empty list"):
            check_value(SOME, nothing)
    for wrong in ([["fix"]], {"fix": 1}, None, [10**5000]):
        with pytest.raises(AnswerError, match="detect, find, fix"):
            check_value(SOME, wrong)


def test_a_boolean_of_a_file_means_the_choice_named_yes_or_no():
    sure = item("choice", many=True, choices=(Choice(id="yes", text="Sure"), Choice(id="no", text="Not yet")))
    assert check_value(sure, [True, False]) == ("yes", "no")


def test_a_choice_is_meant_by_its_id_before_it_is_meant_by_anothers_text():
    swapped = item("choice", choices=(Choice(id="a", text="b"), Choice(id="b", text="a"), Choice(id="1", text="one")))
    assert [check_value(swapped, one.id) for one in swapped.choices] == ["a", "b", "1"]


def test_values_are_shown_as_people_read_them():
    assert show_value(MINUTES, 30) == "30 min"
    assert show_value(item("number"), 99.5) == "99.5"
    assert show_value(item("rating"), 4) == "4 of 5"
    assert show_value(item("choice"), "find") == "Find the cause"
    assert show_value(SOME, ("detect", "fix")) == "Detect it, Fix"
    assert show_value(item("choice"), "gone") == "gone"
    assert show_value(item("table"), ({"name": "a"},)) == "1 row"
    assert show_value(item("table"), ({"name": "a"}, {"name": "b"})) == "2 rows"
    assert show_value(item("text"), None) == ""
    assert show_number(10**400) == "a number too large to show"


@given(kind=kinds, many=st.booleans(), raw=raw_values)
def test_any_value_is_either_refused_in_words_or_stays_as_it_is_when_checked_again(kind, many, raw):
    asked = item(kind, many=many, unit="min")
    try:
        value = check_value(asked, raw)
    except AnswerError:
        return
    assert check_value(asked, value) == value
    assert isinstance(show_value(asked, value), str)


@given(kind=kinds, many=st.booleans(), text=typed_texts)
def test_anything_typed_is_either_refused_in_words_or_a_value_of_its_item(kind, many, text):
    asked = item(kind, many=many, unit="%")
    try:
        value = read_typed(asked, text, TODAY)
    except AnswerError:
        return
    assert check_value(asked, value) == value


@given(kind=kinds, raw=raw_values)
def test_showing_a_value_never_fails_even_where_it_does_not_fit(kind, raw):
    assert isinstance(show_value(item(kind), raw), str)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_every_choice_can_be_meant_by_its_id(one, other, text):
    choices = (Choice(id="x" + one.strip(), text=text), Choice(id="y" + other.strip(), text=one))
    asked = item("choice", choices=choices)
    assert check_value(asked, choices[1].id) == choices[1].id


def test_a_number_longer_than_python_will_spell_is_refused_like_any_other():
    for kind in ItemKind:
        with pytest.raises(AnswerError):
            check_value(item(kind.value), 10**5000)
    assert show_value(item("text"), 10**5000) == "a number too large to show"


def test_every_kind_of_item_has_its_expectation_in_words():
    for kind in ItemKind:
        if kind is not ItemKind.INFO:
            with pytest.raises(AnswerError, match="expected"):
                check_value(item(kind.value, choices=CHOICES), object())

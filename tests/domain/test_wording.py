"""Texts of rules: what is known is filled in, everything else stays as typed, and nothing is executed."""

from hypothesis import given
from hypothesis import strategies as st

from readyroom.domain.agenda import Choice, Column, ColumnKind, Item, ItemKind
from readyroom.domain.wording import BLANK, fill, known_names, placeholders, values_of

TABLE = Item(
    id="themes",
    kind=ItemKind.TABLE,
    ask="Which themes?",
    columns=(
        Column(id="theme", title="theme"),
        Column(id="minutes", title="minutes", kind=ColumnKind.NUMBER, unit="min"),
        Column(
            id="found-by",
            title="found by",
            kind=ColumnKind.CHOICE,
            choices=(Choice(id="us", text="ourselves"),),
        ),
    ),
)


def test_a_row_is_worded_as_people_read_it():
    words = values_of(TABLE, None, row={"theme": "DNS", "minutes": 12, "found-by": "us"})
    assert fill("{row.theme}: {row.minutes}, found by {row.found-by}", words) == "DNS: 12 min, found by ourselves"


def test_a_cell_that_nobody_filled_shows_as_left_out():
    assert fill("{row.theme} {row.minutes}", values_of(TABLE, None, row={"theme": "DNS"})) == f"DNS {BLANK}"


def test_percent_stands_at_its_number():
    share = Item(id="share", kind=ItemKind.NUMBER, ask="Share?", unit="%")
    assert fill("only {answer}", values_of(share, 62.5)) == "only 62.5%"


def test_votes_and_service_are_named():
    rating = Item(id="r", kind=ItemKind.RATING, ask="Would you?")
    words = values_of(rating, 2, votes={"low": 2, "count": 4.0}, service="checkout")
    assert fill("{votes.low} of {votes.count} on {service}: {answer}", words) == "2 of 4 on checkout: 2 of 5"


def test_a_text_of_several_lines_becomes_one_line():
    text = Item(id="t", kind=ItemKind.TEXT, ask="What?")
    assert fill("{answer}", values_of(text, "one\n  two")) == "one two"


def test_unknown_placeholders_stay_as_typed():
    words = values_of(TABLE, None)
    text = "{row.themee} {answer!r} {answer.__class__} {0} {answer:>99999999} {} {{answer}}"
    assert fill(text, words) == text.replace("{{answer}}", f"{{{BLANK}}}")


def test_what_is_filled_in_is_not_read_again():
    text = Item(id="t", kind=ItemKind.TEXT, ask="What?")
    assert fill("{answer}", values_of(text, "{service}", service="checkout")) == "{service}"


def test_the_known_names_are_exactly_what_is_filled():
    assert set(known_names(TABLE)) == set(values_of(TABLE, None))
    assert list(placeholders("{a} and {row.b}")) == ["a", "row.b"]


@given(st.text(), st.text())
def test_no_text_can_break_the_wording(text, answer):
    fill(text, {"answer": answer, "": "x"})

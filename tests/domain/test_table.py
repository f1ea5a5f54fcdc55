import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import TODAY, item
from readyroom.domain.agenda import Column, ColumnKind
from readyroom.domain.answer import AnswerError, check_value
from readyroom.domain.table import check_rows, read_block, row_label, show_cell, split_line

TABLE = item("table")
"""Name, up time (%), slowest step, checked on."""
TWO_ROWS = (
    {"name": "checkout", "uptime": 99.87, "step": "find", "checked": "2026-11-20"},
    {"name": "search", "uptime": 99.5},
)
LIST = item("table", columns=(Column(id="alert", title="Alert"),))


def read(text, asked=TABLE):
    return read_block(asked, text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "checkout\t99.87\tfind\t2026-11-20\nsearch\t99.5",
        "checkout\t99,87 %\tFind the cause\t2026-11-20\r\nsearch\t99,5 %\t\t\r\n",
        "checkout, 99.87, find, 2026-11-20\nsearch, 99.5",
        "checkout,99.87,find,2026-11-20\rsearch,99.5,,",
        "checkout; 99,87; find; 2026-11-20\n\n  \nsearch; 99,5",
        "checkout, 99,87, find, 2026-11-20\nsearch, 99,5",
        '"checkout","99,87","find","2026-11-20"\n"search","99,5"',
        '"checkout"\t"99,87"\t"find"\t"2026-11-20"\n"search"\t"99,5"',
        "| checkout | 99.87 | find | 2026-11-20 |\n| search | 99.5 | | |",
        "checkout | 99.87 % | find | 2026-11-20\nsearch | 99.5 %",
        "| Name | Up time | Slowest step | Checked on |\n|:--|--:|---|---|\n"
        "| checkout | 99.87 | find | 2026-11-20 |\n| search | 99.5 |",
        "checked on\tUP TIME (%)\tname\tslowest-step\n2026-11-20\t99.87\tcheckout\tfind\n\t99.5\tsearch",
        "uptime;name;step;checked\n99,87;checkout;find;2026-11-20\n99,5;search",
    ],
)
def test_rows_are_pasted_from_wherever_a_team_keeps_them(text):
    assert read(text) == TWO_ROWS
    assert [list(row) for row in read(text)] == [["name", "uptime", "step", "checked"], ["name", "uptime"]]


def test_dates_of_cells_are_typed_like_any_date():
    assert read("checkout\t\t\tfri") == ({"name": "checkout", "checked": "2026-11-27"},)


def test_an_empty_first_cell_does_not_shift_the_row():
    assert read("\t99.5") == ({"uptime": 99.5},)
    assert read("| | 99.5 |") == ({"uptime": 99.5},)
    assert read("||99.5|") == ({"uptime": 99.5},)
    assert read(",99.5") == ({"uptime": 99.5},)
    assert check_value(TABLE, [["", 99.5]]) == ({"uptime": 99.5},)


def test_texts_of_a_list_keep_their_commas():
    text = "Disk full, again\nQueue backs up; slowly\nPager | mail\n12,5 % of requests fail"
    assert [row["alert"] for row in read(text, LIST)] == text.split("\n")
    assert read("Alert\n| a, b |\n", LIST) == ({"alert": "| a, b |"},)
    assert read("| Alert |\n|---|\n| a, b |", LIST) == ({"alert": "a, b"},)
    assert read('"a, ""b"""', LIST) == ({"alert": 'a, "b"'},)
    assert read('He said "no"', LIST) == ({"alert": 'He said "no"'},)


def test_a_cell_with_the_separator_in_it_is_quoted_or_escaped():
    assert read('"checkout, the shop", 99.5') == ({"name": "checkout, the shop", "uptime": 99.5},)
    assert read("| a\\|b | 99.5 |") == ({"name": "a|b", "uptime": 99.5},)
    assert read("checkout, the shop\t99.5\nsearch; all of it") == (
        {"name": "checkout, the shop", "uptime": 99.5},
        {"name": "search; all of it"},
    )


def test_blank_rows_at_the_end_of_a_sheet_are_no_rows():
    assert read("a\t1\n\t\t\n\t\t\n") == ({"name": "a", "uptime": 1},)


def test_amounts_are_pasted_with_their_currency():
    costs = item(
        "table",
        columns=(Column(id="what", title="what"), Column(id="cost", title="cost", kind=ColumnKind.NUMBER, unit="€")),
    )
    assert read("licence\t€ 1.200,50\nhours\t1,200 €\nrest\t20", costs) == (
        {"what": "licence", "cost": 1200.5},
        {"what": "hours", "cost": 1200},
        {"what": "rest", "cost": 20},
    )


@pytest.mark.parametrize(
    "text, hint",
    [
        ("checkout\t99.5\nsearch\tninety", "line 2: up time: expected a number of %, not 'ninety'"),
        ("Name\tUp time\n\ncheckout\t99.5\nsearch\tninety", "line 4: up time:"),
        ("| name | up time |\n|---|---|\n| a | b |", "line 3: up time:"),
        ("checkout\tninety", "up time: expected"),
        ("checkout, 99.5, fixx", "slowest step: 'fixx' is none of detect, find, fix; did you mean fix?"),
        ("a\tb\tc\td\te", "5 cells, but only 4 columns: Name, up time, slowest step, checked on"),
        ("a\t1\na\t1\tfix\t\tmore", "line 2: 5 cells, but only 4 columns"),
        ("checkout\t\t\t30 feb", "checked on: '30 feb' is no date"),
        ("name\tuptime\tseverity\na\t1\tx", "line 1: no column 'severity'; the columns are Name, up time"),
        ("| what | up time |\n|---|---|\n| a | 1 |", "line 1: no column 'what'"),
        ("name\tname\na\tb", "line 1: the column Name stands there twice"),
        ("", "no rows"),
        ("\n \n", "no rows"),
        ("|---|---|", "no rows"),
        ("name\tuptime", "no rows"),
        ("x" * 200_000 + ", 1", "cannot be split"),
    ],
)
def test_a_block_that_cannot_be_read_names_the_line_the_column_and_what_fits(text, hint):
    with pytest.raises(AnswerError) as refused:
        read(text)
    assert hint in str(refused.value)


@pytest.mark.parametrize(
    "rows, hint",
    [
        ([{"name": "a", "uptme": 1}], "row 1: no column 'uptme'; the columns are name, uptime, step, checked"),
        ([["a"], ["b", "x"]], "row 2: uptime: expected a number of %, not 'x'"),
        ([["a", 1, "fix", "2026-01-01", 5]], "row 1: 5 cells, but only 4 columns"),
        ([{}], "row 1: the row is empty"),
        ([{"name": None, "uptime": " "}], "row 1: the row is empty"),
        (["a"], "row 1: expected a mapping of columns or a list of cells"),
        ({"name": "a"}, "expected a list of rows"),
        ([{"name": ["a"]}], "row 1: name: expected some text, not a list"),
    ],
)
def test_rows_of_a_file_that_do_not_fit_name_row_and_column(rows, hint):
    with pytest.raises(AnswerError) as refused:
        check_rows(TABLE, rows)
    assert hint in str(refused.value)


def test_rows_of_a_file_leave_blank_cells_out_and_stand_in_the_order_of_the_columns():
    rows = check_rows(TABLE, [{"uptime": "99,5", "name": "a", "step": "", "checked": None}])
    assert rows == ({"name": "a", "uptime": 99.5},)
    assert list(rows[0]) == ["name", "uptime"]


def test_checking_rows_leaves_what_it_was_given_alone():
    given_row = {"name": " a ", "uptime": "1"}
    check_rows(TABLE, [given_row])
    assert given_row == {"name": " a ", "uptime": "1"}


def test_ten_thousand_rows_are_pasted_at_once():
    rows = read("\n".join(f"service {number}\t99.{number:04}\tfix" for number in range(10_000)))
    assert len(rows) == 10_000
    assert rows[-1] == {"name": "service 9999", "uptime": 99.9999, "step": "fix"}


def test_a_line_of_dashes_without_end_is_read_in_one_go():
    with pytest.raises(AnswerError):
        read("-" * 200_000 + "x, 1, 2")
    assert len(read("-" * 200_000 + "x", LIST)) == 1


def test_cells_are_shown_as_people_read_them():
    name, uptime, step, _ = TABLE.columns
    assert [show_cell(name, "a"), show_cell(uptime, 99.5), show_cell(step, "find"), show_cell(step, None)] == [
        "a",
        "99.5 %",
        "Find the cause",
        "",
    ]
    assert row_label(TABLE, TWO_ROWS, 1) == "search"


def test_a_line_alone_is_split_by_what_it_holds():
    assert split_line("a\tb, c") == ["a", "b, c"]
    assert split_line("a; b, c") == ["a", "b, c"]
    assert split_line('"a, b", c') == ["a, b", "c"]
    assert split_line("a, 1,5, b") == ["a", "1,5", "b"]


@given(st.text(alphabet='ab1.,;|\t\n\r"-: \\%', max_size=60))
def test_any_block_gives_rows_that_fit_or_is_refused(text):
    for asked in (TABLE, LIST, item("slo"), item("risks")):
        try:
            rows = read(text, asked)
        except AnswerError:
            continue
        assert check_rows(asked, rows) == rows


@given(st.lists(st.text(alphabet='abc, ;|1"', min_size=1).map(str.strip).filter(bool), min_size=1, max_size=5))
def test_rows_of_a_spreadsheet_come_in_as_they_stood_there(names):
    lines = ["\t".join((name, "1")) for name in names if not (name[0] == name[-1] == '"')]
    assert [row.get("name") for row in (read("\n".join(lines)) if lines else ())] == [line[:-2] for line in lines]


def test_a_number_off_the_scale_of_its_column_is_refused_with_the_scale():
    scored = item(
        "table", columns=(*LIST.columns, Column(id="i", title="Impact", kind=ColumnKind.NUMBER, scale=(1, 5)))
    )
    assert read("disk full, 5", scored) == ({"alert": "disk full", "i": 5},)
    for wrong in ("9", "0", "2.5"):
        with pytest.raises(AnswerError, match="Impact: expected a whole number from 1 to 5"):
            read(f"disk full, {wrong}", scored)
    with pytest.raises(AnswerError, match="from 1 to 5"):
        check_rows(scored, [{"alert": "disk full", "i": 9}])

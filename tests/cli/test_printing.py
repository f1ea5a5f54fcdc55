"""Tables that line up whatever is in them, and JSON that drives no terminal."""

import json
from datetime import UTC, date, datetime

from readyroom.cli.printing import Heading, cut, say_json, say_table, table_lines, width

HEADINGS = (Heading("id"), Heading("title", gives=True), Heading("n", right=True))


def test_columns_line_up_under_wide_letters_and_accents():
    lines = table_lines(HEADINGS, [("A-1", "準備", 1), ("A-22", "cafe\u0301", 12), ("A-3", "", "")])
    assert lines[0] == "ID    TITLE   N"
    assert {width(line) for line in lines[:3]} == {15}
    assert lines[3] == "A-3"


def test_the_column_that_gives_is_cut_to_the_terminal():
    rows = [("A-1", "x" * 100, 1), ("A-2", "準" * 50, 22)]
    lines = table_lines(HEADINGS, rows, limit=40)
    assert all(width(line) <= 40 for line in lines)
    assert "…" in lines[1]
    assert "…" in lines[2]
    assert "x" * 100 in table_lines(HEADINGS, rows)[1]


def test_a_wide_letter_is_never_cut_in_half():
    assert cut("準備準備", 6) == "準備…"
    assert cut("準備準備", 8) == "準備準備"


def test_hostile_text_is_one_harmless_line_of_a_table(capsys):
    say_table(HEADINGS, [("A-1", "\x1b]0;owned\x07evil\r\nnext\x9b2J \u202erow", 1)])
    told = capsys.readouterr().out
    assert told.splitlines()[1] == "A-1  evil next row  1"


def test_json_drives_no_terminal_and_comes_back(capsys):
    told = {"title": "a\x1b[2J\x9b1m\u202eb é 準", "due": date(2026, 12, 1), "at": datetime(2026, 1, 2, tzinfo=UTC)}
    say_json(told)
    text = capsys.readouterr().out
    assert not any(sign in text for sign in "\x1b\x9b\u202e")
    assert "é 準" in text
    assert json.loads(text) == {"title": told["title"], "due": "2026-12-01", "at": "2026-01-02T00:00:00Z"}

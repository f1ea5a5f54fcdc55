import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from readyroom.borders.errors import BorderError
from readyroom.records.folder import (
    find_records,
    folder_name,
    read_record_file,
    read_records,
    session_folder,
    write_session_files,
)
from support.records import sample_record, sample_session, sample_sitting, tiny_record

NAME = "2026-11-22-checkout-reliability-review"


def another_session():
    """A second review of the same service on the same day."""
    record = tiny_record()
    session = sample_session(id="another")
    return replace(record, session=session)


def test_a_session_is_found_by_date_subject_and_agenda():
    assert folder_name(sample_record()) == NAME
    assert folder_name(tiny_record()) == "2026-11-22-what-worries-us"


def test_the_date_is_the_first_sittings_in_the_sessions_zone():
    late = sample_sitting(started_at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    record = sample_record(sittings=(late,), session=sample_session(zone="Asia/Tokyo"))
    assert folder_name(record).startswith("2026-11-23-")


@pytest.mark.parametrize("subject", ["../../etc", "CON", ".hidden", "a/b\\c", "支払い", "x" * 300, "\x00"])
def test_no_subject_leads_out_of_the_folder(tmp_path, subject):
    record = sample_record(session=sample_session(subjects=(subject,)))
    folder = session_folder(tmp_path, record)
    assert folder.parent == tmp_path
    assert not folder.name.startswith(".")
    assert len(folder.name) < 200


def test_the_same_session_is_written_where_it_was(tmp_path):
    record = sample_record()
    for summary in ("draft\n", "final\n"):
        folder = session_folder(tmp_path, record)
        paths = write_session_files(folder, record, summary)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert [path.name for path in paths] == ["record.json", "summary.md"]
    assert paths[1].read_text() == "final\n"
    assert read_record_file(paths[0]) == record


def test_a_second_session_of_the_day_gets_a_folder_of_its_own(tmp_path):
    first, second = sample_record(), another_session()
    write_session_files(session_folder(tmp_path, first), first, "")
    folder = session_folder(tmp_path, second)
    assert folder.name == f"{NAME}-2"
    write_session_files(folder, second, "")
    assert session_folder(tmp_path, second) == folder
    assert session_folder(tmp_path, first).name == NAME


def test_a_record_that_cannot_be_read_is_never_written_over(tmp_path):
    folder = tmp_path / NAME
    folder.mkdir()
    (folder / "record.json").write_text("{ half of")
    assert session_folder(tmp_path, sample_record()).name == f"{NAME}-2"


def test_a_file_in_the_way_is_gone_around(tmp_path):
    (tmp_path / NAME).write_text("somebody's notes")
    assert session_folder(tmp_path, sample_record()).name == f"{NAME}-2"


def test_one_bad_file_does_not_hide_the_others(tmp_path):
    good, other = sample_record(), another_session()
    for record in (good, other):
        write_session_files(session_folder(tmp_path, record), record, "")
    (tmp_path / "0-broken").mkdir()
    (tmp_path / "0-broken" / "record.json").write_text("{")
    (tmp_path / "1-pipe").mkdir()
    os.mkfifo(tmp_path / "1-pipe" / "record.json")
    (tmp_path / "notes.txt").write_text("not a folder")
    (tmp_path / "empty").mkdir()
    found = list(read_records(tmp_path))
    assert [one.record for one in found if one.record] == [good, other]
    problems = [str(one.problem) for one in found if one.problem]
    assert len(problems) == 2
    assert "0-broken" in problems[0]
    assert "not an ordinary file" in problems[1]


def test_no_sessions_yet_is_no_problem(tmp_path):
    assert list(find_records(tmp_path / "sessions")) == []


def test_a_folder_that_cannot_be_made_is_told_in_plain_words(tmp_path):
    (tmp_path / "sessions").write_text("a file")
    with pytest.raises(BorderError, match="cannot make the folder"):
        write_session_files(tmp_path / "sessions" / NAME, sample_record(), "")

"""The record that this checkout keeps as a sample can be read by the program it comes with."""

from pathlib import Path

from readyroom.records.canonical import read_record, record_bytes

SESSIONS = Path(__file__).parents[2] / "sessions"


def test_the_kept_record_is_read_and_written_again_as_the_same_bytes():
    (path,) = SESSIONS.glob("*-checkout-reliability-review/record.json")
    raw = path.read_bytes()
    assert record_bytes(read_record(raw, path.name)) == raw

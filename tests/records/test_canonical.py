import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readyroom.borders.errors import BorderError
from readyroom.domain.answer import AnswerKey
from readyroom.domain.capture import Action
from readyroom.domain.votes import NamedVote, Round
from readyroom.records.canonical import RECORD_LIMIT, peek_session, read_record, record_bytes, record_digest
from support.records import answer, long_record, sample_record, sample_session, tiny_record, two_sided_record

DOC = Path(__file__).parents[2] / "docs" / "record-format.md"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBER = st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False))
CELL = st.one_of(TEXT, NUMBER)
VALUE = st.one_of(
    st.none(),
    TEXT,
    NUMBER,
    st.lists(TEXT, min_size=1, max_size=4).map(tuple),
    st.lists(st.dictionaries(TEXT, CELL, max_size=3), min_size=1, max_size=3).map(tuple),
)


@st.composite
def records(draw):
    values = draw(st.lists(VALUE, max_size=4))
    answers = [
        answer("item", value, subject=f"s{n}", note=draw(TEXT), evidence=draw(TEXT)) for n, value in enumerate(values)
    ]
    action = Action(
        id=draw(TEXT),
        session=sample_session().id,
        title=draw(TEXT),
        at=draw(st.datetimes().map(lambda at: at.replace(tzinfo=sample_session().created_at.tzinfo))),
        due=draw(st.none() | st.dates()),
        number=draw(st.none() | st.integers(1, 10**6)),
        owner=draw(TEXT),
    )
    session = sample_session(title=draw(TEXT), subjects=tuple(draw(st.lists(TEXT, max_size=2))))
    return sample_record(answers=tuple(answers), actions=(action,), session=session)


@settings(max_examples=150)
@given(records())
def test_a_record_comes_back_exactly_whatever_is_in_it(record):
    raw = record_bytes(record)
    back = read_record(raw, "record.json")
    assert back == record
    assert record_bytes(back) == raw
    assert record_digest(back) == record_digest(record)


@pytest.mark.parametrize("record", [sample_record(), two_sided_record(), tiny_record(), long_record(20)])
def test_whole_meetings_come_back_exactly(record):
    assert read_record(record_bytes(record), "record.json") == record
    assert read_record(record_bytes(record).decode(), "record.json") == record


def test_the_file_is_made_to_be_read_and_compared():
    raw = record_bytes(sample_record()).decode()
    assert raw.startswith("{\n")
    assert raw.endswith("}\n")
    assert list(json.loads(raw)) == sorted(json.loads(raw))
    one = raw.splitlines()
    other = record_bytes(sample_record(left_out=3)).decode().splitlines()
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


def changed(**changes):
    plain = json.loads(record_bytes(sample_record()))
    for path, value in changes.items():
        *steps, last = path.split("__")
        place = plain
        for step in steps:
            place = place[int(step)] if step.isdigit() else place[step]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return json.dumps(plain)


@pytest.mark.parametrize(
    "raw, words",
    [
        ("", "record.json:1:1: this is not JSON"),
        ("[1]", "it is JSON, but no record"),
        ("{}", "it has no format"),
        ('{"format": true}', "it has no format"),
        ("[" * 100_000, "nested deeper"),
        (b"\xff\xff", "not UTF-8"),
        (changed(format=2, program="9.1"), "made by a newer readyroom 9.1 (record format 2; this one reads 1)"),
        (changed(session=None), "record.json: session: it is missing"),
        (changed(surprise=1), "record.json: surprise: unknown key"),
        (changed(session__title=7), "record.json: session/title"),
        (changed(answers__0__state="maybe"), "record.json: answers/0/state"),
        (changed(written_at="yesterday"), "record.json: written_at"),
        (changed(written_at="2026-11-22T14:00:00"), "record.json: written_at"),
        (changed(session__zone="../../etc/passwd"), "is no time zone"),
        (changed(session__zone="Moon/Sea"), "is no time zone"),
        (changed(session__id="another"), "of another session"),
        (changed(agenda__sections=[]), "its agenda has no section"),
        (changed(outcome__verdict="fine"), "record.json: outcome/verdict"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_place(raw, words):
    with pytest.raises(BorderError) as refused:
        read_record(raw, "record.json")
    assert words in str(refused.value)
    assert str(refused.value).startswith("record.json")
    assert refused.value.fix


def test_two_answers_to_one_question_are_refused():
    record = sample_record()
    twice = tuple(one for one in record.answers if one.key.item == "backup")
    raw = record_bytes(replace(record, answers=(*record.answers, *twice)))
    with pytest.raises(BorderError, match="'backup' is answered twice"):
        read_record(raw, "record.json")


def test_a_record_that_is_too_long_is_refused_before_it_is_read():
    with pytest.raises(BorderError, match="longer than"):
        read_record(b" " * (RECORD_LIMIT + 1), "record.json")


def refusal(raw):
    """What is said about a record that is refused; its name alone for one that is taken."""
    try:
        return read_record(raw, "record.json") and "record.json"
    except BorderError as error:
        return str(error)


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_record_is_refused_or_read_but_never_crashes(data):
    raw = bytearray(record_bytes(tiny_record()))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert refusal(bytes(raw)).startswith("record.json")


def test_the_session_of_a_record_is_told_without_building_it():
    assert peek_session(record_bytes(sample_record()), "record.json") == sample_session().id
    with pytest.raises(BorderError, match="names no session"):
        peek_session(b"[]", "record.json")


def test_a_changed_answer_changes_the_digest():
    record = sample_record()
    other = replace(record, answers=tuple(replace(one, note=one.note + ".") for one in record.answers))
    assert record_digest(other) != record_digest(record)
    assert record_digest(record).startswith("sha256:")
    assert record.answer(AnswerKey("capacity", "checkout")).value == 9


def test_the_documented_keys_are_those_of_the_file():
    words = DOC.read_text(encoding="utf-8")
    for key in json.loads(record_bytes(sample_record())):
        assert f"| `{key}` |" in words, f"docs/record-format.md does not tell of {key}"


def a_round(**changes):
    record = sample_record()
    at = record.session.created_at
    made = Round(
        id="r", session=record.session.id, key=AnswerKey("volunteer", "checkout"), number=1, opened_at=at,
        revealed_at=at, votes=(2, 3, 3, 5),
    )  # fmt: skip
    return replace(record, rounds=(replace(made, **changes),))


def test_a_record_with_votes_comes_back_exactly():
    record = a_round(named=(NamedVote("Ana", 2),), abstentions=1, expected=6)
    assert read_record(record_bytes(record), "record.json") == record


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"revealed_at": None}, "are not revealed"),
        ({"votes": (3, 2)}, "do not fit"),
        ({"votes": (2, 77)}, "do not fit"),
        ({"votes": ("blue",)}, "do not fit"),
        ({"withheld": -3}, "do not fit"),
        ({"key": AnswerKey("nobody-asked", "checkout")}, "do not fit"),
        ({"session": "another"}, "another session"),
    ],
)
def test_votes_that_were_tampered_with_are_refused(changes, words):
    with pytest.raises(BorderError, match=words):
        read_record(record_bytes(a_round(**changes)), "record.json")

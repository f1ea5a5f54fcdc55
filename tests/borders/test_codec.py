import math
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readyroom.borders.codec import canonical_json, digest, from_plain, load_json, pretty_json, to_plain
from readyroom.borders.errors import BorderError
from support.meetings import make_record


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Vote:
    value: int
    kind: Literal["vote"] = "vote"


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Meeting:
    title: str
    colour: Colour
    held: date
    began: datetime
    entries: tuple[Vote | Note, ...] = ()
    rows: tuple[Mapping[str, str | int | float], ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    value: str | int | float | bool | tuple[str, ...] | None = None
    inner: "Meeting | None" = None
    roles: frozenset[Colour] = frozenset()


def meeting(**changes):
    values = {
        "title": "Checkout",
        "colour": Colour.RED,
        "held": date(2026, 11, 22),
        "began": datetime(2026, 11, 22, 14, 20, tzinfo=UTC),
    }
    return Meeting(**{**values, **changes})


def there_and_back(value):
    return from_plain(type(value), load_json(canonical_json(to_plain(value)), "record.json"))


def test_a_record_comes_back_exactly():
    full = meeting(
        entries=(Vote(3), Note("why")),
        rows=({"a": 1, "b": 1.5, "c": "x"}, {}),
        counts={"a": 2, "z": 1},
        value=("a", "b"),
        inner=meeting(began=datetime(2026, 1, 2, 3, 4, 5, 678900, tzinfo=UTC)),
        roles=frozenset(Colour),
    )
    back = there_and_back(full)
    assert back == full
    assert repr(back.entries + back.rows) == repr(full.entries + full.rows), "types too"
    assert back.inner.began.tzinfo is UTC
    assert to_plain(full)["began"] == "2026-11-22T14:20:00Z"
    assert to_plain(full)["roles"] == ["green", "red"]


VALUES = (
    st.none()
    | st.booleans()
    | st.text(alphabet=st.characters(exclude_categories=["Cs"]))
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.lists(st.text(alphabet="abé1"), max_size=3).map(tuple)
)


@given(
    VALUES,
    st.datetimes(timezones=st.just(UTC)),
    st.dates(),
    st.dictionaries(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(0, 9)),
)
@example(3.0, datetime.max.replace(tzinfo=UTC), date.min, {})
@example("3", datetime.min.replace(tzinfo=UTC), date.max, {})
def test_any_value_comes_back_exactly(value, began, held, counts):
    full = meeting(value=value, began=began, held=held, counts=counts)
    back = there_and_back(full)
    assert back == full
    assert type(back.value) is type(value) or (isinstance(value, float) and value.is_integer())
    assert canonical_json(to_plain(back)) == canonical_json(to_plain(full))


@pytest.mark.parametrize(
    "path,value,place,word",
    [
        (("extra",), 1, "extra", "unknown key"),
        (("entries", 0, "extra"), 1, "extra", "unknown key"),
        (("inner", "extra"), 1, "inner/extra", "unknown key"),
        (("title",), 3, "title", "string"),
        (("entries", 0, "value"), "3", "value", "integer"),
        (("colour",), "blue", "colour", "red"),
        (("began",), "2026-11-22T14:20:00", "began", "timezone"),
        (("began",), "2026-11-22T14:20:00+01:00", "began", "UTC"),
        (("held",), "22.11.2026", "held", "date"),
        (("rows",), {"a": 1}, "rows", "array"),
        (("counts", "a"), True, "counts/a", "integer"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_path(path, value, place, word):
    plain = to_plain(meeting(entries=(Vote(3),), inner=meeting(), counts={"a": 1}))
    part = plain
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    with pytest.raises(BorderError) as caught:
        from_plain(Meeting, plain, name="record.json")
    assert caught.value.place.startswith("record.json: ")
    assert caught.value.place.endswith(place)
    assert word in caught.value.what
    assert caught.value.fix


def test_the_record_of_a_meeting_comes_back_exactly():
    record = make_record()
    raw = canonical_json(to_plain(record))
    back = from_plain(type(record), load_json(raw, "record.json"))
    assert back == record
    assert canonical_json(to_plain(back)) == raw


def test_a_missing_key_is_named():
    plain = to_plain(meeting())
    del plain["held"]
    with pytest.raises(BorderError, match="held: it is missing; add it"):
        from_plain(Meeting, plain)


def test_an_instant_is_written_in_utc_and_never_without_a_zone():
    elsewhere = datetime(2026, 11, 22, 15, 20, tzinfo=timezone(timedelta(hours=1)))
    assert to_plain(elsewhere) == "2026-11-22T14:20:00Z"
    with pytest.raises(BorderError, match="no time zone"):
        to_plain(datetime(2026, 11, 22))


@dataclass(frozen=True, slots=True)
class Timed:
    minutes: float


@pytest.mark.parametrize("minutes", [10, 10.0, 10.5, -0.0, 1e300, 2.0**53])
def test_equal_numbers_give_equal_bytes_before_and_after(minutes):
    raw = canonical_json(to_plain(Timed(minutes)))
    back = from_plain(Timed, load_json(raw, "f"))
    assert back == Timed(minutes)
    assert canonical_json(to_plain(back)) == raw


@pytest.mark.parametrize("value", [math.nan, math.inf, object(), {1: 2}, b"x"])
def test_what_json_cannot_bring_back_is_not_written(value):
    with pytest.raises(BorderError):
        to_plain({"a": [value]})


def test_equal_values_give_equal_bytes():
    assert canonical_json({"b": 1, "a": "é"}) == canonical_json({"a": "é", "b": 1}) == '{"a":"é","b":1}\n'.encode()
    assert digest(b"").startswith("sha256:e3b0c442")
    assert pretty_json({"b": [1], "a": {}}) == '{\n  "a": {},\n  "b": [\n    1\n  ]\n}\n'
    for bad in (math.nan, {1: 2}, "\ud800", object(), [[{2: 3}]]):
        with pytest.raises(BorderError):
            canonical_json(bad)


@pytest.mark.parametrize(
    "text,word",
    [
        ('{"a": 1, "a": 2}', 'the key "a" is given twice'),
        ("[NaN]", "NaN"),
        ("[-Infinity]", "Infinity"),
        ("[1e999]", "too large"),
        ("9" * 10_000, "digits"),
        ("[" * 100_000, "deeper"),
        ('[{"a":' * 100_000, "deeper"),
        ("[1,\n 2,]", "f.json:2:"),
        ("", "f.json:1:1"),
        (b"\xff", "UTF-8"),
        ("\ud800", "UTF-8"),
        ('["\\ud800"]', "half"),
        ('"' + "a" * 200 + '"', "longer"),
    ],
)
def test_json_of_others_is_refused_in_plain_words(text, word):
    with pytest.raises(BorderError) as caught:
        load_json(text, "f.json", limit=100 if "aaaa" in str(text) else 10_000_000)
    assert word in str(caught.value)


def test_escaped_pairs_are_whole_characters():
    assert load_json('["\\ud83d\\ude00"]', "f") == ["\U0001f600"]


def test_brackets_inside_text_are_not_depth():
    assert load_json('["' + "[{" * 500 + '", "\\"[[["]', "f")[0] == "[{" * 500


@given(st.text(alphabet='[]{}",:\\ntrue1e-\ud800\x00 ', max_size=60) | st.text() | st.binary())
def test_whatever_the_json_only_a_border_error_leaves(text):
    with suppress(BorderError):
        canonical_json(load_json(text, "f.json"))


def test_text_cleaning_and_files_load_no_library():
    script = (
        "import sys; "
        "from readyroom.borders import configuration, errors, filenames, files, jsontext, text, yamlwriter; "
        "print([m for m in ('pydantic', 'yaml', 'platformdirs', 'zoneinfo') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"

import os
import pickle
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readyroom.borders import yamltree
from readyroom.borders.errors import BorderError
from readyroom.borders.yamltree import YamlError, dump_yaml, load_all, load_yaml


def read(text):
    return load_yaml(text, name="a.yaml").root


@pytest.fixture(params=["C parser", "Python parser"], autouse=True, scope="module")
def _parser(request):
    patch = pytest.MonkeyPatch()
    if request.param == "Python parser":
        patch.setattr(yamltree, "_Parser", None)
    yield
    patch.undo()


def refusal(text):
    with pytest.raises(BorderError) as caught:
        load_yaml(text, name="a.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    "written,meant",
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("12:30:45", "12:30:45"),
        ("2026-11-22", "2026-11-22"),
        ("1_000", "1_000"),
        ("012", 12),
        ("0o12", 10),
        ("0x1F", 31),
        ("-3", -3),
        ("1.50", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("v1.2.3", "v1.2.3"),
        ("-", [None]),
        ("99.9%", "99.9%"),
        ("<<", "<<"),
        ("=", "="),
        ("0.1.0", "0.1.0"),
        ("+", "+"),
        (".", "."),
    ],
)
def test_what_is_written_without_quotes_means_what_it_looks_like(written, meant):
    got = read(written)
    assert got == meant
    assert type(got) is type(meant)


def test_keys_that_look_like_answers_stay_words_and_whole_numbers_stay_numbers():
    assert read("yes: 1\nno: 2\n3: three\ntrue: 4\n'5': text\n1.5: half\nnull: x") == {
        "yes": 1,
        "no": 2,
        3: "three",
        "true": 4,
        "5": "text",
        "1.5": "half",
        "null": "x",
    }


@pytest.mark.parametrize(
    "text,place,word",
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3:1", 'the key "a" was already given in line 1'),
        ("a: &x 1\n", "a.yaml:1:4", "anchors"),
        ("a: *x\n", "a.yaml:1:4", "aliases"),
        ("a: !!python/object/apply:os.system [ls]\n", "a.yaml:1:4", "tags"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "a.yaml:1:1", "tags"),
        ("a: 1\n---\nb: 1\n", "a.yaml:2:1", "second document"),
        ("a: b: c\n", "a.yaml:1:5", "quotes around text that has a colon"),
        ("a:\n\t- b\n", "a.yaml:2:1", "cannot begin a value"),
        ("a: 'open\n\n", "a.yaml:1:4", "close the quotes"),
        ("a: [1, 2\n\n", "a.yaml:1:4", "brackets"),
        ("a: 1\nforgotten\n", "a.yaml:2:1", "after the key"),
        ("a: 1\n\tb: 2", "a.yaml:2:1", "to indent"),
        ("- a\nb: 1\n", "a.yaml:2:1", "does not fit"),
        ("a: 1\n  b: 2\n", "a.yaml:2:4", "colon"),
        ("? [a]\n: b\n", "a.yaml:1:3", "a key must be a word"),
        ("a: .inf\n", "a.yaml:1:4", "finite"),
        ("a: 99999999999999999999\n", "a.yaml:1:4", "too large"),
        ("a: 1e999\n", "a.yaml:1:4", "too large"),
        ("a: " + "9" * 10_000, "a.yaml:1:4", "too large"),
        ("ok: 1\nab\x00: 2\n", "a.yaml:2:3", "U+0000"),
        ("a: \ud800\n", "a.yaml:1:4", "U+D800"),
        (b"a: 1\nb: \xff\n", "a.yaml:2:4", "UTF-8"),
        ("[" * 100_000, "a.yaml:1:21", "deeper than 20"),
        ("{a: " * 100_000, "a.yaml:1:81", "deeper than 20"),
        ("- " * 100_000, "a.yaml:1:41", "deeper than 20"),
        ("[" + "1," * 60_000 + "]", "a.yaml:1:100000", "50,000"),
        ("a" * 1_000_001, "a.yaml:1:1", "1,000,000"),
        ('a: "\\q"', "a.yaml:1:", "escape"),
    ],
)
def test_a_broken_or_hostile_file_names_line_column_and_fix(text, place, word):
    said = refusal(text)
    assert said.startswith(place)
    assert word in said
    assert "; " in said


def test_every_value_and_key_knows_its_line_and_column():
    document = load_yaml("title: x\nitems:\n  - id: a\n    ask: Who?\n  - id: b\n", name="f")
    assert document.positions.at(("items", 1, "id")) == (5, 9)
    assert document.positions.at(("items", 0, "ask"), key=True) == (4, 5)
    assert document.positions.at(("items", 1, "ask")) == (5, 5), "a missing key is shown at its mapping"
    assert document.positions.at(("items", 0, "CheckItem", "ask")) == (4, 10), "pydantic's own steps are passed over"
    assert str(document.problem(("items", 0), "no", "do")) == "f:3:5: no; do"


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert read(b"\xef\xbb\xbfa: 1") == {"a": 1}
    assert read("\ufeffa: 1") == {"a": 1}


def test_an_empty_file_is_an_empty_tree_and_several_documents_are_read_when_asked():
    assert read("") is None
    assert read("# only a comment\n") is None
    assert [d.root for d in load_all("a: 1\n---\nb: 2\n")] == [{"a": 1}, {"b": 2}]
    assert load_all("a: 1\n---\nb: 2\n")[1].positions.at(("b",)) == (3, 4)


def test_only_ordinary_files_are_opened(tmp_path):
    good = tmp_path / "good.yaml"
    good.write_text("a: 1")
    (tmp_path / "link.yaml").symlink_to(good)
    assert load_yaml(tmp_path / "link.yaml").root == {"a": 1}
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    big = tmp_path / "big"
    big.write_bytes(b"a" * 2_000_000)
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "loop", tmp_path / "missing", big, tmp_path / "nul\0"):
        with pytest.raises(BorderError):
            load_yaml(path)


def test_an_error_can_cross_a_process_border():
    with pytest.raises(YamlError) as caught:
        read("a: *b")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


YAMLISH = st.text(alphabet="ab:- \n[]{},'\"|>&*!%#?\t\\0\x00\ud800é\u2028~.", max_size=80)


@given(YAMLISH | st.text(max_size=60) | st.binary(max_size=60))
@example("[" * 100_000)
@example("a: *a")
@example("\ud800")
@example("? ? ? ?")
@example("%YAML 9.9\n---\na")
@example("a: !<x> b")
@example(b"\xff\xfea\x00")
def test_whatever_the_text_only_a_border_error_leaves(source):
    with suppress(BorderError):
        load_all(source)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.text(alphabet="ab \n\t:#-'\"|x01.", max_size=20)
    | st.sampled_from(
        ["yes", "No", "012", "0xff", "1e5", "~", "null", "2026-11-22", "12:30", "- a", "a: b", "a #b", ".inf", ""]
    )
)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.integers(-9, 9), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(TREES)
@example("a\n")
@example("a\n\nb")
@example("a\n \nb")
@example({"x" * 2000: {"y": ["a\nb"]}})
@example([[[1], []], {}])
@example("\x00\x85\u2028\ufeff\x9b\U0001f600")
def test_what_is_written_reads_back_the_same(tree):
    written = dump_yaml(tree)
    got = read(written)
    assert got == tree
    assert repr(got) == repr(tree), "types too"
    assert dump_yaml(got) == written


def test_written_yaml_is_pleasant_to_read():
    tree = {
        "title": "Checkout: readiness",
        "why": "First line.\n  Second line.\n",
        "sections": [{"id": "slo", "minutes": 10, "items": ["a", "no"]}, {}],
        "ask": "Who is paged at night (and by what)?",
    }
    assert dump_yaml(tree) == (
        'title: "Checkout: readiness"\n'
        "why: |\n  First line.\n    Second line.\n"
        'sections:\n  - id: slo\n    minutes: 10\n    items:\n      - a\n      - "no"\n  - {}\n'
        "ask: Who is paged at night (and by what)?\n"
    )


@pytest.mark.parametrize(
    "value,place",
    [({"a": {"b": float("nan")}}, "a/b"), ([object()], "0"), ({1.5: 1}, "the top"), ("\ud800", "the top")],
)
def test_what_yaml_cannot_bring_back_is_refused_by_its_path(value, place):
    with pytest.raises(BorderError) as caught:
        dump_yaml(value)
    assert caught.value.place == place


def test_a_tree_too_deep_to_read_is_not_written():
    tree = 1
    for _ in range(5_000):
        tree = [tree]
    with pytest.raises(BorderError, match="deeper"):
        dump_yaml(tree)


@pytest.mark.parametrize("word", ["yes", "No", "on", "off", "y", "12:30:45", "2026-11-22", "1_000", "0xff", "<<"])
def test_words_that_other_readers_take_for_something_else_are_quoted(word):
    assert dump_yaml([word]) == f'- "{word}"\n'

"""Whatever stands in a file: an agenda error with a place, or an agenda that lint can look at."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from readyroom.agendas.answers import load_answers
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.find import Source, open_agenda, shipped_folder
from readyroom.agendas.lint import lint
from readyroom.agendas.load import load_agenda

_PIECES = """agenda id items rules when any row all not answer rows votes [] {} : - ? ! & * | > ' " {a: [} 1e999 ~ yes
0x1 {1: 2} [[]] {{}} 🙂 9999999999999999999999 at most below is of column times {answer} {row.x} {votes.low}"""
_KEYS = """kind ask guide required optional when minutes evidence rules target gate better bad unit scale anchors
choices many columns rows prompts vote respondents"""
_CONDITION_KEYS = "when all any not answer rows votes service trigger is below where count has"
_CHANGES = "extends remove retime change replace add minutes sections"
_KINDS = "check yes-no rating number text choice date owner table slo actions risks signoff info"

SHIPPED = (shipped_folder() / "reliability-review.yaml").read_text(encoding="utf-8").splitlines()
SAMPLE = (shipped_folder() / "samples" / "reliability-review.answers.yaml").read_text(encoding="utf-8").splitlines()
REVIEW = open_agenda("reliability-review")
PIECES = st.lists(st.sampled_from([*_PIECES.split(), "\t", "\x00", "\ud800"]), max_size=3)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
WORDS = st.sampled_from(_CONDITION_KEYS.split()) | st.text(max_size=4)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=8
)


def spoilt(data, lines):
    """The text with a piece of one line replaced by something else."""
    at = data.draw(st.integers(0, len(lines) - 1))
    cut = data.draw(st.integers(0, len(lines[at])))
    end = data.draw(st.integers(cut, len(lines[at])))
    line = lines[at][:cut] + " ".join(data.draw(PIECES)) + lines[at][end:]
    return "\n".join([*lines[:at], line, *lines[at + 1 :]])


def look_at(text):
    """Load it; what cannot be loaded says so with a place, and lint looks at the rest."""
    try:
        load_agenda(text)
    except AgendaError as error:
        problems = error.problems
    else:
        lint(Source.of(text))
        return
    assert all(problem.line and problem.column and problem.message for problem in problems)
    assert problems


@settings(max_examples=150)
@given(st.data())
def test_nothing_but_agenda_errors_leaves_the_room(data):
    look_at(spoilt(data, SHIPPED))


@settings(max_examples=200)
@given(st.sampled_from(_KINDS.split()), st.dictionaries(st.sampled_from(_KEYS.split()), TREES, max_size=4), TREES)
def test_no_value_of_any_key_breaks_the_reading(kind, keys, condition):
    item = {"id": "x", "ask": "Q?", "kind": kind, **keys}
    ruled = {"id": "y", "kind": "check", "ask": "Q?", "rules": [{"when": condition, "action": "X"}]}
    section = {"id": "s", "title": "S", "minutes": 5, "items": [item, ruled]}
    look_at(json.dumps({"agenda": 1, "id": "a", "title": "A", "kind": "other", "sections": [section]}))


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(_CHANGES.split()), TREES))
def test_no_change_breaks_the_reading(keys):
    look_at(json.dumps({"agenda": 1, "id": "a", "extends": "reliability-review", **keys}))


@settings(max_examples=150)
@given(st.data())
def test_nothing_but_agenda_errors_comes_of_answers(data):
    text = spoilt(data, SAMPLE)
    try:
        load_answers(text, REVIEW)
    except AgendaError as error:
        problems = error.problems
    else:
        return
    assert problems

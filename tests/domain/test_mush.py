"""Vague answers are noticed however they are spelt, and a real answer never is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import NOON, agenda, item, meeting
from readyroom.domain.answer import AnswerKey, AnswerState
from readyroom.domain.meeting import give_answer
from readyroom.domain.mush import (
    ELSEWHERE,
    NO_REASON,
    NOBODY_KNOWS,
    PUT_OFF,
    SAYS_NOTHING,
    is_mush,
    mush_in,
)

VAGUE = {
    PUT_OFF: [
        "TBD", "tbd", "T.B.D.", "t.b.d", "T B D", "TBD!", "(tbd)", "still TBD", "TBA", "TBC", "To be determined",
        "to be discussed", "To be discussed.", "to be decided later", "to-do", "TODO", "todo…", "WIP", "in progress",
        "soon", "Soon!", "SOON", "very soon", "coming soon", "soonish", "later", "later on", "ASAP", "asap.",
        "A.S.A.P.", "as soon as possible", "at some point", "someday", "some day", "eventually", "not yet",
        "We'll see", "we’ll see", "well see", "we will see", "let's see", "wait and see", "time will tell",
        "pending", "next quarter", "when we have time", "  TBD\n",
    ],
    ELSEWHERE: [
        "same as above", "Same as above.", "same", "the same", "ditto", "as above", "see above", "(see above)",
        "same as last time", "as usual", "the usual", "as discussed", "same as before", "same here", "see wiki",
    ],
    NOBODY_KNOWS: [
        "don't know", "we don't know", "dunno", "idk", "no idea", "not sure", "we're not sure", "unclear", "unknown",
        "maybe", "probably", "it depends", "Depends.", "who knows?", "I guess", "I think so", "more or less",
    ],
    NO_REASON: ["n/a", "N/A", "n.a.", "na", "NA", "not applicable", "doesn't apply"],
    SAYS_NOTHING: ["-", "--", "—", "?", "???", "...", "…", ".", "/", "*", "✓", "👍", "xxx", "blah blah", "etc.", "  "],
}  # fmt: skip
REAL = [
    "Nothing", "None", "no", "yes", "Ana", "3", "42", "0", "2026-12-01", "99.9 %",
    "The queue in front of search", "Soon after the deploy the queue filled up", "Later alerts were ignored",
    "Ana decides by Friday; until then we freeze", "TBD by Ana until 15 January", "See the runbook of checkout, step 4",
    "Same as above, but with the ledger in front", "We will see more load in November", "The todo list service",
    "The unknown host error", "It depends on the payment provider", "Not applicable: it holds no data",
    "NA region only", "Maybe the cache: it was cold after the restart", "Pending payments were lost",
    "We do not know who is called at night, and that is the finding", "Open a ticket", "Some customers saw errors",
    "As usual the certificate: it ran out on a Sunday", "In progress: two of five shards are moved", "Done",
    "ok", "fine", "Later today Bo restores the backup", "Same team, new pager", "C", "x", "A to Z", "北京", "Да",
    "next quarter we move to the new region",
]  # fmt: skip


@pytest.mark.parametrize("reason, text", [(reason, text) for reason, texts in VAGUE.items() for text in texts])
def test_a_vague_answer_is_noticed_in_each_spelling(reason, text):
    assert is_mush(text) == reason


@pytest.mark.parametrize("text", REAL)
def test_an_answer_that_says_something_is_left_alone(text):
    assert is_mush(text) == ""


@given(st.text(max_size=80))
def test_no_text_breaks_it(text):
    assert isinstance(is_mush(text), str)


def test_only_questions_in_words_and_owners_are_looked_at():
    kinds = [item("text", "what"), item("owner", "who"), item("number", "many", unit="tbd"), item("table", "rows")]
    now = meeting(agenda(*kinds))

    def said(name, value):
        key = AnswerKey(name, "checkout")
        found = next(one for one in kinds if one.id == name)
        return mush_in(found, give_answer(now, key, value, at=NOON, by="Ana").meeting.answer(key))

    assert said("what", "soon") == PUT_OFF
    assert said("what", "n/a") == NO_REASON
    assert said("who", "TBD") == PUT_OFF
    assert said("who", "Na") == ""
    assert said("many", 3) == ""
    assert said("rows", [{"name": "TBD"}]) == ""


def test_an_answer_that_says_unknown_is_not_vague():
    key = AnswerKey("what", "checkout")
    now = meeting(agenda(item("text", "what")))
    answer = replace(now.answer(key), state=AnswerState.UNKNOWN, value=None)
    assert mush_in(item("text", "what"), answer) == ""

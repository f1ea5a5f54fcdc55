"""Votes: what people hand in is read without being repeated, stays nameless, and is shown only as far as it may be."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.builders import CHOICES, NOON, TODAY, agenda, item, later, meeting, typed_texts
from readyroom.domain import voting
from readyroom.domain.agenda import Direction, Rule, VoteMode
from readyroom.domain.answer import AnswerKey, AnswerState
from readyroom.domain.ballots import MOST_VOTES, VoteError, check_vote, parse_votes
from readyroom.domain.change import Change, inverse, still_stands
from readyroom.domain.condition import Comparing, Comparison, OfVotes, VoteStatistic
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import apply
from readyroom.domain.outcome import outcome_of
from readyroom.domain.progress import facts_for, verdict_at
from readyroom.domain.record import meeting_of, record_of
from readyroom.domain.tally import advice, headline, outcome_of_vote, tally_of, turnout
from readyroom.domain.votes import Ballots, NamedVote, Round, merged_round, sorted_votes, with_ballots

LOW = Rule(
    when=OfVotes(statistic=VoteStatistic.LOWEST, comparing=(Comparing(by=Comparison.AT_MOST, operand=2),)),
    risk="We lose people",
    because="{votes.low} of {votes.count} are low",
)
LOAD = item("rating", "load", vote=VoteMode.SILENT, rules=(LOW,))
MINUTES = item("number", "minutes", unit="min", vote=VoteMode.SILENT)
STEP = item("choice", "step", vote=VoteMode.SILENT)
OPENLY = item("rating", "openly", vote=VoteMode.OPEN)
NAMED = item("rating", "named", vote=VoteMode.SILENT, votes_named=True)
KEY = AnswerKey("load", "checkout")


def round_of(*votes, **changed) -> Round:
    made = Round(
        id="r", session="s", key=KEY, number=1, votes=sorted_votes(votes), opened_at=NOON, revealed_at=later(1)
    )
    return replace(made, **changed)


def room(*items):
    return meeting(agenda(*(items or (LOAD, MINUTES, STEP, OPENLY, NAMED))))


def voted(at, text, item=LOAD, *, revealed=True):
    """The meeting after one round on an item."""
    key = AnswerKey(item.id, "checkout")
    at = voting.open_vote(at, key, at=later(1)).meeting
    at = voting.cast(at, key, parse_votes(item, text), at=later(2)).meeting
    return voting.reveal(at, key, at=later(3)).meeting if revealed else at


# ---- reading


@pytest.mark.parametrize(
    "of, text, votes, abstentions",
    [
        (LOAD, "3 3 5 2 -", (2, 3, 3, 5), 1),
        (LOAD, "33521", (1, 2, 3, 3, 5), 0),
        (LOAD, "3,3, 5", (3, 3, 5), 0),
        (LOAD, "333-", (3, 3, 3), 1),
        (LOAD, "3:9 4:6 -:2", (3,) * 9 + (4,) * 6, 2),
        (LOAD, "ana 3\nBo: 4\nChidi Obi 2", (2, 3, 4), 0),
        (LOAD, "ana 3, bo 4", (3, 4), 0),
        (LOAD, "ana 3\nana 5", (5,), 0),
        (LOAD, "ana -\nbo 1", (1,), 1),
        (MINUTES, "10 30 99,5", (10, 30, 99.5), 0),
        (MINUTES, "10 min 30 min", (10, 30), 0),
        (MINUTES, "ana 10, bo 30 min", (10, 30), 0),
        (STEP, "1 1 fix", ("detect", "detect", "fix"), 0),
        (STEP, "Find the cause\nana Find the cause", ("find", "find"), 0),
        (STEP, "detect:2 fix:1", ("detect", "detect", "fix"), 0),
    ],
)
def test_votes_are_read_as_a_burst_from_a_chat_or_as_a_tally(of, text, votes, abstentions):
    read = parse_votes(of, text)
    assert (read.votes, read.abstentions) == (votes, abstentions)


@pytest.mark.parametrize(
    "of, text, words",
    [
        (LOAD, "", "no vote"),
        (LOAD, "3 9 2", "vote 2 does not fit: expected a whole number from 1 to 5"),
        (LOAD, "3:2 77", "vote 3 does not fit"),
        (LOAD, "3.5", "vote 1 does not fit"),
        (MINUTES, "10 soon", "expected a number of min"),
        (STEP, "1 4", "expected one of detect, find, fix"),
        (LOAD, "3:5000", f"more than {MOST_VOTES}"),
        (LOAD, "3:0", "no vote"),
        (item("text"), "3", "not voted on"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_place_and_nothing_is_taken(of, text, words):
    with pytest.raises(VoteError, match=words) as told:
        parse_votes(of, text)
    assert not any(value in str(told.value) for value in ("9 ", "77", "3.5", "soon"))


values = {
    "load": st.integers(1, 5),
    "minutes": st.integers(-(10**6), 10**6),
    "step": st.sampled_from([choice.id for choice in CHOICES]),
}


@given(st.data())
def test_a_burst_a_chat_and_a_tally_of_the_same_votes_say_the_same(data):
    of = data.draw(st.sampled_from([LOAD, MINUTES, STEP]))
    votes = data.draw(st.lists(values[of.id], min_size=1, max_size=12))
    away = data.draw(st.integers(0, 3))
    burst = " ".join([*map(str, votes), *["-"] * away])
    chat = "\n".join([*(f"p{n}x: {vote}" for n, vote in enumerate(votes)), *["-"] * away])
    tally = " ".join([*(f"{vote}:{count}" for vote, count in Counter(votes).items()), f"-:{away}"])
    for text in (burst, chat, tally):
        read = parse_votes(of, text)
        assert (read.votes, read.abstentions) == (sorted_votes(votes), away)


@given(st.sampled_from([LOAD, MINUTES, STEP, OPENLY]), typed_texts)
def test_whatever_is_typed_is_votes_that_fit_or_a_message_without_them(of, text):
    try:
        read = parse_votes(of, text)
    except VoteError as error:
        told, read = str(error), None
    else:
        told = ""
    if read is None:
        assert any(words in told for words in ("expected", "no vote", "more than"))
    else:
        assert 0 < read.count <= MOST_VOTES
        assert all(check_vote(of, vote) == vote for vote in read.votes)


# ---- a round


@given(st.permutations([3, 3, 5, 2, 1]))
def test_nobody_can_tell_from_the_order_who_voted_what(votes):
    cast = round_of(revealed_at=None)
    for vote in votes:
        cast = with_ballots(cast, Ballots(votes=(vote,)), names_kept=False)
    assert cast.votes == (1, 2, 3, 3, 5)


def test_names_are_kept_only_where_the_agenda_asks_for_them():
    ballots = parse_votes(LOAD, "Ana 3\nBo 4")
    assert with_ballots(round_of(), ballots, names_kept=False).named == ()
    named = with_ballots(round_of(), ballots, names_kept=True)
    assert named.named == (NamedVote("Ana", 3), NamedVote("Bo", 4))
    again = with_ballots(named, parse_votes(LOAD, "ana 5"), names_kept=True)
    assert again.votes == (4, 5)


def test_a_round_is_opened_filled_revealed_and_repeated_once():
    first = voted(room(), "3 2 5 2")
    second = voted(first, "3 3 3 2")
    assert [one.number for one in voting.rounds_at(second, KEY)] == [1, 2]
    assert [one.votes for one in voting.rounds_at(second, KEY)] == [(2, 2, 3, 5), (2, 3, 3, 3)]
    with pytest.raises(VoteError, match="2 rounds"):
        voting.open_vote(second, KEY, at=later(9))


def test_a_reveal_waits_for_nobody_but_needs_one_vote():
    opened = voting.open_vote(room(), KEY, at=NOON).meeting
    with pytest.raises(VoteError, match="nobody has voted"):
        voting.reveal(opened, KEY, at=NOON)
    assert voting.latest_round(voted(room(), "3"), KEY).is_revealed


def test_nothing_is_handed_in_after_the_reveal():
    with pytest.raises(VoteError, match="revealed"):
        voting.cast(voted(room(), "3 3 3 3"), KEY, Ballots(votes=(1,)), at=NOON)


def test_open_votes_are_seen_as_they_come():
    at = voted(room(), "3", OPENLY, revealed=False)
    key = AnswerKey("openly", "checkout")
    at = voting.cast(at, key, Ballots(votes=(5,)), at=NOON).meeting
    assert [bar.count for bar in voting.tallies_at(at, key)[0].bars] == [0, 0, 1, 0, 1]


def test_a_question_that_is_not_voted_on_says_so():
    at = room(item("check"))
    with pytest.raises(VoteError, match="not put to a vote"):
        voting.open_vote(at, AnswerKey("q", "checkout"), at=NOON)


# ---- others vote at the same time, and steps are taken back


@given(st.lists(st.integers(1, 5), max_size=4), st.lists(st.integers(1, 5), max_size=4), st.lists(st.integers(1, 5)))
def test_votes_of_two_windows_are_all_kept(before, ours, theirs):
    base = round_of(*before, revealed_at=None)
    we, they = (with_ballots(base, Ballots(votes=tuple(more)), names_kept=False) for more in (ours, theirs))
    merged = merged_round(base, we, replace(they, version=base.version + 1))
    assert merged.votes == sorted_votes([*before, *ours, *theirs])
    back = inverse(Change(base, we), merged).after
    assert back.votes == they.votes


def test_a_vote_after_the_reveal_elsewhere_comes_too_late():
    base = round_of(3, revealed_at=None)
    ours = with_ballots(base, Ballots(votes=(1,)), names_kept=False)
    assert merged_round(base, ours, replace(base, revealed_at=NOON)) is None
    assert not still_stands(Change(base, ours), replace(ours, revealed_at=NOON))


def test_a_reveal_is_taken_back_without_touching_the_votes():
    hidden = round_of(3, 4, revealed_at=None)
    shown = replace(hidden, revealed_at=NOON, version=1)
    journaled = Change(replace(hidden, votes=(), withheld=2), shown)
    back = inverse(journaled, shown).after
    assert (back.revealed_at, back.votes) == (None, (3, 4))


def test_an_opened_round_is_withdrawn_and_never_deleted():
    step = voting.open_vote(room(), KEY, at=NOON)
    back = inverse(step.changes[0], step.changes[0].after).after
    assert back.withdrawn
    assert voting.rounds_at(apply(step.meeting, back), KEY) == ()


# ---- what may be shown


def test_from_four_voters_on_the_distribution_is_shown():
    tally = tally_of(LOAD, round_of(2, 2, 3, 5, abstentions=1, expected=6))
    assert [(bar.vote, bar.count) for bar in tally.bars] == [(1, 0), (2, 2), (3, 1), (4, 0), (5, 1)]
    assert (tally.median, tally.spread, tally.wide) == (2.5, 3, True)
    assert headline(LOAD, tally) == "median 2.5, spread 3"
    assert advice(LOAD, tally) == "talk, then one more round"
    assert turnout(tally) == "4 of 6 voted, 1 abstained"


@pytest.mark.parametrize("votes", [(2, 4), (1, 3, 5), (3, 3, 4), (5,)])
def test_of_fewer_than_four_who_do_not_agree_nothing_of_the_votes_is_told(votes):
    tally = tally_of(LOAD, round_of(*votes))
    assert (tally.bars, tally.median, tally.spread, tally.agreed, tally.voters) == ((), None, None, None, ())
    assert outcome_of_vote(LOAD, tally) is None
    assert not set(headline(LOAD, tally)) & ({str(vote) for vote in votes} - {str(len(votes))})


def test_what_fewer_than_four_agree_to_is_shown():
    tally = tally_of(LOAD, round_of(4, 4, 4))
    assert headline(LOAD, tally) == "all 3 say 4"
    assert outcome_of_vote(LOAD, tally) == 4


def test_open_and_named_votes_hide_nothing():
    assert tally_of(OPENLY, round_of(1, 5, openly=True)).bars
    named = round_of(1, 5, named=(NamedVote("Ana", 5), NamedVote("Bo", 1)))
    assert tally_of(NAMED, named).voters == (("Ana", 5), ("Bo", 1))


def test_one_name_missing_and_a_small_room_stays_hidden():
    assert not tally_of(NAMED, round_of(1, 5, named=(NamedVote("Ana", 5),))).bars


def test_before_the_reveal_there_is_nothing_to_show():
    assert tally_of(LOAD, round_of(3, 3, 3, 3, revealed_at=None)) is None


@pytest.mark.parametrize(
    "of, votes, outcome",
    [
        (LOAD, (2, 2, 3, 5), 2),
        (replace(LOAD, direction=Direction(better="lower")), (2, 2, 3, 5), 3),
        (LOAD, (2, 3, 3, 5), 3),
        (MINUTES, (5, 10, 20, 30), 15.0),
        (STEP, ("detect", "detect", "fix", "find"), "detect"),
        (STEP, ("detect", "detect", "fix", "fix"), None),
    ],
)
def test_one_key_can_make_it_the_answer(of, votes, outcome):
    assert outcome_of_vote(of, tally_of(of, round_of(*votes))) == outcome


@pytest.mark.parametrize("votes, wide", [((10, 20, 30, 99), False), ((10, 20, 30, 100), True), ((0, 1, 1, 1), True)])
def test_numbers_are_apart_from_ten_times_on(votes, wide):
    assert tally_of(MINUTES, round_of(*votes)).wide is wide


def test_settling_answers_the_question():
    at = voting.settle(voted(room(), "2 3 3 5"), KEY, at=later(5), by="ana").meeting
    assert (at.answer(KEY).state, at.answer(KEY).value) == (AnswerState.ANSWERED, 3)


def test_a_tie_is_settled_by_people():
    at = voted(room(), "1 1 3 3", STEP)
    with pytest.raises(VoteError, match="no one answer"):
        voting.settle(at, AnswerKey("step", "checkout"), at=NOON, by="ana")


# ---- rules, gaps, records


def test_a_rule_on_votes_speaks_after_the_reveal_and_not_before():
    hidden = voted(room(), "2 3 3 5", revealed=False)
    assert verdict_at(hidden, KEY, TODAY).proposals == ()
    shown = voting.reveal(hidden, KEY, at=later(3)).meeting
    assert verdict_at(shown, KEY, TODAY).proposals[0].because == "1 of 4 are low"


def test_rules_look_at_the_latest_revealed_round():
    at = voted(voted(room(), "2 3 3 5"), "4 4 4 5")
    assert facts_for(at, "checkout", TODAY).votes["load"].lowest == 4
    again = voted(voted(room(), "2 3 3 5"), "4 4 4 5", revealed=False)
    assert facts_for(again, "checkout", TODAY).votes["load"].lowest == 2


def test_rules_tell_nothing_of_a_small_room_that_does_not_agree():
    assert verdict_at(voted(room(), "1 3 5"), KEY, TODAY).finding is Finding.UNRATED
    assert verdict_at(voted(room(), "2 2 2"), KEY, TODAY).proposals[0].because == "3 of 3 are low"


def record(at):
    return record_of(at, outcome_of(at, later(30)), program="0", at=later(30))


def test_a_record_never_holds_a_vote_that_nobody_revealed_and_says_so():
    told = record(voted(room(), "2 3 3 5", revealed=False))
    assert (told.rounds, told.unrevealed) == ((), 1)
    assert told.outcome.gaps[0].what == "4 votes never revealed: “What about load?”"


def test_a_record_holds_both_rounds_and_comes_back():
    told = record(voted(voted(room(), "2 3 3 5"), "3 3 3 4"))
    assert [one.votes for one in told.rounds] == [(2, 3, 3, 5), (3, 3, 3, 4)]
    assert record(meeting_of(told)) == told


def test_a_record_of_a_small_room_tells_only_how_many_voted():
    told = record(voted(room(), "1 3 5"))
    assert (told.rounds[0].votes, told.rounds[0].withheld) == ((), 3)
    tally = tally_of(LOAD, told.rounds[0])
    assert headline(LOAD, tally) == "the 3 voters do not agree"
    assert record(meeting_of(told)) == told

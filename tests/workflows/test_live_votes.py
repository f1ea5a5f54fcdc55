"""Votes in a meeting: kept before they are seen, seen by nobody before the reveal, and counted from every window."""

import re
import sqlite3

import pytest

from readyroom.domain import voting
from readyroom.domain.answer import AnswerKey
from readyroom.domain.ballots import VoteError
from readyroom.domain.votes import sorted_votes
from readyroom.workflows.headless import run_headless
from readyroom.workflows.transfer import export_session, import_session
from readyroom.workflows.wrapup import adjourn, finish, minutes_text
from workflows.room import Room, hold

SECTIONS = """\
sections:
  - id: votes
    title: Votes
    minutes: 30
    items:
      - {id: alerts, kind: check, ask: Does it page somebody?}
      - id: load
        kind: rating
        ask: Would you volunteer?
        vote: silent
        rules:
          - {when: {votes: {lowest: at most 2}}, risk: We lose people, because: "{votes.low} of {votes.count} say no"}
      - {id: pace, kind: choice, ask: How do we go on?, choices: [ship, slow, freeze], vote: silent}
      - {id: proof, kind: check, ask: Did it work unaided?, respondents: [giver, receiver]}
"""
LOAD = AnswerKey("load", "checkout")
ODD = "1 2 4 5 5"
"""Votes that appear in no other number of these tests as a list."""
GIVEN = '"votes":"[1,2,4,5,5]"', "[1,2,4,5,5]", "1, 2, 4, 5, 5", "1 2 4 5 5"


def room(folder, **options):
    return Room(folder, sections=SECTIONS, **options)


def voted(one, text=ODD):
    live = hold("load", one.live())
    live.open_vote()
    live.cast(text)
    return one.settle(live)


def test_a_round_goes_from_the_first_vote_to_the_answer(tmp_path):
    with room(tmp_path) as one:
        live = voted(one)
        assert live.suggestions() == ()
        live.reveal()
        assert live.suggestions()[0].because == "2 of 5 say no"
        live.open_vote()
        live.cast("3 3 4 4 -")
        live.reveal()
        live.settle()
        one.settle(live)
        kept = one.kept(live)
        assert [(r.number, r.votes, r.abstentions) for r in voting.rounds_at(kept, LOAD)] == [
            (1, (1, 2, 4, 5, 5), 0),
            (2, (3, 3, 4, 4), 1),
        ]
        assert kept.answer(LOAD).value == 3
        assert kept.rounds[0].expected == 3


def test_a_kill_between_vote_and_reveal_keeps_the_votes(tmp_path):
    with room(tmp_path) as one:
        session = voted(one).meeting.session.id
        one.kill()
    with room(tmp_path) as again:
        live = hold("load", again.live(session))
        last = voting.latest_round(live.meeting, LOAD)
        assert (last.handed_in, last.is_revealed) == (5, False)
        live.reveal()
        again.settle(live)
        assert voting.latest_round(again.kept(live), LOAD).votes == (1, 2, 4, 5, 5)


def test_the_journal_knows_how_many_voted_and_neither_who_nor_what(tmp_path):
    with room(tmp_path) as one:
        live = voted(one)
        entries = one.repository.journal(session=live.meeting.session.id)
        cast = next(entry for entry in entries if "handed in" in entry.what)
        assert (cast.what, cast.actor, cast.window) == ("5 votes handed in on “Would you volunteer?”", "", "")
        assert cast.changes[0].after.votes == ()
        assert cast.changes[0].after.withheld == 5
    with sqlite3.connect(tmp_path / "sessions" / "readyroom.db") as database:
        told = "\n".join(str(row) for row in database.execute("SELECT changes, what FROM journal"))
    assert not any(votes in told for votes in GIVEN)


def test_no_file_holds_a_vote_before_the_reveal_and_each_says_so(tmp_path):
    with room(tmp_path / "here") as one:
        live = voted(one)
        live.note("We vote on Friday")
        one.settle(live)
        export_session(one.workspace, live.meeting.session.id, formats=("json", "md", "summary"), out=tmp_path / "out")
        written = adjourn(one.workspace, live)
        files = [*(tmp_path / "out").iterdir(), written.record, written.summary]
        texts = {path.name: path.read_text(encoding="utf-8") for path in files}
        for text in texts.values():
            flat = re.sub(r"\s", "", text)
            assert not any(re.sub(r"\s", "", votes) in flat for votes in GIVEN)
        assert "The votes of 1 round that nobody has revealed are left out." in texts["summary.md"]
        assert '"unrevealed": 1' in texts["record.json"]
        with room(tmp_path / "there") as there:
            import_session(there.workspace, tmp_path / "out")
            assert there.repository.meeting(live.meeting.session.id).rounds == ()


def test_revealed_rounds_go_with_the_record_and_come_back(tmp_path):
    with room(tmp_path / "here") as one, room(tmp_path / "there") as there:
        live = voted(one)
        live.reveal()
        written = finish(one.workspace, one.settle(live))
        import_session(there.workspace, written.folder)
        assert there.repository.meeting(live.meeting.session.id).rounds == one.kept(live).rounds
        assert import_session(one.workspace, written.folder).unchanged


def test_the_minutes_show_both_rounds(tmp_path):
    with room(tmp_path) as one:
        live = voted(one)
        live.reveal()
        live.open_vote()
        live.cast("3 3 4 4")
        live.reveal()
        told = minutes_text(one.workspace, one.settle(live).meeting)
        assert (
            "Votes, round 1: median 4, spread 4; 5 voted (talk, then one more round): "
            "1 █ 1 · 2 █ 1 · 4 █ 1 · 5 ██ 2" in told
        )
        assert "Votes, round 2: median 3.5, spread 1; 4 voted: 3 ██ 2 · 4 ██ 2" in told


def test_the_minutes_of_a_small_room_tell_only_what_all_agree_to(tmp_path):
    with room(tmp_path) as one:
        live = voted(one, "2 5")
        live.reveal()
        live.open_vote()
        live.cast("4 4")
        live.reveal()
        told = minutes_text(one.workspace, one.settle(live).meeting)
        assert "Votes, round 1: the 2 voters do not agree; 2 of 3 voted (talk, then one more round)\n" in told
        assert "Votes, round 2: all 2 say 4; 2 of 3 voted\n" in told


def test_two_windows_vote_at_once_and_no_vote_is_lost(tmp_path):
    with room(tmp_path) as mine, room(tmp_path, actor="Bo") as other:
        ours = hold("load", mine.live())
        theirs = hold("load", other.live(ours.meeting.session.id))
        for live in (ours, theirs):
            live.open_vote()
        for live, votes in ((ours, "1 2"), (theirs, "5 5"), (ours, "4")):
            live.cast(votes)
        mine.settle(ours), other.settle(theirs)
        kept = mine.kept(ours)
        assert (len(kept.rounds), kept.rounds[0].votes) == (1, (1, 2, 4, 5, 5))
        assert ours.clashes == theirs.clashes == []
        ours.reveal()
        mine.settle(ours)
        assert voting.latest_round(ours.meeting, LOAD).votes == (1, 2, 4, 5, 5)


def test_a_vote_that_comes_after_the_reveal_elsewhere_is_refused_and_says_so(tmp_path):
    with room(tmp_path) as mine, room(tmp_path, actor="Bo") as other:
        ours = voted(mine)
        theirs = hold("load", other.live(ours.meeting.session.id))
        ours.reveal()
        mine.settle(ours)
        theirs.cast("3")
        other.settle(theirs)
        assert len(theirs.clashes) == 1
        assert voting.latest_round(theirs.meeting, LOAD).votes == (1, 2, 4, 5, 5)


def test_each_step_of_a_vote_is_undone_and_done_again(tmp_path):
    with room(tmp_path) as one:
        live = voted(one)
        live.reveal()
        one.settle(live)

        def stands():
            last = voting.latest_round(live.meeting, LOAD)
            return last and (last.handed_in, last.is_revealed)

        seen = []
        for step in (live.undo, live.undo, live.undo, live.redo, live.redo, live.redo):
            step()
            one.settle(live)
            seen.append(stands())
        assert seen == [(5, False), (0, False), None, (0, False), (5, False), (5, True)]
        assert one.kept(live).rounds == live.meeting.rounds


def test_after_a_kill_a_reveal_is_undone_without_touching_the_votes(tmp_path):
    with room(tmp_path) as one:
        live = voted(one)
        live.reveal()
        session = one.settle(live).meeting.session.id
        one.kill()
    with room(tmp_path) as again:
        live = again.live(session)
        live.undo()
        again.settle(live)
        last = voting.latest_round(again.kept(live), LOAD)
        assert (last.is_revealed, last.votes) == (False, (1, 2, 4, 5, 5))


def test_what_does_not_fit_is_told_and_nothing_is_taken(tmp_path):
    with room(tmp_path) as one:
        live = hold("load", one.live())
        live.open_vote()
        with pytest.raises(VoteError, match="vote 2 does not fit"):
            live.cast("3 7")
        assert voting.latest_round(live.meeting, LOAD).handed_in == 0
        with pytest.raises(VoteError, match="nobody has voted"):
            live.reveal()


def test_votes_of_an_answers_file_are_a_revealed_round_and_twice_is_once(tmp_path):
    answers = """\
answers: 1
agenda: till-look
subject: checkout
items:
  load: {answer: 3, votes: [4, 2, 3, 5]}
  pace: {votes: [ship, 2, slow, freeze]}
"""
    with room(tmp_path) as one:
        session = one.start()
        for _ in range(2):
            run_headless(one.workspace, session, answers, take_suggestions=True)
        meeting = one.repository.meeting(session)
        assert {r.key.item: (r.number, r.votes, r.is_revealed) for r in meeting.rounds} == {
            "load": (1, (2, 3, 4, 5), True),
            "pace": (1, sorted_votes(["ship", "slow", "slow", "freeze"]), True),
        }
        assert [risk.title for risk in meeting.risks] == ["We lose people"]


def test_minutes_hide_what_one_side_said_until_both_have_and_then_tell_differences_first(tmp_path):
    with room(tmp_path) as one:
        live = one.live()
        live.go(AnswerKey("alerts", "checkout"))
        live.answer("pass")
        live.go(AnswerKey("proof", "checkout", "giver"))
        live.answer("fail")
        live.note("The wiki was wrong")
        alone = minutes_text(one.workspace, one.settle(live).meeting)
        assert "(giver) has answered; it is shown when receiver has too" in alone
        assert "fail" not in alone
        assert "wiki" not in alone
        live.go(AnswerKey("proof", "checkout", "receiver"))
        live.answer("pass")
        both = minutes_text(one.workspace, one.settle(live).meeting)
        assert "**Did it work unaided?** The sides differ:" in both
        assert both.index("Did it work unaided?** The") < both.index("Does it page somebody?")

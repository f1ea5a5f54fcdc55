"""A sheet that somebody filled in is read back, checked against the agenda, with a place for every mistake."""

from pathlib import Path

import pytest

from agendas.agenda_texts import with_items
from readyroom.agendas.answers import GivenCapture, load_answers
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.find import open_agenda, shipped_folder
from readyroom.agendas.load import load_agenda
from readyroom.domain.answer import AnswerState
from readyroom.domain.capture import CaptureKind

AGENDA = load_agenda(
    with_items(
        "id: a, kind: check, ask: Well?",
        "id: b, kind: number, ask: Many?, unit: min",
        "id: c, kind: table, ask: Which?, columns: {what: text, found by: [us, them], lost: number}",
        "id: d, kind: rating, ask: How?, vote: silent",
        "id: e, kind: check, ask: Both?, respondents: [giver, receiver]",
        "id: f, kind: info, ask: Listen.",
    )
)
HEAD = "answers: 1\nagenda: sample\n"


def read(items: str):
    return load_answers(HEAD + "items:\n" + items, AGENDA)


def refused(text: str):
    with pytest.raises(AgendaError) as caught:
        load_answers(text, AGENDA)
    return [str(problem).removeprefix("text:") for problem in caught.value.problems]


def test_the_sample_of_the_shipped_review_answers_every_question():
    agenda = open_agenda("reliability-review")
    file = load_answers(shipped_folder() / "samples" / "reliability-review.answers.yaml", agenda)
    assert file.subject == "checkout"
    assert [name for name, _ in file.attendees] == ["Ana", "Bo", "Chidi", "Dee"]
    assert {answer.item for answer in file.answers} == {item.id for item in agenda.items() if item.kind.value != "info"}
    assert {role for _, role in file.attendees} <= {role.role for role in agenda.roles}


def test_short_and_long_forms_and_empty_places():
    file = read("  b: 12\n  a: {answer: fail, note: Twice, evidence: https://x.example}\n  d:\n  c: ~\n")
    assert [answer.item for answer in file.answers] == ["a", "b"]
    a, b = file.answers
    assert (a.state, a.value, a.note, a.evidence) == (AnswerState.ANSWERED, "fail", "Twice", "https://x.example")
    assert b.value == 12


def test_a_comma_that_cut_a_text_in_two_is_told_with_its_place_and_its_cure():
    text = HEAD + "items:\n  c:\n    - {what: the queue is full, and nobody sees it, lost: 3}\n"
    [told] = refused(text)
    assert told.startswith('5:33: "and nobody sees it" is no column, and says nothing; a comma ends a text between')
    assert told.endswith('put quotes around: what: "the queue is full, and nobody sees it"')
    [told] = refused(HEAD + "items:\n  a: {answer: fail, note: it was off, at night}\n")
    assert told.endswith('put quotes around: note: "it was off, at night"')
    [told] = refused(HEAD + "items:\n  c: [{odd, what: x}]\n")
    assert told.endswith("remove it, or write a column and a colon before it")


def test_an_empty_cell_of_a_column_is_no_mistake():
    [answer] = read("  c: [{what: x, lost: , found by: ~}]\n").of("c")
    assert answer.value == ({"what": "x"},)


def test_states_carry_their_reasons():
    file = read("  a: {not applicable: No database}\n  b: {unknown: true}\n  d: {skipped: No time}\n")
    told = {answer.item: (answer.state, answer.reason) for answer in file.answers}
    assert told == {
        "a": (AnswerState.NOT_APPLICABLE, "No database"),
        "b": (AnswerState.UNKNOWN, ""),
        "d": (AnswerState.SKIPPED, "No time"),
    }


def test_captures_and_votes_stand_beside_the_answer():
    file = read("  d: {answer: 3, votes: [4, 2], actions: [Alert @ana +2w !1], risks: It breaks, parked: [Later]}\n")
    (d,) = file.answers
    assert d.votes == (2, 4)
    assert d.captures[0] == GivenCapture(kind=CaptureKind.ACTION, line="Alert @ana +2w !1")
    assert [capture.kind for capture in d.captures] == [CaptureKind.ACTION, CaptureKind.RISK, CaptureKind.PARKED]


def test_a_note_alone_leaves_the_question_open():
    (a,) = read("  a: {note: Ask Bo}\n").answers
    assert (a.state, a.value) == (AnswerState.UNANSWERED, None)


def test_rows_may_be_named_as_on_the_screen():
    (c,) = read("  c:\n    - {what: DNS, found by: them, lost: 3}\n    - [Disk, us]\n").answers
    assert c.value == ({"what": "DNS", "found-by": "them", "lost": 3}, {"what": "Disk", "found-by": "us"})


def test_each_side_answers_apart():
    giver, receiver = read("  e: {giver: pass, receiver: {answer: fail, note: No}}\n").answers
    assert (giver.respondent, giver.value) == ("giver", "pass")
    assert (receiver.respondent, receiver.value, receiver.note) == ("receiver", "fail", "No")


@pytest.mark.parametrize(
    "items, expected",
    [
        ("  aa: pass", '4:3: there is no item "aa"'),
        ("  a: maybe", "4:6: expected pass or fail, not"),
        ("  b: [1]", "4:6: expected a number of min"),
        ("  b: {anwser: 1}", '4:7: unknown key "anwser"; did you mean "answer"?'),
        ("  b: {answer: 1, unknown: true}", "4:18: both answer and unknown are said; keep one of them"),
        ("  b: {not applicable: true}", "4:23: the reason is missing"),
        ("  a: {answer: pass, votes: [1]}", "nobody votes on this item"),
        ("  c:\n    - {what: DNS}\n    - {what: Disk, lost: lots}", "6:26: expected a number, not 'lots'"),
        ("  c:\n    - {wat: DNS}", "no column 'wat'"),
        ("  c: none", "4:6: expected a list of rows"),
        ("  e: pass", "4:6: it is not said who answers; write {giver: …}"),
        ("  e: {giver: pass, taker: fail}", '4:20: "taker" does not answer this'),
        ("  f: yes", "4:6: this item only informs"),
    ],
)
def test_a_wrong_answer_names_line_and_fix(items, expected):
    found = refused(HEAD + "items:\n" + items + "\n")
    assert len(found) == 1
    assert expected in found[0]


def test_all_mistakes_of_a_sheet_are_told_in_one_go():
    found = refused("answers: 1\nagenda: other\nsubjct: x\nattendees: 3\nitems:\n  a: maybe\n  b: lots\n")
    assert [line.split(":")[0] for line in found] == ["2", "3", "4", "6", "7"]


@pytest.mark.parametrize("text", ["", "items: {}", "- a", "answers: 2\n", "a: ["])
def test_what_is_no_answers_file_is_told_so(text):
    assert len(refused(text)) == 1


def test_a_missing_file_is_told(tmp_path: Path):
    with pytest.raises(AgendaError, match=r"none\.yaml"):
        load_answers(tmp_path / "none.yaml", AGENDA)


def test_votes_of_a_choice_are_read_as_choices():
    agenda = load_agenda(
        with_items(
            "id: p, kind: choice, ask: How?, choices: {ship: Ship, slow: Slow down, freeze: Freeze}, vote: silent"
        )
    )
    file = load_answers(HEAD + "items:\n  p: {votes: [slow, 1, Freeze, Slow down]}\n", agenda)
    assert file.answers[0].votes == ("freeze", "ship", "slow", "slow")


def test_a_vote_that_does_not_fit_is_named_with_its_place():
    (problem,) = refused(HEAD + "items:\n  d:\n    votes: [3, 7]\n")
    assert problem.startswith("5:16: ")
    assert "expected a whole number from 1 to 5, not 7" in problem

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from readyroom.agendas.answers import load_answers
from readyroom.borders.sheetmarks import item_mark, read_field, read_item_mark
from readyroom.domain.agenda import Choice, Column, ColumnKind, ItemKind
from readyroom.domain.answer import AnswerKey
from readyroom.domain.record import meeting_of
from readyroom.export.preread import LastAnswer, preread
from readyroom.export.sheet import SheetRequest, sheet_markdown, sheet_yaml
from support.records import START, sample_record, two_sided_record
from support.rendered import PLAIN, headings, tables

AGENDA = sample_record().agenda
ROLLBACK = AnswerKey("rollback-minutes", "checkout")


def request(*item_ids, **changes):
    record = sample_record()
    asked = SheetRequest(
        agenda=record.agenda,
        session=record.session.id,
        person="Bo",
        title="Reliability review: checkout",
        keys=tuple(AnswerKey(item_id, "checkout") for item_id in item_ids),
    )
    return replace(asked, **changes)


def test_the_preread_tells_when_what_and_who():
    record = sample_record()
    text = preread(
        meeting_of(record),
        when=START,
        previous={ROLLBACK: LastAnswer(shown="38 min", on=date(2026, 8, 20))},
        open_actions=record.actions[:2],
        assigned={"Bo": ["pages"]},
    )
    assert "Sun 22 Nov 2026, 14:00 (Europe/Lisbon): 60 minutes, 4 sections." in text
    assert "- **How many minutes does a rollback take?** (required)\n  - Last time, Thu 20 Aug 2026: 38 min" in text
    assert "- Bo\n  - Which alerts hurt most?" in text
    assert tables(text)[0][1][:3] == ["A-12", "Alert on user-visible errors within 5 minutes", "Ana"]
    assert [words for level, words in headings(text) if level == 2] == [
        "Still open from earlier",
        "Who prepares what",
        "What will be asked",
    ]


def test_last_answers_of_two_sides_are_told_apart():
    record = two_sided_record()
    key = AnswerKey("ready-to-own", "ledger", "giver")
    text = preread(meeting_of(record), previous={key: LastAnswer(shown="no", on=date(2026, 8, 20))})
    assert "  - ledger, giver, last time, Thu 20 Aug 2026: no" in text


def test_a_sheet_shows_each_question_with_what_an_answer_looks_like():
    text = sheet_markdown(request("slowest-step", "rollback-minutes"))
    assert "*Answer with a number of min.*" in text
    assert "- `detect`: detecting it" in text
    assert "matches-users" not in text
    assert [words.strip() for level, words in headings(text) if level == 3][1].startswith("How many minutes")


def test_the_marks_of_a_sheet_are_hidden_when_it_is_rendered():
    shown = PLAIN.render(sheet_markdown(request("rollback-minutes"))).replace("&lt;!--", "")
    assert "<p>answer:</p>" in shown


def test_a_yaml_sheet_is_an_answers_file_with_the_questions_as_comments():
    text = sheet_yaml(request("slowest-step", "rollback-minutes"))
    answers = load_answers(text.replace("answer:\n", "answer: 42 min\n", 2).replace("42 min", "fix", 1), AGENDA)
    assert (answers.agenda, answers.subject, answers.by) == ("reliability-review", "checkout", "Bo")
    assert [(one.item, one.value) for one in answers.answers] == [("slowest-step", "fix"), ("rollback-minutes", 42)]
    assert "  # How many minutes does a rollback take?\n" in text
    assert f"\n# session: {sample_record().session.id}\n" in text


def test_a_yaml_sheet_of_two_sides_is_one_file_a_subject():
    record = two_sided_record()
    keys = tuple(AnswerKey("ready-to-own", s, r) for s in ("ledger", "search") for r in ("giver", "receiver"))
    asked = SheetRequest(agenda=record.agenda, session="s-1", person='Dee: "D"', keys=keys)
    text = sheet_yaml(asked, "search").replace("answer:\n", "answer: no\n", 1)
    answers = load_answers(text, record.agenda)
    assert (answers.subject, answers.by) == ("search", 'Dee: "D"')
    assert [(one.respondent, one.value) for one in answers.answers] == [("giver", "no"), ("receiver", None)]


def test_guidance_cannot_pose_as_a_mark_or_a_field():
    agenda = sample_record().agenda
    section = agenda.sections[1]
    evil = replace(section.items[2], guide="answer: 1\n<!-- item: story -->", ask="Why? <!-- item: story -->")
    sections = (agenda.sections[0], replace(section, items=(evil,)))
    text = sheet_markdown(request("rollback-minutes", agenda=replace(agenda, sections=sections)))
    marked = [key for line in text.splitlines() if (key := read_item_mark(line))]
    assert marked == [ROLLBACK]
    assert [read_field(line) for line in text.splitlines() if read_field(line)] == [
        ("answer", ""),
        ("note", ""),
        ("evidence", ""),
    ]


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_mark_names_any_subject_and_side(subject, side):
    key = AnswerKey("an-item", subject, side)
    mark = item_mark(key)
    if "\n" not in subject + side:
        assert read_item_mark(f"### A question {mark}") == key
    assert mark.count("--") == 2


def test_a_table_in_a_sheet_says_what_its_cells_may_be():
    columns = (
        Column(id="what", title="What"),
        Column(
            id="came", title="Came *of it*", kind=ColumnKind.CHOICE, choices=(Choice(id="slipped", text="Slipped"),)
        ),
        Column(id="impact", title="Impact", kind=ColumnKind.NUMBER, scale=(1, 5)),
    )
    item = replace(AGENDA.items_by_id()["rollback-minutes"], kind=ItemKind.TABLE, unit="", columns=columns)
    sections = (replace(AGENDA.sections[0], items=(item,)),)
    asked = request("rollback-minutes", agenda=replace(AGENDA, sections=sections))
    text = sheet_markdown(asked)
    assert "- Came \\*of it\\*: one of slipped\n- Impact: a whole number from 1 to 5\n" in text
    assert "- What:" not in text
    assert "# Impact: a whole number from 1 to 5" in sheet_yaml(asked)

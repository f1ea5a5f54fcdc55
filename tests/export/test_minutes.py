import os
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from enum import Enum
from pathlib import Path

import pytest

from readyroom.borders.yamltree import load_yaml
from readyroom.domain.agenda import ItemKind
from readyroom.domain.answer import Answer, AnswerKey, AnswerState
from readyroom.domain.finding import Finding
from readyroom.domain.meeting import Meeting
from readyroom.domain.outcome import outcome_of
from readyroom.domain.record import Record, meeting_of, record_of
from readyroom.domain.session import Attendee, SessionStatus
from readyroom.export.formats import FORMATS
from readyroom.export.markdown import minutes
from readyroom.export.summary import summary
from readyroom.export.words import finding_words
from readyroom.tui.themes import finding_look
from support.records import (
    START,
    answer,
    long_record,
    restricted,
    sample_record,
    sample_session,
    sample_sitting,
    tiny_record,
    two_sided_record,
)
from support.rendered import RENDERERS, body, headings, inline_text, markup_in, tables

GOLDEN = Path(__file__).parent / "golden"
RECORDS = {"review": sample_record, "handoff": two_sided_record, "empty": tiny_record}
NASTY = "</p>`*_[x](http://e.example)|# <script>\\ &lt; \x1b]52;c;AAAA\x07 \u202e~~"


def check_golden(name, text):
    path = GOLDEN / name
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"look at the difference, then WRITE_GOLDEN=1 for {name}"


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("wanted", FORMATS)
def test_the_text_is_what_was_agreed_on(name, wanted):
    check_golden(f"{name}.{FORMATS[wanted].file}", FORMATS[wanted].render(RECORDS[name]()))


def test_minutes_open_with_what_is_missing_and_end_with_who_was_there():
    assert headings(minutes(sample_record())) == [
        (1, "Reliability review: checkout, 22 November 2026"),
        (2, "What is missing"),
        (2, "Verdict by section"),
        (2, "Actions"),
        (2, "Decisions"),
        (2, "Risks"),
        (2, "Answers"),
        (3, "SLOs and error budget"),
        (3, "Incidents and follow-ups"),
        (3, "On-call"),
        (3, "What is ahead"),
        (2, "Parking lot"),
        (2, "Attendance"),
    ]


def test_every_table_renders_with_all_its_cells():
    found = tables(minutes(sample_record()))
    assert [(len(table), {len(row) for row in table}) for table in found] == [
        (6, {5}),
        (5, {7}),
        (3, {5}),
        (3, {4}),
        (3, {4}),
    ]
    assert found[4][2] == ["disk 80 % | any host", "11", "no", ""]


def test_the_front_matter_is_yaml_that_says_what_the_minutes_are():
    head = load_yaml(minutes(sample_record()).split("\n---\n")[0].removeprefix("---\n")).root
    assert head["title"] == "Reliability review: checkout, 22 November 2026"
    assert (head["date"], head["facilitator"], head["status"]) == ("2026-11-22", "Ana", "draft minutes")
    assert head["attendees"] == ["Ana (facilitator)", "Bo (on-call)", "Chidi (owner)", "Emil"]
    assert head["counts"]["actions"] == 4


@pytest.mark.parametrize(
    "status, words",
    [
        (SessionStatus.IN_PROGRESS, "**Interim minutes.** The meeting is not over yet."),
        (SessionStatus.ADJOURNED, "**Interim minutes.** The meeting was adjourned"),
        (SessionStatus.FINISHED, "**DRAFT minutes.** Finished on Sun 22 Nov 2026 at 15:04."),
        (SessionStatus.SEALED, "**Minutes**, sealed as revision 2."),
    ],
)
def test_minutes_say_what_they_are_worth(status, words):
    record = sample_record(session=sample_session(status=status), revision=2)
    assert words in minutes(record)
    assert words in summary(record)


def test_open_optional_questions_take_one_line_of_their_section():
    text = minutes(sample_record())
    answers = text[text.index("## Answers") :]
    assert "*Not answered:* Which launches are coming?" in answers
    assert answers.count("Which launches are coming?") == 1


def test_a_question_hidden_by_a_condition_is_not_mentioned():
    assert "What would a newcomer not believe?" not in minutes(sample_record())


def test_sections_without_anything_collapse():
    record = sample_record(actions=(), risks=(), decisions=(), parked=(), left_out=0)
    titles = [words for _, words in headings(minutes(record))]
    assert not {"Actions", "Decisions", "Risks", "Parking lot"} & set(titles)
    assert "no actions, no risks." in minutes(record)
    assert minutes(record).endswith("Written by readyroom 0.1.0.\n")


def test_each_side_and_each_subject_has_its_line():
    text = minutes(two_sided_record())
    assert "  - ledger, giver: yes\n    > We wrote it all down.\n  - ledger, receiver: no\n" in text
    assert "  - search, receiver: not answered (required)" in text
    assert "| A-1 | Shadow one week on call | ledger |" in text


def test_nothing_that_was_said_is_dropped_when_the_agenda_no_longer_asks_it():
    stray = answer("gone", "It was said <b>anyway</b>.", evidence="page 3")
    text = minutes(sample_record(answers=(*sample_record().answers, stray)))
    assert "### Also noted\n\n- **gone** (checkout) It was said \\<b>anyway\\</b>. (evidence: page 3)" in text


def test_a_long_answer_stands_below_its_question():
    told = answer("story", "First this.\nThen that.", note="Bo was there.")
    text = minutes(sample_record(answers=(*sample_record().answers, told)))
    assert (
        "- **What would a newcomer not believe?**\n  > First this.\\\n  > Then that.\n  >\n  > Bo was there.\n" in text
    )


def test_a_disputed_answer_is_called_that():
    disputed = answer("launches", state=AnswerState.DISPUTED)
    assert "**Which launches are coming?** disputed" in minutes(sample_record(answers=(disputed,)))


def test_times_are_those_of_the_room():
    sitting = sample_sitting(started_at=START + timedelta(hours=14), ended_at=None, events=(), attendees=())
    record = sample_record(sittings=(sitting,), session=sample_session(zone="Asia/Tokyo"))
    assert "- Mon 23 Nov 2026, 13:00 (Asia/Tokyo): nobody was written down" in minutes(record)
    assert headings(minutes(record))[0] == (1, "Reliability review: checkout, 23 November 2026")


def test_a_zone_that_this_system_lacks_stops_no_minutes():
    assert "14:00–15:04 (Moon/Sea)" in minutes(sample_record(session=sample_session(zone="Moon/Sea")))


def test_restricted_texts_stay_out_and_are_counted():
    record = sample_record()
    hidden = replace(restricted(record.actions[0]), title="Let someone go")
    meeting = replace(meeting_of(record), captures=(hidden, *record.captures()))
    now = START + timedelta(hours=2)
    kept = record_of(meeting, outcome_of(meeting, now), program="0.1.0", at=now)
    text = minutes(kept)
    assert "Let someone go" not in text
    assert "1 text for facilitators only was left out." in text


def test_minutes_of_a_computed_outcome_name_the_same_gaps():
    meeting: Meeting = meeting_of(sample_record())
    now = START + timedelta(hours=2)
    record = record_of(meeting, outcome_of(meeting, now), program="0.1.0", at=now)
    text = minutes(record)
    assert "- Required, no answer: “Would you volunteer for next week?”" in text
    assert "**How many minutes does a rollback take?** 42 min — ■ blocker" in text


def test_the_summary_fits_on_a_page_and_says_what_comes_next():
    text = summary(sample_record())
    assert len(text.splitlines()) < 60
    assert "- First due, Sun 6 Dec 2026: Ana (A-12)" in text
    assert "- Ask for a yes to what was agreed in their absence: Dee (A-13)" in text
    assert "- Find an owner for A-14 and P-2" in text
    assert "A-9" not in text


def nasty(value):
    """The same value with every text of it hostile, but for ids and what is matched by word."""
    if isinstance(value, Enum) or not is_dataclass(value):
        if isinstance(value, tuple):
            return tuple(nasty(part) for part in value)
        return value
    if isinstance(value, AnswerKey):
        return value
    words = {"title", "ask", "guide", "note", "evidence", "reason", "why", "what", "owner", "because", "text", "name"}
    words |= {"role", "goal", "program", "words", "outcome", "could", "leading_to", "decided_by", "by", "prepared_by"}
    words |= {"agenda_id", "agenda_version", "unit", "operated_by"}
    changes = {}
    for part in fields(value):
        old = getattr(value, part.name)
        changes[part.name] = NASTY + old if part.name in words and isinstance(old, str) else nasty(old)
    return replace(value, **changes)


@pytest.mark.parametrize("render", [minutes, summary])
def test_hostile_text_everywhere_changes_no_structure(render):
    record: Record = nasty(sample_record())
    record = replace(
        record, sittings=tuple(replace(s, attendees=(Attendee(name=NASTY, role=NASTY),)) for s in record.sittings)
    )
    plain, hostile = render(sample_record()), render(record)
    assert [level for level, _ in headings(hostile)] == [level for level, _ in headings(plain)]
    shape = [[len(row) for row in table] for table in tables(plain)]
    assert [[len(row) for row in table] for table in tables(hostile)] == shape
    assert not any(sign in hostile for sign in "\x1b\x07\u202e")
    for renderer in RENDERERS:
        for token in renderer.parse(body(hostile)):
            assert token.type not in {"html_block", "fence", "code_block"}
            markup = set(markup_in(token))
            assert markup <= {"strong_open", "strong_close", "em_open", "em_close"}, inline_text(token)
    if render is minutes:
        assert load_yaml(hostile.split("\n---\n")[0].removeprefix("---\n")).root["counts"]["actions"] == 4


def test_the_same_record_gives_the_same_bytes_in_any_process():
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from support.records import sample_record; from readyroom.export.markdown import minutes;"
        "from readyroom.records.canonical import record_bytes; r = sample_record();"
        "sys.stdout.buffer.write(minutes(r).encode() + record_bytes(r))"
    )
    told = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        command = [sys.executable, "-c", script, str(Path(__file__).parents[1])]
        told.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(told) == 1


def test_a_long_meeting_renders_whole():
    text = minutes(long_record(500))
    assert text.count("measured\\_twice") + text.count("measured_twice") == 500


def test_a_finding_has_the_same_sign_in_the_minutes_as_on_the_screen():
    for finding in Finding:
        look = finding_look(finding)
        assert finding_words(finding) == f"{look.glyph} {look.word}"


def test_what_was_answered_where_the_agenda_decides_stands_under_decisions():
    record = sample_record()
    item = record.agenda.sections[0].items[0]
    key = AnswerKey(item.id, record.session.subject)
    section = replace(record.agenda.sections[0], id="decide", items=(replace(item, kind=ItemKind.TEXT),))
    said = Answer(session=record.session.id, key=key, state=AnswerState.ANSWERED, value="Ship *slowly*")
    decided = replace(record, agenda=replace(record.agenda, sections=(section,)), answers=(said,))
    part = minutes(decided).split("## Decisions\n")[1].split("\n## ")[0]
    lines = part.strip().splitlines()
    assert lines[0].startswith("- D-")
    assert lines[-1] == f"- {item.ask} Ship \\*slowly\\*"
    assert "Ship" not in minutes(replace(decided, answers=())).split("## Decisions\n")[1].split("\n## ")[0]
    assert f"- {item.ask} Ship" in summary(decided).split("## Decisions\n")[1].split("\n## ")[0]

"""Before the meeting: who prepares what, and sheets that come back as prepared answers."""

import pytest

from readyroom.borders.errors import BorderError
from readyroom.domain.answer import AnswerState
from readyroom.domain.capture import CaptureKind
from readyroom.workflows.preparation import deal, fill, last_answers, prepare
from readyroom.workflows.wrapup import finish
from workflows.room import Room, at, filled, hold


def prepared_in(room, session):
    """What is prepared now, by item: value and who prepared it."""
    meeting = room.repository.meeting(session)
    return {one.key.item: (one.value, one.by) for one in meeting.prepared if not one.withdrawn}


def test_everybody_gets_a_sheet_of_neighbouring_questions(tmp_path):
    with Room(tmp_path) as room:
        files = prepare(room.workspace, room.start())
        assert [path.name for path in files.sheets] == ["sheet-ana.md", "sheet-bo.md", "sheet-chidi.md"]
        preread = files.preread.read_text(encoding="utf-8")
        assert "Who prepares what" in preread
        assert "Does it page somebody?" in preread
        assert "How long does a rollback take?" in files.sheets[0].read_text(encoding="utf-8")
        assert "Does it page somebody?" not in files.sheets[1].read_text(encoding="utf-8")


def test_without_a_roster_there_is_one_sheet_for_all(tmp_path):
    with Room(tmp_path) as room:
        files = prepare(room.workspace, room.start(people=()), out=tmp_path / "out")
        assert [path.name for path in files.sheets] == ["sheet-everybody.md"]
        assert "Who prepares what" not in files.preread.read_text(encoding="utf-8")


def test_who_has_no_question_gets_no_empty_sheet_and_namesakes_have_one_each(tmp_path):
    with Room(tmp_path) as room:
        people = (("Ana", ""), ("ana!", ""), *((f"Guest {n}", "") for n in range(9)))
        names = [path.name for path in prepare(room.workspace, room.start(people=people)).sheets]
        assert names == ["sheet-ana.md", "sheet-ana-2.md", "sheet-guest-0.md", "sheet-guest-1.md", "sheet-guest-2.md"]


def test_every_question_is_dealt_once(tmp_path):
    with Room(tmp_path) as room:
        places = room.live().places
        for count in range(1, len(places) + 3):
            dealt = deal(places, [f"Guest {n}" for n in range(count)])
            assert [place for theirs in dealt.values() for place in theirs] == list(places)


def test_a_filled_sheet_comes_back_as_prepared_answers_that_do_not_count_yet(tmp_path):
    with Room(tmp_path) as room:
        session = room.start(people=(("Bo", "owner"),))
        sheet = filled(
            prepare(room.workspace, session).sheets[0],
            alerts="pass",
            minutes_back="12 min",
            tested="n/a because one region",
        )
        read = fill(room.workspace, sheet)
        assert (read.person, read.session_id, read.prepared, read.confirmed, read.problems) == ("Bo", session, 3, 0, ())
        meeting = room.repository.meeting(session)
        assert meeting.answers == {}
        assert {one.key.item: (one.state, one.value) for one in meeting.prepared} == {
            "alerts": (AnswerState.ANSWERED, "pass"),
            "minutes-back": (AnswerState.ANSWERED, 12),
            "tested": (AnswerState.NOT_APPLICABLE, None),
        }


def test_confirming_counts_them_and_leaves_alone_what_the_room_said(tmp_path):
    with Room(tmp_path) as room:
        session = room.start(people=(("Bo", "owner"),))
        live = hold("alerts", room.live(session))
        live.answer("fail")
        room.settle(live)
        sheet = filled(prepare(room.workspace, session).sheets[0], alerts="pass", minutes_back="12")
        assert fill(room.workspace, sheet, confirm=True).confirmed == 1
        answers = room.repository.meeting(session).answers
        assert answers[at("alerts")].value == "fail"
        assert (answers[at("minutes-back")].value, answers[at("minutes-back")].prepared_by) == (12, "Bo")


def test_a_second_reading_replaces_the_first_and_the_same_again_changes_nothing(tmp_path):
    with Room(tmp_path) as room:
        session = room.start(people=(("Bo", "owner"),))
        sheet = filled(prepare(room.workspace, session).sheets[0], alerts="pass", minutes_back="12", owner="Team Till")
        fill(room.workspace, sheet)
        journal = room.repository.journal(session=session)
        fill(room.workspace, sheet)
        assert room.repository.journal(session=session) == journal
        fill(room.workspace, filled(sheet, alerts="", minutes_back="15"))
        assert prepared_in(room, session) == {"minutes-back": (15, "Bo"), "owner": ("Team Till", "Bo")}
        assert fill(room.workspace, sheet, confirm=True).confirmed == 2


def test_what_does_not_fit_is_named_by_line_and_the_rest_counts(tmp_path):
    with Room(tmp_path) as room:
        session = room.start(people=(("Bo", "owner"),))
        sheet = filled(prepare(room.workspace, session).sheets[0], alerts="pass", minutes_back="12")
        fill(room.workspace, sheet)
        read = fill(room.workspace, filled(sheet, alerts="fail", minutes_back="ages"))
        (problem,) = read.problems
        line = next(n for n, text in enumerate(sheet.read_text(encoding="utf-8").split("\n"), 1) if "ages" in text)
        assert (problem.file, problem.line) == (str(sheet), line)
        assert "minutes-back" in problem.message
        assert prepared_in(room, session) == {"alerts": ("fail", "Bo"), "minutes-back": (12, "Bo")}


def test_an_answer_to_a_question_of_another_session_is_told_and_not_hidden_away(tmp_path):
    with Room(tmp_path) as room:
        other = prepare(room.workspace, room.start("ledger", people=(("Bo", ""),))).sheets[0]
        session = room.start("checkout")
        read = fill(room.workspace, filled(other, alerts="pass"), session=session)
        assert [one.message for one in read.problems] == ["alerts of ledger is not asked in this session"]
        assert prepared_in(room, session) == {}


def test_yaml_sheets_come_back_subject_by_subject(tmp_path):
    with Room(tmp_path) as room:
        session = room.start("checkout", "ledger", people=(("Bo", "owner"),))
        sheets = prepare(room.workspace, session, style="yaml").sheets
        assert [path.name for path in sheets] == ["sheet-bo-checkout.yaml", "sheet-bo-ledger.yaml"]
        for number, sheet in enumerate(sheets):
            text = sheet.read_text(encoding="utf-8")
            text = text.replace("minutes-back:\n    answer:", f"minutes-back:\n    answer: {number}")
            sheet.write_text(text, encoding="utf-8")
            read = fill(room.workspace, sheet)
            assert (read.person, read.prepared) == ("Bo", 1)
        meeting = room.repository.meeting(session)
        assert {one.key: one.value for one in meeting.prepared if not one.withdrawn} == {
            at("minutes-back"): 0,
            at("minutes-back", "ledger"): 1,
        }


def test_the_pre_read_has_the_last_answers_and_what_is_still_open(tmp_path):
    with Room(tmp_path) as room:
        live = hold("minutes-back", room.live())
        live.answer(45)
        live.capture(CaptureKind.ACTION, "Automate the rollback @bo +2w")
        finish(room.workspace, live)
        room.clock.on(days=90)
        session = room.start()
        meeting = room.repository.meeting(session)
        assert last_answers(room.workspace, meeting)[at("minutes-back")].shown == "45 min"
        preread = prepare(room.workspace, session).preread.read_text(encoding="utf-8")
        assert "A-1" in preread
        assert "Automate the rollback" in preread
        assert "45 min" in preread


def test_a_sheet_for_nothing_says_what_is_wrong(tmp_path):
    with Room(tmp_path) as room:
        session = room.start()
        with pytest.raises(BorderError, match="choose from md, yaml"):
            prepare(room.workspace, session, style="docx")
        path = tmp_path / "sheet.md"
        path.write_bytes(b"\xff\xfe")
        with pytest.raises(BorderError, match="UTF-8"):
            fill(room.workspace, path)
        pre_read = prepare(room.workspace, session).preread
        with pytest.raises(BorderError, match="this is no sheet: nothing in it is asked; name the sheet of a person"):
            fill(room.workspace, pre_read)
        path.write_text("### Does it page somebody? <!-- item: alerts -->", encoding="utf-8")
        with pytest.raises(BorderError, match="--session"):
            fill(room.workspace, path)
        finish(room.workspace, room.live(session))
        path.write_text(f"session: {session}\n", encoding="utf-8")
        with pytest.raises(BorderError, match="S-1 is finished"):
            fill(room.workspace, path)

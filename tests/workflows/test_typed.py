"""Whatever is typed or pasted is cleaned before it is kept, and what is cut is told."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readyroom.borders.errors import BorderError
from readyroom.borders.text import LINE_LIMIT, TEXT_LIMIT, clean_text
from readyroom.domain.answer import AnswerState
from readyroom.domain.capture import CaptureKind
from readyroom.domain.session import Attendee
from readyroom.workflows.actions import ActionEdit, add_action, edit_action
from readyroom.workflows.live import SavedMark
from readyroom.workflows.roster import read_roster, update_roster, write_roster
from readyroom.workflows.start import clean_subjects, start_session
from readyroom.workflows.typed import NAME_LIMIT, kept_line, kept_value
from workflows.room import NOON, Room, at, hold

NASTY = "be\x1b[31mfo\x1b]0;title\x07re \u202eafter\u2069 \x00nul \ud800half\x9b2J \u0007end"
CLEAN = "before after nul half end"


def test_nothing_typed_in_a_meeting_drives_a_terminal_or_stops_the_saving(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        live.answer("fail")
        live.note(NASTY)
        live.evidence(NASTY)
        live.capture(CaptureKind.ACTION, f"{NASTY} @bo")
        live.capture(CaptureKind.QUESTION, NASTY)
        live.keep_draft("capture", NASTY)
        live.set_attendees((*live.meeting.sitting.attendees, Attendee(name=NASTY, role=NASTY, arrived_at=NOON)))
        live.change_capture(replace(live.meeting.actions[0], title=NASTY, owner=NASTY, outcome=NASTY))
        hold("who-noticed", live).answer_typed(NASTY)
        hold("owner", live).answer(NASTY)
        hold("tested", live).mark(AnswerState.NOT_APPLICABLE, NASTY)
        hold("worries", live).answer([{"worry": NASTY, "minutes": 3}])
        room.settle(live)
        assert (live.saving.mark, live.clashes) == (SavedMark.SAVED, [])
        kept = room.kept(live)
        assert kept.answers[at("alerts")].note == CLEAN
        assert kept.answers[at("worries")].value == ({"worry": CLEAN, "minutes": 3},)
        assert kept.answers[at("tested")].reason == CLEAN
        assert (kept.actions[0].title, kept.actions[0].owner, kept.actions[0].outcome) == (CLEAN, CLEAN, CLEAN)
        assert kept.sitting.attendees[-1].name == CLEAN
        assert live.draft("capture") == CLEAN
        assert kept.answers == live.meeting.answers


def test_a_pasted_megabyte_is_kept_as_a_note_and_cut_in_a_line_and_the_room_is_told(tmp_path):
    with Room(tmp_path) as room:
        live = hold("alerts", room.live())
        told = []
        live.tell = told.append
        live.note("n" * TEXT_LIMIT)
        assert told == []
        taken = live.capture(CaptureKind.RISK, "r" * TEXT_LIMIT)
        assert len(taken.title) == LINE_LIMIT
        assert told == ["the text is too long: its last 998,000 characters were left out; keep them behind a link"]
        live.note("n" * (TEXT_LIMIT + 1))
        assert "its last 1 characters" in told[1]
        assert len(room.kept(room.settle(live)).answers[at("alerts")].note) == TEXT_LIMIT


def test_a_session_starts_with_clean_names(tmp_path):
    with Room(tmp_path) as room:
        session = start_session(
            room.workspace,
            "till-look",
            subjects=[NASTY, "checkout", "Checkout", " "],
            attendees=[(NASTY, NASTY), ("", "x")],
        )
        meeting = room.repository.meeting(session)
        assert meeting.session.subjects == (CLEAN, "Checkout")
        assert [(one.name, one.role) for one in meeting.sitting.attendees] == [(CLEAN, CLEAN)]


def test_actions_are_clean_and_one_that_is_too_long_is_refused_whole(tmp_path):
    with Room(tmp_path) as room:
        made = add_action(room.workspace, f"{NASTY} @bo", subject=NASTY)
        assert (made.title, made.subject, made.owner) == (CLEAN, CLEAN, "bo")
        changed = edit_action(room.workspace, "A-1", ActionEdit(owner=NASTY, outcome=NASTY))
        assert (changed.owner, changed.outcome) == (CLEAN, CLEAN)
        with pytest.raises(BorderError, match="too long"):
            add_action(room.workspace, "x" * (LINE_LIMIT + 1))
        assert len(room.repository.actions()) == 1


def test_subjects_of_any_length_stay_apart():
    long = "s" * 150
    assert clean_subjects([f"{long}1", f"{long}2"]) == (f"{long}1", f"{long}2")


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_stored(text):
    line = kept_line(text)
    assert "\n" not in line
    assert line == kept_line(line)
    json.dumps(kept_value([{"cell": text}, text]), ensure_ascii=False).encode("utf-8")


# ---- rosters


@pytest.mark.parametrize(
    "text, people",
    [
        ("Ana (owner), Bo (on-call)", (("Ana", "owner"), ("Bo", "on-call"))),
        ("Ana\nBo\n\nChidi", (("Ana", ""), ("Bo", ""), ("Chidi", ""))),
        ("- Ana: Owner\n* Bo – on-call\n3. Chidi", (("Ana", "owner"), ("Bo", "on-call"), ("Chidi", ""))),
        ("Ana (owner, on-call); Bo", (("Ana", "owner, on-call"), ("Bo", ""))),
        ("Ana, ana, ANA (owner)", (("Ana", ""),)),
        ("Ana Lima <ana@example.org>, Bo", (("Ana Lima", ""), ("Bo", ""))),
        ("Bo Svensson (bo@example.org)", (("Bo Svensson", ""),)),
        ("Dee <dee@example.org> - Product, Bo (bo@example.org) (owner)", (("Dee", "product"), ("Bo", "owner"))),
        (
            "Chandra, on-call, Bo\nDee, owner; Guest",
            (("Chandra", "on-call"), ("Bo", ""), ("Dee", "owner"), ("Guest", "")),
        ),
        ("owner, Ana (lead), guest", (("owner", ""), ("Ana", "lead"), ("guest", ""))),
        ("Jean-Luc - owner, Ana-Lena", (("Jean-Luc", "owner"), ("Ana-Lena", ""))),
        ("Ana (owner", (("Ana", "owner"),)),
        ("Ana (owner) x, Bo", (("Ana (owner) x", ""), ("Bo", ""))),
        ("Ana (a (b)), Bo", (("Ana (a (b))", ""), ("Bo", ""))),
        ("(owner), Bo", (("(owner)", ""), ("Bo", ""))),
        (" ,;\n-\n()\n", ()),
        ("", ()),
        ("Zoë\tअना", (("Zoë", ""), ("अना", ""))),
        ("\x1b[31;1mAna\x1b[0m; Bo\x00", (("Ana", ""), ("Bo", ""))),
        ("ana\u202e (owner)", (("ana", "owner"),)),
    ],
)
def test_a_roster_is_read_as_people_write_it(text, people):
    assert read_roster(text) == people


@pytest.mark.parametrize(
    "text", ["," * 100_000, "a," * 50_000, "(" * 100_000, "a" + " " * 100_000 + "(", ")," * 50_000]
)
def test_a_hostile_roster_is_read_in_one_pass(text):
    assert len(read_roster(text)) <= 2


def test_the_roles_of_an_agenda_are_roles_behind_a_comma():
    assert read_roster("Ana, data steward") == (("Ana", ""), ("data steward", ""))
    assert read_roster("Ana, Data Steward", ["data steward"]) == (("Ana", "data steward"),)


@pytest.mark.parametrize("name", ["Owner", "Ana - Lena", "Guest"])
def test_a_name_that_looks_like_a_role_stays_a_name(name):
    attendees = update_roster((), [("Bo", ""), (name, "")], NOON)
    assert read_roster(write_roster(attendees)) == (("Bo", ""), (name, ""))


def test_a_name_of_any_length_is_a_name():
    assert len(read_roster("n" * 5000)[0][0]) == NAME_LIMIT


@given(st.lists(st.tuples(st.text("abcde é", min_size=1, max_size=9), st.sampled_from(["", "owner", "on-call"]))))
def test_what_the_roster_shows_reads_back_as_the_same_people(people):
    wanted = tuple(
        {n.casefold(): (n, r) for name, r in reversed(people) if (n := " ".join(clean_text(name).split()))}.values()
    )
    attendees = update_roster((), wanted, NOON)
    assert read_roster(write_roster(attendees)) == tuple((one.name, one.role) for one in attendees)


def test_who_leaves_stays_on_the_roster_with_when(tmp_path):
    first = update_roster((), [("Ana", "owner"), ("Bo", "")], NOON)
    later = NOON.replace(hour=13)
    second = update_roster(first, [("bo", "on-call")], later)
    assert [(one.name, one.role, one.left_at) for one in second] == [("Ana", "owner", later), ("Bo", "on-call", None)]
    third = update_roster(second, [("Ana", ""), ("Bo", "")], later)
    assert [(one.name, one.role, one.left_at) for one in third] == [("Ana", "owner", None), ("Bo", "on-call", None)]

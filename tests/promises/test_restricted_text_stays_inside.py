"""Promise: what is for facilitators only appears in no file and no export unless it is asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from promises.texts import written_files
from readyroom.domain import meeting as steps
from readyroom.domain.answer import Answer, Audience, Prepared
from readyroom.domain.capture import Action, CaptureKind, Question
from readyroom.domain.change import Change, Entry
from readyroom.workflows.home import home_view
from readyroom.workflows.live import LiveMeeting
from readyroom.workflows.preparation import prepare
from readyroom.workflows.saving import save_step
from readyroom.workflows.transfer import EXPORT_FORMATS, export_session
from readyroom.workflows.wrapup import adjourn, finish, minutes_text, reopen
from workflows.room import Room, at, hold

HIDDEN = "quokka"
"""In every restricted text, and in no other."""
KINDS = tuple(CaptureKind)


def a_meeting(room: Room) -> LiveMeeting:
    """A meeting with something restricted in every place where a text can be, beside something open."""
    live = hold("alerts", room.live())
    live.answer("fail")
    live.note(f"{HIDDEN} note")
    live.evidence(f"https://example.org/{HIDDEN}")
    hold("owner", live).answer("Ana")
    live.note("an open note")
    for kind in KINDS:
        live.capture(kind, f"{HIDDEN} {kind.value} @ana tomorrow")
        live.capture(kind, f"open {kind.value} @bo tomorrow")
    room.settle(live)
    session = live.meeting.session.id
    meeting = room.kept(live)
    save_step(room.workspace, steps.set_note(meeting, at("alerts"), audience=Audience.FACILITATORS))
    for one in meeting.captures:
        if HIDDEN in one.title:
            restricted = replace(one, audience=Audience.FACILITATORS)
            if isinstance(restricted, Action):
                restricted = replace(restricted, outcome=f"{HIDDEN} outcome", because=f"{HIDDEN} reason")
            save_step(room.workspace, steps.put(room.kept(live), restricted, "made it restricted"))
    question = next(one for one in room.kept(live).captures if isinstance(one, Question) and HIDDEN in one.title)
    now, by = room.workspace.now, "Ana"
    answered = steps.give_answer(room.kept(live), at(question.item_id), f"{HIDDEN} answer", at=now, by=by)
    save_step(room.workspace, answered)
    prepared = Prepared(
        id=room.new_id(), session=session, key=at("alerts"), by="Bo", at=now, value="fail", note=f"{HIDDEN} prepared",
        version=1,
    )  # fmt: skip
    entry = Entry(what="prepared", session=session, actor=by, window="", at=now, changes=(Change(None, prepared),))
    room.workspace.store().save(entry)
    live.adopt(room.kept(live))
    return live


def places_of_hidden(folder: Path) -> list[str]:
    """Which files, but for the working copy, hold a restricted text."""
    return [name for name, raw in written_files(folder).items() if HIDDEN.encode() in raw]


def test_no_file_holds_what_is_restricted(tmp_path: Path) -> None:
    with Room(tmp_path / "team") as room:
        live = a_meeting(room)
        kept = room.kept(live)
        hidden = [one for one in (*kept.answers.values(), *kept.captures) if HIDDEN in repr(one)]
        assert len(hidden) == 2 + len(KINDS), "an answer's note, the restricted question's answer, each capture"
        adjourn(room.workspace, live)
        prepare(room.workspace, live.meeting.session.id, out=tmp_path / "sheets")
        again = room.live(live.meeting.session.id)
        written = finish(room.workspace, room.settle(again))
        following = room.start()
        prepare(room.workspace, following, out=tmp_path / "sheets2")
        export_session(room.workspace, live.meeting.session.id, formats=EXPORT_FORMATS, out=tmp_path / "out")
        assert places_of_hidden(tmp_path) == []
        assert HIDDEN not in minutes_text(room.workspace, room.kept(live))
        assert HIDDEN not in repr(home_view(room.workspace).due)
        for name in ("record.json", "summary.md"):
            text = (written.folder / name).read_text(encoding="utf-8")
            assert all(f"open {kind.value}" in text for kind in KINDS if kind is not CaptureKind.QUESTION)
        assert json.loads(written.record.read_text(encoding="utf-8"))["left_out"] == 3 + len(KINDS), (
            "and what was prepared"
        )
        reopen(room.workspace, live.meeting.session.id)
        assert HIDDEN in room.kept(live).answers[at("alerts")].note, "and here nothing is lost"


def test_whoever_asks_gets_it_and_everybody_else_is_told_how_much_was_left_out(tmp_path: Path) -> None:
    with Room(tmp_path / "team") as room:
        live = a_meeting(room)
        session = live.meeting.session.id
        paths = export_session(room.workspace, session, formats=("json", "md"), out=tmp_path / "all", restricted=True)
        for path in paths:
            text = path.read_text(encoding="utf-8")
            assert f"{HIDDEN} note" in text
            assert f"{HIDDEN} action" in text
        _, minutes = export_session(room.workspace, session, formats=("json", "md"), out=tmp_path / "open")
        assert "left out" in minutes.read_text(encoding="utf-8")


def test_a_colleague_who_imports_the_open_record_takes_nothing_away(tmp_path: Path) -> None:
    from readyroom.workflows.transfer import import_session

    with Room(tmp_path / "team") as room:
        live = a_meeting(room)
        written = finish(room.workspace, room.settle(live))
        import_session(room.workspace, written.record)
        answer = room.kept(live).answers[at("alerts")]
        assert isinstance(answer, Answer)
        assert (answer.note, answer.audience) == (f"{HIDDEN} note", Audience.FACILITATORS)
        assert sum(HIDDEN in one.title for one in room.kept(live).captures) == len(KINDS)

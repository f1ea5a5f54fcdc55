"""No text that anyone types, pastes or writes into an agenda crashes the meeting or drives the terminal."""

from dataclasses import replace

import pytest

from readyroom.domain.agenda import Anchor, Choice, Column, EvidenceRequest, Item, ItemKind, Section
from readyroom.domain.answer import AnswerState
from readyroom.domain.capture import CaptureKind
from readyroom.domain.session import Attendee
from readyroom.workflows.live import Clash
from tui.meeting.rooms import Room, agenda_of, go, meeting, paste, settle, shown, stand_in, type_text
from tui.workspaces import CONTROLS, HOSTILE


def hostile_agenda(text):
    """Every place of an agenda that holds words holds these."""
    choices = (Choice(id="one", text=text), Choice(id="two", text="two"))
    base = {"ask": text, "guide": f"{text}\n\n- {text}"}
    items = (
        Item(id="info", kind=ItemKind.INFO, **base),
        Item(id="check", kind=ItemKind.CHECK, evidence=EvidenceRequest(ask=text), **base),
        Item(id="rating", kind=ItemKind.RATING, anchors=(Anchor(level=1, text=text),), **base),
        Item(id="choice", kind=ItemKind.CHOICE, choices=choices, **base),
        Item(id="number", kind=ItemKind.NUMBER, unit=text[:20], **base),
        Item(id="text", kind=ItemKind.TEXT, **base),
        Item(id="owner", kind=ItemKind.OWNER, **base),
        Item(id="table", kind=ItemKind.TABLE, columns=(Column(id="a", title=text), Column(id="b", title="b")), **base),
    )
    return agenda_of((Section(id="s", title=text, minutes=5, items=items),), title=text)


def assert_harmless(app):
    painted = shown(app)
    assert not [control for control in CONTROLS if control in painted]
    assert app._exception is None


@pytest.mark.parametrize("text", HOSTILE)
async def test_an_agenda_with_hostile_words_is_shown_as_it_is(tmp_path, text):
    room = Room(tmp_path, agenda=hostile_agenda(text), subjects=("checkout",), attendees=((text, text),))
    room.prepare("check", "pass", by=text, note=text)
    app = room.app()
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        live = meeting(app).live
        live.set_attendees([Attendee(name=text, role=text)])
        for kind in CaptureKind:
            live.capture(kind, text)
        for place in live.places:
            live.go(place.key)
            live.note(text)
            live.evidence(text)
            if place.item.kind in (ItemKind.TEXT, ItemKind.OWNER):
                live.answer(text)
            elif place.item.kind is ItemKind.TABLE:
                live.answer([{"a": text, "b": text}])
            elif place.item.kind is not ItemKind.INFO:
                live.mark(AnswerState.NOT_APPLICABLE, text)
            await pilot.pause()
            assert_harmless(app)
        for key in ("g", "slash", "c"):
            await pilot.press(key)
            await pilot.pause()
            await paste(app, pilot, text)
            assert_harmless(app)
            await pilot.press("escape")
            await pilot.pause()
        said = live.meeting.answer(live.key)
        live.clashes.append(Clash(ours=replace(said, note=text, reason=text), theirs=replace(said, given_by=text)))
        stand_in(app, replace(live.window, id="w2", actor=text))
        live.saving = replace(live.saving, why=text)
        meeting(app).repaint()
        await pilot.pause()
        assert_harmless(app)
    room.workspace.close()


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_typed_or_pasted_anywhere_is_kept_clean(tmp_path, text):
    room = Room(tmp_path)
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        for item, key in (("paged", "enter"), ("paged", "e"), ("paged", "x"), ("story", "enter"), ("holder", "enter"),
                          ("rollback", "enter"), ("alerts", "enter"), ("paged", "a"), ("paged", "o")):  # fmt: skip
            go(app, item)
            await pilot.press(key)
            await pilot.pause()
            await paste(app, pilot, text)
            assert_harmless(app)
            if meeting(app).fields.is_open:
                await pilot.press("tab")
                await pilot.pause()
            assert_harmless(app)
            if meeting(app).fields.is_open:
                await pilot.press("escape")
                await pilot.pause()
        await settle(app, pilot)
        stored = room.workspace.store().repository.meeting(room.session)
        kept = [answer.note + answer.evidence + answer.reason for answer in stored.answers.values()]
        kept += [capture.title for capture in stored.captures]
        assert kept
        assert not [control for control in CONTROLS if control in "".join(kept).replace("\t", "")]
    room.workspace.close()


async def test_markup_is_shown_letter_by_letter(room):
    app = room.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        go(app, "paged")
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "[P1] down [/]")
        await pilot.press("tab")
        await pilot.pause()
        assert "note      [P1] down [/]" in shown(app)

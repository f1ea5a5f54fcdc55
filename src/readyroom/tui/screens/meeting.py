"""The meeting: one question large, the clock, the truth about saving. What keys mean is in the modules beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.screen import Screen

from readyroom.domain.agenda import TABLE_KINDS, ItemKind
from readyroom.domain.answer import AnswerState
from readyroom.domain.capture import CaptureKind
from readyroom.domain.hold import ItemVerdict
from readyroom.domain.meeting import Meeting
from readyroom.domain.progress import verdict_at
from readyroom.tui.commands import Where, bindings
from readyroom.tui.screens.meeting_answering import Answering
from readyroom.tui.screens.meeting_capturing import Capturing, last_line
from readyroom.tui.screens.meeting_clicks import clicked
from readyroom.tui.screens.meeting_company import Company
from readyroom.tui.screens.meeting_fields import Fields
from readyroom.tui.screens.meeting_keys import keys_for
from readyroom.tui.screens.meeting_moving import Moving
from readyroom.tui.screens.meeting_overlay import Overlay
from readyroom.tui.screens.meeting_tables import Tables
from readyroom.tui.screens.meeting_vague import turn_vague
from readyroom.tui.screens.meeting_voting import Voting
from readyroom.tui.text import clip
from readyroom.tui.themes import UNICODE, Glyphs
from readyroom.tui.widgets.keybar import KeyBar
from readyroom.tui.widgets.meeting.clock_sight import ClockReader
from readyroom.tui.widgets.meeting.fields import Field
from readyroom.tui.widgets.meeting.head import Head, not_saved_words
from readyroom.tui.widgets.meeting.item_view import ItemView
from readyroom.tui.widgets.meeting.lines import Line, Span, cells
from readyroom.tui.widgets.meeting.lines_view import LinesView, PlainLines
from readyroom.tui.widgets.meeting.outline import Outline
from readyroom.tui.widgets.meeting.side import Side
from readyroom.tui.widgets.meeting.sight import Sight
from readyroom.workflows.live import LiveMeeting, SavedMark
from readyroom.workflows.suggesting import Suggestion, open_suggestions


class MeetingScreen(Screen[None]):
    """A session while it runs."""

    WHERE = Where.MEETING
    CSS_PATH = "meeting.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.MEETING)

    class WrapUp(Message):
        """The room wants to end the meeting: what is missing, the minutes."""

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__()
        self.live = live
        self.fields = Fields(self)
        self.tables = Tables(self)
        self.answering = Answering(self)
        self.capturing = Capturing(self)
        self.voting = Voting(self)
        self.moving = Moving(self)
        self.company = Company(self)
        self.overlay = Overlay(self)
        self._clock = ClockReader(live)
        self._head = Head(live, self._clock, lambda: self.glyphs)
        self._outline = Outline(live, self._clock, lambda: self.glyphs)
        self.view = ItemView(self.sight)
        self._side = Side(live, lambda: self.glyphs)
        self.status = PlainLines(id="status")
        self._keys = KeyBar(Where.MEETING)
        self._keys_shown: object = None
        self._guide_open = False
        self._said: Line | None = None
        self._judged: tuple[Meeting, object, ItemVerdict | None, Sequence[Suggestion]] | None = None

    # ---- what is on the screen

    def compose(self) -> ComposeResult:
        """The head, the question between outline and context, one line of status, the keys."""
        yield self._head
        with Horizontal(id="middle"):
            yield self._outline
            with Container(id="stage"):
                yield self.view
            yield self._side
        yield self.status
        yield self._keys

    def on_mount(self) -> None:
        """Start listening to the meeting and to the clock."""
        self.live.changed = self.repaint
        self.live.tell = self._warn
        self.set_interval(1.0, self._tick)
        self.view.focus()
        self.repaint()
        self.call_after_refresh(self.moving.go_on_typing)
        self.company.watch()

    def on_unmount(self) -> None:
        """Nothing is painted any more."""
        self.live.changed = self.live.tell = _nothing

    @property
    def glyphs(self) -> Glyphs:
        """The signs in use."""
        found = getattr(self.app, "glyphs", UNICODE)
        return found if isinstance(found, Glyphs) else UNICODE

    def sight(self) -> Sight | None:
        """The current question with all that is shown of it."""
        place = self.live.place
        if place is None:
            return None
        return Sight(
            meeting=self.live.meeting,
            place=place,
            now=self.live.now,
            today=self.live.today,
            glyphs=self.glyphs,
            editing=self.fields.editing,
            cursor=self.tables.cursor,
            guide_open=self._guide_open,
            offers=self.offers(),
            verdict=self._judge()[2],
            clashes=tuple(self.live.clashes),
            roster=self.live.meeting.present,
            still_here=self.voting.still_here(),
        )

    def offers(self) -> Sequence[Suggestion]:
        """What the rules suggest here."""
        return self._judge()[3]

    def _judge(self) -> tuple[Meeting, object, ItemVerdict | None, Sequence[Suggestion]]:
        """The rules' verdict on the current answer, weighed once for each state of the meeting."""
        live, place = self.live, self.live.place
        judged = self._judged
        if judged is None or judged[0] is not live.meeting or judged[1] != live.key:
            verdict = verdict_at(live.meeting, live.key, live.today) if place else None
            offers = open_suggestions(live.meeting, place, verdict, live.today) if place and verdict else ()
            judged = self._judged = (live.meeting, live.key, verdict, offers)
        return judged

    # ---- painting

    def repaint(self) -> None:
        """Bring everything up to date; only lines that changed are painted."""
        if not self.is_mounted:
            return
        if self.fields.put_away():
            self.say("that question is no longer asked; what was half-typed is kept with it", "warn")
        self._head.rebuild()
        self.repaint_item()
        self._outline.rebuild()
        self._side.rebuild()
        self.repaint_foot()

    def repaint_item(self) -> None:
        """The question, and the field that is laid over it."""
        self.view.rebuild()
        self.overlay.place()

    def repaint_foot(self) -> None:
        """The status line and the keys that matter now."""
        glimpse = Line() if self.has_class("-widest") else last_line(self)
        foot, company = self._unsaved() or self._ended() or self._said, self.company.spans()
        if foot is not None and cells((*foot.spans, *company)) + 6 > self.size.width:
            company = ()
        self.status.tell(replace(foot or glimpse, right=company))
        if self.fields.typing is not None and self.fields.typing.slot == "bar":
            self.capturing.tell(self._said)
        place = self.live.place
        slot = self.fields.typing.slot if self.fields.typing else ""
        keymap = getattr(self.app, "keymap_in_use", None)
        chosen = keys_for(place.item if place else None, keymap, typing=slot)
        if chosen != self._keys_shown:
            self._keys_shown = chosen
            self._keys.choose(*chosen)

    def _unsaved(self) -> Line | None:
        """What to do about not being saved, where it is too long for the head."""
        saving = self.live.saving
        if (
            saving.mark is not SavedMark.NOT_SAVED
            or cell_len(not_saved_words(self.live, self.glyphs)) < self.size.width - 4
        ):
            return None
        return Line((Span(f"{self.glyphs.grave} {saving.fix}", "bad", "retry"),))

    def _ended(self) -> Line | None:
        """What to do when another window has finished the session."""
        if not self.live.meeting.session.is_over:
            return None
        return Line((Span("finished in another window; h goes Home, where its minutes are", "warn", "home"),))

    def say(self, words: str, role: str = "dim") -> None:
        """Say what was just done, in the status line, until the next thing is done."""
        self._said = Line((Span(words, role),)) if words else None
        if self.is_mounted:
            self.repaint_foot()

    def _warn(self, words: str) -> None:
        """Say at once, over any screen, what happened to a text that was typed or pasted."""
        self.notify(clip(words, 400), title="Not all of it was kept", severity="warning", timeout=12)

    def moved(self) -> None:
        """The room is at another question: what belonged to the last one is put aside."""
        self.fields.leave()
        self.tables.cursor = 0
        self._guide_open = False
        self.answering.choosing_prepared = False
        self.view.scroll_to(y=0, animate=False, immediate=True)

    def _tick(self) -> None:
        self.live.beat()
        self._head.rebuild()
        self._outline.rebuild()

    def on_screen_resume(self) -> None:
        """Something else was in front; whoever was typing goes on."""
        self.live.changed = self.repaint
        self.repaint()
        self.call_after_refresh(self.fields.take_keys)

    def on_resize(self) -> None:
        """The lines are made for a size; a field that did not fit for a while has the keys again."""
        self.call_after_refresh(self.repaint)
        self.call_after_refresh(self.fields.take_keys)

    # ---- fields: laid over by `overlay`, kept by `fields`

    def keep_drafts(self) -> None:
        """Keep what is half-typed, as when the terminal goes away."""
        self.fields.keep()

    @on(Field.Changed)
    def _typed(self, event: Field.Changed) -> None:
        event.stop()
        if event.text_area is not self.fields.field:
            return
        self.fields.changed(event.text_area.text)
        if self.fields.typing is not None and self.fields.typing.slot == "bar":
            self.capturing.echo(event.text_area.text)

    @on(Field.Cut)
    def _cut(self, event: Field.Cut) -> None:
        self.say(event.words, "warn")

    @on(ItemView.Scrolled)
    def _scrolled(self) -> None:
        self.overlay.place()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted while no field is open: rows of a table, an answer in words, else a note. Nothing is dropped."""
        if not event.text.strip():
            return
        event.stop()
        if self.fields.take_keys() and self.fields.field is not None:
            self.fields.field.post_message(events.Paste(event.text))
            return
        place = self.live.place
        if place is None:
            return
        if place.item.kind in TABLE_KINDS:
            self.tables.paste(event.text)
        elif place.item.kind is ItemKind.TEXT:
            self.answering.write(event.text)
        else:
            self.answering.note(event.text)

    @on(LinesView.Hit)
    async def _hit(self, event: LinesView.Hit) -> None:
        """A click on words that stand for a command."""
        event.stop()
        await clicked(self, event.command)

    # ---- commands: what each means is in the modules beside this one

    async def action_in_turn(self, action: str) -> None:
        """A key, the moment it arrives: while a field is open the key belongs to that, wherever the focus is."""
        if self.fields.take_keys():
            raise SkipAction
        await self.run_action(action)

    def action_pick(self, key: str | int) -> None:
        self._said = None
        self.answering.pick("-" if key == "minus" else str(key))

    def action_say_yes(self) -> None:
        self._said = None
        self.answering.yes()

    def action_say_no(self) -> None:
        self._said = None
        self.answering.no()

    def action_say_unknown(self) -> None:
        self.answering.mark(AnswerState.UNKNOWN)

    def action_skip(self) -> None:
        self.answering.mark(AnswerState.SKIPPED)

    def action_say_not_applicable(self) -> None:
        self.answering.not_applicable()

    def action_write(self) -> None:
        self._said = None
        self.answering.write()

    def action_evidence(self) -> None:
        self.answering.evidence()

    def action_confirm(self) -> None:
        self.answering.confirm()

    def action_vote(self) -> None:
        self._said = None
        self.voting.vote()

    def action_take(self) -> None:
        self.answering.take()

    async def action_dismiss(self, result: object = None) -> None:
        self.answering.dismiss()

    def action_turn_vague(self) -> None:
        turn_vague(self)

    def action_next(self) -> None:
        self.moving.step(1)

    def action_previous(self) -> None:
        self.moving.step(-1)

    def action_next_open(self) -> None:
        self.moving.next_open()

    async def action_go_to(self) -> None:
        await self.moving.go_to()

    async def action_search(self) -> None:
        await self.moving.search()

    def action_go_back(self) -> None:
        self.moving.back()

    async def action_captures(self) -> None:
        await self.moving.captures()

    async def action_capture(self, kind: str) -> None:
        self._said = None
        await self.capturing.open(CaptureKind(kind))

    async def action_people(self) -> None:
        await self.capturing.people()

    def action_pause(self) -> None:
        self.live.toggle_clock()

    def action_extend(self) -> None:
        self.live.extend()
        self.say("two more minutes for this section")

    def action_undo(self) -> None:
        self.moving.undone(self.live.undo(), "took back")

    def action_redo(self) -> None:
        self.moving.undone(self.live.redo(), "did again")

    def action_retry(self) -> None:
        self.live.retry()

    def action_all_guidance(self) -> None:
        self._guide_open = not self._guide_open
        self.repaint_item()

    def action_down(self) -> None:
        if not self.tables.move(1):
            self.view.scroll_down(animate=False)

    def action_up(self) -> None:
        if not self.tables.move(-1):
            self.view.scroll_up(animate=False)

    def action_page(self, by: int) -> None:
        view = self.view
        view.scroll_relative(y=by * max(1, view.size.height - 2), animate=False)

    def action_remove_row(self) -> None:
        self.tables.remove()

    def action_save(self) -> None:
        if self.fields.field is not None:
            self.fields.entered(self.fields.field.text)

    def action_close(self) -> None:
        self.fields.leave()

    def action_wrap_up(self) -> None:
        self.fields.leave()
        self.post_message(self.WrapUp())

    def action_home(self) -> None:
        self.moving.home()


def _nothing(*_: object) -> None:
    """What a meeting calls when no screen shows it."""

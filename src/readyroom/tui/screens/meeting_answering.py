"""Answering: what each key means for the kind of the current question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readyroom.domain.agenda import TABLE_KINDS, ItemKind
from readyroom.domain.answer import AnswerError, AnswerState, show_number
from readyroom.domain.progress import Place
from readyroom.tui.screens.meeting_cells import named
from readyroom.tui.screens.meeting_fields import Typing, draft_name
from readyroom.tui.widgets.meeting.answer_lines import TYPED_KINDS, options_of

if TYPE_CHECKING:
    from readyroom.tui.screens.meeting import MeetingScreen

_ONE_KEY_CHOICES = 9


class Answering:
    """The answers of a meeting screen."""

    def __init__(self, screen: MeetingScreen) -> None:
        self._screen = screen
        self.choosing_prepared = False
        """`.` was pressed where several people had prepared an answer: the next digit says whose."""

    @property
    def _place(self) -> Place | None:
        return self._screen.live.place

    # ---- one key

    def pick(self, key: str) -> None:
        """A digit: a choice, a level, a person, whose prepared answer, or the beginning of a number."""
        place = self._place
        if place is None:
            return
        if self.choosing_prepared:
            self.confirm(int(key) - 1)
            return
        kind, item = place.item.kind, place.item
        if kind in (ItemKind.NUMBER, ItemKind.DATE):
            self.write(key)
        elif kind is ItemKind.OWNER:
            roster = self._screen.live.meeting.present
            if key.isdigit() and 1 <= int(key) <= min(len(roster), _ONE_KEY_CHOICES):
                self.give(roster[int(key) - 1])
        elif kind in TABLE_KINDS:
            self._screen.tables.type_into(key)
        elif len(item.choices) > _ONE_KEY_CHOICES and not item.many:
            self.write(key)
        else:
            self._choose(place, key)

    def _choose(self, place: Place, key: str) -> None:
        wanted = "10" if key == "0" else key
        options = options_of(place.item)
        option = next((one for one in options if one.key == key), None)
        option = option or next((one for one in options if one.key == wanted), None)
        if option is None or not key.lstrip("-").isdigit():
            return
        if not place.item.many:
            self.give(option.value)
            return
        answer = self._screen.live.meeting.answer(place.key)
        before = answer.value if isinstance(answer.value, tuple) else ()
        chosen = [one for one in before if isinstance(one, str)]
        after = [one for one in chosen if one != option.value]
        if len(after) == len(chosen):
            after.append(str(option.value))
        if after:
            self.give(tuple(after))
        else:
            self._screen.live.mark(AnswerState.UNANSWERED)

    def give(self, value: object) -> None:
        """Answer the question; the screen stays."""
        try:
            self._screen.live.answer(value)
        except AnswerError as error:
            self._screen.say(str(error), "warn")

    def yes(self) -> None:
        """Pass, or yes."""
        self._yes_no("y")

    def no(self) -> None:
        """Fail, or no; on all other kinds the letter opens the note."""
        place = self._place
        if place is not None and place.item.kind not in (ItemKind.CHECK, ItemKind.YES_NO):
            self.note()
        else:
            self._yes_no("n")

    def _yes_no(self, key: str) -> None:
        place = self._place
        if place is not None and place.item.kind in (ItemKind.CHECK, ItemKind.YES_NO):
            self.give(next(one.value for one in options_of(place.item) if one.key == key))

    def mark(self, state: AnswerState) -> None:
        """Unknown or skipped."""
        if self._place is not None and self._place.item.kind is not ItemKind.INFO:
            self._screen.live.mark(state)

    # ---- in words

    def write(self, text: str = "") -> None:
        """Enter: the answer where it is typed, the row of a table, else the note."""
        place = self._place
        if place is None:
            return
        item = place.item
        if not text and self._screen.voting.takes_enter():
            self._screen.voting.open_line()
        elif item.kind in TABLE_KINDS:
            self._screen.tables.edit()
        elif item.kind in TYPED_KINDS or (len(item.choices) > _ONE_KEY_CHOICES and text):
            self._write_answer(place, text)
        else:
            self.note(text)

    def _write_answer(self, place: Place, text: str) -> None:
        several = place.item.kind is ItemKind.TEXT
        answer = self._screen.live.meeting.answer(place.key)
        before = answer.value if answer.state is AnswerState.ANSWERED else ""
        shown = show_number(before) if isinstance(before, (int, float)) else before if isinstance(before, str) else ""
        joined = f"{shown}\n{text}" if several and shown and text else text or shown
        typing = Typing(
            slot="answer",
            draft=draft_name("answer", place.key),
            entered=self._answered,
            left=self._answered_on_leaving if several else self._not_answered,
            pasted=self._pasted_answer,
            several=several,
            over=answer,
        )
        self._screen.fields.open(typing, joined, fresh=bool(text))

    def _answered(self, text: str) -> str:
        if not text.strip():
            return ""
        live, place = self._screen.live, self._place
        if place is not None and place.item.kind is ItemKind.OWNER:
            text = named(text, live.meeting) or text
        try:
            live.answer_typed(text)
        except AnswerError as error:
            return str(error)
        return ""

    def _answered_on_leaving(self, text: str) -> None:
        place = self._place
        if place is None or text.strip() == str(self._screen.live.meeting.answer(place.key).value or ""):
            return
        if problem := self._answered(text):
            self._screen.say(problem, "warn")

    def _not_answered(self, text: str) -> None:
        """Left without Enter: the answer stays as it was."""

    def _pasted_answer(self, text: str) -> None:
        field = self._screen.fields.field
        if field is not None:
            field.insert(" ".join(text.split()))

    def note(self, text: str = "") -> None:
        """Open the note; it is saved on leaving."""
        place = self._place
        if place is None:
            return
        answer = self._screen.live.meeting.answer(place.key)
        before = answer.note
        joined = f"{before}\n{text}" if before and text else before or text
        typing = Typing(
            slot="note", draft=draft_name("note", place.key), entered=self._noted, left=self._note, several=True,
            over=answer,
        )  # fmt: skip
        self._screen.fields.open(typing, joined, fresh=bool(text))

    def _note(self, text: str) -> None:
        self._screen.live.note(text.strip())

    def _noted(self, text: str) -> str:
        self._note(text)
        return ""

    def evidence(self) -> None:
        """Open the line for evidence."""
        place = self._place
        if place is None:
            return
        answer = self._screen.live.meeting.answer(place.key)
        typing = Typing(
            slot="evidence", draft=draft_name("evidence", place.key), entered=self._proved,
            left=self._prove, pasted=self._pasted_answer, over=answer,
        )  # fmt: skip
        self._screen.fields.open(typing, answer.evidence)

    def _prove(self, text: str) -> None:
        self._screen.live.evidence(text.strip())

    def _proved(self, text: str) -> str:
        self._prove(text)
        return ""

    def not_applicable(self) -> None:
        """Ask for the reason in its place."""
        place = self._place
        if place is None or place.item.kind is ItemKind.INFO:
            return
        answer = self._screen.live.meeting.answer(place.key)
        typing = Typing(
            slot="reason", draft=draft_name("reason", place.key), entered=self._not_applicable,
            left=self._not_answered, pasted=self._pasted_answer, over=answer,
        )  # fmt: skip
        self._screen.fields.open(typing, answer.reason)

    def _not_applicable(self, text: str) -> str:
        self._screen.live.mark(AnswerState.NOT_APPLICABLE, text.strip())
        return ""

    # ---- what was prepared, suggested, changed elsewhere

    def confirm(self, number: int | None = None) -> None:
        """Count what the vote came to, or what was prepared; of several, the next digit says whose."""
        place = self._place
        self.choosing_prepared = False
        if number is None and self._screen.voting.settle():
            return
        prepared = self._screen.live.meeting.prepared_for(place.key) if place else ()
        if not prepared:
            self._screen.say("nothing was prepared for this question")
        elif number is None and len(prepared) > 1:
            names = ", ".join(f"{n} {one.by}" for n, one in enumerate(prepared[:9], 1))
            self._screen.say(f"whose counts? {names}", "accent")
            self.choosing_prepared = True
        elif 0 <= (number or 0) < len(prepared):
            self._screen.live.confirm(prepared[number or 0])

    def take(self) -> None:
        """Take the suggestion; where someone changed the same thing elsewhere: put ours back."""
        if self._settled(ours=True):
            self._screen.say("ours counts again; theirs is in the journal")
        elif offers := self._screen.offers():
            taken = self._screen.live.take(offers[0])
            self._screen.say(f"taken as {taken.kind.value}: “{taken.title}”")

    def dismiss(self) -> None:
        """Dismiss the suggestion, or leave what someone else changed."""
        if not self._settled(ours=False) and (offers := self._screen.offers()):
            self._screen.live.dismiss(offers[0])

    def _settled(self, *, ours: bool) -> bool:
        """Settle the clash that is shown, if one is."""
        live = self._screen.live
        if not live.clashes:
            return False
        live.choose(live.clashes[0], ours=ours)
        return True

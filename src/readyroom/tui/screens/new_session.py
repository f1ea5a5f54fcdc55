"""New session: an agenda, a service, the people. One screen; only the agenda is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.suggester import SuggestFromList
from textual.widgets import Input

from readyroom.borders.errors import BorderError
from readyroom.domain.agenda import Agenda
from readyroom.domain.progress import is_asked
from readyroom.tui.commands import Where, bindings
from readyroom.tui.text import Content, assemble, clip, fit, join, user_text
from readyroom.tui.themes import glyphs_of
from readyroom.tui.widgets.keybar import KeyBar
from readyroom.tui.widgets.lineinput import LineInput
from readyroom.tui.widgets.linelist import Entry, LineList
from readyroom.tui.widgets.words import Words
from readyroom.workflows.roster import read_roster
from readyroom.workflows.start import agenda_listings, agenda_named, start_session
from readyroom.workflows.triggers import known_trigger

if TYPE_CHECKING:
    from readyroom.tui.app import ReadyroomApp

_CALENDAR = "the calendar"
_PEOPLE_LIKE = "Ana (owner), Bo (on-call), Chidi: type or paste"


class NewSessionScreen(Screen[None]):
    """A list and three fields; Enter goes from the agenda to the service, and starts from there."""

    WHERE = Where.NEW_SESSION
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.NEW_SESSION)
    DEFAULT_CSS = """
    NewSessionScreen #form { height: 1fr; }
    NewSessionScreen #inside { width: 1fr; max-width: 126; padding: 0 2 0 0; }
    NewSessionScreen #agendas { height: 1fr; max-height: 16; }
    NewSessionScreen #list { width: 1fr; }
    NewSessionScreen #preview { width: 1fr; margin: 0 0 0 3; height: 1fr; }
    NewSessionScreen .field { height: 1; margin: 1 0 0 2; }
    NewSessionScreen .name { width: 10; text-style: bold; }
    NewSessionScreen .field Input { width: 1fr; }
    NewSessionScreen #echo { height: auto; min-height: 1; max-height: 4; padding: 0 0 0 13; color: $text-muted; }
    NewSessionScreen #why { margin: 0 0 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._agendas: dict[str, Agenda | str] = {}

    @property
    def room(self) -> ReadyroomApp:
        """The app, with its workspace."""
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        """Agendas with a preview of the one that is marked, then the fields."""
        yield Words(assemble(("New session", "bold $accent")), id="top")
        with Horizontal(id="form"), Vertical(id="inside"):
            with Horizontal(id="agendas"):
                yield LineList(id="list", choose_on_click=False)
                yield Words(id="preview")
            with Horizontal(classes="field"):
                yield Words("Service", classes="name")
                yield LineInput(id="service", placeholder="checkout, or several: checkout, ledger", between=", ")
            with Horizontal(classes="field"):
                yield Words("People", classes="name")
                yield LineInput(id="people", placeholder=_PEOPLE_LIKE, between=", ")
            yield Words(id="echo")
            with Horizontal(classes="field", id="why"):
                yield Words("Held for", classes="name")
                yield LineInput(id="trigger", placeholder=_CALENDAR)
        yield KeyBar(Where.NEW_SESSION)

    def on_mount(self) -> None:
        """List what can be run here."""
        listings = agenda_listings(self.room.workspace)
        titles = {one.id: one.title or one.id for one in listings}
        entries = []
        for one in listings:
            note = "cannot be read" if one.problems else f"{one.minutes:g} min"
            entries.append(Entry(_agenda_line(titles[one.id], note, broken=bool(one.problems)), one.id))
        agendas = self.query_one(LineList)
        agendas.show(entries)
        agendas.focus()
        self.query_one("#service", Input).suggester = SuggestFromList(self._known_services(), case_sensitive=False)
        self._show_preview()

    def _known_services(self) -> Sequence[str]:
        from readyroom.workflows.home import home_view

        subjects = (line.subject for line in home_view(self.room.workspace).sessions if line.subject)
        return list(dict.fromkeys(subjects))

    # ---- the agenda that is marked

    @on(LineList.Marked)
    def _show_preview(self) -> None:
        marked = self.query_one(LineList).marked
        agenda = self._agenda(str(marked)) if marked is not None else "There is no agenda here."
        self._offer_triggers(() if isinstance(agenda, str) else agenda.triggers)
        preview = self.query_one("#preview", Words)
        width, height = max(20, preview.size.width), max(8, preview.size.height)
        if isinstance(agenda, str):
            preview.show(_broken(agenda))
        else:
            preview.show(join(_outline(agenda, width, height, glyphs_of(self).dot)))

    def _offer_triggers(self, triggers: Sequence[str]) -> None:
        """The reasons that the marked agenda names stand in the field, and are completed there."""
        field = self.query_one("#trigger", Input)
        field.placeholder = ", or ".join([_CALENDAR, *([", ".join(triggers)] if triggers else [])])
        field.suggester = SuggestFromList(triggers, case_sensitive=False)

    def on_resize(self) -> None:
        """The preview is drawn for a width."""
        self.call_after_refresh(self._show_preview)

    def _agenda(self, name: str) -> Agenda | str:
        if name not in self._agendas:
            try:
                self._agendas[name] = agenda_named(self.room.workspace, name)
            except BorderError as error:
                self._agendas[name] = str(error)
        return self._agendas[name]

    @on(LineList.Chosen)
    def _agenda_chosen(self) -> None:
        self.query_one("#service").focus()

    def on_descendant_focus(self) -> None:
        """Enter does another thing in each place, and the footer says which."""
        choosing = isinstance(self.focused, LineList)
        words = {"new.start": (glyphs_of(self).enter, "choose" if choosing else "start")}
        if not choosing:
            words["app.help"] = ("f1", "help")
        self.query_one(KeyBar).choose(["new.start", "new.next-field", "new.back"], words)

    def on_key(self, event: events.Key) -> None:
        """Enter on an agenda goes on to the service."""
        if event.key == "enter" and isinstance(self.focused, LineList):
            event.stop()  # or the field that has the focus by then takes it as well
            self.query_one("#service").focus()

    # ---- people

    @on(Input.Changed, "#people")
    def _echo(self, event: Input.Changed) -> None:
        people = read_roster(event.value)
        shown = f" {glyphs_of(self).dot} ".join(f"{name} {role}".strip() for name, role in people)
        counted = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
        text = assemble(f"{counted}: {shown}" if people else "")
        self.query_one("#echo", Words).show(text, layout=True)

    # ---- going on

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_start()

    def action_start(self) -> None:
        """Start the session; its first question comes next."""
        marked = self.query_one(LineList).marked
        if marked is None:
            return
        from readyroom.store import StoreError

        subjects = [part.strip() for part in self.query_one("#service", Input).value.split(",")]
        people = read_roster(self.query_one("#people", Input).value)
        why = self.query_one("#trigger", Input).value.strip()
        try:
            agenda = agenda_named(self.room.workspace, str(marked))
            session = start_session(
                self.room.workspace,
                agenda,
                subjects=[one for one in subjects if one],
                attendees=people,
                trigger=known_trigger(agenda, why) if why else "",
            )
        except (BorderError, StoreError) as error:
            self.room.tell_error(error)
            return
        self.room.pop_screen()
        self.room.open_session(session)

    def action_back(self) -> None:
        """Back to Home; nothing is started."""
        self.room.go_home()


def _agenda_line(title: str, note: str, *, broken: bool) -> Callable[[int], list[Content]]:
    def draw(width: int) -> list[Content]:
        room = max(4, width - len(note) - 2)
        return [assemble(fit(title, room), "  ", (note, "$error" if broken else "$text-muted"))]

    return draw


def _outline(agenda: Agenda, width: int, height: int, dot: str) -> list[Content]:
    questions = sum(is_asked(item) for item in agenda.items())
    counted = f"{agenda.minutes:g} min {dot} {questions} questions {dot} {len(agenda.sections)} sections"
    title = assemble((clip(agenda.title, width), "bold"))
    lines = [title, assemble((clip(counted, width), "$text-muted")), assemble("")]
    for section in agenda.sections:
        minutes = f"{section.minutes:g} min"
        room = max(4, width - 8)
        lines.append(assemble(fit(section.title, room), (fit(minutes, 8, right=True), "$text-muted")))
    about = user_text(agenda.about.strip(), "$text-muted").wrap(width) if agenda.about else []
    room = height - len(lines) - 1
    if len(about) > room > 0:
        about = [*about[: room - 1], about[room - 1].truncate(width - 1).rstrip() + assemble(("…", "$text-muted"))]
    return [*lines, assemble(""), *about] if room > 0 else lines


def _broken(problems: str) -> Content:
    lines = problems.splitlines()
    return join([assemble(("It cannot be read.", "bold $error")), assemble(""), *(assemble(one) for one in lines[:12])])

"""Promise: no text anyone types or imports can crash it, drive the terminal or a Markdown renderer."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from promises.texts import HOSTILE, strangers, written_files
from readyroom.__main__ import main
from readyroom.domain.agenda import Agenda, Choice, Column, Item, ItemKind, ReviewKind, Section
from readyroom.domain.answer import Answer, AnswerState
from readyroom.domain.capture import Action, CaptureKind, Decision, ParkedNote, Question, Risk
from readyroom.domain.change import Change, Entity, Entry
from readyroom.domain.meeting import Meeting
from readyroom.domain.progress import places
from readyroom.workflows.start import start_session
from readyroom.workflows.transfer import export_session
from support.terminal import Terminal, quiet_environment
from workflows.room import Room

READYROOM = (sys.executable, "-m", "readyroom")
FEW = (
    "".join(HOSTILE[name] for name in ("clipboard", "clear", "device", "c1", "bidi", "tags")),
    HOSTILE["markup"],
    HOSTILE["wide"],
)
OWN_AGENDA = """\
agenda: 1
id: odd
version: 1.0.0
title: "[/] \\u202eodd\\u202c [@click=app.quit]agenda[/]"
kind: risk
minutes: 10
sections:
  - {{id: a, title: "{0}", minutes: 10, items: [{{id: one, kind: text, ask: "{0}", guide: "{0}"}}]}}
"""


def an_agenda(texts: list[str]) -> Agenda:
    """A question of each kind for every text, all its words being that text."""
    kinds = (ItemKind.TEXT, ItemKind.CHOICE, ItemKind.CHECK, ItemKind.TABLE, ItemKind.INFO, ItemKind.OWNER)
    sections = []
    for number, text in enumerate(texts):
        items = []
        for kind in (kinds[number % len(kinds)], kinds[(number + 1) % len(kinds)]):
            item = Item(id=f"{kind.value}-{number}", kind=kind, ask=text, guide=text)
            if kind is ItemKind.CHOICE:
                item = replace(item, choices=(Choice(id="a", text=text), Choice(id="b", text="b" + text)))
            if kind is ItemKind.TABLE:
                item = replace(item, columns=(Column(id="one", title=text), Column(id="two", title=text)))
            items.append(item)
        sections.append(Section(id=f"s{number}", title=text, minutes=5, goal=text, items=tuple(items)))
    return Agenda(
        id="hostile", version="1.0.0", title=texts[0], kind=ReviewKind.RISK, minutes=60, about=texts[0],
        sections=tuple(sections), root="hostile", lineage=("hostile@1.0.0",),
    )  # fmt: skip


def put_in(room: Room, texts: list[str]) -> str:
    """A session in which everything says such a text, past every border: as a strange import might leave it."""
    session = start_session(room.workspace, an_agenda(texts), subjects=("checkout",), attendees=(("Ana", "owner"),))
    meeting: Meeting = room.repository.meeting(session)
    now = room.workspace.now
    entities: list[Entity] = []
    for number, text in enumerate(texts):
        for kind in (Action, Risk, Decision, ParkedNote, Question):
            one = kind(id=room.new_id(), session=session, title=text, at=now, by=text, version=1)
            entities.append(replace(one, owner=text, because=text) if isinstance(one, Action | Risk) else one)
        place = next(one for one in places(meeting, room.workspace.today) if one.item.id.endswith(f"-{number}"))
        if place.item.kind is ItemKind.INFO:
            continue
        entities.append(
            Answer(
                session=session,
                key=place.key,
                state=AnswerState.NOT_APPLICABLE,
                reason=text,
                note=text,
                evidence=text,
                given_at=now,
                given_by=text,
                value_version=1,
                note_version=1,
            )
        )
    sitting = meeting.sitting
    assert sitting is not None
    people = tuple(replace(sitting.attendees[0], name=text, role=text) for text in texts)
    changes = [Change(None, one) for one in entities]
    changes.append(Change(sitting, replace(sitting, attendees=people, version=sitting.version + 1)))
    changes.append(Change(meeting.session, replace(meeting.session, title=texts[-1], subjects=(texts[0],), version=2)))
    room.workspace.store().save(
        Entry(what=texts[0], session=session, actor=texts[0], window="", at=now, changes=tuple(changes))
    )
    return session


def calm(terminal: Terminal, doing: str) -> None:
    """The program runs, and nothing but its own reached the terminal."""
    terminal.settle(0.05)
    assert terminal.exit_code is None, f"{doing}: it ended\n{terminal.text}"
    assert sorted(set(strangers(bytes(terminal.output[-40_000:])))) == [], doing


def escape(terminal: Terminal) -> None:
    """Escape, and the moment after which a terminal knows that it is no other key's beginning."""
    terminal.press("escape")
    terminal.settle(0.3)


def walk(folder: Path, environ: dict[str, str], questions: int, pasted: list[str]) -> None:
    """Every screen, by keyboard."""
    with Terminal(READYROOM, cwd=folder, environ=environ, columns=120, rows=35) as terminal:
        terminal.wait_for("Sessions")
        calm(terminal, "home")
        terminal.press("/")
        terminal.type("evil")
        calm(terminal, "home, searched")
        escape(terminal)
        calm(terminal, "home again")
        terminal.press("n")
        calm(terminal, "new session")
        escape(terminal)
        calm(terminal, "home from new")
        terminal.settle(0.5)
        terminal.press("enter")
        terminal.wait_for(r"item \d+ of \d+")
        for number in range(questions):
            calm(terminal, f"question {number}")
            terminal.press("right")
        for key, doing in (("?", "help"), ("g", "go to"), ("/", "search"), ("c", "captures"), ("o", "people"),
                           ("\x10", "palette")):  # fmt: skip
            terminal.press(key)
            calm(terminal, doing)
            terminal.press("down", "down")
            calm(terminal, f"{doing}, further down")
            escape(terminal)
            calm(terminal, f"{doing}, closed")
        for key, doing in (("a", "an action"), ("i", "a question")):
            for text in pasted:
                terminal.press(key)
                terminal.settle(0.1)
                terminal.type(f"\x1b[200~{text}\x1b[201~")
                calm(terminal, f"pasting into {doing}")
                terminal.press("enter")
                calm(terminal, f"entering {doing}")
                escape(terminal)
                calm(terminal, f"after {doing}")
        terminal.resize(30, 8)
        calm(terminal, "too small")
        terminal.resize(80, 24)
        calm(terminal, "large again")
        terminal.press("u")
        terminal.wait_for("What is missing|missing")
        for _ in range(3):
            terminal.press("down")
            calm(terminal, "wrap-up")
        terminal.press("f")
        terminal.wait_for(r"summary\.md")
        for _ in range(12):
            terminal.type("\x1b[6~")  # page down
            calm(terminal, "minutes")
        terminal.press("ctrl+q")
        assert terminal.wait_until_gone() == 0
        assert sorted(set(strangers(bytes(terminal.output)))) == []


@pytest.mark.parametrize(
    "texts", [FEW, pytest.param(tuple(HOSTILE.values()), marks=pytest.mark.promise_long)], ids=["few", "all"]
)
def test_no_screen_lets_a_text_reach_the_terminal_as_more_than_text(tmp_path: Path, texts: tuple[str, ...]) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    with Room(folder) as room:
        put_in(room, list(texts))
    (folder / "agendas" / "odd.yaml").write_text(OWN_AGENDA.format("[/] \\u202eodd\\u202c \\U000E0041"), "utf-8")
    pasted = [text for text in texts if len(text) < 200]
    walk(folder, quiet_environment(tmp_path), 2 * len(texts), pasted)
    for name, raw in written_files(folder / "sessions").items():
        if name.endswith(".md"):
            assert sorted(set(strangers(raw))) == [], name


def test_the_search_for_strangers_finds_each_hostile_text() -> None:
    harmless = {"markup", "rich", "markdown", "format", "long", "wide"}
    found = {name for name, text in HOSTILE.items() if list(strangers(text.encode()))}
    assert found == set(HOSTILE) - harmless


def test_no_command_lets_a_text_reach_the_terminal_as_more_than_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Room(tmp_path) as room:
        put_in(room, list(HOSTILE.values()))
    monkeypatch.chdir(tmp_path)
    for line in ("session list", "session show last", "action list", "action list --json", "session finish last",
                 "session export last --format md", "session prepare last --out sheets", "agenda list"):  # fmt: skip
        code = main(line.split())
        told = capsys.readouterr()
        assert code == 0, told.err
        assert b"\x1b" not in told.out.encode("utf-8", "surrogatepass"), line
        assert sorted(set(strangers((told.out + told.err).encode("utf-8", "surrogatepass")))) == [], line
    for text in HOSTILE.values():
        for words in (
            ["agenda", "show", text],
            ["session", "show", text],
            [text],
            ["--workspace", text, "db", "status"],
        ):
            assert main(words) in (1, 2)
            told = capsys.readouterr()
            assert sorted(set(strangers((told.out + told.err).encode("utf-8", "surrogatepass")))) == [], words


def test_minutes_show_every_text_letter_by_letter_and_nothing_else(tmp_path: Path) -> None:
    with Room(tmp_path) as room:
        session = put_in(room, list(HOSTILE.values()))
        for path in export_session(room.workspace, session, formats=("md", "summary"), out=tmp_path / "out"):
            raw = path.read_bytes()
            assert sorted(set(strangers(raw))) == []
            shown = raw.decode("utf-8")
            if shown.startswith("---\n"):
                shown = shown.split("\n---\n", 1)[1]  # what is in front is YAML
            tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(shown)
            inner = [one for token in tokens for one in (token, *(token.children or ()))]
            kinds = {one.type for one in inner}
            assert not kinds & {"html_block", "html_inline", "image", "fence", "code_block"}, kinds
            links = [one.attrs.get("href") for one in inner if one.type == "link_open"]
            assert [link for link in links if str(link).startswith(("javascript", "file", "data"))] == []
            words = "".join(one.content for one in inner if one.type == "text")
            assert "<script>alert(1)</script>" in words
            assert "[bold]x[/bold]" in words


def test_each_hostile_text_can_be_typed_into_every_field_and_is_kept_clean(tmp_path: Path) -> None:
    with Room(tmp_path) as room:
        live = room.live()
        for text in HOSTILE.values():
            live.go(next(place.key for place in live.places if place.item.id == "alerts"))
            live.note(text)
            live.evidence(text)
            for kind in CaptureKind:
                live.capture(kind, text)
            live.keep_draft("capture", text)
        kept = room.kept(room.settle(live))
        texts = [one.title for one in kept.captures] + [one.note + one.evidence for one in kept.answers.values()]
        assert len(texts) > len(HOSTILE)
        assert sorted(set(strangers("\n".join(texts).replace("\t", " ").encode()))) == []

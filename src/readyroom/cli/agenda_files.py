"""Agendas that are written, taken in and compared: what is asked and what is told."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from readyroom.borders.errors import BorderError
from readyroom.borders.text import clean_line
from readyroom.cli.printing import counted, say, say_json, say_raw

if TYPE_CHECKING:
    from readyroom.agendas.importing.loss import Loss
    from readyroom.workflows.agendas import TakenIn

_SHOWN = 100


def ask_kind() -> str:
    """Ask for the kind of review on a terminal; empty where there is none."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return ""
    import click

    from readyroom.agendas.starters import KINDS

    kinds = list(KINDS)
    for number, kind in enumerate(kinds, 1):
        say(f"{number}  {kind.value:<20}{KINDS[kind]}", err=True)
    said = str(click.prompt("Which kind", err=True)).strip()
    return kinds[int(said) - 1].value if said in map(str, range(1, len(kinds) + 1)) else said


def write_new(folder: Path, kind: str, out: Path | None, agenda_id: str, title: str) -> None:
    """Write a starter and say what to do with it."""
    from readyroom.workflows.agendas import new_agenda

    made = new_agenda(folder, kind, out=out, agenda_id=agenda_id, title=title)
    if made.file is None:
        say_raw(made.text)
        return
    say(f"wrote {_shown(made.file)}")
    say(f"change it, then: readyroom agenda lint {_quoted(made.file)}")
    say(f"and hold it: readyroom run {_run_name(folder, made.file, made.id)}")


def import_file(folder: Path, source: Path, as_what: str, out: Path | None, agenda_id: str, *, machine: bool) -> None:
    """Take a file in, tell what was lost on stderr, and what to do next."""
    from readyroom.workflows.agendas import take_in

    taken = take_in(folder, source, as_what=as_what, out=out, agenda_id=agenda_id)
    if machine:
        say_json(_plain(taken))
        return
    for loss in taken.losses:
        say(loss_line(source, loss), err=True)
    if taken.file is None:
        say_raw(taken.text)
        if taken.answered:
            say(f"{counted(taken.answered, 'answer')} filled in; name a file with --out to keep them", err=True)
        return
    asked = sum(1 for _ in taken.agenda.items())
    lost = len({loss.line for loss in taken.losses if loss.line})
    say(f"wrote {_shown(taken.file)}: {counted(asked, 'question')}; {counted(lost, 'line')} of {source} not in it")
    name = _run_name(folder, taken.file, taken.agenda.id)
    say(f"look it over: readyroom agenda lint {_quoted(taken.file)}")
    if taken.answers is None:
        say(f"hold it: readyroom run {name}")
        return
    say(f"wrote {_shown(taken.answers)}: {counted(taken.answered, 'answer')} to confirm")
    fill = f"readyroom session fill {_quoted(taken.answers)} --session last"
    say(f"hold it with them: readyroom run {name} --headless, then {fill}")


def loss_line(source: Path, loss: Loss) -> str:
    """A line that is not in the agenda, as `file:line: text; why`."""
    place = f"{source}:{loss.line}" if loss.line else str(source)
    text = clean_line(loss.text)
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return clean_line(f"{place}: {shown}; {loss.why}" if shown else f"{place}: {loss.why}")


def show_diff(folder: Path, before: str, after: str, *, machine: bool) -> None:
    """Print what differs between two agendas, or what one changes in the one that it extends."""
    from readyroom.workflows.agendas import compare_two, own_changes

    found = compare_two(folder, before, after) if after else own_changes(folder, before)
    if found is None:
        fix = "name the one to compare it with: readyroom agenda diff AGENDA LATER"
        raise BorderError("it extends no other agenda", before, fix)
    if machine:
        say_json(found.as_plain())
    else:
        say(found.as_text().rstrip("\n"))


def show_own_changes(folder: Path, name: str) -> None:
    """Print below an agenda what it changes in the one that it extends, if it does."""
    from readyroom.workflows.agendas import own_changes

    found = own_changes(folder, name)
    if found is not None:
        say()
        say("What it changes in the agenda that it extends:")
        say(found.as_text().rstrip("\n"))


def _plain(taken: TakenIn) -> dict[str, object]:
    return {
        "agenda": taken.agenda.id,
        "file": _shown(taken.file) if taken.file else None,
        "items": sum(1 for _ in taken.agenda.items()),
        "answers": _shown(taken.answers) if taken.answers else None,
        "answered": taken.answered,
        "losses": [{"line": loss.line or None, "text": loss.text, "why": loss.why} for loss in taken.losses],
    }


def _run_name(folder: Path, file: Path, agenda_id: str) -> str:
    """How the agenda is named in a command: by its id where that finds the file."""
    return agenda_id if file.parent == folder / "agendas" else _quoted(file)


def _quoted(file: Path) -> str:
    return shlex.quote(_shown(file))


def _shown(file: Path) -> str:
    """The path, short where it is below the current folder."""
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)

"""Agendas as files: a starter for each kind, taking in what a team has already, what an own agenda changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from readyroom.agendas.compare import AgendaDiff, compare_agendas
from readyroom.agendas.find import ANSWERS_SUFFIX, OWN_FOLDER, find_agenda, open_agenda, open_parent
from readyroom.agendas.importing.lens_import import import_lens
from readyroom.agendas.importing.loss import ImportedAgenda, Loss
from readyroom.agendas.importing.markdown_import import import_markdown
from readyroom.agendas.importing.take_in import import_agenda, import_texts
from readyroom.agendas.starters import checked_id, read_kind, starter
from readyroom.borders.errors import BorderError
from readyroom.borders.files import make_folder, read_regular, write_atomic
from readyroom.domain.agenda import Agenda

STDOUT = Path("-")
FORMATS = {"markdown": import_markdown, "lens": import_lens}
_READ_LIMIT = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgenda:
    """A file that was written, or is to be printed: `file` is None then."""

    text: str
    id: str
    file: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What an import wrote; `file` is None where the agenda is to be printed, `answers` where none were filled in."""

    agenda: Agenda
    text: str
    file: Path | None
    answers: Path | None
    answered: int
    losses: tuple[Loss, ...]


def new_agenda(folder: Path, kind: str, *, out: Path | None = None, agenda_id: str = "", title: str = "") -> NewAgenda:
    """Write a commented agenda to begin with into the workspace's `agendas/`, or to `out` (`-` writes nothing).

    Raises:
        AgendaError: there is no such kind, or the id is none.
        BorderError: the file is there already, or cannot be written.
    """
    text = starter(read_kind(kind), agenda_id=agenda_id, title=title)
    name = next(line[4:].strip("\"' ") for line in text.splitlines() if line.startswith("id: "))
    if out == STDOUT:
        return NewAgenda(text=text, id=name, file=None)
    file = _free(out or folder / OWN_FOLDER / f"{name}.yaml")
    _write(file, text)
    return NewAgenda(text=text, id=name, file=file)


def take_in(folder: Path, source: Path, *, as_what: str = "", out: Path | None = None, agenda_id: str = "") -> TakenIn:
    """Make an agenda of a Markdown file or a lens; answers that were filled in stand in a file beside it.

    Args:
        as_what: `markdown` or `lens`; empty goes by what is in the file.

    Raises:
        AgendaError: it cannot be read, or nothing in it can be asked.
        BorderError: a file is there already, or cannot be written. Nothing was written then.
    """
    wanted = checked_id(agenda_id) if agenda_id else ""
    imported = _renamed(_read(source, as_what), wanted)
    texts = import_texts(imported, source.name)
    agenda = imported.agenda
    file = None if out == STDOUT else _free(out or folder / OWN_FOLDER / f"{agenda.id}.yaml")
    answers = _free(file.with_name(file.stem + ANSWERS_SUFFIX)) if file and texts.answers else None
    if answers is not None:
        _write(answers, texts.answers)
    if file is not None:
        _write(file, texts.agenda)
    return TakenIn(
        agenda=agenda,
        text=texts.agenda,
        file=file,
        answers=answers,
        answered=len(imported.answers.answers) if imported.answers else 0,
        losses=imported.losses,
    )


def compare_two(folder: Path, before: str, after: str) -> AgendaDiff:
    """What changed from one agenda to the other, named by ids or paths. Raises AgendaError."""
    return compare_agendas(open_agenda(before, folder), open_agenda(after, folder))


def own_changes(folder: Path, name: str) -> AgendaDiff | None:
    """What an agenda changes in the one that it extends; None where it extends none. Raises AgendaError."""
    source = find_agenda(name, folder)
    parent = open_parent(source, folder)
    return compare_agendas(parent, open_agenda(name, folder)) if parent else None


def _read(source: Path, as_what: str) -> ImportedAgenda:
    if as_what:
        return FORMATS[as_what](read_regular(source, _READ_LIMIT), source.name)
    return import_agenda(source)


def _renamed(imported: ImportedAgenda, name: str) -> ImportedAgenda:
    if not name:
        return imported
    answers = replace(imported.answers, agenda=name) if imported.answers else None
    return replace(imported, agenda=replace(imported.agenda, id=name), answers=answers)


def _free(file: Path) -> Path:
    """The file, if nothing of that name is there: what somebody wrote is never written over."""
    if file.is_dir():
        raise BorderError("that is a folder, not a file", str(file), "name a file")
    if file.exists() or file.is_symlink():
        raise BorderError("there is a file of this name already", str(file), "give another name with --out, or --id")
    return file


def _write(file: Path, text: str) -> None:
    make_folder(file.parent)
    write_atomic(file, text)

"""One door for files that become agendas: which reader a file needs, and what is written of what it gave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from readyroom.agendas.agenda_writer import write_agenda
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.importing.answers_writer import write_answers
from readyroom.agendas.importing.lens_import import import_lens
from readyroom.agendas.importing.loss import ImportedAgenda, loss_report
from readyroom.agendas.importing.markdown_import import import_markdown
from readyroom.borders.errors import BorderError
from readyroom.borders.files import read_regular

_READ_LIMIT = 8_000_000


@dataclass(frozen=True, slots=True)
class ImportTexts:
    """What an import writes; `answers` is empty where nothing was filled in."""

    agenda: str
    answers: str
    report: str


def import_agenda(path: Path, *, filled: bool | None = None) -> ImportedAgenda:
    """The agenda of a file: a lens if it is JSON, else Markdown; `filled` as in `import_markdown`.

    Raises:
        AgendaError: it cannot be read, or nothing in it can be asked.
    """
    try:
        raw = read_regular(path, _READ_LIMIT)
    except BorderError as error:
        raise AgendaError(what=f"{error.place}: {error.what}", fix=error.fix) from error
    if path.suffix.casefold() == ".json" or raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return import_lens(raw, path.name)
    return import_markdown(raw, path.name, filled=filled)


def import_texts(imported: ImportedAgenda, source: str) -> ImportTexts:
    """The files of an import: the agenda, the answers, and the report of what was not taken.

    Raises:
        AgendaError: the agenda is too long for a file.
    """
    count = len({loss.line for loss in imported.losses if loss.line})
    about = f"{count} of its lines were not taken as they stand" if count else "every line of it was taken"
    agenda = write_agenda(imported.agenda, comments=(f"Taken from {source}; {about}.",))
    answers = ""
    if imported.answers:
        answers = write_answers(imported.answers, comments=(f"What was filled in in {source}.",))
    return ImportTexts(agenda, answers, loss_report(imported))

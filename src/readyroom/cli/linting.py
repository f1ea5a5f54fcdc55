"""Linting agendas: which files are meant, and how what is found is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from readyroom.agendas.find import Source, find_agenda, is_agenda_file, own_folder, shipped_folder
from readyroom.agendas.lint import lint
from readyroom.borders.errors import BorderError, Problem
from readyroom.borders.files import in_plain_words
from readyroom.cli.guard import FAILED, FINE, complain
from readyroom.cli.printing import counted, say, say_json

if TYPE_CHECKING:
    from readyroom.agendas.lint_report import LintProblem


def lint_all(names: tuple[str, ...], workspace: Path, *, machine: bool) -> int:
    """Lint what is named, or every agenda that can be run here; 1 when there is a mistake, warnings alone are fine."""
    found: list[LintProblem] = []
    unknown: list[BorderError] = []
    count = 0
    for source in _sources(names, workspace, unknown):
        count += 1
        found += lint(source, workspace)
    mistakes = [one for one in found if not one.warning]
    if machine:
        say_json([_plain(one) for one in found])
    else:
        for one in found:
            say(str(one))
        if not mistakes and not unknown:
            told = counted(len(found), "warning") if found else "no problems"
            say(f"{counted(count, 'agenda')}, {told}")
    for error in unknown:
        complain(str(error))
    if mistakes and not machine:
        complain(
            f"{counted(len(mistakes), 'mistake')} in {counted(len({one.problem.file for one in mistakes}), 'file')}"
        )
    return FAILED if mistakes or unknown else FINE


def _sources(names: tuple[str, ...], workspace: Path, unknown: list[BorderError]) -> Iterator[Source]:
    if not names:
        own = own_folder(workspace)
        shipped = shipped_folder()
        if own is not None and own.is_dir() and not own.samefile(shipped):
            yield from _in_folder(own)
        yield from _in_folder(shipped, shipped=True)
    for name in names:
        try:
            if name and Path(name).is_dir():
                inside = list(_in_folder(Path(name)))
                if not inside:
                    raise BorderError("there are no agendas in this folder", name, "name a file that ends in .yaml")
                yield from inside
            else:
                yield find_agenda(name, workspace)
        except BorderError as error:
            unknown.append(error)
        except OSError as error:
            unknown.append(in_plain_words(error, name, "read it"))


def _in_folder(folder: Path, *, shipped: bool = False) -> Iterator[Source]:
    for path in sorted(folder.iterdir()):
        if is_agenda_file(path) and not path.is_dir():
            yield Source.of(path, shipped=shipped)


def _plain(one: LintProblem) -> dict[str, object]:
    problem: Problem = one.problem
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "severity": "warning" if one.warning else "error",
        "message": problem.message,
        "fix": problem.fix,
    }

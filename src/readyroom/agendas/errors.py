"""The one error that leaves this room, and the turning of pydantic's findings into plain words with a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from readyroom.agendas.wrongs import Path, Wrong, pick, quoted, shape
from readyroom.borders.errors import BorderError, Problem

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from readyroom.borders.yamltree import Document


class AgendaError(BorderError):
    """An agenda or answers file that cannot be taken: every problem of it, one line each, in order."""

    def __init__(self, problems: Iterable[Problem] = (), what: str = "", fix: str = "") -> None:
        self.problems = in_order(problems)
        if self.problems:
            first = self.problems[0]
            super().__init__(first.message, first.place, first.fix)
        else:
            super().__init__(what, "", fix)

    def __reduce__(self) -> tuple[type[AgendaError], tuple[tuple[Problem, ...], str, str]]:
        return AgendaError, (self.problems, self.what, self.fix)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems) or super().__str__()


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems without doubles, file by file in the order met, each by line and column."""
    unique = list(dict.fromkeys(problems))
    files = {name: at for at, name in enumerate(dict.fromkeys(problem.file for problem in unique))}
    return tuple(sorted(unique, key=lambda p: (files[p.file], p.line, p.column, p.message)))


def place(document: Document, wrong: Wrong, under: Path = ()) -> Problem:
    """A mistake with its line and column."""
    return document.problem((*under, *wrong.path), wrong.what, wrong.fix, key=wrong.at_key)


def explain(error: ValidationError, model: type[BaseModel], document: Document) -> list[Problem]:
    """What pydantic found, in the words of someone who writes the file."""
    problems: list[Problem] = []
    for detail in error.errors(include_url=False):
        found: Sequence[Wrong] = detail.get("ctx", {}).get("found", ())
        if found:
            problems.extend(place(document, wrong, detail["loc"]) for wrong in found)
        else:
            problems.append(_explain_one(detail, model, document))
    return problems


def _explain_one(detail: ErrorDetails, model: type[BaseModel], document: Document) -> Problem:
    path: Path = detail["loc"]
    key = path[-1] if path else ""
    match detail["type"]:
        case "extra_forbidden":
            known = keys_at(model, path[:-1])
            return document.problem(path, f"unknown key {quoted(key)}", pick(key, known), key=True)
        case "missing":
            return document.problem(path[:-1], f"{key} is missing", f"add {key}: …")
        case "list_type":
            return document.problem(path, f"expected a list, not {shape(detail['input'])}", 'begin lines with "- "')
        case "string_type" | "invalid_key":
            return document.problem(path, f"the key {quoted(detail['input'])} is no id", "write a word", key=True)
        case _:
            some = ", ".join(keys_at(model, path)[:4])
            what = f"expected a mapping, not {shape(detail['input'])}"
            return document.problem(path, what, f"write keys such as {some}" if some else "write key: value")


def keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that the file model knows at a path; required ones first as declared."""
    current: type[BaseModel] | None = model
    for step in path:
        if current is None:
            return ()
        if isinstance(step, str) and step in current.model_fields:
            current = _model_in(current.model_fields[step].annotation) or current
    return tuple(current.model_fields) if current else ()


def _model_in(annotation: object) -> type[BaseModel] | None:
    from pydantic import BaseModel

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inside in getattr(annotation, "__args__", ()):
        if found := _model_in(inside):
            return found
    return None

"""Finding agendas, by id or by path: the workspace's own first, then those that come with the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from readyroom.agendas.wrongs import nearest, quoted

if TYPE_CHECKING:
    from readyroom.borders.errors import Problem
    from readyroom.domain.agenda import Agenda

SUFFIXES = (".yaml", ".yml")
ANSWERS_SUFFIX = ".answers.yaml"
"""How files of answers end that stand beside their agenda: they are none."""
OWN_FOLDER = "agendas"
LIST_FIX = "see readyroom agenda list"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an agenda comes from: a file, or its text; `name` stands in errors."""

    name: str
    content: Path | str
    shipped: bool = False

    @classmethod
    def of(cls, content: Path | str, *, shipped: bool = False) -> Source:
        """The source of a file, or of YAML text; a shipped agenda named by its path is a shipped one still."""
        if isinstance(content, str):
            return cls("text", content)
        return cls(_shown(content), content, shipped or _same_folder(content.parent, shipped_folder()))

    def same_as(self, other: Source) -> bool:
        """Whether both are the same file."""
        if isinstance(self.content, str) or isinstance(other.content, str):
            return self.content == other.content
        return self.content.absolute() == other.content.absolute()

    @property
    def stem(self) -> str:
        """The file's name without its ending: the id that it should have."""
        return self.content.stem if isinstance(self.content, Path) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaListing:
    """One line of the list of agendas; a broken one has problems and little else."""

    id: str
    title: str = ""
    kind: str = ""
    minutes: float = 0
    items: int = 0
    where: str = ""
    shipped: bool = False
    problems: tuple[Problem, ...] = ()


@cache
def shipped_folder() -> Path:
    """The agendas that come with the program: in the package of a wheel, else in the checkout."""
    package = Path(__file__).parents[1]
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parents[1] / OWN_FOLDER


@cache
def shipped_ids() -> frozenset[str]:
    """The ids of the agendas that come with the program."""
    return frozenset(name for name, _ in _in_folder(shipped_folder(), shipped=True))


def find_agenda(name: str, workspace: Path | None = None) -> Source:
    """The agenda meant by an id or a path.

    Raises:
        AgendaError: there is none; with the nearest id.
    """
    path = Path(name)
    looks_like_path = path.suffix in SUFFIXES or len(path.parts) > 1
    if looks_like_path and _is_file(path):
        return Source.of(path)
    if not looks_like_path and (found := _by_id(name, workspace)):
        return found
    from readyroom.agendas.errors import AgendaError

    if looks_like_path:
        raise AgendaError(what=f"there is no agenda file {quoted(name)}", fix="look at the path, or name an id")
    near = nearest(name, {source_id for source_id, _ in _known(workspace)})
    hint = f'did you mean "{near}"? {LIST_FIX}' if near else LIST_FIX
    raise AgendaError(what=f"there is no agenda {quoted(name)}", fix=hint)


def open_agenda(name: str, workspace: Path | None = None) -> Agenda:
    """Find an agenda by id or path and load it. Raises AgendaError."""
    from readyroom.agendas.load import load_agenda

    return load_agenda(find_agenda(name, workspace), workspace)


def open_parent(source: Source, workspace: Path | None = None) -> Agenda | None:
    """The agenda that a file extends, loaded; None where it extends none. Raises AgendaError."""
    from readyroom.agendas.load import load_agenda, read_document

    tree = read_document(source).root
    named = tree.get("extends") if isinstance(tree, dict) else None
    parent = find_parent(named, str(tree.get("id", "")), source, workspace) if isinstance(named, str) else None
    return load_agenda(parent, workspace) if isinstance(parent, Source) else None


def is_agenda_file(path: Path) -> bool:
    """Whether a file's name is that of an agenda."""
    return path.suffix in SUFFIXES and not path.name.endswith(ANSWERS_SUFFIX)


def find_parent(name: str, child: str, child_source: Source, workspace: Path | None) -> Source | str:
    """The agenda that another extends, or the fix if there is none.

    An own agenda may extend the shipped one of the same id.
    """
    known = [(one, source) for one, source in _known(workspace) if one != child or source.shipped]
    folder = child_source.content.parent if isinstance(child_source.content, Path) else None
    if folder is not None and not child_source.shipped and folder != own_folder(workspace):
        known = [*_in_folder(folder, shipped=False, skip=child_source), *known]
    for one, source in known:
        if one == name and not (name == child and source.same_as(child_source)):
            return source
    near = nearest(name, {one for one, _ in known})
    return f'did you mean "{near}"? {LIST_FIX}' if near else LIST_FIX


def list_agendas(workspace: Path | None = None) -> tuple[AgendaListing, ...]:
    """All agendas by id, own ones before shipped ones; one that cannot be loaded is listed with its problems."""
    seen: set[str] = set()
    listings = []
    for name, source in _known(workspace):
        if name not in seen:
            seen.add(name)
            listings.append(_listing(name, source, workspace))
    return tuple(sorted(listings, key=lambda listing: listing.id))


def own_folder(workspace: Path | None) -> Path | None:
    """Where a workspace keeps its own agendas."""
    return workspace / OWN_FOLDER if workspace else None


def _listing(name: str, source: Source, workspace: Path | None) -> AgendaListing:
    from readyroom.agendas.errors import AgendaError
    from readyroom.agendas.load import load_agenda
    from readyroom.borders.errors import Problem

    try:
        agenda = load_agenda(source, workspace)
    except AgendaError as error:
        problems = error.problems or (Problem(source.name, 1, 1, error.what, error.fix),)
        return AgendaListing(id=name, where=source.name, shipped=source.shipped, problems=problems)
    return AgendaListing(
        id=agenda.id,
        title=agenda.title,
        kind=agenda.kind.value,
        minutes=agenda.minutes,
        items=sum(1 for _ in agenda.items()),
        where=source.name,
        shipped=source.shipped,
    )


def _by_id(name: str, workspace: Path | None) -> Source | None:
    return next((source for known, source in _known(workspace) if known == name), None)


def _known(workspace: Path | None) -> Iterator[tuple[str, Source]]:
    own = own_folder(workspace)
    if own is not None and not _same_folder(own, shipped_folder()):
        yield from _in_folder(own, shipped=False)
    yield from _in_folder(shipped_folder(), shipped=True)


def _in_folder(folder: Path, *, shipped: bool, skip: Source | None = None) -> Iterator[tuple[str, Source]]:
    try:
        files = sorted(path for path in folder.iterdir() if is_agenda_file(path) and path.is_file())
    except OSError:  # no such folder, or not ours to read: there are no agendas in it
        return
    for path in files:
        source = Source.of(path, shipped=shipped)
        if not (skip and source.same_as(skip)):
            yield _id_in(path), source


def _id_in(path: Path) -> str:
    """The id that a file gives itself, read without parsing it; its name where none is seen."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if line.startswith("id:"):
                    return line[3:].split(" #")[0].strip().strip("\"'") or path.stem
    except OSError:
        return path.stem
    return path.stem


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _same_folder(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _shown(path: Path) -> str:
    """The path as short as it is clear: below the current folder without it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)

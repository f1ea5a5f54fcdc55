"""Reading YAML that nobody vouches for, into a plain tree that knows the line and column of each part.

The parser's events are counted and turned into values here, one by one: PyYAML's own constructors never
run, so no tag, alias, depth or size can make them do anything. `dump_yaml` is made in `yamlwriter.py`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from readyroom.borders.errors import BorderError, Problem
from readyroom.borders.files import read_regular
from readyroom.borders.yamlrules import DEPTH_LIMIT, NODE_LIMIT, SIZE_LIMIT, ScalarError, TreePath, read_plain
from readyroom.borders.yamlwriter import dump_yaml

__all__ = ["Document", "Place", "Positions", "TreePath", "YamlError", "dump_yaml", "load_all", "load_yaml"]

Place = tuple[int, int]

try:
    _Parser: Any = import_module("yaml.cyaml").CParser
except ImportError:  # PyYAML was built without its C part: the same events, more slowly
    _Parser = None
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIMITS_FIX = "split it into several files"
_PLAIN_WORDS = (
    ("mapping values are not allowed", 'a ":" where none can be', "put quotes around text that has a colon in it"),
    ("cannot start any token", "a character that cannot begin a value", "use blanks to indent, quotes around text"),
    ("could not find expected ':'", 'a key without ":"', 'put ": " after the key, or quotes around text'),
    ("did not find expected key", "a line that does not fit the lines above", "look at the indent and the quotes"),
    ("did not find expected '-'", "a line that does not fit its list", 'begin it with "- " at the list\'s indent'),
    ("unexpected end of stream", "the file ends inside quotes", "close the quotes"),
    ("found unexpected document", "the file ends inside quotes", "close the quotes"),
    ("escape", "an escape after a backslash that YAML does not know", "use single quotes"),
    ("flow", "brackets that are not closed, or a comma missing", "look at the brackets"),
    ("tab character", "a tab used to indent", "indent with blanks"),
    ("sequence entries are not allowed", 'a "-" where none can be', "begin the list on its own line"),
    ("expected <document start>", "a line indented less than the first one", "begin all top-level keys alike"),
    ("node content", "a bracket or sign where a value should be", "put quotes around it if it is text"),
    ("directive", "a line beginning with %", "remove it, or put quotes around the text"),
    ("undefined tag", "a tag, which is not allowed here", "remove the word that begins with !"),
    ("expected <block end>", "a line that does not fit the lines above", "look at the indent"),
    ("block mapping", "a line that does not fit the lines above", "look at the indent"),
)
# For these the place that helps is where the key, the quotes or the bracket began.
_BEGAN_EARLIER = ("simple key", "quoted scalar", "flow sequence", "flow mapping")


class YamlError(BorderError):
    """YAML that cannot be taken, with the `problem` that says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message, problem.place, problem.fix)
        self.problem = problem

    def __reduce__(self) -> tuple[type[YamlError], tuple[Problem]]:
        return YamlError, (self.problem,)


@dataclass(frozen=True, slots=True)
class Positions:
    """Line and column (from 1) of every value and every key, by its path in the tree."""

    values: Mapping[TreePath, Place] = field(default_factory=dict)
    keys: Mapping[TreePath, Place] = field(default_factory=dict)

    def at(self, path: Sequence[Hashable], *, key: bool = False) -> Place:
        """Give the place of the deepest part of `path` that is in the file; of its key if asked.

        Steps that are no part of the tree, such as pydantic puts into a `loc`, are passed over.
        """
        known: TreePath = ()
        for step in path:
            if isinstance(step, str | int) and (*known, step) in self.values:
                known = (*known, step)
        if key and known in self.keys:
            return self.keys[known]
        return self.values.get(known, (1, 1))


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its tree of dict, list, str, int, float, bool and None, and where all that stood."""

    root: Any
    positions: Positions
    name: str

    def problem(self, path: Sequence[Hashable], message: str, fix: str = "", *, key: bool = False) -> Problem:
        """Say that something is wrong at `path`."""
        line, column = self.positions.at(path, key=key)
        return Problem(self.name, line, column, message, fix)


def load_yaml(source: Path | str | bytes, *, name: str | None = None) -> Document:
    """Read one document from a file (a `Path`) or from text; `name` stands in the errors.

    Raises:
        BorderError: and nothing else, whatever the text is; with a line and column, a `YamlError`.
    """
    documents = _load(source, name, several=False)
    if documents:
        return documents[0]
    return Document(None, Positions({(): (1, 1)}), _name_of(source, name))


def load_all(source: Path | str | bytes, *, name: str | None = None) -> tuple[Document, ...]:
    """Read all documents of a file; the limits hold for all together. Raises as `load_yaml` does."""
    return _load(source, name, several=True)


def _name_of(source: Path | str | bytes, name: str | None) -> str:
    return name or (str(source) if isinstance(source, Path) else "text")


def _load(source: Path | str | bytes, name: str | None, *, several: bool) -> tuple[Document, ...]:
    shown = _name_of(source, name)
    text = _text_of(source, shown)
    reader = _Reader(shown)
    try:
        return tuple(reader.documents(_events(text), several=several))
    except yaml.YAMLError as error:
        raise YamlError(_explained(error, shown)) from None


def _text_of(source: Path | str | bytes, name: str) -> str:
    if isinstance(source, Path):
        source = read_regular(source, SIZE_LIMIT + 1)
    if len(source) > SIZE_LIMIT:
        raise YamlError(Problem(name, 1, 1, f"it is longer than {SIZE_LIMIT:,} bytes", _LIMITS_FIX))
    if isinstance(source, bytes):
        try:
            text = source.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = source.count(b"\n", 0, error.start) + 1
            column = error.start - source.rfind(b"\n", 0, error.start)
            raise YamlError(Problem(name, line, column, "it is not UTF-8", "save it as UTF-8")) from None
    else:
        text = source.removeprefix("\ufeff")
    if found := _NOT_ALLOWED.search(text):
        start = found.start()
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        message = f"the character U+{ord(found.group()):04X} may not stand in YAML"
        raise YamlError(Problem(name, line, column, message, "remove it"))
    return text


def _events(text: str) -> Iterator[Any]:
    if _Parser is None:
        yield from yaml.parse(text, Loader=yaml.SafeLoader)
        return
    parser = _Parser(text)
    while parser.check_event():
        yield parser.get_event()


def _explained(error: yaml.YAMLError, name: str) -> Problem:
    said = " ".join(str(part) for part in (getattr(error, "problem", ""), getattr(error, "context", "")) if part)
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    if any(part in said for part in _BEGAN_EARLIER):
        marks.reverse()
    mark = marks[0] or marks[1]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    for part, message, fix in _PLAIN_WORDS:
        if part in said:
            return Problem(name, line, column, message, fix)
    return Problem(name, line, column, f"this is not YAML ({said or 'unreadable'})", "look at the line above, too")


@dataclass(slots=True)
class _Reader:
    """Builds trees from events and counts as it goes."""

    name: str
    nodes: int = 0
    values: dict[TreePath, Place] = field(default_factory=dict)
    keys: dict[TreePath, Place] = field(default_factory=dict)

    def documents(self, events: Iterator[Any], *, several: bool) -> Iterator[Document]:
        found = 0
        for event in events:
            if not isinstance(event, DocumentStartEvent):
                continue
            found += 1
            if found > 1 and not several:
                raise self.refusal(event, "a second document begins here", "keep one document in a file")
            if event.tags:
                raise self.refusal(event, "tags are not allowed", "remove the %TAG line")
            self.values, self.keys = {}, {}
            root = self.node(next(events), events, ())
            yield Document(root, Positions(self.values, self.keys), self.name)

    def node(self, event: Any, events: Iterator[Any], path: TreePath) -> Any:
        self.admit(event, path)
        mark = event.start_mark
        self.values[path] = (mark.line + 1, mark.column + 1)
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if isinstance(event, SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), SequenceEndEvent):
                items.append(self.node(event, events, (*path, len(items))))
            return items
        return self.mapping(events, path)

    def mapping(self, events: Iterator[Any], path: TreePath) -> dict[str | int, Any]:
        tree: dict[str | int, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            self.admit(event, path)
            key = self.key(event)
            if key in tree:
                line = self.keys[(*path, key)][0]
                raise self.refusal(event, f'the key "{key}" was already given in line {line}', "keep one of the two")
            mark = event.start_mark
            self.keys[(*path, key)] = (mark.line + 1, mark.column + 1)
            tree[key] = self.node(next(events), events, (*path, key))
        return tree

    def key(self, event: Any) -> str | int:
        """Whole numbers are numbers; every other key is the text that stands there."""
        if not isinstance(event, ScalarEvent):
            raise self.refusal(event, "a key must be a word", "put quotes around it if it begins with a bracket")
        value = self.scalar(event)
        return value if isinstance(value, int) and not isinstance(value, bool) else event.value

    def scalar(self, event: Any) -> Any:
        if event.style in ("'", '"', "|", ">"):
            return event.value
        try:
            return read_plain(event.value)
        except ScalarError as error:
            raise self.refusal(event, str(error), "put quotes around it if it is text") from None

    def admit(self, event: Any, path: TreePath) -> None:
        """Let a node in only if it is of a harmless kind and within the limits."""
        self.nodes += 1
        if self.nodes > NODE_LIMIT:
            raise self.refusal(event, f"it has more than {NODE_LIMIT:,} values", _LIMITS_FIX)
        if isinstance(event, AliasEvent):
            raise self.refusal(event, "aliases (*name) are not allowed", "write it out, or put quotes around the text")
        if getattr(event, "anchor", None) is not None:
            raise self.refusal(event, "anchors (&name) are not allowed", "remove it, or put quotes around the text")
        if getattr(event, "tag", None) is not None:
            raise self.refusal(event, "tags (!name) are not allowed", "remove it, or put quotes around the text")
        if len(path) >= DEPTH_LIMIT and isinstance(event, SequenceStartEvent | MappingStartEvent):
            raise self.refusal(event, f"it is nested deeper than {DEPTH_LIMIT} levels", "make it flatter")

    def refusal(self, event: Any, message: str, fix: str) -> YamlError:
        mark = event.start_mark
        return YamlError(Problem(self.name, mark.line + 1, mark.column + 1, message, fix))

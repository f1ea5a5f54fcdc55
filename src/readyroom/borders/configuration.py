"""What a person and a workspace have configured, where a workspace is found, and who is acting.

Nothing is read at import: environment and current folder are passed in.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from readyroom.borders.errors import BorderError, Problem
from readyroom.borders.files import read_regular
from readyroom.borders.text import clean_line

WORKSPACE_FILE = "readyroom.toml"
SESSIONS_FOLDER = "sessions"
WORKSPACE_VARIABLE = "READYROOM_WORKSPACE"
USER_FILE_VARIABLE = "READYROOM_CONFIG"
_LIMIT = 200_000

# A table whose keys the user chooses is None here.
_USER_TABLES: Mapping[str, tuple[str, ...] | None] = {"user": ("name",), "keys": None, "look": ("theme", "glyphs")}
_WORKSPACE_TABLES: Mapping[str, tuple[str, ...] | None] = {
    "workspace": ("name", "timezone"),
    "keys": None,
    "look": ("theme", "glyphs"),
    "trackers": None,
}
GLYPHS = ("unicode", "ascii")


@dataclass(frozen=True, slots=True)
class Look:
    """The theme and the set of glyphs; empty where nothing was chosen."""

    theme: str = ""
    glyphs: str = ""


@dataclass(frozen=True, slots=True)
class UserConfiguration:
    """A person's own settings."""

    name: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    look: Look = field(default_factory=Look)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceConfiguration:
    """What a team agreed on in its `readyroom.toml`; a tracker's table is read by the trackers."""

    name: str = ""
    timezone: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    look: Look = field(default_factory=Look)
    trackers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceFolder:
    """A workspace's folder and what led to it: `--workspace`, the variable's name, or the mark found in it."""

    path: Path
    found_by: str

    @property
    def sessions(self) -> Path:
        """Where its database, records and backups are."""
        return self.path / SESSIONS_FOLDER

    @property
    def agendas(self) -> Path:
        """Where its own agendas are."""
        return self.path / "agendas"


def find_workspace(explicit: Path | None, environ: Mapping[str, str], cwd: Path) -> WorkspaceFolder | None:
    """Find the workspace: as named, else by the variable, else the nearest folder upwards that looks like one.

    Raises:
        BorderError: if the folder that was named is not there.
    """
    if explicit is not None:
        return _named(cwd / explicit, "--workspace")
    if named := environ.get(WORKSPACE_VARIABLE):
        return _named(cwd / named, WORKSPACE_VARIABLE)
    start = Path(os.path.abspath(cwd))  # noqa: PTH100 - resolve() would leave the path the user sees
    for folder in (start, *start.parents):
        if os.path.isfile(folder / WORKSPACE_FILE):  # noqa: PTH113 - says False where Path raises
            return WorkspaceFolder(folder, WORKSPACE_FILE)
        if os.path.isdir(folder / SESSIONS_FOLDER):  # noqa: PTH112
            return WorkspaceFolder(folder, f"{SESSIONS_FOLDER}/")
    return None


def user_configuration_file(environ: Mapping[str, str]) -> Path:
    """Tell where a person's own configuration is, whether or not it is there."""
    if named := environ.get(USER_FILE_VARIABLE):
        return Path(named)
    if (base := environ.get("XDG_CONFIG_HOME")) and Path(base).is_absolute():
        return Path(base) / "readyroom" / "config.toml"
    from platformdirs import user_config_path

    return user_config_path("readyroom", appauthor=False) / "config.toml"


def read_user_configuration(path: Path) -> UserConfiguration:
    """Read a person's settings; whatever is wrong in the file becomes a problem, never an error."""
    table = _Table.read(path, _USER_TABLES)
    return UserConfiguration(
        name=clean_line(table.text("user", "name"), limit=100),
        keys=table.texts("keys"),
        look=table.look(),
        problems=tuple(table.problems),
    )


def read_workspace_configuration(path: Path) -> WorkspaceConfiguration:
    """Read a workspace's `readyroom.toml` (given the file); what is wrong becomes a problem, never an error."""
    table = _Table.read(path, _WORKSPACE_TABLES)
    return WorkspaceConfiguration(
        name=clean_line(table.text("workspace", "name"), limit=100),
        timezone=table.timezone(),
        keys=table.texts("keys"),
        look=table.look(),
        trackers=table.tables("trackers"),
        problems=tuple(table.problems),
    )


def actor_name(configuration: UserConfiguration, environ: Mapping[str, str]) -> str:
    """Say who is acting: the configured name, else the login name."""
    if configuration.name:
        return configuration.name
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if name := clean_line(environ.get(variable, ""), limit=100):
            return name
    return _login_name()


def _login_name() -> str:
    try:
        import pwd

        return clean_line(pwd.getpwuid(os.getuid()).pw_name, limit=100) or "someone"
    except (ImportError, KeyError):  # no such database on Windows; no entry for the id in a container
        return "someone"


def _named(folder: Path, by: str) -> WorkspaceFolder:
    path = Path(os.path.abspath(folder))  # noqa: PTH100
    if not os.path.isdir(path):  # noqa: PTH112
        raise BorderError(f"the workspace that {by} names is not there", str(path), f"make it: readyroom init {path}")
    return WorkspaceFolder(path, by)


@dataclass(slots=True)
class _Table:
    """A TOML file read leniently: what does not fit is noted and left out."""

    file: str
    lines: list[str]
    tree: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path, known: Mapping[str, tuple[str, ...] | None]) -> _Table:
        if not os.path.lexists(path):
            return cls(str(path), [], {})
        table = cls(str(path), [], {})
        try:
            text = read_regular(path, _LIMIT).decode("utf-8-sig")
            table.lines = text.splitlines()
            table.tree = tomllib.loads(text)
        except BorderError as error:
            table.problems.append(Problem(str(path), 1, 1, error.what, error.fix))
        except UnicodeDecodeError:
            table.problems.append(Problem(str(path), 1, 1, "it is not UTF-8", "save it as UTF-8"))
        except tomllib.TOMLDecodeError as error:
            table.problems.append(_toml_problem(error, str(path)))
        except RecursionError:
            table.problems.append(Problem(str(path), 1, 1, "it is nested too deep", "make it flatter"))
        table.check_names(known)
        return table

    def check_names(self, known: Mapping[str, tuple[str, ...] | None]) -> None:
        for name, part in self.tree.items():
            if name not in known:
                self.unknown(name, "", tuple(known))
            elif not isinstance(part, dict):
                self.note(name, "", f'"{name}" must be a table', f"write [{name}] above its keys")
            elif (keys := known[name]) is not None:
                for key in part:
                    if key not in keys:
                        self.unknown(key, name, keys)

    def unknown(self, key: str, table: str, known: tuple[str, ...]) -> None:
        close = get_close_matches(key, known, n=1)
        fix = f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(known)}"
        self.note(table or key, key if table else "", f'unknown key "{clean_line(key, limit=60)}"', fix)

    def note(self, table: str, key: str, message: str, fix: str) -> None:
        line, column = self.place(table, key)
        self.problems.append(Problem(self.file, line, column, message, fix))

    def place(self, table: str, key: str) -> tuple[int, int]:
        """Find the line of a key; the TOML reader does not tell, so the text is searched."""
        heading = re.compile(rf"\s*\[+\s*\"?{re.escape(table)}[\"\].\s]|\s*{re.escape(table)}\s*[.=]")
        entry = re.compile(rf"\s*(?:{re.escape(table)}\.)?[\"']?{re.escape(key)}[\"']?\s*=") if key else None
        inside = False
        for number, line in enumerate(self.lines, start=1):
            if heading.match(line):
                if entry is None or entry.match(line):
                    return number, 1
                inside = True
            elif line.lstrip().startswith("["):
                inside = False
            elif inside and entry is not None and entry.match(line):
                return number, len(line) - len(line.lstrip()) + 1
        return 1, 1

    def table(self, name: str) -> Mapping[str, Any]:
        part = self.tree.get(name)
        return part if isinstance(part, dict) else {}

    def text(self, table: str, key: str) -> str:
        value = self.table(table).get(key, "")
        if isinstance(value, str):
            return value
        self.note(table, key, f'"{key}" must be text', "put quotes around it")
        return ""

    def texts(self, table: str) -> dict[str, str]:
        return {key: text for key in self.table(table) if (text := self.text(table, key))}

    def tables(self, name: str) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        for key, part in self.table(name).items():
            if isinstance(part, dict):
                found[key] = part
            else:
                self.note(name, key, f'"{key}" must be a table', f"write [{name}.{key}] above its keys")
        return found

    def look(self) -> Look:
        glyphs = self.text("look", "glyphs")
        if glyphs and glyphs not in GLYPHS:
            self.note(
                "look", "glyphs", f'unknown glyphs "{clean_line(glyphs, limit=60)}"', f"use {' or '.join(GLYPHS)}"
            )
            glyphs = ""
        return Look(clean_line(self.text("look", "theme"), limit=60), glyphs)

    def timezone(self) -> str:
        name = self.text("workspace", "timezone")
        if not name:
            return ""
        from readyroom.borders.zone import is_zone

        if not is_zone(name):
            shown = clean_line(name, limit=60)
            self.note("workspace", "timezone", f'unknown time zone "{shown}"', 'use a name like "Europe/Berlin"')
            return ""
        return name


def _toml_problem(error: tomllib.TOMLDecodeError, file: str) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    message = re.sub(r"\s*\(at .*\)$", "", str(error))
    return Problem(file, line, column, f"this is not TOML ({message.lower()})", "look at that line")

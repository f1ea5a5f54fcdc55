"""Choices, and the columns and rows of tables, as they stand in a file."""

from __future__ import annotations

from typing import Any

from readyroom.agendas.short_forms import read_mapping, read_scale
from readyroom.agendas.words import read_flag, read_id, read_text, slug
from readyroom.agendas.wrongs import Path, Wrongs, pick, quoted
from readyroom.domain.agenda import Choice, Column, ColumnKind

COLUMN_WORDS = tuple(kind.value for kind in ColumnKind)


def read_choices(value: Any, path: Path, wrongs: Wrongs) -> tuple[Choice, ...]:
    """A short list of words, or a mapping from id to text."""
    if isinstance(value, dict) and value:
        return tuple(
            Choice(id=read_id(_as_word(key), (*path, key), wrongs), text=read_text(text, (*path, key), wrongs))
            for key, text in value.items()
        )
    if not isinstance(value, list) or not value:
        wrongs.expect(path, "a list of choices, or a mapping from id to text", value)
        return ()
    choices: dict[str, Choice] = {}
    for at, word in enumerate(value):
        place = (*path, at)
        text = read_text(_as_word(word), place, wrongs)
        choice = Choice(id=slug(text), text=text)
        if text and not choice.id:
            wrongs.add(place, f"no id can be made of {quoted(text)}", "write the choices as id: text")
        elif choice.id in choices:
            wrongs.add(place, f"the choice {quoted(choice.id)} is there twice", "remove one")
        choices[choice.id] = choice
    return tuple(choices.values())


def _as_word(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else value


def read_columns(value: Any, path: Path, wrongs: Wrongs) -> tuple[Column, ...]:
    """Columns by name: a kind, a list of choices, or a mapping with kind, unit, scale, choices, given, required."""
    if not isinstance(value, dict) or not value:
        wrongs.expect(path, "columns with what each holds", value, "write {what: text, minutes: number}")
        return ()
    columns: dict[str, Column] = {}
    for name, one in value.items():
        place = (*path, name)
        column_id = slug(str(name))
        if not column_id:
            wrongs.add(place, f"no id can be made of {quoted(name)}", "use letters and digits", at_key=True)
        elif column_id in columns:
            wrongs.add(place, f"the column {quoted(column_id)} is there twice", "remove one", at_key=True)
        columns[column_id] = _read_column(column_id, one, place, wrongs)
    return tuple(columns.values())


def _read_column(column_id: str, value: Any, path: Path, wrongs: Wrongs) -> Column:
    title = column_id.replace("-", " ")
    if isinstance(value, str):
        return Column(id=column_id, title=title, kind=_read_kind(value, path, wrongs))
    if isinstance(value, list):
        choices = read_choices(value, path, wrongs)
        return Column(id=column_id, title=title, kind=ColumnKind.CHOICE, choices=choices)
    parsers = {
        "kind": _read_kind,
        "title": read_text,
        "unit": read_text,
        "choices": read_choices,
        "scale": read_scale,
        "given": read_flag,
        "required": read_flag,
    }
    read = read_mapping(value, path, wrongs, parsers, "a kind, a list of choices, or {kind: …}")
    is_number = "unit" in read or "scale" in read
    implied = ColumnKind.CHOICE if "choices" in read else ColumnKind.NUMBER if is_number else ColumnKind.TEXT
    kind = read.pop("kind", implied)
    if kind is ColumnKind.CHOICE and not read.get("choices") and "choices" not in read:
        wrongs.add(path, f"the column {quoted(column_id)} has no choices", "add choices: [one, other]")
    for key, owner in (("choices", ColumnKind.CHOICE), ("unit", ColumnKind.NUMBER), ("scale", ColumnKind.NUMBER)):
        if key in read and kind is not owner:
            wrongs.add(
                (*path, key),
                f"{key} {'mean' if key == 'choices' else 'means'} nothing for {kind}",
                f"write kind: {owner}",
                at_key=True,
            )
    return Column(id=column_id, kind=kind, **{"title": title, **read})


def _read_kind(value: Any, path: Path, wrongs: Wrongs) -> ColumnKind:
    if value in COLUMN_WORDS:
        return ColumnKind(value)
    if isinstance(value, str):
        wrongs.add(path, f"unknown kind of column {quoted(value)}", pick(value, COLUMN_WORDS))
    else:
        wrongs.expect(path, "a kind of column", value)
    return ColumnKind.TEXT


def read_rows(value: Any, path: Path, wrongs: Wrongs) -> tuple[tuple[str, ...], ...]:
    """Rows to start with: a word each, or a list of the given cells each."""
    if not isinstance(value, list) or not value:
        wrongs.expect(path, "a list of rows", value, "write [first, second] or [[a, b], [c, d]]")
        return ()
    rows = []
    for at, row in enumerate(value):
        cells = row if isinstance(row, list) else [row]
        place = (*path, at)
        rows.append(
            tuple(
                read_text(_as_word(cell), (*place, n) if isinstance(row, list) else place, wrongs)
                for n, cell in enumerate(cells)
            )
        )
    return tuple(rows)

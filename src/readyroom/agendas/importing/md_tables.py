"""Tables as items: checks with levels, questions with anchors, checks with their state, fields, tables to fill in."""

from __future__ import annotations

import re
from enum import StrEnum

from readyroom.agendas.importing.building import Names, Stretch
from readyroom.agendas.importing.md_blocks import Row, Table
from readyroom.agendas.importing.md_columns import Columns, Role, anchor_level, cell_of, read_columns, role_of
from readyroom.agendas.importing.md_fields import Field, take_field
from readyroom.agendas.importing.md_harvest import Asked, Harvest, guide_links
from readyroom.agendas.importing.md_levels import level_tiers
from readyroom.agendas.importing.md_words import (
    is_blank,
    is_placeholder,
    is_tick,
    kind_of_question,
    speak,
    split_lead,
    strip_number,
    title_words,
)
from readyroom.domain.agenda import Anchor, Column, Item, ItemKind
from readyroom.domain.service import Tier

_LONGEST_FIELD = 60
_MOST_COLUMNS = 12
_SCALE = re.compile(r"(\d{1,2})\s*(?:-|–|to|…)\s*(\d{1,2})")


class Shape(StrEnum):
    """What a table is."""

    CHECKS = "checks"
    RATINGS = "ratings"
    FIELDS = "fields"
    TO_FILL_IN = "to fill in"


def shape_of(table: Table) -> Shape | None:
    """What the table is; None if it asks nothing."""
    columns = read_columns(table)
    ask = columns.first(Role.ASK)
    body = [row for row in table.rows if any(cell.strip() for cell in row.cells)]
    if ask is not None and body:
        if len(columns.all(Role.ANCHOR)) > 1 or columns.first(Role.RATING) is not None:
            return Shape.RATINGS
        known = (Role.LEVEL, Role.STATE, Role.ANSWER)
        asks = sum("?" in cell_of(row, ask) for row in body) * 2 > len(body)
        if asks or any(columns.first(role) is not None for role in known):
            return Shape.CHECKS
        if columns.first(Role.ID) is not None or _starts_blank(body, columns, ask):
            return Shape.CHECKS
    if _is_fields(table):
        return Shape.FIELDS
    return Shape.TO_FILL_IN if _is_to_fill_in(table) else None


def take_table(harvest: Harvest, stretch: Stretch, table: Table, shape: Shape) -> None:
    """Make the items of a table."""
    if shape is Shape.FIELDS:
        _take_fields(harvest, stretch, table)
        return
    if shape is Shape.TO_FILL_IN:
        _take_to_fill_in(harvest, stretch, table)
        return
    columns = read_columns(table)
    levels = _levels(harvest, table, columns)
    read_as = ", ".join(
        f"{title or '(none)'} as {role}" for title, role in zip(columns.titles, columns.roles, strict=True)
    )
    harvest.tell(table.start, " | ".join(columns.titles), f"the titles of columns were read: {read_as}"[:300])
    harvest.ledger.keep(table.start, table.start + 2)
    for row in table.rows:
        if not any(cell.strip() for cell in row.cells):
            harvest.ledger.lose(row.start, row.end, "an empty row")
        elif shape is Shape.RATINGS:
            _take_rating(harvest, stretch, columns, row)
        else:
            _take_check(harvest, stretch, columns, row, levels)


def _starts_blank(body: list[Row], columns: Columns, ask: int) -> bool:
    """Whether there is a column to fill in beside the question."""
    fill = (Role.NOTE, Role.EVIDENCE)
    blank = [at for at, role in enumerate(columns.roles) if at != ask and role in fill]
    return bool(blank) and all(is_placeholder(cell_of(row, at)) for row in body for at in blank)


def _levels(harvest: Harvest, table: Table, columns: Columns) -> dict[int, tuple[Tier, ...]]:
    named = {at: columns.titles[at] for at in columns.all(Role.LEVEL)}
    tiers = level_tiers(tuple(named.values()))
    if not named:
        return {}
    if not tiers:
        why = "these levels have no order that is known; they stand in the guides"
        harvest.ledger.note(table.start, ", ".join(named.values()), why)
        return {}
    told = "; ".join(f"{title} as {' and '.join(tiers[title])}" for title in named.values())
    harvest.tell(table.start, ", ".join(named.values()), f"levels were read as tiers: {told}")
    return {at: tiers[title] for at, title in named.items()}


def _take_check(
    harvest: Harvest, stretch: Stretch, columns: Columns, row: Row, levels: dict[int, tuple[Tier, ...]]
) -> None:
    words, name, guide = _question(columns, row)
    if not words:
        harvest.ledger.lose(row.start, row.end, "a row without a question")
        return
    required = {tier for at, tiers in levels.items() if is_tick(cell_of(row, at)) for tier in tiers}
    for at in columns.all(Role.LEVEL):
        cell = cell_of(row, at)
        if (at not in levels and not is_blank(cell)) or not (is_tick(cell) or is_blank(cell)):
            guide.append(f"{columns.titles[at]}: {cell.strip(':')}")
    wants_words = columns.first(Role.ANSWER) is not None and columns.first(Role.STATE) is None
    kind = kind_of_question(words, ticked=True)
    if wants_words and kind is ItemKind.CHECK and "?" not in words:
        kind = ItemKind.TEXT
    tiers = tuple(tier for tier in Tier if tier in required)
    asked = Asked(words=words, kind=kind, guide=tuple(guide), required=tiers)
    item = harvest.add(stretch, asked, name=name, line=row.start)
    harvest.ledger.keep(row.start, row.end)
    _answer_row(harvest, columns, row, item)


def _question(columns: Columns, row: Row) -> tuple[str, str, list[str]]:
    """The question of a row, what its id is made of, and what stands in the guide."""
    raw = strip_number(cell_of(row, columns.first(Role.ASK)))
    own_id, lead, rest = split_lead(raw)
    spoken = speak(rest)
    guide = list(guide_links(spoken))
    words = f"{lead.rstrip(':.')}: {spoken.text}" if lead and spoken.text else lead or spoken.text
    name = own_id or lead or words
    if (column := columns.first(Role.ID)) is not None and (given := speak(cell_of(row, column)).text):
        name = given
    abouts = [cell for at in columns.all(Role.ABOUT) if (cell := cell_of(row, at))]
    if abouts and words and "?" not in words and len(words) + len(speak(abouts[0]).text) < 230:
        told = speak(abouts.pop(0))
        words, guide = f"{words.rstrip(':. ')}: {told.text}", [*guide, *guide_links(told)]
    guide += abouts
    for at in columns.all(Role.OTHER):
        if cell := cell_of(row, at):
            guide.append(f"{columns.titles[at]}: {cell}" if columns.titles[at] else cell)
    return words, name, guide


def _answer_row(harvest: Harvest, columns: Columns, row: Row, item: Item) -> None:
    """What was filled in in a row."""
    value, note, evidence = "", [], ""
    for at, role in enumerate(columns.roles):
        cell = cell_of(row, at)
        if is_placeholder(cell) or role not in (Role.STATE, Role.ANSWER, Role.RATING, Role.NOTE, Role.EVIDENCE):
            if cell and is_placeholder(cell) and role is not Role.ASK and re.search(r"\w", cell):
                harvest.ledger.note(row.start, cell, "a placeholder")
            continue
        if role is Role.EVIDENCE:
            evidence = cell
        elif role is Role.NOTE or value:
            note.append(f"{columns.titles[at]}: {cell}")
        else:
            value = cell
    harvest.answer(item, row.start, speak(value).text, note="\n".join(note), evidence=evidence)


def _take_rating(harvest: Harvest, stretch: Stretch, columns: Columns, row: Row) -> None:
    words, name, guide = _question(columns, row)
    if not words:
        harvest.ledger.lose(row.start, row.end, "a row without a question")
        return
    anchors = {}
    for at in columns.all(Role.ANCHOR):
        level = anchor_level(columns.titles[at])
        if level is not None and (text := speak(cell_of(row, at)).text):
            anchors[level] = text
    low, high = _scale(columns, set(anchors))
    if not anchors:
        harvest.ledger.note(row.start, words, "the levels have no words; say what an observer would see")
    anchors.setdefault(low, "Poor")
    anchors.setdefault(high, "Good")
    anchors.setdefault((low + high) // 2, "Halfway between the two")
    asked = Asked(
        words=words,
        kind=ItemKind.RATING,
        guide=tuple(guide),
        scale=(low, high),
        anchors=tuple(Anchor(level=level, text=anchors[level]) for level in sorted(anchors)),
    )
    item = harvest.add(stretch, asked, name=name, line=row.start)
    harvest.ledger.keep(row.start, row.end)
    _answer_row(harvest, columns, row, item)


def _scale(columns: Columns, levels: set[int]) -> tuple[int, int]:
    """The scale of a rating: its anchors' ends, else what the column's title says, else 1 to 5."""
    if len(levels) > 1:
        return min(levels), max(levels)
    rating = columns.first(Role.RATING)
    ends = [int(end) for pair in _SCALE.findall(columns.titles[rating] if rating is not None else "") for end in pair]
    ends = [end for end in ends if end <= 10]
    return (min(ends), max(ends)) if len(set(ends)) > 1 else (1, 5)


def _is_fields(table: Table) -> bool:
    """Whether it is a table of names with values: two columns, short names, no pictures."""
    rows = (table.header, *table.rows)
    if len(table.header.cells) != 2 or not table.rows:
        return False
    names = [speak(cell_of(row, 0)).text for row in rows if any(cell.strip() for cell in row.cells)]
    if any("![" in cell for row in rows for cell in row.cells):
        return False
    short = all(0 < len(name) <= _LONGEST_FIELD for name in names[1:])
    values = [cell_of(row, 1) for row in table.rows]
    open_ones = sum(is_placeholder(value) for value in values)
    headed = role_of(title_words(cell_of(table.header, 1))) is Role.ANSWER or not any(
        map(str.strip, table.header.cells)
    )
    return short and (headed or open_ones * 2 >= len(values)) and len(set(names)) == len(names)


def _take_fields(harvest: Harvest, stretch: Stretch, table: Table) -> None:
    rows = list(table.rows)
    header = [title_words(cell).casefold() for cell in table.header.cells]
    if (
        not any(header)
        or header[1] in ("value", "answer", "values", "response")
        or header[0] in ("field", "key", "name")
    ):
        if any(header):
            harvest.ledger.note(table.start, " | ".join(table.header.cells), "the titles of a table of fields")
        harvest.ledger.keep(table.start, table.start + 2)
    else:  # many such tables begin with their first field
        rows.insert(0, table.header)
    for row in rows:
        if speak(cell_of(row, 0)).text:
            take_field(harvest, stretch, Field(row.start, cell_of(row, 0), cell_of(row, 1)))
        else:
            harvest.ledger.lose(row.start, row.end, "a field without a name")


def _is_to_fill_in(table: Table) -> bool:
    """Whether it has titles, and hardly anything below them."""
    titles = [title_words(cell) for cell in table.header.cells]
    if not all(titles) or not 2 <= len(titles) <= _MOST_COLUMNS or len(set(titles)) < len(titles) or not table.rows:
        return False
    behind = [cell for row in table.rows for cell in row.cells[1:]]
    return all(is_placeholder(cell) for cell in behind) and len(table.rows) <= 30


def _take_to_fill_in(harvest: Harvest, stretch: Stretch, table: Table) -> None:
    names = Names()
    titles = [title_words(cell) for cell in table.header.cells]
    firsts = [text for row in table.rows if (text := speak(cell_of(row, 0)).text) and not is_placeholder(text)]
    columns = tuple(
        Column(
            id=(name := names.name(title, "column")), title=_column_title(title, name), given=bool(firsts) and not at
        )
        for at, title in enumerate(titles)
    )
    words = stretch.title if stretch.title else ", ".join(titles)
    asked = Asked(words=words, kind=ItemKind.TABLE, columns=columns, rows=tuple((first,) for first in firsts))
    harvest.add(stretch, asked, name=f"{words} table", line=table.start)
    harvest.ledger.keep(table.start, table.start + 2)
    for row in table.rows:
        if is_placeholder(cell_of(row, 0)):
            harvest.ledger.lose(row.start, row.end, "a row to fill in")
        else:
            harvest.ledger.keep(row.start, row.end)
        for cell in row.cells[1:]:
            if re.search(r"\w", cell):
                harvest.ledger.note(row.start, cell, "a placeholder")


def _column_title(title: str, name: str) -> str:
    """The title in the form that the file writes shortest, where it says the same."""
    words = name.replace("-", " ")
    return words if title.casefold() == words else title

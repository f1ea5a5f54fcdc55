"""The conditions of rules and items as they stand in a file; `docs/agenda-reference.md` shows each form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from readyroom.agendas.comparisons import COMPARISON_WORDS, SYMBOLS, read_comparing
from readyroom.agendas.words import slug
from readyroom.agendas.wrongs import Path, Wrongs, nearest, pick, quoted
from readyroom.domain.condition import (
    Aggregate,
    AllOf,
    Always,
    AnyOf,
    ColumnComparing,
    Comparing,
    Comparison,
    Condition,
    Negation,
    OfAnswer,
    OfRow,
    OfRows,
    OfService,
    OfTrigger,
    OfVotes,
    ServiceField,
    VoteStatistic,
)

SUBJECTS = ("all", "any", "not", "answer", "any row", "rows", "votes", "service", "trigger")
"""The keys of a condition; `answer`, `rows` and `votes` also come as `answer of ITEM`."""
VOTE_WORDS = tuple(statistic.value for statistic in VoteStatistic)
SERVICE_WORDS = tuple(field.value for field in ServiceField)
ROWS_WORDS = ("count", "share", "sum of", "lowest", "highest", "average", "where")
_OF_ITEM = re.compile(r"(answer|rows|votes) of (\S+)")
_AGGREGATE = re.compile(r"(sum of|lowest|highest|average)\s+(\S.*)")


def read_condition(value: Any, path: Path, wrongs: Wrongs) -> Condition:
    """A condition in any of its forms; a mistake is noted, and what could be read is returned."""
    if value == "always":
        return Always()
    if value == "any row":
        return OfRow(cells=())
    if not isinstance(value, dict):
        return OfAnswer(comparing=read_comparing(value, path, wrongs))
    if value and all(key in COMPARISON_WORDS for key in value):
        return OfAnswer(comparing=read_comparing(value, path, wrongs))
    if not value:
        wrongs.expect(path, "a condition", value, "write always, fail, {answer: {below: 3}} …")
    parts = [_read_subject(key, one, (*path, key), wrongs) for key, one in value.items()]
    known = tuple(part for part in parts if part is not None)
    return known[0] if len(known) == 1 else AllOf(of=known)


def _read_subject(key: Any, value: Any, path: Path, wrongs: Wrongs) -> Condition | None:
    word, item = key, ""
    if isinstance(key, str) and (named := _OF_ITEM.fullmatch(key)):
        word, item = named[1], named[2]
    match word:
        case "all" | "any":
            return _read_several(word, value, path, wrongs)
        case "not":
            return Negation(of=read_condition(value, path, wrongs))
        case "answer":
            return OfAnswer(item=item, comparing=read_comparing(value, path, wrongs))
        case "any row":
            return OfRow(cells=read_cells(value, path, wrongs))
        case "rows":
            return _read_rows(item, value, path, wrongs)
        case "votes":
            return _each(value, path, wrongs, VOTE_WORDS, lambda w, by: _of_votes(item, w, by))
        case "service":
            return _each(value, path, wrongs, SERVICE_WORDS, _of_service)
        case "trigger":
            return OfTrigger(comparing=read_comparing(value, path, wrongs))
    if key in COMPARISON_WORDS:
        fix = f"write {{answer: {{{key}: …}}}}"
    elif meant := SYMBOLS.get(str(key).strip()):
        fix = f'write "{meant}"'
    else:
        near = nearest(key, (*SUBJECTS, *COMPARISON_WORDS))
        fix = f'did you mean "{near}"?' if near else pick(key, SUBJECTS)
    wrongs.add(path, f"unknown condition {quoted(key)}", fix, at_key=True)
    return None


def _read_several(word: str, value: Any, path: Path, wrongs: Wrongs) -> Condition | None:
    if not isinstance(value, list) or not value:
        wrongs.expect(path, "a list of conditions", value)
        return None
    of = tuple(read_condition(one, (*path, at), wrongs) for at, one in enumerate(value))
    return AllOf(of=of) if word == "all" else AnyOf(of=of)


def read_cells(value: Any, path: Path, wrongs: Wrongs) -> tuple[ColumnComparing, ...]:
    """What the cells of one row must be, by column; several hold together."""
    if not isinstance(value, dict) or not value:
        wrongs.expect(path, "columns with what their cells must be", value, "write {column: {below: 0}}")
        return ()
    return tuple(
        ColumnComparing(column=slug(str(name)), comparing=read_comparing(one, (*path, name), wrongs))
        for name, one in value.items()
    )


def _read_rows(item: str, value: Any, path: Path, wrongs: Wrongs) -> Condition | None:
    if not isinstance(value, dict) or not value:
        wrongs.expect(path, "what to count over the rows", value, "write {count: at least 2}")
        return None
    where = read_cells(value["where"], (*path, "where"), wrongs) if "where" in value else ()
    found = []
    for key, one in value.items():
        spoken = _AGGREGATE.fullmatch(key) if isinstance(key, str) else None
        if key in ("count", "share"):
            aggregate, column = Aggregate(key), ""
        elif spoken:
            aggregate, column = Aggregate(spoken[1].removesuffix(" of")), slug(spoken[2])
        else:
            if key != "where":
                wrongs.add((*path, key), f"unknown key {quoted(key)}", pick(key, ROWS_WORDS), at_key=True)
            continue
        comparing = read_comparing(one, (*path, key), wrongs)
        found.append(OfRows(item=item, aggregate=aggregate, column=column, comparing=comparing, where=where))
    if not found:
        wrongs.add(path, "nothing is counted over the rows", "write {count: at least 2, where: {…}}")
        return None
    return found[0] if len(found) == 1 else AllOf(of=tuple(found))


def _each(
    value: Any, path: Path, wrongs: Wrongs, known: tuple[str, ...], make: Callable[[str, Any], Condition]
) -> Condition | None:
    if not isinstance(value, dict) or not value:
        wrongs.expect(path, f"a mapping with {', '.join(known)}", value)
        return None
    found = []
    for key, one in value.items():
        if key in known:
            found.append(make(key, read_comparing(one, (*path, key), wrongs)))
        else:
            wrongs.add((*path, key), f"unknown key {quoted(key)}", pick(key, known), at_key=True)
    return found[0] if len(found) == 1 else AllOf(of=tuple(found))


def _of_votes(item: str, word: str, comparing: tuple[Comparing, ...]) -> Condition:
    return OfVotes(item=item, statistic=VoteStatistic(word), comparing=comparing)


def _of_service(word: str, comparing: tuple[Comparing, ...]) -> Condition:
    field = ServiceField(word)
    if field is ServiceField.TAGS:
        comparing = tuple(
            Comparing(by=Comparison.HAS, operand=one.operand) if one.by is Comparison.IS else one for one in comparing
        )
    return OfService(field=field, comparing=comparing)

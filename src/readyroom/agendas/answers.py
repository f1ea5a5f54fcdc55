"""Answers files: what a sample, a script or a person's sheet says to an agenda, read and checked against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readyroom.agendas.errors import AgendaError, place
from readyroom.agendas.words import read_flag, read_text, read_texts, slug
from readyroom.agendas.wrongs import Path as TreePath
from readyroom.agendas.wrongs import Wrongs, nearest, pick, quoted
from readyroom.borders.errors import BorderError
from readyroom.borders.text import clean_line, clean_text
from readyroom.borders.yamltree import YamlError, load_yaml
from readyroom.domain.agenda import TABLE_KINDS, Agenda, Item, VoteMode, columns_of
from readyroom.domain.answer import AnswerError, AnswerState, Value, check_value, expectation
from readyroom.domain.ballots import check_vote
from readyroom.domain.capture import CaptureKind
from readyroom.domain.votes import Vote, sorted_votes

FORMAT = 1
_HEAD = ("answers", "agenda", "subject", "by", "trigger", "attendees", "items")
_STATES = {
    "unknown": AnswerState.UNKNOWN,
    "skipped": AnswerState.SKIPPED,
    "not applicable": AnswerState.NOT_APPLICABLE,
}
_CAPTURES = {
    "actions": CaptureKind.ACTION,
    "risks": CaptureKind.RISK,
    "decisions": CaptureKind.DECISION,
    "parked": CaptureKind.PARKED,
    "questions": CaptureKind.QUESTION,
}
_LONG = ("answer", *_STATES, "note", "evidence", "votes", *_CAPTURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCapture:
    """A capture line as somebody would type it during the item."""

    kind: CaptureKind
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """What the file says to one question; `state` is unanswered where it only has a note or captures."""

    item: str
    respondent: str = ""
    state: AnswerState = AnswerState.UNANSWERED
    value: Value | None = None
    reason: str = ""
    note: str = ""
    evidence: str = ""
    votes: tuple[Vote, ...] = ()
    """Sorted: a file has no order of voters."""
    captures: tuple[GivenCapture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFile:
    """A whole answers file, in the order of the agenda."""

    agenda: str
    subject: str = ""
    by: str = ""
    trigger: str = ""
    attendees: tuple[tuple[str, str], ...] = ()
    """Names with their roles."""
    answers: tuple[GivenAnswer, ...] = ()

    def of(self, item: str) -> tuple[GivenAnswer, ...]:
        """What is said to an item: nothing, one answer, or one for each respondent."""
        return tuple(answer for answer in self.answers if answer.item == item)


def load_answers(source: Path | str, agenda: Agenda) -> AnswersFile:
    """Read an answers file, or its text, for an agenda.

    Raises:
        AgendaError: with every problem of the file, and nothing else.
    """
    try:
        document = load_yaml(source)
    except YamlError as error:
        raise AgendaError([error.problem]) from error
    except BorderError as error:
        raise AgendaError(what=str(error)) from error
    wrongs = Wrongs()
    read = _read_file(document.root, agenda, wrongs)
    if wrongs.found:
        raise AgendaError(place(document, wrong) for wrong in wrongs.found)
    return read


def _read_file(tree: Any, agenda: Agenda, wrongs: Wrongs) -> AnswersFile:
    if not isinstance(tree, dict) or "answers" not in tree:
        wrongs.add((), "this is no answers file", f"begin it with answers: {FORMAT} and agenda: {agenda.id}")
        return AnswersFile(agenda=agenda.id)
    if tree["answers"] != FORMAT or isinstance(tree["answers"], bool):
        wrongs.add(("answers",), f"this program reads format {FORMAT} of answers", f"write answers: {FORMAT}")
    for key in tree:
        if key not in _HEAD:
            wrongs.add((key,), f"unknown key {quoted(key)}", pick(key, _HEAD), at_key=True)
    named = _line(tree, "agenda", wrongs)
    if named not in ("", agenda.id, *(one.split("@")[0] for one in agenda.lineage)):
        wrongs.add(("agenda",), f"these are answers to {quoted(named)}", f"write agenda: {agenda.id}")
    return AnswersFile(
        agenda=agenda.id,
        subject=_line(tree, "subject", wrongs),
        by=_line(tree, "by", wrongs),
        trigger=_line(tree, "trigger", wrongs),
        attendees=_read_attendees(tree.get("attendees"), wrongs),
        answers=_read_items(tree.get("items"), agenda, wrongs),
    )


def _line(tree: Mapping[Any, Any], key: str, wrongs: Wrongs) -> str:
    value = tree.get(key)
    return "" if value is None else clean_line(read_text(value, (key,), wrongs))


def _read_attendees(value: Any, wrongs: Wrongs) -> tuple[tuple[str, str], ...]:
    path: TreePath = ("attendees",)
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple((clean_line(read_text(name, (*path, at), wrongs)), "") for at, name in enumerate(value))
    if not isinstance(value, dict):
        wrongs.expect(path, "names with their roles", value, "write {Ana: facilitator, Bo: owner}")
        return ()
    return tuple(
        (clean_line(str(name)), "" if role is None else clean_line(read_text(role, (*path, name), wrongs)))
        for name, role in value.items()
    )


def _read_items(value: Any, agenda: Agenda, wrongs: Wrongs) -> tuple[GivenAnswer, ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        wrongs.expect(("items",), "answers by item", value, "write item-id: answer")
        return ()
    known = [item.id for item in agenda.items()]
    for name in value:
        if name not in known:
            wrongs.add(("items", name), f"there is no item {quoted(name)}", pick(name, known), at_key=True)
    given: list[GivenAnswer] = []
    for item in agenda.items():
        if value.get(item.id) is not None:  # a sheet that is filled in has empty places
            given += _read_item(item, value[item.id], ("items", item.id), wrongs)
    return tuple(given)


def _read_item(item: Item, value: Any, path: TreePath, wrongs: Wrongs) -> list[GivenAnswer]:
    if item.respondents and isinstance(value, dict) and any(side in value for side in item.respondents):
        given = []
        for side, one in value.items():
            if side not in item.respondents:
                fix = pick(side, item.respondents)
                wrongs.add((*path, side), f"{quoted(side)} does not answer this", fix, at_key=True)
            elif one is not None:
                given.append(_read_one(item, side, one, (*path, side), wrongs))
        return given
    if item.respondents:
        wrongs.add(path, "it is not said who answers", f"write {{{item.respondents[0]}: …}}")
        return []
    return [_read_one(item, "", value, path, wrongs)]


def _read_one(item: Item, side: str, value: Any, path: TreePath, wrongs: Wrongs) -> GivenAnswer:
    if not isinstance(value, dict):
        checked = _read_value(item, value, path, wrongs)
        return GivenAnswer(item=item.id, respondent=side, state=AnswerState.ANSWERED, value=checked)
    for key, one in value.items():
        if key not in _LONG:
            cut = one is None and len(value) > 1 and not nearest(key, _LONG)
            fix = _stray_fix(value, key) if cut else pick(key, _LONG)
            wrongs.add((*path, key), f"unknown key {quoted(key)}", fix, at_key=True)
    said = {key: one for key, one in value.items() if one is not None}
    state, reason = _read_state(said, path, wrongs)
    answer = _read_value(item, said["answer"], (*path, "answer"), wrongs) if "answer" in said else None
    return GivenAnswer(
        item=item.id,
        respondent=side,
        state=state,
        value=answer,
        reason=reason,
        note=read_text(said["note"], (*path, "note"), wrongs) if "note" in said else "",
        evidence=clean_line(read_text(said["evidence"], (*path, "evidence"), wrongs)) if "evidence" in said else "",
        votes=_read_votes(item, said["votes"], (*path, "votes"), wrongs) if "votes" in said else (),
        captures=tuple(
            GivenCapture(kind=kind, line=clean_line(line))
            for key, kind in _CAPTURES.items()
            if key in said
            for line in read_texts(said[key], (*path, key), wrongs)
        ),
    )


def _read_state(said: Mapping[str, Any], path: TreePath, wrongs: Wrongs) -> tuple[AnswerState, str]:
    """The one state that is said, and the reason for it."""
    found = [key for key in ("answer", *_STATES) if key in said and said[key] is not False]
    if len(found) > 1:
        wrongs.add((*path, found[1]), f"both {found[0]} and {found[1]} are said", "keep one of them", at_key=True)
    if not found:
        return AnswerState.UNANSWERED, ""
    word = found[0]
    if word == "answer":
        return AnswerState.ANSWERED, ""
    if word == "unknown":
        read_flag(said[word], (*path, word), wrongs)
        return _STATES[word], ""
    if said[word] is True:
        if word == "not applicable":
            wrongs.add((*path, word), "the reason is missing", "write why it is not applicable")
        return _STATES[word], ""
    return _STATES[word], clean_line(read_text(said[word], (*path, word), wrongs))


def _read_value(item: Item, raw: Any, path: TreePath, wrongs: Wrongs) -> Value | None:
    if item.kind in TABLE_KINDS and isinstance(raw, list) and raw:
        rows = [_read_row(item, row, (*path, at), wrongs) for at, row in enumerate(raw)]
        return tuple(row for row in rows if row is not None)
    try:
        return check_value(item, _cleaned(raw))
    except AnswerError as error:
        what, _, hint = str(error).partition("; ")
        wrongs.add(path, what, hint or f"write {expectation(item)}")
        return None


def _read_row(item: Item, raw: Any, path: TreePath, wrongs: Wrongs) -> Any:
    """One row, so that what is wrong in it has a place of its own."""
    named = {slug(str(key)): key for key in raw} if isinstance(raw, dict) else {}
    row = {new: _cleaned(raw[old]) for new, old in named.items()} if isinstance(raw, dict) else _cleaned(raw)
    if _has_strays(item, raw, named, path, wrongs):
        return None
    try:
        rows = check_value(item, [row])
    except AnswerError as error:
        what = str(error).removeprefix("row 1: ")
        column, said, rest = what.partition(": ")
        inside = said and column in named
        wrongs.add((*path, named[column]) if inside else path, rest if inside else what, "look at the columns")
        return None
    assert isinstance(rows, tuple)
    return rows[0]


def _has_strays(item: Item, raw: Any, named: Mapping[str, Any], path: TreePath, wrongs: Wrongs) -> bool:
    """Whether a row has words that are no column, with nothing behind them: mostly the rest of a text with a comma."""
    columns = [column.id for column in columns_of(item)]
    strays = [key for name, key in named.items() if name not in columns and raw[key] in (None, "")]
    for key in strays:
        wrongs.add((*path, key), f"{quoted(key)} is no column, and says nothing", _stray_fix(raw, key), at_key=True)
    return bool(strays)


def _stray_fix(said: Mapping[Any, Any], stray: Any) -> str:
    """How the text is written that a comma has cut in two: in `{a: b, c}` the comma ends the text."""
    keys = list(said)
    before = next((key for key in reversed(keys[: keys.index(stray)]) if isinstance(said[key], str)), None)
    if before is None:
        return "remove it, or write a column and a colon before it"
    whole = quoted(f"{said[before]}, {stray}")
    return f"a comma ends a text between braces; if it belongs to the text, put quotes around: {before}: {whole}"


def _cleaned(raw: Any) -> Any:
    if isinstance(raw, str):
        return clean_text(raw)
    return [_cleaned(one) for one in raw] if isinstance(raw, list) else raw


def _read_votes(item: Item, value: Any, path: TreePath, wrongs: Wrongs) -> tuple[Vote, ...]:
    if item.vote is VoteMode.NONE:
        wrongs.add(path, "nobody votes on this item", "remove votes", at_key=True)
        return ()
    if not isinstance(value, list):
        wrongs.expect(path, "a list of votes", value)
        return ()
    votes: list[Vote] = []
    for at, one in enumerate(value):
        try:
            votes.append(check_vote(item, _cleaned(one)))
        except AnswerError as error:
            what, _, hint = str(error).partition("; ")
            wrongs.add((*path, at), what, hint or f"write {expectation(item)}")
    return sorted_votes(votes)

"""Answers that were found in a document, as an answers file that `load_answers` reads back the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from readyroom.agendas.answers import FORMAT, AnswersFile, GivenAnswer
from readyroom.agendas.yaml_layout import Inline, InlineList, lay_out
from readyroom.borders.text import clean_line
from readyroom.domain.answer import AnswerState, Value

_STATES = {
    AnswerState.UNKNOWN: "unknown",
    AnswerState.SKIPPED: "skipped",
    AnswerState.NOT_APPLICABLE: "not applicable",
}


def write_answers(answers: AnswersFile, *, comments: Iterable[str] = ()) -> str:
    """The answers as YAML, in the order they are given; captures and votes are not written, imports have none."""
    tree: dict[str, Any] = {"answers": FORMAT, "agenda": answers.agenda}
    for key in ("subject", "by", "trigger"):
        if value := getattr(answers, key):
            tree[key] = value
    if answers.attendees:
        tree["attendees"] = {name: role or None for name, role in answers.attendees}
    tree["items"] = {}
    for answer in answers.answers:
        if answer.respondent:
            tree["items"].setdefault(answer.item, {})[answer.respondent] = _write(answer)
        else:
            tree["items"][answer.item] = _write(answer)
    return "".join(f"# {clean_line(line)}\n" for line in comments) + lay_out(tree)


def _write(answer: GivenAnswer) -> Any:
    tree: dict[str, Any] = {}
    if answer.state is AnswerState.ANSWERED:
        tree["answer"] = _plain(answer.value)
    elif word := _STATES.get(answer.state):
        tree[word] = answer.reason or True
    for key in ("note", "evidence"):
        if value := getattr(answer, key):
            tree[key] = f"{value}\n" if "\n" in value else value
    return tree["answer"] if list(tree) == ["answer"] else tree


def _plain(value: Value | None) -> Any:
    """A value as the file holds it: rows as mappings, several choices as a list."""
    if isinstance(value, tuple):
        return InlineList(one if isinstance(one, str) else Inline(one) for one in value)
    return f"{value}\n" if isinstance(value, str) and "\n" in value else value

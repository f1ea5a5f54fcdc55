"""What is gathered while a Markdown file is read: items with their ids, answers that were filled in, lost lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from readyroom.agendas.answers import GivenAnswer
from readyroom.agendas.errors import AgendaError
from readyroom.agendas.importing.building import GUIDE_LIMIT, ITEM_LIMIT, Names, Stretch, cut_guide
from readyroom.agendas.importing.md_lines import Ledger
from readyroom.agendas.importing.md_words import Spoken, as_question, first_sentence
from readyroom.borders.text import clean_line
from readyroom.domain.agenda import Anchor, Column, Item, ItemKind, Rule
from readyroom.domain.answer import AnswerError, AnswerState, Value, check_value
from readyroom.domain.condition import Comparing, Comparison, OfAnswer
from readyroom.domain.finding import Finding
from readyroom.domain.service import Tier

_PASSES = frozenset(
    ("pass", "passed", "done", "complete", "completed", "ok", "okay", "met", "yes", "y", "x", "true", "green")
)
_PASSES |= {
    "✅",
    "✓",
    "✔",
    "☑",
    ":white_check_mark:",
    ":heavy_check_mark:",
    "[x]",
    "in place",
    "finished",
    "implemented",
}
_FAILS = frozenset(
    ("fail", "failed", "no", "n", "not met", "missing", "not done", "false", "red", "❌", "✗", "✘", ":x:")
)
_NOT_APPLICABLE = re.compile(r"(?:n/?a|not applicable|does not apply)\b[\s:,;.–—-]*(.*)", re.IGNORECASE | re.DOTALL)
_UNKNOWN = frozenset(("unknown", "don't know", "not known", "?", "unclear"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What makes an item, besides its id."""

    words: str
    """The question in plain words."""
    kind: ItemKind
    guide: tuple[str, ...] = ()
    no_go: bool = False
    required: tuple[Tier, ...] = ()
    minutes: float | None = None
    anchors: tuple[Anchor, ...] = ()
    scale: tuple[int, int] = (1, 5)
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Harvest:
    """Collects items and answers; `filled` says that the file is a filled-in one."""

    ledger: Ledger
    filled: bool = False
    names: Names = field(default_factory=Names)
    answers: list[GivenAnswer] = field(default_factory=list)
    count: int = 0
    said: set[str] = field(default_factory=set)
    """How tables were read, so that it is told once for tables that are alike."""

    def tell(self, line: int, text: str, why: str) -> None:
        """Note how something was understood, once."""
        if f"{why}{text}" not in self.said:
            self.said.add(f"{why}{text}")
            self.ledger.note(line, text, why)

    def add(self, stretch: Stretch, asked: Asked, *, name: str, line: int) -> Item:
        """Make an item, and put it into a section."""
        self.count += 1
        if self.count > ITEM_LIMIT:
            what = f"there are more than {ITEM_LIMIT:,} questions up to line {line + 1}"
            raise AgendaError(what=what, fix="split it into several files")
        head, more = first_sentence(asked.words)
        parts = [more, *asked.guide]
        guide = _join(part.strip() for part in parts if part.strip())
        if len(guide) > GUIDE_LIMIT:
            self.ledger.note(line, guide[len(cut_guide(guide)) :].strip(), "the end of a long explanation was cut")
        item = Item(
            id=self.names.name(name or asked.words),
            kind=asked.kind,
            ask=as_question(head, asked.kind),
            guide=cut_guide(guide).strip(),
            required=asked.required,
            minutes=asked.minutes,
            bad="yes" if asked.no_go else "",
            rules=(_GATE,) if asked.no_go else (),
            anchors=asked.anchors,
            scale=asked.scale,
            columns=asked.columns,
            rows=asked.rows,
        )
        stretch.items.append(item)
        return item

    def answer(self, item: Item, line: int, value: str, *, note: str = "", evidence: str = "") -> None:
        """Note what was filled in; a value that is no answer of this kind becomes part of the note."""
        state, read, reason, rest = _read_answer(item, value.strip())
        note = "\n".join(part for part in (rest, note.strip()) if part)
        if state is AnswerState.UNANSWERED and not note and not evidence:
            return
        self.answers.append(
            GivenAnswer(item=item.id, state=state, value=read, reason=reason, note=note, evidence=clean_line(evidence))
        )


_GATE = Rule(
    when=OfAnswer(
        comparing=(
            Comparing(by=Comparison.ONE_OF, operand=("yes", AnswerState.UNKNOWN.value, AnswerState.SKIPPED.value)),
        )
    ),
    finding=Finding.BLOCKER,
    source="gate",
)
"""What `gate: true` means for a question whose bad answer is yes."""


def _join(parts: Iterable[str]) -> str:
    """Parts of a guide below each other; what is longer than a line is set apart, so that it stays a paragraph."""
    guide, last = "", ""
    for part in parts:
        apart = ("\n" in last or "\n" in part) and not part.startswith(("- ", "* "))
        guide += ("\n\n" if apart else "\n") + part if guide else part
        last = part
    return guide


def guide_links(spoken: Spoken) -> tuple[str, ...]:
    """What a line links to, and what its comments say, as lines of a guide."""
    links = tuple(f"See {link}" for link in spoken.links)
    return (*links, spoken.comment) if spoken.comment else links


def _read_answer(item: Item, value: str) -> tuple[AnswerState, Value | None, str, str]:
    """State, value, reason, and what of it belongs into the note."""
    if not value:
        return AnswerState.UNANSWERED, None, "", ""
    folded = value.casefold().replace("\ufe0f", "").rstrip(".")
    if folded in _UNKNOWN:
        return AnswerState.UNKNOWN, None, "", ""
    if (found := _NOT_APPLICABLE.fullmatch(value)) and len(found[1]) < 300:
        return AnswerState.NOT_APPLICABLE, None, clean_line(found[1]) or "so it stands in the source", ""
    if item.kind in (ItemKind.CHECK, ItemKind.YES_NO):
        good, bad = ("pass", "fail") if item.kind is ItemKind.CHECK else ("yes", "no")
        if folded in _PASSES:
            return AnswerState.ANSWERED, good, "", ""
        return (AnswerState.ANSWERED, bad, "", "") if folded in _FAILS else (AnswerState.UNANSWERED, None, "", value)
    try:
        return AnswerState.ANSWERED, check_value(item, value), "", ""
    except AnswerError:
        return AnswerState.UNANSWERED, None, "", value

"""The answers of a section as Markdown: a list that reads like minutes, and tables where answers are rows."""

from __future__ import annotations

from collections.abc import Mapping

from readyroom.domain.agenda import TABLE_KINDS, Item, ItemKind, Section, columns_of
from readyroom.domain.answer import Answer, AnswerKey, AnswerState, Value, show_value
from readyroom.domain.finding import Finding
from readyroom.domain.mush import mush_in
from readyroom.domain.table import show_cell
from readyroom.export.md_escape import md_block, md_inline, md_link, md_table
from readyroom.export.reading import Reading
from readyroom.export.votes import difference_lines, differing, hidden_words, is_hidden, vote_lines
from readyroom.export.words import finding_words

DECIDING = "decide"
"""The section of an agenda whose answers are decisions."""
_LONGEST_IN_LINE = 300
_STATE_WORDS = {
    AnswerState.UNANSWERED: "not answered",
    AnswerState.PREPARED: "not confirmed",
    AnswerState.UNKNOWN: "we don't know yet",
    AnswerState.SKIPPED: "skipped",
    AnswerState.NOT_APPLICABLE: "not applicable",
    AnswerState.DISPUTED: "disputed",
}


def section_answers(reading: Reading, section: Section) -> list[str]:
    """The lines of one section; none where nothing of it was seen."""
    blocks: list[list[str]] = []
    listed: list[str] = []
    open_questions: list[str] = []
    for item in sorted(section.items, key=lambda one: not differing(reading, one)):
        spoken = []
        for key in reading.keys[item.id]:
            if reading.is_blank(key) and not reading.is_required(key):
                open_questions.append(_asked(item) + _aside(_about(reading, key)))
            else:
                spoken.append(key)
        if item.kind in TABLE_KINDS and any(_rows(reading.answer(key)) for key in spoken):
            blocks += [listed, _row_differences(reading, item), *(_table(reading, item, key) for key in spoken)]
            listed = []
        elif spoken:
            listed += _listed(reading, item, spoken)
    blocks.append(listed)
    if open_questions:
        blocks.append([f"*Not answered:* {' · '.join(open_questions)}"])
    return _joined(blocks)


def decided_answers(reading: Reading) -> list[str]:
    """What was answered where the agenda decides, its section `decide`, as points; tables stay among the answers."""
    return [
        line
        for section in reading.sections
        if section.id == DECIDING
        for item in section.items
        if item.kind not in TABLE_KINDS and item.kind is not ItemKind.INFO
        for key in reading.keys[item.id]
        if (answer := reading.answer(key)) and answer.state is AnswerState.ANSWERED and not is_hidden(reading, key)
        for line in _entry(f"- {_asked(item)}{_aside(_about(reading, key))}", *_said(item, answer), "  ")
    ]


def other_answers(reading: Reading) -> list[str]:
    """Answers to what the agenda no longer asks: nothing that was said is dropped."""
    seen = {key for keys in reading.keys.values() for key in keys}
    lines: list[str] = []
    for key in sorted(reading.meeting.answers.keys() - seen):
        item = reading.items.get(key.item)
        answer = reading.meeting.answers[key]
        shown = show_value(item, answer.value) if item else _bare_value(answer.value)
        words = shown or _STATE_WORDS.get(answer.state, "")
        asked = _asked(item) if item else md_inline(key.item)
        told = md_inline(words) + _proof(answer)
        lines += _entry(f"- **{asked}**{_aside(_subject_and_side(key))}", told, _notes(answer), "  ")
    return lines


def _row_differences(reading: Reading, item: Item) -> list[str]:
    lines = difference_lines(reading, item, "")
    return [f"**{_asked(item)}** The sides differ:", "", *lines] if lines else []


def _listed(reading: Reading, item: Item, keys: list[AnswerKey]) -> list[str]:
    ask = f"- **{_asked(item)}**" + (" The sides differ:" if differing(reading, item) else "")
    if len(keys) == 1:
        return _spoken(reading, item, keys[0], ask + _aside(_about(reading, keys[0])), "  ")
    lines = [ask]
    for key in keys:
        lines += _spoken(reading, item, key, f"  - {md_inline(_subject_and_side(key) or 'all')}:", "    ")
    return lines


def _spoken(reading: Reading, item: Item, key: AnswerKey, lead: str, indent: str) -> list[str]:
    """One answer behind its lead: what was said, what it means, and below it the votes and the note."""
    answer = reading.answer(key)
    if is_hidden(reading, key):
        return [f"{lead} {hidden_words(reading, key)}"]
    votes = vote_lines(reading, item, key, indent)
    if answer is None or (answer.state is AnswerState.UNANSWERED and key in reading.prepared):
        return [*_prepared(reading, item, key, lead, indent), *votes]
    said, blocks = _said(item, answer)
    if answer.state is AnswerState.UNANSWERED and reading.is_required(key):
        said = f"{said} (required)"
    told = [part for part in (said, _concluded(reading, key)) if part]
    return [*_entry(lead, " — ".join(told) + _proof(answer), [*blocks, *_notes(answer)], indent), *votes]


def _prepared(reading: Reading, item: Item, key: AnswerKey, lead: str, indent: str) -> list[str]:
    ready = reading.prepared.get(key, ())
    if not ready:
        return [f"{lead} not answered{' (required)' if reading.is_required(key) else ''}"]
    told = [
        f"{md_inline(one.by)} prepared: {md_inline(show_value(item, one.value)) or one.state.value}" for one in ready
    ]
    return _entry(lead, f"not confirmed; {'; '.join(told)}", [one.note for one in ready if one.note], indent)


def _said(item: Item, answer: Answer) -> tuple[str, list[str]]:
    """What goes into the line, and the texts that need a block below it."""
    if answer.state is AnswerState.ANSWERED:
        shown = show_value(item, answer.value)
        if "\n" in shown.strip() or len(shown) > _LONGEST_IN_LINE:
            return "", [shown]
        return md_inline(shown) + (" (vague)" if mush_in(item, answer) else ""), []
    words = _STATE_WORDS.get(answer.state, answer.state.value)
    if answer.state is AnswerState.DISPUTED and answer.value is not None:
        words = f"{words}; {md_inline(show_value(item, answer.value))}"
    return (f"{words}: {md_inline(answer.reason)}" if answer.reason else words), []


def _concluded(reading: Reading, key: AnswerKey) -> str:
    outcome = reading.outcomes.get(key)
    if outcome is None or outcome.finding is Finding.UNRATED:
        return ""
    because = f": {md_inline(outcome.why)}" if outcome.why and not _is_the_answer(reading, key, outcome.why) else ""
    return f"{finding_words(outcome.finding)}{because}"


def _is_the_answer(reading: Reading, key: AnswerKey, why: str) -> bool:
    """Whether the reason only repeats what was answered: it stands in the same line."""
    answer, item = reading.answer(key), reading.items.get(key.item)
    return answer is not None and item is not None and why == show_value(item, answer.value)


def _proof(answer: Answer) -> str:
    parts = []
    if answer.evidence:
        parts.append(f"evidence: {md_link(answer.evidence)}")
    if answer.prepared_by:
        parts.append(f"prepared by {md_inline(answer.prepared_by)}")
    return f" ({'; '.join(parts)})" if parts else ""


def _notes(answer: Answer) -> list[str]:
    return [answer.note] if answer.note.strip() else []


def _entry(lead: str, told: str, blocks: list[str], indent: str) -> list[str]:
    lines = [f"{lead} {told}".rstrip()]
    for number, block in enumerate(blocks):
        if number:
            lines.append(f"{indent}>")
        lines += md_block(block, f"{indent}> ")
    return lines


def _table(reading: Reading, item: Item, key: AnswerKey) -> list[str]:
    answer = reading.answer(key)
    rows = _rows(answer)
    lead = f"**{_asked(item)}**{_aside(_about(reading, key))}"
    if not rows or answer is None or is_hidden(reading, key):
        return _spoken(reading, item, key, lead, "")
    told = f"{lead} {_concluded(reading, key)}".rstrip() + _proof(answer)
    columns = [column for column in columns_of(item) if any(column.id in row for row in rows)]
    cells = [[md_inline(show_cell(column, row.get(column.id))) for column in columns] for row in rows]
    lines = [told, "", *md_table([md_inline(column.title) for column in columns], cells)]
    for note in _notes(answer):
        lines += ["", *md_block(note, "> ")]
    return lines


def _rows(answer: Answer | None) -> tuple[Mapping[str, str | int | float], ...]:
    if answer is None or not isinstance(answer.value, tuple):
        return ()
    return tuple(row for row in answer.value if isinstance(row, Mapping))


def _bare_value(value: Value | None) -> str:
    if isinstance(value, tuple):
        return "; ".join(
            one if isinstance(one, str) else ", ".join(str(cell) for cell in one.values()) for one in value
        )
    return "" if value is None else str(value)


def _asked(item: Item) -> str:
    return md_inline(item.ask) or md_inline(item.id)


def _about(reading: Reading, key: AnswerKey) -> str:
    """Whom an answer is about, where the meeting had more than one subject or side."""
    return ", ".join(part for part in (key.subject if reading.several_subjects else "", key.respondent) if part)


def _subject_and_side(key: AnswerKey) -> str:
    return ", ".join(part for part in (key.subject, key.respondent) if part)


def _aside(text: str) -> str:
    return f" ({md_inline(text)})" if text else ""


def _joined(blocks: list[list[str]]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if block:
            lines += ["", *block] if lines else block
    return lines

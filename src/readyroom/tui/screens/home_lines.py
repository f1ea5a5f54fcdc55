"""How Home's lines are drawn for a width; what they say comes from `workflows.home`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from readyroom.domain.finding import Finding
from readyroom.domain.verdict import verdict_words
from readyroom.domain.vocabulary import ReviewKind, SessionStatus
from readyroom.tui.text import Content, Part, assemble, clip, fit, join
from readyroom.tui.themes import Glyphs, finding_look

if TYPE_CHECKING:
    from readyroom.workflows.home import DueLine, SessionLine

_GAP = "  "
_BAR, _COUNTS, _SAID, _DAY = 6, 20, 23, 6
_ROOMY = 96
"""Cells from which a session's counts are shown beside its verdict."""
_FINDINGS = {verdict_words(kind, finding): finding for kind in ReviewKind for finding in Finding}
_DUE_STYLES = {"overdue": "$error", "expired": "$error", "soon": "$warning", "due": "$warning"}


def spread(left: list[Part], right: list[Part], width: int) -> Content:
    """Pieces at both ends of a line; the left ones give way where there is no room."""
    first, last = assemble(*left), assemble(*right)
    room = max(0, width - last.cell_length - 1)
    if first.cell_length > room:
        first = first.truncate(room, ellipsis=True)
    return assemble(first, " " * max(1, width - first.cell_length - last.cell_length), last)


def title_of(line: SessionLine) -> str:
    """`Reliability review · checkout`."""
    return f"{line.title} · {line.subject}" if line.subject else line.title


def counts_of(line: SessionLine) -> str:
    """`2 actions, 1 risk`; empty where nothing was taken down."""
    counted = ((line.actions, "action"), (line.risks, "risk"))
    return ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in counted if number)


def resume_lines(line: SessionLine, width: int, glyphs: Glyphs) -> list[Content]:
    """The session to go on with, in two lines."""
    where = [part for part in (line.section, counts_of(line)) if part]
    return [
        spread([("Resume", "bold $accent"), _GAP, (title_of(line), "bold")], [(_when(line), "$text-muted")], width),
        spread(
            [" " * 6, _GAP, (f" {glyphs.dot} ".join(where), "$text-muted")],
            [(glyphs.enter, "$accent"), (" go on", "$text-muted")],
            width,
        ),
    ]


def due_line(line: DueLine, width: int, glyphs: Glyphs) -> Content:
    """Something that wants doing: what it is, of what, since when."""
    style = _DUE_STYLES.get(line.state, "$text-muted")
    glyph = {"overdue": glyphs.late, "expired": glyphs.late, "soon": glyphs.medium, "due": glyphs.medium}.get(
        line.state, glyphs.unanswered
    )
    detail = clip(line.detail, max(0, width // 2))
    room = max(8, width - 11 - cell_len(detail) - 2)
    return assemble((f"{glyph} {fit(line.state, 8)} ", style), fit(line.title, room), _GAP, (detail, "$text-muted"))


def session_line(line: SessionLine, width: int, glyphs: Glyphs, *, day: int = _DAY) -> Content:
    """A session in the list: day (in `day` cells), title, subject, what came of it, how far it got."""
    over = line.status in (SessionStatus.FINISHED, SessionStatus.SEALED)
    tail = _COUNTS if width >= _ROOMY else _BAR
    rest = max(10, width - day - _SAID - tail - 4 * len(_GAP))
    subject = min(24, max(6, rest * 36 // 100))
    return assemble(
        (fit(line.day, day, right=True), "$text-muted"),
        _GAP,
        fit(line.title, max(4, rest - subject)),
        _GAP,
        (fit(line.subject, subject), "$text-muted"),
        _GAP,
        _said(line, over, glyphs),
        _GAP,
        (fit(_tail(line, over, tail, glyphs), tail, right=True), "$text-muted" if over else "$accent"),
    )


def _said(line: SessionLine, over: bool, glyphs: Glyphs) -> Content:
    if not over or not line.verdict:
        return assemble((fit(line.status, _SAID), "$text-muted" if over else "$accent"))
    look = finding_look(_FINDINGS.get(line.verdict, Finding.UNRATED), glyphs=glyphs)
    return assemble((f"{look.glyph} ", look.style), fit(line.verdict, _SAID - 2))


def _tail(line: SessionLine, over: bool, width: int, glyphs: Glyphs) -> str:
    if over:
        return counts_of(line) if width > _BAR else ("sealed" if line.status == SessionStatus.SEALED else "")
    counted = f"  {line.answered} of {line.asked}" if width > _BAR and line.asked else ""
    return bar(line.answered, line.asked, glyphs) + counted


def bar(done: int, of: int, glyphs: Glyphs) -> str:
    """How far something got, in six signs."""
    full = 0 if of <= 0 else min(_BAR, max(1 if done else 0, done * _BAR // of))
    return glyphs.bar_full * full + glyphs.bar_empty * (_BAR - full)


def _when(line: SessionLine) -> str:
    """`14:20, 31 min in`."""
    minutes = f"{line.minutes} min in" if line.minutes else ""
    return ", ".join(part for part in (line.last or line.day, minutes) if part)


def preview(line: SessionLine, glyphs: Glyphs) -> Content:
    """What is known of a session, for the side of a very wide terminal."""
    rows: list[tuple[str, str]] = [
        ("", ""),
        ("when", line.day),
        ("state", line.status),
        ("verdict", line.verdict),
        ("answered", f"{line.answered} of {line.asked}" if line.asked else ""),
        ("where", line.section),
        ("taken down", counts_of(line)),
    ]
    parts = [assemble((line.short_id, "$text-muted")), assemble((title_of(line), "bold"))]
    parts += [assemble((fit(name, 12), "$text-muted"), said) for name, said in rows if said or not name]
    return join(parts)

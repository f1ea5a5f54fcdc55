"""How sessions are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readyroom.cli.printing import Heading, on_day, say, say_json, say_table

if TYPE_CHECKING:
    from readyroom.store.lines import SessionLine, SessionPage

_HEADINGS = (
    Heading("id"),
    Heading("date"),
    Heading("review", gives=True),
    Heading("of", gives=True),
    Heading("status"),
    Heading("answered", right=True),
    Heading("actions", right=True),
    Heading("risks", right=True),
    Heading("verdict"),
)


def show_sessions(page: SessionPage, zone: str, *, machine: bool, color: bool) -> None:
    """Print a page of sessions, and how to see more."""
    if machine:
        say_json([session_plain(line) for line in page.lines])
        return
    if not page.lines:
        say("No sessions. Begin one: readyroom run reliability-review --service NAME")
        return
    rows = [
        (
            line.short,
            on_day(line.created_at, zone),
            line.title,
            line.subject,
            line.status,
            f"{line.answered}/{line.asked}",
            line.actions,
            line.risks,
            _verdict(line),
        )
        for line in page.lines
    ]
    say_table(_HEADINGS, rows, color=color)
    if page.after is not None:
        say(f"There are more: --limit {len(page.lines) * 10}, or --search TEXT", err=True)


def _verdict(line: SessionLine) -> str:
    """The verdict in the words of its review, as on the screens and in the minutes."""
    from readyroom.domain.finding import Finding
    from readyroom.domain.verdict import verdict_words
    from readyroom.domain.vocabulary import ReviewKind

    return verdict_words(ReviewKind(line.kind), Finding(line.verdict)) if line.verdict else ""


def session_plain(line: SessionLine) -> dict[str, Any]:
    """A session as `--json` shows it in a list."""
    return {
        "id": line.id,
        "short_id": line.short,
        "title": line.title,
        "kind": line.kind,
        "agenda": line.agenda_id,
        "services": list(line.subjects),
        "status": line.status,
        "created_at": line.created_at,
        "last_activity": line.last_activity,
        "answered": line.answered,
        "asked": line.asked,
        "actions": line.actions,
        "risks": line.risks,
        "verdict": line.verdict,
    }

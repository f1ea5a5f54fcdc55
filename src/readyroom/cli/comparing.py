"""How two compared sessions are told: the team's changes first, then the agenda's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from readyroom.borders.text import clean_line
from readyroom.cli.printing import counted, cut, on_day, say, say_json
from readyroom.domain.comparison import AnswerChange, Comparison, Rejudged, Turn

if TYPE_CHECKING:
    from readyroom.domain.answer import AnswerKey
    from readyroom.domain.session import Session
    from readyroom.workflows.comparing import SessionDiff

_SHOWN = 100
_ORDER = (Turn.WORSE, Turn.BETTER, Turn.SAME)


def show_session_diff(diff: SessionDiff, zone: str, *, machine: bool) -> None:
    """Print what changed from one session to the other."""
    if machine:
        say_json(session_diff_plain(diff))
        return
    team = diff.team
    of = " → ".join(dict.fromkeys((diff.before.subject, diff.after.subject))).strip(" →")
    dates = f"{_named(diff.before)} of {on_day(diff.before.created_at, zone)} → {_named(diff.after)}"
    say(f"{diff.after.title}{f' of {of}' if of else ''}: {dates} of {on_day(diff.after.created_at, zone)}")
    if diff.is_empty:
        say("no differences")
        return
    say(f"verdict: {_verdict(team)}")
    say()
    say(f"What the team changed: {_summary(team.team) or 'nothing'}; {counted(team.unchanged, 'answer')} as before")
    for one in sorted(team.team, key=lambda one: _ORDER.index(one.turn)):
        for line in _change_lines(one, several=len(team.subjects) > 1):
            say(line)
    say()
    _show_agenda_part(diff)
    if team.since:
        say()
        say("Same answer and agenda, another finding: time has passed, or another answer weighs in")
        _show_rejudged(team.since, several=len(team.subjects) > 1)


def session_diff_plain(diff: SessionDiff) -> dict[str, Any]:
    """The same for programs."""
    team = diff.team
    return {
        "before": _named(diff.before),
        "after": _named(diff.after),
        "agenda_root": diff.after.agenda_root,
        "subjects": [{"before": before, "after": after} for before, after in team.subjects],
        "verdict": {
            "before": team.verdict_before.verdict,
            "after": team.verdict_after.verdict,
            "turn": team.turn,
        },
        "team": [_change_plain(one) for one in team.team],
        "agenda": {**diff.agenda.as_plain(), "rejudged": [_rejudged_plain(one) for one in team.by_agenda]},
        "since": [_rejudged_plain(one) for one in team.since],
        "unchanged": team.unchanged,
    }


def _show_agenda_part(diff: SessionDiff) -> None:
    found, judged = diff.agenda, diff.team.by_agenda
    if not found.differences:
        say(f"What the agenda changed: nothing, both ran with {found.after}")
        return
    first, *rest = found.as_text().splitlines()
    say(f"What the agenda changed: {first}")
    for line in rest:
        say(f"  {line}")
    if judged:
        say("  so that the earlier answers are judged otherwise")
        _show_rejudged(judged, several=len(diff.team.subjects) > 1, indent="    ")


def _show_rejudged(found: Iterable[Rejudged], *, several: bool, indent: str = "  ") -> None:
    for one in found:
        lead = f"{indent}{one.turn.value:<6}  {_place(one.key, several=several)}"
        say(f"{lead}: {_short(one.answer)}; {one.before.value} → {one.after.value}")


def _change_lines(one: AnswerChange, *, several: bool) -> Iterator[str]:
    graded = one.finding_before is not one.finding_after
    finding = f"; {one.finding_before.value} → {one.finding_after.value}" if graded else ""
    said = _short(one.before) if one.before == one.after else f"{_short(one.before)} → {_short(one.after)}"
    yield f"  {one.turn.value:<6}  {_place(one.key, several=several)}: {said}{finding}"
    for row in one.rows:
        yield f"            {_short(row)}"
    for what, before, after in (
        ("note", one.note_before, one.note_after),
        ("evidence", one.evidence_before, one.evidence_after),
    ):
        if before != after:
            yield f"            {what}: {_short(before) or 'nothing'} → {_short(after) or 'nothing'}"


def _summary(changes: tuple[AnswerChange, ...]) -> str:
    counts = {turn: sum(one.turn is turn for one in changes) for turn in _ORDER}
    words = {Turn.WORSE: "worse", Turn.BETTER: "better", Turn.SAME: "neither"}
    told = ", ".join(f"{count} {words[turn]}" for turn, count in counts.items() if count)
    return f"{counted(len(changes), 'answer')} ({told})" if changes else ""


def _verdict(team: Comparison) -> str:
    before, after = team.verdict_before.words, team.verdict_after.words
    way = "" if team.turn is Turn.SAME else f", {team.turn.value}"
    return f"{before} → {after}{way}" if before != after else f"{after}, as before"


def _change_plain(one: AnswerChange) -> dict[str, Any]:
    return {
        **_key_plain(one.key, one.ask),
        "turn": one.turn,
        "before": {
            "answer": one.before,
            "note": one.note_before,
            "evidence": one.evidence_before,
            "finding": one.finding_before,
        },
        "after": {
            "answer": one.after,
            "note": one.note_after,
            "evidence": one.evidence_after,
            "finding": one.finding_after,
        },
        "rows": one.rows,
    }


def _rejudged_plain(one: Rejudged) -> dict[str, Any]:
    told = {"turn": one.turn, "answer": one.answer, "before": one.before, "after": one.after}
    return {**_key_plain(one.key, one.ask), **told}


def _key_plain(key: AnswerKey, ask: str) -> dict[str, str]:
    return {"item": key.item, "subject": key.subject, "respondent": key.respondent, "ask": ask}


def _place(key: AnswerKey, *, several: bool) -> str:
    about = ", ".join(part for part in (key.subject if several else "", key.respondent) if part)
    return f"{key.item} ({about})" if about else key.item


def _named(session: Session) -> str:
    return f"S-{session.number}"


def _short(text: str) -> str:
    return cut(clean_line(text), _SHOWN)

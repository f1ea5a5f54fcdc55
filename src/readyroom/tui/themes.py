"""Our themes, and the look of each state: glyph, word and colour together, so that it holds without colour."""

from __future__ import annotations

import locale
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.theme import Theme
from textual.widget import Widget

if TYPE_CHECKING:
    from readyroom.domain.answer import AnswerState
    from readyroom.domain.finding import Finding

DARK, LIGHT, CONTRAST = "readyroom-dark", "readyroom-light", "readyroom-contrast"


def _theme(name: str, *, dark: bool, accent: str, muted: str, line: str, chosen: str, **colours: str) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=accent,
        accent=accent,
        text_alpha=1.0,
        variables={
            "text-muted": muted,
            "text-disabled": muted,
            "line": line,
            "chosen": chosen,
            "border": line,
            "border-blurred": line,
            "input-selection-background": chosen,
            "input-cursor-background": accent,
            "input-cursor-foreground": colours["background"],
            "block-cursor-background": chosen,
            "block-cursor-foreground": colours["foreground"],
            "block-cursor-text-style": "none",
            "scrollbar": line,
            "scrollbar-background": colours["background"],
            "scrollbar-background-hover": colours["background"],
            "scrollbar-background-active": colours["background"],
            "scrollbar-corner-color": colours["background"],
            "link-color": accent,
            "markdown-h1-color": accent,
            "markdown-h2-color": accent,
            "markdown-h3-color": accent,
        },
        **colours,  # type: ignore[arg-type]  # only colours are left in it
    )


THEMES = (
    _theme(
        DARK,
        dark=True,
        accent="#7cb7ff",
        muted="#8f9bab",
        line="#333b47",
        chosen="#223247",
        foreground="#dfe5ec",
        background="#12151a",
        surface="#181c23",
        panel="#1e232b",
        success="#7fc98f",
        warning="#e6b65c",
        error="#f08080",
    ),
    _theme(
        LIGHT,
        dark=False,
        accent="#1a5fb4",
        muted="#5d6773",
        line="#cfd5dc",
        chosen="#dbe8f8",
        foreground="#1d232b",
        background="#fbfbf9",
        surface="#f3f4f3",
        panel="#ebedee",
        success="#196b34",
        warning="#8a5a00",
        error="#b3261e",
    ),
    _theme(
        CONTRAST,
        dark=True,
        accent="#ffd84d",
        muted="#d0d0d0",
        line="#9a9a9a",
        chosen="#003b7a",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#101010",
        success="#6dff8f",
        warning="#ffb84d",
        error="#ff8f8f",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """The signs of one character set."""

    done: str
    failed: str
    not_applicable: str
    unknown: str
    unanswered: str
    prepared: str
    disputed: str
    skipped: str
    hidden: str
    again: str
    grave: str
    blocker: str
    medium: str
    ok: str
    unrated: str
    cursor: str
    suggestion: str
    last_time: str
    bar_full: str
    bar_empty: str
    rule: str
    dot: str
    late: str
    enter: str


UNICODE = Glyphs(
    done="✓",
    failed="✗",
    not_applicable="–",
    unknown="?",
    unanswered="○",
    prepared="◌",
    disputed="≠",
    skipped="↷",
    hidden="·",
    again="↺",
    grave="▲",
    blocker="■",
    medium="●",
    ok="✓",
    unrated="·",
    cursor="▸",
    suggestion="▸",
    last_time="◂",
    bar_full="▰",
    bar_empty="▱",
    rule="─",
    dot="·",
    late="▲",
    enter="↵",
)
ASCII = Glyphs(
    done="v",
    failed="x",
    not_applicable="-",
    unknown="?",
    unanswered="o",
    prepared="~",
    disputed="#",
    skipped=">",
    hidden=".",
    again="@",
    grave="!",
    blocker="#",
    medium="*",
    ok="v",
    unrated=".",
    cursor=">",
    suggestion=">",
    last_time="<",
    bar_full="#",
    bar_empty=".",
    rule="-",
    dot="-",
    late="!",
    enter="enter",
)


def glyphs_for(environ: Mapping[str, str], encoding: str | None = None) -> Glyphs:
    """The signs that the terminal can show: ASCII on `READYROOM_ASCII=1` or where its encoding is not UTF-8."""
    wanted = environ.get("READYROOM_ASCII", "")
    if wanted not in ("", "0"):
        return ASCII
    name = (encoding or locale.getpreferredencoding(False)).replace("-", "").lower()
    return UNICODE if name in ("utf8", "utf16", "gb18030") else ASCII


def glyphs_of(widget: Widget) -> Glyphs:
    """The signs in use by the app that shows the widget."""
    found = getattr(widget.app, "glyphs", UNICODE)
    return found if isinstance(found, Glyphs) else UNICODE


@dataclass(frozen=True, slots=True)
class Look:
    """How a state looks."""

    glyph: str
    word: str
    style: str


# Keyed by the words of the domain's enumerations, whose modules Home does not need to load.
_STATES = {
    "answered": ("done", "answered", "$success"),
    "not applicable": ("not_applicable", "n/a", "$text-muted"),
    "unknown": ("unknown", "unknown", "$warning"),
    "prepared": ("prepared", "prepared", "$accent"),
    "disputed": ("disputed", "disputed", "$warning"),
    "skipped": ("skipped", "skipped", "$warning"),
    "hidden": ("hidden", "not asked", "$text-muted"),
    "unanswered": ("unanswered", "open", "$text-muted"),
}
_FINDINGS = {
    "blocker": ("blocker", "blocker", "$error"),
    "high": ("grave", "high", "$error"),
    "medium": ("medium", "medium", "$warning"),
    "ok": ("ok", "ok", "$success"),
    "unrated": ("unrated", "not rated", "$text-muted"),
}


def state_look(state: AnswerState, *, bad: bool = False, glyphs: Glyphs = UNICODE) -> Look:
    """The look of an answer's state; `bad` for an answer that says no (a failed check, a blocker)."""
    if bad and state == "answered":
        return Look(glyphs.failed, "failed", "$error")
    sign, word, style = _STATES[state]
    return Look(getattr(glyphs, sign), word, style)


def finding_look(finding: Finding, *, glyphs: Glyphs = UNICODE) -> Look:
    """The look of what a rule concluded."""
    sign, word, style = _FINDINGS[finding]
    return Look(getattr(glyphs, sign), word, style)

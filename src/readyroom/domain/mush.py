"""Answers that only sound like one: `TBD`, `soon`, `same as above`. They are taken as typed, and said to be vague."""

from __future__ import annotations

import re
import unicodedata

from readyroom.domain.agenda import Item, ItemKind
from readyroom.domain.answer import Answer, AnswerState

PUT_OFF = "it puts the answer off"
ELSEWHERE = "it points somewhere else"
NOBODY_KNOWS = "it says that nobody knows"
NO_REASON = "it says not applicable, without a reason"
SAYS_NOTHING = "it says nothing"

_LONGEST = 60
"""Whatever is longer says something besides."""
_LATER = (
    r"to be (?:determined|decided|defined|discussed|done|confirmed|announced|clarified|agreed|continued)",
    r"to be filled(?: in)?", r"t ?b ?[dac]",
    r"to ?do", r"to (?:discuss|decide|clarify|follow)", r"follows", r"wip", r"work in progress",
    r"in progress", r"ongoing", r"pending", r"under (?:discussion|consideration|review)", r"soon(?:ish|er or later)?",
    r"later(?: on)?", r"a ?s ?a ?p", r"as soon as (?:possible|we can)", r"at some (?:point|time)",
    r"some ?(?:day|time)s?", r"one day", r"eventually",
    r"in (?:due (?:course|time)|(?:the )?(?:near )?future)", r"not (?:yet|now)",
    r"(?:we|i|you|let us|lets|time)? ?(?:will|ll|shall)? ?see", r"well see", r"time will tell", r"wait and see",
    r"(?:when|if|as) (?:we have time|time permits|possible)", r"time permitting",
    r"next (?:time|week|month|quarter|year|sprint)",
)  # fmt: skip
_PLACES = (
    r"(?:the )?same(?: (?:here|again|thing|answer))?",
    r"(?:(?:the )?same )?(?:as|see|like) (?:the )?(?:above|below|before|previous(?: one)?|always|usual|discussed|agreed"
    r"|last (?:time|year|quarter|month|one))",
    r"(?:the )?usual", r"ditto", r"idem", r"see (?:the )?(?:wiki|docs?|ticket|chat|notes?|slides?)", r"above",
)  # fmt: skip
_UNKNOWN = (
    r"(?:i|we|nobody|no one)? ?(?:do not|dont|does not|doesnt|cannot|cant) (?:know|say|tell)", r"(?:nobody|who) knows",
    r"dunno", r"idk", r"(?:no|not a) (?:idea|clue)", r"not (?:so |really |quite )?(?:sure|clear|known)",
    r"un(?:sure|clear|known|decided)", r"maybe(?: not)?", r"perhaps", r"possibly", r"probably(?: not)?",
    r"hopefully", r"(?:it )?depends", r"(?:i|we) (?:guess|hope|think)(?: (?:so|not))?", r"more or less", r"whatever",
    r"(?:kind|sort) of",
)  # fmt: skip
_INAPPLICABLE = (r"n ?a", r"not applicable", r"does not apply", r"doesnt apply", r"irrelevant")
_FILLED = (
    r"x{2,}",
    r"(?:bla(?:h)? ?)+",
    r"etc(?:etera)?",
    r"asdf\w*",
    r"lorem ipsum",
    r"fill (?:me )?in",
    r"placeholder",
)
_LEAD = (
    r"(?:(?:still|just|well|hm+|u+m+|very|pretty|quite|real|really|hopefully|probably|maybe|coming|happening|rather"
    r"|it is|its|this is|that is|will be|we are|were|i am|im|is) )*"
)
_TAIL = r"(?: (?:later|soon|still|yet|now|for now|at the moment|right now|again|please|then|too|as well|really|today))*"


def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{_LEAD}(?:{'|'.join(words)}){_TAIL}")


_KINDS = (
    (_compiled(_LATER), PUT_OFF),
    (_compiled(_PLACES), ELSEWHERE),
    (_compiled(_UNKNOWN), NOBODY_KNOWS),
    (_compiled(_INAPPLICABLE), NO_REASON),
    (_compiled(_FILLED), SAYS_NOTHING),
)
_NAMES = frozenset({PUT_OFF, NOBODY_KNOWS, SAYS_NOTHING})
"""What is vague of an owner, too: somebody may well be called Na, or own the same as before."""


def is_mush(text: str) -> str:
    """Why a text is no answer, as half a sentence that begins with "it"; empty for one that says something."""
    if len(text.strip()) > _LONGEST:
        return ""
    words = _bare(text)
    if not words:
        return SAYS_NOTHING
    return next((reason for pattern, reason in _KINDS if pattern.fullmatch(words)), "")


def mush_in(item: Item, answer: Answer) -> str:
    """Why the answer to a question in words, or to one for an owner, is none; empty for all others."""
    if answer.state is not AnswerState.ANSWERED or not isinstance(answer.value, str):
        return ""
    if item.kind is ItemKind.TEXT:
        return is_mush(answer.value)
    reason = is_mush(answer.value) if item.kind is ItemKind.OWNER else ""
    return reason if reason in _NAMES else ""


def _bare(text: str) -> str:
    """The words in small letters, one blank between them; apostrophes join, all other signs part."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_JOINED)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded).split())


_JOINED = dict.fromkeys(map(ord, "'’‘`´ʼ"))

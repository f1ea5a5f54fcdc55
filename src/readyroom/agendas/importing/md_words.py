"""What stands inside a line of Markdown: plain words, links, ids, lead-ins, timeboxes, ticks, questions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readyroom.domain.agenda import ItemKind

LONGEST_ASK = 240
_IMAGE = re.compile(r"!\[([^\[\]]{0,300})\]\([^()\s]{0,800}(?:\s\"[^\"]{0,200}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]]{1,1500})\]\(([^()\s]{1,800}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)(?:\s\"[^\"]{0,200}\")?\)"
)
_TAG = re.compile(
    r"</?(?:em|strong|b|i|u|s|del|ins|sub|sup|br|hr|code|kbd|pre|span|a|p|div|details|summary|small|mark|font|center|ul|ol|li)"
    r"(?:\s[^<>]{0,400})?\s*/?>",
    re.IGNORECASE,
)
_HTML_LINK = re.compile(
    r"<a\s[^<>]{0,200}?href=[\"']([^\"'<>]{1,500})[\"'][^<>]{0,200}>([^<>]{0,300})</a>", re.IGNORECASE
)
_EMOJI = re.compile(r":[a-z0-9_+-]{2,40}:")
_SPOKEN = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)|(?<=\S)(\*{1,3}|_{1,3})(?!\w)|`")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ID = re.compile(r"(?:[A-Z][A-Z0-9]{0,11}(?:[-_.]\w{1,8}){0,3}[-_.]?\d{1,5}[a-z]?|[A-Z]{1,4}\d{1,4}(?:\.\d{1,3}){0,3})")
_LEAD = re.compile(r"(\*\*|__)(.{1,160}?)\1\s*(:|—|–|-{1,2}|\.)?\s*(.*)", re.DOTALL)
_PLAIN_ID = re.compile(rf"({_ID.pattern})\s*(?::|—|–|-|\)|\.)\s+(\S.*)", re.DOTALL)
_NUMBER = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3}){0,4}\s*\\?[.)]?|[A-Za-z]\)|[IVX]{1,5}\.)\s+(?=\S)")
_TIMEBOX = re.compile(
    r"[\s\-–—:,]*[(\[]\s*(?:~|ca\.?\s*|about\s+|max\.?\s*)?(\d{1,3})\s*(?:(?:-|–|to)\s*(\d{1,3}))?\s*"
    r"(?:m|min|mins|minutes?|['’])\.?\s*[)\]]|"
    r"\s*[\-–—:]\s*(\d{1,3})\s*(?:(?:-|–|to)\s*(\d{1,3})\s*)?(?:min|mins|minutes?)\b\.?\s*$",
    re.IGNORECASE,
)
_OPEN_QUESTION = re.compile(
    r"(?:and |so |if so,? |if yes,? )?(?:in |at |on |by |for |to |from |with |under |during )?"
    r"(?:what|how|who|whom|whose|which|where|when|why|list|describe|name|explain|provide|summari[sz]e|outline|link)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:who|whom|whose)\b|.{0,40}\b(?:owner|author|lead|contact|team|reviewer|approver)s?\W*$", re.IGNORECASE
)
_WHEN = re.compile(r"(?:by )?when\b|(?:.{0,30}\b)?date\W*$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|can|cannot|can't|does|do|did|will|would|must|should|may|might|need|needs|"
    r"exists?|remains?|works?|meets?|passes|pass|covers?|uses?|knows?|contains?|includes?|runs?|allows?|supports?|follows?|"
    r"defines?|describes?|returns?|requires?|survives?|exceeds?|accepts?|happens?|goes|gets?|keeps?|shows?|reads?|ends?|stops?|starts?|handles?|detects?|sees?|agrees?|there's|it's|don't|doesn't|isn't|aren't)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:write|add|ensure|make|configure|verify|check|confirm|prefer|avoid|use|create|set|define|document|test|review|update|"
    r"enable|disable|run|choose|do|don't|never|always|keep|try|get|include|provide|implement|validate|publish|notify|schedule|"
    r"identify|establish|deploy|remove|record|list|describe|attach|link|read|tag|announce|agree|name|monitor|scan)\b",
    re.IGNORECASE,
)
_NO_GO = re.compile(
    r"(?<!go/)(?<!go / )(?<!go or )\bno[- ]?gos?\b|show[- ]?stoppers?|(?:must|may|shall|should|can) ?not (?:be )?"
    r"(?:proceed|launch|ship|release|deploy|go live|start|approved|released|shipped|launched|deployed)|"
    r"(?:do not|don't|never) (?:proceed|launch|ship|release|deploy|go live)|"
    r"(?:block|stop|abort|halt|delay|reject)s? (?:the |any |this )?(?:release|launch|deployment|go-live)|"
    r"(?:release|launch|deployment|go-live) (?:is )?block(?:ers?|ed)|stop if|red flags?",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"(?:table of )?contents?|toc|on this page|index|overview of contents|in this document", re.IGNORECASE
)
_PLACEHOLDER = re.compile(
    r"(?:[<\[{(].{0,80}[>\]})]|tbd|tba|todo|n\.?n\.?|\.{2,}|_{2,}|-+|–|—|…|y{2,4}-mm-dd|"
    r"(?:\w[\w ]{0,30}\s/\s){1,6}\w[\w ]{0,30}|"
    r"your [\w ]{1,40}|\w+_name|enter [\w ]{1,40}|insert [\w ]{1,40}|\?+)",
    re.IGNORECASE,
)
_TICKS = frozenset(("x", "✓", "✔", "✅", "☑", "●", "•", "yes", "y", "true", "[x]", "required", "must", "1"))
_TICK_NAMES = frozenset((":white_check_mark:", ":heavy_check_mark:", ":ballot_box_with_check:", ":check:", ":+1:"))
_BLANKS = frozenset(
    ("", "-", "–", "—", "[ ]", "☐", "⬜", "n/a", "no", ":x:", "❌", "✗", "optional", ":heavy_minus_sign:")
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as it is read aloud, and what it linked to."""

    text: str
    links: tuple[str, ...] = ()
    comment: str = ""


def speak(text: str) -> Spoken:
    """The words of a line without the marks of Markdown and HTML."""
    text, comments = split_comments(text)
    text = _IMAGE.sub(r"\1", text)
    text = _HTML_LINK.sub(r"[\2](\1)", text)
    links = tuple(f"[{plain_marks(found[1])}]({found[2]})" for found in _LINK.finditer(text))
    text = plain_marks(_LINK.sub(r"\1", text))
    return Spoken(" ".join(text.split()), links, comments)


def split_comments(text: str) -> tuple[str, str]:
    """The text without its HTML comments, and what they say."""
    kept, said = [], []
    rest = text
    while "<!--" in rest:
        before, _, behind = rest.partition("<!--")
        comment, closed, rest_behind = behind.partition("-->")
        kept.append(before)
        said.append(comment.strip())
        rest = rest_behind if closed else ""
    return " ".join([*kept, rest]), " ".join(said)


def plain_marks(text: str) -> str:
    """The text without stars, underscores and ticks that only mark it up."""
    text = _TAG.sub(" ", text)
    held = _SPOKEN.sub("", text)
    return " ".join(_ESCAPE.sub(r"\1", held).split())


def title_words(text: str) -> str:
    """A heading as a title: without numbers, emoji names and closing marks."""
    words = _EMOJI.sub(" ", speak(text).text)
    words = re.sub(r"\{[#:.][^{}]{0,80}\}\s*$", "", words).strip()
    numbered = _NUMBER.match(words + " ")
    if numbered and words[numbered.end() :].strip():
        words = words[numbered.end() :]
    return " ".join(words.split()).strip(" :#")


def split_timebox(text: str) -> tuple[str, float | None]:
    """A heading without its timebox, and the minutes; of a range the longer one."""
    found = _TIMEBOX.search(text)
    if not found:
        return text, None
    minutes = int(found[2] or found[1] or found[4] or found[3])
    rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
    return (rest, float(minutes)) if minutes and rest else (text, None)


def split_lead(text: str) -> tuple[str, str, str]:
    """Id, lead-in and rest of a line such as `**OPS-1** — Alerts page somebody`; empty where there is none."""
    if (lead := _LEAD.fullmatch(text)) and (lead[3] or lead[2].rstrip().endswith((":", ".", "?")) or not lead[4]):
        inside, rest = speak(lead[2]).text, lead[4].strip()
        if _ID.fullmatch(inside.rstrip(":.")):
            return inside.rstrip(":."), "", rest
        return "", inside, rest
    if plain := _PLAIN_ID.fullmatch(text):
        return plain[1], "", plain[2]
    return "", "", text


def strip_number(text: str) -> str:
    """The text without a number that only counts, such as `3.` or `12)`."""
    found = _NUMBER.match(text)
    return text[found.end() :] if found else text


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence as far as a question may be long, and the rest."""
    if len(text) <= LONGEST_ASK:
        return text, ""
    for found in re.finditer(r"[.?!:;]\s+", text[:LONGEST_ASK]):
        if found.start() > 20:
            return text[: found.start() + 1], text[found.end() :]
    cut = text[:LONGEST_ASK].rpartition(" ")[0] or text[:LONGEST_ASK]
    return f"{cut} …", text[len(cut) :].strip()


def as_question(words: str, kind: ItemKind) -> str:
    """The words as something that is asked; what is a question already stays as it is."""
    if "?" in words:
        return re.sub(r"\s+\?", "?", words)
    bare = words.rstrip(" .:;,")
    match kind:
        case ItemKind.CHECK | ItemKind.YES_NO:
            if _IMPERATIVE.match(bare):
                return f"{bare}: done?"
            return f"{bare}: is that so?" if _VERB.search(bare) else f"{bare}: in place?"
        case ItemKind.OWNER:
            return f"{bare}: who is it?"
        case ItemKind.DATE:
            return f"{bare}: when is it?"
        case ItemKind.RATING:
            return f"{bare}: where do we stand?"
        case ItemKind.TABLE:
            return f"{bare}: what belongs into the table?"
        case _:
            return (
                f"{bare}?"
                if _OPEN_QUESTION.match(bare) and bare.split()[0].casefold() in _WH
                else f"{bare}: what do we say?"
            )


_WH = frozenset(("what", "how", "who", "whom", "which", "where", "when", "why"))


def kind_of_question(words: str, *, ticked: bool) -> ItemKind:
    """What an answer to the words is; `ticked` where a box stands before them."""
    behind_lead = words.partition(": ")[2]
    if (_OPEN_QUESTION.match(words) or _OPEN_QUESTION.match(behind_lead)) and ("?" in words or not ticked):
        return ItemKind.TEXT
    return ItemKind.CHECK


def kind_of_field(words: str) -> ItemKind:
    """What belongs into a field of this name."""
    if _WHEN.match(words):
        return ItemKind.DATE
    return ItemKind.OWNER if _WHO.match(words) else ItemKind.TEXT


def is_no_go(text: str) -> bool:
    """Whether a heading or a sentence says that what follows must not be."""
    return bool(_NO_GO.search(text[:600]))


def is_contents(text: str) -> bool:
    """Whether a heading stands over a table of contents."""
    return bool(_CONTENTS.fullmatch(title_words(text)))


def is_placeholder(text: str) -> bool:
    """Whether a value only shows where one belongs."""
    bare = plain_marks(text).strip()
    return not bare or bool(_PLACEHOLDER.fullmatch(bare)) or bool(_PLACEHOLDER.fullmatch(text.strip().strip("`*_ ")))


def split_placeholder(words: str) -> tuple[str, str]:
    """The words without a placeholder behind a colon, and that placeholder."""
    before, colon, behind = words.rpartition(":")
    if colon and before.strip() and behind.strip() and is_placeholder(behind):
        return before.strip(), behind.strip()
    return words, ""


def is_tick(cell: str) -> bool:
    """Whether a cell is ticked."""
    bare = cell.strip().casefold().replace("\ufe0f", "")
    return bare in _TICKS or bare in _TICK_NAMES


def is_blank(cell: str) -> bool:
    """Whether a cell is empty, or holds a sign that stands for nothing."""
    return cell.strip().casefold().replace("\ufe0f", "") in _BLANKS

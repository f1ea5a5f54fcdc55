"""A commented agenda to begin with, for each kind of review: one file a kind, under an id and a title of one's own."""

from __future__ import annotations

from pathlib import Path

from readyroom.agendas.errors import AgendaError
from readyroom.agendas.words import LONGEST_ID, slug
from readyroom.agendas.wrongs import pick, quoted
from readyroom.agendas.yaml_layout import lay_out
from readyroom.borders.filenames import slug as words_of_file
from readyroom.borders.text import clean_line
from readyroom.domain.vocabulary import ReviewKind

_FOLDER = Path(__file__).parent
KINDS = {
    ReviewKind.READINESS: "may it go live?",
    ReviewKind.RELIABILITY_REVIEW: "how is what is live, and what comes next?",
    ReviewKind.HANDOFF: "one team gives a service, another receives it",
    ReviewKind.ON_CALL: "can people carry the load of being called?",
    ReviewKind.RISK: "what could go wrong, and what is decided about it?",
    ReviewKind.OTHER: "a meeting of your own",
}
"""The kinds of review with what each asks."""


def read_kind(word: str) -> ReviewKind:
    """The kind of review meant; raises AgendaError with the nearest."""
    kinds = [kind.value for kind in KINDS]
    name = word.strip().casefold()
    if name not in kinds:
        raise AgendaError(what=f"there is no kind of review {quoted(word)}", fix=pick(name, kinds))
    return ReviewKind(name)


def starter(kind: ReviewKind, *, agenda_id: str = "", title: str = "") -> str:
    """The text of a commented agenda of this kind; its id is made of the title unless one is given.

    Raises:
        AgendaError: the id is none.
    """
    text = (_FOLDER / f"{kind.value}.yaml").read_text(encoding="utf-8")
    title = clean_line(title)
    name = checked_id(agenda_id) if agenda_id else title and words_of_file(title, "agenda", limit=LONGEST_ID)
    for key, value in (("id", name), ("title", title)):
        if value:
            before, _, rest = text.partition(f"\n{key}: ")
            text = f"{before}\n{lay_out({key: value})}{rest.partition(chr(10))[2]}"
    return text


def checked_id(name: str) -> str:
    """The id of an agenda, as it was given; raises AgendaError where it is none."""
    better = slug(name)
    if name != better or not name:
        what = f"{quoted(name)} is not an id: small letters, digits and single hyphens, at most {LONGEST_ID}"
        raise AgendaError(what=what, fix=f"write {better or 'our-review'}")
    return name

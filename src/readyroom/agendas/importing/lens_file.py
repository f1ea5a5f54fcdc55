"""Reading the JSON of a custom lens as it is found: what is missing, of another type or extra is told, not refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from readyroom.agendas.errors import AgendaError
from readyroom.agendas.importing.loss import Loss
from readyroom.borders.errors import BorderError
from readyroom.borders.jsontext import load_json
from readyroom.borders.text import clean_line, clean_text

SIZE_LIMIT = 4_000_000
"""Characters of the longest lens that is read; AWS takes 500 KB."""
_NOT_A_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*+"|(?<![\w.-])NaN(?![\w.])', re.DOTALL)
_MOST_LOSSES = 1_000
_FIX = "export the lens from the tool again"


@dataclass(slots=True)
class LensText:
    """The parsed lens, and what could not be used; `line_of` finds where a value stands."""

    name: str
    text: str
    root: dict[str, Any]
    losses: list[Loss] = field(default_factory=list)
    _at: int = 0

    def lose(self, text: object, why: str, near: str = "") -> None:
        """Note something that is not in the agenda; of a flood, only that there is more."""
        if len(self.losses) > _MOST_LOSSES:
            return
        if len(self.losses) == _MOST_LOSSES:
            self.losses.append(Loss(0, "", f"and more than these {_MOST_LOSSES:,} were left out"))
            return
        shown = clean_line(text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)[:300])
        self.losses.append(Loss(self.line_of(near or shown), shown, why))

    def go_to(self, value: object) -> None:
        """Move on to where a value stands, so that what is looked for next is found behind it."""
        if isinstance(value, str) and (at := self._find(value, self._at)) >= 0:
            self._at = at

    def line_of(self, value: str) -> int:
        """The line in which a value stands next, else first; 0 where it is not found."""
        at = self._find(value, self._at)
        if at < 0:
            at = self._find(value, 0)
        return self.text.count("\n", 0, at) + 1 if at >= 0 else 0

    def _find(self, value: str, start: int) -> int:
        if not value or len(value) > 4_000:
            return -1
        for written in (json.dumps(value, ensure_ascii=False), json.dumps(value)):
            if (at := self.text.find(written, start)) >= 0:
                return at
        return -1

    def words(self, owner: dict[str, Any], key: str, *, several: bool = False) -> str:
        """A text of the lens, cleaned; what is no text is told and left out."""
        value = owner.get(key)
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.lose(value, f"{key} should be a text")
            return ""
        return clean_text(value).strip() if several else clean_line(value)

    def each(self, owner: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
        """The mappings in a list; anything else in it is told and left out."""
        value = owner.get(key)
        if value is None:
            return
        if isinstance(value, dict):  # one where a list should be
            value = [value]
        if not isinstance(value, list):
            self.lose(value, f"{key} should be a list")
            return
        for one in value:
            if isinstance(one, dict):
                yield one
            else:
                self.lose(one, f"an entry of {key} should be a mapping")

    def extras(self, owner: dict[str, Any], known: frozenset[str], where: str) -> None:
        """Tell of keys that a lens does not have."""
        for key, value in owner.items():
            if key not in known:
                shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[:200]
                self.lose(f"{key}: {shown}", f"{where} has no such key", key)


def read_lens(text: str | bytes, name: str) -> LensText:
    """The lens as a tree.

    Raises:
        AgendaError: it is no JSON, too long, too deep, or no lens.
    """
    if len(text) > SIZE_LIMIT:
        raise AgendaError(what=f"{name} is longer than {SIZE_LIMIT:,} bytes", fix="a lens has at most 500 KB")
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise AgendaError(what=f"{name} is not UTF-8", fix="save it as UTF-8") from None
    missing: list[int] = []

    def without(found: re.Match[str]) -> str:
        if found[0] != "NaN":
            return found[0]
        missing.append(found.start())
        return "null"

    try:
        root = load_json(_NOT_A_NUMBER.sub(without, text), name, SIZE_LIMIT * 2)
    except BorderError as error:
        raise AgendaError(what=f"{error.place}: {error.what}", fix=error.fix) from error
    if not isinstance(root, dict) or not isinstance(root.get("pillars"), list):
        raise AgendaError(what=f"{name} is no custom lens: it has no list of pillars", fix=_FIX)
    lens = LensText(name, text, root)
    for at in missing[: _MOST_LOSSES // 2]:
        lens.losses.append(Loss(text.count("\n", 0, at) + 1, "NaN", "a text is missing here"))
    return lens

"""Names of files and folders made from what people typed."""

from __future__ import annotations

import hashlib
import re
import unicodedata

SLUG_LIMIT = 60
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))],
)


def slug(text: str, fallback: str, *, limit: int = SLUG_LIMIT) -> str:
    """Make a file name of lower-case ASCII letters, digits and hyphens; the same text gives the same name.

    A name that had to be shortened, or has no letter that ASCII knows, ends in a few digits of its hash,
    so that two such names stay apart. `fallback` stands in for blank text.
    """
    letters = _ascii_words(text)
    if not letters and not text.strip():
        return _ascii_words(fallback)[:limit].strip("-") or "unnamed"
    if not letters:
        return f"{_shortened(_ascii_words(fallback) or 'unnamed', limit - 7)}-{_mark(text)}"
    if letters in _RESERVED:
        return f"{letters}-{_mark(text)}"
    if len(letters) > limit:
        return f"{_shortened(letters, limit - 7)}-{_mark(text)}"
    return letters


def _ascii_words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def _shortened(name: str, limit: int) -> str:
    return name[: max(1, limit)].rstrip("-")


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]

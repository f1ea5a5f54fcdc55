"""What commands print: aligned tables for people, JSON for machines. All text that people typed is cleaned here."""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from readyroom.borders.errors import BorderError
from readyroom.borders.text import clean_line, clean_text

GAP = "  "
_NARROWEST = 12
_UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table; the one that `gives` is cut when the terminal is too narrow for all."""

    title: str
    right: bool = False
    gives: bool = False


def say(text: str = "", *, err: bool = False) -> None:
    """Print text, cleaned, and a line break."""
    stream = sys.stderr if err else sys.stdout
    if stream is not None:
        stream.write(f"{clean_text(text)}\n")


def say_raw(text: str) -> None:
    """Print a document that is clean already (minutes, YAML) as it is."""
    if sys.stdout is not None:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def deliver(text: str, out: Path | None) -> None:
    """Write a document to the file that `--out` names, or print it where none is named (or `-`).

    Raises:
        BorderError: the file cannot be written.
    """
    if out is None or str(out) == "-":
        say_raw(text)
        return
    from readyroom.borders.files import write_atomic

    write_atomic(named_file(out), text)
    say(f"wrote {out}")


def named_file(out: Path) -> Path:
    """The file that `--out` names; raises BorderError where it names a folder."""
    if out.is_dir():
        raise BorderError("that is a folder, not a file", str(out), "name a file")
    return out


def say_json(plain: Any) -> None:
    """Print plain values as indented JSON; what could drive a terminal stands there as an escape."""
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
    text = json.dumps(plain_of(plain), indent=2, ensure_ascii=encoding != "utf8")
    say_raw(_UNSEEN.sub(lambda found: json.dumps(found.group())[1:-1], text))


def plain_of(value: Any) -> Any:
    """Dates, instants, enums and paths as JSON has them; lone surrogates of a file's name are replaced."""
    if isinstance(value, Enum):
        return plain_of(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | Path):
        return str(value).encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {plain_of(key): plain_of(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain_of(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def say_table(headings: Sequence[Heading], rows: Iterable[Sequence[object]], *, color: bool = False) -> None:
    """Print rows under their headings, aligned, without boxes; cut to the terminal only on a terminal."""
    say_lines(table_lines(headings, rows, terminal_width()), color=color)


def say_lines(lines: Sequence[str], *, color: bool = False) -> None:
    """Print the lines of a table, the heading faint where colour is wanted."""
    if sys.stdout is None:
        return
    first, *rest = lines
    faint = color and _is_terminal()
    sys.stdout.write(f"\x1b[2m{first}\x1b[0m\n" if faint else f"{first}\n")
    sys.stdout.writelines(f"{line}\n" for line in rest)


def table_lines(headings: Sequence[Heading], rows: Iterable[Sequence[object]], limit: int = 0) -> list[str]:
    """The lines of a table, the headings first; at most `limit` columns of the screen wide unless that is 0."""
    titles = [heading.title.upper() for heading in headings]
    cells = [[clean_line(_shown(cell)) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(titles, *cells, strict=True)]
    over = sum(widths) + len(GAP) * (len(widths) - 1) - limit
    giving = [at for at, heading in enumerate(headings) if heading.gives]
    if limit and over > 0 and giving:
        widest = max(giving, key=lambda at: widths[at])
        widths[widest] = max(_NARROWEST, widths[widest] - over)
    lines = []
    for row in (titles, *cells):
        padded = (pad(cut(text, w), w, right=h.right) for text, w, h in zip(row, widths, headings, strict=True))
        lines.append(GAP.join(padded).rstrip())
    return lines


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_letter_width, text))


def cut(text: str, columns: int) -> str:
    """The text, shortened to so many columns with an ellipsis."""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for letter in text:
        used += _letter_width(letter)
        if used > columns - 1:
            break
        kept.append(letter)
    return f"{''.join(kept).rstrip()}…"


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled with blanks to so many columns."""
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def on_day(instant: datetime, zone: str) -> str:
    """The date of an instant where the workspace is."""
    return instant.astimezone(ZoneInfo(zone)).date().isoformat()


def counted(count: int, one: str, many: str = "") -> str:
    """`1 item`, `2 items`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def wants_color(environ: Mapping[str, str]) -> bool:
    """Whether colour may be used, as far as the environment says."""
    return not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Enum):
        return str(cell.value)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _letter_width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def terminal_width() -> int:
    """How wide the terminal is; 0 where what is printed goes elsewhere and nothing may be cut."""
    return shutil.get_terminal_size().columns if _is_terminal() else 0


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()

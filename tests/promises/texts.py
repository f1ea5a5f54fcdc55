"""What the tests of the promises look for in files and in what reaches a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

WORKING_COPY = (".db", ".db-journal")

HOSTILE = {
    "clipboard": "\x1b]52;c;aGFja2Vk\x07",
    "title": "\x1b]0;hacked\x07",
    "link": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "clear": "\x1b[2J\x1b[3J\x1b[1;1H",
    "device": "\x1bP$q\x22p\x1b\\",
    "reset": "\x1bc",
    "answerback": "\x05\x1b[c\x1b[6n",
    "c1": "\x9b31m\x9d0;hacked\x9c\x90q\x9c\x85",
    "c0": "bell\x07 back\x08\x08\x7f return\r gone\x0b\x0c\x0e\x0f",
    "bidi": "\u202eevil\u202c \u2066isolated\u2069 \u202ddone\u202c",
    "tags": "tagged\U000e0041\U000e0042\U000e007f",
    "separators": "one\u2028two\u2029three",
    "marks": "\ufeffmark\ufff9a\ufffab\ufffb",
    "markup": "[/] [bold]x[/bold] [@click=app.quit]here[/] [red",
    "rich": "[link=file:///etc/passwd]x[/link] :smile: [/etc/hosts]",
    "markdown": "# head | cell | `code` <script>alert(1)</script> ![x](https://evil.example/x.png) [y](javascript:1)",
    "sheet": "=cmd|' /C calc'!A0 \t+1 -1 @SUM(1)",
    "format": "{0.__class__} %s %(x)s ${HOME} $(reboot) `reboot`",
    "long": "x" * 3000,
    "wide": "表計算 👩\u200d💻 e\u0301\u0301 \u0e33 ﷽",
}
"""Texts that drive what shows them, if they are let."""

_FORBIDDEN = re.compile("[\x80-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_SEQUENCE = re.compile(
    rb"\x1b(?:"
    rb"\[(?P<private>[<=>?]?)(?P<words>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    rb"|(?P<string>[\]PX^_])"
    rb"|(?P<simple>[ -/]*[0-~])"
    rb")"
)
_OURS = {b"m", b"H", b"h", b"l", b"u", b"p"}
"""Ends of the sequences that Textual writes: colours, place, modes, key protocol, mode query."""
_POINTER = re.compile(rb"\x1b]22;[a-z-]*\x07")
"""The shape of the mouse pointer, the one string that Textual writes."""


def strangers(output: bytes) -> Iterator[str]:
    """What in a terminal's output is not the program's own: strings, queries, controls, hidden characters."""
    output = _POINTER.sub(b"", output)
    for found in _SEQUENCE.finditer(output):
        if found["string"]:
            yield f"a control string {output[found.start() : found.start() + 40]!r}"
        elif found["simple"]:
            yield f"an escape {found[0]!r}"
        elif found["final"] and found["final"] not in _OURS:
            yield f"a sequence {found[0]!r}"
    text = _SEQUENCE.sub(b"", output).decode("utf-8", "backslashreplace")
    for found_text in _FORBIDDEN.finditer(text):
        yield f"a hidden character {found_text[0]!r}"
    for control in sorted(set(re.findall(r"[\x00-\x1f\x7f]", text)) - set("\r\n")):
        yield f"a control {control!r}"


def written_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that is no database: what is committed, handed round, or left lying about."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(WORKING_COPY)
    }

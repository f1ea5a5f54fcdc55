"""Which texts a record can be exported as: name, file suffix, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from readyroom.domain.record import Record
from readyroom.export.markdown import minutes
from readyroom.export.summary import summary


@dataclass(frozen=True, slots=True)
class Format:
    """One way to export a record as text. JSON is not among them: that is the record itself (`records.canonical`)."""

    name: str
    file: str
    """Its name in a folder of exports."""
    about: str
    render: Callable[[Record], str]

    @property
    def suffix(self) -> str:
        """What its files end in."""
        return f".{self.file.rpartition('.')[2]}"


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("md", "summary.md", "the minutes, as Markdown", minutes),
        Format("summary", "one-page.md", "one page for whoever was not there, as Markdown", summary),
    )
}

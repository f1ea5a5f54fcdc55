"""The line at the bottom that captures and people are typed into, with what was understood of it below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from readyroom.domain.agenda import Item
from readyroom.domain.capture import CaptureKind
from readyroom.domain.captureline import CaptureLine
from readyroom.tui.text import clip
from readyroom.tui.themes import Glyphs
from readyroom.tui.widgets.meeting.fields import Field
from readyroom.tui.widgets.meeting.lines import Line, Span, wrapped
from readyroom.tui.widgets.meeting.lines_view import PlainLines

_LABEL = 10
_MOST = 6
"""Lines of an echo: a roster of thirty is still seen whole."""


class CaptureBar(Vertical):
    """A label, a line to type in, and its echo. It is made when first needed."""

    DEFAULT_CSS = """
    CaptureBar {
        height: 3; padding: 0 2; background: $panel;
        & Horizontal { height: 1; }
        & #bar-label { width: 10; background: $panel; }
        & #bar-hint { width: 20; background: $panel; }
        & #bar-told { height: 1; background: $panel; }
        & #bar-echo { height: 1; background: $panel; margin: 0 0 0 10; }
    }
    .-narrow CaptureBar #bar-hint { display: none; }
    """

    def compose(self) -> ComposeResult:
        """What was taken down last, then label, field and hint in one line, and the echo."""
        yield PlainLines(id="bar-told")
        with Horizontal():
            yield PlainLines(id="bar-label")
            yield Field(id="bar-field")
            yield PlainLines(id="bar-hint")
        yield PlainLines(id="bar-echo")

    @property
    def field(self) -> Field:
        """Where one types."""
        return self.query_one("#bar-field", Field)

    def begin(self, label: str, hint: str) -> None:
        """Say what is typed here."""
        self.query_one("#bar-label", PlainLines).tell(Line((Span(clip(label, _LABEL - 1), "accent"),)))
        self.query_one("#bar-hint", PlainLines).tell(Line((), (Span(hint, "dim"),)))

    def echo(self, spans: Sequence[Span], right: Sequence[Span] = ()) -> None:
        """Show what was understood."""
        self._echo(Line(tuple(spans), tuple(right)))

    def echo_text(self, text: str) -> None:
        """Show what was understood in full, on as many lines as it needs."""
        self._echo(*list(wrapped(text, max(20, self.size.width - _LABEL - 4), "dim"))[:_MOST])

    def _echo(self, *lines: Line) -> None:
        echo = self.query_one("#bar-echo", PlainLines)
        height = max(1, len(lines))
        if echo.styles.height is None or echo.styles.height.value != height:
            echo.styles.height, self.styles.height = height, height + 2
        echo.tell(*lines)

    def told(self, shown: Line) -> None:
        """Show what was taken down last."""
        self.query_one("#bar-told", PlainLines).tell(shown)


def echo_spans(kind: CaptureKind, read: CaptureLine, item: Item | None, today: date, glyphs: Glyphs) -> list[Span]:
    """The marks of a line as they were understood."""
    parts: list[tuple[str, str]] = []
    if read.owner:
        parts.append((f"owner {read.owner}", ""))
    if read.due and kind in (CaptureKind.ACTION, CaptureKind.PARKED):
        year = f" {read.due.year}" if read.due.year != today.year else ""
        parts.append((f"due {read.due:%a} {read.due.day} {read.due:%b}{year}", ""))
    if read.priority and kind is CaptureKind.ACTION:
        parts.append((f"P{read.priority}", ""))
    if read.priority and kind is CaptureKind.RISK:
        parts.append((f"worry {6 - read.priority} of 5", ""))
    if item is not None:
        parts.append((f"from “{clip(item.ask, 40)}”", "dim"))
    spans: list[Span] = []
    for text, role in parts:
        if spans:
            spans.append(Span(f" {glyphs.dot} ", "dim"))
        spans.append(Span(text, role))
    return spans

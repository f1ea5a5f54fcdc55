"""The one widget that paints lines: it repaints only those that changed, and never lays the screen out for a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from readyroom.tui.text import user_text
from readyroom.tui.widgets.meeting.lines import BLANK, Line, Span, at_right

ROLES = ("dim", "strong", "accent", "good", "warn", "bad", "key", "chosen", "cursor", "title", "rule")


class LinesView(ScrollView, can_focus=False):
    """Lines of words with roles. Subclasses say in `build` what they are, for a width."""

    COMPONENT_CLASSES = {f"lines--{role}" for role in ROLES}
    DEFAULT_CSS = """
    LinesView {
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
        overflow-x: hidden;
        & > .lines--dim { color: $text-muted; }
        & > .lines--strong { text-style: bold; }
        & > .lines--title { text-style: bold; }
        & > .lines--accent { color: $text-accent; text-style: bold; }
        & > .lines--good { color: $text-success; }
        & > .lines--warn { color: $text-warning; }
        & > .lines--bad { color: $text-error; text-style: bold; }
        & > .lines--key { color: $text-accent; text-style: bold; }
        & > .lines--chosen { color: $text-accent; text-style: bold; }
        & > .lines--rule { color: $line; }
        & > .lines--cursor { background: $chosen; }
    }
    """

    @dataclass
    class Hit(Message):
        """A click on something that stands for a command."""

        view: LinesView
        command: str

        @property
        def control(self) -> LinesView:
            return self.view

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: Sequence[Line] = ()
        self._painted: dict[tuple[str, str], Style] = {}
        self._built_for = -1

    def build(self, width: int) -> Sequence[Line]:
        """What is shown, for a width in cells."""
        raise NotImplementedError

    @property
    def shown(self) -> Sequence[Line]:
        """The lines as they were built last."""
        return self._lines

    @property
    def built_width(self) -> int:
        """The width that lines are built for; the scrollbar's column is always kept free."""
        return max(1, self.size.width)

    def rebuild(self) -> None:
        """Build the lines anew and repaint those that changed."""
        if not self.size.width:
            return
        before, width = self._lines, self.built_width
        self._lines = after = self.build(width)
        same_width, self._built_for = self._built_for == width, width
        self._settle_height(len(after))
        if not same_width:
            self.refresh()
            return
        top, height = self.scroll_offset.y, self.size.height
        changed = [
            Region(0, y - top, width, 1)
            for y in range(top, min(top + height, max(len(before), len(after))))
            if (before[y] if y < len(before) else None) != (after[y] if y < len(after) else None)
        ]
        if changed:
            self.refresh(*changed)

    def _settle_height(self, count: int) -> None:
        """Tell the scrollbar how much there is; what fits needs none, so most changes lay nothing out."""
        height = self.container_size.height or self.size.height
        size = Size(0, count if count > height else 0)
        if size != self.virtual_size:
            self.virtual_size = size
            self.scroll_to(y=min(self.scroll_offset.y, max(0, count - height)), animate=False)

    def on_resize(self) -> None:
        self.rebuild()

    def notify_style_update(self) -> None:
        self._painted.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One painted line."""
        return self.paint(self.line_at(y + self.scroll_offset.y))

    def line_at(self, number: int) -> Line:
        """A line by its number, from the top of everything there is."""
        return self._lines[number] if number < len(self._lines) else BLANK

    def paint(self, shown: Line) -> Strip:
        """A line as the compositor wants it, exactly as wide as the widget."""
        width = self.size.width
        spans = at_right(_guarded(shown.spans), _guarded(shown.right), width)
        if shown.row_role and shown.row[1]:
            return self._paint_row(spans, shown, width)
        segments = [Segment(span.text, self._style(span.role, shown.row_role)) for span in spans if span.text]
        strip = Strip(segments, sum(cell_len(span.text) for span in spans))
        return strip.adjust_cell_length(width, self._style("", shown.row_role))

    def _paint_row(self, spans: tuple[Span, ...], shown: Line, width: int) -> Strip:
        """A row whose look covers its measure only: the margins stay as they are."""
        start, measure = shown.row
        margin, *rest = spans
        segments = [Segment(margin.text, self._style("", ""))]
        segments += [Segment(span.text, self._style(span.role, shown.row_role)) for span in rest if span.text]
        strip = Strip(segments, sum(cell_len(span.text) for span in spans))
        row = strip.adjust_cell_length(max(start + measure, strip.cell_length), self._style("", shown.row_role))
        return row.adjust_cell_length(width, self._style("", ""))

    def _style(self, role: str, row_role: str) -> Style:
        style = self._painted.get((role, row_role))
        if style is None:
            style = self.rich_style
            for name in (row_role, role):
                if name:
                    style += self.get_component_rich_style(f"lines--{name}", partial=True)
            self._painted[role, row_role] = style
        return style

    def on_click(self, event: events.Click) -> None:
        """Run what was clicked: the words' own command, else the line's."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        clicked = self.line_at(offset.y + self.scroll_offset.y)
        if command := hit_at(clicked, offset.x, self.size.width):
            event.stop()
            self.post_message(self.Hit(self, command))


class PlainLines(LinesView):
    """Lines that are told to it: a status, a label, an echo."""

    DEFAULT_CSS = "PlainLines { height: 1; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._told: tuple[Line, ...] = ()

    def tell(self, *lines: Line) -> None:
        """Show these lines; the same ones again cost nothing."""
        if lines != self._told:
            self._told = lines
            self.rebuild()

    def build(self, width: int) -> Sequence[Line]:
        return self._told


def _guarded(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The last guard: whatever was forgotten on the way here cannot drive the terminal."""
    if all(span.text.isprintable() for span in spans):
        return spans
    return tuple(replace(span, text=user_text(span.text).plain.replace("\n", " ")) for span in spans)


def hit_at(shown: Line, x: int, width: int) -> str:
    """The command under a column of a line."""
    position = 0
    for span in at_right(shown.spans, shown.right, width):
        position += cell_len(span.text)
        if x < position:
            return span.hit or shown.hit
    return shown.hit


def keycap(key: str, words: str, hit: str) -> tuple[Span, ...]:
    """A key and what it does, clickable."""
    return (Span(key, "key", hit), Span(f" {words}", "dim", hit))

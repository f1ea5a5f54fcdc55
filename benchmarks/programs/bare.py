"""The limit: a Textual app with one `Static`, which says something else after each key."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

READY = "bare is ready"


class Bare(App[None]):
    """Nothing less can be an app."""

    keys = 0

    def compose(self) -> ComposeResult:
        yield Static(READY)

    def on_key(self, event: Key) -> None:
        self.keys += 1
        self.query_one(Static).update(f"key number {self.keys}")


if __name__ == "__main__":
    Bare().run()

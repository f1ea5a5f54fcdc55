"""Text on the screen that is not typed into: a `Static` that never reads markup."""

from __future__ import annotations

from textual.widgets import Static  # noqa: TID251 - made safe here

from readyroom.tui.text import Content, user_text


class Words(Static):
    """Shows content, or a text as it is. Use `show` to change it; its size stays unless `layout` says otherwise."""

    def __init__(
        self,
        content: Content | str = "",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(_as_content(content), markup=False, id=id, classes=classes)

    def show(self, content: Content | str, *, layout: bool = False) -> None:
        """Show something else; `layout` where the number of lines may change."""
        self.update(_as_content(content), layout=layout)


def _as_content(content: Content | str) -> Content:
    return content if isinstance(content, Content) else user_text(content)

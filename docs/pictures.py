"""Draws the pictures of the README from the sample workspace: `python docs/pictures.py`.

Needs `rsvg-convert` (Debian: librsvg2-bin) and the DejaVu fonts. With `--all DIR` it draws each screen in the three
sizes and the three themes, to be looked at.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from readyroom.borders.configuration import Look
from readyroom.domain.answer import AnswerKey
from readyroom.tui.app import ReadyroomApp
from readyroom.tui.themes import CONTRAST, DARK, LIGHT
from readyroom.workflows.demo import fill_demo, open_demo
from readyroom.workflows.workspace import Workspace

NOW = datetime(2026, 11, 22, 14, 31, tzinfo=UTC)
SIZES = ((80, 24), (120, 35), (200, 60))
THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
IMAGES = Path(__file__).parent / "images"
QUESTION = "runbooks-hold"
_TEXT = re.compile(r'(<text [^>]*?x=")([\d.]+)("[^>]*?textLength=")([\d.]+)("[^>]*>)((?:&#160;)+)')
_CELL = 12.2
"""Width of a character in the SVG."""


def main() -> None:
    """Draw the README's three, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="DIR")
    folder: Path | None = parser.parse_args().all
    if folder is None:
        IMAGES.mkdir(exist_ok=True)
        asyncio.run(draw(IMAGES, (120, 35), DARK, ""))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        for name, theme in THEMES.items():
            asyncio.run(draw(folder, size, theme, f"-{size[0]}-{name}"))


async def draw(folder: Path, size: tuple[int, int], theme: str, suffix: str) -> None:
    """Walk through the sample workspace and draw Home, a question, a capture being typed, and the wrap-up."""
    workspace = open_demo()
    workspace.clock = lambda: NOW
    workspace.zone, workspace.actor = "UTC", "Ana"
    workspace.look = Look(theme=theme)
    try:
        fill_demo(workspace)
        app = ReadyroomApp(_named(workspace), environ={})
        async with app.run_test(size=size) as pilot:
            await _settle(pilot)
            save(app, folder / f"home{suffix}.png")
            await pilot.press("enter")
            await _settle(pilot)
            _go(app)
            await pilot.press("n")
            await _settle(pilot)
            save(app, folder / f"meeting{suffix}.png")
            await pilot.press("a")
            await pilot.press(*"Rehearse the provider runbook ", "@", *"bo +2w !2")
            await _settle(pilot)
            save(app, folder / f"capture{suffix}.png")
            await pilot.press("enter", "enter", "u")
            await _settle(pilot)
            save(app, folder / f"wrap-up{suffix}.png")
    finally:
        workspace.close()


def _named(workspace: Workspace) -> Workspace:
    from dataclasses import replace

    workspace.configuration = replace(workspace.configuration, name="web shop")
    return workspace


def _go(app: ReadyroomApp) -> None:
    live = app.screen.live  # type: ignore[attr-defined]
    key = next(place.key for place in live.places if place.item.id == QUESTION)
    assert isinstance(key, AnswerKey)
    live.go(key)


async def _settle(pilot: Pilot[str]) -> None:
    for _ in range(6):
        await pilot.pause(0.1)


def save(app: ReadyroomApp, path: Path) -> None:
    """What is on the screen as a PNG, in a font that is there."""
    svg = re.sub(r"Fira Code|monospace", "DejaVu Sans Mono", app.export_screenshot())
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = _TEXT.sub(_without_leading_blanks, svg)
    converter = shutil.which("rsvg-convert")
    if converter is None:
        raise SystemExit("rsvg-convert is not here: install librsvg2-bin and fonts-dejavu-core")
    with tempfile.NamedTemporaryFile("w", suffix=".svg", encoding="utf-8") as source:
        source.write(svg)
        source.flush()
        subprocess.run([converter, "--width", "1400", source.name, "-o", str(path)], check=True)
    print(path)  # noqa: T201


def _without_leading_blanks(found: re.Match[str]) -> str:
    """Converters drop blanks at the beginning of a text: begin it further right instead."""
    shift = found[6].count("&") * _CELL
    return f"{found[1]}{float(found[2]) + shift:g}{found[3]}{float(found[4]) - shift:g}{found[5]}"


if __name__ == "__main__":
    main()

"""The palette in the house's colours; what is in it comes from the registry (`App.get_system_commands`)."""

from __future__ import annotations

from textual.command import CommandPalette


class Palette(CommandPalette):
    """Every command of the screen in front, by name."""

    DEFAULT_CSS = """
    Palette > Vertical, Palette > Vertical:dark { max-width: 92; background: $panel; }
    Palette #--input { border: none; height: 3; padding: 1 0 0 1; background: $panel; }
    Palette SearchIcon { display: none; }
    Palette CommandInput, Palette CommandInput:focus {
        border: none; height: 1; padding: 0 1; background: $panel; background-tint: 0%;
    }
    Palette CommandList, Palette CommandList:focus {
        border: none; background: $panel; padding: 0 0 1 0; scrollbar-size-vertical: 1;
    }
    Palette CommandList > .option-list--option-highlighted { background: $chosen; color: $foreground; }
    """

"""Run a team's reliability meetings from the terminal."""

from readyroom._version import __version__

__all__ = ["__version__"]

"""The way from every earlier schema to the present one, run inside the caller's transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError as MigrationError
from sqlalchemy import Connection

__all__ = ["MigrationError", "configuration", "revisions", "run"]


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made here: there is no file to find or to edit."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def run(connection: Connection) -> None:
    """Run what is missing up to the newest revision; the caller commits."""
    command.upgrade(configuration(connection), "head")


def revisions() -> tuple[str, ...]:
    """All revisions, the oldest first."""
    scripts = ScriptDirectory.from_config(configuration())
    return tuple(script.revision for script in reversed(list(scripts.walk_revisions())))

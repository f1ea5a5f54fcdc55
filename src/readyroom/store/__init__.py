"""The only room that knows SQL: tables, engine, repository, journal, migrations, backup.

What is named here is loaded when it is first used: `readyroom.store.glance` must not load SQLModel.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from readyroom.store.check import CheckReport
    from readyroom.store.errors import Conflict, StoreError
    from readyroom.store.glance import Glance
    from readyroom.store.lines import ActionLine, ActionPage, Cursor, SessionLine, SessionPage
    from readyroom.store.listing import ActionFilter
    from readyroom.store.rebuild import PutRecord
    from readyroom.store.repository import Repository
    from readyroom.store.store import Store, open_store
    from readyroom.store.windows import Window
    from readyroom.store.writer import Writer

_PLACES = {
    "ActionFilter": "listing",
    "ActionLine": "lines",
    "ActionPage": "lines",
    "CheckReport": "check",
    "Conflict": "errors",
    "Cursor": "lines",
    "Glance": "glance",
    "PutRecord": "rebuild",
    "Repository": "repository",
    "SessionLine": "lines",
    "SessionPage": "lines",
    "Store": "store",
    "StoreError": "errors",
    "Window": "windows",
    "Writer": "writer",
    "open_store": "store",
}

__all__ = [
    "ActionFilter",
    "ActionLine",
    "ActionPage",
    "CheckReport",
    "Conflict",
    "Cursor",
    "Glance",
    "PutRecord",
    "Repository",
    "SessionLine",
    "SessionPage",
    "Store",
    "StoreError",
    "Window",
    "Writer",
    "open_store",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)

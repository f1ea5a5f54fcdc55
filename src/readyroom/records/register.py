"""The open register: the actions and risks that a workspace still has to do with, in one file beside the sessions.

It is rewritten whole after changes and made to be committed; texts for facilitators stay out of it. A workspace is
rebuilt from it too: what was added outside a session stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from readyroom.borders.codec import from_plain, load_json, pretty_json, to_plain
from readyroom.borders.errors import BorderError
from readyroom.borders.files import make_folder, read_regular, write_atomic
from readyroom.domain.answer import Audience
from readyroom.domain.capture import Action, ActionStatus, Risk, Treatment

REGISTER_FILE = "register.json"
REGISTER_FORMAT = 1
_OPEN_ACTION = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)
_Kept = TypeVar("_Kept", Action, Risk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Open actions and risks of all sessions, by their short ids."""

    format: int = REGISTER_FORMAT
    actions: tuple[Action, ...] = ()
    risks: tuple[Risk, ...] = ()
    closed: tuple[Action, ...] = ()
    """Actions of no session that are done or dropped: no record holds them."""
    left_out: int = 0
    """How many restricted ones are open and not in it."""

    def captures(self) -> tuple[Action | Risk, ...]:
        """All that it holds."""
        return (*self.actions, *self.closed, *self.risks)


def register_of(actions: Iterable[Action], risks: Iterable[Risk]) -> Register:
    """The register of what is still open among these; what is withdrawn or no risk is not in it.

    What is done or dropped stands in the record of its session; only where there is none it stays here.
    """
    actions = tuple(actions)
    closed = [a for a in actions if not a.withdrawn and a.status not in _OPEN_ACTION and not a.session]
    open_actions = [a for a in actions if not a.withdrawn and a.status in _OPEN_ACTION]
    open_risks = [r for r in risks if not r.withdrawn and r.treatment is not Treatment.NOT_A_RISK]
    hidden = sum(one.audience is not Audience.ROOM for one in (*open_actions, *open_risks))
    return Register(
        actions=_in_order(open_actions), risks=_in_order(open_risks), closed=_in_order(closed), left_out=hidden
    )


def register_bytes(register: Register) -> bytes:
    """The register's one form: sorted keys, indented, the same for equal registers."""
    return pretty_json(to_plain(register)).encode("utf-8")


def read_register(raw: bytes | str, name: str) -> Register:
    """The register that the bytes hold.

    Raises:
        BorderError: and nothing else, naming the place.
    """
    plain = load_json(raw, name)
    found = plain.get("format") if isinstance(plain, dict) else None
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise BorderError("it is no register", name, "remove it; readyroom writes it anew")
    if found > REGISTER_FORMAT:
        raise BorderError(f"it was made by a newer readyroom (register format {found})", name, "upgrade readyroom")
    return from_plain(Register, plain, name=name)


def write_register(sessions: Path, register: Register) -> Path:
    """Rewrite the register whole in the sessions folder; an equal one is left untouched."""
    path, raw = sessions / REGISTER_FILE, register_bytes(register)
    make_folder(sessions)
    if not (path.is_file() and not path.is_symlink() and read_regular(path) == raw):
        write_atomic(path, raw)
    return path


def load_register(sessions: Path) -> Register:
    """The register of a sessions folder; an empty one where there is no file yet."""
    path = sessions / REGISTER_FILE
    return read_register(read_regular(path), str(path)) if path.exists() else Register()


def _in_order(captures: Iterable[_Kept]) -> tuple[_Kept, ...]:
    kept = (one for one in captures if one.audience is Audience.ROOM)
    return tuple(sorted(kept, key=lambda one: (one.number is None, one.number or 0, one.at, one.id)))

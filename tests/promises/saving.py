"""Programs that save until they are killed, and what their disk would hold had the power gone."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ENTRY = """
import os, sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from readyroom.domain.capture import Action
from readyroom.domain.change import Change, Entry
from readyroom.store import engine, open_store
import readyroom.store.store

AT = datetime(2026, 11, 22, 13, tzinfo=UTC)

def an_entry(session, number):
    # A step of several changes: whole or not at all.
    step = str(uuid4())
    actions = [Action(id=str(uuid4()), session=session, title=f"{step} {n}", at=AT, version=1) for n in range(number)]
    return Entry(what="captured", session=session, actor="Ana", window=f"w{os.getpid()}", at=AT,
                 changes=tuple(Change(None, one) for one in actions))

def tell(handle, kept):
    os.write(handle, f"{kept.changes[0].after.title.split()[0]} {len(kept.changes)}\\n".encode())
"""

KILLING = (
    ENTRY
    + """
import random, signal, time

folder, session, rounds, writers, seed = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6])
luck = random.Random(seed)

def save_for_ever(handle):
    store = open_store(folder, clock=lambda: AT, back_up=False)
    luck = random.Random(os.getpid())
    while True:
        for _ in range(luck.randint(1, 4)):
            store.writer.submit(an_entry(session, luck.randint(1, 6)), saved=lambda kept: tell(handle, kept))
        store.writer.flush()

for number in range(rounds):
    reading, writing = os.pipe()
    programs = []
    for _ in range(writers):
        pid = os.fork()
        if not pid:
            os.close(reading)
            save_for_ever(writing)
        programs.append(pid)
    os.close(writing)
    told = os.read(reading, 65536) if number % 4 else b""
    time.sleep(luck.uniform(0, 0.04))
    for pid in programs:
        os.kill(pid, signal.SIGKILL)
    for pid in programs:
        os.waitpid(pid, 0)
    while piece := os.read(reading, 65536):
        told += piece
    os.close(reading)
    sys.stdout.write(told.decode())
    sys.stdout.flush()
"""
)

RECORDED = (
    ENTRY
    + """
folder, session, count, settings = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:]
engine._SETTINGS = (*engine._SETTINGS, *(f"PRAGMA {one}" for one in settings))
store = open_store(folder, clock=lambda: AT, back_up=False)
told = os.open(folder / "sessions" / "told", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
for number in range(count):
    store.writer.submit(an_entry(session, 1 + number % 5), saved=lambda kept: tell(told, kept))
    store.writer.flush()
os._exit(0)  # as it stands: closing would tidy up
"""
)


def kill_while_saving(folder: Path, session: str, *, rounds: int, writers: int, seed: int = 1) -> dict[str, int]:
    """Kill programs in the middle of saving, round after round; gives each acknowledged step and its size."""
    words = [sys.executable, "-c", KILLING, str(folder), session, str(rounds), str(writers), str(seed)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return _steps(done.stdout)


def _steps(told: str) -> dict[str, int]:
    return {step: int(size) for step, size in (line.split() for line in told.splitlines())}


# ---- what a disk holds after a power cut


@dataclass
class Recorded:
    """Each call that a saving program made to its disk, in order: (call, file, offset, bytes)."""

    before: dict[str, bytes]
    calls: list[tuple[str, str, int, bytes]]


_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?:<[^>]*>)?")
_PATHS = re.compile(r"<([^>]*)>")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_TRACED = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat"


def record_saving(folder: Path, session: str, *, count: int, settings: Sequence[str] = ()) -> Recorded:
    """Save some steps and record what reaches the disk (needs strace)."""
    sessions = folder / "sessions"
    before = {path.name: path.read_bytes() for path in sessions.iterdir() if path.is_file()}
    names = ("readyroom.db", "readyroom.db-journal", "readyroom.db-wal", "told")
    watched = [word for name in names for word in ("-P", str(sessions / name))]
    log = folder / "calls"
    options = ["-f", "-y", "-xx", "-s", "2000000", "-o", str(log), "-e", f"trace={_TRACED}", "-P", str(sessions)]
    program = [sys.executable, "-c", RECORDED, str(folder), session, str(count), *settings]
    subprocess.run(["strace", *options, *watched, *program], check=True, capture_output=True)
    return Recorded(before, list(_calls(log.read_text(), sessions)))


def _calls(log: str, sessions: Path) -> Iterator[tuple[str, str, int, bytes]]:
    begun: dict[str, str] = {}
    for raw in log.splitlines():
        thread, _, line = raw.partition(" ")
        line = line.strip()
        if line.endswith("<unfinished ...>"):
            begun[thread] = line.removesuffix("<unfinished ...>")
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", line)
        if resumed:
            line = begun.pop(thread) + resumed[1]
        found = _LINE.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call, words = found[1], found[2]
        if call in ("openat", "unlink", "unlinkat"):
            path = _text(words)
            if call == "openat" and "O_CREAT" not in words:
                continue
            yield ("create" if call == "openat" else "unlink", Path(path.decode()).name, 0, b"")
            continue
        path = Path(bytes.fromhex(_PATHS.findall(words)[0].replace("\\x", "")).decode() if "\\x" in words.split(",")[0]
                    else _PATHS.findall(words)[0])  # fmt: skip
        name = "" if path == sessions else path.name
        if call in ("write", "pwrite64"):
            offset = int(words.rsplit(",", 1)[1]) if call == "pwrite64" else -1
            yield "write", name, offset, _text(words)
        elif call == "ftruncate":
            yield "truncate", name, int(words.rsplit(",", 1)[1]), b""
        else:
            yield "sync", name, 0, b""


def _text(words: str) -> bytes:
    found = _STRING.search(words)
    assert found is not None, words[:200]
    return bytes.fromhex(found[1].replace("\\x", ""))


@dataclass
class _File:
    safe: bytes = b""
    waiting: list[tuple[str, int, bytes]] = field(default_factory=list)


def cut_power(recorded: Recorded, luck: random.Random) -> tuple[dict[str, bytes], dict[str, int]]:
    """The files as a disk may hold them after a cut at any moment, and what had been acknowledged by then.

    What was synced is there. Of the rest each write is there, or not, or half, and names may not have been kept.
    """
    files = {name: _File(safe) for name, safe in recorded.before.items()}
    names, waiting_names = set(files), []
    told = b""
    for call, name, offset, data in recorded.calls[: luck.randint(1, len(recorded.calls))]:
        if name == "told":
            told += data
        elif call == "create":
            if name not in files:
                files[name] = _File()
            waiting_names.append((name, True))
        elif call == "unlink":
            waiting_names.append((name, False))
        elif call == "sync" and not name:
            for changed, there in waiting_names:
                (names.add if there else names.discard)(changed)
            waiting_names = []
        elif call == "sync":
            one = files[name]
            one.safe, one.waiting = _with(one.safe, one.waiting), []
        else:
            files.setdefault(name, _File()).waiting.append((call, offset, data))
    for changed, there in waiting_names[: luck.randint(0, len(waiting_names))]:
        (names.add if there else names.discard)(changed)
    survived = {name: _with(files[name].safe, list(_some(files[name].waiting, luck))) for name in names}
    return survived, _steps(told.decode())


def _some(waiting: Sequence[tuple[str, int, bytes]], luck: random.Random) -> Iterator[tuple[str, int, bytes]]:
    """Writes that nobody waited for: all of them, none, or any."""
    share = luck.choice((0.0, 1.0, luck.random()))
    for call, offset, data in waiting:
        if luck.random() >= share:
            continue
        if call == "write" and share < 1 and len(data) > 512 and luck.random() < 0.3:
            data = data[: 512 * luck.randint(1, len(data) // 512)]
        yield call, offset, data


def _with(safe: bytes, changes: Sequence[tuple[str, int, bytes]]) -> bytes:
    content = bytearray(safe)
    for call, offset, data in changes:
        if call == "truncate":
            del content[offset:]
            content.extend(bytes(offset - len(content)))
        else:
            content.extend(bytes(max(0, offset - len(content))))
            content[offset : offset + len(data)] = data
    return bytes(content)

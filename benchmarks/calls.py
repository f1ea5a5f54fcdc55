"""Single calls inside the program, each the first one of a fresh interpreter, as a person has it.

Run as a module with a name and its words, it makes that call and prints how many milliseconds it took.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.budgets import Line, as_time
from benchmarks.ground import CHECKOUT, Ground
from benchmarks.watching import clean_environment
from benchmarks.workspaces import long_record


def calls(ground: Ground) -> list[Line]:
    """The minutes as Markdown, and agendas from file and from the session that holds one."""
    record = ground.folder / "record.pickle"
    record.write_bytes(pickle.dumps(long_record(ground.folder / "agendas", 500)))
    made = ground.small(200, "calls")
    wanted = (
        ("A record of 500 items to Markdown", 10.0, ("markdown", str(record))),
        ("Loading an agenda of 200 items from its file", 60.0, ("file", str(made.agenda_file))),
        ("Loading it from the session that holds it", 5.0, ("session", str(made.folder), made.session)),
    )
    times: dict[str, list[float]] = {name: [] for name, _, _ in wanted}
    warm: dict[str, list[float]] = {name: [] for name, _, _ in wanted}
    for _ in range(ground.rounds(15, 5) + 1):
        for name, _, words in wanted:
            first, later = _measured(ground, *words)
            times[name].append(first)
            warm[name].append(later)
    return [
        as_time(name, times[name][1:], budget, f"once warm {as_time('', warm[name], None).measured:.1f} ms")
        for name, budget, _ in wanted
    ]


def _measured(ground: Ground, *words: str) -> tuple[float, float]:
    """The first call and the quickest of the next ones."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.calls", *words],
        cwd=CHECKOUT,
        env=clean_environment(ground.home),
        capture_output=True,
        text=True,
        check=True,
    )
    first, later = done.stdout.split()
    return float(first), float(later)


def _markdown(path: str) -> Callable[[], object]:
    from readyroom.export.markdown import minutes

    record = pickle.loads(Path(path).read_bytes())
    return lambda: minutes(record)


def _file(path: str) -> Callable[[], object]:
    from readyroom.agendas.load import load_agenda

    return lambda: load_agenda(Path(path))


def _session(folder: str, session: str) -> Callable[[], object]:
    from readyroom.store import Repository, open_store
    from readyroom.workflows.workspace import utc_now

    store = open_store(Path(folder), clock=utc_now, back_up=False)
    kept = store.repository.session(session).agenda_hash
    # A repository of its own each time: one remembers the agendas that it has read.
    return lambda: Repository(store._engine).agenda(kept)


def main() -> None:
    name, *words = sys.argv[1:]
    makers: dict[str, Callable[..., Callable[[], object]]]
    makers = {"markdown": _markdown, "file": _file, "session": _session}
    call = makers[name](*words)
    times = []
    for _ in range(8):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    print(times[0], min(times[1:]))


if __name__ == "__main__":
    main()

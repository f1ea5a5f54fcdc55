"""Whatever happens: one sentence, an exit code, no traceback."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from readyroom.borders.errors import BorderError
from readyroom.cli.guard import guarded

PYTHON = [sys.executable, "-m", "readyroom"]


def raising(error):
    def run():
        raise error

    return run


def shell(command, **settings):
    return subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, **settings)


def test_a_known_error_names_place_what_and_fix(capsys):
    assert guarded(raising(BorderError("it is broken", "a.yaml:1:2", "mend it"))) == 1
    assert capsys.readouterr().err == "readyroom: a.yaml:1:2: it is broken; mend it\n"


def test_an_unforeseen_error_is_told_in_a_sentence_and_kept_in_a_private_log(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def run():
        secret = "the quiet part"  # noqa: F841 - a local that must not be logged
        raise ZeroDivisionError("of a share")

    assert guarded(run) == 1
    told = capsys.readouterr().err
    log = tmp_path / "readyroom" / "crash.log"
    assert str(log) in told
    assert told.count("\n") == 1
    assert "Traceback" not in told
    text = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError: of a share" in text
    assert "quiet part" not in text.replace('secret = "the quiet part"', "")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_an_unforeseen_error_is_still_told_where_no_log_can_be_written(capsys, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null/no")
    monkeypatch.setattr("tempfile.gettempdir", lambda: "/dev/null/no")
    assert guarded(raising(ZeroDivisionError())) == 1
    assert "no log could be written" in capsys.readouterr().err


def test_a_log_is_not_written_through_somebody_elses_link(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    target = tmp_path / "precious"
    target.write_text("mine", encoding="utf-8")
    (tmp_path / "readyroom").mkdir()
    (tmp_path / "readyroom" / "crash.log").symlink_to(target)
    guarded(raising(ZeroDivisionError()))
    assert target.read_text(encoding="utf-8") == "mine"
    assert "temporary" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error, code", [(KeyboardInterrupt(), 130), (BrokenPipeError(), 141), (SystemExit(3), 3), (OSError(28, "full"), 1)]
)
def test_each_way_to_end_has_its_exit_code(error, code):
    assert guarded(raising(error)) == code


def test_a_full_disk_behind_the_output_is_told_in_plain_words():
    if not Path("/dev/full").exists():
        pytest.skip("this system has no full device")
    ran = shell(f"{sys.executable} -m readyroom agenda list > /dev/full")
    assert ran.returncode == 1
    assert ran.stderr == "readyroom: standard output: cannot do this: the disk is full; make room, then try again\n"


def test_a_reader_that_goes_away_makes_no_noise():
    ran = shell(f"{{ {sys.executable} -m readyroom agenda show reliability-review --json; echo $? >&2; }} | head -1")
    assert ran.stderr in ("0\n", "141\n")


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_closed_streams_are_no_crash(closed):
    ran = shell(f"{sys.executable} -m readyroom agenda lint {closed}")
    assert ran.returncode == 0
    assert "Traceback" not in ran.stderr


def test_no_file_of_ours_takes_the_place_of_a_closed_stream():
    script = (
        "import os, sys\n"
        "from readyroom.cli.guard import prepare_streams\n"
        "prepare_streams()\n"
        "sys.exit(os.open(os.devnull, os.O_RDONLY) < 3)"
    )
    ran = shell(f"{sys.executable} -c '{script}' 0<&- 1>&- 2>&-")
    assert ran.returncode == 0


def test_letters_that_the_terminal_does_not_know_are_replaced(workspace):
    path = workspace / "agendas" / "acme.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Acme check", "Prüfung 準備"), encoding="utf-8")
    environ = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    table = subprocess.run([*PYTHON, "agenda", "list"], capture_output=True, text=True, check=False, env=environ)
    assert (table.returncode, table.stderr) == (0, "")
    assert "Pr?fung ??" in table.stdout
    machine = subprocess.run([*PYTHON, "agenda", "list", "--json"], capture_output=True, check=False, env=environ)
    assert b"Pr\\u00fcfung \\u6e96\\u5099" in machine.stdout


def test_ctrl_c_ends_with_130_and_no_traceback():
    script = (
        "import os, signal, sys\n"
        "from readyroom.cli import linting, main\n"
        "linting.lint_all = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(main.main(['agenda', 'lint']))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 130
    assert ran.stderr == "readyroom: interrupted; what was saved is saved\n"

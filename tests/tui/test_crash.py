"""When the program itself fails, the projector shows no traceback, no path of the code and no note."""

import stat

import pytest

from readyroom.tui.crash import farewell, log_file, write_log
from tui.workspaces import NOW, a_workspace, an_app


def fail_with(note):
    secret_local = f"local {note}"
    assert secret_local
    raise RuntimeError("the program is wrong")


def test_the_log_is_private_and_holds_no_local_values(tmp_path):
    path = tmp_path / "state" / "crash.log"
    said = "what the " + "room said"
    with pytest.raises(RuntimeError) as caught:
        fail_with(said)
    assert write_log(path, caught.value, NOW)
    text = path.read_text()
    assert "RuntimeError: the program is wrong" in text
    assert "fail_with" in text
    assert said not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_that_was_readable_by_others_is_closed(tmp_path):
    path = tmp_path / "crash.log"
    path.write_text("older\n")
    path.chmod(0o644)
    assert write_log(path, RuntimeError("again"), NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().startswith("older")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    assert not write_log(tmp_path / "file" / "crash.log", RuntimeError("x"), NOW)


def test_the_farewell_says_how_to_go_on():
    path = log_file({"HOME": "/home/ana"})
    words = farewell(path, {"HOME": "/home/ana"})
    assert "Go on with: readyroom" in words
    assert "~/.local/state/readyroom/crash.log" in words
    assert "/home/ana" not in words


async def test_a_mistake_in_the_program_shows_nothing_of_the_meeting(tmp_path, capsys):
    app = an_app(a_workspace(tmp_path))

    def broken():
        raise RuntimeError("note: the ledger loses money")

    try:
        async with app.run_test() as pilot:
            app.call_later(broken)
            await pilot.pause()
    except RuntimeError:
        pass  # the test harness passes on what the app has caught
    shown = capsys.readouterr()
    assert app.return_code == 1
    assert "ledger loses money" not in shown.out + shown.err + app.farewell
    assert "Traceback" not in shown.out + shown.err + app.farewell
    assert app.farewell.startswith("readyroom has stopped")
    assert "ledger loses money" in log_file(app.environ).read_text()

import errno
import os
import stat
from pathlib import Path

import pytest

from readyroom.borders import files
from readyroom.borders.errors import BorderError
from readyroom.borders.files import make_folder, make_private, read_regular, write_atomic


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_replaced_whole(tmp_path):
    path = tmp_path / "minutes.md"
    write_atomic(path, "Grüße\n")
    write_atomic(path, b"second\n")
    assert path.read_bytes() == b"second\n"
    assert names(tmp_path) == ["minutes.md"]


def test_a_link_is_replaced_and_what_it_pointed_to_stays(tmp_path):
    target = tmp_path / "precious"
    target.write_text("mine")
    link = tmp_path / "minutes.md"
    link.symlink_to(target)
    write_atomic(link, "new")
    assert target.read_text() == "mine"
    assert not link.is_symlink()
    assert link.read_text() == "new"


def test_the_mode_is_as_asked_from_the_first_byte(tmp_path):
    write_atomic(tmp_path / "secret", "x", mode=0o600)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "number,words",
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EIO, "reports an error"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "may not"),
    ],
)
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_failed_write_says_why_keeps_the_old_file_and_leaves_nothing(tmp_path, monkeypatch, call, number, words):
    path = tmp_path / "minutes.md"
    write_atomic(path, "old")

    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*((Path, call) if call == "replace" else (files.os, call)), fail)
    with pytest.raises(BorderError, match=words) as caught:
        write_atomic(path, "new")
    monkeypatch.undo()
    assert str(path) in str(caught.value)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["minutes.md"]


def test_a_short_write_is_carried_on(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(files.os, "write", lambda handle, raw: real(handle, raw[:3]))
    write_atomic(tmp_path / "f", "0123456789")
    assert (tmp_path / "f").read_text() == "0123456789"


def test_places_that_cannot_be_written_are_named_in_plain_words(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    for path, words in [
        (tmp_path / "file" / "x", "not a folder"),
        (tmp_path / "missing" / "x", "no such"),
        (tmp_path / "folder", "folder"),
        (tmp_path / ("n" * 300), "too long"),
        (tmp_path / "nul\0", "cannot be used"),
    ]:
        with pytest.raises(BorderError, match=words):
            write_atomic(path, "x")
    with pytest.raises(BorderError, match="half of a pair"):
        write_atomic(tmp_path / "ok", "\ud800")
    with pytest.raises(BorderError, match="make the folder"):
        make_folder(tmp_path / "file" / "sub")
    assert names(tmp_path) == ["file", "folder"]


def test_a_private_file_is_private_before_it_holds_anything(tmp_path):
    assert make_private(tmp_path / "db")
    assert stat.S_IMODE((tmp_path / "db").stat().st_mode) == 0o600
    (tmp_path / "db").write_text("kept")
    assert not make_private(tmp_path / "db")
    assert (tmp_path / "db").read_text() == "kept"


def test_reading_never_waits_on_a_pipe_or_a_device(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(BorderError, match=r"ordinary file|folder"):
            read_regular(path)
    device = tmp_path / "zero"
    device.symlink_to("/dev/zero")
    with pytest.raises(BorderError, match="ordinary"):
        read_regular(device)


def test_a_file_beyond_the_limit_is_refused_not_cut(tmp_path):
    (tmp_path / "f").write_bytes(b"12345")
    assert read_regular(tmp_path / "f", limit=5) == b"12345"
    with pytest.raises(BorderError, match="more than 4 bytes"):
        read_regular(tmp_path / "f", limit=4)

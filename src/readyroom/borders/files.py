"""The one way to write a file, whole or not at all, and the one way to read one that a person named."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from readyroom.borders.errors import BorderError

READ_LIMIT = 64 * 1024 * 1024
_WORDS = {
    errno.ENOSPC: ("the disk is full", "make room, then try again"),
    errno.EFBIG: ("the file would be larger than is allowed here", "make room, or raise the limit, then try again"),
    errno.EDQUOT: ("your disk quota is used up", "make room, then try again"),
    errno.EACCES: ("you may not do that here", "change the permissions, or choose another folder"),
    errno.EPERM: ("the system does not allow that here", "change the permissions, or choose another folder"),
    errno.EROFS: ("the disk is read-only", "choose another folder, or mount it writable"),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "choose another path"),
    errno.ENOENT: ("there is no such file or folder", "check the spelling of the path"),
    errno.EISDIR: ("that is a folder, not a file", "name a file"),
    errno.ELOOP: ("its symbolic links lead in a circle", "name the file itself"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.EIO: ("the disk reports an error", "check the disk; nothing was changed"),
    errno.EEXIST: ("there is already something of that name", "choose another name"),
}


def in_plain_words(error: OSError, path: Path | str, doing: str) -> BorderError:
    """Turn a system error into what it means for a person who was `doing` something with `path`."""
    what, fix = _WORDS.get(error.errno or 0, (error.strerror or type(error).__name__, "look at the path"))
    return BorderError(f"cannot {doing}: {what}", str(path), fix)


def write_atomic(path: Path, content: bytes | str, mode: int = 0o644) -> None:
    """Write `content` so that `path` holds either the old file or the whole new one, also after a power cut.

    A symbolic link is replaced, never followed. The user's umask is taken off `mode`.

    Raises:
        BorderError: with nothing left behind.
    """
    try:
        raw = content.encode("utf-8") if isinstance(content, str) else content
    except UnicodeEncodeError as error:
        raise BorderError(
            f"cannot write it: character {error.start + 1} is half of a pair", str(path), "clean the text first"
        ) from error
    draft = path.with_name(f".readyroom-{secrets.token_hex(8)}.part")
    try:
        _write_new(draft, raw, mode)
        try:
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise in_plain_words(error, path, "write it") from error
    except ValueError as error:  # a NUL in the name
        raise BorderError("cannot write it: the name cannot be used", repr(str(path)), "choose another") from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it; one that is there stays as it is."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise in_plain_words(error, path, "make the folder") from error


def make_private(path: Path) -> bool:
    """Create an empty file that only its owner may read, before anything is in it; False if it was there."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise in_plain_words(error, path, "create it") from error
    return True


def read_regular(path: Path, limit: int = READ_LIMIT) -> bytes:
    """Read a file of at most `limit` bytes; pipes, devices and folders are refused without waiting on them."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise BorderError("cannot read it: it is not an ordinary file", str(path), "name a file")
            raw = _read_up_to(handle, limit + 1)
        finally:
            os.close(handle)
    except OSError as error:
        raise in_plain_words(error, path, "read it") from error
    except ValueError as error:  # a NUL in the name
        raise BorderError("cannot read it: the name cannot be used", repr(str(path)), "name another") from error
    if len(raw) > limit:
        raise BorderError(f"cannot read it: it has more than {limit:,} bytes", str(path), "split it up")
    return raw


def _write_new(path: Path, raw: bytes, mode: int) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), mode)
    try:
        try:
            left = memoryview(raw)
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _read_up_to(handle: int, most: int) -> bytes:
    pieces: list[bytes] = []
    while most > 0 and (piece := os.read(handle, min(most, 1 << 20))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _sync_folder(folder: Path) -> None:
    # Some systems and file systems cannot sync a folder; the file itself is already safe.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

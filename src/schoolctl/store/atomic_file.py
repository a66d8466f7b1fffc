"""Writing a file so that it is wholly old or wholly new, and never over somebody else's edit.

Lock a side file, compare what is there with what was read, write a temporary file in the same folder, fsync, compare
again, `os.replace`, fsync the folder (the way that held in fault tests).
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from schoolctl.errors import ChangedMeanwhileError, SchoolctlError

LOCK_PATIENCE_SECONDS = 10.0
_RETRY_SECONDS = 0.02
_PRIVATE = 0o600


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of `path` (a side file `.NAME.lock`); SchoolctlError when another command keeps it too long.

    The operating system frees the lock when a process dies, so a killed command leaves nothing to clean up.
    """
    with _locked_by(path.with_name(f".{path.name}.lock"), path):
        yield


@contextmanager
def _locked_by(lock_path: Path, path: Path) -> Iterator[None]:
    descriptor = os.open(lock_path, os.O_RDWR | os.O_CREAT, _PRIVATE)
    try:
        _acquire(descriptor, path)
        try:
            yield
        finally:
            _release(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, old: bytes | None, new: bytes, *, mode: int | None = None) -> None:
    """Make `path` hold `new`, provided it still holds `old` (None: that there is no such file).

    A symlink's target is written, its permissions are kept (or set to `mode` for a new file). Raises
    ChangedMeanwhileError, with nothing changed, when the file is not what was read.
    """
    target = path.resolve()
    with locked(target):
        _place(target, old, new, _mode_of(target, mode))


def place_file(path: Path, old: bytes | None, new: bytes) -> None:
    """As `replace_file`, with the lock out of sight: no lock files lie about among generated documents."""
    target = path.resolve()
    # Another user's lock file could not be opened; Windows gives each user a folder for temporary files.
    user = os.getuid() if hasattr(os, "getuid") else 0
    name = hashlib.sha256(f"{user} {target}".encode("utf-8", "surrogateescape")).hexdigest()
    with _locked_by(Path(tempfile.gettempdir()) / f"schoolctl-{name}.lock", target):
        _place(target, old, new, _mode_of(target, None))


def _place(target: Path, old: bytes | None, new: bytes, mode: int) -> None:
    _refuse_if_changed(target, old)
    temporary = target.with_name(f".{target.name}.new")
    try:
        _write_durably(temporary, new, mode=mode)
        _refuse_if_changed(target, old)
        # Windows refuses to replace a file that a program holds open: the user is told, the old file stays.
        temporary.replace(target)
    except BaseException:
        # On a full disk the half-written copy would take the room that is needed to mend things.
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _write_durably(path: Path, content: bytes, *, mode: int) -> None:
    # A left-over of a killed command may have other permissions: begin anew.
    with suppress(FileNotFoundError):
        path.unlink()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    # The umask took bits from the mode given at creation.
    path.chmod(mode)


def _refuse_if_changed(path: Path, old: bytes | None) -> None:
    try:
        current = path.read_bytes()
    except FileNotFoundError:
        current = None
    if current != old:
        message = f"{path.name} was changed meanwhile by another program. Nothing was written: run the command again"
        raise ChangedMeanwhileError(message)


def _mode_of(path: Path, wanted: int | None) -> int:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644 if wanted is None else wanted


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # Windows cannot open a folder for fsync; NTFS journals the rename.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path) -> None:
    deadline = time.monotonic() + LOCK_PATIENCE_SECONDS
    while not _try_lock(descriptor):
        if time.monotonic() > deadline:
            message = f"{path.name} is in use by another schoolctl command. Wait for it to finish, then try again"
            raise SchoolctlError(message)
        time.sleep(_RETRY_SECONDS)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # any other fault (a disk that knows no locks) would not pass by waiting
            return False
        return True

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

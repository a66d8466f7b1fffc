"""A file is wholly old or wholly new, whatever fails, and never over somebody else's edit."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
import pathlib
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schoolctl.errors import ChangedMeanwhileError, SchoolctlError
from schoolctl.store import atomic_file
from schoolctl.store.atomic_file import locked, replace_file

OLD = "ескі".encode() * 1_000
NEW = "жаңа".encode() * 1_000
# Everything that replace_file asks of the system, by the name under which it can be made to fail.
CALLS = ((os, "open"), (os, "fdopen"), (os, "fsync"), (fcntl, "flock"), (os, "close"))
PATH_CALLS = ("read_bytes", "unlink", "chmod", "replace", "stat", "resolve")


class Interrupted(BaseException):
    """As a key press would end the command."""


class Fault:
    """Counts the calls that pass through it and fails at one of them."""

    def __init__(self, at: int, error: BaseException) -> None:
        self.at = at
        self.error = error
        self.count = 0

    def wrapped(self, call: Callable[..., object]) -> Callable[..., object]:
        def counting(*arguments: object, **options: object) -> object:
            self.count += 1
            if self.count == self.at:
                raise self.error
            return call(*arguments, **options)

        return counting


@contextmanager
def failing(patch: pytest.MonkeyPatch, fault: Fault) -> Iterator[None]:
    with patch.context() as inside:
        for module, name in CALLS:
            inside.setattr(module, name, fault.wrapped(getattr(module, name)))
        for name in PATH_CALLS:
            inside.setattr(pathlib.Path, name, fault.wrapped(getattr(pathlib.Path, name)))
        yield


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), PermissionError(errno.EACCES, "denied"), Interrupted()],
    ids=["disk full", "not permitted", "interrupted"],
)
@pytest.mark.parametrize("old", [OLD, None], ids=["existing file", "new file"])
def test_whichever_call_fails_the_file_is_wholly_old_or_wholly_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bytes | None, error: BaseException
) -> None:
    outcomes: list[bytes | None] = []
    at = 0
    while True:
        at += 1
        path = tmp_path / f"{at}" / "sessions.toml"
        path.parent.mkdir()
        if old is not None:
            path.write_bytes(old)
        fault = Fault(at, error)
        try:
            with failing(monkeypatch, fault):
                replace_file(path, old, NEW)
        except (OSError, Interrupted):
            pass
        if fault.count < at:
            break
        outcomes.append(path.read_bytes() if path.exists() else None)
        # Afterwards the same command works as if nothing had been.
        replace_file(path, outcomes[-1], NEW)
        assert path.read_bytes() == NEW
    assert at >= 15
    assert set(outcomes) == {old, NEW}


@pytest.mark.parametrize("at_write", [0, 1, 4_096], ids=["at once", "after a byte", "after a block"])
def test_a_write_that_fails_half_way_leaves_the_old_file_and_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_write: int
) -> None:
    path = tmp_path / "sessions.toml"
    path.write_bytes(OLD)
    real_fsync = os.fsync

    def torn(descriptor: int) -> None:
        os.ftruncate(descriptor, at_write)
        real_fsync(descriptor)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", torn)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, OLD, NEW)
    assert path.read_bytes() == OLD
    assert not (tmp_path / ".sessions.toml.new").exists()


def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sessions.toml"
    path.write_bytes(OLD)
    events: list[str] = []
    real_fsync, real_replace = os.fsync, pathlib.Path.replace

    def fsync(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else f"file of {os.fstat(descriptor).st_size}"
        events.append(f"fsync {kind}")
        real_fsync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        events.append(f"replace {target.name}")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(pathlib.Path, "replace", replace)
    replace_file(path, OLD, NEW)
    assert events == [f"fsync file of {len(NEW)}", "replace sessions.toml", "fsync folder"]


@pytest.mark.parametrize("edit", [b"by hand", None], ids=["edited", "deleted"])
@pytest.mark.parametrize("moment", ["before", "while writing"])
def test_a_hand_edit_in_between_is_refused_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: bytes | None, moment: str
) -> None:
    path = tmp_path / "sessions.toml"
    path.write_bytes(OLD)

    def by_hand() -> None:
        if edit is None:
            path.unlink()
        else:
            path.write_bytes(edit)

    if moment == "before":
        by_hand()
    else:
        real_fsync = os.fsync

        def fsync_while_edited(descriptor: int) -> None:
            real_fsync(descriptor)
            by_hand()

        monkeypatch.setattr(os, "fsync", fsync_while_edited)
    with pytest.raises(ChangedMeanwhileError) as refusal:
        replace_file(path, OLD, NEW)
    assert str(refusal.value) == (
        "sessions.toml was changed meanwhile by another program. Nothing was written: run the command again"
    )
    assert (path.read_bytes() if path.exists() else None) == edit
    assert not (tmp_path / ".sessions.toml.new").exists()


def test_a_file_that_appeared_in_between_is_left(tmp_path: Path) -> None:
    path = tmp_path / "sessions.toml"
    path.write_bytes(OLD)
    with pytest.raises(ChangedMeanwhileError):
        replace_file(path, None, NEW)
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_permissions_are_kept_whatever_the_umask(tmp_path: Path, umask: int, mode: int) -> None:
    path = tmp_path / "sessions.toml"
    path.write_bytes(OLD)
    path.chmod(mode)
    private = tmp_path / "private"
    before = os.umask(umask)
    try:
        replace_file(path, OLD, NEW)
        replace_file(private, None, NEW, mode=mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert stat.S_IMODE(private.stat().st_mode) == mode


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    target = tmp_path / "shared" / "schedule.toml"
    target.write_bytes(OLD)
    link = tmp_path / "sessions.toml"
    link.symlink_to(Path("shared") / "schedule.toml")
    replace_file(link, OLD, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o600])
def test_what_a_killed_command_left_behind_does_not_matter(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "sessions.toml"
    path.write_bytes(OLD)
    left_over = tmp_path / ".sessions.toml.new"
    left_over.write_bytes(b"half")
    left_over.chmod(mode)
    (tmp_path / ".sessions.toml.lock").touch(mode)
    (tmp_path / ".sessions.toml.lock").chmod(0o600)
    replace_file(path, OLD, NEW)
    assert path.read_bytes() == NEW
    assert not left_over.exists()


def hold(path: Path, told: multiprocessing.synchronize.Event, end: multiprocessing.synchronize.Event) -> None:
    with locked(path):
        told.set()
        end.wait(20)


def test_a_command_that_keeps_the_file_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sessions.toml"
    path.write_bytes(OLD)
    spawn = multiprocessing.get_context("fork")
    told, end = spawn.Event(), spawn.Event()
    other = spawn.Process(target=hold, args=(path, told, end))
    other.start()
    try:
        assert told.wait(20)
        monkeypatch.setattr(atomic_file, "LOCK_PATIENCE_SECONDS", 0.1)
        with pytest.raises(SchoolctlError) as refusal:
            replace_file(path, OLD, NEW)
    finally:
        end.set()
        other.join()
    assert str(refusal.value) == (
        "sessions.toml is in use by another schoolctl command. Wait for it to finish, then try again"
    )
    assert path.read_bytes() == OLD
    # Freed by the other's end, the lock is there for the next.
    replace_file(path, OLD, NEW)
    assert path.read_bytes() == NEW


def test_a_disk_that_knows_no_locks_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(OSError, match="No locks available"):
        replace_file(tmp_path / "sessions.toml", None, NEW)

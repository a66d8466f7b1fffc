"""The files that an import was given: which they are, and how an unchanged one is known again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_LARGE_FILE = 64 * 1024 * 1024
_LARGE_FILE_END = 1024 * 1024


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and the files inside the folders named (hidden ones left out), in a stable order."""
    for path in paths:
        # A file that is not there is yielded too: it is refused by name, the others go on.
        yield from _inside(path) if path.is_dir() else (path,)


def _inside(folder: Path) -> Iterator[Path]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return (file for file in files if not file.name.startswith("."))


def content_digest(path: Path) -> hashlib._Hash:
    """A digest of a file's bytes; of a large file its size, time and ends, or telling it would cost half the import."""
    with path.open("rb") as stream:
        status = path.stat()
        if status.st_size <= _LARGE_FILE:
            return hashlib.file_digest(stream, "sha256")
        digest = hashlib.sha256(f"{status.st_size} {status.st_mtime_ns}".encode())
        digest.update(stream.read(_LARGE_FILE_END))
        stream.seek(-_LARGE_FILE_END, os.SEEK_END)
        digest.update(stream.read())
        return digest

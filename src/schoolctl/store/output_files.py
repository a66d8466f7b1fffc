"""Generated files: an identical one is left alone, a different one only replaced when asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from schoolctl.errors import SchoolctlError
from schoolctl.store.atomic_file import place_file


def refuse_to_overwrite(files: Mapping[Path, bytes], *, force: bool) -> None:
    """SchoolctlError naming a file that is there already with another content, unless `force`."""
    differing = [path for path, content in files.items() if (old := _read(path)) is not None and old != content]
    if differing and not force:
        others = f" (and {len(differing) - 1} more)" if len(differing) > 1 else ""
        message = (
            f"{differing[0]}{others} exists and differs. Add --force to replace it, or choose another --out folder"
        )
        raise SchoolctlError(message)


def holds(path: Path, content: bytes) -> bool:
    """Whether a file is there and holds just this."""
    return _read(path) == content


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file whose content differs from what is there, each wholly or not at all."""
    for path, content in files.items():
        if (old := _read(path)) != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            place_file(path, old, content)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None

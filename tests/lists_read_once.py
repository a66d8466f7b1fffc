"""The lists of words by which questions are judged: read once, as nearly all tests have the same."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

# Each takes up to a fifth of a second.
READERS = (
    ("schoolctl.services.judgement", "read_screening_rules"),
    ("schoolctl.services.judgement", "read_theme_keywords"),
    ("schoolctl.services.judgement", "read_privacy_words"),
    ("schoolctl.store.cue_files", "read_cue_file"),
    ("schoolctl.store.cue_files", "read_disease_file"),
    ("schoolctl.store.theme_files", "read_theme_file"),
    ("schoolctl.store.term_files", "read_term_file"),
)


def read_lists_once(put: Callable[[object, str, Any], None]) -> None:
    """Put in place of each reader one that keeps what it read; other paths and other bytes are read as ever."""
    for module, name in READERS:
        home = import_module(module)
        put(home, name, _read_once(getattr(home, name)))


def _read_once(read: Callable[[Path], Any]) -> Callable[[Path], Any]:
    kept: dict[tuple[tuple[Path, bytes], ...], Any] = {}

    def read_once(place: Path) -> Any:  # noqa: ANN401 - whatever the reader gives
        paths = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
        content = tuple((path, path.read_bytes()) for path in paths)
        if content not in kept:
            kept[content] = read(place)
        return kept[content]

    return read_once

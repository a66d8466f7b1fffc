"""sessions.toml on disk: read it, edit single keys without touching another line, write it guarded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from schoolctl.domain.school import Schedule
from schoolctl.errors import FileProblemsError, Problem, SchoolctlError
from schoolctl.store import SCHEDULE_FILE
from schoolctl.store.schedule_reader import SCHOOL_KEYS, read_schedule
from schoolctl.store.toml_places import Statement, statements

# A value to write: text, moment, texts by language, a list of tables; None takes the key out.
TomlValue = str | datetime | Mapping[str, Any] | list[Mapping[str, Any]] | None
_BOM = "\ufeff"
_BLOCK_PATH = 2  # ("school", index): the path of a [[school]] line itself


@dataclass(frozen=True)
class ScheduleFile:
    """The bytes of a sessions.toml as they were read; edits give new bytes, `write` puts them in place."""

    path: Path
    raw: bytes

    @classmethod
    def read(cls, path: Path) -> ScheduleFile:
        """The file as it is now."""
        return cls(path, path.read_bytes())

    @cached_property
    def _read(self) -> tuple[Schedule, tuple[Problem, ...]]:
        return read_schedule(self.raw, self.path.name)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All mistakes and warnings, in line order."""
        return self._read[1]

    @property
    def schedule(self) -> Schedule:
        """The schedule; FileProblemsError with every mistake when the file has any."""
        schedule, problems = self._read
        if errors := tuple(problem for problem in problems if problem.severity == "error"):
            raise FileProblemsError(errors)
        return schedule

    def with_school(self, values: Mapping[str, TomlValue]) -> bytes:
        """The file with a new `[[school]]` block at its end."""
        lines = ["[[school]]", *(_statement(key, value) for key, value in values.items() if value is not None)]
        text = self._text
        gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
        return self._checked(text + gap + "\n".join(lines) + "\n")

    def with_changes(self, school_id: str, changes: Mapping[str, TomlValue]) -> bytes:
        """The file with some keys of one school set (or, for None, taken out); all other lines stay as they are."""
        text = self._text
        index = self._index(school_id)
        for key, value in changes.items():
            text = _with_key(text, index, key, value)
        return self._checked(text)

    def without_school(self, school_id: str) -> bytes:
        """The file without the block of one school; comments above the block stay."""
        index = self._index(school_id)
        block = [place for place in statements(self._text) if place.path[:2] == ("school", index)]
        lines = self._text.split("\n")
        after = block[-1].last
        if after < len(lines) and not lines[after].strip():
            after += 1
        return self._checked("\n".join(lines[: block[0].first - 1] + lines[after:]))

    def write(self, new: bytes) -> None:
        """Put `new` in place of what was read; ChangedMeanwhileError when the file is another by now."""
        from schoolctl.store.atomic_file import replace_file

        replace_file(self.path, self.raw, new)

    @cached_property
    def _text(self) -> str:
        text = self.raw.decode().removeprefix(_BOM)
        return text.replace("\r\n", "\n") if self._is_crlf else text

    @cached_property
    def _is_crlf(self) -> bool:
        return b"\r\n" in self.raw and not re.search(rb"(?<!\r)\n", self.raw)

    def _index(self, school_id: str) -> int:
        ids = [school.get("id") for school in tomllib.loads(self._text).get("school", [])]
        if school_id not in ids:
            self.schedule.school(school_id)  # says which schools there are
        return ids.index(school_id)

    def _checked(self, text: str) -> bytes:
        """The text as bytes with the file's own line ends and BOM; refused when it would not read well."""
        new = text.replace("\n", "\r\n") if self._is_crlf else text
        raw = ((_BOM if self.raw.startswith(_BOM.encode()) else "") + new).encode()
        _, problems = read_schedule(raw, self.path.name)
        if errors := tuple(problem for problem in problems if problem.severity == "error"):
            raise FileProblemsError(errors)
        return raw


def _with_key(text: str, index: int, key: str, value: TomlValue) -> str:
    places = statements(text)
    path = ("school", index, key)
    old = [place for place in places if place.path[:3] == path]
    if any(place.is_header for place in old):
        message = f"{SCHEDULE_FILE}:{old[0].first}: {key} has a heading of its own; change it there by hand"
        raise SchoolctlError(message)
    lines = text.split("\n")
    if not old:
        at = _place_for(key, [place for place in places if place.path[:2] == ("school", index)])
        return text if value is None else "\n".join([*lines[:at], _statement(key, value), *lines[at:]])
    for place in reversed(old):
        block = "\n".join(lines[place.first - 1 : place.last])
        is_kept = value is not None and place is old[0]
        new = [_replaced(block, key, value) if place.path == path else _statement(key, value)] if is_kept else []
        lines[place.first - 1 : place.last] = new
    return "\n".join(lines)


def _place_for(key: str, block: list[Statement]) -> int:
    """After which line a new key goes: behind the last key that comes before it in the usual order."""
    order = SCHOOL_KEYS.index(key)
    own = [place for place in block if len(place.path) == _BLOCK_PATH or not place.is_header]
    first_table = next((place.first for place in block[1:] if place.is_header), None)
    before = [
        place.last
        for place in own
        if (first_table is None or place.first < first_table)
        and (len(place.path) == _BLOCK_PATH or place.path[2] not in SCHOOL_KEYS[order:])
    ]
    return max(before)


def _replaced(statement: str, key: str, value: TomlValue) -> str:
    """The statement with a new value; tomlkit keeps its blanks and the comment behind it."""
    import tomlkit

    document = tomlkit.parse(statement)
    document[key] = tomlkit.value(_toml(value))
    return document.as_string()


def _statement(key: str, value: TomlValue) -> str:
    return f"{key} = {_toml(value)}"


def _toml(value: TomlValue) -> str:
    """A value in TOML: moments as local date-times, texts by language on one line, a list one item a line."""
    import tomlkit

    if isinstance(value, datetime):
        # An hour that the clocks show twice is written with its offset, all others as the clock shows them.
        is_ambiguous = value.replace(fold=0).utcoffset() != value.replace(fold=1).utcoffset()
        return (value if is_ambiguous else value.replace(tzinfo=None)).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_toml(item)},\n" for item in value) + "]" if value else "[]"
    return tomlkit.item(value).as_string()

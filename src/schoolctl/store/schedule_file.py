"""sessions.toml on disk: read it, edit single keys without touching another line, write it guarded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from schoolctl.domain.school import ProgrammeItem, Schedule
from schoolctl.errors import FileProblemsError, Problem, SchoolctlError
from schoolctl.store import SCHEDULE_FILE
from schoolctl.store.schedule_reader import read_schedule

# A value to write: text, moment, texts by language, a list of tables; None takes the key out.
TomlPart = str | bool | datetime | Mapping[str, Any] | list[Mapping[str, Any]]
TomlValue = TomlPart | None
_BOM = "\ufeff"


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
        _raise_errors(problems)
        return schedule

    def with_school(self, values: Mapping[str, TomlValue]) -> bytes:
        """The file with a new `[[school]]` block at its end."""
        from schoolctl.store.schedule_edit import statement

        text = self._text
        self._refuse_list_of_schools()
        lines = [
            "[[school]]",
            *(statement(key, rendered) for key, value in values.items() if (rendered := _rendered(value))),
        ]
        gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
        return self._checked(text + gap + "\n".join(lines) + "\n")

    def with_changes(self, school_id: str, changes: Mapping[str, TomlValue]) -> bytes:
        """The file with some keys of one school set (or, for None, taken out); all other lines stay as they are."""
        from schoolctl.store.schedule_edit import with_key

        index = self._index(school_id)
        text = self._text
        for key, value in changes.items():
            text = with_key(text, index, key, _rendered(value))
        return self._checked(text)

    def with_programme(self, school_id: str, rows: Sequence[ProgrammeItem]) -> bytes:
        """The file with `rows` as the programme of one school, as `[[school.programme]]` blocks to edit by hand."""
        from schoolctl.store.schedule_programme import with_programme

        index = self._index(school_id)
        return self._checked(with_programme(self._text, index, [_programme_row(row) for row in rows]))

    def line_of(self, school_id: str, key: str) -> int | None:
        """The line at which a key of a school (else the school itself) stands."""
        from schoolctl.store.toml_places import line_of, statements

        schools = tomllib.loads(self._text)["school"]
        index = [school.get("id") for school in schools].index(school_id)
        return line_of(("school", index, key), statements(self._text))

    def without_school(self, school_id: str) -> bytes:
        """The file without the block of one school; comments above the block stay."""
        from schoolctl.store.toml_places import statements

        index = self._index(school_id)
        places = statements(self._text)
        own = [at for at, place in enumerate(places) if place.path[:2] == ("school", index)]
        # TOML lets [[school.programme]] stand below [organizer]: cutting from first to last would take that along.
        if own != list(range(own[0], own[-1] + 1)):
            message = f"{SCHEDULE_FILE}: the lines of {school_id} are not all together; take them out by hand"
            raise SchoolctlError(message)
        lines = self._text.split("\n")
        before, after = places[own[0]].first - 1, places[own[-1]].last
        # One of the blank lines around the block goes with it.
        if any(line.strip() for line in lines[after:]):
            after += not lines[after].strip()
        elif before and not lines[before - 1].strip():
            before -= 1
        return self._checked("\n".join(lines[:before] + lines[after:]))

    def write(self, new: bytes) -> None:
        """Put `new` in place of what was read; ChangedMeanwhileError when the file is another by now."""
        from schoolctl.store.atomic_file import replace_file

        replace_file(self.path, self.raw, new)

    @cached_property
    def _text(self) -> str:
        text = self.raw.decode().removeprefix(_BOM)
        return text.replace("\r\n", "\n") if self._is_crlf else text

    # Only a file that is CRLF throughout is turned to LF and back; in a mixed one each line keeps its own end.
    @cached_property
    def _is_crlf(self) -> bool:
        return b"\r\n" in self.raw and not re.search(rb"(?<!\r)\n", self.raw)

    def _index(self, school_id: str) -> int:
        self.schedule.school(school_id)  # says what is wrong with the file, or which schools there are
        self._refuse_list_of_schools()
        return [school.get("id") for school in tomllib.loads(self._text)["school"]].index(school_id)

    def _refuse_list_of_schools(self) -> None:
        from schoolctl.store.toml_places import statements

        if in_list := next((place for place in statements(self._text) if place.path == ("school",)), None):
            message = (
                f"{SCHEDULE_FILE}:{in_list.first}: the schools stand in a list. Write each as a [[school]] block first"
            )
            raise SchoolctlError(message)

    def _checked(self, text: str) -> bytes:
        """The text as bytes with the file's own line ends and BOM; refused when it would not read well."""
        new = text.replace("\n", "\r\n") if self._is_crlf else text
        try:
            raw = ((_BOM if self.raw.startswith(_BOM.encode()) else "") + new).encode()
        except UnicodeEncodeError as error:
            message = "the text holds characters that are no letters of any alphabet. Type it again"
            raise SchoolctlError(message) from error
        # An edit must not leave a file that the next command refuses.
        _raise_errors(read_schedule(raw, self.path.name)[1])
        return raw


def _raise_errors(problems: tuple[Problem, ...]) -> None:
    if errors := tuple(problem for problem in problems if problem.severity == "error"):
        raise FileProblemsError(errors)


def _rendered(value: TomlValue) -> str | dict[str, str] | None:
    """A value in TOML; a table's parts one by one."""
    if value is None:
        return None
    return {key: _toml(part) for key, part in value.items()} if isinstance(value, Mapping) else _toml(value)


def _programme_row(item: ProgrammeItem) -> dict[str, str | dict[str, str]]:
    row: dict[str, str | dict[str, str]] = {
        "title": {language: _toml(text) for language, text in item.title.items()},
        "minutes": str(item.minutes),
    }
    if item.theme:
        row["theme"] = _toml(item.theme)
    if item.speakers:
        row["speakers"] = "[" + ", ".join(map(_toml, item.speakers)) + "]"
    return row


def _toml(value: TomlPart) -> str:
    """Moments as local date-times, tables on one line, a list one item a line, texts with what must be escaped."""
    import tomlkit

    from schoolctl.store.schedule_edit import inline

    if isinstance(value, datetime):
        # An hour that the clocks show twice is written with its offset, all others as the clock shows them.
        is_ambiguous = value.replace(fold=0).utcoffset() != value.replace(fold=1).utcoffset()
        return (value if is_ambiguous else value.replace(tzinfo=None)).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, Mapping):
        return inline({key: _toml(part) for key, part in value.items()})
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_toml(item)},\n" for item in value) + "]" if value else "[]"
    return tomlkit.item(value).as_string()

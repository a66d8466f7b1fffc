"""Typed reading of a TOML table: every wrong value becomes a finding, never an exception."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.local_time import AmbiguousTimeError, in_zone
from schoolctl.domain.text import clean_line
from schoolctl.errors import Severity, WrongUsageError

if TYPE_CHECKING:
    from schoolctl.store.toml_places import Path

Choice = TypeVar("Choice", bound=str)
# The country's code, where the language's is meant.
_KAZAKH_OTHERWISE = ("kz", "kaz", "qaz", "qz")
_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2100


class Finding(NamedTuple):
    """A mistake at a place in the data (a Problem before its line is known).

    `meant` is the key that an unknown one was probably meant to be.
    """

    path: Path
    message: str
    hint: str
    severity: Severity
    is_missing: bool = False
    meant: str = ""


@dataclass(frozen=True)
class Table:
    """One table and its place; every getter returns a usable value and reports what is wrong to `findings`."""

    data: Mapping[str, Any]
    path: Path
    findings: list[Finding] = field(default_factory=list)

    def report(self, key: str, message: str, hint: str = "", severity: Severity = "error") -> None:
        """Note a mistake at `key` of this table."""
        self.findings.append(Finding((*self.path, key), message, hint, severity))

    def has_findings(self, key: str) -> bool:
        """Whether anything at `key` or inside it was reported."""
        path = (*self.path, key)
        return any(finding.path[: len(path)] == path for finding in self.findings)

    def require(self, key: str, hint: str) -> bool:
        """Whether `key` is there; its absence is reported (unless it is there under a name reported as mistyped)."""
        is_mistyped = any(finding.meant == key and finding.path[:-1] == self.path for finding in self.findings)
        if key not in self.data and not is_mistyped:
            self.findings.append(Finding((*self.path, key), f"{key} is missing", hint, "error", is_missing=True))
        return key in self.data

    def report_unknown(self, known: Collection[str], elsewhere: Mapping[str, str] | None = None) -> None:
        """Report keys that mean nothing here; the hint is the one in `elsewhere`, else the nearest known name."""
        for key in self.data:
            if key not in known:
                # "starts" is not missing where "start" is there.
                near = "".join(difflib.get_close_matches(key, known, n=1))
                hint = f"Did you mean {near}?" if near else f"Known here: {', '.join(known)}"
                hint = (elsewhere or {}).get(key, hint)
                message = f'"{key}" means nothing here'
                self.findings.append(Finding((*self.path, key), message, hint, "error", meant=near))

    def text(self, key: str, fault: Callable[[str], str | None] | None = None) -> str:
        """A text without line breaks or invisible characters; empty when absent or wrong. `fault` may refuse it."""
        value = self.data.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.report(key, f"{key} must be a text", f'Put it between quotes: {key} = "…"')
            return ""
        if flaw := _text_fault(value):
            self.report(key, f"{key}: {flaw[0]}", flaw[1])
            return ""
        if problem := fault(value) if fault else None:
            self.report(key, f"{key}: {problem}")
            return ""
        return value.strip()

    def texts(self, key: str, languages: Collection[str]) -> dict[str, str] | None:
        """A text by language, `{ kk = "…", ru = "…" }`; None when absent."""
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.report(key, f"{key} must be a text by language", f'Write {key} = {{ kk = "…", ru = "…", en = "…" }}')
            return None
        if not value:
            self.report(key, f"{key} holds no text", f'Write {key} = {{ kk = "…", ru = "…", en = "…" }}')
        table = Table(value, (*self.path, key), self.findings)
        table.report_unknown(languages, _language_hints(languages))
        return {language: text for language in value if (text := table.text(language))}

    def text_or_texts(self, key: str, languages: Collection[str]) -> str | dict[str, str] | None:
        """One text for all languages, or a text by language."""
        if isinstance(self.data.get(key), str):
            return self.text(key) or None
        return self.texts(key, languages)

    def choice(self, key: str, allowed: Collection[Choice], default: Choice) -> Choice:
        """One of a few words."""
        value = self.data.get(key, default)
        for word in allowed:
            if value == word:
                return word
        message = f'{key} cannot be "{value}"' if isinstance(value, str) else f"{key} must be one word in quotes"
        self.report(key, message, f"Use one of: {', '.join(allowed)}")
        return default

    def moment(self, key: str, zone: ZoneInfo) -> datetime | None:
        """A local date-time as a moment in `zone` (or one with an offset, for an hour that happens twice)."""
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, datetime):
            hint = f"Write {key} = 2026-12-10 18:30:00, without quotes"
            self.report(key, f"{key} must be a date and an hour", hint)
            return None
        # A slip of the finger (0026) would also be too early for the tables of the zones.
        if not _EARLIEST_YEAR <= value.year <= _LATEST_YEAR:
            self.report(key, f"{key}: the year {value.year} cannot be right", "Compare it with the other dates")
            return None
        try:
            return in_zone(value, zone)
        except AmbiguousTimeError as error:
            # TOML wants the seconds too.
            first, second = (f"{choice[:16]}:00{choice[16:]}" for choice in error.choices)
            message = f"{key}: the clocks of {zone.key} show {value:%Y-%m-%d %H:%M} twice that day"
            self.report(key, message, f"Write {key} = {first} for the first or {key} = {second} for the second")
        except WrongUsageError as error:
            self.report(key, f"{key}: {error}")
        return None

    def whole_number(self, key: str, least: int, most: int) -> int:
        """A whole number between two bounds; `least` when absent or wrong."""
        value = self.data.get(key, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            hint = "Write only the number, without quotes"
            self.report(key, f"{key} must be a whole number from {least} to {most}", hint)
            return least
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.data.get(key, [])
        if not _is_list_of(str, value):
            self.report(key, f"{key} must be a list of texts", f'Write {key} = ["…", "…"]')
            return ()
        if flaw := next((flaw for item in value if (flaw := _text_fault(item))), None):
            self.report(key, f"{key}: {flaw[0]}", flaw[1])
            return ()
        return tuple(item.strip() for item in value)

    def flag(self, key: str) -> bool:
        """Yes or no; no when absent or wrong."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.report(key, f"{key} must be true or false", f"Write {key} = true, in small letters and without quotes")
        return value is True

    def table(self, key: str, hint: str) -> Table | None:
        """A table inside this one; None when absent or wrong."""
        value = self.data.get(key)
        if isinstance(value, dict):
            return Table(value, (*self.path, key), self.findings)
        if value is not None:
            self.report(key, f"{key} must be a table", hint)
        return None

    def tables(self, key: str, hint: str) -> list[Table]:
        """The tables of an array: `[[key]]` blocks or `[ { … }, { … } ]`."""
        value = self.data.get(key, [])
        if not _is_list_of(dict, value):
            self.report(key, f"{key} must be a list of tables", hint)
            return []
        return [Table(item, (*self.path, key, index), self.findings) for index, item in enumerate(value)]


def language_hint(language: str) -> str:
    """How to write a language that schoolctl does not know."""
    return "Kazakh is written kk" if language in _KAZAKH_OTHERWISE else f"Known: {', '.join(LANGUAGES)}"


def _language_hints(languages: Collection[str]) -> dict[str, str]:
    unused = {
        language: f'Add "{language}" to languages at the top of the file, or take this text out'
        for language in LANGUAGES
        if language not in languages
    }
    return unused | {word: language_hint(word) for word in _KAZAKH_OTHERWISE}


def _is_list_of(kind: type, value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _text_fault(text: str) -> tuple[str, str] | None:
    if not text.strip():
        return "the text is empty", "Write something between the quotes"
    visible = " ".join(unicodedata.normalize("NFC", text).split())
    if "\n" in text or clean_line(text) != visible:
        return (
            "the text holds line breaks or invisible characters",
            "Delete the text and type it again, without pasting",
        )
    return None

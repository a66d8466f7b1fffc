"""Typed reading of a TOML table: every wrong value becomes a finding, never an exception."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from schoolctl.domain.local_time import in_zone
from schoolctl.domain.text import clean_line
from schoolctl.errors import Severity, WrongUsageError
from schoolctl.store.toml_source import Path

Choice = TypeVar("Choice", bound=str)


class Finding(NamedTuple):
    """A mistake at a place in the data (a Problem before its line is known)."""

    path: Path
    message: str
    hint: str
    severity: Severity
    is_missing: bool = False


@dataclass(frozen=True)
class Table:
    """One table and its place; every getter returns a usable value and reports what is wrong to `findings`."""

    data: Mapping[str, Any]
    path: Path
    findings: list[Finding] = field(default_factory=list)

    def report(self, key: str, message: str, hint: str = "", severity: Severity = "error") -> None:
        """Note a mistake at `key` of this table."""
        self.findings.append(Finding((*self.path, key), message, hint, severity))

    def require(self, key: str, hint: str) -> bool:
        """Whether `key` is there; its absence is reported."""
        if key not in self.data:
            self.findings.append(Finding((*self.path, key), f"{key} is missing", hint, "error", is_missing=True))
        return key in self.data

    def report_unknown(self, known: Collection[str]) -> None:
        """Report keys that mean nothing here, with the nearest known name as a hint."""
        for key in self.data:
            if key not in known:
                import difflib

                near = difflib.get_close_matches(key, known, n=1)
                hint = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(known)}"
                self.report(key, f'"{key}" means nothing here', hint)

    def text(self, key: str, fault: Callable[[str], str | None] | None = None) -> str:
        """A text without line breaks or invisible characters; empty when absent or wrong. `fault` may refuse it."""
        value = self.data.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.report(key, f"{key} must be a text", f'Put it between quotes: {key} = "…"')
            return ""
        problem = _text_fault(value) or (fault(value) if fault and value else None)
        if problem:
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
        table = Table(value, (*self.path, key), self.findings)
        table.report_unknown(languages)
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
        self.report(key, f'{key} cannot be "{value}"', f"Use one of: {', '.join(allowed)}")
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
        try:
            return in_zone(value, zone)
        except WrongUsageError as error:
            self.report(key, f"{key}: {error}".replace('"', ""))
            return None

    def whole_number(self, key: str, least: int, most: int) -> int:
        """A whole number between two bounds; `least` when absent or wrong."""
        value = self.data.get(key, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.report(key, f"{key} must be a whole number from {least} to {most}")
            return least
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.report(key, f"{key} must be a list of texts", f'Write {key} = ["…", "…"]')
            return ()
        if any(_text_fault(item) for item in value):
            self.report(key, f"{key} holds a text with line breaks or invisible characters")
            return ()
        return tuple(item.strip() for item in value)

    def table(self, key: str) -> Table:
        """A table inside this one; an empty one when absent or wrong."""
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.report(key, f"{key} must be a table", f"Write it under a line [{key}]")
            value = {}
        return Table(value, (*self.path, key), self.findings)

    def tables(self, key: str) -> list[Table]:
        """The tables of an array: `[[key]]` blocks or `[ { … }, { … } ]`."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.report(key, f"{key} must be a list of tables", f"Begin each with a line [[{key}]]")
            return []
        return [Table(item, (*self.path, key, index), self.findings) for index, item in enumerate(value)]


def _text_fault(text: str) -> str | None:
    if not text.strip():
        return "the text is empty"
    visible = " ".join(unicodedata.normalize("NFC", text).split())
    if "\n" in text or clean_line(text) != visible:
        return "the text holds line breaks or invisible characters; type it again"
    return None

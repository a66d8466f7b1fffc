"""What a language has to say about days, hours, zones and lists."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class LanguageRules(ABC):
    """One language's way of writing, as the Center writes it (facts of its public posts), not as CLDR's long forms do.

    `months` are in the form that follows a day number; `zones` maps an IANA zone to its name in brackets;
    `themes` maps a theme's code to its heading; `last_joint` stands before the last item of a list;
    `common_words` are those by which the language is known, in small letters; `translated_from` says of a translation
    from which language (by its code) it is.
    """

    code: str
    name: str
    months: tuple[str, ...]
    zones: Mapping[str, str]
    themes: Mapping[str, str]
    quotes: tuple[str, str]
    last_joint: str
    common_words: frozenset[str] = frozenset()
    span_dash: str = "–"
    inner_quotes: tuple[str, str] = ("„", "“")
    translated_from: Mapping[str, str] = field(default_factory=dict)

    @abstractmethod
    def day(self, day: dt.date) -> str:
        """A day without its year, in the nominative: `19 мамыр`, `19 мая`, `May 19`."""

    @abstractmethod
    def date(self, day: dt.date) -> str:
        """A day with its year: `2022 жылғы 3 ақпан`, `3 февраля 2022 года`, `February 3, 2022`."""

    def day_in_sentence(self, day: dt.date) -> str:
        """A day as it answers "when?" in a sentence; languages with case endings override it."""
        return self.day(day)

    def date_in_sentence(self, day: dt.date) -> str:
        """A day with its year as it answers "when?" in a sentence."""
        return self.date(day)

    def hour(self, moment: dt.time | dt.datetime) -> str:
        """Hour and minute on a 24-hour clock: `18:30`."""
        return f"{moment.hour:02}:{moment.minute:02}"

    def hour_in_sentence(self, moment: dt.time | dt.datetime) -> str:
        """An hour as it answers "when?" in a sentence (Kazakh adds a case ending)."""
        return self.hour(moment)

    def span(self, starts: dt.datetime, ends: dt.datetime) -> str:
        """From one hour to another: `18:30 – 21:15`."""
        return f"{self.hour(starts)} {self.span_dash} {self.hour(ends)}"

    def zone(self, moment: dt.datetime) -> str:
        """The zone in brackets, by its city where the language has a name for it, else by its offset."""
        key = str(moment.tzinfo)
        return f"({self.zones.get(key) or _offset_name(moment.utcoffset())})"

    def quoted(self, text: str) -> str:
        """`text` in the language's quotation marks; those it has already become the inner ones."""
        inner = text.translate({ord(own): inner for own, inner in zip(self.quotes, self.inner_quotes, strict=True)})
        return f"{self.quotes[0]}{inner}{self.quotes[1]}"

    def plural(self, number: int, *forms: str) -> str:
        """The form of a noun that goes with a number, of those the language has: one, many."""
        return forms[0] if number == 1 else forms[-1]

    def listed(self, items: Sequence[str]) -> str:
        """`a, b and c` in the language's way."""
        if len(items) < 2:  # noqa: PLR2004 - one item needs no joint
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.last_joint} {items[-1]}"


def words(text: str) -> frozenset[str]:
    """The words of a text, for lists of words that are easy to read and to extend."""
    return frozenset(text.split())


def _offset_name(offset: dt.timedelta | None) -> str:
    minutes = round((offset or dt.timedelta()).total_seconds() / 60)
    sign, (hours, rest) = "+" if minutes >= 0 else "-", divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")

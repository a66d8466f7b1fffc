"""Dates of table cells -> aware times; the order of day and month is decided by evidence over the whole table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import BinaryIO, Final

from schoolctl.domain.date_example import DateOrder
from schoolctl.importers.date_order import DateParts, UndecidedDatesError, date_of, decide_date_order, find_example

_CELL = re.compile(
    r"\s*(?P<a>\d{1,4})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{4}|\d{1,2})"
    r"(?:[T ,\u00a0\u202f]{1,3}(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"[ \u00a0\u202f]?(?P<half>[AaPp]\.?[Mm]\.?)?[ \u00a0]?(?P<zone>Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|GMT|UTC)?\s*"
)
_ZONE = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?")
_SERIAL = re.compile(r"\s*\d{5}(?:[.,]\d{1,12})?\s*")
# Spreadsheets count days from here; 2000 to 2100 is what a date of a question can be.
_SERIAL_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_SERIAL_DAYS: Final = range(36526, 73051)
_YEAR_DIGITS = 4
_NOON = 12
# Rows of a form share their days.
_day = lru_cache(maxsize=1_000)(date_of)
# More different days would fill the memory and tell nothing new.
_MOST_EVIDENCE = 100_000


# Dots and a year in front are never unclear. Two patterns, as a literal first byte is found forty times as fast.
_UNCLEAR_DATES: Final = (re.compile(rb"/(?<!\d{3}/)\d{1,2}/\d\d"), re.compile(rb"-(?<!\d{3}-)\d{1,2}-\d\d"))
_CHUNK_BYTES = 1 << 20
_LONGEST_DATE = 10


@dataclass(frozen=True, slots=True)
class CellTime:
    """When a row was written; `zone_assumed` tells that the cell named no zone."""

    moment: datetime
    zone_assumed: bool


class DateEvidence:
    """What the dates of a table say about their order; different days are kept, each once."""

    def __init__(self) -> None:
        """Begin without evidence."""
        # In the order of the table, and each once: a dict has both.
        self._days: dict[str, None] = {}

    def add(self, cell: str) -> None:
        """Take the date of one cell; the hour is no evidence and is dropped."""
        if len(self._days) < _MOST_EVIDENCE:
            self._days[cell.strip().partition(" ")[0].rstrip(",")] = None

    def decide(self, name: str) -> dict[str, DateOrder]:
        """The order for each separator in use; `name` is the file's.

        Raises UndecidedDatesError when slashes or dashes can be read in two ways.
        """
        return {mark: _decide(mark, dates, name) for mark, dates in self._parts().items()}

    def _parts(self) -> dict[str, list[DateParts]]:
        """The dates that do not begin with a year, by separator."""
        parts: dict[str, list[DateParts]] = {}
        for day in self._days:
            found = _CELL.fullmatch(day)
            if found and len(found["a"]) < _YEAR_DIGITS:
                parts.setdefault(found["mark"], []).append(_numbers(found))
        return parts


def as_told(order: DateOrder) -> dict[str, DateOrder]:
    """The order for each separator when the organiser told it."""
    # Dots part day.month.year in every country: the answer is not about them.
    return {"/": order, "-": order}


def has_unclear_dates(stream: BinaryIO) -> bool:
    """Whether a file (not UTF-16) holds anything like 5/12/22: a fast look that mostly spares a pass over its rows."""
    end = b""
    while chunk := stream.read(_CHUNK_BYTES):
        if any(pattern.search(end + chunk) for pattern in _UNCLEAR_DATES):
            return True
        end = chunk[-_LONGEST_DATE:]
    return False


def read_time(cell: str, orders: Mapping[str, DateOrder], zone: tzinfo) -> CellTime | None:
    """The time a cell names, or None when it names none; hours without a zone are hours of `zone`."""
    found = _CELL.fullmatch(cell)
    if not found:
        return _read_serial(cell, zone)
    order = "ymd" if len(found["a"]) == _YEAR_DIGITS else orders.get(found["mark"], "dmy")
    day = _day(_numbers(found), order)
    hour = _hour(found)
    if day is None or hour is None:
        return None
    told = _zone(found["zone"])
    return CellTime(datetime.combine(day, hour, told or zone), told is None)


def _decide(mark: str, dates: Sequence[DateParts], name: str) -> DateOrder:
    """The order of the dates written with one separator."""
    order = decide_date_order(dates, separator=mark)
    if order is None and mark != ".":
        raise UndecidedDatesError(name, find_example(dates, mark))
    return order or "dmy"


def _numbers(found: re.Match[str]) -> DateParts:
    """The three numbers of a date as they stand."""
    return int(found["a"]), int(found["b"]), int(found["c"])


def _hour(found: re.Match[str]) -> time | None:
    """The hour of a cell (midnight when it names none), or None when there is no such hour."""
    if found["hour"] is None:
        return time()
    half = found["half"]
    hour = _of_whole_day(int(found["hour"]), half) if half else int(found["hour"])
    if hour is None:
        return None
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def _of_whole_day(hour: int, half: str) -> int | None:
    """The hour from 0 on for one of a half (`PM`); None when a dial has no such hour."""
    # 13:00 PM contradicts itself: no time is better than a wrong one.
    if not 1 <= hour <= _NOON:
        return None
    return hour % _NOON + (_NOON if half[0] in "Pp" else 0)


def _zone(written: str | None) -> tzinfo | None:
    """The fixed zone a cell names (`Z`, `+06:00`, `GMT+5`), or None."""
    if not written:
        return None
    found = _ZONE.fullmatch(written)
    if not found:
        return UTC
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    # An offset beyond any zone of the earth is a slip of the export, and timezone() would refuse it.
    return timezone(offset if found[1] == "+" else -offset) if offset <= timedelta(hours=14) else None


def _read_serial(cell: str, zone: tzinfo) -> CellTime | None:
    """A date that a spreadsheet exported as its number of days (45000.5)."""
    if not _SERIAL.fullmatch(cell):
        return None
    days = float(cell.replace(",", "."))
    if int(days) not in _SERIAL_DAYS:
        return None
    seconds = round((days - int(days)) * 86_400)
    moment = _SERIAL_EPOCH + timedelta(days=int(days), seconds=seconds)
    return CellTime(moment.replace(tzinfo=zone), zone_assumed=True)

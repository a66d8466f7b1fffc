"""Dates written as three numbers: which of them is the day, decided by evidence and never by language.

The evidence, strongest first: readings under which a date does not exist (a part above 12 or 31), dots between the
parts (no country writes month.day.year), the order in time of a chat, and a day shared with a neighbour that is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from schoolctl.domain.date_example import DateExample, DateOrder
from schoolctl.errors import UnreadableSourceError

DateParts = tuple[int, int, int]

ORDERS: Final[tuple[DateOrder, ...]] = ("dmy", "mdy", "ymd")
_POSITIONS: Final[dict[DateOrder, tuple[int, int, int]]] = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
_EARLIEST_YEAR = 1990
_LATEST_YEAR = 2199
_BUDDHIST_YEARS = range(2450, 2700)
_BUDDHIST_OFFSET = 543
# No questions came in before 2000, so a two-digit year from 52 on can only be Buddhist (2552 is 2009).
_FIRST_SHORT_BUDDHIST_YEAR = 52
# A reading wins when all others contradict the evidence more than this many times as often.
_CLEAR_RATIO = 10


class UndecidedDatesError(UnreadableSourceError):
    """A file is refused because its dates can be read in two ways; `example` is one of them, to ask a person by."""

    def __init__(self, name: str, example: DateExample) -> None:
        """Refuse the file called `name`."""
        super().__init__(
            f"{name}: its dates can be read in two ways ({example.written}). "
            "Add --date-order dmy if the day comes first, --date-order mdy if the month does"
        )
        self.example = example


def full_year(number: int) -> int:
    """The Gregorian year meant by a number of two or four digits, Buddhist years (2565, 65) included."""
    if number < _FIRST_SHORT_BUDDHIST_YEAR:
        return 2000 + number
    if number <= 99:  # noqa: PLR2004 - the last number of two digits
        return 2500 + number - _BUDDHIST_OFFSET
    return number - _BUDDHIST_OFFSET if number in _BUDDHIST_YEARS else number


def date_of(parts: DateParts, order: DateOrder) -> date | None:
    """The date that `parts` mean when read in `order`; None when there is no such date."""
    # Two-digit and Buddhist years are told apart only here, so that the evidence sees what the reader will see.
    year, month, day = (parts[position] for position in _POSITIONS[order])
    year = full_year(year)
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_date(parts: DateParts) -> bool:
    """Whether there is such a date in any order."""
    return any(date_of(parts, order) for order in ORDERS)


def readable_orders(dates: Iterable[DateParts]) -> frozenset[DateOrder]:
    """The orders in which every one of `dates` exists; dates that exist in no order do not count."""
    readings = _read_all(parts for parts in dates if is_date(parts))
    return frozenset(reading.order for reading in _faultless(readings))


def find_example(dates: Sequence[DateParts], separator: str) -> DateExample:
    """Of dates that cannot be decided (at least one) the first that tells the orders apart best."""
    # Where a slip of the pen speaks against every order, each is still what a person may mean.
    orders = readable_orders(dates) or frozenset(ORDERS)
    best = max(dates, key=lambda parts: len(_readings(parts, orders)))
    written = separator.join(f"{part:02}" for part in best)
    return DateExample(written, _readings(best, orders))


def _readings(parts: DateParts, orders: Collection[DateOrder]) -> dict[DateOrder, date]:
    """The different days that a date means in some orders, each under the first order that gives it."""
    readings: dict[DateOrder, date] = {}
    for order in ORDERS:
        day = date_of(parts, order) if order in orders else None
        # A short year in front is only worth asking about when it makes the later year: questions are recent.
        if day and all(day != other and day.year >= other.year for other in readings.values()):
            readings[order] = day
    return readings


def decide_date_order(
    dates: Iterable[DateParts | date], *, separator: str = "", chronological: bool = False
) -> DateOrder | None:
    """The order in which the dates of one spelling are written, or None when they can be read in two ways.

    `dates` come in the order of the file; a `date` among them is one already understood (of another spelling), used
    only as a neighbour in time. `separator` stands between the parts. `chronological` tells that rows follow one
    another in time, as the messages of a chat do; without it the order of rows is no evidence.
    """
    items = _existing(dates)
    days_back = _days_back(items)
    if separator == "." and "dmy" in days_back:
        return "dmy"
    usual = _usual_orders(days_back, items)
    if not chronological:
        return _only(tuple(usual))
    # A year in front may win by the order in time: what is usual counts only where time does not tell.
    return _clear_winner(days_back) or _clear_winner(usual) or _day_shared_with_neighbours(usual, items)


def _day_shared_with_neighbours(orders: Iterable[DateOrder], items: list[DateParts | date]) -> DateOrder | None:
    """The only order in which dates fall on the very day of a neighbour that is already understood."""
    pairs = tuple(_beside_known(items))
    return _only([order for order in orders if any(date_of(parts, order) == day for parts, day in pairs)])


def _beside_known(items: list[DateParts | date]) -> Iterator[tuple[DateParts, date]]:
    """The dates to be decided that follow or precede one already understood, each with that neighbour."""
    for before, after in pairwise(items):
        for parts, day in ((before, after), (after, before)):
            if isinstance(day, date) and not isinstance(parts, date):
                yield parts, day


def _only(orders: Sequence[DateOrder]) -> DateOrder | None:
    """The one order that is left; None when there are several or none."""
    return orders[0] if len(orders) == 1 else None


def _existing(dates: Iterable[DateParts | date]) -> list[DateParts | date]:
    """`dates` without those that exist in no order: a slip of the pen must not outweigh what others tell."""
    return [item for item in dates if isinstance(item, date) or is_date(item)]


def _usual_orders(days_back: dict[DateOrder, int], items: list[DateParts | date]) -> dict[DateOrder, int]:
    """The orders in use among the possible ones, one alone when they all give the same dates."""
    # A two-digit year in front is so rare that it needs proof: the day or the month in front is assumed.
    usual = dict(days_back)
    if len(usual) > 1:
        usual.pop("ymd", None)
    if "dmy" in usual and _mean_the_same(items):
        usual.pop("mdy", None)
    return usual


def _days_back(items: list[DateParts | date]) -> dict[DateOrder, int]:
    """By how many days time runs backwards in each possible order; empty when there are no dates to be decided."""
    if all(isinstance(item, date) for item in items):
        return {}
    return {reading.order: reading.days_back for reading in _possible(_read_all(items))}


def _mean_the_same(items: list[DateParts | date]) -> bool:
    """Whether it makes no difference if the day or the month comes first: 5/5/22."""
    return all(isinstance(item, date) or item[0] == item[1] for item in items)


class _Reading:
    """What speaks against one order: dates that would not exist, and days by which time would run backwards."""

    def __init__(self, order: DateOrder) -> None:
        self.order: DateOrder = order
        self.missing = 0
        self.days_back = 0
        self._latest: date | None = None

    def follow(self, day: date | None) -> None:
        """Take the next date of the file; None is a date that does not exist in this order."""
        if day is None:
            self.missing += 1
            return
        if self._latest is not None and day < self._latest:
            self.days_back += (self._latest - day).days
        self._latest = day


def _read_all(items: Iterable[DateParts | date]) -> tuple[_Reading, ...]:
    """Every order's reading of all dates, each of which exists in at least one."""
    readings = tuple(_Reading(order) for order in ORDERS)
    for item in items:
        for reading in readings:
            reading.follow(item if isinstance(item, date) else date_of(item, reading.order))
    return readings


def _possible(readings: tuple[_Reading, ...]) -> tuple[_Reading, ...]:
    """The readings in which all dates exist, else the one with by far the fewest dates that do not."""
    if faultless := _faultless(readings):
        return faultless
    winner = _clear_winner({reading.order: reading.missing for reading in readings})
    return tuple(reading for reading in readings if reading.order == winner)


def _faultless(readings: tuple[_Reading, ...]) -> tuple[_Reading, ...]:
    """The readings in which all dates exist."""
    return tuple(reading for reading in readings if not reading.missing)


def _clear_winner(against: dict[DateOrder, int]) -> DateOrder | None:
    """The order with the least against it, when every other has more than ten times as much."""
    if not against:
        return None
    best, *others = sorted(against, key=lambda order: against[order])
    if others and against[best] * _CLEAR_RATIO >= against[others[0]]:
        return None
    return best

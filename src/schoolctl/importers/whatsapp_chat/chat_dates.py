"""In which order each spelling of dates in a chat is read, decided by all of the chat's headers together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Final, NamedTuple

from schoolctl.domain.date_example import DateExample, DateOrder
from schoolctl.importers.date_order import DateParts, date_of, decide_date_order, find_example, is_date, readable_orders
from schoolctl.importers.whatsapp_chat.headers import KOREAN_SEPARATOR, Header, Shape

# Days of a chat in the order of the file; one a day for 50 years is less, so memory stays bounded.
_MOST_DAYS: Final = 20_000
_PLAIN_SEPARATORS: Final = frozenset("./-")

Orders = Mapping[Shape, DateOrder]


class _Day(NamedTuple):
    """A date as one header writes it."""

    shape: Shape
    parts: DateParts


def decide_orders(headers: Iterable[Header], answer: DateOrder | None) -> dict[Shape, DateOrder] | DateExample:
    """The order for each shape among `headers`, or a date that can be read in two ways while nobody answered.

    The organiser's `answer` settles what the file cannot tell; where the file tells everything it corrects our reading.
    Headers without a sender are no evidence: they may be lines of a message that only look like headers.
    """
    days = tuple(_days(headers))
    orders = _decide_by_evidence(days)
    undecided = [shape for shape in dict.fromkeys(day.shape for day in days) if shape not in orders]
    if answer:
        # Dots decided in one part of a file must not be read anew because another part was asked about.
        corrected = undecided or _readable_shapes(orders, days, answer)
        return orders | dict.fromkeys(corrected, answer)
    if not undecided:
        return orders
    # One answer is for all shapes, so the first one stands for them.
    shown = undecided[0]
    separator = shown.separator if shown.separator in _PLAIN_SEPARATORS else "/"
    return find_example([day.parts for day in days if day.shape == shown], separator)


def _decide_by_evidence(days: Sequence[_Day]) -> dict[Shape, DateOrder]:
    """The orders of those shapes that the file itself decides."""
    undecided = {day.shape for day in days}
    orders: dict[Shape, DateOrder] = {}
    # What one shape tells gives neighbours in time to the others, so they are asked again while anything changes.
    while found := _decide_some(undecided, days, orders):
        orders.update(found)
        undecided -= found.keys()
    return orders


def _readable_shapes(shapes: Iterable[Shape], days: Iterable[_Day], order: DateOrder) -> list[Shape]:
    """Those of the shapes all of whose dates exist when read in `order`."""
    return [s for s in shapes if order in readable_orders(day.parts for day in days if day.shape == s)]


def _decide_some(shapes: Iterable[Shape], days: Iterable[_Day], orders: Orders) -> dict[Shape, DateOrder]:
    """The orders of those `shapes` that can be decided beside what is known already."""
    found = ((shape, _order_of(shape, days, orders)) for shape in shapes)
    return {shape: order for shape, order in found if order}


def moment_of(header: Header, orders: Orders) -> datetime | None:
    """The local date and hour (without a zone) that a header names; None when they cannot be understood."""
    # No order: only lines without a sender, or dates that do not exist, are written in this shape.
    order = orders.get(header.shape)
    day = date_of(header.parts, order) if order else None
    return datetime.combine(day, header.hour) if day and header.hour else None


def _days(headers: Iterable[Header]) -> Iterator[_Day]:
    """The dates of the headers with a sender that exist in any order, each run of equal ones once."""
    before = None
    left = _MOST_DAYS
    for header in filter(attrgetter("certain"), headers):
        day = _Day(header.shape, header.parts)
        if day != before and left and is_date(day.parts):
            left -= 1
            yield day
        before = day


def _order_of(shape: Shape, days: Iterable[_Day], orders: Orders) -> DateOrder | None:
    """The order of one shape's dates by evidence; None when the dates can be read in two ways."""
    if shape.separator == KOREAN_SEPARATOR:
        return "ymd"
    neighbours = (_known_or_open(day, shape, orders) for day in days)
    evidence = (item for item in neighbours if item is not None)
    return decide_date_order(evidence, separator=shape.separator, chronological=True)


def _known_or_open(day: _Day, shape: Shape, orders: Orders) -> DateParts | date | None:
    """The numbers of a date of `shape`, or the date of another shape that is already understood."""
    if day.shape == shape:
        return day.parts
    order = orders.get(day.shape)
    return date_of(day.parts, order) if order else None

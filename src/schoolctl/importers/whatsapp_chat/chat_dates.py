"""In which order each spelling of dates in a chat is read, decided by all of the chat's headers together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from schoolctl.importers.date_order import DateParts, date_of, decide_date_order, readable_orders
from schoolctl.importers.source import DateOrder
from schoolctl.importers.whatsapp_chat.headers import Header, Shape

# Days of a chat in the order of the file; one a day for 50 years is less, so memory stays bounded.
_MOST_DAYS: Final = 20_000

Orders = Mapping[Shape, DateOrder]


class UndecidedDates(NamedTuple):
    """A date that can be read in two ways, as its three numbers stand in the file."""

    parts: DateParts


class _Day(NamedTuple):
    """A date as one header writes it."""

    shape: Shape
    parts: DateParts


def decide_orders(headers: Iterable[Header], answer: DateOrder | None) -> dict[Shape, DateOrder] | UndecidedDates:
    """The order for each shape among `headers`; `answer` is the organiser's and holds where the dates allow it.

    Headers without a sender are no evidence: they may be lines of a message that only look like headers.
    """
    days = tuple(_days(header for header in headers if header.certain))
    orders: dict[Shape, DateOrder] = {}
    open_shapes = list(dict.fromkeys(day.shape for day in days))
    decided = True
    # What one shape tells gives neighbours in time to the others, so they are asked again while anything changes.
    while open_shapes and decided:
        decided = False
        for shape in tuple(open_shapes):
            order = _order_of(shape, days, orders, answer)
            if order:
                orders[shape] = order
                open_shapes.remove(shape)
                decided = True
    if open_shapes:
        return UndecidedDates(next(day.parts for day in days if day.shape == open_shapes[0]))
    return orders


def moment_of(header: Header, orders: Orders) -> datetime | None:
    """The local date and hour (without a zone) that a header names; None when they cannot be understood."""
    # Only lines without a sender have shapes that were not decided; most chats have one shape.
    order = orders.get(header.shape)
    day = date_of(header.parts, order) if order else None
    return datetime.combine(day, header.hour) if day and header.hour else None


def _days(headers: Iterable[Header]) -> Iterator[_Day]:
    """The dates of the headers, each run of equal ones once."""
    before = None
    left = _MOST_DAYS
    for header in headers:
        day = _Day(header.shape, header.parts)
        if day != before and left:
            left -= 1
            yield day
        before = day


def _order_of(shape: Shape, days: Iterable[_Day], orders: Orders, answer: DateOrder | None) -> DateOrder | None:
    """The order of one shape's dates: the organiser's answer unless such dates cannot exist, else by evidence."""
    own = [day.parts for day in days if day.shape == shape]
    readable = readable_orders(own)
    if answer in readable:
        return answer
    if not readable.isdisjoint({"dmy", "mdy", "ymd"}) and shape.separator == ". .":
        return "ymd"
    neighbours = (_known_or_open(day, shape, orders) for day in days)
    evidence = (item for item in neighbours if item is not None)
    return decide_date_order(evidence, separator=shape.separator, chronological=True) or answer


def _known_or_open(day: _Day, shape: Shape, orders: Orders) -> DateParts | date | None:
    """The numbers of a date of `shape`, or the date of another shape that is already understood."""
    if day.shape == shape:
        return day.parts
    order = orders.get(day.shape)
    return date_of(day.parts, order) if order else None

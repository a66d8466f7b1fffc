"""A date of a file that can be read in several ways, as a person is asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

DateOrder = Literal["dmy", "mdy", "ymd"]


class DateExample(NamedTuple):
    """A date as it is `written` (`03/04/2022`) and the different days it may mean, by the order of its numbers.

    Less than two readings tell that no date of the file shows the difference: then a person cannot be asked by it.
    """

    written: str
    readings: Mapping[DateOrder, date]

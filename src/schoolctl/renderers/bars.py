"""The lines of a bar chart, for every page that draws one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Bar(NamedTuple):
    """A line of a chart: what is counted, how many, and the bar's length in percent of the longest one."""

    label: str
    number: int
    percent: int


def bars(counts: Mapping[str, int]) -> list[Bar]:
    """A bar for each count, in their order; what is there at all can be seen."""
    most = max(counts.values(), default=0)
    return [Bar(label, number, _percent(number, most)) for label, number in counts.items()]


def _percent(number: int, most: int) -> int:
    return max(round(100 * number / most), 1) if number else 0

"""Bars in the terminal: what is counted, how many, and a bar as long as the room allows."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Column

from schoolctl.cli.console import say, say_table, terminal_width

_LABEL_WIDTH, _GAPS, _FEWEST_DIGITS, _SHORTEST_BAR, _WIDEST = 38, 6, 2, 10, 120  # columns


def show_bars(heading: str, counts: Mapping[str, int]) -> None:
    """A heading and a line for each count; nothing when there is none."""
    if not counts:
        return
    most = max(*counts.values(), 1)
    digits = max(len(str(most)), _FEWEST_DIGITS)
    room = max(min(terminal_width(), _WIDEST) - _LABEL_WIDTH - _GAPS - digits, _SHORTEST_BAR)
    columns = [
        Column(heading, min_width=_LABEL_WIDTH, no_wrap=True),
        Column("", justify="right", no_wrap=True),
        Column("", no_wrap=True, style="cyan"),
    ]
    rows = [(label, str(number), _bar(number / most * room)) for label, number in counts.items()]
    say()
    say_table(columns, rows, [""] * len(rows))


def _bar(length: float) -> str:
    # What is there at all can be seen.
    return "█" * max(round(length), 1) if length else ""

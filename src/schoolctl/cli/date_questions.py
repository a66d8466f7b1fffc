"""Asking a person in which order a file writes day and month, when the file itself cannot tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import typer

from schoolctl.cli.console import is_interactive, tell

if TYPE_CHECKING:
    from schoolctl.domain.date_example import DateExample, DateOrder
    from schoolctl.domain.question import Refusal

_FIRST: Final[Mapping[DateOrder, str]] = {"dmy": "day", "mdy": "month", "ymd": "year"}


def ask_date_orders(refusals: Sequence[Refusal]) -> dict[str, DateOrder]:
    """The order that a person told for each refused file (by its path) that lacks nothing else.

    Nobody is asked without a terminal; a file that the person passes over stays refused.
    """
    answers: dict[str, DateOrder] = {}
    if not is_interactive():
        return answers
    for refusal in refusals:
        example = refusal.date_example
        # With a single reading the question would show no difference.
        if example is None or len(example.readings) < 2:  # noqa: PLR2004 - two ways
            continue
        tell(f"{refusal.source}: its dates can be read in several ways.")
        try:
            order = _ask(example)
        except typer.Abort:
            # Ctrl-C or the end of input: what was imported so far is still accounted for.
            tell("")
            break
        if order:
            answers[refusal.path] = order
    return answers


def _ask(example: DateExample) -> DateOrder | None:
    """The order told; None when the person typed nothing."""
    letters = {_FIRST[order][0]: order for order in example.readings}
    meanings = ", ".join(f"{letter} if the {_FIRST[order]} comes first" for letter, order in letters.items())
    question = f"{example.written}: {_listed(list(example.readings.values()))}? Type {meanings}; Enter leaves it out"
    while True:
        typed = typer.prompt(question, default="", show_default=False, err=True).strip().casefold()
        if not typed or typed in letters:
            return letters.get(typed)


def _listed(days: Sequence[date]) -> str:
    """`3 April or 4 March`, with the years where they differ."""
    from schoolctl.domain.languages.en import LANGUAGE

    is_one_year = len({day.year for day in days}) == 1
    shown = [f"{day.day} {LANGUAGE.months[day.month - 1]}{'' if is_one_year else f' {day.year}'}" for day in days]
    return f"{', '.join(shown[:-1])} or {shown[-1]}"

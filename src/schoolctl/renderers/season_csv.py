"""The season in figures as a table for a spreadsheet: a row for each school, and one for all together."""

from __future__ import annotations

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.season import Figures, SchoolFigures, Season
from schoolctl.renderers.csv_table import csv_table

_FIGURES = (
    "asked", "people", "carried_in", "carried_over", "answered", "accepted", "undecided", "personal", "set_apart",
    "other", "to_answer", "erased",
)  # fmt: skip
COLUMNS = ("school", "day", "status", *(f"topic_{code}" for code in LANGUAGES), *_FIGURES, "answered_percent")
_TOTAL = "total"


def render_season(season: Season) -> bytes:
    """The table; what belongs to no school has an empty `school`, the last row is called total."""
    no_topics = [""] * len(LANGUAGES)
    total = [_TOTAL, "", "", *no_topics, *_cells(season.total)]
    return csv_table(COLUMNS, [*map(_row, season.rows), total])


def _row(row: SchoolFigures) -> list[object]:
    school = row.school
    topics = [school.topic.get(code) if school else None for code in LANGUAGES]
    return [row.id, school.starts.date() if school else None, row.status, *topics, *_cells(row.figures)]


def _cells(figures: Figures) -> list[object]:
    share = figures.answered_share
    numbers: list[object] = [getattr(figures, name) for name in _FIGURES]
    return [*numbers, None if share is None else round(100 * share)]

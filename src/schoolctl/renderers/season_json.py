"""The season in figures as the JSON that scripts read; what each figure means stands in `domain.season`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from schoolctl.domain.season import Figures, SchoolFigures, Season

_SHARE_DIGITS = 3


def season_view(season: Season, made: datetime) -> dict[str, Any]:
    """The season; a row without a topic belongs to no school of the schedule, its `id` is null if to none at all.

    Themes leave out questions without one (`no_theme`), months those that came without a day (`undated`).
    """
    themes = dict(season.themes)
    return {
        "made": made.isoformat(),
        "since": _day(season.period.since),
        "until": _day(season.period.until),
        "schools": dict(season.standing),
        "total": _figures_view(season.total),
        "rows": [_row_view(row) for row in season.rows],
        "channels": dict(season.channels),
        "languages": dict(season.languages),
        "no_theme": themes.pop("", 0),
        "themes": themes,
        "undated": season.undated,
        "months": dict(season.months),
        "waiting": season.waiting,
    }


def _row_view(row: SchoolFigures) -> dict[str, Any]:
    school = row.school
    return {
        "id": row.id or None,
        "topic": dict(school.topic) if school else None,
        "starts": school.starts.isoformat() if school else None,
        "status": row.status,
        **_figures_view(row.figures),
    }


def _figures_view(figures: Figures) -> dict[str, Any]:
    share = figures.answered_share
    return asdict(figures) | {"answered_share": None if share is None else round(share, _SHARE_DIGITS)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

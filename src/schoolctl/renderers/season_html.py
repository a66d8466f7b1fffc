"""The season in figures as one page with charts: no script, nothing from elsewhere, no word of anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from textwrap import wrap
from typing import Any, NamedTuple

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.languages.rules import LanguageRules
from schoolctl.domain.school import Organizer
from schoolctl.domain.season import Figures, SchoolFigures, Season
from schoolctl.renderers.bars import bars
from schoolctl.renderers.environment import render_blocks

# In the order in which they stand in a bar.
PARTS = ("answered", "carried_over", "accepted", "undecided", "personal", "other")
# How much of a topic stands above a bar on a phone; the table has it whole.
_TOPIC_LETTERS = 40
# A number stands in its part of the bar when it fits there on a phone, in percent of the page's width.
_ROOM_AROUND, _ROOM_A_DIGIT = 3, 3


@dataclass(frozen=True, slots=True)
class SeasonPage:
    """What the page tells; `made` is when the figures were counted."""

    organizer: Organizer
    season: Season
    made: datetime


class Part(NamedTuple):
    """A part of a school's bar: where it begins and how long it is, in percent, and whether its number fits in."""

    name: str
    number: int
    begins: str
    length: str
    has_room: bool


def render_season(own_templates: Path, page: SeasonPage, language: str) -> str:
    """The page in `language`."""
    rules, season = LANGUAGES[language], page.season
    since, until = season.period
    longest = max((_length(row.figures) for row in season.rows), default=0)
    facts = {
        "organizer_name": _in_language(page.organizer.name, language),
        "made": rules.date(page.made.date()),
        "since": _date(rules, since),
        "until": _date(rules, until),
        "season": season,
        "standing": season.standing,
        "total": season.total,
        "total_percent": _percent(season.total),
        "rows": [_row(row, rules, longest) for row in season.rows],
        "parts": PARTS,
        "themes": [bar._replace(label=rules.themes.get(bar.label, bar.label)) for bar in bars(season.themes)],
        "channels": bars(season.channels),
        "languages": bars(season.languages),
        "months": bars(season.months),
    }
    name = f"report/report.{language}.html"
    return render_blocks(own_templates, name, {"document": "html"}, facts)["document"] + "\n"


def _row(row: SchoolFigures, rules: LanguageRules, longest: int) -> dict[str, Any]:
    school = row.school
    topic = _in_language(school.topic, rules.code) if school else ""
    first, *others = wrap(topic, _TOPIC_LETTERS) or [""]
    return {
        "id": row.id,
        "topic": topic,
        "short_topic": f"{first} …" if others else first,
        "day": rules.date(school.starts.date()) if school else "",
        "status": row.status or "",
        "figures": row.figures,
        "percent": _percent(row.figures),
        "number": _length(row.figures),
        "parts": _parts(row.figures, longest),
    }


def _length(figures: Figures) -> int:
    """What a school's bar shows: all that was asked for it and all that was carried to it."""
    return figures.asked + figures.carried_in


def _parts(figures: Figures, longest: int) -> list[Part]:
    parts: list[Part] = []
    begun = 0
    for name in PARTS:
        if number := int(getattr(figures, name)):
            length = 100 * number / longest
            has_room = length >= _ROOM_AROUND + _ROOM_A_DIGIT * len(str(number))
            parts.append(Part(name, number, f"{100 * begun / longest:.2f}", f"{length:.2f}", has_room))
            begun += number
    return parts


def _percent(figures: Figures) -> int | None:
    share = figures.answered_share
    return None if share is None else round(100 * share)


def _in_language(texts: Mapping[str, str], language: str) -> str:
    # The organisers' own report is not held up by a translation that patients are still waiting for.
    return texts.get(language) or next(filter(None, texts.values()), "")


def _date(rules: LanguageRules, day: date | None) -> str:
    return rules.date(day) if day else ""

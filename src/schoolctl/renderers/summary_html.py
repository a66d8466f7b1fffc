"""The questions in figures as one page that can be sent round: no script, nothing from elsewhere, no sender."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import Organizer, School, text_in
from schoolctl.domain.summary import Summary
from schoolctl.renderers.environment import render_blocks


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """What the page is about; `school` is None for the questions of all schools."""

    organizer: Organizer
    school: School | None
    summary: Summary


class Bar(NamedTuple):
    """A line of a chart: what is counted, how many, and the bar's length in percent of the longest one."""

    label: str
    number: int
    percent: int


def render_summary(own_templates: Path, page: SummaryPage, language: str) -> str:
    """The page in `language`; of what was asked it quotes redacted wordings only."""
    rules, summary, school = LANGUAGES[language], page.summary, page.school
    facts = {
        "organizer_name": text_in(page.organizer.name, language, "organizer.name"),
        "topic": text_in(school.topic, language, f"school {school.id}: topic") if school else "",
        "day": rules.date(school.starts.date()) if school else "",
        "summary": summary,
        "themes": _bars({rules.themes.get(theme, theme): number for theme, number in summary.themes.items()}),
        "channels": _bars(summary.channels),
        "languages": _bars(summary.languages),
        "days": [bar._replace(label=rules.date(date.fromisoformat(bar.label))) for bar in _bars(summary.days)],
        "quoted": rules.quoted,
    }
    name = f"summary/summary.{language}.html"
    return render_blocks(own_templates, name, {"document": "html"}, facts)["document"] + "\n"


def _bars(counts: Mapping[str, int]) -> list[Bar]:
    most = max(counts.values(), default=1)
    return [Bar(label, number, max(round(100 * number / most), 1)) for label, number in counts.items()]

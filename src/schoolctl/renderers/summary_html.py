"""The questions in figures as one page that can be sent round: no script, nothing from elsewhere, no sender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import Organizer, School, text_in
from schoolctl.domain.summary import Summary
from schoolctl.renderers.bars import bars
from schoolctl.renderers.environment import render_blocks


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """What the page is about; `school` is None for the questions of all schools."""

    organizer: Organizer
    school: School | None
    summary: Summary


def render_summary(own_templates: Path, page: SummaryPage, language: str) -> str:
    """The page in `language`; of what was asked it quotes redacted wordings only."""
    rules, summary, school = LANGUAGES[language], page.summary, page.school
    facts = {
        "organizer_name": text_in(page.organizer.name, language, "organizer.name"),
        "topic": text_in(school.topic, language, f"school {school.id}: topic") if school else "",
        "day": rules.date(school.starts.date()) if school else "",
        "summary": summary,
        "themes": bars({rules.themes.get(theme, theme): number for theme, number in summary.themes.items()}),
        "channels": bars(summary.channels),
        "languages": bars(summary.languages),
        "days": [bar._replace(label=rules.date(date.fromisoformat(bar.label))) for bar in bars(summary.days)],
        "quoted": rules.quoted,
    }
    name = f"summary/summary.{language}.html"
    return render_blocks(own_templates, name, {"document": "html"}, facts)["document"] + "\n"

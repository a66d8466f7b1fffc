"""An announcement's words: one template for each kind and language, whatever the channel, and what they must say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from schoolctl.domain.announcement import Kind, as_published, school_facts
from schoolctl.domain.announcement_facts import missing_facts, required_facts, text_faults
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.recap import NO_QUESTIONS, Recap
from schoolctl.domain.school import Organizer, School
from schoolctl.errors import FileProblemsError, Problem
from schoolctl.renderers.dialects import Markup
from schoolctl.renderers.environment import render_blocks
from schoolctl.renderers.facts import template_facts
from schoolctl.renderers.markup import escape_plain

_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is announced: its kind, its schools in order of time, and when it is published (aware, the site's zone).

    `recap`, `next_school` and `carried_to`, where open questions go over, are for a recap only.
    """

    kind: Kind
    organizer: Organizer
    schools: Sequence[School]
    published: datetime
    recap: Recap = NO_QUESTIONS
    next_school: School | None = None
    carried_to: School | None = None


class Wording:
    """An announcement in one language: its blocks, and the question whether a text made of them says everything."""

    def __init__(self, own_templates: Path, announcement: Announcement, language: str) -> None:
        """Gather the facts; MissingTranslationError names a text that is not there."""
        self.language = language
        self.template = f"announcement/{announcement.kind}.{language}.md"
        self._own_templates = own_templates
        self._kind = announcement.kind
        self._facts = _facts(announcement, language)

    def blocks(self, markup: Mapping[str, Markup]) -> dict[str, str]:
        """Blocks of the template, each rendered for its markup."""
        return render_blocks(self._own_templates, self.template, markup, self._facts)

    def check(self, text: str, shown: Callable[[str], str] = escape_plain) -> None:
        """FileProblemsError naming the template when a text, as patients see it, lacks a fact or holds a fault.

        `shown` is how the text's markup shows a value.
        """
        schools, organizer = self._facts["schools"], self._facts["organizer"]
        missing = [
            f"the text lacks {name} of {school.id}"
            for school in schools
            for name in missing_facts(text, required_facts(self._kind, school, organizer), shown)
        ]
        if faults := [*missing, *text_faults(text, schools)]:
            raise self.fault("; ".join(faults[:_MOST_SHOWN]))

    def fault(self, message: str) -> FileProblemsError:
        """A mistake of the template in force."""
        hint = "Compare it with the default: schoolctl templates copy"
        return FileProblemsError((Problem(f"templates/{self.template}", None, message, hint),))


def _facts(announcement: Announcement, language: str) -> dict[str, Any]:
    """The names that the templates of announcements know."""
    published = announcement.published
    facts = template_facts(announcement.organizer, announcement.schools, language, published)
    facts["schools"] = schools = [as_published(school, announcement.kind) for school in facts["schools"]]
    rules, following = LANGUAGES[language], announcement.next_school
    return facts | {
        "around_questions": all(school.format == "questions" for school in schools),
        "questions_open": not all(school.questions_closed for school in schools),
        "next_school": school_facts(following, language, published) if following else None,
        "recap": {
            "asked": announcement.recap.asked,
            "people": announcement.recap.people,
            "themes": [rules.themes.get(theme, theme) for theme in announcement.recap.themes],
            "answered": announcement.recap.answered,
            "carried": announcement.recap.carried,
            # When the others are answered, as the language says it: "on June 9, 2022" without its "on".
            "carried_to": rules.date_in_sentence(to.starts.date()) if (to := announcement.carried_to) else "",
        },
        "plural": rules.plural,
    }

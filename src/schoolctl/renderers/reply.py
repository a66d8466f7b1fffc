"""The answer to a question that is none for the doctors: plain text to paste into a mail or a chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from schoolctl.domain.announcement import SchoolFacts, as_published, organizer_facts, school_facts
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import Organizer, School
from schoolctl.renderers.environment import render_blocks

ReplyKind = Literal["personal", "off_topic", "logistics"]


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """What answers may tell: who answers, when, the School to come, and one that is over or cancelled (or None)."""

    organizer: Organizer
    now: datetime
    coming: School | None = None
    past: School | None = None


def render_reply(own_templates: Path, told: ReplyFacts, kind: ReplyKind, language: str) -> str:
    """The answer in `language`; it says nothing of the question, so that it can be pasted without a second look."""
    facts = {
        "organizer": organizer_facts(told.organizer, language),
        "school": _facts(told.coming, told, language),
        "past": _facts(told.past, told, language),
        "is_cancelled": told.past is not None and told.past.is_cancelled,
        "quoted": LANGUAGES[language].quoted,
    }
    name = f"reply/{kind}.{language}.txt"
    return render_blocks(own_templates, name, {"text": "plain"}, facts)["text"]


def _facts(school: School | None, told: ReplyFacts, language: str) -> SchoolFacts | None:
    # Where people register for the link, an answer holds it no more than an invitation does.
    return as_published(school_facts(school, language, told.now), "invitation") if school else None

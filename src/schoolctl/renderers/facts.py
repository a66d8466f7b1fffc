"""The names that templates know: the same for posts, invites and agendas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from schoolctl.domain.announcement import SchoolFacts, organizer_facts, school_facts
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.school import Organizer, School


def template_facts(
    organizer: Organizer, schools: Sequence[School], language: str, published: datetime
) -> dict[str, Any]:
    """`organizer`, `schools`, their `topics` and `days`, and `quoted`, `listed`, `all_in(n)` (are all n days away?)."""
    rules = LANGUAGES[language]
    facts = [school_facts(school, language, published) for school in schools]
    return {
        "organizer": organizer_facts(organizer, language),
        "schools": facts,
        "topics": [school.topic for school in facts],
        # Two schools on one day are announced for that day once.
        "days": list(dict.fromkeys(school.starts.day for school in facts)),
        "quoted": rules.quoted,
        "listed": rules.listed,
        "all_in": _all_in(facts),
    }


def _all_in(schools: Sequence[SchoolFacts]) -> Callable[[int], bool]:
    return lambda days: all(school.days_until == days for school in schools)

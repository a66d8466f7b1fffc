"""What a recap tells of the questions that were asked: figures and themes, no word of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from schoolctl.domain.agenda import OTHER_THEME
from schoolctl.domain.question import Question
from schoolctl.domain.vocabulary import Status

_LEADING = 3
_NOT_FOR_THE_SCHOOL: tuple[Status, ...] = ("personal", "off_topic", "rejected")


class Recap(NamedTuple):
    """How many questions from how many people, and the codes of the themes that led, the largest first."""

    asked: int = 0
    people: int = 0
    themes: tuple[str, ...] = ()


NO_QUESTIONS = Recap()


def recap_of(questions: Iterable[Question]) -> Recap:
    """The figures of the questions that a person looked at and left to the School."""
    counted = [one for one in questions if one.reviewed and one.status not in _NOT_FOR_THE_SCHOOL]
    themes = Counter(one.themes[0] for one in counted if one.themes and one.themes[0] != OTHER_THEME)
    leading = sorted(themes, key=lambda theme: (-themes[theme], theme))[:_LEADING]
    # A sender nobody can tell from others counts as a person of their own.
    people = {one.person or -one.id for one in counted}
    return Recap(len(counted), len(people), tuple(leading))

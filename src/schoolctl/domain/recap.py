"""What a recap tells of the questions that were asked: figures and themes, no word of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from schoolctl.domain.agenda import OTHER_THEME
from schoolctl.domain.closing import is_left_over
from schoolctl.domain.question import Question
from schoolctl.domain.summary import largest_first
from schoolctl.domain.vocabulary import Status

_LEADING = 3
_NOT_FOR_THE_SCHOOL: tuple[Status, ...] = ("personal", "off_topic", "rejected")


class Recap(NamedTuple):
    """How many questions from how many people, and the codes of the themes that led, the largest first.

    `answered` are those that were answered at the School, `carried` those that go over to another one; both are 0
    while the School is not closed. `carried_to` are the IDs of the schools at which those stand now.
    """

    asked: int = 0
    people: int = 0
    themes: tuple[str, ...] = ()
    answered: int = 0
    carried: int = 0
    carried_to: tuple[str, ...] = ()


NO_QUESTIONS = Recap()


def recap_of(questions: Iterable[Question], schools: Collection[str]) -> Recap:
    """The figures of the questions that a person looked at and left to the School, or that were carried over.

    `questions` are all that were asked at these schools, those included that were carried over from one of them.
    """
    counted = [one for one in questions if _is_counted(one, schools)]
    people = {one.asker for one in counted}
    here = [one for one in counted if one.school in schools]
    carried = [one for one in counted if one.school not in schools]
    towards = dict.fromkeys(one.school for one in carried if one.school)
    return Recap(len(counted), len(people), _leading(counted), len(_answered(here)), len(carried), tuple(towards))


def _is_counted(question: Question, schools: Collection[str]) -> bool:
    if question.status in _NOT_FOR_THE_SCHOOL:
        return False
    # What was asked live and carried over unread waits for an answer too: "all were answered" would not be true.
    return question.reviewed or (question.school not in schools and is_left_over(question))


def _leading(questions: Iterable[Question]) -> tuple[str, ...]:
    themes = Counter(one.themes[0] for one in questions if one.themes and one.themes[0] != OTHER_THEME)
    return tuple(largest_first(themes))[:_LEADING]


def _answered(questions: Iterable[Question]) -> list[Question]:
    """Those that were answered, with the repeats for which an answered one stands."""
    questions = list(questions)
    done = [one for one in questions if one.status == "answered"]
    groups = {one.group for one in done} - {None}
    return [*done, *(one for one in questions if one.status == "duplicate" and one.group in groups)]

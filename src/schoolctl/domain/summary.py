"""The questions in figures: how many, from where, in which languages, and what leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from schoolctl.domain.groups import Group, grouped
from schoolctl.domain.question import Question

Counts = Mapping[str, int]

# Whatever a person or a rule set apart is counted, but its words are shown nowhere.
_LEADING_STATUSES = frozenset({"new", "accepted", "duplicate", "answered"})


@dataclass(frozen=True, slots=True)
class Summary:
    """How many questions and people; counts by what they are told apart by, the largest first (days in order).

    `waiting` are those that no person has decided about, thanks and greetings left out. `leading` are the groups that
    most people asked for, among the questions that are for the School.
    """

    questions: int
    people: int
    waiting: int
    statuses: Counts
    screening: Counts
    channels: Counts
    languages: Counts
    themes: Counts
    days: Counts
    leading: tuple[Group, ...]


def summarise(questions: Sequence[Question], zone: tzinfo, most: int, *, is_public: bool) -> Summary:
    """The summary of some questions; days are those of `zone`, `leading` has at most `most` groups.

    A public summary quotes nothing that no person has looked at.
    """
    quotable = (question for question in questions if may_be_quoted(question))
    groups = grouped(question for question in quotable if question.reviewed or not is_public)
    return Summary(
        questions=len(questions),
        people=len({question.asker for question in questions}),
        waiting=sum(is_waiting(question) for question in questions),
        statuses=_counted(questions, lambda one: [one.status]),
        screening=_counted(questions, lambda one: [one.screening.label]),
        channels=_counted(questions, lambda one: [one.channel]),
        languages=_counted(questions, lambda one: [one.language]),
        themes=_counted(filter(_is_for_the_school, questions), lambda one: one.themes[:1]),
        days=dict(sorted(_counted(questions, lambda one: _days(one, zone)).items())),
        leading=tuple(groups[:most]),
    )


def may_be_quoted(question: Question) -> bool:
    """Whether a question's words may stand in a summary: it is for the School, so far as anybody or any rule knows."""
    return question.status in _LEADING_STATUSES and _is_for_the_school(question)


def is_waiting(question: Question) -> bool:
    """Whether no person has decided about a question; thanks and greetings wait for nobody."""
    return not question.reviewed and question.screening.label != "not_question"


def largest_first(counts: Counts) -> Counts:
    """The counts in the order in which they are told; equal ones by name."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _is_for_the_school(question: Question) -> bool:
    return question.reviewed or question.screening.label == "general"


def _days(question: Question, zone: tzinfo) -> list[str]:
    day: date | None = question.received_at.astimezone(zone).date() if question.received_at else None
    return [day.isoformat()] if day else []


def _counted(questions: Iterable[Question], words: Callable[[Question], Sequence[str]]) -> Counts:
    return largest_first(Counter(word for question in questions for word in words(question)))

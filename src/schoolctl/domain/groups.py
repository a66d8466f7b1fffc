"""Groups: questions that ask the same, how many people stand behind them, and whose words stand for all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from schoolctl.domain.question import Question

# A wording to read aloud: neither three words nor a page.
_SHORTEST, _LONGEST = 25, 300  # characters
# What a person took out of the School must not speak for a group.
_SILENT = frozenset({"personal", "off_topic", "rejected"})


class Membership(NamedTuple):
    """A question as far as grouping goes; `is_decided`: a person said to which group it belongs, or that to none."""

    id: int
    text: str
    group: int | None
    is_decided: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same; `wording` is the one whose words stand for all. One question may be a group."""

    wording: Question
    questions: tuple[Question, ...]

    @property
    def demand(self) -> int:
        """How many people asked."""
        return len({question.asker for question in self.questions})


def grouped(questions: Iterable[Question]) -> list[Group]:
    """The questions as groups, those that most people asked first; a question without a group stands alone."""
    by_group: dict[tuple[str, int], list[Question]] = {}
    for question in questions:
        key = ("alone", question.id) if question.group is None else ("group", question.group)
        by_group.setdefault(key, []).append(question)
    groups = [Group(choose_wording(members), tuple(members)) for members in by_group.values()]
    return sorted(groups, key=lambda group: (-group.demand, group.questions[0].id))


def choose_wording(questions: Sequence[Question]) -> Question:
    """The question whose words a person chose, else one that is whole, short and has nothing personal in it."""
    return min(questions, key=_unfitness)


def _unfitness(question: Question) -> tuple[bool, bool, bool, int, bool, int, int]:
    length = len(question.redacted_text)
    return (
        "wording" not in question.decided,
        question.status in _SILENT,
        question.screening.label != "general" and not question.reviewed,
        len(question.redactions),
        not _SHORTEST <= length <= _LONGEST,
        length,
        question.id,
    )


def join(questions: Sequence[Question], used: Collection[int]) -> list[Question]:
    """The questions as one group by a person's decision: the first one's words stand for it.

    Those in groups already bring them along: give all members. `used` are the numbers of all groups there are.
    """
    number = min((question.group for question in questions if question.group is not None), default=None)
    if number is None:
        number = new_number([question.id for question in questions], used)
    first = questions[0].id
    return [
        replace(
            question,
            group=number,
            decided=question.decided - {"wording"} | ({"group", "wording"} if question.id == first else {"group"}),
        )
        for question in questions
    ]


def part(question: Question) -> Question:
    """The question outside of any group, by a person's decision: no rule puts it into one again."""
    return replace(question, group=None, decided=question.decided - {"wording"} | {"group"})


def new_number(ids: Sequence[int], used: Collection[int]) -> int:
    """The number of a new group: the ID of its first question, unless another group is called so already."""
    return next((number for number in sorted(ids) if number not in used), max((*used, *ids)) + 1)


def join_repeats(members: Sequence[Membership], repeats: Iterable[Sequence[int]], used: set[int]) -> dict[int, int]:
    """The new group of each question (by ID) that gets one when `repeats`, positions in `members`, become groups.

    What is in a group stays there, and whatever a person decided stays: newcomers join the one group there is. `used`
    are the numbers of all groups there are; new ones are added.
    """
    joined: dict[int, int] = {}
    for positions in repeats:
        several = [members[position] for position in positions]
        free = [one.id for one in several if one.group is None and not one.is_decided]
        known = [one.group for one in several if one.group is not None]
        if free and len(free) + len(known) > 1:
            number = min(known) if known else new_number(free, used)
            used.add(number)
            joined |= dict.fromkeys(free, number)
    return joined

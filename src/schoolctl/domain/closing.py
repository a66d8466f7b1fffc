"""Closing a school that is over: what was answered, what goes over to the next one, and what stays for a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, NamedTuple

from schoolctl.domain.folding import fold
from schoolctl.domain.groups import Group, choose_wording, grouped
from schoolctl.domain.question import Question
from schoolctl.domain.school import School

Why = Literal["no_next_school", "kept", "personal", "logistics", "off_topic"]

# What a report's word is enough for; of anything personal a person decides.
_PUBLIC = frozenset({"general", "logistics"})
_FOR_A_PERSON: tuple[Why, ...] = ("personal", "logistics", "off_topic")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a school's questions, by their IDs.

    `others`: all that were accepted and are not `unanswered` were answered. `live` are those that a report says were.
    """

    answered: frozenset[int] = frozenset()
    unanswered: frozenset[int] = frozenset()
    others: bool = False
    live: frozenset[int] = frozenset()


class Left(NamedTuple):
    """A question that stays at the school, and why."""

    id: int
    why: Why


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing makes of the questions: which become answered, which are carried over, which stay for now.

    `changes` holds each question that changes, before and after.
    """

    answered: tuple[int, ...] = ()
    carried: tuple[int, ...] = ()
    left: tuple[Left, ...] = ()
    changes: tuple[tuple[Question, Question], ...] = ()


def may_be_answered(question: Question) -> bool:
    """Whether a report's word is enough to call a question answered."""
    return question.status == "accepted" or (question.status == "new" and question.screening.label in _PUBLIC)


def as_answered(question: Question) -> Question:
    """The question as one that was answered at a school."""
    return replace(question, status="answered", reviewed=True)


def is_left_over(question: Question) -> bool:
    """Whether a question still waits for a school: it was accepted, or nobody looked at it and it seems general."""
    return question.status == "accepted" or (question.status == "new" and question.screening.label == "general")


def answer_together(question: Question, group: Iterable[Question]) -> list[tuple[Question, Question]]:
    """A question and what was accepted of its group at the same school, before and after they are answered."""
    others = (one for one in group if one.status == "accepted" and one.school == question.school)
    members = {one.id: one for one in (question, *others)}
    return [(one, as_answered(one)) for one in members.values()]


def groups_to_answer(school_id: str, questions: Sequence[Question]) -> list[Group]:
    """The accepted questions of a school as groups, what most people asked first; repeats stand behind them."""
    here = [one for one in questions if one.school == school_id]
    groups = _groups_of(one for one in here if one.status == "accepted")
    counted = [one for one in here if one.status == "accepted" or (one.status == "duplicate" and one.group in groups)]
    # As in the agenda, the words of a repeat do not stand for the group.
    return [replace(group, wording=choose_wording(_accepted(group.questions))) for group in grouped(counted)]


def _accepted(questions: Iterable[Question]) -> list[Question]:
    return [one for one in questions if one.status == "accepted"]


def wrong_ids(school_id: str, questions: Mapping[int, Question], ids: Iterable[int]) -> list[str]:
    """What is wrong with the IDs that a person told, each with its fault; `questions` are those that there are."""
    return [
        f"{one} ({fault})" for one in dict.fromkeys(ids) if (fault := _fault_of(school_id, questions.get(one))) != ""
    ]


def _fault_of(school_id: str, question: Question | None) -> str:
    if question is None:
        return "there is none"
    if question.school == school_id:
        return "" if question.status in {"accepted", "answered"} else f"its status is {question.status}"
    # What was carried away by an earlier closing may be named still: that is how a slip is mended.
    return "" if _is_carried(school_id, question) else f"it belongs to {question.school or 'no school'}"


def _is_carried(school_id: str, question: Question) -> bool:
    return question.school != school_id and question.carried_from[-1:] == (school_id,)


def find_next(
    school: School, schools: Iterable[School], now: datetime, topics: Mapping[str, Collection[str]]
) -> School | None:
    """The earliest school still to come that is about the same; `topics` are the diseases of each school, by its ID."""
    return min(
        (one for one in schools if _may_follow(one, school, now) and _is_about_the_same(school, one, topics)),
        key=lambda one: one.starts,
        default=None,
    )


def _may_follow(one: School, school: School, now: datetime) -> bool:
    return one.id != school.id and not one.is_cancelled and one.starts > now


def _is_about_the_same(school: School, other: School, topics: Mapping[str, Collection[str]]) -> bool:
    diseases, others = frozenset(topics.get(school.id, ())), frozenset(topics.get(other.id, ()))
    # Every question of the one must fit the other, which may be about more.
    if diseases and diseases <= others:
        return True
    return not {fold(text) for text in school.topic.values()}.isdisjoint(map(fold, other.topic.values()))


def close(school_id: str, questions: Sequence[Question], told: Told, to: str | None, *, is_kept: bool) -> Closing:
    """What is made of the questions asked at a school; `to` is where the rest goes, None: it stays.

    Answering one question answers what was accepted of its group, and one that a person called unanswered takes its
    group with it. `is_kept` tells that the rest stays because a person said so.
    """
    here = [one for one in questions if one.school == school_id]
    answered = _answered(school_id, questions, here, told)
    rest = [one for one in here if one.id not in answered and is_left_over(one)]
    carried = _with_repeats(rest, here, answered) if to else ()
    left = [Left(one.id, "kept" if is_kept else "no_next_school") for one in rest if not to]
    left += [
        Left(one.id, why)
        for one in here
        for why in _FOR_A_PERSON
        if one.status == "new" and one.screening.label == why and one.id not in answered
    ]
    changes = [(one, _brought_back(as_answered(one), school_id)) for one in answered.values()]
    changes += [(one, _brought_back(one, school_id)) for one in _repeats_away(school_id, questions, answered.values())]
    changes += [(one, _carried(one, school_id, to)) for one in carried if to]
    return Closing(
        tuple(sorted(answered)), tuple(one.id for one in carried), tuple(left), tuple(sorted(changes, key=_by_id))
    )


def _answered(
    school_id: str, questions: Sequence[Question], here: Sequence[Question], told: Told
) -> dict[int, Question]:
    """The questions that become answered, by ID."""
    back = [one for one in questions if _is_carried(school_id, one) and one.status == "accepted"]
    denied = _together((one for one in here if one.id in told.unanswered), here)
    named = told.answered | ({one.id for one in here if one.status == "accepted"} if told.others else frozenset())
    seeds = [one for one in (*here, *back) if one.id in named and one.status == "accepted"]
    seeds += [one for one in (*here, *back) if one.id in told.live and may_be_answered(one)]
    done = [one for one in here if one.status == "answered"]
    mates = _together((*seeds, *done), [one for one in here if one.status == "accepted"])
    mates |= _together(seeds, back)
    found = {one.id: one for one in seeds} | mates
    return {number: one for number, one in found.items() if number not in denied and one.status != "answered"}


def _together(named: Iterable[Question], among: Iterable[Question]) -> dict[int, Question]:
    """Those of `among` that are named or in a group with one that is, by ID."""
    named = tuple(named)
    groups, ids = _groups_of(named), {one.id for one in named}
    return {one.id: one for one in among if one.group in groups or one.id in ids}


def _groups_of(questions: Iterable[Question]) -> set[int]:
    return {one.group for one in questions if one.group is not None}


def _with_repeats(
    rest: Sequence[Question], here: Sequence[Question], answered: Mapping[int, Question]
) -> tuple[Question, ...]:
    """What is carried over: the rest, and the repeats in its groups that no answered question stands for."""
    done = _groups_of([*answered.values(), *(one for one in here if one.status == "answered")])
    groups = _groups_of(rest) - done
    repeats = [one for one in here if one.status == "duplicate" and one.group in groups]
    return tuple(sorted((*rest, *repeats), key=lambda one: one.id))


def _repeats_away(school_id: str, questions: Iterable[Question], answered: Iterable[Question]) -> Iterable[Question]:
    """The repeats that an earlier closing carried away with a question which now counts as answered."""
    groups = _groups_of(answered)
    return (
        one for one in questions if one.status == "duplicate" and one.group in groups and _is_carried(school_id, one)
    )


def _carried(question: Question, school_id: str, to: str) -> Question:
    return replace(question, school=to, carried_from=(*question.carried_from, school_id))


def _brought_back(question: Question, school_id: str) -> Question:
    """An answered question at the school where it was answered, if an earlier closing had carried it away."""
    if question.school == school_id:
        return question
    return replace(question, school=school_id, carried_from=question.carried_from[:-1])


def _by_id(change: tuple[Question, Question]) -> int:
    return change[0].id

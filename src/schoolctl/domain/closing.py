"""Closing a school that is over: what was answered, what goes over to the next one, and what stays for a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, NamedTuple

from schoolctl.domain.folding import fold
from schoolctl.domain.groups import Group, choose_wording, grouped
from schoolctl.domain.question import Question
from schoolctl.domain.school import School
from schoolctl.domain.vocabulary import Aspect

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

    `changes` holds each question that changes, before and after; `away` are those that an earlier closing carried over,
    and that wait for an answer at their school.
    """

    answered: tuple[int, ...] = ()
    carried: tuple[int, ...] = ()
    left: tuple[Left, ...] = ()
    changes: tuple[tuple[Question, Question], ...] = ()
    away: tuple[int, ...] = ()


def may_be_answered(question: Question) -> bool:
    """Whether a report's word is enough to call a question answered."""
    return question.status == "accepted" or (question.status == "new" and question.screening.label in _PUBLIC)


def as_answered(question: Question) -> Question:
    """The question as one that was answered at a school."""
    return replace(question, status="answered", reviewed=True, decided=question.decided - {"stays"})


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
    groups = _groups_of(_accepted(here))
    counted = [one for one in here if one.status == "accepted" or (one.status == "duplicate" and one.group in groups)]
    # As in the agenda, the words of a repeat do not stand for the group.
    return [replace(group, wording=choose_wording(_accepted(group.questions))) for group in grouped(counted)]


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
    group with it; what was answered before is open again when it is named. `is_kept` tells that the rest stays because
    a person said so.
    """
    asked = _Asked(school_id, questions)
    answered = _answered(asked, told)
    rest = sorted([*asked.left_over(answered), *asked.reopened(told)], key=_id)
    carried = _with_repeats(rest, asked, answered) if to else ()
    staying = [] if to else rest
    changes = _answers(asked, answered)
    changes += [(one, _carried(one, school_id, to or "")) for one in carried]
    changes += [(one, _staying(one, is_kept=is_kept)) for one in staying]
    return Closing(
        answered=tuple(sorted(answered)),
        carried=tuple(map(_id, carried)),
        left=_left(asked, answered, staying, "kept" if is_kept else "no_next_school"),
        changes=tuple(sorted((change for change in changes if change[0] != change[1]), key=_by_id)),
        away=tuple(one.id for one in _accepted(asked.away) if one.id not in answered),
    )


def _left(asked: _Asked, answered: Collection[int], staying: Iterable[Question], why: Why) -> tuple[Left, ...]:
    left = [Left(one.id, why) for one in staying]
    return (*left, *(Left(one.id, label) for one, label in asked.for_a_person() if one.id not in answered))


def _answers(asked: _Asked, answered: Mapping[int, Question]) -> list[tuple[Question, Question]]:
    here = asked.school_id
    changes = [(one, _brought_back(as_answered(one), here)) for one in answered.values()]
    return changes + [(one, _brought_back(one, here)) for one in asked.repeats_away(answered.values())]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions asked at a school, those included that were carried away from it."""

    school_id: str
    questions: Sequence[Question]

    @property
    def here(self) -> list[Question]:
        """Those that stand at the school."""
        return [one for one in self.questions if one.school == self.school_id]

    @property
    def away(self) -> list[Question]:
        """Those that an earlier closing carried away."""
        return [one for one in self.questions if _is_carried(self.school_id, one)]

    def left_over(self, answered: Collection[int]) -> list[Question]:
        """What still waits for a school, but for those (by ID) that are answered now."""
        return [one for one in self.here if one.id not in answered and is_left_over(one)]

    def reopened(self, told: Told) -> list[Question]:
        """What counted as answered until a person said now that it was not."""
        return [one for one in _done(self.here) if one.id in told.unanswered]

    def for_a_person(self) -> Iterator[tuple[Question, Why]]:
        """What nobody has looked at and no school answers, with what the rules take it for."""
        for one in self.here:
            label = one.screening.label
            if one.status == "new" and label in _FOR_A_PERSON:
                yield one, label

    def repeats_away(self, answered: Iterable[Question]) -> list[Question]:
        """The repeats that were carried away with a question which now counts as answered."""
        groups = _groups_of(answered)
        return [one for one in self.away if one.status == "duplicate" and one.group in groups]


def _answered(asked: _Asked, told: Told) -> dict[int, Question]:
    """The questions that become answered, by ID."""
    accepted, away = _accepted(asked.here), _accepted(asked.away)
    seeds = list(_named(told, accepted, away))
    seeds += [one for one in (*asked.here, *away) if one.id in told.live and may_be_answered(one)]
    # What a report told was answered at its import already; it answers its group, but does not bring back what left.
    live = [one for one in _done(asked.here) if one.id in told.live]
    found = {one.id: one for one in seeds} | _together([*seeds, *live], accepted) | _together(seeds, away)
    denied = _together((one for one in asked.here if one.id in told.unanswered), asked.here)
    return {number: one for number, one in found.items() if number not in denied}


def _named(told: Told, accepted: Iterable[Question], away: Iterable[Question]) -> Iterator[Question]:
    """The accepted questions that a person called answered."""
    yield from (one for one in accepted if told.others or one.id in told.answered)
    yield from (one for one in away if one.id in told.answered)


def _together(named: Iterable[Question], among: Iterable[Question]) -> dict[int, Question]:
    """Those of `among` that are named or in a group with one that is, by ID."""
    named = tuple(named)
    groups, ids = _groups_of(named), {one.id for one in named}
    return {one.id: one for one in among if one.group in groups or one.id in ids}


def _groups_of(questions: Iterable[Question]) -> set[int]:
    return {one.group for one in questions if one.group is not None}


def _accepted(questions: Iterable[Question]) -> list[Question]:
    return [one for one in questions if one.status == "accepted"]


def _done(questions: Iterable[Question]) -> list[Question]:
    return [one for one in questions if one.status == "answered"]


def _with_repeats(rest: Sequence[Question], asked: _Asked, answered: Mapping[int, Question]) -> tuple[Question, ...]:
    """What is carried over: the rest, and the repeats in its groups that no answered question stands for."""
    open_again = {one.id for one in rest}
    done = [one for one in _done(asked.here) if one.id not in open_again]
    groups = _groups_of(rest) - _groups_of([*answered.values(), *done])
    repeats = [one for one in asked.here if one.status == "duplicate" and one.group in groups]
    return tuple(sorted((*rest, *repeats), key=_id))


def _carried(question: Question, school_id: str, to: str) -> Question:
    way = (*question.carried_from, school_id)
    open_again = _reopened(question)
    return replace(open_again, school=to, carried_from=way, decided=question.decided - {"stays"})


def _staying(question: Question, *, is_kept: bool) -> Question:
    decided: frozenset[Aspect] = question.decided | {"stays"} if is_kept else question.decided
    return replace(_reopened(question), decided=decided)


def _reopened(question: Question) -> Question:
    """A question that does not count as answered: a person said that it was not."""
    return replace(question, status="accepted") if question.status == "answered" else question


def _brought_back(question: Question, school_id: str) -> Question:
    """An answered question at the school where it was answered, if an earlier closing had carried it away."""
    if question.school == school_id:
        return question
    return replace(question, school=school_id, carried_from=question.carried_from[:-1])


def _id(question: Question) -> int:
    return question.id


def _by_id(change: tuple[Question, Question]) -> int:
    return change[0].id

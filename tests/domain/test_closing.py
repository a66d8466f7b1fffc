"""Closing a school: what becomes answered, what goes over to the next school, and what stays for a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolctl.domain.closing import (
    Closing,
    Left,
    Told,
    answer_together,
    as_answered,
    close,
    find_next,
    groups_to_answer,
    is_left_over,
    may_be_answered,
    wrong_ids,
)
from schoolctl.domain.question import Question, Screening
from schoolctl.domain.school import School

NewQuestion = Callable[..., Question]
NewSchool = Callable[..., School]
MAY, JUNE, NOVEMBER = "2022-05-19-myeloma", "2022-06-09-leukemia", "2022-11-17-myeloma"
Row = tuple[str, str, int | None]


@pytest.fixture
def asked(new_question: NewQuestion) -> Callable[..., list[Question]]:
    """Questions numbered from 1 by (status, label, group), all of the school in May unless said otherwise."""

    def build(*rows: Row, **values: object) -> list[Question]:
        return [
            new_question(
                **{
                    "id": number,
                    "school": MAY,
                    "status": status,
                    "reviewed": status != "new",
                    "group": group,
                    "screening": Screening(label),  # type: ignore[arg-type]
                    **values,
                }
            )
            for number, (status, label, group) in enumerate(rows, 1)
        ]

    return build


Asked = Callable[..., list[Question]]


def told_answered(*ids: int) -> Told:
    return Told(answered=frozenset(ids))


def closed(questions: Sequence[Question], told: Told, to: str | None = NOVEMBER) -> Closing:
    return close(MAY, questions, told, to, is_kept=False)


def after(questions: Sequence[Question], closing: Closing) -> list[Question]:
    changed = {new.id: new for _, new in closing.changes}
    return [changed.get(question.id, question) for question in questions]


def test_what_is_named_is_answered_and_the_rest_goes_over(asked: Asked) -> None:
    questions = asked(*[("accepted", "general", None)] * 3)
    closing = closed(questions, told_answered(2))
    assert (closing.answered, closing.carried, closing.left) == ((2,), (1, 3), ())
    assert [(old.id, new.status, new.reviewed, new.school, new.carried_from) for old, new in closing.changes] == [
        (1, "accepted", True, NOVEMBER, (MAY,)),
        (2, "answered", True, MAY, ()),
        (3, "accepted", True, NOVEMBER, (MAY,)),
    ]


def test_the_way_of_a_question_is_kept_from_its_first_school_on(asked: Asked) -> None:
    (question,) = asked(("accepted", "general", None), carried_from=("2021-11-18-myeloma",))
    ((_, new),) = closed([question], Told()).changes
    assert new.carried_from == ("2021-11-18-myeloma", MAY)


@pytest.mark.parametrize(
    ("told", "answered"),
    [
        (Told(others=True), (1, 2, 3, 4)),
        (Told(), ()),
        (told_answered(3), (3,)),
        (told_answered(1), (1, 2)),
        (Told(unanswered=frozenset({3}), others=True), (1, 2, 4)),
        # One question of a group that was not answered speaks for the group.
        (Told(unanswered=frozenset({2}), others=True), (3, 4)),
        (Told(unanswered=frozenset({2}), others=True, live=frozenset({1})), (3, 4)),
        (Told(live=frozenset({2, 4})), (1, 2, 4)),
        (Told(answered=frozenset({3}), live=frozenset({4})), (3, 4)),
    ],
)
def test_an_answer_is_one_for_the_accepted_ones_of_the_group(
    asked: Asked, told: Told, answered: tuple[int, ...]
) -> None:
    questions = asked(
        ("accepted", "general", 1), ("accepted", "general", 1), ("accepted", "personal", None),
        ("accepted", "general", None), ("rejected", "general", 1), ("personal", "personal", 1),
    )  # fmt: skip
    closing = closed(questions, told)
    assert closing.answered == answered
    assert closing.carried == tuple(number for number in (1, 2, 3, 4) if number not in answered)


def test_what_a_report_tells_answers_what_nobody_looked_at_unless_it_is_personal(asked: Asked) -> None:
    questions = asked(
        ("new", "general", 1), ("new", "logistics", None), ("new", "personal", 2), ("new", "off_topic", None),
        ("new", "not_question", None), ("accepted", "general", 1), ("accepted", "general", 2),
        ("rejected", "general", None),
    )  # fmt: skip
    closing = closed(questions, Told(live=frozenset({1, 2, 3, 4, 5, 8})))
    assert (closing.answered, closing.carried) == ((1, 2, 6), (7,))
    assert closing.left == (Left(3, "personal"), Left(4, "off_topic"))
    assert all(new.reviewed for _, new in closing.changes)


def test_what_a_report_tells_answers_its_group_and_what_was_answered_before_does_not(asked: Asked) -> None:
    questions = asked(("answered", "general", 1), ("accepted", "general", 1), ("duplicate", "general", 1))
    closing = closed(questions, Told(live=frozenset({1})))
    assert (closing.answered, closing.carried, [old.id for old, _ in closing.changes]) == ((2,), (), [2])
    # A person may have accepted it again because it was not answered after all.
    assert (closed(questions, Told()).answered, closed(questions, Told()).carried) == ((), (2,))


def test_repeats_go_with_their_group_and_nobody_is_lost(asked: Asked) -> None:
    questions = asked(
        ("accepted", "general", 1), ("duplicate", "general", 1), ("duplicate", "general", None),
        ("new", "general", 2), ("duplicate", "general", 2), ("new", "general", 3), ("answered", "general", 3),
        ("duplicate", "general", 3), ("new", "logistics", None), ("new", "not_question", None),
    )  # fmt: skip
    closing = closed(questions, Told())
    assert (closing.answered, closing.carried) == ((), (1, 2, 4, 5, 6))
    assert closing.left == (Left(9, "logistics"),)
    assert [(one.status, one.reviewed) for one in after(questions, closing) if one.school == NOVEMBER] == [
        ("accepted", True),
        ("duplicate", True),
        ("new", False),
        ("duplicate", True),
        ("new", False),
    ]


@pytest.mark.parametrize(("is_kept", "why"), [(True, "kept"), (False, "no_next_school")])
def test_without_a_next_school_the_rest_stays_and_is_told_of(asked: Asked, *, is_kept: bool, why: str) -> None:
    questions = asked(("accepted", "general", 1), ("duplicate", "general", 1), ("new", "general", None))
    closing = close(MAY, questions, Told(), None, is_kept=is_kept)
    assert closing.left == (Left(1, why), Left(3, why))  # type: ignore[arg-type]
    assert (closing.answered, closing.carried) == ((), ())
    # That a person said so is remembered; whatever becomes of the question later, it is forgotten.
    kept = [new for _, new in closing.changes]
    assert [(one.id, *one.decided) for one in kept] == ([(1, "stays"), (3, "stays")] if is_kept else [])
    assert all(not as_answered(one).decided for one in kept)
    assert all(not new.decided for _, new in close(MAY, kept, Told(), "november", is_kept=False).changes)


def test_closing_again_leaves_alone_what_is_settled_and_mends_what_is_named(asked: Asked) -> None:
    questions = asked(
        ("accepted", "general", 1), ("accepted", "general", 1), ("duplicate", "general", 1),
        ("accepted", "general", None), ("accepted", "general", None), ("answered", "general", None),
    )  # fmt: skip
    first = closed(questions, told_answered(4))
    assert (first.answered, first.carried) == ((4,), (1, 2, 3, 5))
    second = closed(after(questions, first), told_answered(4, 6))
    # What goes over already is told of, not brought back unless it is named.
    assert second == Closing(away=(1, 2, 5))
    assert closed(after(questions, first), Told(unanswered=frozenset({5}), others=True)) == Closing(away=(1, 2, 5))
    slip = closed(after(questions, first), Told(unanswered=frozenset({6}), others=True))
    assert (slip.answered, slip.carried) == ((), (6,))
    assert [(new.status, new.school, new.carried_from) for _, new in slip.changes] == [("accepted", NOVEMBER, (MAY,))]
    third = closed(after(questions, first), told_answered(1))
    assert (third.answered, third.carried) == ((1, 2), ())
    assert [(old.id, new.status, new.school, new.carried_from) for old, new in third.changes] == [
        (1, "answered", MAY, ()),
        (2, "answered", MAY, ()),
        (3, "duplicate", MAY, ()),
    ]


def test_a_late_report_brings_back_what_it_tells_to_be_answered(asked: Asked) -> None:
    questions = asked(("accepted", "general", None), ("accepted", "general", None))
    gone = after(questions, closed(questions, Told()))
    closing = closed(gone, Told(live=frozenset({2})))
    assert (closing.answered, [one.school for one in after(gone, closing)]) == ((2,), [NOVEMBER, MAY])


def test_what_went_further_since_is_not_brought_back(asked: Asked) -> None:
    questions = asked(("accepted", "general", None), school=JUNE, carried_from=(MAY, NOVEMBER))
    assert closed(questions, told_answered(1)) == Closing()


def test_ids_that_are_none_of_the_schools_accepted_questions(asked: Asked) -> None:
    questions = asked(
        ("accepted", "general", None), ("answered", "general", None), ("new", "general", None),
        ("personal", "personal", None),
    )  # fmt: skip
    questions += [
        *asked(*[("accepted", "general", None)] * 5, school=JUNE)[4:],
        *asked(*[("accepted", "general", None)] * 6, school="")[5:],
        *asked(*[("accepted", "general", None)] * 7, school=NOVEMBER, carried_from=(MAY,))[6:],
    ]
    there = {question.id: question for question in questions}
    assert wrong_ids(MAY, there, [1, 2, 7]) == []
    assert wrong_ids(MAY, there, [99, 3, 4, 5, 6, 99]) == [
        "99 (there is none)",
        "3 (its status is new)",
        "4 (its status is personal)",
        f"5 (it belongs to {JUNE})",
        "6 (it belongs to no school)",
    ]


def test_groups_to_answer_count_everybody_who_asked(asked: Asked, new_question: NewQuestion) -> None:
    questions = asked(
        ("accepted", "general", None), ("duplicate", "general", 2), ("accepted", "general", 2),
        ("duplicate", "general", 9), ("new", "general", None), ("answered", "general", None),
    )  # fmt: skip
    questions.append(new_question(id=7, school=JUNE, status="accepted", reviewed=True, group=2))
    groups = groups_to_answer(MAY, questions)
    told = [([one.id for one in group.questions], group.demand, group.wording.id) for group in groups]
    assert told == [([2, 3], 2, 3), ([1], 1, 1)]


@pytest.mark.parametrize(
    ("status", "label", "expected"),
    [
        ("accepted", "personal", (True, True)),
        ("new", "general", (True, True)),
        ("new", "logistics", (True, False)),
        ("new", "personal", (False, False)),
        ("new", "off_topic", (False, False)),
        ("rejected", "general", (False, False)),
    ],
)
def test_whose_answer_a_report_may_tell_and_what_is_left_over(
    asked: Asked, status: str, label: str, expected: tuple[bool, bool]
) -> None:
    (question,) = asked((status, label, None))
    assert (may_be_answered(question), is_left_over(question)) == expected


def test_answering_one_answers_the_accepted_ones_of_its_school(asked: Asked, new_question: NewQuestion) -> None:
    questions = asked(("new", "general", 1), ("accepted", "general", 1), ("rejected", "general", 1))
    questions.append(new_question(id=4, school=JUNE, status="accepted", reviewed=True, group=1))
    assert [(old.id, new.status, new.reviewed) for old, new in answer_together(questions[0], questions)] == [
        (1, "answered", True),
        (2, "answered", True),
    ]


TOPICS = {"a": frozenset({"myeloma"}), "b": frozenset({"myeloma", "lymphoma"}), "c": frozenset({"lymphoma"})}


@pytest.mark.parametrize(
    ("changes", "is_next"),
    [
        ({}, True),
        ({"id": "b"}, True),
        ({"id": "c"}, False),
        ({"id": "d"}, False),
        ({"id": "d", "topic": {"ru": "  МНОЖЕСТВЕННАЯ миелома!"}}, True),
        ({"id": "c", "topic": {"kk": "Көптік миелома", "ru": "Лимфома"}}, True),
        ({"id": "d", "topic": {"ru": "Миелома"}}, False),
        ({"is_cancelled": True}, False),
        ({"starts": datetime(2026, 12, 20, tzinfo=UTC)}, False),
        ({"id": "this"}, False),
    ],
)
def test_a_school_follows_when_it_is_to_come_and_about_the_same(
    new_school: NewSchool, changes: dict[str, object], *, is_next: bool
) -> None:
    now = datetime(2026, 12, 20, tzinfo=UTC)
    school = new_school(id="this")
    plain = {"id": "a", "topic": {"en": "Something else"}, "starts": now + timedelta(days=9)}
    other = new_school(**(plain | changes))
    found = find_next(school, [school, other], now, TOPICS | {"this": frozenset({"myeloma"})})
    assert found == (other if is_next else None)


def test_the_earliest_of_those_that_follow(new_school: NewSchool) -> None:
    now = datetime(2026, 12, 20, tzinfo=UTC)
    school = new_school(id="this")
    later, sooner = (new_school(id=name, starts=now + timedelta(days=days)) for name, days in (("x", 60), ("y", 30)))
    assert find_next(school, [later, sooner], now, {}) == sooner
    # Without a disease that the rules know, schools are about the same when they are called the same.
    assert find_next(new_school(id="z", topic={"en": "Blood"}), [later, sooner], now, {}) is None


STATUSES = st.sampled_from(["accepted", "accepted", "new", "duplicate", "answered", "personal", "rejected"])
LABELS = st.sampled_from(["general", "personal", "logistics", "off_topic", "not_question"])
ROWS = st.lists(st.tuples(STATUSES, LABELS, st.sampled_from([None, 1, 2, 3])), max_size=12)
IDS = st.frozensets(st.integers(1, 12))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.builds(Told, IDS, IDS, st.booleans(), IDS), st.sampled_from([NOVEMBER, None]))
def test_nothing_accepted_is_lost_and_closing_again_changes_nothing(
    asked: Asked, rows: list[Row], told: Told, to: str | None
) -> None:
    questions = asked(*rows)
    closing = closed(questions, told, to)
    accepted = {one.id for one in questions if one.status == "accepted"}
    settled = [*closing.answered, *closing.carried, *(one.id for one in closing.left)]
    assert accepted <= set(settled)
    assert len(settled) == len(set(settled))
    reopened = {one.id for one in questions if one.status == "answered"} & told.unanswered
    assert {old.id for old, _ in closing.changes} == {*closing.answered, *closing.carried, *reopened}
    groups = {one.group for one in questions if one.id in closing.answered and one.id in accepted} - {None}
    assert all(one.id in closing.answered for one in questions if one.group in groups and one.id in accepted)
    again = Told(unanswered=told.unanswered, others=told.others)
    assert closed(after(questions, closed(questions, again, to)), again, to).changes == ()

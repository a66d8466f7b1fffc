"""Groups: how many people stand behind a question, whose words stand for all, and what a person decided stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from schoolctl.domain.groups import Membership, choose_wording, grouped, join, join_repeats, new_number, part
from schoolctl.domain.question import Mark, Question, Screening

NewQuestion = Callable[..., Question]


def test_what_most_people_asked_comes_first(new_question: NewQuestion) -> None:
    questions = [
        new_question(id=1, person=1),
        new_question(id=2, person=2, group=2),
        new_question(id=3, person=3, group=2),
        new_question(id=4, person=3, group=2),
    ]
    groups = grouped(questions)
    assert [(group.demand, [one.id for one in group.questions]) for group in groups] == [(2, [2, 3, 4]), (1, [1])]


def test_questions_of_nobody_known_count_as_people_of_their_own(new_question: NewQuestion) -> None:
    questions = [new_question(id=number, group=1) for number in (1, 2, 3)]
    assert grouped(questions)[0].demand == 3


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"decided": frozenset({"wording"}), "status": "personal"}, {}),
        ({}, {"status": "personal"}),
        ({}, {"status": "rejected"}),
        ({}, {"screening": Screening("personal")}),
        ({"screening": Screening("personal"), "reviewed": True}, {"redactions": (Mark("name", "a name"),)}),
        ({}, {"redactions": (Mark("name", "a name"),)}),
        ({"redacted_text": "а" * 30}, {"redacted_text": "Жаман ба?"}),
        ({"redacted_text": "а" * 300}, {"redacted_text": "а" * 301}),
        ({"redacted_text": "а" * 30}, {"redacted_text": "а" * 31}),
    ],
)
def test_the_wording_is_one_that_can_be_read_aloud(
    new_question: NewQuestion, better: dict[str, object], worse: dict[str, object]
) -> None:
    good, bad = new_question(id=2, **better), new_question(id=1, **worse)
    assert choose_wording([bad, good]) == good


def test_of_equal_wordings_the_earlier_one_stands(new_question: NewQuestion) -> None:
    questions = [new_question(id=number) for number in (5, 3, 4)]
    assert choose_wording(questions).id == 3


def test_joined_questions_get_the_first_ones_words_and_number(new_question: NewQuestion) -> None:
    joined = join([new_question(id=12), new_question(id=4, decided=frozenset({"wording", "text"}))], set())
    assert [(one.id, one.group, sorted(one.decided)) for one in joined] == [
        (12, 4, ["group", "wording"]),
        (4, 4, ["group", "text"]),
    ]


def test_groups_that_are_joined_keep_the_smallest_number(new_question: NewQuestion) -> None:
    joined = join([new_question(id=9, group=9), new_question(id=2), new_question(id=8, group=3)], {3, 9})
    assert {one.group for one in joined} == {3}


def test_a_parted_question_stays_alone(new_question: NewQuestion) -> None:
    alone = part(new_question(id=3, group=3, decided=frozenset({"wording", "themes"})))
    assert (alone.group, sorted(alone.decided)) == (None, ["group", "themes"])


@pytest.mark.parametrize(
    ("ids", "used", "number"),
    [([7, 5], set(), 5), ([7, 5], {5}, 7), ([7, 5], {5, 7, 20}, 21), ([7, 5], {5, 7}, 8)],
)
def test_a_number_is_never_given_to_two_groups(ids: list[int], used: set[int], number: int) -> None:
    assert new_number(ids, used) == number


def free(number: int) -> Membership:
    return Membership(number, "…", None, is_decided=False)


@pytest.mark.parametrize(
    ("members", "repeats", "joined"),
    [
        ([free(1), free(2), free(3)], [(0, 2)], {1: 1, 3: 1}),
        ([free(1), Membership(2, "…", 2, is_decided=False)], [(0, 1)], {1: 2}),
        # Two groups that are there already are not joined by a rule: the newcomer goes to the older one.
        (
            [Membership(1, "…", 9, is_decided=False), Membership(2, "…", 4, is_decided=True), free(3)],
            [(0, 1, 2)],
            {3: 4},
        ),
        # What a person took out of its group stays out, and one left over is no group.
        ([free(1), Membership(2, "…", None, is_decided=True)], [(0, 1)], {}),
        ([Membership(1, "…", 1, is_decided=False), Membership(2, "…", 1, is_decided=False)], [(0, 1)], {}),
    ],
)
def test_repeats_join_without_undoing_anything(
    members: list[Membership], repeats: list[tuple[int, ...]], joined: dict[int, int]
) -> None:
    used = {one.group for one in members if one.group is not None}
    assert join_repeats(members, repeats, used) == joined


def test_new_groups_are_known_to_the_next_ones() -> None:
    used: set[int] = {3}
    assert join_repeats([free(3), free(5), free(6), free(7)], [(0, 1), (2, 3)], used) == {3: 5, 5: 5, 6: 6, 7: 6}
    assert used == {3, 5, 6}


def test_one_question_is_a_group_of_its_own(new_question: NewQuestion) -> None:
    only = new_question(id=6)
    assert grouped([only])[0].questions == (replace(only),)

"""The sitting without any screen: what is shown, where the cursor stands, how far the work has come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolctl.cli.review.state import ALL, FILTERS, OPEN, Filter, Sitting, Step
from schoolctl.domain.question import Question

from .sample import QUESTIONS

NUMBERED = [replace(question, id=place, person=place) for place, question in enumerate(QUESTIONS, 1)]


def kind(name: str) -> Filter:
    return next(one for one in FILTERS if one.name == name)


def ids(sitting: Sitting) -> list[int]:
    return [question.id for question in sitting.shown]


def current(sitting: Sitting) -> int | None:
    return sitting.current.id if sitting.current else None


def reviewed(*numbers: int) -> list[Question]:
    return [replace(one, reviewed=True, status="accepted") if one.id in numbers else one for one in NUMBERED]


def test_it_begins_at_the_first_question_not_yet_reviewed() -> None:
    assert current(Sitting(NUMBERED)) == 1
    assert current(Sitting(reviewed(1, 2))) == 3
    assert current(Sitting(reviewed(*range(1, 13)))) == 1
    assert current(Sitting([])) is None


def test_progress_counts_all_questions_whatever_is_shown() -> None:
    sitting = Sitting(reviewed(1, 2))
    sitting.show(kind("seems off_topic"))
    assert (ids(sitting), sitting.reviewed, len(sitting.questions)) == ([9], 3, 12)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("all", list(range(1, 13))),
        ("not yet reviewed", [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12]),
        ("seems general", [1, 3, 4, 5, 8, 10, 11, 12]),
        ("seems personal", [2]),
        ("seems logistics", [6]),
        ("seems not_question", [7]),
        ("status new", [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12]),
        ("to answer (accepted)", [10]),
        ("answered", []),
        ("status rejected", []),
    ],
)
def test_a_filter_shows_one_kind(name: str, shown: list[int]) -> None:
    sitting = Sitting(NUMBERED)
    sitting.show(kind(name))
    assert (ids(sitting), sitting.count(kind(name))) == (shown, len(shown))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("ЧАЙ", [1, 4]),
        ("  астана ", [2]),  # stands in the original only
        ("[имя]", [2]),
        ("9", [9]),
        ("", list(range(1, 13))),
        ("нет такого", []),
    ],
)
def test_words_are_searched_in_every_text_and_a_number_is_an_id(words: str, shown: list[int]) -> None:
    sitting = Sitting(NUMBERED)
    sitting.search_for(words)
    assert ids(sitting) == shown


def test_the_cursor_stays_on_its_question_when_more_or_less_is_shown() -> None:
    sitting = Sitting(NUMBERED)
    sitting.move_to(9)
    sitting.search_for("гараж")
    assert current(sitting) == 9
    sitting.search_for("")
    assert current(sitting) == 9
    sitting.search_for("нет такого")
    sitting.search_for("")
    assert current(sitting) == 9
    sitting.search_for("чай")
    assert current(sitting) == 4


def test_the_cursor_stops_at_both_ends() -> None:
    sitting = Sitting(NUMBERED)
    sitting.move(-1)
    assert current(sitting) == 1
    sitting.move(100)
    assert current(sitting) == 12
    sitting.search_for("нет такого")
    sitting.move(1)
    assert (current(sitting), sitting.cursor) == (None, 0)


def test_the_next_open_question_is_looked_for_round_the_end() -> None:
    sitting = Sitting(NUMBERED)
    sitting.move_to(9)
    assert (sitting.next_open(), current(sitting)) == (True, 11)
    sitting.move_to(12)
    assert (sitting.next_open(), current(sitting)) == (True, 1)
    sitting.take(reviewed(*range(1, 13)))
    assert (sitting.next_open(), current(sitting)) == (False, 1)


def test_a_decision_moves_on_whether_or_not_the_question_stays_in_sight() -> None:
    sitting = Sitting(NUMBERED)
    sitting.take(reviewed(1))
    assert (sitting.settle(1), current(sitting)) == (True, 2)
    sitting.show(OPEN)
    sitting.take(reviewed(1, 2))
    # Question 3 has come into the place of question 2.
    assert (sitting.settle(2), current(sitting)) == (True, 3)
    sitting.take(reviewed(*range(1, 13)))
    assert (sitting.settle(3), current(sitting)) == (False, None)


def test_groups_tell_their_members_and_how_many_people_ask() -> None:
    sitting = Sitting(NUMBERED)
    third, fifth = NUMBERED[2], NUMBERED[4]
    assert [one.id for one in sitting.members(third)] == [3, 4]
    assert sitting.members(fifth) == (fifth,)
    assert (sitting.demand(third), sitting.demand(fifth)) == (2, 1)


def test_decided_counts_questions_settled_and_not_taken_back() -> None:
    sitting = Sitting(NUMBERED)
    for change, question, is_settling in ((1, 5, True), (2, 5, True), (3, 6, False), (4, 7, True)):
        sitting.remember(Step(change, question, is_settling))
    assert sitting.decided == 2
    sitting.forget_step()
    assert (sitting.decided, sitting.steps[-1].change) == (1, 3)


def test_a_step_that_cannot_be_taken_back_is_passed_over_the_second_time() -> None:
    sitting = Sitting(NUMBERED)
    sitting.remember(Step(1, 5, is_settling=True))
    sitting.remember(Step(2, 6, is_settling=True))
    assert (sitting.refuse_undo(), len(sitting.steps)) == (False, 2)
    assert (sitting.refuse_undo(), len(sitting.steps)) == (True, 1)
    assert (sitting.refuse_undo(), len(sitting.steps)) == (False, 1)


def test_no_two_filters_have_one_name() -> None:
    assert len({one.name for one in FILTERS}) == len(FILTERS) == 14
    assert FILTERS[0] == ALL

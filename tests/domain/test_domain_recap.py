from __future__ import annotations

from collections.abc import Callable

from schoolctl.domain.question import Question
from schoolctl.domain.recap import NO_QUESTIONS, Recap, recap_of

MAY = "may"


def test_only_what_a_person_left_to_the_school_is_counted(new_question: Callable[..., Question]) -> None:
    told = [
        ("accepted", True, ("diet",), 1),
        ("answered", True, ("treatment", "diet"), 1),
        ("duplicate", True, ("treatment",), 2),
        ("new", True, ("other",), 0),
        ("new", False, ("prognosis",), 3),
        ("personal", True, ("prognosis",), 4),
        ("off_topic", True, ("prognosis",), 5),
        ("rejected", True, ("prognosis",), 6),
        ("accepted", True, (), 0),
    ]
    questions = [
        new_question(id=number, school=MAY, status=status, reviewed=reviewed, themes=themes, person=person)
        for number, (status, reviewed, themes, person) in enumerate(told, 1)
    ]
    assert recap_of(questions, {MAY}) == Recap(asked=5, people=4, themes=("treatment", "diet"), answered=1)
    assert recap_of([], {MAY}) == NO_QUESTIONS == Recap(0, 0, (), 0, 0, ())


def test_three_themes_lead_equal_ones_by_name(new_question: Callable[..., Question]) -> None:
    themes = ["diet", "symptoms", "causes_risk", "treatment", "treatment"]
    asked = [
        new_question(id=n, school=MAY, status="accepted", reviewed=True, themes=(name,))
        for n, name in enumerate(themes, 1)
    ]
    assert recap_of(asked, {MAY}).themes == ("treatment", "causes_risk", "diet")


def test_repeats_of_an_answered_question_were_answered_and_what_left_the_school_was_carried(
    new_question: Callable[..., Question],
) -> None:
    told = [
        ("answered", MAY, 7),
        ("duplicate", MAY, 7),
        ("duplicate", MAY, 8),
        ("duplicate", MAY, None),
        ("accepted", MAY, 8),
        ("accepted", "november", 9),
        ("duplicate", "november", 9),
        ("answered", "june", None),
        ("personal", "november", None),
    ]
    questions = [
        new_question(id=number, status=status, school=school, group=group, reviewed=True)
        for number, (status, school, group) in enumerate(told, 1)
    ]
    assert recap_of(questions, {MAY}) == Recap(8, 8, (), 2, 3, ("november", "june"))
    # What went from one of the schools told of to the other was not lost: it was answered there.
    assert recap_of(questions, {MAY, "june"}) == Recap(8, 8, (), 3, 2, ("november",))

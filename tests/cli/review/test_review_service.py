"""Deciding question by question: what each decision leaves in the store and in the history."""

from __future__ import annotations

import pytest

from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.services import review
from schoolctl.services.decisions import history, undo
from schoolctl.services.groups import group_questions
from schoolctl.services.questions import Decision
from schoolctl.services.workspace import Workspace

from .sample import ANEMIA, LEUKEMIA, everything, stored


def numbers(workspace: Workspace) -> list[tuple[int, str]]:
    return [(change.id, change.summary) for change in history(workspace, 10)]


def test_a_decision_gives_its_number_and_none_when_it_changes_nothing(season: Workspace) -> None:
    assert review.decide(season, 1, Decision(status="accepted")) == 1
    assert review.decide(season, 1, Decision(status="accepted")) is None
    assert review.decide(season, 2, Decision(themes=("diet",))) == 2
    assert numbers(season) == [(2, "set 2: diet"), (1, "set 1: accepted")]


def test_a_decision_that_fails_changes_nothing(season: Workspace) -> None:
    before = everything(season)
    with pytest.raises(SchoolctlError, match="there is no question 99"):
        review.decide(season, 99, Decision(status="accepted"))
    assert (everything(season), numbers(season)) == (before, [])


def test_a_duplicate_joins_the_other_ones_group_in_one_change(season: Workspace) -> None:
    before = everything(season)
    change = review.mark_duplicate(season, 1, 4)
    copy, first, second = (stored(season, number) for number in (1, 3, 4))
    assert (copy.status, copy.reviewed, {copy.group, first.group, second.group}) == ("duplicate", True, {1})
    assert [one.status for one in (first, second)] == ["new", "new"]
    assert [one.id for one in everything(season) if "wording" in one.decided] == [4]
    assert numbers(season) == [(1, "set 1: duplicate of 4")]
    undo(season, change)
    assert everything(season) == before


def test_words_chosen_for_a_group_stand_for_it_when_a_duplicate_comes(season: Workspace) -> None:
    group_questions(season, [3, 4], dry_run=False)
    review.mark_duplicate(season, 1, 4)
    assert [one.id for one in everything(season) if "wording" in one.decided] == [3]


def test_an_answer_is_one_for_what_was_accepted_of_the_group_at_the_school(season: Workspace) -> None:
    group_questions(season, [1, 2, 3, 5], dry_run=False)
    for number, school in ((1, ANEMIA), (2, ANEMIA), (5, LEUKEMIA)):
        review.decide(season, number, Decision(status="accepted", school=school))
    before = everything(season)
    change = review.mark_answered(season, 1)
    # The third one nobody has accepted, the fifth is to be answered at another school.
    assert [one.status for one in everything(season)[:5]] == ["answered", "answered", "new", "new", "accepted"]
    assert numbers(season)[0][1] == "set 1, 2: answered"
    assert review.mark_answered(season, 1) is None
    undo(season, change)
    assert everything(season) == before
    assert (review.mark_answered(season, 6), stored(season, 6).status) == (numbers(season)[0][0], "answered")


def test_nothing_is_a_duplicate_of_itself(season: Workspace) -> None:
    with pytest.raises(WrongUsageError, match="question 1 is no duplicate of itself"):
        review.mark_duplicate(season, 1, 1)


def test_grouping_keeps_the_words_a_person_chose_else_takes_the_fittest(season: Workspace) -> None:
    assert review.group(season, 2, 4) == 1
    # The second one seems personal: it speaks for nobody.
    assert [one.id for one in everything(season) if "wording" in one.decided] == [4]
    assert {stored(season, number).group for number in (2, 3, 4)} == {1}
    assert review.group(season, 5, 2) == 2
    assert [one.id for one in everything(season) if "wording" in one.decided] == [4]


def test_ungrouping_gives_its_number(season: Workspace) -> None:
    assert review.ungroup(season, 3) == 1
    assert (stored(season, 3).group, stored(season, 4).group) == (None, 1)


def test_similar_questions_are_found_again_after_a_text_changed(season: Workspace) -> None:
    similar = review.SimilarQuestions(season)
    questions = everything(season)
    assert {one.question.id for one in similar.to(questions[0], questions, 2)} == {3, 4}
    review.decide(season, 5, Decision(text="Можно ли при анемии пить зелёный чай каждый день?"))
    questions = everything(season)
    assert {one.question.id for one in similar.to(questions[0], questions, 2)} == {4, 5}
    assert similar.to(questions[0], questions[1:], 2) == ()

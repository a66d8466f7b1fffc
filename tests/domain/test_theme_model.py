from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.theme_model import (
    MINIMUM_DECISIONS,
    THEMES,
    ThemeModel,
    fold_word,
    is_decision,
    latin_form,
    learn,
    words_for,
)
from schoolctl.domain.themes import Keyword, ThemeGuess, compile_keywords, guess_themes

KEYWORDS = compile_keywords([Keyword("лечени*", "treatment", 2)])
Examples = list[tuple[str, tuple[str, ...]]]


def decisions(lifestyle: int, side_effects: int) -> Examples:
    on_lifestyle: Examples = [(f"про рыбалку зимой вопрос {number}", ("lifestyle",)) for number in range(lifestyle)]
    on_effects: Examples = [
        (f"лечение даёт икоту вопрос {number}", ("side_effects",)) for number in range(side_effects)
    ]
    return on_lifestyle + on_effects


def taught(examples: Examples) -> ThemeModel:
    model = learn(examples, KEYWORDS.scores)
    assert model is not None
    return model


@pytest.mark.parametrize(
    ("lifestyle", "side_effects", "is_enough"),
    [(20, 20, True), (32, 8, True), (33, 7, False), (20, 19, False), (100, 0, False), (0, 0, False)],
)
def test_when_there_are_enough_decisions(lifestyle: int, side_effects: int, *, is_enough: bool) -> None:
    assert (learn(decisions(lifestyle, side_effects), KEYWORDS.scores) is not None) == is_enough


def test_a_decision_without_a_known_theme_does_not_count() -> None:
    assert MINIMUM_DECISIONS == 40
    examples = [*decisions(20, 19), ("ничего", ()), ("и это", ("no such theme",))]
    assert learn(examples, KEYWORDS.scores) is None
    assert [is_decision(themes) for _, themes in examples[-3:]] == [True, False, False]


def test_what_was_decided_is_guessed_and_explained() -> None:
    model = taught(decisions(20, 20))
    assert guess_themes("Икота пройдёт? Лечение…", KEYWORDS).themes == ("treatment",)
    guess = guess_themes("Можно на рыбалку?", KEYWORDS, model)
    assert guess == ThemeGuess(("lifestyle",), ("learnt from your decisions: lifestyle (рыбалку)",))
    guess = guess_themes("Даёт ли лечение икоту?", KEYWORDS, model)
    assert guess.themes[0] == "side_effects"
    assert guess.reasons[-1] == "learnt from your decisions: side_effects (даёт, икоту, лечение)"


def test_a_word_met_once_teaches_nothing() -> None:
    model = taught([*decisions(20, 20), ("кумыс", ("diet",))])
    assert model.heard("кумыс") == {}


def test_what_the_keywords_knew_is_hardly_touched() -> None:
    """With right keywords there is nothing to learn but certainty: no other theme gains by it."""
    keywords = compile_keywords([Keyword("рыбалк*", "lifestyle", 9), Keyword("икот*", "side_effects", 9)])
    model = learn(decisions(20, 20), keywords.scores)
    assert model is not None
    assert max(max(map(abs, points)) for points in model.weights.values()) < 0.1


def test_learning_twice_gives_the_same_model() -> None:
    assert taught(decisions(20, 20)) == taught(decisions(20, 20))


def test_the_loudest_three_words_are_told_in_the_order_of_what_they_say() -> None:
    def points(value: float) -> tuple[float, ...]:
        return tuple(value if theme == "diet" else 0.0 for theme in THEMES)

    heard = {"г": points(0.5), "в": points(0.9), "б": points(0.5), "а": points(0.5), "тихо": points(0.1)}
    assert words_for("diet", heard) == ("в", "а", "б")
    assert words_for("prognosis", heard) == ()


@pytest.mark.parametrize(
    ("word", "folded"), [("қан", "кан"), ("әкем", "акем"), ("үһіңғұө", "ухингуо"), ("ёж", "еж"), ("diet", "diet")]
)
def test_folding(word: str, folded: str) -> None:
    assert fold_word(word) == folded


@pytest.mark.parametrize(
    "words",
    [
        ("химия", "himiya", "khimiia", "himia"),
        ("иматиниб", "imatinib"),
        ("қымыз", "qymyz", "kımız"),
        ("шаш", "şaş", "shash"),
    ],
)
def test_one_spelling_for_both_scripts(words: tuple[str, ...]) -> None:
    assert {latin_form(fold_word(word)) for word in words} == {latin_form(fold_word(words[0]))}


@given(st.lists(st.tuples(st.text(max_size=40), st.lists(st.sampled_from(THEMES), max_size=2).map(tuple)), max_size=20))
def test_any_texts_can_be_learnt(strange: Examples) -> None:
    model = taught([*decisions(20, 20), *strange])
    for text, _ in strange:
        assert guess_themes(text, KEYWORDS, model).reasons

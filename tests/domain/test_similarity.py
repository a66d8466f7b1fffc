from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.folding import fold_latin
from schoolctl.domain.similarity import MedicalTerm, MedicalTerms, SimilarityIndex

TERMS = MedicalTerms(
    [
        MedicalTerm("heredity", ("тұқым қуала*", "наследств*", "run* in famil*")),
        MedicalTerm("vaccination", ("екпе*", "прививк*", "vaccin*", "flu shot")),
        MedicalTerm("pets", ("мысық*", "кошк*", "cat")),
        MedicalTerm("M-protein", ("м-градиент*",)),
        MedicalTerm("nothing", ("", " ", "*", "?!")),
    ]
)
TEXTS = (
    "Передаётся ли миелома по наследству?",
    "Миелома тукым куалай ма",
    "Does myeloma run in families?",
    "Можно ли делать прививку от гриппа",
    "Is a flu shot allowed?",
    "Үйде мысық ұстауға бола ма",
    "Можно ли держать кошку дома",
    "Где взять справку",
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Это НАСЛЕДСТВЕННОЕ?", ["heredity"]),
        ("tuqym qualai ma", ["heredity"]),
        ("it runs in the family", []),
        ("it runs in families", ["heredity"]),
        ("a flu shot for my cat", ["pets", "vaccination"]),
        ("flu", []),
        ("cats", []),
        ("М градиенту и M-градиент", ["M-protein"]),
        ("", []),
    ],
)
def test_meanings_are_found_in_any_language_and_alphabet(text: str, names: list[str]) -> None:
    assert TERMS.names_in(fold_latin(text).split()) == names


@pytest.mark.parametrize(
    ("position", "likest", "reason"),
    [
        (0, {1, 2}, "heredity"),
        (1, {0, 2}, "heredity"),
        (2, {0, 1}, "heredity"),
        (3, {4}, "vaccination"),
        (4, {3}, "vaccination"),
        (5, {6}, "pets"),
        (6, {5}, "pets"),
    ],
)
def test_the_same_in_other_languages_is_the_likest(position: int, likest: set[int], reason: str) -> None:
    found = SimilarityIndex(TEXTS, TERMS).similar_to(position, len(likest))
    assert {similar.position for similar in found} == likest
    assert all(similar.why[0] == reason and 0 < similar.score <= 1 for similar in found)


def test_words_are_reasons_too_and_work_without_terms() -> None:
    texts = ("миелома и прививка", "прививку при миеломе", "рыба", "рыбка")
    first, *_ = SimilarityIndex(texts, MedicalTerms(())).similar_to(0)
    assert (first.position, first.why) == (1, ("прививка", "миелома"))


def test_the_order_is_by_likeness_and_nobody_is_like_himself() -> None:
    index = SimilarityIndex(TEXTS, TERMS)
    scores = [similar.score for similar in index.similar_to(3, 8)]
    assert scores == sorted(scores, reverse=True)
    assert all(similar.position != 3 for similar in index.similar_to(3, 8))
    assert index.similar_to(3, 0) == []
    assert SimilarityIndex(("одно",), TERMS).similar_to(0) == []


@pytest.mark.parametrize("position", [-1, 8, 1000])
def test_a_place_that_is_none_is_refused(position: int) -> None:
    with pytest.raises(IndexError):
        SimilarityIndex(TEXTS, TERMS).similar_to(position)


@given(st.lists(st.text(), max_size=8))
def test_any_texts_have_scores_from_nought_to_one(texts: list[str]) -> None:
    index = SimilarityIndex(texts, TERMS)
    for position in range(len(texts)):
        assert all(0 <= similar.score <= 1 for similar in index.similar_to(position))


@pytest.mark.parametrize("piece", ["а", "прививка ", "run ", "flu ", "ab", "ch"])
def test_twenty_thousand_characters_take_no_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    SimilarityIndex((text, text), TERMS).similar_to(0)
    assert time.process_time() - begun < 4

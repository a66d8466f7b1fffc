from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.folding import fold, fold_latin, plain, sound


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("!!! …", ""),
        ("Қан АУРУЫ: тұқым қуалай ма?", "кан ауруы тукым куалай ма"),
        ("Әже, өкпе, ғылым, таң, үй, һәм, ішу, ёж", "аже окпе гылым тан уй хам ишу еж"),
        ("Can't, CAN’T", "cant cant"),
        ("  два\n\nслова_тут ", "два слова тут"),
        ("за́мок й", "замок й"),
        ("5,5 мг/кг", "5 5 мг кг"),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Revlimid", "ревлимид"),
        ("Imatinib", "иматиниб"),
        ("myeloma", "миелома"),
        ("leukaemia", "лейкемия"),
        ("leukemia", "лейкемия"),
        ("anaemia", "анемия"),
        ("thrombocyt", "тромбоцит"),
        ("chemo", "хемо"),
        ("himiya", "химия"),
        ("suiek kemigin", "сүйек кемігін"),
        ("süyek kemıgin", "суйек кемигин"),
        ("qorqyp", "қорқып"),
        ("şaş", "шаш"),
        ("xanax", "ксанакс"),
        ("immunitet", "иммунитет"),
    ],
)
def test_latin_sounds_as_cyrillic(latin: str, cyrillic: str) -> None:
    assert fold_latin(latin) == fold_latin(cyrillic)


@pytest.mark.parametrize(
    ("word", "simple"),
    [("олл", "олл"), ("грипп", "грип"), ("аллергия", "алергиа"), ("соль", "сол"), ("ааа", "ааа"), ("coffee", "cofee")],
)
def test_a_word_is_made_plain_in_its_own_alphabet(word: str, simple: str) -> None:
    assert plain(word) == simple


def test_numbers_stay_as_they_are() -> None:
    assert fold_latin("100 или 1000000 мг") == "100 или 1000000 мг"
    assert sound("100000") == "100000"


@given(st.text())
def test_folding_twice_changes_nothing_and_leaves_only_words(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(word.isalnum() or not word.isascii() for word in folded.split())
    assert len(fold_latin(text).split()) <= len(folded.split())

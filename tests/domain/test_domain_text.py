from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.text import clean_line, clean_text, fold_for_comparison, without_invisible

STABLE = settings(deadline=None, derandomize=True, max_examples=200)
NASTY = (
    "\x00\x07\x08\x0b\x0c\r\n\t\x1b\x1c\x1f\x7f\x85\x9b\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u2003\u200b\u200c"
    "\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u202f\u2060\u2066\u2069\u206f\u3000\u3164\ufeff\uffa0\ufff9\ufffd\ufffe\uffff"
    "\U000e0001\U000e0041\U000e0100\U0001d173\U0001bca0\U00013430\ud800\udfff\udc80 и\u0306е\u0308"
)
HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from(NASTY), st.sampled_from("әғқңөұүһійё aZ9.?")))
# Arabic signs of category Cf that are drawn before a number.
DRAWN = frozenset([*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD])
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0\ufffc\ufffd\ufffe\uffff"


def _is_unwanted(letter: str) -> bool:
    if letter in UNSEEN or 0xE0000 <= ord(letter) <= 0xE0FFF:
        return True
    category = unicodedata.category(letter)
    is_format = category == "Cf" and ord(letter) not in DRAWN
    return is_format or (category in {"Cc", "Cs", "Zl", "Zp"} and letter != "\n")


@STABLE
@given(HOSTILE)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@STABLE
@given(HOSTILE)
def test_no_control_bidi_zero_width_or_surrogate_is_left(text: str) -> None:
    assert [f"U+{ord(letter):04X}" for letter in clean_text(text) if _is_unwanted(letter)] == []


@STABLE
@given(HOSTILE)
def test_cleaned_text_can_be_encoded_and_has_no_empty_ends(text: str) -> None:
    cleaned = clean_text(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert cleaned == cleaned.strip()
    assert "\n\n\n" not in cleaned
    assert "  " not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@STABLE
@given(HOSTILE)
def test_a_line_never_breaks(text: str) -> None:
    assert len(clean_line(text).splitlines()) <= 1
    assert clean_line(clean_line(text)) == clean_line(text)


@STABLE
@given(st.text("әғқңөұүһійёӘҒҚҢӨҰҮҺІЙЁaZ9?!«»–—…“”’№°%", min_size=1))
def test_letters_and_signs_of_the_three_languages_survive(text: str) -> None:
    assert clean_text(text) == text
    assert clean_text(unicodedata.normalize("NFD", text)) == text


@pytest.mark.parametrize("plane", range(17))
def test_every_character_of_unicode_is_either_kept_or_unwanted(plane: int) -> None:
    letters = [chr(number) for number in range(plane << 16, (plane + 1) << 16)]
    kept = [letter for letter in letters if without_invisible(letter) not in ("", "\n")]
    assert [f"U+{ord(letter):04X}" for letter in kept if _is_unwanted(letter) and letter != "\t"] == []
    lost = [
        letter for letter in letters if without_invisible(letter) == "" and unicodedata.category(letter)[0] in "LNPS"
    ]
    assert set(lost) <= set(UNSEEN)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("", ""),
        (" \u200b\ufeff\r\n ", ""),
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("один\u00a0два\u202fтри\t\tчетыре", "один два три четыре"),
        ("  начало  \n  конец  ", "начало\nконец"),
        ("1\n\n\n\n2\n \n \n3", "1\n\n2\n\n3"),
        ("мие\u200bло\xadма", "миелома"),
        ("\u202eаволс\u202c", "аволс"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("и\u0306 е\u0308", "й ё"),
        ("a\ud83db", "ab"),
        ("❤\ufe0f 👍🏽", "❤\ufe0f 👍🏽"),
    ],
)
def test_cleaning_by_example(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_what_is_shown_keeps_its_blanks_and_lines() -> None:
    assert without_invisible("  a\tb \r\n\u202e c\x1b\x00 ") == "  a\tb \n c "


def test_a_line_is_one_line() -> None:
    assert clean_line(" Школа\r\n\tпациентов\u200b \u2028 2026 ") == "Школа пациентов 2026"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Миелома — это рак?", "миелома это рак"),
        ("Қан  аздық,\nнеге?", "ҚАН АЗДЫҚ НЕГЕ"),
        ("«Что делать?!»", "что делать"),
        ("_спасибо_ *вам*", "Спасибо вам"),
        ("и\u0306од", "ЙОД"),
    ],
)
def test_case_blanks_and_punctuation_do_not_tell_two_texts_apart(one: str, other: str) -> None:
    assert fold_for_comparison(one) == fold_for_comparison(other)


@pytest.mark.parametrize(("one", "other"), [("1.5 мг", "15 мг"), ("қан", "кан"), ("ел", "ёл"), ("да", "да нет")])
def test_other_words_and_numbers_stay_apart(one: str, other: str) -> None:
    assert fold_for_comparison(one) != fold_for_comparison(other)

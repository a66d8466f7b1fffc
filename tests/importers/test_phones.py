"""One person is one person, however the number is spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.importers.phones import e164


@pytest.mark.parametrize(
    "spelling",
    [
        "+7 777 000 00 12",
        "8 (777) 000-00-12",
        "87770000012",
        "87770000012.0",
        "7770000012",
        "+7 777 000-00-12",
        "\u202a+7\u00a0777\u00a0000\u00a000\u00a012\u202c",
        "\u200e+77770000012",
        "8-777-000-00-12",
        "tel:+7-777-000-00-12",
    ],
)
def test_spellings_of_one_number(spelling: str) -> None:
    assert e164(spelling) == "+77770000012"


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("+996 555 000 123", "+996555000123"),
        ("+44 7400 000000", "+447400000000"),
        ("8 (7172) 70-00-01", "+77172700001"),
    ],
)
def test_other_numbers(spelling: str, expected: str) -> None:
    assert e164(spelling) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Айгуль",
        "12.05.2022",
        "12/05/2022 10:00",
        "2022-05-12",
        "850512300123",
        "3.9-6.1",
        "120/80",
        "+7 777 000",
        "+",
        "1.0",
        "\ud800",
        "№ 8",
        "9" * 400,
    ],
)
def test_what_is_no_phone(text: str) -> None:
    assert e164(text) == ""


@given(st.text(max_size=60))
def test_any_text_gives_a_number_or_nothing(text: str) -> None:
    number = e164(text)
    assert number == "" or (number.startswith("+") and number[1:].isdigit() and e164(number) == number)

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Sender
from schoolctl.domain.redaction import redact
from schoolctl.domain.redaction.numbers import is_iin
from schoolctl.store.privacy_files import read_privacy_words

WORDS = read_privacy_words(Path("no-templates-of-their-own"))
NOBODY = Sender()
STABLE = settings(deadline=None, derandomize=True, max_examples=100)
AROUND = st.sampled_from(["", " ", "мой номер: ", "тел.", "тел", "(", "@", "wa.me/", "№", "Пишите ", "\n", "ЖСН", ","])
AFTER = st.sampled_from(["", " ", ".", ", 54 года", ")", "\n", "звоните", "!", "; гемоглобин 84"])


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("+7 (700) 000-00-65", "[телефон]"),
        ("+7 (700) 000–00–65", "[телефон]"),
        ("+7 - (700) - 000 - 00 - 65", "[телефон]"),
        ("+ 7 700 000 00 65", "[телефон]"),
        ("8-700-000-00-65", "[телефон]"),
        ("8.700.000.00.65", "[телефон]"),
        ("8_700_000_00_65", "[телефон]"),
        ("8/700/000/00/65", "[телефон]"),
        ("8 (7272) 00-00-65", "[телефон]"),
        ("8 716 200 00 65", "[телефон]"),
        ("7 912 000 00 65", "[телефон]"),
        ("700 000 00 65", "[телефон]"),
        ("(727) 000-00-65", "([телефон]"),
        ("7000000065", "[телефон]"),
        ("7770000065, 54 года", "[телефон], 54 года"),
        ("+49 30 000000 65", "[телефон]"),
        ("998 90 000 00 65", "[телефон]"),
        ("тел87000000065звоните", "тел[телефон]звоните"),
        ("87000000065,87000000066", "[телефон],[телефон]"),
        ("8 700 000 00 65 8 700 000 00 66", "[телефон] [телефон]"),
        ("8 700 000 00 65 или 20-00-65", "[телефон] или [телефон]"),
        ("87000000065, 20-00-65, 200066, 20-00-67", "[телефон], [телефон]"),
        ("870000000651", "[телефон]"),
        ("тел 200065, вн. 118", "тел [телефон], [телефон]"),
        ("звоните 20-00-65", "звоните [телефон]"),
        ("восемь семьсот ноль ноль ноль шестьдесят пять", "[телефон]"),
        ("ИИН850412300006", "ИИН[ИИН]"),
        ("850412 300006", "[ИИН]"),
        ("850412 300 006 и 850412300016", "[ИИН] и [ИИН]"),
        ("мой ИИН 85041230000", "мой ИИН [ИИН]"),
        ("660412300007 и 661399300007", "[ИИН] и 661399300007"),
        ("заказ 123456 789012", "заказ 123456 789012"),
    ],
)
def test_phones_and_iins_go_however_they_are_written(text: str, redacted: str) -> None:
    assert redact(text, "ru", NOBODY, WORDS).text == redacted


@pytest.mark.parametrize(
    "text",
    [
        "гемоглобин 84, лейкоциты 2.1-8.5, тромбоциты 75-120",
        "тромбоциты 75-120 150-400",
        "Нв 84.5 12.05.2022",
        "LDH 750 1200 300",
        "в 2022-2023 годах, потом 2024",
        "12.05.2022 10:00, 13.05.2022 11:30",
        "с 2022-05-12 10:00 по 2022-05-19 10:00",
        "del(17p), t(4;14), t(9;22)(q34;q11), 1q21+, CD38+, JAK2 V617F",
        "норма 150-400, у меня 80 000 и 1 200 000",
        "IgG 7.5 г/л; каппа 8.1; лямбда 7.9; отношение 1.02",
        "8 курсов VCD, 7 лет ремиссии, 87 лет",
        "BCR-ABL 0.0032% (MR4.5), 10^9/л",
        "звонил 12.05.2022, номер 150 000 тенге",
        "гемоглобин 87\n120\n135\n150\n90",
    ],
)
def test_values_and_dates_stay(text: str) -> None:
    assert redact(text, "ru", NOBODY, WORDS).text == text


def _groups(digits: str, gaps: tuple[str, ...]) -> str:
    parts = (digits[:3], digits[3:6], digits[6:8], digits[8:])
    return "".join(part + gap for part, gap in zip(parts, (*gaps, ""), strict=True))


@STABLE
@given(
    AROUND,
    st.sampled_from(["+7", "8", "7", "+7 ", "8 ", "8-", "+7 (", "8("]),
    st.from_regex(r"7[0-9]{9}", fullmatch=True),
    st.tuples(*[st.sampled_from(["", " ", "-", ") ", ".", "–"])] * 3),
    AFTER,
)
def test_no_kazakh_phone_is_left(before: str, country: str, digits: str, gaps: tuple[str, ...], after: str) -> None:
    text = f"{before}{country}{_groups(digits, gaps)}{after}"
    assert sum(map(str.isdigit, redact(text, "ru", NOBODY, WORDS).text.removesuffix(after))) == 0


def _with_check_digit(start: str) -> str | None:
    for shift in (0, 2):
        total = sum((((place + shift) % 11) + 1) * int(digit) for place, digit in enumerate(start)) % 11
        if total < 10:
            return f"{start}{total}"
    return None


@STABLE
@given(AROUND, st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.from_regex(r"[1-6][0-9]{4}", fullmatch=True), AFTER)
def test_no_valid_iin_is_left(before: str, born: date, rest: str, after: str) -> None:
    number = _with_check_digit(f"{born:%y%m%d}{rest}")
    if number is None:
        assert not any(is_iin(f"{born:%y%m%d}{rest}{last}") for last in range(10))
    else:
        assert is_iin(number)
        assert redact(f"{before}{number}{after}", "ru", NOBODY, WORDS).text == f"{before}[ИИН]{after}"

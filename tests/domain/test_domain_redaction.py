from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.privacy import is_iin, redact
from schoolctl.domain.question import Sender

STABLE = settings(deadline=None, derandomize=True, max_examples=100)
NOBODY = Sender()
AROUND = st.sampled_from(["", " ", "мой номер: ", "тел.", "тел", "(", "@", "wa.me/", "№", "Пишите ", "\n", "ЖСН", ","])
AFTER = st.sampled_from(["", " ", ".", ", 54 года", ")", "\n", "звоните", "!", "; гемоглобин 84"])


@pytest.mark.parametrize(
    ("language", "email", "phone", "iin", "name"),
    [
        ("kk", "[пошта]", "[телефон]", "[ЖСН]", "[есімі]"),
        ("ru", "[почта]", "[телефон]", "[ИИН]", "[имя]"),
        ("en", "[e-mail]", "[phone]", "[IIN]", "[name]"),
        ("de", "[почта]", "[телефон]", "[ИИН]", "[имя]"),
    ],
)
def test_markers_are_in_the_language_of_the_text(language: str, email: str, phone: str, iin: str, name: str) -> None:
    text = "a@example.kz, +7 700 000 00 65, 850412300006, Айгуль"
    assert redact(text, language, Sender("Айгуль")) == f"{email}, {phone}, {iin}, {name}"


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("пишите на aigul.p+school@mail.example.kz.", "пишите на [почта]."),
        ("почта:айгуль@пример.қаз", "почта:[почта]"),
        ("aigul @ example.kz", "[почта]"),
        ("aigul@ example.kz или aigul @example.kz", "[почта] или [почта]"),
        ("в 18:30 @ больница", "в 18:30 @ больница"),
        ("+7 (700) 000-00-65", "[телефон]"),
        ("+7 (700) 000–00–65", "[телефон]"),
        ("+7 - (700) - 000 - 00 - 65", "[телефон]"),
        ("+ 7 700 000 00 65", "[телефон]"),
        ("8-700-000-00-65", "[телефон]"),
        ("8.700.000.00.65", "[телефон]"),
        ("8 (7272) 00-00-65", "[телефон]"),
        ("8 (495) 000-00-65", "[телефон]"),
        ("7 912 000 00 65", "[телефон]"),
        ("700 000 00 65", "[телефон]"),
        ("(727) 000-00-65", "([телефон]"),
        ("7000000065", "[телефон]"),
        ("7770000065, 54 года", "[телефон], 54 года"),
        ("+49 30 000000 65", "[телефон]"),
        ("тел.87000000065", "тел.[телефон]"),
        ("тел87000000065звоните", "тел[телефон]звоните"),
        ("87000000065,87000000066", "[телефон],[телефон]"),
        ("8 700 000 00 65 8 700 000 00 66", "[телефон] [телефон]"),
        ("87000000065. 54 года", "[телефон]. 54 года"),
        ("870000000651", "[телефон]"),
        ("ИИН850412300006", "ИИН[ИИН]"),
        ("850412 300006", "[ИИН]"),
        ("850412 300 006 и 850412300016", "[ИИН] и [ИИН]"),
        ("мой ИИН 850412300007", "мой ИИН [ИИН]"),
        ("заказ 650412300007", "заказ 650412300007"),
        ("заказ 123456 789012", "заказ 123456 789012"),
    ],
)
def test_addresses_are_replaced_however_they_are_written(text: str, redacted: str) -> None:
    assert redact(text, "ru", NOBODY) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "гемоглобин 84, лейкоциты 2.1-8.5, тромбоциты 75-120",
        "тромбоциты 75-120 150-400",
        "Нв 84.5 12.05.2022",
        "гемоглобин 78 12.05.2022",
        "LDH 750 1200 300",
        "в 2022-2023 годах, потом 2024",
        "12.05.2022 10:00, 13.05.2022 11:30",
        "с 2022-05-12 10:00 по 2022-05-19 10:00",
        "дексаметазон 40 мг, мелфалан 500 mg/m2, 8 курсов",
        "del(17p), t(4;14), t(9;22)(q34;q11), 1q21+, CD38+, JAK2 V617F",
        "норма 150-400, у меня 80 000 и 1 200 000",
        "ферритин 1000.5, СОЭ 70, креатинин 88 мкмоль/л, 99.99%",
        "IgG 7.5 г/л; каппа 8.1; лямбда 7.9; отношение 1.02",
        "8 курсов VCD, 7 лет ремиссии, 87 лет",
        "BCR-ABL 0.0032% (MR4.5), 10^9/л",
        "мне 54, вес 78, рост 175, давление 120/80, пульс 78",
        "гемоглобин 87\n120\n135\n150\n90",
    ],
)
def test_a_clean_medical_text_stays_as_it_is(text: str) -> None:
    assert redact(text, "ru", NOBODY) == text


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
    assert redact(text, "ru", NOBODY) == f"{before}[телефон]{after}"


@STABLE
@given(AROUND, st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,40}@[a-z0-9-]{1,20}(\.[a-z]{2,6}){1,3}", fullmatch=True))
def test_no_mail_address_is_left(before: str, address: str) -> None:
    assert "@" not in redact(f"{before} {address} ", "ru", NOBODY).removeprefix(before)


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
        assert redact(f"{before}{number}{after}", "ru", NOBODY) == f"{before}[ИИН]{after}"


@STABLE
@given(st.text(st.sampled_from("0123456789 +()-.@ab\nИН:,/8787"), max_size=60))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text, "ru", NOBODY)
    assert redact(once, "ru", NOBODY) == once


@pytest.mark.parametrize(
    ("name", "text", "redacted"),
    [
        ("Айгуль Примерова", "Это АЙГУЛЬ примерова.", "Это [имя] [имя]."),
        ("Айгуль", "_Айгуль_, *айгуль*, (Айгуль)", "_[имя]_, *[имя]*, ([имя])"),
        ("Анна", "Аннам, марианна, Анна2, 2анна", "Аннам, марианна, [имя]2, 2[имя]"),
        ("Алёна", "Алена и АЛЁНА", "[имя] и [имя]"),
        ("Әлия Құрманова", "Алия Курманова, Әлия Құрманова", "[имя] [имя], [имя] [имя]"),
        ("Айгул", "Мен Айгүлмін, атым АЙГҮЛ", "Мен Айгүлмін, атым [имя]"),
        ("Анна-Мария О'Брайен", "Мария, анна, Брайен", "[имя], [имя], [имя]"),
        ("Айгуль85", "я Айгуль", "я [имя]"),
        ("Ли Ян", "ли Ян болен", "ли Ян болен"),
        ("+7 700 000 00 65", "700 мг", "700 мг"),
        ("(a+)+ [x] .*", "a+ x .*", "a+ x .*"),
        ("", "Айгуль", "Айгуль"),
        ("👍", "👍", "👍"),
    ],
)
def test_the_name_of_the_sender_goes_in_any_case_but_not_inside_other_words(
    name: str, text: str, redacted: str
) -> None:
    assert redact(text, "ru", Sender(name)) == redacted


@STABLE
@given(
    st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("Айгульәё .,_-(0")), max_size=30),
    st.text("Айгульәё .,_-(", max_size=20),
    st.sampled_from([str.upper, str.lower, str]),
)
def test_no_word_of_the_own_name_is_left(name: str, around: str, spelled: Callable[[str], str]) -> None:
    rest = redact(f"{around} {spelled('Айгуль')} {around}", "kk", Sender(f"{name} Айгуль"))
    assert re.search(r"(?<![^\W\d_])айгуль(?![^\W\d_])", rest.lower()) is None


@pytest.mark.parametrize("piece", ["a", "8 7", "+7 ", "1 ", "a.", "a@", "@a.", "8(", "7.", "850412", "Айгуль", " "])
def test_a_long_text_takes_no_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begun = time.perf_counter()
    redact(text, "ru", Sender("Айгуль"))
    assert time.perf_counter() - begun < 1

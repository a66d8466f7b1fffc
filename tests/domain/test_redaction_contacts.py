"""A wording that a person chose: only what leads to somebody's door or telephone is taken out of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Mark
from schoolctl.domain.redaction.contacts import redact_contacts

PIECES = st.sampled_from(
    [
        *("a@b.kz", "8 700 000 00 65", "+7 (701) 000-00-01", "850412300006", "ИИН 850412300007", "тел. 20-00-65"),
        *("Айгуль", "[телефон]", "[ИИН]", "[", "]", "@", "8", "7", "\n", ",", ".", " ", "гемоглобин 90", "12.03.2026"),
    ]
)


@pytest.mark.parametrize(
    ("text", "language", "shown", "kinds"),
    [
        ("Можно ли пить чай?", "ru", "Можно ли пить чай?", []),
        ("Айгуль спрашивает: можно ли?", "ru", "Айгуль спрашивает: можно ли?", []),
        ("Пишите на a.b@example.kz", "ru", "Пишите на [почта]", ["email"]),
        ("Write to a.b@example.kz", "en", "Write to [e-mail]", ["email"]),
        ("Маған 8 700 000 00 65 жазыңыз", "kk", "Маған [телефон] жазыңыз", ["phone"]),
        ("+7 (701) 000-00-01, +77010000002", "ru", "[телефон], [телефон]", ["phone", "phone"]),
        ("Мой ИИН 850412300006.", "ru", "Мой ИИН [ИИН].", ["iin"]),
        ("ЖСН 850412300006", "kk", "ЖСН [ЖСН]", ["iin"]),
        ("a@b.kz или 87000000065", "de", "[почта] или [телефон]", ["email", "phone"]),
        ("[имя] спрашивает, [телефон]", "ru", "[имя] спрашивает, [телефон]", []),
        ("[имя], 87000000065, [почта]", "ru", "[имя], [телефон], [почта]", ["phone"]),
        ("Гемоглобин 90, тромбоциты 150-400, 12.05.2022", "ru", "Гемоглобин 90, тромбоциты 150-400, 12.05.2022", []),
        ("", "ru", "", []),
    ],
)
def test_names_stay_and_ways_to_a_person_go(text: str, language: str, shown: str, kinds: list[str]) -> None:
    redaction = redact_contacts(text, language)
    assert redaction.text == shown
    assert [mark.kind for mark in redaction.marks] == kinds


def test_the_marks_tell_the_rule() -> None:
    assert redact_contacts("87000000065", "ru").marks == (Mark("phone", "digits grouped as a phone number"),)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(PIECES | st.text(max_size=5), max_size=12))
def test_once_is_enough(pieces: list[str]) -> None:
    once = redact_contacts(" ".join(pieces), "ru")
    again = redact_contacts(once.text, "ru")
    assert (again.text, again.marks) == (once.text, ())


@pytest.mark.parametrize(
    "text",
    ["a" * 20_000, "1" * 20_000, "a@" * 10_000, "+7 " * 6_667, "[телефон" * 2_500, "8 7 0 " * 3_334, "a.b-" * 5_000],
    ids=lambda text: text[:6],
)
def test_no_text_takes_long(text: str) -> None:
    redact_contacts("a@b.kz 87000000065", "ru")
    fastest = 1.0
    for _ in range(5):
        began = time.process_time()
        redact_contacts(text, "ru")
        fastest = min(fastest, time.process_time() - began)
    assert fastest < 0.3

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.question import Sender
from schoolctl.domain.redaction import MARKERS, Mark, redact
from schoolctl.domain.redaction.letters import fold
from schoolctl.store.privacy_files import read_privacy_words

WORDS = read_privacy_words(Path("no-templates-of-their-own"))
NOBODY = Sender()
STABLE = settings(deadline=None, derandomize=True, max_examples=200)
PIECES = st.sampled_from(
    [
        *("Айгуль", "Омарова", "роза", "мама", "меня зовут", "А.", "с уважением", "Камшат", "им.", "көшесі", "ФИО:"),
        *(
            "8 700 000 00 65",
            "20-00-65",
            "a@b.kz",
            "@aigul",
            "850412300006",
            "12.03.1956",
            "1956",
            "г.р.",
            "ул. Абая 5",
        ),
        *("кв. 8", "№ 5520", "карта", "[имя]", "[телефон]", ",", ".", "\n", "-", "?", "Asel", "Dr", "тел", "Спасибо"),
    ]
)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("kk", "[пошта], [телефон], [ЖСН], [есімі], [туған күні], [мекенжай], [құжат], [аккаунт]"),
        ("ru", "[почта], [телефон], [ИИН], [имя], [дата рождения], [адрес], [документ], [аккаунт]"),
        ("en", "[e-mail], [phone], [IIN], [name], [date of birth], [address], [document], [account]"),
        ("de", "[почта], [телефон], [ИИН], [имя], [дата рождения], [адрес], [документ], [аккаунт]"),
    ],
)
def test_markers_are_in_the_language_of_the_text(language: str, shown: str) -> None:
    text = "a@b.kz, 87000000065, 850412300006, Айгуль, 1956 г.р., ул. Абая 5, № 5520, @aigul"
    redaction = redact(text, language, NOBODY, WORDS)
    assert redaction.text == shown
    assert [mark.kind for mark in redaction.marks] == [
        *("email", "phone", "iin", "name", "birth_date", "address", "document", "handle")
    ]
    assert redaction.marks[1] == Mark("phone", "digits grouped as a phone number")


def test_every_language_has_every_marker() -> None:
    assert {tuple(kinds) for kinds in MARKERS.values()} == {tuple(MARKERS["ru"])}


@STABLE
@given(st.lists(st.tuples(PIECES, st.sampled_from([" ", "", ", "])), max_size=12))
def test_redacting_twice_changes_nothing_more(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    once = redact(text, "ru", Sender("Камшат"), WORDS).text
    assert redact(once, "ru", Sender("Камшат"), WORDS).text == once


@STABLE
@given(st.text(max_size=60), st.sampled_from(["kk", "ru", "en"]), st.text(max_size=20))
def test_strangers_text_raises_nothing(text: str, language: str, name: str) -> None:
    redact(text, language, Sender(name), WORDS)


@STABLE
@given(st.text(max_size=60))
def test_folding_keeps_places(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "8 7",
            "+7 ",
            "1 ",
            "a.",
            "a@",
            "@a.",
            "8(",
            "7.",
            "850412",
            "Айгуль",
            " ",
            "А.",
            "Асель А. ",
            "İ",
            "ул. а ",
        ),
        *("ул абая 1 ", "адрес: ", "тел 1", "документ ", "№1234 ", "восемь ", "a собака ", "t.me/", "1 мая ", "мама "),
        *(
            "Я ",
            "имени Асель ",
            "[имя] ",
            "палата 1 ",
            "kz12",
            "живу на Абая ",
            "ИИН ",
            "1 a street ",
            "а кошеси ",
            "\n",
        ),
    ],
)
def test_a_long_text_takes_no_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    redact(text, "ru", Sender("Айгуль"), WORDS)
    assert time.process_time() - begun < 1

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.languages import CODES, LANGUAGES
from schoolctl.domain.languages.rules import words

UNITS = ("", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
TENS = ("", "он", "жиырма", "отыз", "қырық", "елу")
FRONT, BACK, VOICELESS = "әеөүі", "аоұы", "пткқсшщчцхфһ"
MONTHS = (
    ("қаңтар", "қаңтарда"), ("ақпан", "ақпанда"), ("наурыз", "наурызда"), ("сәуір", "сәуірде"),
    ("мамыр", "мамырда"), ("маусым", "маусымда"), ("шілде", "шілдеде"), ("тамыз", "тамызда"),
    ("қыркүйек", "қыркүйекте"), ("қазан", "қазанда"), ("қараша", "қарашада"), ("желтоқсан", "желтоқсанда"),
)  # fmt: skip


def _spoken(number: int) -> str:
    if number == 0:
        return "нөл"
    return f"{TENS[number // 10]} {UNITS[number % 10]}".strip()


def _locative(word: str) -> str:
    """The suffix by the rules of the language: its vowel follows the last clear vowel, its consonant the last sound."""
    vowel = next(letter for letter in reversed(word) if letter in FRONT + BACK)
    return ("т" if word[-1] in VOICELESS else "д") + ("е" if vowel in FRONT else "а")


@pytest.mark.parametrize("hour", range(24))
def test_every_minute_takes_the_ending_of_its_last_spoken_number(hour: int) -> None:
    kazakh = LANGUAGES["kk"]
    for minute in range(60):
        last_spoken = _spoken(minute or hour)
        expected = f"{hour:02}:{minute:02}-{_locative(last_spoken)}"
        assert kazakh.hour_in_sentence(dt.time(hour, minute)) == expected
        assert kazakh.hour(dt.time(hour, minute)) == f"{hour:02}:{minute:02}"


def test_the_independent_rules_give_what_grammars_list() -> None:
    listed = {
        "де": "бір екі жеті сегіз елу нөл",
        "те": "үш төрт бес",
        "да": "алты тоғыз он жиырма отыз",
        "та": "қырық",
    }
    assert {word: _locative(word) for numerals in listed.values() for word in numerals.split()} == {
        word: ending for ending, numerals in listed.items() for word in numerals.split()
    }


@pytest.mark.parametrize(
    ("hour", "shown"),
    [("17:00", "17:00-де"), ("18:30", "18:30-да"), ("18:40", "18:40-та"), ("15:00", "15:00-те"), ("00:00", "00:00-де")],
)
def test_hours_as_the_center_writes_them(hour: str, shown: str) -> None:
    assert LANGUAGES["kk"].hour_in_sentence(dt.time.fromisoformat(hour)) == shown


@pytest.mark.parametrize(("month", "name", "locative"), [(number, *names) for number, names in enumerate(MONTHS, 1)])
def test_the_twelve_locatives(month: int, name: str, locative: str) -> None:
    kazakh, day = LANGUAGES["kk"], dt.date(2022, month, 3)
    assert locative == name + _locative(name)
    assert kazakh.day(day) == f"3 {name}"
    assert kazakh.date(day) == f"2022 жылғы 3 {name}"
    assert kazakh.day_in_sentence(day) == f"3 {locative}"
    assert kazakh.date_in_sentence(day) == f"2022 жылғы 3 {locative}"


@pytest.mark.parametrize(
    ("language", "day", "shown", "in_sentence"),
    [
        ("kk", "2022-05-19", "19 мамыр", "19 мамырда"),
        ("kk", "2022-03-16", "16 наурыз", "16 наурызда"),
        ("ru", "2022-05-19", "19 мая", "19 мая"),
        ("en", "2022-05-19", "May 19", "May 19"),
    ],
)
def test_days_as_the_center_writes_them(language: str, day: str, shown: str, in_sentence: str) -> None:
    rules = LANGUAGES[language]
    assert rules.day(dt.date.fromisoformat(day)) == shown
    assert rules.day_in_sentence(dt.date.fromisoformat(day)) == in_sentence


@pytest.mark.parametrize(
    ("language", "shown", "in_sentence"),
    [
        ("kk", "2022 жылғы 3 ақпан", "2022 жылғы 3 ақпанда"),
        ("ru", "3 февраля 2022 года", "3 февраля 2022 года"),
        ("en", "February 3, 2022", "February 3, 2022"),
    ],
)
def test_dates_with_a_year_as_the_center_writes_them(language: str, shown: str, in_sentence: str) -> None:
    assert LANGUAGES[language].date(dt.date(2022, 2, 3)) == shown
    assert LANGUAGES[language].date_in_sentence(dt.date(2022, 2, 3)) == in_sentence


@pytest.mark.parametrize(
    ("language", "months"),
    [
        ("ru", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
        ("en", "January February March April May June July August September October November December"),
    ],
)
def test_months_in_order(language: str, months: str) -> None:
    assert LANGUAGES[language].months == tuple(months.split())


@pytest.mark.parametrize(
    ("language", "span"), [("kk", "18:30 – 21:15"), ("ru", "18:30 — 21:15"), ("en", "18:30 – 21:15")]
)
def test_a_span_has_the_dash_of_its_language(language: str, span: str) -> None:
    starts, ends = dt.datetime(2026, 12, 10, 18, 30, tzinfo=dt.UTC), dt.datetime(2026, 12, 10, 21, 15, tzinfo=dt.UTC)
    assert LANGUAGES[language].span(starts, ends) == span


@pytest.mark.parametrize(("language", "hour"), [("ru", "18:30"), ("en", "18:30")])
def test_russian_and_english_hours_take_no_ending(language: str, hour: str) -> None:
    assert LANGUAGES[language].hour_in_sentence(dt.time(18, 30)) == hour


@pytest.mark.parametrize(
    ("language", "zone", "shown"),
    [
        ("kk", "Asia/Almaty", "(Алматы уақыты)"),
        ("ru", "Asia/Almaty", "(время Алматы)"),
        ("en", "Asia/Almaty", "(Almaty time)"),
        ("ru", "Europe/Moscow", "(московское время)"),
        ("en", "Europe/Berlin", "(UTC+1)"),
        ("ru", "Asia/Kathmandu", "(UTC+5:45)"),
        ("kk", "America/St_Johns", "(UTC-3:30)"),
        ("en", "UTC", "(UTC+0)"),
    ],
)
def test_the_zone_is_always_named(language: str, zone: str, shown: str) -> None:
    assert LANGUAGES[language].zone(dt.datetime(2026, 12, 10, 18, 30, tzinfo=ZoneInfo(zone))) == shown


def test_an_hour_without_a_zone_counts_as_utc() -> None:
    assert LANGUAGES["en"].zone(dt.datetime(2026, 12, 10, 18, 30)) == "(UTC+0)"  # noqa: DTZ001 - the case itself


@pytest.mark.parametrize(("language", "shown"), [("kk", "«миелома»"), ("ru", "«миелома»"), ("en", "“миелома”")])
def test_quotation_marks(language: str, shown: str) -> None:
    assert LANGUAGES[language].quoted("миелома") == shown


@pytest.mark.parametrize(
    ("language", "items", "shown"),
    [
        ("kk", ["а", "б", "в"], "а, б және в"),
        ("ru", ["а", "б"], "а и б"),
        ("en", ["a", "b", "c", "d"], "a, b, c and d"),
        ("ru", ["а"], "а"),
        ("en", [], ""),
    ],
)
def test_a_list_is_joined_in_its_language(language: str, items: list[str], shown: str) -> None:
    assert LANGUAGES[language].listed(items) == shown


def test_languages_are_known_by_their_codes() -> None:
    assert list(LANGUAGES) == ["kk", "ru", "en"] == list(CODES)
    assert len(LANGUAGES) == 3
    assert {code: rules.code for code, rules in LANGUAGES.items()} == {"kk": "kk", "ru": "ru", "en": "en"}


@pytest.mark.parametrize("code", ["de", "rules", "", "__init__"])
def test_an_unknown_language_is_not_there(code: str) -> None:
    assert code not in LANGUAGES
    with pytest.raises(KeyError):
        LANGUAGES[code]


@pytest.mark.parametrize("code", ["ru", "en"])
def test_every_language_names_the_same_themes_and_zones(code: str) -> None:
    assert LANGUAGES[code].themes.keys() == LANGUAGES["kk"].themes.keys()
    assert LANGUAGES[code].zones.keys() == LANGUAGES["kk"].zones.keys()
    assert len(LANGUAGES[code].months) == 12


def test_a_list_of_words_is_read_from_a_text() -> None:
    assert words(" бір екі\n  үш екі ") == frozenset({"бір", "екі", "үш"})


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        *(("ru", number, "вопрос") for number in (1, 21, 101)),
        *(("ru", number, "вопроса") for number in (2, 3, 4, 22, 104)),
        *(("ru", number, "вопросов") for number in (0, 5, 11, 12, 13, 14, 20, 111, 112)),
        ("kk", 1, "вопрос"),
        ("en", 1, "вопрос"),
        *((language, number, "вопросов") for language in ("kk", "en") for number in (0, 2, 21)),
    ],
)
def test_a_noun_goes_with_its_number(language: str, number: int, form: str) -> None:
    assert LANGUAGES[language].plural(number, "вопрос", "вопроса", "вопросов") == form


@pytest.mark.parametrize(
    ("language", "text", "quoted"),
    [
        ("ru", "a", "«a»"),
        ("kk", "«a» б", "«„a“ б»"),
        ("ru", "«a» б", "«„a“ б»"),
        ("en", "a", "“a”"),
        ("en", "the “a” b", "“the ‘a’ b”"),
    ],
)
def test_quotation_marks_inside_others_are_the_inner_ones(language: str, text: str, quoted: str) -> None:
    assert LANGUAGES[language].quoted(text) == quoted

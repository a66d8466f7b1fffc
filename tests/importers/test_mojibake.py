"""Repair of text that was read in a wrong encoding, and the peace of text that was not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.importers.mojibake import letter_fit, repair_mojibake

SALT = "Можно ли есть соль? И снова: Россия"
SUGAR = "Қант диабеті кезінде не жеуге болады?"


def misread_utf8(text: str, codec: str) -> str:
    """UTF-8 as programs read it that keep the bytes a code page does not define."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


def misread(text: str, written: str, read: str) -> str:
    return "".join(bytes([byte]).decode(read, "ignore") or chr(byte) for byte in text.encode(written))


CODE_PAGES = ("koi8-r", "cp866", "cp1251", "mac-cyrillic", "iso8859-5")
MISREADINGS = [(written, read) for written in CODE_PAGES for read in (*CODE_PAGES, "latin-1") if written != read]


@pytest.mark.parametrize(
    ("garbled", "text"),
    [
        ("Centerâ€™s", "Center’s"),
        ("ðŸ“…", "📅"),
        ("РџСЂРёРІРµС\u201a", "Привет"),
        ("Здравствуйте. РџСЂРёРІРµС\u201a, РґСЂСѓР·СЊСЏ", "Здравствуйте. Привет, друзья"),
        ("Имя: Ðàìèëÿ Íåâûìûøëåííàÿ", "Имя: Рамиля Невымышленная"),
        ("Is it safe? \x93Yes\x94", "Is it safe? “Yes”"),
        ("СЃРѕР»СЊ\nи вода", "соль\nи вода"),
        *[(misread_utf8(SALT, codec), SALT) for codec in ("cp1251", "cp1252", "latin-1", "koi8-r", "cp866")],
        *[(misread_utf8(SUGAR, codec), SUGAR) for codec in ("cp1251", "cp1252", "latin-1", "koi8-r", "cp866")],
        *[(misread_utf8(SALT, codec), SALT) for codec in ("mac-cyrillic", "iso8859-5")],
        *[(misread_utf8(misread_utf8(text, "cp1251"), "cp1251"), text) for text in (SALT, SUGAR)],
        *[(misread_utf8(misread_utf8(text, "cp1252"), "cp1252"), text) for text in (SALT, SUGAR)],
        *[(misread(SALT, written, read), SALT) for written, read in MISREADINGS],
        (misread(SUGAR, "kz1048", "cp1251"), SUGAR),
    ],
)
def test_garbled_text_is_restored(garbled: str, text: str) -> None:
    mended, repairs = repair_mojibake(garbled)
    assert mended == text
    assert repairs
    assert all(repair.startswith("garbled letters restored (") for repair in repairs)


@pytest.mark.parametrize(
    ("garbled", "repair"),
    [
        ("РџСЂРёРІРµС\u201a", "garbled letters restored (utf-8 read as windows-1251)"),
        ("Centerâ€™s", "garbled letters restored (utf-8 read as windows-1252)"),
        (misread_utf8(SALT, "koi8-r"), "garbled letters restored (utf-8 read as koi8-r)"),
        (misread(SALT, "cp1251", "latin-1"), "garbled letters restored (windows-1251 read as windows-1252)"),
        (misread(SUGAR, "kz1048", "cp1251"), "garbled letters restored (kz1048 read as windows-1251)"),
        ("“Yes\x94", "garbled letters restored (windows-1252 read as latin-1)"),
    ],
)
def test_the_repair_says_what_had_happened(garbled: str, repair: str) -> None:
    assert repair_mojibake(garbled)[1] == (repair,)


LOST_I = "damaged: a lost letter was restored as И"
DOUBTFUL_I = "damaged: a letter was lost on the way (И may stand as Р)"
RESTORED = "garbled letters restored (utf-8 read as windows-1251)"


@pytest.mark.parametrize(
    ("garbled", "text", "repairs"),
    [
        (misread_utf8("История болезни", "cp1251").replace("\x98", "\ufffd"), "История болезни", (LOST_I, RESTORED)),
        (misread_utf8("История болезни", "cp1251").replace("\x98", ""), "История болезни", (LOST_I, RESTORED)),
        (misread_utf8("Россия и сон", "cp1251").replace("\xa0", " "), "Р оссия и сон", (RESTORED, DOUBTFUL_I)),
        ("Привет\ufffd", "Привет\ufffd", ("damaged: some characters could not be read",)),
        ("ÐÑÐ\xb8Ð²ÐµÑ, Ð\xb4ÑÑÐ·ÑÑ", "ÐÑÐ\xb8Ð²ÐµÑ, Ð\xb4ÑÑÐ·ÑÑ", ("damaged: garbled text could not be restored",)),
    ],
)
def test_lost_letters_are_named(garbled: str, text: str, repairs: tuple[str, ...]) -> None:
    assert repair_mojibake(garbled) == (text, repairs)


CLEAN = (
    "“quotes” — «ёлочки» № 5, 37,5° ½ … 😀 👩‍⚕️",
    "С уважением, Ерлан",
    "С\u00a0уважением, Ерлан",
    "С…",
    "КЕРІСІНШЕ БІР РІМ",
    "ІРІМШІК ЖЕУГЕ БОЛА МА?",
    "МОЖНО ЛИ КОФЕ?",
    "ИМТ = 27",
    "Crème brûlée, Müller, José, Øystein, Straße, naïve café",
    "—Да, —Нет",
    "Зверніться до лікаря, її є",
    "Ђорђе Јовановић",
    "ўзбек",
    "iPhone у меня, iOS, мРНК, кДж, дБ, кВт, β-блокаторы",
    "x² ≥ 5 µg, §3, ©®™",
    "Ð",
    "Сәлеметсіз бе? Ұйқы қашты, Һәм",
    "",
    "Can I drink coffee?",
)


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_left_alone(text: str) -> None:
    assert repair_mojibake(text) == (text, ())


RUSSIAN = [
    "можно",
    "ли",
    "есть",
    "соль",
    "при",
    "диабете",
    "врач",
    "сон",
    "уже",
    "ещё",
    "объём",
    "Айгерим",
    "МРТ",
    "«да»",
]
KAZAKH = ["тұзды", "жеуге", "бола", "ма", "қант", "диабеті", "өлшеу", "дәрігер", "ұйқы", "ғана", "Әлия", "ҚАНТ", "һәм"]
ENGLISH = ["is", "salt", "I", "“quoted”", "doctor’s", "café", "😀", "№", "5", "37.5°", "½", "–", "…", "CT"]


@given(st.lists(st.sampled_from(RUSSIAN + KAZAKH + ENGLISH), max_size=30).map(" ".join))
def test_no_clean_text_is_ever_changed(text: str) -> None:
    assert repair_mojibake(text) == (text, ())


@given(st.lists(st.sampled_from(RUSSIAN + KAZAKH), min_size=3, max_size=20).map(" ".join))
def test_utf8_read_as_windows_1251_or_1252_is_always_restored(text: str) -> None:
    assert repair_mojibake(misread_utf8(text, "cp1251"))[0] == text
    assert repair_mojibake(misread_utf8(text, "cp1252"))[0] == text


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    mended, repairs = repair_mojibake(text)
    assert mended == text or repairs


def test_the_likelier_reading_has_the_higher_fit() -> None:
    right, wrong = "Привет", "оПХБЕР"
    assert letter_fit(right) > letter_fit(wrong) + 9
    assert letter_fit("hello") == 0

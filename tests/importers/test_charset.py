"""Decoding of bytes in every encoding that patients' mails, forms and exports come in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.importers.charset import ONE_BYTE_ENCODINGS, DecodedText, decode_text, detect_encoding

# The weights of the letter statistics were chosen while looking at these...
PHRASES = (
    "Привет",
    "Можно ли есть соль?",
    "Как часто нужно мерить давление?",
    "Сколько воды можно пить в день?",
    "Болит голова",
    "ЗДРАВСТВУЙТЕ",
    "ПОЧЕМУ ПОВЫШАЕТСЯ САХАР?",
    "Нужно ли делать прививку от гриппа при диабете?",
    "Анализы",
    "Ферритин 12, это мало?",
    "Ёлка, ёжик и объём",
    "Что такое аритмия?",
    "Мне 67 лет, принимаю бисопролол. Можно ли ходить в бассейн?",
    "Добрый день! Подскажите, пожалуйста, какие продукты снижают холестерин?",
    "Цена?",
    "Щитовидная железа",
    "Эхо",
    "Юлия Невымышленная",
    "Ахметова Айгерим",
    "Спасибо",
    "«Омега-3» полезна?",
    "Таблетки № 20",
    "Температура 37,5° держится неделю",
    "Какая норма гемоглобина — 120 или 140?",
    "Можно кофе?",
    "Гипертония",
    "Инсулин",
    "у меня болит спина уже 3 недели",
    "почему отекают ноги",
    "съезд врачей",
    "Сәлеметсіз бе",
    "Қант диабеті кезінде не жеуге болады?",
    "Тұзды жеуге бола ма?",
    "Қан қысымын қалай өлшеу керек?",
    "Дәрігерге қашан көріну керек?",
    "Балама екпе салуға бола ма?",
    "Жүрек ауырады",
    "Ұйқы қашты, не істеймін?",
    "Күніне қанша су ішу керек?",
    "Дене қызуы көтерілсе ше?",
    "Рахмет",
    "Ем-дәм",
    "Өкпе",
    "Ғалия Ойдағықызы",
    "ҚАНТ ДИАБЕТІ",
    "Ыстық тамақ ішуге бола ма?",
    "Һәм",
    "Аяқ-қолым ұйып қалады",
    "Бүйрек тасы бар, қандай диета керек?",
    "Инсулинді қалай салады?",
    "Can I drink coffee with these pills?",
    "How often should I check my blood pressure?",
    "“Is salt bad for me?”",
    "Crème brûlée and diabetes",
    "Café au lait – is it allowed?",
    "naïve question",
    "Doctor’s advice",
    "What is 37.5° in Fahrenheit?",
    "Müller",
    "Thanks…",
    "José asks about insulin",
    "Is ½ tablet enough?",
    "Здравствуйте, меня зовут Ерлан. У отца инсульт, что делать дальше?",
    "Қайырлы күн! Менің анам 70 жаста, буындары ауырады.",
    "Диета № 9",
)
# ...and never at these.
OTHER_PHRASES = (
    "Что делать при изжоге?",
    "Как правильно хранить инсулин летом?",
    "Можно ли беременным МРТ?",
    "Боюсь операции. Это нормально?",
    "щемит в груди",
    "НЕ СПЛЮ НОЧАМИ",
    "Сыну 5 лет, кашляет",
    "Объясните анализ: СОЭ 25",
    "Эндокринолог принимает?",
    "Ещё раз спасибо!",
    "Балаларға дәрумен керек пе?",
    "Асқазаным ауырады",
    "Көзім нашар көреді, не істеу керек?",
    "Қан тапсыру алдында тамақ ішуге бола ма?",
    "Шашым түсіп жатыр",
    "ЖҮКТІЛІК КЕЗІНДЕ",
    "Ұлыма үш жас",
    "Is a low-salt diet enough for me?",
    "My café visits – too much sugar?",
    "It’s been 3 weeks…",
)


def read_rightly(phrases: tuple[str, ...], encoding: str) -> tuple[int, int]:
    """How many of the phrases that `encoding` can write with bytes above 127 are read rightly, and how many it can."""
    written = [(phrase, phrase.encode(encoding)) for phrase in phrases if is_writable(phrase, encoding)]
    telling = [(phrase, data) for phrase, data in written if not data.isascii()]
    return sum(decode_text(data).text == phrase for phrase, data in telling), len(telling)


def is_writable(phrase: str, encoding: str) -> bool:
    return phrase.encode(encoding, "ignore").decode(encoding) == phrase


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", (63, 63)),
        ("windows-1251", (36, 37)),
        ("kz1048", (56, 57)),
        ("koi8-r", (30, 30)),
        ("ibm866", (32, 32)),
        ("mac-cyrillic", (34, 37)),
        ("iso-8859-5", (30, 30)),
        ("ptcp154", (54, 57)),
        ("windows-1252", (10, 10)),
    ],
)
def test_short_phrases_are_read_without_any_declaration(encoding: str, expected: tuple[int, int]) -> None:
    assert read_rightly(PHRASES, encoding) == expected


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("windows-1251", (11, 11)),
        ("kz1048", (18, 18)),
        ("koi8-r", (9, 10)),
        ("ibm866", (10, 10)),
        ("mac-cyrillic", (10, 11)),
        ("iso-8859-5", (10, 10)),
        ("ptcp154", (18, 18)),
        ("windows-1252", (2, 2)),
    ],
)
def test_phrases_never_seen_before_are_read_as_well(encoding: str, expected: tuple[int, int]) -> None:
    assert read_rightly(OTHER_PHRASES, encoding) == expected


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_read(encoding: str) -> None:
    wrong = [phrase for phrase in PHRASES + OTHER_PHRASES if decode_text(phrase.encode(encoding)).text != phrase]
    assert wrong == []


SALT = "Можно ли есть соль?"
LONG = "Можно ли есть соль? А сахар? Врач сказал, что нельзя. Спасибо"
KAZAKH = "Тұзды жеуге бола ма?"


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (b"", "", DecodedText("", "ascii")),
        (b"Can I?", "koi8-r", DecodedText("Can I?", "ascii")),
        (SALT.encode("utf-8-sig"), "", DecodedText(SALT, "utf-8")),
        (SALT.encode("utf-8-sig"), "windows-1251", DecodedText(SALT, "utf-8")),
        (b"\xff\xfe" + SALT.encode("utf-16-le"), "", DecodedText(SALT, "utf-16-le")),
        (b"\xfe\xff" + SALT.encode("utf-16-be"), "", DecodedText(SALT, "utf-16-be")),
        (SALT.encode("utf-32"), "", DecodedText(SALT, "utf-32-le")),
        (SALT.encode(), "", DecodedText(SALT, "utf-8")),
        (SALT.encode(), "UTF-8", DecodedText(SALT, "utf-8")),
        (SALT.encode(), "utf-8-sig", DecodedText(SALT, "utf-8")),
        (SALT.encode(), "us-ascii", DecodedText(SALT, "utf-8", ("read as utf-8",))),
        (SALT.encode(), "windows-1251", DecodedText(SALT, "utf-8", ("read as utf-8",))),
        (SALT.encode("cp1251"), "windows-1251", DecodedText(SALT, "windows-1251")),
        (SALT.encode("cp1251"), ' "Windows-1251"; ', DecodedText(SALT, "windows-1251")),
        (SALT.encode("cp1251"), "win-1251", DecodedText(SALT, "windows-1251")),
        (SALT.encode("cp1251"), "iso-8859-1", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("cp1251"), "us-ascii", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("cp1251"), "utf-8", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("cp1251"), "x-unknown", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("cp1251"), "base64", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("cp1251"), "punycode", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("cp1251"), "a\0b", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("cp1251"), "кодировка", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("cp1251"), "w" * 5000, DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("cp1251"), "utf-16", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        (SALT.encode("koi8-r"), "koi8-r", DecodedText(SALT, "koi8-r")),
        (SALT.encode("cp1251"), "koi8-r", DecodedText(SALT, "windows-1251", ("read as windows-1251",))),
        # An organiser's own program may well send Ukrainian or Serbian: the declaration is kept.
        ("Її їжа".encode("cp1251"), "windows-1251", DecodedText("Її їжа", "windows-1251")),
        (KAZAKH.encode("kz1048"), "", DecodedText(KAZAKH, "kz1048", ("read as kz1048",))),
        (KAZAKH.encode("kz1048"), "strk1048-2002", DecodedText(KAZAKH, "kz1048")),
        ("日本".encode("iso2022_jp"), "iso-2022-jp", DecodedText("日本", "iso2022_jp")),
        (SALT.encode("utf-16-le"), "utf-8", DecodedText(SALT, "utf-16-le", ("read as utf-16-le",))),
        (SALT.encode("utf-16-le"), "koi8-r", DecodedText(SALT, "utf-16-le", ("read as utf-16-le",))),
    ],
)
def test_the_ladder(data: bytes, declared: str, expected: DecodedText) -> None:
    assert decode_text(data, declared) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            SALT.encode() + b"\xff!",
            DecodedText(SALT + "\ufffd!", "utf-8", ("damaged: 1 byte could not be read",)),
        ),
        (
            SALT.encode() + b"\xed\xa0\x80",
            DecodedText(SALT + "\ufffd" * 3, "utf-8", ("damaged: 3 bytes could not be read",)),
        ),
        (
            LONG.encode("cp1251") + b" \x98",
            DecodedText(
                LONG + " \ufffd", "windows-1251", ("read as windows-1251", "damaged: 1 byte could not be read")
            ),
        ),
        (
            b"\xff\xfe" + SALT.encode("utf-16-le") + b"\x00\xd8",
            DecodedText(SALT + "\ufffd", "utf-16-le", ("damaged: 1 byte could not be read",)),
        ),
    ],
)
def test_damage_is_counted_and_leaves_no_surrogate(data: bytes, expected: DecodedText) -> None:
    assert decode_text(data) == expected


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        (b"", "utf-8"),
        (b"question,name\n", "utf-8"),
        (SALT.encode("utf-8-sig"), "utf-8-sig"),
        (SALT.encode("utf-16"), "utf-16"),
        (SALT.encode("utf-16-be"), "utf-16-be"),
        ((SALT * 9).encode()[:-4] + b"\xd0", "utf-8"),
        (SALT.encode("cp1251"), "windows-1251"),
        (SALT.encode("cp866"), "ibm866"),
    ],
)
def test_a_file_is_told_by_its_first_bytes(sample: bytes, expected: str) -> None:
    assert detect_encoding(sample) == expected


@given(
    st.one_of(st.binary(max_size=300), st.sampled_from(PHRASES).map(lambda text: text.encode("cp1251", "ignore"))),
    st.one_of(
        st.text(max_size=20), st.sampled_from(["utf-8", "utf-7", "idna", "hz", "mbcs", "cp932", "utf-32", "rot13"])
    ),
)
def test_any_bytes_under_any_declaration_become_text(data: bytes, declared: str) -> None:
    decoded = decode_text(data, declared)
    decoded.text.encode("utf-8")
    assert "".encode(decoded.encoding) is not None
    assert detect_encoding(data) in {
        *ONE_BYTE_ENCODINGS,
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
    }

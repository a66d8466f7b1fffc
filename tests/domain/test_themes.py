from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.theme_model import THEMES, is_plain_phrase, phrase_fault
from schoolctl.domain.themes import Keyword, ThemeGuess, compile_keywords, guess_themes

KEYWORDS = compile_keywords(
    [
        Keyword("тамақ*", "diet", 4),
        Keyword("кефир", "diet", 4),
        Keyword("диет*", "diet", 3),
        Keyword("сколько … живут", "prognosis", 6),
        Keyword("сколько ... жить", "prognosis", 6),
        Keyword("живут", "prognosis", 2),
        Keyword("*тиниб*", "treatment", 1),
        Keyword("# мг", "treatment", 2),
        Keyword("jak2", "diagnosis", 3),
        Keyword("химия*", "treatment", 2),
        Keyword("тошнит", "side_effects", 4),
        Keyword("қан құю", "treatment", 4),
        Keyword("прививк*", "infections_vaccines", 6),
        Keyword("асқын*", "side_effects", 6),
        Keyword("…", "diet", 9),
        Keyword("баня", "no such theme", 9),
    ],
    asking=["можно ли"],
)


@pytest.mark.parametrize(
    ("text", "themes", "reasons"),
    [
        ("Какая нужна ДИЕТА?", ("diet",), ('diet: "диета"',)),
        ("Тамак калай болу керек", ("diet",), ('diet: "тамак"',)),
        ("tamaq qandai bolu kerek", ("diet",), ('diet: "tamaq"',)),
        ("Кефир, тамақтан кейін?", ("diet",), ('diet: "кефир", "тамақтан"',)),
        ("сколько с этим люди живут", ("prognosis",), ('prognosis: "сколько живут"',)),
        ("сколько ещё жить", ("prognosis",), ('prognosis: "сколько жить"',)),
        ("пью 2.5 мг", ("treatment",), ('treatment: "2.5 мг"',)),
        ("Imatinib?", ("treatment",), ('treatment: "imatinib"',)),
        ("JAK2+ что это", ("diagnosis",), ('diagnosis: "jak 2"',)),
        ("кан кую керек", ("treatment",), ('treatment: "кан кую"',)),
        ("himiya kerek pe", ("treatment",), ('treatment: "himiya"',)),
        ("Тошнит. Можно ли прививку", ("infections_vaccines",), ('infections_vaccines: "прививку"',)),
        (
            "Тошнит, а прививку можно?",
            ("infections_vaccines", "side_effects"),
            ('infections_vaccines: "прививку"', 'side_effects: "тошнит"'),
        ),
    ],
)
def test_the_words_found_tell_the_theme(text: str, themes: tuple[str, ...], reasons: tuple[str, ...]) -> None:
    assert guess_themes(text, KEYWORDS) == ThemeGuess(themes, reasons)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "баня",
        "Asking for my father",  # sounds like "асқын", but the text is English
        "сколько лет уже в одном доме живутся",
        "сколько один два три четыре жить",
        "сколько",
        "кефиром",
        "мг",
    ],
)
def test_without_words_of_the_lists_it_is_another_question(text: str) -> None:
    assert guess_themes(text, KEYWORDS) == ThemeGuess(
        ("other",), ("other: no word of the lists speaks for another theme",)
    )


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("диета", 3.0),
        ("кефир, опять кефир", 4.0),
        ("кефир и диета", 4 + 0.7 * 3),
        ("Диета. А прививка?", 1.5),
        ("Диета. Можно ли прививку", 1.5),
        ("Диета\n\nМожно ли прививку", 1.5),
        ("Можно ли прививку, когда\nдиета", 3.0),
        ("... диета", 3.0),
    ],
)
def test_points(text: str, points: float) -> None:
    assert KEYWORDS.scores(text)[THEMES.index("diet")] == pytest.approx(points)


def test_the_stronger_phrase_hides_the_weaker_word_in_it() -> None:
    assert KEYWORDS.scores("сколько живут")[THEMES.index("prognosis")] == pytest.approx(6.0)


def test_at_most_four_words_are_shown() -> None:
    keywords = compile_keywords([Keyword(f"слово{letter}", "diet", 1) for letter in "абвгд"])
    (reason,) = guess_themes("словоа", keywords).reasons
    assert reason == 'diet: "словоа"'
    different = compile_keywords([Keyword(word, "diet", 1) for word in ("один", "два", "три", "пять", "семь")])
    assert guess_themes("один два три пять семь", different).reasons == ('diet: "один", "два", "три", "пять"',)


def test_of_two_equal_themes_the_one_with_words_of_its_own_wins() -> None:
    keywords = compile_keywords([Keyword("ем", "treatment", 4), Keyword("ас", "diet", 4)])
    assert guess_themes("ем ас", keywords).themes == ("diet", "treatment")


BODY = compile_keywords(
    [
        Keyword("болит", "complaint", 3),
        Keyword("сыпь", "complaint", 4),
        Keyword("химия*", "medicine", 2),
        Keyword("*тиниб*", "medicine", 1),
        Keyword("симптом*", "symptoms", 5),
        Keyword("анализ", "diagnosis", 4),
        Keyword("баня", "lifestyle", 4),
    ]
)


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Болит и сыпь, что это?", ("symptoms",)),
        ("Сыпь от иматиниба?", ("side_effects",)),
        ("Пью дазатиниб. Болит голова?", ("side_effects",)),
        ("Симптомы до дазатиниба: сыпь?", ("symptoms", "side_effects")),
        ("Химия нужна?", ("treatment",)),
    ],
)
def test_what_the_body_feels_is_laid_to_the_treatment_when_one_is_named(text: str, themes: tuple[str, ...]) -> None:
    assert guess_themes(text, BODY).themes == themes


def test_complaints_and_medicines_are_no_themes() -> None:
    assert {keyword.theme for keyword in BODY.keywords} == {"symptoms", "diagnosis", "lifestyle"}
    assert guess_themes("сыпь", BODY) == ThemeGuess(("symptoms",), ('symptoms: "сыпь"',))


@pytest.mark.parametrize(
    ("text", "theme", "points"),
    [("анализ", "diagnosis", 3.6), ("химия", "treatment", 1.8), ("баня", "lifestyle", 4.0)],
)
def test_words_for_treatment_and_tests_weigh_a_little_less(text: str, theme: str, points: float) -> None:
    assert BODY.scores(text)[THEMES.index(theme)] == pytest.approx(points)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("qan kuiu", "treatment"),  # two short whole words
        ("tamagy", "other"),  # a beginning of four letters would fit by chance
        ("tamaqqa", "diet"),
    ],
)
def test_short_beginnings_are_not_looked_up_by_their_sound(text: str, theme: str) -> None:
    keywords = compile_keywords(
        [Keyword("қан құю", "treatment", 4), Keyword("тама*", "lifestyle", 4), Keyword("тамақ*", "diet", 4)]
    )
    assert guess_themes(text, keywords).themes == (theme,)


def test_words_are_remembered_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolctl.domain.themes._MOST_KNOWN", 1)
    keywords = compile_keywords([Keyword("диет*", "diet", 3)])
    assert guess_themes("какая диета", keywords) == guess_themes("диета какая", keywords)


@pytest.mark.parametrize("phrase", ["диет*", "*тиниб*", "сколько … живут", "# мг", "bcr-abl", "co2", "что ... есть"])
def test_a_right_phrase(phrase: str) -> None:
    assert phrase_fault(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("…", "there is no word in it"),
        ("!!!", "there is no word in it"),
        ("#", "there is no word in it"),
        ("под*ся", "a * stands only before or behind a word"),
        ("диет**", "a * stands only before or behind a word"),
        ("моя * диета", "a * stands only before or behind a word"),
        ("ж*", "a word with a * needs 2 letters"),
    ],
)
def test_a_wrong_phrase(phrase: str, fault: str) -> None:
    assert phrase_fault(phrase) == fault


@pytest.mark.parametrize(
    ("phrase", "is_plain"),
    [
        ("диет*", True),
        ("*тиниб*", True),
        ("сколько … живут", True),
        ("қан құю", True),
        ("# мг", True),
        ("bcr-abl", True),
        ("б12", True),
        ("", False),
        ("#", False),
        ("… 12", False),
        ("ж*", False),
        ("диет**", False),
        ("а * б", False),
        (" диета", False),
        ("два  слова", False),
        ("диета\n", False),
        ("can't", False),
        ("что ... есть", False),
    ],
)
def test_plain_phrases(phrase: str, *, is_plain: bool) -> None:
    assert is_plain_phrase(phrase) == is_plain


@given(st.text(alphabet="аәb1*… #-'\n", max_size=12))
def test_a_plain_phrase_has_no_fault(phrase: str) -> None:
    assert not is_plain_phrase(phrase) or (phrase_fault(phrase) is None and phrase == " ".join(phrase.split()))


@given(st.text(max_size=300))
def test_any_text_gets_one_or_two_themes_with_a_reason(text: str) -> None:
    guess = guess_themes(text, KEYWORDS)
    assert 1 <= len(guess.themes) <= 2
    assert set(guess.themes) <= set(THEMES)
    assert guess.reasons
    assert guess == guess_themes(text, KEYWORDS)


@given(st.text(max_size=60))
def test_any_phrase_can_be_compiled(phrase: str) -> None:
    keywords = compile_keywords([Keyword(phrase, "diet", 3)], asking=[phrase])
    assert len(keywords.scores(phrase)) == len(THEMES)
    phrase_fault(phrase)


@pytest.mark.parametrize(
    "piece", ["сколько ", "х", "1,", "?", "*", "сколько живут ", "можно ли ", "\n", "_", "а-", "аа* "]
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    guess_themes(text, KEYWORDS)
    phrase_fault(text)
    is_plain_phrase(text)
    assert time.process_time() - begun < 4

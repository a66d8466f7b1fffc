from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from schoolctl.domain.screening import Cue, compile_phrases, compile_whole, screen
from schoolctl.domain.vocabulary import ScreeningLabel

THANKS = ("thank you", "thank", "you", "thanks", "very much", "спасибо", "спасибо большое", "рахмет*", "👍")


@pytest.mark.parametrize(
    ("phrases", "text"),
    [
        (["ссылк*"], "Где ССЫЛКА на школу?"),
        (["ссылк*"], "дайте ссылк"),
        (["подключит*ся"], "не могу подключиться"),
        (["мне #"], "мне 54 года"),
        (["мне #"], "мне 54,5"),
        (["# мг"], "пью 2.5 мг"),
        (["hb #"], "HB 84!"),
        (["стоит ли мне"], "Стоит\n ли  мне?"),
        (["c++", "a.b"], "на a.b похоже"),
        (["қай тілде"], "ҚАЙ ТІЛДЕ болады"),
        (["один", "", " ", "два"], "раз, два"),
    ],
)
def test_phrases_are_found_as_whole_words(phrases: Sequence[str], text: str) -> None:
    assert compile_phrases(phrases).search(text)


@pytest.mark.parametrize(
    ("phrases", "text"),
    [
        (["зум"], "изюм и зумба"),
        (["link"], "blink links"),
        (["мне #"], "мне пять"),
        (["мне #"], "омне 54"),
        (["# мг"], "5 мгновений"),
        (["a.b"], "aхb"),
        (["стоит ли мне"], "стоит мне ли"),
        ([], "что угодно"),
        (["", "  "], "что угодно"),
        ([""], ""),
    ],
)
def test_phrases_are_not_found_inside_other_words(phrases: Sequence[str], text: str) -> None:
    assert compile_phrases(phrases).search(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Thank you",
        "thank you very much!!!",
        "  Спасибо большое, thanks :)",
        "Рахметтер",
        "РАХМЕТ",
        "thank, you",
        "👍",
        "👍👍👍",
        "спасибо👍 спасибо",
        "... thanks ...",
        "thank\nyou",
    ],
)
def test_a_text_of_nothing_but_the_phrases_fits(text: str) -> None:
    assert compile_whole(THANKS).search(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "😀",
        "thank you, is it hereditary?",
        "Is it hereditary? thanks",
        "thankyou",
        "спасибоспасибо",
        "спасибо, 5",
        "👍 вопрос",
    ],
)
def test_a_text_with_another_word_or_without_words_does_not_fit(text: str) -> None:
    assert compile_whole(THANKS).search(text) is None


def test_a_shorter_phrase_with_a_star_has_its_turn() -> None:
    assert compile_whole(["спасибо", "спаси*"]).search("спасибочки")
    assert compile_whole(["# мг", "#"]).search("5 мг, 6")


@pytest.mark.parametrize("phrases", [[], [""], [" ", ""]])
@pytest.mark.parametrize("text", ["", "!", "спасибо"])
def test_no_phrases_fit_no_text(phrases: Sequence[str], text: str) -> None:
    assert compile_whole(phrases).search(text) is None


@pytest.mark.parametrize("piece", ["thank you ", "thank ", "спасибо, ", "рахмет", "👍", ". ", " ", "!", "thank you x "])
@pytest.mark.parametrize("ending", ["x", ""])
def test_twenty_thousand_characters_take_less_than_a_second(piece: str, ending: str) -> None:
    text = (piece * 20_000)[: 20_000 - 2] + f" {ending}"
    begun = time.perf_counter()
    compile_whole(THANKS).search(text)
    compile_phrases((*THANKS, "# мг", "мне #")).search(text)
    assert time.perf_counter() - begun < 1


def test_a_thousand_thanks_are_thanks_and_one_word_more_is_not() -> None:
    text = "thank you " * 2000
    assert compile_whole(THANKS).search(text)
    assert compile_whole(THANKS).search(f"{text}x") is None


def _cue(name: str, label: ScreeningLabel, weight: int, *phrases: str) -> Cue:
    return Cue(name, label, weight, compile_phrases(phrases))


CUES = (
    _cue("age", "personal", 1, "мне #"),
    _cue("choice", "personal", 1, "стоит ли мне"),
    _cue("link", "logistics", 2, "ссылк*"),
    _cue("thanks", "not_question", 2, "рахмет"),
    _cue("heart", "off_topic", 3, "инфаркт*"),
    _cue("heredity", "general", 5, "по наследству"),
)


@pytest.mark.parametrize(
    ("text", "label", "reasons"),
    [
        ("Передаётся ли миелома по наследству?", "general", ()),
        ("Мне 54, это наследственное?", "general", ()),
        ("Мне 54, стоит ли мне менять лечение?", "personal", ("age", "choice")),
        ("Мне 54, стоит ли мне ждать ссылку?", "logistics", ("link",)),
        ("Рахмет, а ссылка?", "not_question", ("thanks",)),
        ("Был инфаркт, мне 54", "off_topic", ("heart",)),
        ("Был инфаркт, мне 54, стоит ли мне лечиться", "personal", ("age", "choice")),
        ("", "general", ()),
    ],
)
def test_two_points_set_a_message_apart_with_its_reasons(text: str, label: str, reasons: tuple[str, ...]) -> None:
    screening = screen(text, CUES)
    assert (screening.label, screening.reasons) == (label, reasons)


def test_without_cues_everything_is_general() -> None:
    assert screen("ссылка", ()).label == "general"

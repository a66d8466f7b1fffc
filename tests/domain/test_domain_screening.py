from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.phrases import PhraseError
from schoolctl.domain.question import Screening
from schoolctl.domain.screening import THRESHOLD, Cue, Disease, compile_rules, screen
from schoolctl.domain.vocabulary import ScreeningLabel

LISTS = {"me": ("мне", "маме")}


def _cue(name: str, label: ScreeningLabel, weight: int, *phrases: str) -> Cue:
    return Cue(name, label, weight, phrases)


CUES = (
    _cue("age", "personal", 2, "<me> #"),
    Cue("choice", "personal", 3, ("стоит ли <me>",), in_question=True),
    _cue("choice", "personal", 2, "стоит"),
    _cue("in general", "personal", -3, "обычно"),
    _cue("link", "logistics", 4, "ссылк*"),
    Cue("thanks", "not_question", 4, ("рахмет", "спасибо"), is_whole=True),
    Cue("yes", "logistics", 4, ("буду", "спасибо"), is_whole=True),
    _cue("cough", "off_topic", 4, "кашель"),
    _cue("heredity", "general", 5, "по наследству"),
)
DISEASES = (
    Disease("myeloma", is_of_blood=True, names=("миелом*",), hints=("велкейд*",)),
    Disease("cml", is_of_blood=True, names=("хмл",), hints=("гливек*",)),
    Disease("blood", is_of_blood=True, hints=("гемоглобин*",)),
    Disease("cancer care", is_of_blood=True, hints=("химия",)),
    Disease("gout", is_of_blood=False, names=("подагр*",), hints=("аллопуринол*",)),
    Disease("breast", is_of_blood=False, names=("рак груди",), despite=frozenset({"cancer care"})),
)
RULES = compile_rules([(cue, LISTS) for cue in CUES], DISEASES)


@pytest.mark.parametrize(
    ("text", "label", "reasons", "score"),
    [
        ("Передаётся ли миелома по наследству?", "general", (), 0),
        ("Мне 54, это наследственное?", "general", (), 0),
        ("Мне 54, стоит ли мне менять лечение?", "personal", ("age", "choice"), 5),
        ("Мне 54, стоит ли мне менять лечение", "personal", ("age", "choice"), 5),
        ("Мне 54, обычно стоит ли мне менять лечение?", "general", (), 0),
        ("Мне 54, стоит ли мне, стоит?", "personal", ("age", "choice"), 5),
        ("Мне 54, стоит ли маме. А когда?", "personal", ("age", "choice"), 4),
        ("Маме стоит ли мне?", "general", (), 0),
        ("Мне 54, стоит ли мне ждать ссылку?", "logistics", ("link",), 4),
        ("Рахмет, а ссылка?", "logistics", ("link",), 4),
        ("Рахмет! спасибо", "not_question", ("thanks",), 4),
        ("буду, спасибо", "logistics", ("yes",), 4),
        ("кашель", "off_topic", ("cough",), 4),
        ("кашель при миеломе", "general", (), 0),
        ("", "not_question", ("no words in it",), 4),
        ("👍 ...?", "not_question", ("no words in it",), 4),
    ],
)
def test_four_points_set_a_message_apart_with_its_reasons(
    text: str, label: ScreeningLabel, reasons: tuple[str, ...], score: int
) -> None:
    assert screen(text, RULES) == Screening(label, reasons, score)


@pytest.mark.parametrize(
    ("text", "topic", "matter"),
    [
        ("Подагра замучила", (), "gout"),
        ("Подагра замучила", ("myeloma",), "gout"),
        ("Подагра и миелома", (), None),
        ("Подагра, гемоглобин низкий", ("myeloma",), None),
        ("Аллопуринол пью", (), None),
        ("У меня ХМЛ", (), None),
        ("У меня ХМЛ", ("cml",), None),
        ("У меня ХМЛ", ("myeloma",), "cml"),
        ("ХМЛ и миелома", ("myeloma",), None),
        ("ХМЛ, велкейд", ("myeloma",), None),
        ("Пью гливек", ("myeloma",), None),
        ("Рак груди, химия", ("myeloma",), "breast"),
        ("Рак груди, химия, миелома", ("myeloma",), None),
        ("Рак груди, гемоглобин", (), None),
    ],
)
def test_another_matter_is_off_topic(text: str, topic: tuple[str, ...], matter: str | None) -> None:
    expected = Screening("off_topic", (f"another matter: {matter}",), THRESHOLD) if matter else Screening("general")
    assert screen(text, RULES, topic) == expected


@pytest.mark.parametrize(
    ("texts", "keys"),
    [
        (["Множественная миелома"], {"myeloma"}),
        (["миелома", "ХМЛ", "подагра"], {"myeloma", "cml"}),
        (["миелома, гливек"], {"myeloma"}),
        (["Новое о гливеке"], {"cml"}),
        (["Гемоглобин"], set()),
        (["Подагра"], set()),
        ([], set()),
    ],
)
def test_topics_of_a_school(texts: list[str], keys: set[str]) -> None:
    assert RULES.topics_of(texts) == keys


def test_a_phrase_that_makes_no_sense_stops_the_compiling() -> None:
    with pytest.raises(PhraseError):
        compile_rules([(_cue("x", "personal", 4, "<nobody>"), LISTS)], ())


def test_without_rules_everything_is_general() -> None:
    assert screen("ссылка", compile_rules((), ())) == Screening("general")


@given(st.text())
def test_nothing_breaks_on_any_text(text: str) -> None:
    assert screen(text, RULES) == screen(text, RULES)

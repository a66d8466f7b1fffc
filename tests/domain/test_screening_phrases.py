from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.phrases import PhraseError, PhraseIndex, asking, elements_of, is_word
from schoolctl.domain.spelling import sound_of

LISTS = {"me": ("мне", "маме"), "drug": ("химию", "*ниб", "таблетк*")}


def index_of(*phrases: str) -> PhraseIndex[str]:
    index: PhraseIndex[str] = PhraseIndex()
    for phrase in phrases:
        index.add(phrase, phrase, LISTS)
    return index


def found(phrase: str, text: str) -> bool:
    index = index_of(phrase)
    return bool(index.finds(index.read(text)))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ссылк*", "Где ССЫЛКА на школу?"),
        ("ссылк*", "дайте ссылк"),
        ("подключит*ся", "не могу подключиться"),
        ("*айық па", "тоқтатайық па"),
        ("*айық па", "toqtataiyq pa"),
        ("мне #", "мне 54 года"),
        ("мне #", "мне 54,5"),
        ("# мг", "пью 2.5мг"),
        ("# %", "бластов 12%"),
        ("hb #", "HB 84!"),
        ("t 315 i", "мутация T315I"),
        ("стоит ли мне", "Стоит\n ли,  мне?"),
        ("стоит ли <me>", "стоит ли маме"),
        ("<me> ... <drug>", "мне теперь пить эти таблетки"),
        ("<me> ... <drug>", "мне иматиниб"),
        ("<drug> ... <drug>", "химию или руксолитиниб"),
        ("что ... ?", "что это значит?"),
        ("маған/бізге керек", "бизге керек"),
        ("қай тілде", "кай тилде болады"),
        ("сәлем", "salem"),
        ("миллион", "милион"),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("зум", "изюм и зумба"),
        ("link", "blink links"),
        ("мне #", "мне пять"),
        ("мне #", "омне 54"),
        ("# мг", "5 мгновений"),
        ("*айық", "айы"),
        ("подключит*ся", "подключится"[:8]),
        ("стоит ли мне", "стоит мне ли"),
        ("стоит ли мне", "Стоит. Ли мне?"),
        ("стоит ли мне", "стоит\n\nли мне"),
        ("<me> ... <drug>", "мне. Химию"),
        ("<me> ... <drug>", "мне а б в г д е химию"),
        ("что ... ?", "что это значит"),
        ("ит", "is it hereditary"),
        ("zoom*", "зомету капали"),
    ],
)
def test_a_phrase_is_not_found(phrase: str, text: str) -> None:
    assert not found(phrase, text)


def test_places_are_counted_in_words() -> None:
    index = index_of("мне #", "<me>")
    words = index.read("Скажите, мне 54 года")
    assert sorted(index.finds(words)) == [("<me>", 1, 2), ("мне #", 1, 3)]


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("", '"" has no word to begin or to end with'),
        ("!!", '"!!" has no word to begin or to end with'),
        ("... мне", '"... мне" has no word to begin or to end with'),
        ("мне ...", '"мне ..." has no word to begin or to end with'),
        ("стоит <who>", "there is no list <who>"),
        ("стоит *", '"*" must have letters and one * at most'),
        ("*стоит*", '"*стоит*" must have letters and one * at most'),
        ("ты/*", '"ты/*" must have letters and one * at most'),
    ],
)
def test_a_phrase_that_makes_no_sense_is_refused(phrase: str, message: str) -> None:
    with pytest.raises(PhraseError) as caught:
        elements_of(phrase, LISTS)
    assert str(caught.value) == message


THANKS = ("thank you", "thank", "you", "very much", "спасибо", "спасибо большое", "рахмет*", "#")


@pytest.mark.parametrize(
    "text",
    ["Thank you", "thank you very much!!!", "  Спасибо большое, thank :)", "РАХМЕТТЕР", "... thank ...", "спасибо👍 5"],
)
def test_a_text_of_nothing_but_the_phrases_is_filled(text: str) -> None:
    index = index_of(*THANKS)
    assert index.fill(index.read(text))


@pytest.mark.parametrize(
    "text",
    ["", "...", "thank you, is it hereditary?", "Is it? thank", "thankyou", "спасибо большой", "very thank", "much"],
)
def test_a_text_with_another_word_or_without_words_is_not_filled(text: str) -> None:
    index = index_of(*THANKS)
    assert index.fill(index.read(text)) == []


def test_a_related_index_reads_for_both() -> None:
    first = index_of("мне")
    second: PhraseIndex[str] = PhraseIndex(first)
    second.add("химию", "x", {})
    words = first.read("мне химию")
    assert (first.finds(words), second.finds(words)) == ([("мне", 0, 1)], [("x", 1, 2)])


def test_words_beyond_those_remembered_are_read_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolctl.domain.phrases._WORDS_REMEMBERED", 1)
    assert found("стоит ли мне", "Да, стоит ли мне?")


def test_sentences_that_ask() -> None:
    index = index_of("мне")
    assert asking(index.read("Мне 5. Что делать? Спасибо")) == [False, False, False, True, True, True, False]
    assert asking(index.read("Мне 5. Спасибо.")) == [True] * 5
    assert [is_word(word) for word in index.read("мне, да!")] == [True, True, False]


@pytest.mark.parametrize(
    "piece", ["мне ", "мне химию ", "спасибо, ", "щ", "мне, химию? ", ". ", "!", "1 ", "1,", "нибниб"]
)
def test_twenty_thousand_characters_take_little_time(piece: str) -> None:
    index = index_of("<me> ... <drug> ... <me> ... <drug>", "<me> ... <me> ... x", "что ... ?", *THANKS)
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    words = index.read(text)
    index.finds(words)
    index.fill(words)
    asking(words)
    assert time.process_time() - begun < 4


@given(st.text(), st.lists(st.sampled_from(["мне", "химию", "?", "5", ".", "и"]), max_size=12))
def test_nothing_breaks_on_any_text(text: str, row: Sequence[str]) -> None:
    index = index_of("<me> ... <drug>", "мне #", *THANKS)
    words = index.read(text + " ".join(row))
    assert len(asking(words)) == len(words)
    assert all(0 <= first < last <= len(words) for _, first, last in index.finds(words))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("дәрі", "дари"),
        ("қандай", "qandai"),
        ("здравствуйте", "zdravstvuyte"),
        ("ещё", "esche"),
        ("жүр", "zhur"),
        ("лейкоциты", "leikocity"),
        ("ваша", "vasha"),
        ("соглашаться", "soglashatsya"),
        ("тромбоцитт", "тромбоцит"),
        ("қан", "qan"),
        ("бүгін", "bügın"),
    ],
)
def test_spellings_of_the_same_word_sound_alike(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


@given(st.text(alphabet="абвәқңюяъьqxcshzhktі", max_size=20))
def test_a_sound_sounds_like_itself(word: str) -> None:
    assert sound_of(sound_of(word)) == sound_of(word)

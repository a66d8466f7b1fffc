"""What is said around a question in three languages: greetings, thanks, names, asking to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from schoolctl.domain.folding import fold, plain
from schoolctl.domain.slips import is_slip


def _plain_words(words: str) -> frozenset[str]:
    return frozenset(map(plain, words.split()))


# `_` is any one word (a name); what stands before or after a question and says nothing of it.
_POLITENESS = """
здравствуйте|здравствуй|здраствуйте|здрасте|привет|приветствую|добрый день|доброго дня|добрый вечер|доброе утро|
доброго времени суток|всем привет|всем здравствуйте|всем добрый день|уважаемые|уважаемый|уважаемая|уважаемые врачи|
дорогие врачи|дорогие доктора|доктор|пожалуйста|пожалуста|пож|плиз|скажите|подскажите|подскажите мне|посоветуйте|
ответьте|объясните|не подскажете|не могли бы вы|не могли бы|могли бы вы|можете сказать|можете подсказать|
хочу спросить|хотел спросить|хотела спросить|хотел бы узнать|хотела бы узнать|хотелось бы узнать|хотел узнать|
хотела узнать|хочу узнать|интересует вопрос|такой вопрос|вот вопрос|у меня вопрос|есть вопрос|вопрос|извините|
простите|извиняюсь|спасибо|спасибо большое|большое спасибо|спасибо вам|спасибо за ответ|спасибо за внимание|спс|
благодарю|благодарим|жду ответа|меня зовут _|заранее спасибо|спасибо заранее|заранее благодарю|заранее благодарен|
заранее благодарна|салем|салеметсиз бе|салеметсизбе|салеметсиздер ме|саламатсыз ба|саламатсызба|ассалаумагалейкум|
ассаламу алейкум|кайырлы кун|кайырлы таң|кайырлы кеш|құрметті|құрметті дәрігер|құрметті дәрігерлер|өтінем|өтінемін|
өтініш|айтыңызшы|айтыңыз|айтып жіберіңізші|айтып жіберіңіз|сұрайын деп едім|сұрағым бар|сұрағым бар еді|сұрақ|
бір сұрақ|рахмет|рақмет|көп рахмет|алдын ала рахмет|үлкен рахмет|кешіріңіз|менің атым _|hi|hello|hey|dear|
dear doctor|dear doctors|doctor|good day|good morning|good evening|good afternoon|please|pls|plz|thanks|thank you|
thank you very much|many thanks|thanks a lot|thanks in advance|in advance|thank you in advance|could you tell me|
can you tell me|tell me|could you please tell me|i have a question|a question|question|excuse me|sorry|
i would like to know|i want to ask|my name is _
"""
# What follows these at the end is a name.
_CLOSINGS = _plain_words("уважением курметпен regards")
_BEFORE_CLOSINGS = _plain_words("с best kind")
_LONGEST_NAME = 3
_FILLERS = _plain_words("а и но ну вот же ли ведь бы ой эх ох so oh um uh and иа")


def without_politeness(heard: Sequence[str]) -> Iterator[str]:
    """The words that say something, of a text given in plain words."""
    place = 0
    end = _before_the_closing(heard)
    while place < end:
        polite = _politeness().get(heard[place], ())
        length = next((len(phrase) for phrase in polite if _stands_at(place, phrase, heard)), 0)
        if not length and heard[place] not in _FILLERS:
            yield heard[place]
        place += length or 1


def _before_the_closing(heard: Sequence[str]) -> int:
    """How many words stand before "with respect, Aigul"."""
    for place in range(max(0, len(heard) - _LONGEST_NAME - 1), len(heard)):
        if heard[place] in _CLOSINGS:
            # с уважением, best regards: the word before belongs to it
            return place - 1 if place and heard[place - 1] in _BEFORE_CLOSINGS else place
    return len(heard)


def _stands_at(place: int, phrase: Sequence[str], heard: Sequence[str]) -> bool:
    said = heard[place : place + len(phrase)]
    return len(said) == len(phrase) and all(part in {"_", word} for part, word in zip(phrase, said, strict=True))


@lru_cache(maxsize=1)
def _politeness() -> Mapping[str, list[tuple[str, ...]]]:
    """The phrases of politeness by their first word, the longest first."""
    phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in _POLITENESS.replace("\n", "").split("|"):
        words = tuple("_" if word == "_" else plain(fold(word)) for word in phrase.split())
        phrases[words[0]].append(words)
    return {first: sorted(found, key=len, reverse=True) for first, found in phrases.items()}


@lru_cache(maxsize=50_000)
def is_politeness(words: tuple[str, ...]) -> bool:
    """Whether the words are those of one polite phrase, slips and order aside."""
    return any(
        all(any(word == part or is_slip(word, part) for part in phrase) for word in words)
        for phrase in _phrases_of(len(words))
    )


@lru_cache(maxsize=8)
def _phrases_of(words: int) -> tuple[tuple[str, ...], ...]:
    return tuple(phrase for phrase in chain.from_iterable(_politeness().values()) if len(phrase) == words)

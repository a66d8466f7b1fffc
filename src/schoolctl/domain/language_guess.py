"""In which language a question is written, by its letters and commonest words (no model needed)."""

from __future__ import annotations

import re

_KAZAKH_LETTERS = frozenset("әғқңөұүһі")
_KAZAKH_WORDS = frozenset(
    "мен сен ол біз олар және бірақ немесе үшін туралы болады бола бар жок жоқ керек керекпе калай қалай кандай қандай "
    "неге не қанша канша қашан кашан маған маган мағған рахмет рақмет сәлем салем салеметсиз сәлеметсіз бе ме ма ба па пе "
    "ауру ауруы емдеу емделу дари дәрі дәрігер даригер анам әкем акем балам қан сурак сұрақ айтыныз айтыңыз деп екен "
    "бул бұл осы сол дейін кейін кейин бойынша арқылы аркылы еш тек тағы тагы жаксы жақсы боле емес екі сиз сіз болса "
    "кажет қажет мумкин мүмкін салеметсиздер бересиз бересіз жас жастамын жаста".split()
)
_RUSSIAN_WORDS = frozenset(
    "и в не на я что с как это у по но мне есть или для ли можно если при от когда какие какой какая нужно после врач "
    "мама папа муж чем до из за же бы так уже еще ещё почему скажите здравствуйте спасибо болезнь лечение вопрос нельзя "
    "кровь быть о об мой моя мои меня нас вас вы мы они он она его ее её сколько где будет".split()
)
_RUSSIAN_ONLY_LETTERS = frozenset("щъэё")
_KAZAKH_ENDINGS = re.compile(
    r"(?:лар|лер|дар|дер|тар|тер)(?:ы|и|ға|га|ге|да|де|дан|ден|дын|дин)?$|"
    r"(?:мын|мин|сыз|сиз|ды|ди|ты|ты|ган|ген|кан|кен|улы|кызы|дык|дик|лык|лик|йды|йди|ады|еди|уге|уга|пын|пин)$"
)
_WORD = re.compile(r"[^\W\d_]+")
_MINIMAL_LEAD = 1


def guess_language(text: str) -> str:
    """`kk`, `ru` or `en`; a text of Kazakh words without Kazakh letters is Kazakh; no letters at all gives `ru`.

    Cyrillic decides over Latin when it has more letters: names of drugs are Latin in every language.
    """
    words = _WORD.findall(text.casefold())
    letters = "".join(words)
    latin = sum("a" <= letter <= "z" for letter in letters)
    if latin > len(letters) / 2:
        return "en"
    return "kk" if _kazakh_lead(words, letters) >= _MINIMAL_LEAD else "ru"


def _kazakh_lead(words: list[str], letters: str) -> float:
    kazakh = sum(letter in _KAZAKH_LETTERS for letter in letters)
    kazakh += 2 * sum(word in _KAZAKH_WORDS for word in words)
    kazakh += sum(bool(_KAZAKH_ENDINGS.search(word)) for word in words if word not in _RUSSIAN_WORDS)
    russian = 2 * sum(word in _RUSSIAN_WORDS for word in words)
    russian += sum(letter in _RUSSIAN_ONLY_LETTERS for letter in letters)
    return kazakh - russian

"""In which language a question is written, by its letters and commonest words (no model needed)."""

from __future__ import annotations

import re
from functools import lru_cache

from schoolctl.domain.languages import kk, ru
from schoolctl.domain.languages.rules import words

_KAZAKH_LETTERS = "әғқңөұүһі"
_RUSSIAN_ONLY_LETTERS = "щъэё"
_LATIN = re.compile("[a-z]")
# A past tense only after the sounds it may follow: "лейкоциты", "результаты", "годы" are Russian.
_KAZAKH_ENDINGS = re.compile(
    r"(?:лар|лер|дар|дер|тар|тер)(?:ы|и|ға|га|ге|да|де|дан|ден|дын|дин)?$|"
    r"(?:мын|мин|сыз|сиз|(?<=[лнрйзмы])ды|(?<=[лнрйзм])ди|(?<=[пт])т[ыи]|(?<=[ыо]к)ты|ган|ген|кан|кен|улы|кызы|"
    r"дык|дик|лык|лик|йды|йди|ады|еди|уге|уга|пын|пин)$"
)
# They end as Kazakh words do and are Russian, or said in both languages.
_LIKE_KAZAKH = words(
    "антиген витамин вулкан катетер кролик медик один орган рентген санитар среди удар характер хозяин"
)
_RUSSIAN_WORDS = ru.LANGUAGE.common_words | _LIKE_KAZAKH
_WORD = re.compile(r"[^\W\d_]+")
_MINIMAL_LEAD = 1


def guess_language(text: str) -> str:
    """`kk`, `ru` or `en`; a text of Kazakh words without Kazakh letters is Kazakh; no letters at all gives `ru`.

    Cyrillic decides over Latin when it has more letters: names of drugs are Latin in every language.
    """
    said = _WORD.findall(text.casefold())
    letters = "".join(said)
    latin = len(_LATIN.findall(letters))
    if latin > len(letters) / 2:
        return "en"
    return "kk" if _kazakh_lead(said, letters) >= _MINIMAL_LEAD else "ru"


def _kazakh_lead(said: list[str], letters: str) -> int:
    kazakh = sum(map(letters.count, _KAZAKH_LETTERS)) + 2 * _count(said, kk.LANGUAGE.common_words)
    kazakh += sum(map(_ends_as_kazakh, said))
    return kazakh - 2 * _count(said, ru.LANGUAGE.common_words) - sum(map(letters.count, _RUSSIAN_ONLY_LETTERS))


@lru_cache(maxsize=20_000)  # people use the same words over and over
def _ends_as_kazakh(word: str) -> bool:
    return word not in _RUSSIAN_WORDS and _KAZAKH_ENDINGS.search(word) is not None


def _count(said: list[str], wanted: frozenset[str]) -> int:
    return sum(map(wanted.__contains__, said))

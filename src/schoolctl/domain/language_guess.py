"""In which language a question is written, by its letters and commonest words (no model needed)."""

from __future__ import annotations

import re

from schoolctl.domain.languages import kk, ru

_KAZAKH_LETTERS = frozenset("әғқңөұүһі")
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
    kazakh += 2 * sum(word in kk.LANGUAGE.common_words for word in words)
    kazakh += sum(bool(_KAZAKH_ENDINGS.search(word)) for word in words if word not in ru.LANGUAGE.common_words)
    russian = 2 * sum(word in ru.LANGUAGE.common_words for word in words)
    russian += sum(letter in _RUSSIAN_ONLY_LETTERS for letter in letters)
    return kazakh - russian

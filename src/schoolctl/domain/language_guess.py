"""In which language a question is written, by its letters, commonest words and endings (no model needed)."""

from __future__ import annotations

import re
from functools import lru_cache

from schoolctl.domain.languages import en, kk, ru
from schoolctl.domain.languages.rules import words
from schoolctl.domain.spelling import sound_of

_KAZAKH_LETTERS = "әғқңөұүһі"
_RUSSIAN_LETTERS = "щъэё"
# Said letter by letter: a class of all letters takes twice as long.
_WORD = re.compile("[a-zа-яёәғқңөұүһіıäáğñóöşúü]+")
_ENGLISH_WORDS = en.LANGUAGE.common_words
_KAZAKH_SOUNDS = frozenset(map(sound_of, kk.LANGUAGE.common_words))
_RUSSIAN_SOUNDS = frozenset(map(sound_of, ru.LANGUAGE.common_words))
# A past tense only after the sounds it may follow: "лейкоциты", "результаты", "годы" are Russian.
_KAZAKH_ENDING = re.compile(
    r"(?:(?:лар|лер|дар|дер|тар|тер)(?:ы|и|га|ге|да|де|дан|ден|дын|дин|ды|ди)?|мын|мин|мыз|миз|сыз|сиз|"
    r"(?<=[лнрйзмы])ды|(?<=[лнрйзм])ди|(?<=[пт])т[ыи]|(?<=[ыо]к)ты|ган|ген|кан|кен|улы|кызы|[дл][ыи]к|йды|йди|ады|еди|"
    r"уга|уге|[пмб]ын|пин|нын|айык|ейик|айын|ейин|ысы)$"
)
_RUSSIAN_ENDING = re.compile(
    r"(?:[ое]го|[ое]му|[ыи]й|ая|яя|ое|ые|ие|[ыи]х|[ыи]ми|[еиаяуы]ть|тся|ться|[еи]шь|[аеи]ет|[ую]т|ят|"
    r"[аи]л[аи]?|ость|ости|ени[еяюй]|ани[еяюй]|ци[июй]|[ая]ми|[ая]х|ую|юю|лся|[лт][аи]сь|ью)$"
)
# They end as Kazakh words do and are Russian, or said in both languages.
_LIKE_KAZAKH = words(
    "антиген витамин вулкан катетер кролик медик один орган рентген санитар среди удар характер хозяин"
)
_PLAIN = str.maketrans(_KAZAKH_LETTERS, "агкноуухи")
_ENGLISH_SPELLING = re.compile(r"th|ght|ck|w|ee|oo|ea|ou|(?:tion|ment|ness|ing|ed|ly|ous|ity|ics?|[dlr]s)$")
# Endings of Kazakh and Russian words in Latin, as far as neither drugs nor English words end so.
_KAZAKH_IN_LATIN = re.compile(
    r"q(?!u)|(?:[ldt][ae]r(?:dy|di|ga|ge|y)?|myn|m[yi]z|[dtn][yi]n|[gqk]an|gen|ady|edi|[ae]iyn|yp|ug[ae]|[dl][yi]k)$"
)
_RUSSIAN_IN_LATIN = re.compile(
    r"shch|(?:[oe]go|omu|[iy]y|aya|[yi]ye|[yi]kh|ami|tsya|tsa|nost|nosti|niye?|niya|yat|ayet|aet|iya|uyu|[aeiy]t)$"
)
_SEVERAL = 5  # examples in an explanation


def guess_language(text: str) -> str:
    """`kk`, `ru` or `en`; Kazakh without its letters or in Latin is `kk`, Russian in Latin is `ru`.

    Latin names of drugs in a Cyrillic text say nothing; a text without letters counts as `ru`.
    """
    said = _WORD.findall(text.casefold())
    if said and sum(map(_english_lead, said)) >= 0:
        return "en"
    return "kk" if sum(map(_kazakh_lead, said)) > 0 else "ru"


def explain_language(text: str) -> tuple[str, ...]:
    """What told the language, a few words each: `letters: ә ғ`, `words: бола ма`, `endings: балаларға`."""
    said = tuple(dict.fromkeys(_WORD.findall(text.casefold())))
    language = guess_language(text)
    letters = {"kk": _KAZAKH_LETTERS, "ru": _RUSSIAN_LETTERS, "en": ""}[language]
    known = [word for word in said if _is_common(word, language)]
    rest = [word for word in said if word not in known]
    signs = {
        "letters": [letter for letter in letters if any(letter in word for word in said)],
        "words": known,
        "spelling" if language == "en" else "endings": [word for word in rest if _speaks_for(word, language)],
    }
    return tuple(f"{sign}: {' '.join(found[:_SEVERAL])}" for sign, found in signs.items() if found)


@lru_cache(maxsize=20_000)  # people use the same words over and over
def _kazakh_lead(word: str) -> int:
    """How much a word speaks for Kazakh against Russian."""
    if word in _ENGLISH_WORDS:
        return 0
    lead = sum(map(word.count, _KAZAKH_LETTERS)) - sum(map(word.count, _RUSSIAN_LETTERS))
    sound = sound_of(word)
    known = 2 * ((sound in _KAZAKH_SOUNDS) - (sound in _RUSSIAN_SOUNDS))
    return lead + (known or _kazakh_ending(word))


@lru_cache(maxsize=20_000)
def _english_lead(word: str) -> int:
    """How much a word speaks for English; a Cyrillic one does against."""
    if not word.isascii():
        return -2
    if word in _ENGLISH_WORDS:
        return 2
    sound = sound_of(word)
    if sound in _KAZAKH_SOUNDS or sound in _RUSSIAN_SOUNDS:
        return -2
    return (_ENGLISH_SPELLING.search(word) is not None) - (_kazakh_ending(word) != 0)


def _kazakh_ending(word: str) -> int:
    """1 for an ending of Kazakh, -1 for one of Russian, 0 for none or both."""
    if word.isascii():
        kazakh, russian = _KAZAKH_IN_LATIN.search(word), _RUSSIAN_IN_LATIN.search(word)
    else:
        plain = word.translate(_PLAIN)
        kazakh, russian = _KAZAKH_ENDING.search(plain), _RUSSIAN_ENDING.search(plain)
        if word in _LIKE_KAZAKH:
            return -1
    return (kazakh is not None) - (russian is not None)


def _is_common(word: str, language: str) -> bool:
    if language == "en":
        return word in _ENGLISH_WORDS
    return word not in _ENGLISH_WORDS and sound_of(word) in (_KAZAKH_SOUNDS if language == "kk" else _RUSSIAN_SOUNDS)


def _speaks_for(word: str, language: str) -> bool:
    if language == "en":
        return _english_lead(word) > 0
    return _kazakh_ending(word) == (1 if language == "kk" else -1)

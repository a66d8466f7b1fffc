"""Slips of the finger: whether two words, made plain, are one word mistyped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from schoolctl.domain.folding import fold, plain

# A number or a denial is never a slip of the finger, and neither are these for one another.
_EXACT = """
не нет ни без нельзя никогда нету not no never without none neither nor cannot cant dont doesnt isnt wont жоқ емес
один одна два две три пять шесть семь восемь девять десять сто пятый шестой седьмой восьмой девятый десятый девяти
десяти девятого десятого one two three four five six seven eight nine ten sixty sixth бір екі үш төрт бес алты жеті
сегіз тоғыз он рак дня дни нос июня июля июнь июль июнем июлем сын сон
"""
_APART = """
нефр невр ганцикл ацикл агранул гранул алло ауто гипер гипо печен печене infect inject daily dairy weight height eight
month mouth hours house liver river night fever ана апа ата аға әке ака июн июл девят десят
лечит летит прием премье донор доза нейтро нефро гемо гомо мужа мужа калий кальций натрий поднять понять точк почк
вод водк
"""
_COMMON = """
что как для при это или мне она они его нас вас так еще уже где кто чем если есть после можно нужно надо когда какой
какая какие какое почему сколько очень может быть у меня мой моя для во на по мен сен біз үшін қалай қандай неге керек
болады бар кейін қашан қанша the what how can with for are you does this that when is my have after should which why
"""
# Kazakh denies by a syllable inside the verb: болады, болмады.
_DENYING = re.compile("[мбп][ае][дсмгинк]")
_VOWELS = frozenset("аеиоуыэюяaeiouy")
_WELL_KNOWN = 5
_TIMES_AS_MANY = 20
_SHORTEST = 4
_LONGEST_BEGINNING = 8


def is_slip(one: str, other: str, found_in: Mapping[str, int] = MappingProxyType({})) -> bool:
    """Whether two plain words are one, mistyped: one letter more, less or other, or two that changed places.

    `found_in` tells in how many texts a word is found: what many write is a word, what hardly anybody does is a slip.
    """
    # Most pairs are told apart by their ends, fast: one letter off leaves the first or the last.
    if one[0] != other[0] and one[-1] != other[-1]:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    letters_needed = _letters_needed(short, long)
    if not letters_needed or _are_apart(one, other):
        return False
    fewer, more = sorted((found_in.get(one, 0), found_in.get(other, 0)))
    if len(short) < letters_needed:
        return _is_hardly_written(long, fewer, more) or _is_common_word_mistyped(one, other)
    are_both_known = fewer >= _WELL_KNOWN and fewer > more // _TIMES_AS_MANY
    return not are_both_known or short[:-2] == long[: len(short) - 2]  # one word with two endings


def _is_hardly_written(long: str, fewer: int, more: int) -> bool:
    return len(long) >= _SHORTEST and more >= _WELL_KNOWN and fewer <= max(1, more // _TIMES_AS_MANY)


def _letters_needed(short: str, long: str) -> int:
    """How long a word must be for this difference to be a slip; 0 when more than a letter is off."""
    if len(long) - len(short) > 1:
        return 0
    same = next((place for place, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    rest, more = short[same:], long[same:]
    if len(short) < len(long):
        return _SHORTEST if rest == more[1:] and not _DENYING.match(more) else 0
    if rest[:2] == more[1::-1] and rest[2:] == more[2:]:
        return _SHORTEST
    return _SHORTEST + 1 if rest[1:] == more[1:] else 0


def _are_apart(one: str, other: str) -> bool:
    """Whether a letter makes all the difference: numbers, denials, abbreviations and words known to be alike."""
    exact = _plain_words(_EXACT)
    if one in exact or other in exact:
        return True
    if (_VOWELS.isdisjoint(one) or _VOWELS.isdisjoint(other)) and not _is_common_word_mistyped(one, other):
        return True
    beginnings = _beginning(one), _beginning(other)
    return all(beginnings) and beginnings[0] != beginnings[1]


def _beginning(word: str) -> str:
    """The longest of the beginnings told apart that the word has."""
    apart = _plain_words(_APART)
    return next((word[:length] for length in range(_LONGEST_BEGINNING, 2, -1) if word[:length] in apart), "")


def _is_common_word_mistyped(one: str, other: str) -> bool:
    common = _plain_words(_COMMON)
    return min(len(one), len(other)) > 2 and (one in common) != (other in common)  # noqa: PLR2004 - "на", "не", "ни"


@lru_cache(maxsize=4)
def _plain_words(words: str) -> frozenset[str]:
    return frozenset(plain(fold(word)) for word in words.split())

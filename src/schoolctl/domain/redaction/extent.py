"""How far a name goes: the words beside a name that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from schoolctl.domain.redaction.sentence import Sentence
from schoolctl.domain.redaction.words import (
    CUES,
    FAMILY,
    GIVEN,
    LIKELY_FAMILY,
    NEVER,
    NO_NAME,
    ORDINARY,
    PATRONYMIC,
    PERSON,
    SHORTEST_SMALL,
    SURE_FAMILY,
)

_LONGEST_NAME = 4
_CHILDREN = frozenset(["кызы", "улы", "kyzy", "uly", "qyzy"])


def whole_name(sentence: Sentence, kinds: Sequence[int], number: int, free: int) -> tuple[int, int]:
    """The first and the last word of the name that the word `number` is part of; words before `free` are taken."""
    first = last = number
    while last + 1 < len(kinds) and last - first + 1 < _LONGEST_NAME and _goes_on(sentence, kinds[last + 1], last + 1):
        last += 1
    is_full = bool(kinds[number] & GIVEN) and number < last and bool(kinds[number + 1] & PATRONYMIC)
    while (
        first > free
        and last - first + 1 <= _LONGEST_NAME
        and _begins(sentence, kinds[first - 1], first - 1, is_full=is_full)
    ):
        first -= 1
    return first, last


def _goes_on(sentence: Sentence, kind: int, number: int) -> bool:
    """Whether the word belongs to the name before it."""
    if not sentence.is_joined(number):
        return False
    if sentence.words[number] in _CHILDREN:
        return True
    if sentence.is_initial(number):
        return sentence.is_dotted_initial(number)
    if kind & NO_NAME:
        return bool(kind & PERSON) and sentence.is_capital(number) and not kind & (NEVER | CUES)
    return sentence.is_capital(number) or _is_small_name(sentence, kind, number)


def _is_small_name(sentence: Sentence, kind: int, number: int) -> bool:
    is_long = len(sentence.words[number]) >= SHORTEST_SMALL - 1  # beside a name, a shorter one is none by chance
    return bool(kind & (PATRONYMIC | SURE_FAMILY | LIKELY_FAMILY)) or (bool(kind & GIVEN) and is_long)


def _begins(sentence: Sentence, kind: int, number: int, *, is_full: bool) -> bool:
    """Whether the word belongs to the name behind it.

    `is_full` tells that a given name and a patronymic are there: what stands before is a family name.
    """
    if not sentence.is_joined(number + 1) or kind & (NEVER | CUES):
        return False
    if sentence.is_initial(number):
        return sentence.is_dotted_initial(number)
    if sentence.is_capital(number):
        return _begins_with_capital(sentence, kind, number, is_full=is_full)
    return bool(kind & PERSON) and not kind & ORDINARY and len(sentence.words[number]) >= SHORTEST_SMALL


def _begins_with_capital(sentence: Sentence, kind: int, number: int, *, is_full: bool) -> bool:
    if kind & PERSON:
        return True
    return not kind & ORDINARY and (bool(kind & FAMILY) or is_full or not sentence.is_first(number))

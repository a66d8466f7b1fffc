"""Forms in which the same words compare equal: whatever the keyboard, the alphabet, the ending.

The forms are for comparing only; nobody is ever shown one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACCENTS: dict[int, int | None] = dict.fromkeys(range(0x300, 0x370))
_ACCENT = re.compile("[\u0300-\u036f]")
# People type Kazakh on a Russian keyboard and leave the dots of ё out; an apostrophe stays inside its word (can't).
_TWINS = (*zip("қәұүөғңһіё", "каууогнхие", strict=True), *((sign, "") for sign in "'’`\u02bc\u00b4"))
_WORDS = re.compile(r"[^\W_]+")
_LATIN = re.compile("[a-z]")
# Greek words keep their х in English: chemotherapy, chronic; elsewhere ch is ч.
_GREEK = re.compile("ch(?=em|r|ol)")
_SPELLINGS = re.compile("shch|sch|tch|ch|sh|zh|kh|ph|th|gh|ck|ts|y[aou]|eu|[ao]e|oo|c(?=[eiy])")
# fmt: off
_SOUNDS_OF_SPELLINGS = {
    "shch": "ш", "sch": "ш", "tch": "ч", "ch": "ч", "sh": "ш", "zh": "ж", "kh": "г", "ph": "ф", "th": "т", "gh": "г",
    "ck": "к", "ts": "ц", "ya": "а", "yo": "е", "yu": "у", "eu": "еи", "ae": "е", "oe": "е", "oo": "у",
    "c": "ц",
}
# fmt: on
_LATIN_SOUNDS: dict[int, int | str | None] = {
    **str.maketrans("abcdefghijklmnopqrstuvwyz", "абкдефггижклмнопкрстуввиз"),
    ord("x"): "кс",
}
_CYRILLIC_SOUNDS = str.maketrans("яюйыэхщ", "ауииегш", "ьъ")
_DOUBLED = re.compile(r"([б-джзк-нп-тф-шb-df-hj-np-tv-xz])\1+|([^\W\d])\2{2,}")
_LONGEST_ABBREVIATION = 4
# Letters of the new Kazakh and of Turkish keyboards that are no Latin letter with an accent.
_OTHER_LATIN = str.maketrans({"ı": "y", "ə": "a", "ɵ": "o", "ß": "ss", "ş": "sh", "ç": "tch"})


def fold(text: str) -> str:
    """`text` in small letters, without Kazakh letters, accents and punctuation; words are parted by one blank."""
    folded = unicodedata.normalize("NFC", text).casefold()
    if _ACCENT.search(folded):
        folded = folded.translate(_ACCENTS)
    # One by one: `str.translate` looks every single letter up, which takes three times as long.
    for letter, twin in _TWINS:
        folded = folded.replace(letter, twin)
    return " ".join(_WORDS.findall(folded))


def fold_latin(text: str) -> str:
    """`text` folded and written as it sounds, all in Cyrillic: Revlimid is ревлимид, kemigin is кемігін."""
    return " ".join(map(sound, fold(text).split()))


@lru_cache(maxsize=100_000)  # people use the same words over and over
def sound(word: str) -> str:
    """A folded word as it sounds, in Cyrillic, and `plain`."""
    if not word.isascii():
        parted = unicodedata.normalize("NFD", word.translate(_OTHER_LATIN).replace("й", "и"))
        word = parted.translate(_ACCENTS)
    if _LATIN.search(word):
        word = _SPELLINGS.sub(lambda found: _SOUNDS_OF_SPELLINGS[found[0]], _GREEK.sub("h", word))
        word = word.translate(_LATIN_SOUNDS)
    return plain(word)


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """A folded word in its own alphabet; й, ы and и are one, soft and hard signs and doubled letters go."""
    simple = word.translate(_CYRILLIC_SOUNDS)
    # Abbreviations of diseases differ by one letter: ХЛЛ keeps both of its Л.
    return _DOUBLED.sub(r"\1\2", simple) if len(simple) > _LONGEST_ABBREVIATION else simple

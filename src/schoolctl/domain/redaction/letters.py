"""One spelling for the many in which the same name is written: Kazakh, Russian and Latin letters."""

from __future__ import annotations

# Letters that people write one for the other: ё and е, and Kazakh letters on a Russian keyboard.
_TWINS = (("ё", "е"), ("ә", "а"), ("ғ", "г"), ("қ", "к"), ("ң", "н"), ("ө", "о"), ("ұ", "у"), ("ү", "у"))
_MORE_TWINS = (("һ", "х"), ("і", "и"), ("ї", "и"))
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufie", strict=True))
    | {"ж": "j", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "iu", "я": "ia", "ь": "", "ъ": ""}
)
# Each on its own, in this order: `zh` before `h` goes, `y` after `sy`. What is left is one spelling for many.
_SPELLINGS = (
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("q", "k"),
    ("w", "u"),
    ("x", "ks"),
    ("y", "i"),
    ("ae", "a"),
    ("ä", "a"),
    ("á", "a"),
    ("ö", "o"),
    ("ü", "u"),
    ("ğ", "g"),
    ("ş", "sh"),
    ("ñ", "n"),
    ("ı", "i"),
    ("ii", "i"),
)
_DOUBLED = tuple((letter * 2, letter) for letter in "abdefgiklmnoprstuz")


def fold(text: str) -> str:
    """`text`, of the same length, in small letters with the twins of Kazakh letters put one for the other."""
    small = text.lower()
    if len(small) != len(text):  # a Turkish İ becomes two characters: places must stay as they are
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    for letter, twin in (*_TWINS, *_MORE_TWINS):
        small = small.replace(letter, twin)
    return small


def latin_form(folded: str) -> str:
    """One Latin spelling of a folded Cyrillic or Latin word, the same for Жанар, Zhanar and Janar."""
    word = folded.translate(_LATIN)
    for spelling, letter in (*_SPELLINGS, *_DOUBLED):
        word = word.replace(spelling, letter)
    return word


def is_latin(folded: str) -> bool:
    """Whether a word begins with a Latin letter."""
    return folded[:1] < "\u0370"

"""How a word sounds, however it is spelt: Kazakh with or without its letters, Cyrillic or informal Latin."""

from __future__ import annotations

import re

# і, и, й and ы are one letter in informal Latin; a keyboard without Kazakh letters has others instead of them; the
# signs ъ and ь are often left out. The last line is Latin, plain and of the new Kazakh alphabet.
_LETTERS = str.maketrans(
    {
        **dict(zip("әғқңөұүһіёэйыщ", "агкноуухиееииш", strict=True)),
        **dict.fromkeys("ъь", ""),
        "ц": "тс",
        "ю": "иу",
        "я": "иа",
        **dict(zip("abcdefghijklmnopqrstuvwyzıäáğñöóşúü", "абкдефгхижклмнопкрстуввизиаагноошуу", strict=True)),
        "x": "кс",
    }
)
_PAIRS = {"shch": "ш", "sch": "ш", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "г", "ph": "ф"}
_PAIR = re.compile("|".join(_PAIRS))
_SOFT_C = re.compile("c(?=[eiy])")
_REPEATED = re.compile(r"(.)\1+")


def sound_of(word: str) -> str:
    """The sound of a word in small letters, as plain Cyrillic without doubled letters: `дәрі`, `дари`, `dari` agree."""
    if word.isascii():
        word = _SOFT_C.sub("ts", _PAIR.sub(lambda pair: _PAIRS[pair[0]], word))
    return _REPEATED.sub(r"\1", word.translate(_LETTERS))

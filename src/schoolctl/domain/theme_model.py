"""How words are compared for themes, and what the organiser's own decisions teach: a model that can say why.

The keywords stay the judge: the model learns only in what they were wrong, word by word, so it cannot unlearn them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schoolctl.domain.languages.en import LANGUAGE as _ENGLISH

THEMES = tuple(_ENGLISH.themes)
MINIMUM_DECISIONS = 40
GAP, NUMBER = "…", "#"  # in a phrase: up to three words, any number
SHORTEST_STEM = 2

_ByKind = dict[str, dict[str, list[int]]]
Scores = tuple[float, ...]
"""Points by theme, in the order of `THEMES`."""

# Two themes must have been decided this often: of one theme alone nothing can be learnt.
_MINIMUM_OF_THEMES, _MINIMUM_OF_A_THEME = 2, 8
_ROUNDS = 2
_STEP = 2.0
# A word counts as if it had been met so many times more without saying anything.
_CAUTION = 10.0
# Points by which a theme must lead to be e times as likely.
_POINTS_OF_DOUBT = 1.5
_LEAST_MEETINGS = 2
_STEM = 5
_SHORTEST = 3
_LONGEST_STEM = 30
# Short beginnings of words in two languages sound alike by chance, whole words seldom do.
_SHORTEST_LATIN = {"whole": 3, "stem": 5, "inside": 5}
_WORTH_TELLING = 0.2
_MOST_TOLD = 3

_KAZAKH_FOLDED = str.maketrans("әғқңөұүһіё", "агкноуухие")
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхцчшыэ", "abvgdeziiklmnoprstufhccsie", strict=True))
    | {"ж": "j", "щ": "s", "ю": "iu", "я": "ia", "ъ": "", "ь": ""}
    | dict(zip("yqwxáäàçéğǵıíñńóöşśúü", "ikuhaaaceggiinnoossuu", strict=True))
)
_DIGRAPHS = {"zh": "j", "kh": "h", "sh": "s", "ch": "c", "ts": "c", "gh": "g"}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_DOUBLED = re.compile(r"([a-z])\1+")
_PIECE = re.compile(r"[#…]|\*?(?:\d+(?:[.,]\d+)*|[^\W\d_]+)\*?")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORDS = re.compile(r"[^\W\d_]+")
# Every alternative ends where the next begins in one way only: no long phrase can make it search back and forth.
_LETTER = r"[A-Za-z\u0400-\u0481\u048a-\u04ff]"
_PLAIN_WORD = rf"(?:(?:{_LETTER}|[\d-])+|#|…|\*{_LETTER}{{2,}}\*?|{_LETTER}{{2,}}\*)"
_PLAIN_PHRASE = re.compile(rf"(?=.*?{_LETTER}){_PLAIN_WORD}(?: {_PLAIN_WORD})*")


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """Points that each stem adds to each theme, and what every text is given beforehand."""

    weights: Mapping[str, Scores]
    beforehand: Scores

    def heard(self, text: str) -> dict[str, Scores]:
        """The words of `text` (in small letters) that the model knows, with what each adds to the themes' points."""
        return {word: self.weights[stem] for stem, word in _stems(text).items() if stem in self.weights}


def words_for(theme: str, heard: Mapping[str, Scores]) -> tuple[str, ...]:
    """Those of the words heard that spoke loudest for `theme`."""
    at = THEMES.index(theme)
    # Equal points: in the order of the alphabet, so that a reason never changes by itself.
    loudest = sorted((-points[at], word) for word, points in heard.items() if points[at] >= _WORTH_TELLING)
    return tuple(word for _, word in loudest[:_MOST_TOLD])


def learn(
    examples: Sequence[tuple[str, tuple[str, ...]]], keyword_scores: Callable[[str], Scores]
) -> ThemeModel | None:
    """A model of decisions (text, themes); None while there are too few of them to learn from.

    `keyword_scores` gives the points that the keywords alone find (`ThemeKeywords.scores`). A decision without any
    known theme teaches nothing and does not count.
    """
    usable = [(text, wanted) for text, themes in examples if (wanted := _wanted(themes))]
    if not _is_enough([wanted for _, wanted in usable]):
        return None
    lessons = _lessons(usable, keyword_scores)
    model = ThemeModel({}, (0.0,) * len(THEMES))
    for _ in range(_ROUNDS):
        model = _taught(model, lessons)
    return model


def is_decision(themes: Iterable[str]) -> bool:
    """Whether a decision can teach anything: the ones to count against `MINIMUM_DECISIONS`."""
    return any(theme in THEMES for theme in themes)


def fold_word(word: str) -> str:
    """A word in small letters without the Kazakh letters, as many people type it: `қан` is `кан`."""
    return word.translate(_KAZAKH_FOLDED)


def latin_form(folded: str) -> str:
    """One spelling for a folded word in either script: `химия`, `himiya` and `khimiia` are `himia`."""
    plain = _DIGRAPH.sub(lambda found: _DIGRAPHS[found[0]], folded.translate(_LATIN))
    return _DOUBLED.sub(r"\1", plain)


def split_phrases(phrases: Iterable[str]) -> list[list[str]]:
    """The words of phrases in small letters, folded and with their `*`; `…` is one of them.

    All phrases in a few calls: calls are what reading thousands of phrases costs most.
    """
    lines = "\n".join(phrase.replace("\n", " ") for phrase in phrases)
    return [_PIECE.findall(line) for line in fold_word(lines.casefold().replace("...", GAP)).split("\n")]


def is_plain_phrase(phrase: str) -> bool:
    """Whether a phrase is so plain (letters, a `*` where it may stand) that nothing can be wrong with it."""
    return _PLAIN_PHRASE.fullmatch(phrase) is not None


def phrase_fault(phrase: str) -> str | None:
    """What is wrong with a phrase as an organiser wrote it, or None."""
    (words,) = split_phrases([phrase])
    if not any(word not in {GAP, NUMBER} for word in words):
        return "there is no word in it"
    if re.search(r"\w\*+\w|\*\*|(?<!\S)\*(?!\S)", phrase):
        return "a * stands only before or behind a word"
    if any("*" in word and len(word.strip("*")) < SHORTEST_STEM for word in words):
        return f"a word with a * needs {SHORTEST_STEM} letters"
    return None


class WordPieces:
    """The words of all phrases by number: whole, by their beginning, or by what is inside them."""

    def __init__(self, words: Iterable[str]) -> None:
        """Know `words` as an organiser writes them, in small letters and folded; their number is their place."""
        self._exact: _ByKind = {"whole": {}, "stem": {}, "inside": {}}
        self._latin: _ByKind = {"whole": {}, "stem": {}, "inside": {}}
        written = list(words)
        cores = [word.strip("*") for word in written]
        # One call for all words: thousands of calls are what reading the lists would cost most.
        spellings = latin_form("\n".join(cores)).split("\n")
        for number, (word, core, latin) in enumerate(zip(written, cores, spellings, strict=False)):
            kind = "inside" if word.startswith("*") else "stem" if word.endswith("*") else "whole"
            self._exact[kind].setdefault(core, []).append(number)
            if len(latin) >= _SHORTEST_LATIN[kind]:
                self._latin[kind].setdefault(latin, []).append(number)

    def fitting(self, word: str, *, by_sound: bool) -> frozenset[int]:
        """The numbers of all pieces that `word` fits; one in Latin letters also by its sound when nothing else fits."""
        folded = fold_word(word)
        found = _fitting(folded, self._exact)
        if word[0].isdecimal():
            # A number is written in one way only.
            found += self._exact["whole"].get(NUMBER, [])
        elif not found and by_sound and not _CYRILLIC.match(word):
            found = _fitting(latin_form(folded), self._latin)
        return frozenset(found)


def _fitting(word: str, known: Mapping[str, Mapping[str, list[int]]]) -> list[int]:
    found = list(known["whole"].get(word, ()))
    stems = known["stem"]
    for length in range(SHORTEST_STEM, min(len(word), _LONGEST_STEM) + 1):
        found += stems.get(word[:length], ())
    for part, numbers in known["inside"].items():
        if part in word:
            found += numbers
    return found


@dataclass(frozen=True, slots=True)
class _Lesson:
    stems: tuple[str, ...]
    by_keywords: Scores
    wanted: Scores


def _is_enough(decided: Sequence[Scores]) -> bool:
    times = [sum(share > 0 for share in of_theme) for of_theme in zip(*decided, strict=True)]
    often = sum(count >= _MINIMUM_OF_A_THEME for count in times)
    return len(decided) >= MINIMUM_DECISIONS and often >= _MINIMUM_OF_THEMES


def _wanted(themes: Sequence[str]) -> Scores | None:
    known = set(themes) & set(THEMES)
    return tuple((theme in known) / len(known) for theme in THEMES) if known else None


def _lessons(usable: Sequence[tuple[str, Scores]], keyword_scores: Callable[[str], Scores]) -> list[_Lesson]:
    stems = [tuple(_stems(text)) for text, _ in usable]
    met = Counter(stem for of_text in stems for stem in of_text)
    return [
        _Lesson(tuple(stem for stem in of_text if met[stem] >= _LEAST_MEETINGS), keyword_scores(text), wanted)
        for of_text, (text, wanted) in zip(stems, usable, strict=True)
    ]


def _taught(model: ThemeModel, lessons: Sequence[_Lesson]) -> ThemeModel:
    """One round: every stem moves towards the themes that were missed in its texts."""
    missed: dict[str, list[Scores]] = {}
    everywhere: list[Scores] = []
    for lesson in lessons:
        known = [model.weights[stem] for stem in lesson.stems if stem in model.weights]
        likely = _likelihoods(_total(lesson.by_keywords, [model.beforehand, *known]))
        gap = tuple(map(float.__sub__, lesson.wanted, likely))
        everywhere.append(gap)
        for stem in lesson.stems:
            missed.setdefault(stem, []).append(gap)
    nothing = (0.0,) * len(THEMES)
    weights = {stem: _moved(model.weights.get(stem, nothing), gaps) for stem, gaps in missed.items()}
    return ThemeModel(weights, _moved(model.beforehand, everywhere))


def _moved(points: Scores, gaps: Sequence[Scores]) -> Scores:
    step = _STEP / (len(gaps) + _CAUTION)
    return tuple(old + step * sum(column) for old, column in zip(points, zip(*gaps, strict=True), strict=True))


def _likelihoods(points: Scores) -> Scores:
    highest = max(points)
    shares = [math.exp((value - highest) / _POINTS_OF_DOUBT) for value in points]
    return tuple(share / sum(shares) for share in shares)


def _total(first: Scores, others: Sequence[Scores]) -> Scores:
    return tuple(map(sum, zip(first, *others, strict=True)))


def _stems(text: str) -> dict[str, str]:
    """The beginnings of the words of `text`, each with the first word that has it."""
    found: dict[str, str] = {}
    for word in _WORDS.findall(text.casefold()):
        if len(word) >= _SHORTEST:
            found.setdefault(_stem(word), word)
    return found


@lru_cache(maxsize=20_000)  # people use the same words over and over
def _stem(word: str) -> str:
    return fold_word(word[:_STEM])

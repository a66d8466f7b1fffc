"""Which themes a question is about, by words that an organiser can read, edit and be shown."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from schoolctl.domain.theme_model import GAP, THEMES, Scores, ThemeModel, WordPieces, split_phrases, words_for

# Of an endless text the beginning tells enough.
_LONGEST = 4_000
# A single line break ends nothing: mail programs break long lines.
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[.!?;…]+|\n\n")
_ENDS = frozenset(".!?;…\n")
_WIDEST_GAP = 3
# What is only told counts half of what stands in the sentence that asks; a further word less than the first one.
_TOLD, _FURTHER = 0.5, 0.7
# No words at all are a hint at "other", weaker than any word.
_OTHER, _NOTHING_FOUND = THEMES.index("other"), 0.3
_SECOND_SHARE, _SECOND_LEAST = 0.6, 3.0
_MOST_SHOWN = 4
_ALL = range(len(THEMES))
_NOTHING: tuple[float, tuple[str, ...]] = (0.0, ())
_SAME_STEM = 5
# Many English words sound like Kazakh ones by chance: in an English text no word is looked up by its sound.
_ENGLISH = frozenset(("the", "of", "and", "to", "is", "are", "my", "for", "with", "can", "does", "how"))
_MOST_KNOWN = 20_000
# At equal points the theme with words of its own wins: words for treatment and tests are in every question.
_TIES = (
    "pregnancy_family", "infections_vaccines", "social_support", "diet", "causes_risk", "prognosis", "side_effects",
    "lifestyle", "diagnosis", "symptoms", "treatment", "other",
)  # fmt: skip
_BY_TIES = tuple(map(THEMES.index, _TIES))
# Words that are no theme by themselves: the name of a medicine hints at treatment, and what the body feels is laid to
# the treatment when the text names one, else to the disease.
COMPLAINT, MEDICINE = "complaint", "medicine"
ROLES = (*THEMES, COMPLAINT, MEDICINE)
_COMPLAINT, _MEDICINE = ROLES.index(COMPLAINT), ROLES.index(MEDICINE)
_TREATMENT = THEMES.index("treatment")
_UNTREATED: Mapping[int | None, int] = {_MEDICINE: _TREATMENT, _COMPLAINT: THEMES.index("symptoms")}
_TREATED: Mapping[int | None, int] = {_MEDICINE: _TREATMENT, _COMPLAINT: THEMES.index("side_effects")}
# Nearly every question speaks of these two: on a near tie the other theme wins.
_GENERAL: Mapping[int | None, float] = {_TREATMENT: 0.9, THEMES.index("diagnosis"): 0.9}


class Keyword(NamedTuple):
    """A word or phrase as an organiser writes it (`диет*`, `сколько … живут`), one of `ROLES`, its weight (1 to 10)."""

    phrase: str
    theme: str
    weight: int


@dataclass(frozen=True, slots=True)
class ThemeGuess:
    """One or two themes, the best first, and why: `diet: "тамақ", "кефир"`."""

    themes: tuple[str, ...]
    reasons: tuple[str, ...]


class _Phrase(NamedTuple):
    """`rest` is what follows the first piece, each with the number of words within which it must come.

    `theme` is the place in `ROLES`; None for words that show which sentence asks.
    """

    theme: int | None
    weight: int
    rest: tuple[tuple[int, int], ...]


class _Word(NamedTuple):
    """Which pieces a word fits, what it says by itself (theme, weight), and which phrases it may begin.

    Phrases are kept by the piece that the very next word must fit; those with a gap there stand in `gapped`.
    """

    pieces: frozenset[int]
    alone: tuple[tuple[int | None, int], ...]
    phrases: Mapping[int, list[_Phrase]]
    gapped: tuple[_Phrase, ...]


_SILENT = _Word(frozenset(), (), {}, ())
_Hit = tuple[int | None, int, tuple[int, ...]]  # place in ROLES, weight, places of its words


class _Vocabulary(dict[str, _Word]):
    """What words fit, with or without their sound: people use the same ones over and over, so each is looked up once.

    Numbers are not kept: every text has others.
    """

    def __init__(self, pieces: WordPieces, starts: Mapping[int, list[_Phrase]], *, by_sound: bool) -> None:
        super().__init__()
        self._pieces, self._starts, self._by_sound = pieces, starts, by_sound
        # Many words fit the same pieces, above all numbers.
        self._by_pieces: dict[tuple[int, ...], _Word] = {(): _SILENT}

    def __missing__(self, token: str) -> _Word:
        pieces = self._pieces.fitting(token, by_sound=self._by_sound)
        word = self._by_pieces.get(tuple(pieces)) or self._fitting(pieces)
        if len(self) < _MOST_KNOWN and not token[0].isdecimal():
            self[token] = word
        return word

    def _fitting(self, pieces: frozenset[int]) -> _Word:
        word = _word(pieces, [phrase for piece in sorted(pieces) for phrase in self._starts.get(piece, ())])
        if len(self._by_pieces) < _MOST_KNOWN:
            self._by_pieces[tuple(pieces)] = word
        return word


@dataclass(frozen=True, slots=True)
class ThemeKeywords:
    """The words of all languages, ready to be looked for (made by `compile_keywords`); `keywords` name a theme."""

    keywords: tuple[Keyword, ...]
    _known: tuple[_Vocabulary, _Vocabulary] = field(repr=False, compare=False)

    def scores(self, text: str) -> Scores:
        """How strongly the words of `text` speak for each theme, in the order of `THEMES`."""
        return tuple(points for points, _ in self.evidence(text))

    def evidence(self, text: str) -> tuple[tuple[float, tuple[str, ...]], ...]:
        """For each theme its points and the words that made them (in small letters), the strongest first."""
        tokens = _TOKEN.findall(text[:_LONGEST].casefold())
        hits = self._hits(tokens)
        ends = [place for place, token in enumerate(tokens) if token[0] in _ENDS]
        asking = _asking(tokens, ends, hits)
        meant = _TREATED if any(role == _MEDICINE for role, _, _ in hits) else _UNTREATED
        by_theme: dict[int | None, list[tuple[float, tuple[int, ...]]]] = {}
        for role, weight, places in hits:
            theme = meant.get(role, role)
            is_told = asking and bisect(ends, places[0]) not in asking
            points = weight * _GENERAL.get(theme, 1.0)
            by_theme.setdefault(theme, []).append((points * _TOLD if is_told else points, places))
        return tuple([_summed(by_theme[theme], tokens) if theme in by_theme else _NOTHING for theme in _ALL])

    def _hits(self, tokens: Sequence[str]) -> list[_Hit]:
        by_sound = _ENGLISH.isdisjoint(tokens)
        known = list(map(self._known[by_sound].__getitem__, tokens))
        hits: list[_Hit] = []
        for first, word in enumerate(known):
            if word is _SILENT:
                continue
            _, alone, phrases, gapped = word
            for theme, weight in alone:
                hits.append((theme, weight, (first,)))
            begun = gapped
            if phrases and first + 1 < len(known):
                for piece in known[first + 1].pieces:
                    if piece in phrases:
                        begun = (*begun, *phrases[piece])
            for theme, weight, rest in begun:
                if places := _places(rest, known, first):
                    hits.append((theme, weight, places))
        return hits


def compile_keywords(keywords: Iterable[Keyword], asking: Iterable[str] = ()) -> ThemeKeywords:
    """Keywords made ready; `asking` are words that show which sentence asks when there is no question mark.

    A keyword that is for none of `ROLES`, or without any word, counts for nothing.
    """
    kept = [keyword for keyword in keywords if keyword.theme in ROLES]
    spoken = [
        *((word.phrase, ROLES.index(word.theme), word.weight) for word in kept),
        *((word, None, 0) for word in asking),
    ]
    numbers: dict[str, int] = {}
    starts: dict[int, list[_Phrase]] = {}
    for words, (_, role, weight) in zip(split_phrases(phrase for phrase, _, _ in spoken), spoken, strict=False):
        if steps := _steps(words, numbers):
            (first, _), *rest = steps
            starts.setdefault(first, []).append(_Phrase(role, weight, tuple(rest)))
    named = tuple(keyword for keyword in kept if keyword.theme in THEMES)
    pieces = WordPieces(numbers)
    known = (_Vocabulary(pieces, starts, by_sound=False), _Vocabulary(pieces, starts, by_sound=True))
    return ThemeKeywords(named, known)


def guess_themes(text: str, keywords: ThemeKeywords, model: ThemeModel | None = None) -> ThemeGuess:
    """The themes `text` asks about: what the keywords find, corrected by what earlier decisions taught."""
    evidence = keywords.evidence(text)
    heard = {} if model is None else model.heard(text)
    points = _points(evidence, [] if model is None else [model.beforehand, *heard.values()])
    best = max(_BY_TIES, key=points.__getitem__)
    second = max((theme for theme in _BY_TIES if theme != best), key=points.__getitem__)
    is_double = points[second] >= max(_SECOND_LEAST, _SECOND_SHARE * points[best])
    chosen = (best, second) if is_double else (best,)
    themes = tuple(THEMES[theme] for theme in chosen)
    reasons = (*_by_keywords(themes, evidence), *(_by_decisions(themes, heard) if heard else ()))
    return ThemeGuess(themes, reasons or (f"{themes[0]}: no word of the lists speaks for another theme",))


def _points(evidence: Sequence[tuple[float, object]], taught: Sequence[Scores]) -> list[float]:
    points = [found for found, _ in evidence]
    points[_OTHER] += _NOTHING_FOUND
    return [sum(column) for column in zip(points, *taught, strict=True)] if taught else points


def _by_decisions(themes: Sequence[str], heard: Mapping[str, Scores]) -> list[str]:
    told = [(theme, words_for(theme, heard)) for theme in themes]
    return [f"learnt from your decisions: {theme} ({', '.join(words)})" for theme, words in told if words]


def _by_keywords(themes: Sequence[str], evidence: Sequence[tuple[float, tuple[str, ...]]]) -> list[str]:
    said = [(theme, evidence[THEMES.index(theme)][1][:_MOST_SHOWN]) for theme in themes]
    return [f"{theme}: " + ", ".join(f'"{word}"' for word in words) for theme, words in said if words]


def _steps(written: Iterable[str], numbers: dict[str, int]) -> list[tuple[int, int]]:
    """The numbers of a phrase's words (a new one gets the next), each with how far behind the last it may stand."""
    steps: list[tuple[int, int]] = []
    reach = 1
    for word in written:
        if word == GAP:
            reach = 1 + _WIDEST_GAP
        else:
            steps.append((numbers.setdefault(word, len(numbers)), reach))
            reach = 1
    return steps


def _places(rest: Sequence[tuple[int, int]], known: Sequence[_Word], first: int) -> tuple[int, ...]:
    """Where the words of a phrase stand that begins at `first`; nothing when they do not follow."""
    places = [first]
    for piece, reach in rest:
        for place in range(places[-1] + 1, min(places[-1] + reach + 1, len(known))):
            if piece in known[place].pieces:
                places.append(place)
                break
        else:
            return ()
    return tuple(places)


def _asking(tokens: Sequence[str], ends: Sequence[int], hits: Sequence[_Hit]) -> set[int]:
    """The numbers of the sentences that end with a question mark; without any, of those with words that ask."""
    marked = {number for number, place in enumerate(ends) if "?" in tokens[place]}
    return marked or {bisect(ends, places[0]) for theme, _, places in hits if theme is None}


def _word(pieces: frozenset[int], phrases: Sequence[_Phrase]) -> _Word:
    alone: dict[int | None, int] = {}
    following: dict[int, list[_Phrase]] = {}
    gapped: list[_Phrase] = []
    for phrase in phrases:
        if not phrase.rest:
            alone[phrase.theme] = max(phrase.weight, alone.get(phrase.theme, 0))
        elif phrase.rest[0][1] == 1:
            following.setdefault(phrase.rest[0][0], []).append(phrase)
        else:
            gapped.append(phrase)
    return _Word(pieces, tuple(alone.items()), following, tuple(gapped))


def _summed(found: list[tuple[float, tuple[int, ...]]], words: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """Points of one theme: a word counts once, in its strongest phrase, and the same word said again not at all."""
    if len(found) == 1:
        ((single, places),) = found
        return single, (" ".join([words[place] for place in places]),)
    # Sorting is stable: of equals the first in the text.
    found.sort(key=lambda hit: -hit[0])
    total, share = 0.0, 1.0
    said: list[str] = []
    heard: set[str] = set()
    for points, places in found:
        stems = [words[place][:_SAME_STEM] for place in places]
        if heard.isdisjoint(stems):
            heard.update(stems)
            total += points * share
            share *= _FURTHER
            said.append(" ".join([words[place] for place in places]))
    return total, tuple(said)

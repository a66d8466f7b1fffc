"""Questions of one meaning in other words or another language: suggested to the organiser, never merged by themselves.

Two measures are added, each a cosine of rarities: the meanings that both speak of (a list the organiser edits, the
same for all languages), and the pieces of four letters that both are written with (typos, endings, words of no list).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from typing import NamedTuple

from schoolctl.domain.folding import fold, sound

# Meanings bridge the languages; pieces of words only order what is left.
_WEIGHT_OF_MEANINGS = 0.7
_PIECE = 4
# A piece or meaning found in more of the texts than this tells them apart no more.
_MOST_COMMON_SHARE = 0.25
_FEW_TEXTS = 40
_REASONS = 5
# Words alike in their first letters are one word with two endings.
_BEGINNING = 5


class MedicalTerm(NamedTuple):
    """One meaning: its name, shown as a reason, and its words in all languages (`*` stands for any ending)."""

    name: str
    phrases: tuple[str, ...]


class Similar(NamedTuple):
    """A question like another: its place among the texts, how like (0 to 1), and the meanings and words of both."""

    position: int
    score: float
    why: tuple[str, ...]


class _Part(NamedTuple):
    """A word of a phrase as it sounds; an open one goes on anyhow."""

    heard: str
    is_open: bool

    def fits(self, word: str) -> bool:
        return word.startswith(self.heard) if self.is_open else word == self.heard


class _Phrase(NamedTuple):
    parts: tuple[_Part, ...]
    name: str

    def stands_at(self, place: int, heard: Sequence[str]) -> bool:
        """Whether the phrase, whose first word is known to fit, goes on from there."""
        rest = heard[place + 1 : place + len(self.parts)]
        return len(rest) == len(self.parts) - 1 and all(
            part.fits(word) for part, word in zip(self.parts[1:], rest, strict=True)
        )


class MedicalTerms:
    """The meanings of words, whatever the language, the alphabet and the ending."""

    def __init__(self, terms: Iterable[MedicalTerm]) -> None:
        """Sort the phrases by their first word."""
        self._by_first_word: dict[str, list[_Phrase]] = defaultdict(list)
        for term in terms:
            for phrase in term.phrases:
                if parts := tuple(_parts(phrase)):
                    self._by_first_word[parts[0].heard].append(_Phrase(parts, term.name))
        self._longest = max(map(len, self._by_first_word), default=0)
        self._found: dict[str, tuple[_Phrase, ...]] = {}

    def names_in(self, heard: Sequence[str]) -> list[str]:
        """The names of the meanings that a text speaks of, in order of the alphabet; `heard` is its words' sounds."""
        names = {
            phrase.name
            for place, word in enumerate(heard)
            for phrase in self._beginning_with(word)
            if phrase.stands_at(place, heard)
        }
        return sorted(names)

    def _beginning_with(self, word: str) -> tuple[_Phrase, ...]:
        if word not in self._found:
            beginnings = (word[:length] for length in range(1, min(len(word), self._longest) + 1))
            phrases = chain.from_iterable(self._by_first_word.get(beginning, ()) for beginning in beginnings)
            self._found[word] = tuple(phrase for phrase in phrases if phrase.parts[0].fits(word))
        return self._found[word]


def _parts(phrase: str) -> Iterator[_Part]:
    for piece in phrase.split():
        *inner, last = [sound(word) for word in fold(piece).split()] or [""]
        yield from (_Part(heard, is_open=False) for heard in inner)
        if last:
            yield _Part(last, is_open=piece.endswith("*"))


class _Rarities:
    """The features (meanings, or pieces) of all texts, and the texts by feature."""

    def __init__(self, features_of_texts: Sequence[Collection[str]]) -> None:
        self._features = features_of_texts
        self._texts_with: dict[str, list[int]] = defaultdict(list)
        for position, features in enumerate(features_of_texts):
            for feature in features:
                self._texts_with[feature].append(position)
        self._weights = _weights(self._texts_with, len(features_of_texts))
        self._lengths = [
            math.sqrt(sum(self._weights.get(feature, 0) for feature in features)) for features in features_of_texts
        ]

    def add_likeness(self, position: int, share: float, scores: dict[int, float]) -> None:
        """Add to `scores` of all other texts their cosine to this one, times `share`."""
        common: dict[int, float] = defaultdict(float)
        for feature in self._features[position]:
            if weight := self._weights.get(feature):
                for other in self._texts_with[feature]:
                    common[other] += weight
        common.pop(position, None)
        for other, weight in common.items():
            scores[other] += share * weight / (self._lengths[position] * self._lengths[other])

    def shared(self, one: int, other: int) -> list[str]:
        """The features of both texts that weigh anything, the rarest first."""
        both = set(self._features[one]) & set(self._features[other]) & self._weights.keys()
        return sorted(both, key=lambda feature: (-self._weights[feature], feature))


def _weights(texts_with: Mapping[str, Sequence[int]], texts: int) -> dict[str, float]:
    """The squared rarity of each feature; what is in one text only, or in a great many, likens nothing."""
    most = max(_FEW_TEXTS, texts * _MOST_COMMON_SHARE)
    return {
        feature: math.log((texts + 1) / len(places)) ** 2
        for feature, places in texts_with.items()
        if 1 < len(places) <= most
    }


class SimilarityIndex:
    """All questions, made ready for asking which are like one of them."""

    def __init__(self, texts: Sequence[str], terms: MedicalTerms) -> None:
        """Read `texts` once; positions are counted from 0 in their order."""
        self._words = [fold(text).split() for text in texts]
        sounds = [[sound(word) for word in words] for words in self._words]
        self._meanings = _Rarities([terms.names_in(heard) for heard in sounds])
        self._pieces = _Rarities([_pieces(heard) for heard in sounds])

    def similar_to(self, position: int, limit: int = 3) -> list[Similar]:
        """The questions most like the one at `position`, the likest first; IndexError when there is no such place."""
        if not 0 <= position < len(self._words):
            raise IndexError(position)
        scores: dict[int, float] = defaultdict(float)
        self._meanings.add_likeness(position, _WEIGHT_OF_MEANINGS, scores)
        self._pieces.add_likeness(position, 1 - _WEIGHT_OF_MEANINGS, scores)
        best = nsmallest(limit, scores.items(), key=lambda found: (-found[1], found[0]))
        return [Similar(other, min(score, 1.0), self._why(position, other)) for other, score in best]

    def _why(self, one: int, other: int) -> tuple[str, ...]:
        words = _shared_words(self._words[one], self._words[other])
        return tuple([*self._meanings.shared(one, other), *words][:_REASONS])


def _pieces(heard: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(map(_pieces_of_word, heard))))


@lru_cache(maxsize=100_000)  # people use the same words over and over
def _pieces_of_word(heard: str) -> tuple[str, ...]:
    padded = f" {heard} "
    return tuple(padded[start : start + _PIECE] for start in range(len(padded) - _PIECE + 1))


def _shared_words(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """Words of the first text that the second has too, with any ending; the longest first."""
    beginnings = {sound(word)[:_BEGINNING] for word in others if len(word) >= _BEGINNING}
    both = {word for word in words if len(word) >= _BEGINNING and sound(word)[:_BEGINNING] in beginnings}
    return sorted(both, key=lambda word: (-len(word), word))

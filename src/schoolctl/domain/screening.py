"""Which messages are no questions for a School, by cues that an organiser can read, edit and be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schoolctl.domain.question import Screening
from schoolctl.domain.vocabulary import ScreeningLabel

# The first label that reaches the threshold wins: a thank-you is no logistics, a request for the link is not personal.
_ORDER: tuple[ScreeningLabel, ...] = ("not_question", "logistics", "personal", "off_topic")
_THRESHOLD = 2
_WILDCARDS = {"*": r"\w*", "#": r"\d+(?:[.,]\d+)?"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A named sign that speaks for a label with a weight; two points are enough to set a message apart.

    `stems` are pieces of its phrases, in small letters, of which one must be in a text before `pattern` can fit.
    """

    name: str
    label: ScreeningLabel
    weight: int
    pattern: re.Pattern[str]
    stems: tuple[str, ...] = ("",)

    def fits(self, text: str) -> bool:
        """Whether the sign is in `text` (in small letters); a look at the stems saves most of the searching."""
        return any(map(text.__contains__, self.stems)) and self.pattern.search(text) is not None


def compile_phrases(phrases: Sequence[str]) -> re.Pattern[str]:
    """Phrases as an organiser writes them (`*` ends a word anyhow, `#` is a number) as one pattern of whole words."""
    return re.compile(rf"(?<!\w)(?:{_any_of(phrases)})(?!\w)", re.IGNORECASE)


def compile_whole(phrases: Sequence[str]) -> re.Pattern[str]:
    """A pattern that fits texts made of nothing but these phrases."""
    longest_first = sorted(phrases, key=len, reverse=True)
    # Atomic and possessive: a text of a thousand thank-yous must not be tried in two to the thousand ways. The end of
    # the word stands inside, so that a shorter phrase with a `*` has its turn when a longer one fits half a word.
    phrase = rf"(?>(?:{_any_of(longest_first)})(?:(?<!\w)|(?!\w)))"
    # A phrase goes before a sign between phrases: an emoji may be a phrase of its own.
    return re.compile(rf"\A(?:(?!{phrase})\W)*+{phrase}(?:{phrase}|\W)*+\Z", re.IGNORECASE)


def screen(text: str, cues: Sequence[Cue]) -> Screening:
    """The label whose cues reach two points, with the names of the cues that spoke for it; else general."""
    found: dict[ScreeningLabel, list[Cue]] = {}
    lowered = text.casefold()
    for cue in cues:
        if cue.fits(lowered):
            found.setdefault(cue.label, []).append(cue)
    for label in _ORDER:
        spoken = found.get(label, [])
        if sum(cue.weight for cue in spoken) >= _THRESHOLD:
            return Screening(label, tuple(cue.name for cue in spoken))
    return Screening("general")


def stems_of(phrases: Sequence[str]) -> tuple[str, ...]:
    """The longest plain piece of each phrase, in small letters."""
    pieces = (re.split(r"[*#\s]+", phrase.casefold()) for phrase in phrases if phrase.strip())
    return tuple(dict.fromkeys(max(words, key=len) for words in pieces))


def _any_of(phrases: Sequence[str]) -> str:
    # An empty phrase in a hand-edited list would fit every text; a list without phrases fits none.
    return "|".join(_expression(phrase) for phrase in phrases if phrase.strip()) or r"(?!)"


def _expression(phrase: str) -> str:
    words = (re.escape(word) for word in phrase.casefold().split())
    expression = r"\s+".join(words)
    for sign, meaning in _WILDCARDS.items():
        expression = expression.replace(re.escape(sign), meaning)
    return expression

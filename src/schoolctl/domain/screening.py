"""Which messages are no questions for a School, by cues that an organiser can read, edit and be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schoolctl.domain.question import Screening, ScreeningLabel

# The first label that reaches the threshold wins: a thank-you is no logistics, a request for the link is not personal.
_ORDER: tuple[ScreeningLabel, ...] = ("not_question", "logistics", "personal", "off_topic")
_THRESHOLD = 2
_WILDCARDS = {"*": r"\w*", "#": r"\d+(?:[.,]\d+)?"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A named sign that speaks for a label with a weight; two points are enough to set a message apart."""

    name: str
    label: ScreeningLabel
    weight: int
    pattern: re.Pattern[str]


def compile_phrases(phrases: Sequence[str]) -> re.Pattern[str]:
    """Phrases as an organiser writes them (`*` ends a word anyhow, `#` is a number) as one pattern of whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, phrases))})(?!\w)", re.IGNORECASE)


def compile_whole(phrases: Sequence[str]) -> re.Pattern[str]:
    """A pattern that fits texts made of nothing but these phrases."""
    longest_first = sorted(phrases, key=len, reverse=True)
    anything = "|".join(map(_expression, longest_first))
    # Atomic and possessive: a text of a thousand thank-yous must not be tried in two to the thousand ways.
    return re.compile(rf"\A\W*+(?:(?>{anything})(?:\W++|$))++\Z", re.IGNORECASE)


def screen(text: str, cues: Sequence[Cue]) -> Screening:
    """The label whose cues reach two points, with the names of the cues that spoke for it; else general."""
    found: dict[ScreeningLabel, list[Cue]] = {}
    for cue in cues:
        if cue.pattern.search(text):
            found.setdefault(cue.label, []).append(cue)
    for label in _ORDER:
        spoken = found.get(label, [])
        if sum(cue.weight for cue in spoken) >= _THRESHOLD:
            return Screening(label, tuple(cue.name for cue in spoken))
    return Screening("general")


def _expression(phrase: str) -> str:
    words = (re.escape(word) for word in phrase.split())
    expression = r"\s+".join(words)
    for sign, meaning in _WILDCARDS.items():
        expression = expression.replace(re.escape(sign), meaning)
    return expression

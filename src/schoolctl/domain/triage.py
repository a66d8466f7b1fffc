"""What the rules suggest and say of a question; a person decides."""

from __future__ import annotations

from dataclasses import dataclass

from schoolctl.domain.folding import fold
from schoolctl.domain.question import Question


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that may ask the same; `score` from 0 to 1; `why` names what both speak of."""

    question: Question
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Companions:
    """A question, and what may be the same, best first."""

    question: Question
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One judgement: what is judged, the verdict, why, and whether a person decided it."""

    aspect: str
    verdict: str
    why: tuple[str, ...]
    is_decided: bool = False


def hidden_words(text: str, redacted_text: str) -> frozenset[str]:
    """The words of a text, folded, that are not in the wording to pass on: names and what else was replaced."""
    if text == redacted_text:
        return frozenset()
    return frozenset(fold(text).split()) - frozenset(fold(redacted_text).split())


def tells_nothing_of(reason: str, hidden: frozenset[str]) -> bool:
    """Whether a reason holds none of the hidden words."""
    return not hidden or hidden.isdisjoint(fold(reason).split())

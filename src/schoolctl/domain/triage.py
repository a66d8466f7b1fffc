"""What the rules suggest and say of a question; a person decides."""

from __future__ import annotations

from dataclasses import dataclass

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

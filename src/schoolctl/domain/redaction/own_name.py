"""The sender's own name, in whatever spelling the sender writes it."""

from __future__ import annotations

import re

from schoolctl.domain.redaction.endings import may_end, stem_of
from schoolctl.domain.redaction.letters import fold
from schoolctl.domain.redaction.marks import Span
from schoolctl.domain.text import clean_line

_SHORTEST_NAME = 3
_WORD = re.compile(r"[^\W\d_]+")


def find_own_name(folded: str, name: str) -> list[Span]:
    """The places of the words of `name` in a folded text, from left to right, also with case endings."""
    parts = [part for part in _WORD.findall(fold(clean_line(name))) if len(part) >= _SHORTEST_NAME]
    stems = [stem_of(part) for part in dict.fromkeys(parts)]
    if not any(stem in folded for stem, _ in stems):
        return []
    return [
        Span(*word.span(), "name", "the sender's own name")
        for word in _WORD.finditer(folded)
        if any(word[0].startswith(stem) and may_end(last, word[0][len(stem) :]) for stem, last in stems)
    ]

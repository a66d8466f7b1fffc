"""How a question is told in a line: its mark, its themes, the beginning of its words."""

from __future__ import annotations

from schoolctl.cli.console import for_terminal
from schoolctl.domain.question import Question

# Signs beside the words, so that a glance down the column is enough, with colours or without.
_SIGNS = {
    "new": "·",
    "accepted": "✓",
    "answered": "✓",
    "personal": "•",
    "off_topic": "–",
    "duplicate": "=",
    "rejected": "✗",
}
_DOUBT = "?"
MARK_WIDTH = len("? not_question")  # columns


def mark_of(question: Question) -> str:
    """`✓ accepted` as a person decided, else `? personal` as the rules guess."""
    if question.reviewed or question.status != "new":
        return f"{_SIGNS[question.status]} {question.status}"
    label = question.screening.label
    return f"{_SIGNS['new']} new" if label == "general" else f"{_DOUBT} {label}"


def kind_of(question: Question) -> str:
    """The kind that decides the colour: good, apart, done or open."""
    if question.reviewed:
        return {"accepted": "good", "answered": "good", "personal": "apart"}.get(question.status, "done")
    return "open" if question.screening.label == "general" else "apart"


def words_of(question: Question) -> str:
    """The wording that may be passed on, on one line."""
    return " ".join(for_terminal(question.redacted_text).split())

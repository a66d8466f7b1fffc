"""Groups, similar questions, reasons and summaries as the JSON that scripts read; wordings are the redacted ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from schoolctl.domain.groups import Group
from schoolctl.domain.question import Question
from schoolctl.domain.summary import Summary
from schoolctl.domain.triage import Companions, Reason


def group_view(group: Group) -> dict[str, Any]:
    """A group, or a question that stands alone (`group` is null)."""
    return {
        "group": group.wording.group,
        "demand": group.demand,
        "wording": {"id": group.wording.id, "text": group.wording.redacted_text},
        "questions": [question.id for question in group.questions],
    }


def companions_view(companions: Companions) -> dict[str, Any]:
    """A question and what may be the same; scores from 0 to 1."""
    return {
        "id": companions.question.id,
        "similar": [
            {"id": one.question.id, "score": round(one.score, 3), "why": list(one.why)}
            for one in companions.suggestions
        ],
    }


def reasons_view(question: Question, reasons: Sequence[Reason]) -> dict[str, Any]:
    """What was judged about a question, by aspect."""
    judged = {
        reason.aspect: {"verdict": reason.verdict, "why": list(reason.why), "decided": reason.is_decided}
        for reason in reasons
    }
    return {"id": question.id, **judged}


def summary_view(summary: Summary) -> dict[str, Any]:
    """The questions in figures; only what is for the School is quoted."""
    return {
        "questions": summary.questions,
        "people": summary.people,
        "waiting": summary.waiting,
        "statuses": dict(summary.statuses),
        "screening": dict(summary.screening),
        "channels": dict(summary.channels),
        "languages": dict(summary.languages),
        "themes": dict(summary.themes),
        "days": dict(summary.days),
        "groups": [group_view(group) for group in summary.leading],
    }

"""Why the rules judge a question as they do: every automatic judgement can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from schoolctl.domain.groups import choose_wording
from schoolctl.domain.language_guess import explain_language
from schoolctl.domain.question import Question, Screening
from schoolctl.domain.repeats import why_repeat
from schoolctl.domain.triage import Reason, hidden_words, tells_nothing_of
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.question_store import QuestionFilter, QuestionStore


def reasons_for(workspace: Workspace, ids: Sequence[int]) -> list[tuple[Question, list[Reason]]]:
    """For each question what was judged about it, and why."""
    with open_database(workspace.database_path, for_writing=False) as database:
        store = QuestionStore(database)
        return [(question, _reasons(question, store)) for question in store.get(ids)]


def _reasons(question: Question, store: QuestionStore) -> list[Reason]:
    screening = question.screening
    return [
        Reason("language", question.language, _language_reasons(question)),
        Reason("screening", _scored(screening), screening.reasons or ("no sign spoke against it",)),
        Reason("status", question.status, (), is_decided=question.reviewed),
        Reason("themes", ", ".join(question.themes) or "none", question.theme_reasons, "themes" in question.decided),
        Reason("group", str(question.group or "none"), _group_reasons(question, store), "group" in question.decided),
        Reason(
            "redaction",
            f"{len(question.redactions)} replaced" if question.redactions else "nothing personal found",
            tuple(f"{mark.kind}: {mark.rule}" for mark in question.redactions),
            "redaction" in question.decided,
        ),
    ]


def _language_reasons(question: Question) -> tuple[str, ...]:
    """The words that told the language, without those that are not passed on."""
    hidden = hidden_words(question.text, question.redacted_text)
    signs = (sign.partition(": ") for sign in explain_language(question.text))
    told = [(name, [word for word in words.split() if tells_nothing_of(word, hidden)]) for name, _, words in signs]
    return tuple(f"{name}: {' '.join(words)}" for name, words in told if words)


def _scored(screening: Screening) -> str:
    return f"{screening.label} (score {screening.score})" if screening.score else screening.label


def _group_reasons(question: Question, store: QuestionStore) -> tuple[str, ...]:
    """What the question shares with the one whose words stand for its group."""
    if question.group is None:
        return ()
    members = store.find(QuestionFilter(group=question.group))
    others = [member for member in members if member.id != question.id]
    if not others:
        return ()
    wording = choose_wording(others)
    hidden = hidden_words(question.text, question.redacted_text)
    shared = [word for word in why_repeat(question.text, wording.text) if tells_nothing_of(word, hidden)]
    return (f"with question {wording.id}", *([f"words of both: {' '.join(shared)}"] if shared else []))

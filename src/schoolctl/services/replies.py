"""Answers to those whose question is none for the School: polite, in their language, ready to paste."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.question import Question
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.renderers.reply import ReplyKind, render_reply
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.question_store import QuestionStore


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a question, in `language`."""

    question: Question
    kind: ReplyKind
    language: str
    text: str


def replies(workspace: Workspace, ids: Sequence[int], language: str | None = None) -> list[Reply]:
    """An answer for each question, in its own language unless `language` says another.

    SchoolctlError for a question that is neither personal nor off topic: no ready answer fits it.
    """
    if language is not None and language not in LANGUAGES:
        message = f'there is no language "{language}". Languages: {", ".join(LANGUAGES)}'
        raise WrongUsageError(message)
    schedule = workspace.schedule()
    with open_database(workspace.database_path, for_writing=False) as database:
        questions = QuestionStore(database).get(list(dict.fromkeys(ids)))
    answers: list[Reply] = []
    for question in questions:
        kind = _kind(question)
        code = language or (question.language if question.language in LANGUAGES else schedule.languages[0])
        text = render_reply(workspace.templates, schedule.organizer, kind, code)
        answers.append(Reply(question, kind, code, text))
    return answers


def _kind(question: Question) -> ReplyKind:
    """Why the question is set apart: a person's word counts before the rules'."""
    what = question.status if question.reviewed else question.screening.label
    if what == "personal":
        return "personal"
    if what == "off_topic":
        return "off_topic"
    message = (
        f"question {question.id} is neither personal nor off topic ({what}): no ready answer fits it. "
        f"If it is personal: schoolctl questions set {question.id} --status personal"
    )
    raise SchoolctlError(message)

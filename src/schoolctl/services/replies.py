"""Answers to those whose question is none for the doctors: polite, in their language, ready to paste."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.question import Question
from schoolctl.domain.school import Schedule
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.renderers.reply import ReplyFacts, ReplyKind, render_reply
from schoolctl.services import clock
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

    SchoolctlError for a question that is neither personal nor off topic nor about the School itself: no ready answer
    fits it.
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
        facts = _facts(schedule, question) if kind == "logistics" else ReplyFacts(schedule.organizer, clock.now())
        text = render_reply(workspace.templates, facts, kind, code)
        answers.append(Reply(question, kind, code, text))
    return answers


def _facts(schedule: Schedule, question: Question) -> ReplyFacts:
    """The School that was asked about when it is still to come, else that it is not, and the next one."""
    now = clock.now()
    about = next((school for school in schedule.schools if school.id == question.school), None)
    if about and about.status(now) == "planned":
        return ReplyFacts(schedule.organizer, now, coming=about)
    planned = (school for school in schedule.schools if school.status(now) == "planned")
    coming = min(planned, key=lambda school: school.starts, default=None)
    return ReplyFacts(schedule.organizer, now, coming, past=about)


def _kind(question: Question) -> ReplyKind:
    """Why the question is set apart: a person's word counts before the rules'."""
    what: str = question.status if question.reviewed else question.screening.label
    # No status says that a question is about the School itself: for the doctors a person would have accepted it.
    if question.screening.label == "logistics" and what in {"new", "answered", "rejected"}:
        what = "logistics"
    if what in {"personal", "off_topic", "logistics"}:
        return cast("ReplyKind", what)
    message = (
        f"question {question.id} is neither personal nor off topic nor about the School itself ({what}): "
        "no ready answer fits it. "
        f"If it is personal: schoolctl questions set {question.id} --status personal"
    )
    raise SchoolctlError(message)

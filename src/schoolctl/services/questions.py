"""Looking at the questions and deciding about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from schoolctl.domain.languages.en import LANGUAGE as ENGLISH
from schoolctl.domain.privacy import redact
from schoolctl.domain.question import Question
from schoolctl.domain.text import clean_text
from schoolctl.domain.vocabulary import STATUSES, Status
from schoolctl.errors import WrongUsageError
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.question_store import QuestionFilter, QuestionStore

THEMES = tuple(ENGLISH.themes)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about questions; None means: unchanged. `school` may be empty: to no school."""

    status: Status | None = None
    themes: tuple[str, ...] | None = None
    school: str | None = None
    text: str | None = None


def checked_statuses(words: Sequence[str]) -> tuple[Status, ...]:
    """The statuses called so; WrongUsageError names a word that is none."""
    for word in words:
        if word not in STATUSES:
            message = f'there is no status "{word}". Statuses: {", ".join(STATUSES)}'
            raise WrongUsageError(message)
    return tuple(status for status in STATUSES if status in words)


def list_questions(workspace: Workspace, wanted: QuestionFilter) -> list[Question]:
    """The questions that fit the filter."""
    if wanted.theme is not None:
        _check_themes((wanted.theme,))
    with open_database(workspace.database_path, for_writing=False) as database:
        found = QuestionStore(database).find(wanted)
    if wanted.school and not found:
        # A mistyped ID must not look like a school nobody asked about; questions of a removed school are still shown.
        workspace.schedule().school(wanted.school)
    return found


def get_questions(workspace: Workspace, ids: Sequence[int]) -> list[Question]:
    """The questions with these IDs."""
    with open_database(workspace.database_path, for_writing=False) as database:
        return QuestionStore(database).get(ids)


def set_questions(workspace: Workspace, ids: Sequence[int], decision: Decision, *, dry_run: bool) -> list[Question]:
    """Apply a decision to all the questions (to none when one is not there); the questions as they are then."""
    _check_decision(decision, ids)
    if decision.school:
        workspace.schedule().school(decision.school)
    if dry_run:
        return [_decided(question, decision) for question in get_questions(workspace, ids)]
    with open_database(workspace.database_path, for_writing=True) as database, database.transaction():
        store = QuestionStore(database)
        decided = [_decided(question, decision) for question in store.get(ids)]
        for question in decided:
            store.save(question, is_text_edited=decision.text is not None)
    return decided


def _check_decision(decision: Decision, ids: Sequence[int]) -> None:
    if decision == Decision():
        message = "say what to set: --status, --theme, --school or --text"
        raise WrongUsageError(message)
    if decision.text is not None and len(ids) > 1:
        message = "--text sets the wording of one question: give one ID"
        raise WrongUsageError(message)
    if decision.text is not None and not clean_text(decision.text):
        # An empty wording would lose a question while it still counts as accepted.
        message = "--text must hold some words"
        raise WrongUsageError(message)
    _check_themes(decision.themes or ())


def _check_themes(themes: Sequence[str]) -> None:
    for theme in themes:
        if theme not in THEMES:
            message = f'there is no theme "{theme}". Themes: {", ".join(THEMES)}'
            raise WrongUsageError(message)


def _decided(question: Question, decision: Decision) -> Question:
    if decision.status is not None:
        # A person decided: importing again and screening anew must not undo it.
        question = replace(question, status=decision.status, reviewed=True)
    if decision.themes is not None:
        question = replace(question, themes=decision.themes)
    if decision.school is not None:
        question = replace(question, school=decision.school)
    if decision.text is not None:
        text = clean_text(decision.text)
        # The new wording may name a person as well as the old one did.
        question = replace(question, text=text, redacted_text=redact(text, question.language, question.sender))
    return question

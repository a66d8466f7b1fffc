"""Messages set aside: looking at them, and making questions of those that are questions after all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schoolctl.domain.question import Draft, Question, SetAside, StoredSetAside
from schoolctl.errors import SchoolctlError
from schoolctl.services.drafts import Desk, cleaned, question_of
from schoolctl.services.judgement import read_rules, with_learning
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database, open_for_change
from schoolctl.store.question_store import QuestionStore
from schoolctl.store.set_aside_store import SetAsideStore


def list_set_aside(workspace: Workspace) -> list[StoredSetAside]:
    """Every message that was set aside, oldest first."""
    with open_database(workspace.database_path, for_writing=False) as database:
        return SetAsideStore(database).find()


def restore(workspace: Workspace, ids: Sequence[int], school: str | None, *, dry_run: bool) -> list[Question]:
    """Make questions of messages set aside (of all or, when one cannot be restored, of none); the questions made.

    What was taken for a question in a message stays that; where nothing was, its whole text becomes the question.
    """
    schedule = workspace.schedule()
    if school:
        schedule.school(school)
    rules = read_rules(workspace, schedule)
    opened = open_for_change(workspace.database_path, is_rehearsal=dry_run)
    with opened as database, database.transaction():
        store, questions = SetAsideStore(database), QuestionStore(database)
        rules = with_learning(rules, database)
        made: list[Question] = []
        for message in store.get(ids):
            question = question_of(_whole(message), Desk(message.source.file, school or message.school, rules))
            question_id = questions.insert(question)
            store.mark_restored(message.id, question_id)
            made.append(replace(question, id=question_id))
    return made


def _whole(message: StoredSetAside) -> Draft:
    """The draft with all of its words; SchoolctlError when there are none, or it is a question already."""
    if message.question is not None:
        reason = f"message {message.id} is question {message.question} already"
        raise SchoolctlError(reason)
    draft = message.draft
    if draft is None or not (draft.text.strip() or draft.original_text.strip()):
        reason = f"message {message.id} has no text that could be a question ({message.reason})"
        raise SchoolctlError(reason)
    item = cleaned(replace(draft, text=draft.text if draft.text.strip() else draft.original_text))
    # Too long for an import is not too long for a person who asked for it.
    return item.draft if isinstance(item, SetAside) and item.draft else item  # type: ignore[return-value]

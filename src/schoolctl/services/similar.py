"""What may be the same question, in whatever words and language: suggestions, never decisions."""

from __future__ import annotations

from collections.abc import Sequence

from schoolctl.domain.question import Question
from schoolctl.domain.similarity import SimilarityIndex
from schoolctl.domain.triage import Companions, Suggestion, hidden_words, tells_nothing_of
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database
from schoolctl.store.question_store import QuestionFilter, QuestionStore
from schoolctl.store.term_files import read_medical_terms


def find_similar(workspace: Workspace, school: str | None, ids: Sequence[int], limit: int) -> list[Companions]:
    """For each question (or each of `ids`) of a school (None: of all) up to `limit` others that may ask the same."""
    if school:
        workspace.schedule().school(school)
    terms = read_medical_terms(workspace.templates)
    with open_database(workspace.database_path, for_writing=False) as database:
        store = QuestionStore(database)
        wanted = set(ids) if store.get(ids) else None
        questions = [one for one in store.find(QuestionFilter(school=school)) if _is_question(one)]
    index = SimilarityIndex([question.text for question in questions], terms)
    return [
        Companions(question, suggestions_for(index, questions, position, limit))
        for position, question in enumerate(questions)
        if wanted is None or question.id in wanted
    ]


def suggestions_for(
    index: SimilarityIndex, questions: Sequence[Question], position: int, limit: int
) -> tuple[Suggestion, ...]:
    """What may ask the same as the question at `position`; `index` was made of the texts of `questions`."""
    asked = questions[position]
    return tuple(
        Suggestion(questions[one.position], one.score, _openly(one.why, asked, questions[one.position]))
        for one in index.similar_to(position, limit)
    )


def _openly(why: Sequence[str], one: Question, other: Question) -> tuple[str, ...]:
    """What both speak of, without names: two letters signed alike must not tell by whom."""
    hidden = hidden_words(one.text, one.redacted_text) | hidden_words(other.text, other.redacted_text)
    return tuple(word for word in why if tells_nothing_of(word, hidden))


def _is_question(question: Question) -> bool:
    return question.reviewed or question.screening.label != "not_question"

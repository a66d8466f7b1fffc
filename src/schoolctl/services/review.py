"""A sitting of deciding question by question: every decision with its number in the history, and what is similar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock

from schoolctl.domain.closing import answer_together
from schoolctl.domain.groups import choose_wording, join
from schoolctl.domain.question import Question
from schoolctl.domain.similarity import SimilarityIndex
from schoolctl.domain.triage import Suggestion
from schoolctl.errors import WrongUsageError
from schoolctl.services.decisions import DecisionDesk, deciding, history, shown_ids
from schoolctl.services.groups import group_questions, ungroup_questions
from schoolctl.services.questions import Decision, set_questions
from schoolctl.services.similar import suggestions_for
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter
from schoolctl.store.term_files import read_medical_terms

# Another command may decide at the same moment: so many changes are looked through for the one just made.
_NEWEST = 20


def decide(workspace: Workspace, question: int, decision: Decision) -> int | None:
    """Apply a decision to a question; the change's number in the history, None when nothing changed."""
    return _number_of(workspace, question, lambda: set_questions(workspace, [question], decision, dry_run=False))


def group(workspace: Workspace, question: int, other: int) -> int | None:
    """Put two questions (and the groups they are in) into one group; the change's number.

    A wording that a person chose goes on standing for the group, else the fittest of all does.
    """
    with deciding(workspace, dry_run=True) as desk:
        first = choose_wording([*_with_companions(desk, question), *_with_companions(desk, other)])
    ids = [first.id, question, other]
    return _number_of(workspace, question, lambda: group_questions(workspace, ids, dry_run=False))


def ungroup(workspace: Workspace, question: int) -> int | None:
    """Take a question out of its group; the change's number."""
    return _number_of(workspace, question, lambda: ungroup_questions(workspace, [question], dry_run=False))


def mark_duplicate(workspace: Workspace, question: int, original: int) -> int | None:
    """Make a question a duplicate in the group of another, as one change; its number.

    The words that stand for the other one's group go on standing for it.
    """
    if question == original:
        message = f"question {question} is no duplicate of itself: choose another one"
        raise WrongUsageError(message)
    with deciding(workspace, dry_run=False) as desk:
        known = _with_companions(desk, original)
        spokesman = next((one for one in known if "wording" in one.decided), known[0])
        everyone = [spokesman, *known, *_with_companions(desk, question)]
        members = list({one.id: one for one in everyone}.values())
        joined = [
            replace(one, status="duplicate", reviewed=True) if one.id == question else one
            for one in join(members, desk.questions.group_numbers())
        ]
        return desk.save(f"set {question}: duplicate of {original}", list(zip(members, joined, strict=True)))


def mark_answered(workspace: Workspace, question: int) -> int | None:
    """Make a question answered, and what was accepted of its group at its school, as one change; its number."""
    with deciding(workspace, dry_run=False) as desk:
        first, *others = _with_companions(desk, question)
        pairs = answer_together(first, others)
        return desk.save(f"set {shown_ids([old.id for old, _ in pairs])}: answered", pairs)


def _with_companions(desk: DecisionDesk, question_id: int) -> list[Question]:
    """A question, and after it the others of its group."""
    question = desk.questions.get([question_id])[0]
    if question.group is None:
        return [question]
    members = desk.questions.find(QuestionFilter(group=question.group))
    return [question, *(member for member in members if member.id != question_id)]


def _number_of(workspace: Workspace, question: int, act: Callable[[], object]) -> int | None:
    newest = next((change.id for change in history(workspace, 1)), 0)
    act()
    later = (change for change in history(workspace, _NEWEST) if change.id > newest)
    return next((change.id for change in later if question in change.questions), None)


class SimilarQuestions:
    """What may ask the same among the questions of a sitting; made for threads.

    The index is built when it is first needed, and again once a text has changed.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Nothing is read yet."""
        self._workspace = workspace
        self._lock = Lock()
        self._texts: list[str] = []
        self._index: SimilarityIndex | None = None

    def to(self, question: Question, questions: Sequence[Question], limit: int) -> tuple[Suggestion, ...]:
        """Up to `limit` of `questions` that may ask the same as one of them, best first."""
        position = next((place for place, one in enumerate(questions) if one.id == question.id), None)
        if position is None:
            return ()
        with self._lock:
            return suggestions_for(self._index_of(questions), questions, position, limit)

    def _index_of(self, questions: Sequence[Question]) -> SimilarityIndex:
        texts = [question.text for question in questions]
        if self._index is None or texts != self._texts:
            terms = read_medical_terms(self._workspace.templates)
            self._texts, self._index = texts, SimilarityIndex(texts, terms)
        return self._index

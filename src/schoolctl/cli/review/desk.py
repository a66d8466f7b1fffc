"""Where a sitting meets the store: each decision is kept at once, and the questions are read again after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schoolctl.cli.review.state import Sitting, Step
from schoolctl.domain.question import Question
from schoolctl.domain.triage import Suggestion
from schoolctl.services.decisions import undo
from schoolctl.services.questions import list_questions
from schoolctl.services.review import SimilarQuestions
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter


class Desk:
    """A workspace's questions of one school (None: all), and the sitting about them."""

    def __init__(self, workspace: Workspace, school: str | None, questions: Sequence[Question]) -> None:
        """Begin a sitting with these questions."""
        self.workspace, self.school = workspace, school
        self.schedule = workspace.schedule()
        self.sitting = Sitting(questions)
        self._similar = SimilarQuestions(workspace)

    def carry_out(self, act: Callable[[], int | None], question: int, *, is_settling: bool) -> None:
        """Let `act` change the store (its answer is the change's number); SchoolctlError: nothing was changed."""
        change = act()
        if change is not None:
            self.sitting.remember(Step(change, question, is_settling))
        self.reload()
        if is_settling:
            self.sitting.settle(question)

    def take_back(self) -> str:
        """Undo the last decision of this sitting, with the cursor on its question; what it was."""
        step = self.sitting.steps[-1]
        change = undo(self.workspace, step.change)
        self.sitting.forget_step()
        self.reload()
        self.sitting.move_to(step.question)
        return change.summary

    def reload(self) -> None:
        """Read all questions again: another command may have changed them."""
        self.sitting.take(list_questions(self.workspace, QuestionFilter(school=self.school)))

    def similar_to(self, question: Question, limit: int) -> tuple[Suggestion, ...]:
        """Up to `limit` questions that may ask the same; slow the first time, may be called in a thread."""
        return self._similar.to(question, tuple(self.sitting.questions), limit)

    def closing_line(self) -> str:
        """What was done, and what is left."""
        left = len(self.sitting.questions) - self.sitting.reviewed
        return f"decided {self.sitting.decided}, {left} left"

"""`schoolctl questions review`: the questions on a full screen, one key a decision; the only home of Textual."""

from __future__ import annotations

import os

from schoolctl.cli.console import is_interactive, is_terminal, say
from schoolctl.errors import WrongUsageError
from schoolctl.services.questions import list_questions
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter


def run_review(workspace: Workspace, school: str | None) -> None:
    """Go through a school's questions (None: all); every decision is kept at once."""
    if not (is_interactive() and is_terminal()) or os.environ.get("TERM") == "dumb":
        message = "questions review needs a terminal; use questions list and questions set"
        raise WrongUsageError(message)
    questions = list_questions(workspace, QuestionFilter(school=school))
    if not questions:
        say("No questions of this kind. Import some: schoolctl questions import PATH")
        return
    from schoolctl.cli.review.app import ReviewApp

    app = ReviewApp(workspace, school, questions)
    app.run()
    say(app.desk.closing_line())
    if app.fault:
        raise app.fault

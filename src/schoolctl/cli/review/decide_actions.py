"""The keys that decide: each asks what it needs to know, changes the store at once, and moves on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from textual.app import App

from schoolctl.cli.console import for_terminal
from schoolctl.cli.review.desk import Desk
from schoolctl.cli.review.dialogs import Choice, ChoiceDialog, EditDialog, ThemesDialog
from schoolctl.cli.review.facts import plain
from schoolctl.cli.review.similar_dialog import SimilarDialog
from schoolctl.domain.question import Question
from schoolctl.domain.vocabulary import Status
from schoolctl.errors import SchoolctlError
from schoolctl.services import review
from schoolctl.services.questions import Decision
from schoolctl.services.workspace import Workspace

_CHOSEN_FROM = 9
_NO_SCHOOL = ""


class DecideActions(App[None]):
    """The deciding half of the application."""

    desk: Desk

    def show(self) -> None:
        """Draw everything as the sitting has it: the other half's part."""

    def complain(self, error: Exception) -> None:
        """Show why something could not be done."""
        self.notify(for_terminal(str(error)), severity="error", timeout=10, markup=False)

    def action_set_status(self, status: Status) -> None:
        """Accept the question, or set it apart."""
        if question := self._current():
            is_done = self._decide(question, Decision(status=status), is_settling=True)
            if is_done and status == "accepted" and not question.school:
                # No agenda would hold it, and nobody would miss it there.
                self.notify(f"Question {question.id} belongs to no school yet: key s", severity="warning", markup=False)

    def action_mark_duplicate(self) -> None:
        """The question asks the same as another one, which stands for both."""
        self._choose_similar("Question {} is a duplicate of", review.mark_duplicate, is_settling=True)

    def action_mark_answered(self) -> None:
        """The question was answered at the School, and so was what was accepted of its group."""
        if question := self._current():
            act = partial(review.mark_answered, self.desk.workspace, question.id)
            self._carry_out(question, act, is_settling=True)

    def action_group(self) -> None:
        """The question asks the same as another one; both stay."""
        self._choose_similar("Question {} asks the same as", review.group, is_settling=False)

    def action_ungroup(self) -> None:
        """The question asks something else than its group."""
        question = self._current()
        if question and question.group is None:
            self.notify(f"Question {question.id} is in no group.", markup=False)
        elif question:
            self._carry_out(question, partial(review.ungroup, self.desk.workspace, question.id))

    def action_set_themes(self) -> None:
        """What the question is about."""
        if question := self._current():
            self.push_screen(ThemesDialog(question.id, question.themes), partial(self._set_themes, question))

    def _set_themes(self, question: Question, themes: tuple[str, ...] | None) -> None:
        if themes is not None:
            self._decide(question, Decision(themes=themes))

    def action_set_school(self) -> None:
        """Which school the question is for."""
        if question := self._current():
            schools = [
                Choice(school.id, plain(f"{school.id}  {school.topic.get('ru') or next(iter(school.topic.values()))}"))
                for school in self.desk.schedule.schools
            ]
            choices = [*schools, Choice(_NO_SCHOOL, plain("to no school"))]
            dialog = ChoiceDialog(f"Question {question.id} is for", choices, question.school or _NO_SCHOOL)
            self.push_screen(dialog, partial(self._set_school, question))

    def _set_school(self, question: Question, school: str | None) -> None:
        if school is None or not self._decide(question, Decision(school=school)):
            return
        if self.desk.school not in {None, school}:
            self.notify(f"Question {question.id} went to {school or 'no school'}: z brings it back", markup=False)

    def action_edit_text(self) -> None:
        """Better words for what was asked."""
        if question := self._current():
            note = "What is personal is replaced anew after saving. The original message stays as it is."
            dialog = EditDialog(f"Own words of question {question.id}", question.text, note)
            self.push_screen(dialog, partial(self._set_text, question))

    def _set_text(self, question: Question, text: str | None) -> None:
        if text is not None:
            self._decide(question, Decision(text=text))

    def action_edit_wording(self) -> None:
        """The very words that are passed on."""
        if question := self._current():
            note = "These very words are passed on; addresses and telephone numbers are replaced all the same."
            dialog = EditDialog(f"Wording of question {question.id} to be passed on", question.redacted_text, note)
            self.push_screen(dialog, partial(self._set_wording, question))

    def _set_wording(self, question: Question, wording: str | None) -> None:
        if wording is not None:
            self._decide(question, Decision(redacted_text=wording))

    def action_undo(self) -> None:
        """Take back the last decision of this sitting."""
        sitting = self.desk.sitting
        if not sitting.steps:
            self.notify("Nothing decided in this sitting is left to take back.", markup=False)
            return
        try:
            taken_back = self.desk.take_back()
        except (SchoolctlError, OSError) as error:
            self.complain(error)
            if sitting.refuse_undo():
                self.notify("Passed over: z takes back the decision before it.", markup=False)
        else:
            self.notify(f"Taken back: {taken_back}", markup=False)
        self.show()

    def _choose_similar(
        self, title: str, act: Callable[[Workspace, int, int], int | None], *, is_settling: bool
    ) -> None:
        question = self._current()
        if question is None:
            return

        def decide(other: int | None) -> None:
            if other is not None:
                self._carry_out(
                    question, partial(act, self.desk.workspace, question.id, other), is_settling=is_settling
                )

        find = partial(self.desk.similar_to, question, _CHOSEN_FROM)
        self.push_screen(SimilarDialog(title.format(question.id), question, find), decide)

    def _decide(self, question: Question, decision: Decision, *, is_settling: bool = False) -> bool:
        act = partial(review.decide, self.desk.workspace, question.id, decision)
        return self._carry_out(question, act, is_settling=is_settling)

    def _carry_out(self, question: Question, act: Callable[[], int | None], *, is_settling: bool = False) -> bool:
        """Change the store and show it; whether it could be done."""
        try:
            self.desk.carry_out(act, question.id, is_settling=is_settling)
        except (SchoolctlError, OSError) as error:
            self.complain(error)
            # It may be that another command changed or erased the question.
            with suppress(SchoolctlError, OSError):
                self.desk.reload()
            self.show()
            return False
        self.show()
        return True

    def _current(self) -> Question | None:
        return self.desk.sitting.current

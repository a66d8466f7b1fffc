"""A sitting: the questions, which of them are shown, where the cursor stands, what was decided. No screen in here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, get_args

from schoolctl.domain.groups import Group, grouped
from schoolctl.domain.question import Question
from schoolctl.domain.vocabulary import STATUSES, ScreeningLabel

LABELS: tuple[ScreeningLabel, ...] = get_args(ScreeningLabel)


class Filter(NamedTuple):
    """A kind of questions: its name, and whether a question is of it."""

    name: str
    fits: Callable[[Question], bool]


def _seems(label: str) -> Filter:
    return Filter(f"seems {label}", lambda question: question.screening.label == label)


def _has_status(status: str) -> Filter:
    return Filter(f"status {status}", lambda question: question.status == status)


ALL = Filter("all", lambda _: True)
OPEN = Filter("not yet reviewed", lambda question: not question.reviewed)
TO_ANSWER = Filter("to answer (accepted)", lambda question: question.status == "accepted")
ANSWERED = Filter("answered", lambda question: question.status == "answered")
_OTHER_STATUSES = tuple(status for status in STATUSES if status not in {"accepted", "answered"})
FILTERS = (ALL, OPEN, TO_ANSWER, ANSWERED, *map(_seems, LABELS), *map(_has_status, _OTHER_STATUSES))


class Step(NamedTuple):
    """A decision of this sitting: its number in the history, the question, and whether it settles the question."""

    change: int
    question: int
    is_settling: bool


class Sitting:
    """The questions in the order of their IDs; `shown` are those that fit the filter and the search."""

    def __init__(self, questions: Sequence[Question]) -> None:
        """Begin at the first question that nobody has reviewed."""
        self.questions: list[Question] = []
        self.shown: list[Question] = []
        self.cursor = 0
        self.filter = ALL
        self.search = ""
        self.steps: list[Step] = []
        self._groups: dict[int, Group] = {}
        self._refused: int | None = None
        self._last = 0  # the question under the cursor, or the one that was when something was shown
        self.take(questions)
        if self.current and self.current.reviewed:
            self.next_open()

    @property
    def current(self) -> Question | None:
        """The question under the cursor; None when nothing is shown."""
        return self.shown[self.cursor] if self.shown else None

    @property
    def reviewed(self) -> int:
        """How many of all questions a person has reviewed."""
        return sum(question.reviewed for question in self.questions)

    @property
    def decided(self) -> int:
        """How many questions were settled in this sitting."""
        return len({step.question for step in self.steps if step.is_settling})

    def members(self, question: Question) -> tuple[Question, ...]:
        """The questions of a question's group, itself among them; itself alone when it is in none."""
        return self._groups[question.group].questions if question.group is not None else (question,)

    def demand(self, question: Question) -> int:
        """How many people asked this, by its group."""
        return self._groups[question.group].demand if question.group is not None else 1

    def count(self, kind: Filter) -> int:
        """How many questions are of a kind."""
        return sum(map(kind.fits, self.questions))

    def take(self, questions: Sequence[Question]) -> None:
        """Take the questions as the store has them now; the cursor stays on its question, or at its place."""
        self.questions = list(questions)
        groups = grouped(question for question in questions if question.group is not None)
        self._groups = {group.wording.group: group for group in groups if group.wording.group is not None}
        self._choose()

    def show(self, kind: Filter) -> None:
        """Show the questions of a kind."""
        self.filter = kind
        self._choose()

    def search_for(self, words: str) -> None:
        """Show only questions that hold these words (or have this ID); empty shows all."""
        self.search = words
        self._choose()

    def move(self, by: int) -> None:
        """Move the cursor, not beyond either end."""
        self.cursor = max(0, min(self.cursor + by, len(self.shown) - 1))

    def move_to(self, question_id: int) -> None:
        """Put the cursor on a question, if it is shown."""
        self.cursor = next((place for place, one in enumerate(self.shown) if one.id == question_id), self.cursor)

    def next_open(self) -> bool:
        """Move on to the next question not yet reviewed, from the end to the beginning; whether there is one."""
        places = len(self.shown)
        for distance in range(1, places + 1):
            place = (self.cursor + distance) % places
            if not self.shown[place].reviewed:
                self.cursor = place
                return True
        return False

    def settle(self, question_id: int) -> bool:
        """Move on from a question that is decided; whether any is left."""
        # Under a filter the decided one may have gone, and the next one come into its place.
        if self.current and self.current.id != question_id and not self.current.reviewed:
            return True
        return self.next_open()

    def remember(self, step: Step) -> None:
        """Keep a decision, to be able to take it back."""
        self.steps.append(step)
        self._refused = None

    def forget_step(self) -> None:
        """Forget the last decision: it was taken back."""
        self.steps.pop()
        self._refused = None

    def refuse_undo(self) -> bool:
        """Note that the last decision could not be taken back; the second time it is passed over, and True."""
        # Else one question that another command has changed would bar the way to all decisions before.
        step = self.steps[-1]
        if self._refused == step.change:
            self.forget_step()
            return True
        self._refused = step.change
        return False

    def _choose(self) -> None:
        self._last = self.current.id if self.current else self._last
        self.shown = [one for one in self.questions if self.filter.fits(one) and _holds(one, self.search)]
        self.move(0)
        self.move_to(self._last)


def _holds(question: Question, words: str) -> bool:
    needle = words.strip().casefold()
    if not needle or needle == str(question.id):
        return True
    texts = (question.text, question.redacted_text, question.original_text)
    return any(needle in text.casefold() for text in texts)

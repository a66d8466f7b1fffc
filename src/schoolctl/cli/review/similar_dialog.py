"""Choosing among similar questions: they are looked for while the dialog stands open already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from schoolctl.cli.review.facts import plain, suggestion_line
from schoolctl.domain.question import Question
from schoolctl.domain.triage import Suggestion
from schoolctl.errors import SchoolctlError

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

_LOOKING = "looking for similar ones …"
_MOST_FIGURES = 9


class SimilarDialog(ModalScreen[int | None]):
    """The ID of a similar question, or of any whose number is typed; None when none was chosen."""

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel"),
        Binding("enter", "choose", "choose", priority=True),
    ]

    def __init__(self, title: str, question: Question, find: Callable[[], Sequence[Suggestion]]) -> None:
        """`find` may take its time: it is called in a thread."""
        super().__init__()
        self._title, self._question, self._find = title, question, find
        self._found: Sequence[Suggestion] = ()
        self._typed = ""

    def compose(self) -> ComposeResult:
        """What is asked about, and what may be the same."""
        with Vertical(classes="dialog") as frame:
            frame.border_title, frame.border_subtitle = self._title, "Enter: choose  Esc: cancel"
            yield Static(plain(self._question.redacted_text), id="asked", markup=False)
            yield OptionList(markup=False)
            yield Static(_LOOKING, classes="note", markup=False)

    def on_mount(self) -> None:
        """Begin to look."""
        self.run_worker(self._look(), exclusive=True)

    async def _look(self) -> None:
        try:
            self._found = await asyncio.to_thread(self._find)
        except SchoolctlError as error:
            self.query_one(".note", Static).update(plain(str(error)))
            return
        options = self.query_one(OptionList)
        options.add_options(Option(suggestion_line(self._question, one)) for one in self._found)
        options.highlighted = 0 if self._found else None
        self._show_note()

    def on_key(self, event: events.Key) -> None:
        """Figures make the number of a question that is not in the list."""
        if event.character and event.character in "0123456789":
            self._typed = f"{self._typed}{event.character}"[:_MOST_FIGURES]
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        else:
            return
        event.stop()
        self._show_note()

    def _show_note(self) -> None:
        nothing = "" if self._found else "Nothing similar found. "
        note = Content(f"{nothing}Another one? Type its ID.")
        if self._typed:
            note = Content.assemble("Enter chooses question ", (self._typed, "bold"))
        self.query_one(".note", Static).update(note)

    def action_choose(self) -> None:
        """The number that was typed, else the one under the cursor."""
        place = self.query_one(OptionList).highlighted
        if self._typed:
            self.dismiss(int(self._typed))
        elif place is not None:
            self.dismiss(self._found[place].question.id)

    def action_cancel(self) -> None:
        """None of them."""
        self.dismiss(None)

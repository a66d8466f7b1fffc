"""The application: the panes, moving about in them, and what is shown."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ComposeResult
from textual.containers import Container
from textual.content import Content

from schoolctl.cli.review.decide_actions import DecideActions
from schoolctl.cli.review.desk import Desk
from schoolctl.cli.review.dialogs import Choice, ChoiceDialog, HelpDialog
from schoolctl.cli.review.facts import Sight
from schoolctl.cli.review.keys import bindings
from schoolctl.cli.review.panes import Detail, KeyBar, SearchBar, StatusBar
from schoolctl.cli.review.question_list import QuestionList
from schoolctl.cli.review.state import ALL, FILTERS
from schoolctl.domain.question import Question
from schoolctl.domain.triage import Suggestion
from schoolctl.errors import SchoolctlError
from schoolctl.services.workspace import Workspace

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.widgets import Input

_WIDE = 110  # columns: from so many on the question stands beside the list
_NEAREST = 5
DARK, LIGHT = "textual-dark", "textual-light"
_LIGHT_BACKGROUNDS = ("7", "15")


class ReviewApp(DecideActions, App[None]):
    """The list, the question, the keys."""

    CSS_PATH = "review.tcss"
    TITLE = "schoolctl questions review"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None  # the keys are for the questions, not for the search
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]

    def __init__(self, workspace: Workspace, school: str | None, questions: Sequence[Question]) -> None:
        """Begin a sitting with these questions."""
        super().__init__()
        self.desk = Desk(workspace, school, questions)
        self._similar: Sequence[Suggestion] | None = None
        self._shows_similar = False
        if "TEXTUAL_THEME" not in os.environ:
            self.theme = _terminal_theme()

    def compose(self) -> ComposeResult:
        """The parts of the screen."""
        yield StatusBar(id="status", markup=False)
        with Container(id="panes"):
            yield QuestionList(self.desk.sitting)
            yield Detail()
        yield SearchBar(id="search-bar")
        yield KeyBar(id="keys", markup=False)

    def on_mount(self) -> None:
        """Show the first question to decide about."""
        self.call_after_refresh(self.show)

    def on_resize(self) -> None:
        """The bar at the top is as wide as the screen."""
        self.call_after_refresh(self.show)

    @property
    def fault(self) -> Exception | None:
        """What ended the application, if it was a fault."""
        return self._exception

    def _fatal_error(self) -> None:
        # Textual would print a traceback with the values in it: patients' words. The fault is told by the command.
        self._close_messages_no_wait()

    def show(self) -> None:
        """Draw everything as the sitting has it."""
        sitting = self.desk.sitting
        self.query_one(StatusBar).show(sitting, self.desk.school)
        self.query_one(QuestionList).show()
        self._similar = None
        self._show_detail()
        self.query_one(Detail).scroll_home(animate=False)
        if self._shows_similar and sitting.current:
            self.run_worker(self._look_for_similar(sitting.current), exclusive=True, group="similar")

    def _show_detail(self) -> None:
        sitting, question = self.desk.sitting, self.desk.sitting.current
        if question is None:
            self.query_one(Detail).show(None, None)
            return
        is_looking = self._shows_similar and self._similar is None
        zone = self.desk.schedule.zone
        sight = Sight(sitting.members(question), sitting.demand(question), zone, self._similar, is_looking)
        self.query_one(Detail).show(question, sight)

    async def _look_for_similar(self, question: Question) -> None:
        try:
            self._similar = await asyncio.to_thread(self.desk.similar_to, question, _NEAREST)
        except SchoolctlError as error:
            self._similar = ()
            self.complain(error)
        self._show_detail()

    def on_question_list_picked(self, event: QuestionList.Picked) -> None:
        """A click does what the arrows do."""
        self.action_move(event.place - self.desk.sitting.cursor)

    def action_move(self, by: int) -> None:
        """Go to another question."""
        self.desk.sitting.move(by)
        self.show()

    def action_move_page(self, pages: int) -> None:
        """Go a page of the list up or down."""
        self.action_move(pages * self.query_one(QuestionList).page)

    def action_scroll_question(self, pages: int) -> None:
        """Read on in the question."""
        detail = self.query_one(Detail)
        detail.scroll_relative(y=pages * max(detail.size.height - 2, 1), animate=False)

    def action_next_open(self) -> None:
        """Go to the next question not yet reviewed."""
        if not self.desk.sitting.next_open():
            self.notify("All questions shown here are reviewed.", markup=False)
        self.show()

    def action_toggle_whole(self) -> None:
        """The question on the whole screen, and back."""
        self.screen.toggle_class("-whole")

    def action_toggle_similar(self) -> None:
        """Show or hide what may be the same."""
        self._shows_similar = not self._shows_similar
        self.show()

    def action_toggle_light(self) -> None:
        """Light or dark."""
        self.theme = LIGHT if self.current_theme.dark else DARK

    def action_help(self) -> None:
        """All keys."""
        self.push_screen(HelpDialog())

    def action_choose_filter(self) -> None:
        """Which kind of questions is shown."""
        sitting = self.desk.sitting
        choices = [Choice(kind.name, Content(f"{sitting.count(kind):>5}  {kind.name}")) for kind in FILTERS]
        self.push_screen(ChoiceDialog("Show", choices, sitting.filter.name), self._filter)

    def _filter(self, name: str | None) -> None:
        if name is not None:
            self.desk.sitting.show(next(kind for kind in FILTERS if kind.name == name))
            self.show()

    def action_search(self) -> None:
        """Search while the words are typed."""
        self.screen.add_class("-searching")
        self.query_one(SearchBar).begin(self.desk.sitting.search)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what holds the words so far."""
        if not self.screen.has_class("-searching"):
            return  # a letter that was typed just before Esc
        self.desk.sitting.search_for(event.value)
        self.show()

    def on_input_submitted(self) -> None:
        """Keep what was found, and go on with the keys."""
        self._end_search()

    def action_show_all(self) -> None:
        """Step back: out of the search, the whole screen, the filter."""
        if self.screen.has_class("-searching") or self.desk.sitting.search:
            self.desk.sitting.search_for("")
            self._end_search()
        elif self.screen.has_class("-whole"):
            self.action_toggle_whole()
        else:
            self._filter(ALL.name)

    def _end_search(self) -> None:
        self.screen.remove_class("-searching")
        self.screen.set_focus(None)
        self.show()


def _terminal_theme() -> str:
    """Light where the terminal says that its background is (rxvt, Konsole and others do), else dark."""
    return LIGHT if os.environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_BACKGROUNDS else DARK

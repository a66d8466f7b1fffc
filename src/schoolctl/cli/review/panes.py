"""The parts of the screen around the list: where one stands, the question in full, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from schoolctl.cli.review.facts import FACTS, Sight, facts_of, plain
from schoolctl.cli.review.keys import bar_lines
from schoolctl.cli.review.marks import mark_of
from schoolctl.cli.review.state import ALL, Sitting
from schoolctl.domain.question import Question

if TYPE_CHECKING:
    from textual.app import ComposeResult

_BAR_WIDTH, _NARROW = 20, 70  # columns


class StatusBar(Static):
    """What is shown, and how far the work has come."""

    def show(self, sitting: Sitting, school: str | None) -> None:
        """Tell where the sitting stands."""
        total, reviewed = len(sitting.questions), sitting.reviewed
        progress = f"{reviewed} of {total} reviewed "
        filled = round(reviewed / total * _BAR_WIDTH) if total else 0
        left = plain(" " + " · ".join(_whereabouts(sitting, school)))
        room = self.size.width - len(progress) - _BAR_WIDTH - 2
        bar = Content.assemble(("█" * filled, "$success"), ("░" * (_BAR_WIDTH - filled), "$foreground-muted"))
        self.update(Content.assemble(_in_columns(left, room), " ", (progress, "bold"), bar))


def _whereabouts(sitting: Sitting, school: str | None) -> list[str]:
    place = f"{sitting.cursor + 1 if sitting.shown else 0}/{len(sitting.shown)}"
    kind = [] if sitting.filter == ALL else [sitting.filter.name]
    search = [f"“{sitting.search}”"] if sitting.search else []
    return [place, *kind, *search, school or "all schools"]


def _in_columns(content: Content, width: int) -> Content:
    return content.truncate(width, ellipsis=True, pad=True)


class Fact(Horizontal):
    """One fact about a question: its name and what is to say."""

    def __init__(self, name: str) -> None:
        """A fact that has nothing to say yet."""
        super().__init__(classes=f"fact {name.lower().replace(' ', '-')}")
        self._label = Static(name, classes="name", markup=False)
        self._said = Static(classes="said", markup=False)

    def compose(self) -> ComposeResult:
        """The name, and what is said."""
        yield self._label
        yield self._said

    def say(self, content: Content | None) -> None:
        """Say something else; None hides the fact."""
        self.display = content is not None
        if content is not None:
            self._said.update(content)


class Detail(VerticalScroll, can_focus=False):
    """The question under the cursor in full."""

    def compose(self) -> ComposeResult:
        """A place for every fact."""
        for name in FACTS:
            yield Fact(name)

    def show(self, question: Question | None, sight: Sight | None) -> None:
        """Tell all about a question; None: there is none."""
        facts = facts_of(question, sight) if question and sight else {}
        for name, fact in zip(FACTS, self.query(Fact), strict=True):
            fact.say(facts.get(name))
        self.border_title = Content(f"Question {question.id}   {mark_of(question)}") if question else Content()


class SearchBar(Horizontal):
    """Where the words to search for are typed; it takes the place of the keys."""

    def compose(self) -> ComposeResult:
        """The words, between what is asked and how to leave."""
        yield Static("Search for", markup=False)
        yield Input(placeholder="words, or an ID", compact=True, select_on_focus=False)
        yield Static("Enter: keep  Esc: all", markup=False)

    def begin(self, words: str) -> None:
        """Go on typing after these words."""
        typed = self.query_one(Input)
        typed.value = words
        typed.cursor_position = len(words)
        typed.focus()


class KeyBar(Static):
    """The keys that matter most."""

    def on_resize(self) -> None:
        """As many as there is room for."""
        lines = bar_lines(self.size.width)
        shown = [
            Content("  ").join(Content.assemble((one.key, "bold $text-accent"), " ", one.word) for one in line)
            for line in lines
        ]
        self.update(Content("\n").join(shown))

"""The list: only the lines in sight are made, so that a thousand questions open at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from schoolctl.cli.review.marks import MARK_WIDTH, kind_of, mark_of, words_of
from schoolctl.cli.review.state import Sitting
from schoolctl.domain.question import Question

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

# From so many columns on a question takes one line; in less, two.
_ONE_LINE = 76
_THEME_WIDTH, _DEMAND_WIDTH, _SHORTEST_ID = 12, 4, 3
_EMPTY = "No question of this kind. f: another filter, Esc: all"
Piece = tuple[str, str]


class QuestionList(ScrollView, can_focus=False):
    """The questions shown, and the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"question-list--{name}" for name in ("good", "apart", "done", "open", "muted", "number", "cursor")
    }

    class Picked(Message):
        """A question was clicked."""

        def __init__(self, place: int) -> None:
            """`place` counts from 0 among the questions shown."""
            self.place = place
            super().__init__()

    def __init__(self, sitting: Sitting) -> None:
        """Show what the sitting shows."""
        super().__init__(id="list")
        self._sitting = sitting

    @property
    def line_height(self) -> int:
        """How many lines a question takes."""
        return 1 if self.scrollable_content_region.width >= _ONE_LINE else 2

    @property
    def _id_width(self) -> int:
        return max(len(str(self._sitting.questions[-1].id)) if self._sitting.questions else 0, _SHORTEST_ID)

    @property
    def page(self) -> int:
        """How many questions are in sight."""
        return max(self.scrollable_content_region.height // self.line_height, 1)

    def show(self) -> None:
        """Draw anew what has changed, with the cursor in sight."""
        height, width = self.line_height, self.scrollable_content_region.width
        self.virtual_size = Size(width, max(len(self._sitting.shown), 1) * height)
        cursor = Region(0, self._sitting.cursor * height, width, height)
        self.scroll_to_region(cursor, animate=False, force=True)
        self.refresh()

    def on_resize(self) -> None:
        """Another width may mean other lines."""
        self.show()

    def on_click(self, event: events.Click) -> None:
        """Choose the question that was clicked."""
        place = (event.y + self.scroll_offset.y) // self.line_height
        if place < len(self._sitting.shown):
            self.post_message(self.Picked(place))

    def render_line(self, y: int) -> Strip:
        """The line of the screen so far down."""
        place, line = divmod(y + self.scroll_offset.y, self.line_height)
        width = self.scrollable_content_region.width
        if place >= len(self._sitting.shown):
            text = _EMPTY if y == 0 and not self._sitting.shown else ""
            return self._strip([(text, "muted")], width, is_cursor=False)
        question, is_cursor = self._sitting.shown[place], place == self._sitting.cursor
        return self._strip(self._pieces(question, line, width), width, is_cursor=is_cursor)

    def _pieces(self, question: Question, line: int, width: int) -> list[Piece]:
        words_style = "done" if kind_of(question) == "done" else "words"
        if line:
            indent = self._id_width + 1
            return [(" " * indent + _fit(words_of(question), width - indent - 2), words_style)]
        head: list[Piece] = [
            (f"{question.id:>{self._id_width}} ", "number"),
            (f"{mark_of(question):<{MARK_WIDTH}} ", kind_of(question)),
        ]
        people = self._sitting.demand(question)
        demand = (f"×{people}" if people > 1 else "").rjust(_DEMAND_WIDTH)
        # One column is the cursor's, one the margin's.
        room = width - sum(cell_len(text) for text, _ in head) - _DEMAND_WIDTH - 2
        if self.line_height > 1:
            return [*head, (_fit(", ".join(question.themes), room), "muted"), (demand, "number")]
        room -= _THEME_WIDTH + 1
        theme = _fit(", ".join(question.themes[:1]), _THEME_WIDTH)
        return [*head, (_fit(words_of(question), room), words_style), (f" {theme}", "muted"), (demand, "number")]

    def _strip(self, pieces: list[Piece], width: int, *, is_cursor: bool) -> Strip:
        segments = [Segment("›" if is_cursor else " ", self._style("number", is_cursor=is_cursor))]
        segments += [Segment(text, self._style(name, is_cursor=is_cursor)) for text, name in pieces]
        return Strip(segments).adjust_cell_length(width, self._style("words", is_cursor=is_cursor))

    def _style(self, name: str, *, is_cursor: bool) -> Style:
        if is_cursor:
            return self.get_component_rich_style("question-list--cursor")
        return self.rich_style if name == "words" else self.get_component_rich_style(f"question-list--{name}")


def _fit(text: str, width: int) -> str:
    """`text` in exactly so many columns."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return f"{set_cell_size(text, max(width - 1, 0))}…"

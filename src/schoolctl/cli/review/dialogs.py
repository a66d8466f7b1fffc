"""What is asked on top of the list: one of several, themes, a wording; and the help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from schoolctl.cli.console import for_terminal
from schoolctl.cli.review.keys import CHANGES, DECISIONS, MOVES, VIEWS
from schoolctl.domain.languages.en import LANGUAGE as ENGLISH

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

THEME_KEYS = "1234567890-="
# The same keys in the Kazakh layout.
_KAZAKH_KEYS = dict(zip('"әіңғ,.үұқөһ', THEME_KEYS, strict=True))
_CANCEL = Binding("escape", "cancel", "cancel")


class Choice(NamedTuple):
    """One of the things to choose from: what it is called inside, and what is shown."""

    value: str
    shown: Content


class ChoiceDialog(ModalScreen[str | None]):
    """One of several; None when nothing was chosen."""

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [_CANCEL]

    def __init__(self, title: str, choices: Sequence[Choice], now: str) -> None:
        """`now` is the value the cursor begins at."""
        super().__init__()
        self._title, self._choices, self._now = title, choices, now

    def compose(self) -> ComposeResult:
        """The list."""
        options = [Option(choice.shown, id=f"choice-{place}") for place, choice in enumerate(self._choices)]
        with Vertical(classes="dialog") as frame:
            frame.border_title, frame.border_subtitle = self._title, "Enter: choose  Esc: cancel"
            yield OptionList(*options, markup=False)

    def on_mount(self) -> None:
        """Begin at what holds now."""
        values = [choice.value for choice in self._choices]
        self.query_one(OptionList).highlighted = values.index(self._now) if self._now in values else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen."""
        self.dismiss(self._choices[event.option_index].value)

    def action_cancel(self) -> None:
        """Nothing is chosen."""
        self.dismiss(None)


class ThemesDialog(ModalScreen[tuple[str, ...] | None]):
    """Some of the twelve themes, a key each; None when it was left without saving."""

    BINDINGS: ClassVar[list[BindingType]] = [_CANCEL, Binding("enter", "save", "save")]

    def __init__(self, question: int, themes: Sequence[str]) -> None:
        """Begin with the themes the question has."""
        super().__init__()
        self._question, self._chosen = question, list(themes)

    def compose(self) -> ComposeResult:
        """The themes with their keys."""
        with Vertical(classes="dialog") as frame:
            frame.border_title = f"Themes of question {self._question}"
            frame.border_subtitle = "key: on or off  Enter: save  Esc: cancel"
            yield Static(id="themes", markup=False)
            yield Static(classes="note", markup=False)

    def on_mount(self) -> None:
        """Show what holds now."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """A theme's key puts it on or off."""
        character = _KAZAKH_KEYS.get(event.character or "", event.character or "")
        if character and character in THEME_KEYS:
            event.stop()
            theme = tuple(ENGLISH.themes)[THEME_KEYS.index(character)]
            self._chosen = [one for one in self._chosen if one != theme] + [theme] * (theme not in self._chosen)
            self._show()

    def action_save(self) -> None:
        """These themes it shall be."""
        self.dismiss(tuple(self._chosen))

    def action_cancel(self) -> None:
        """All stays as it was."""
        self.dismiss(None)

    def _show(self) -> None:
        lines = [self._line(key, theme) for key, theme in zip(THEME_KEYS, ENGLISH.themes, strict=True)]
        self.query_one("#themes", Static).update(Content("\n").join(lines))
        first = f"{self._chosen[0]} comes first: it leads in agendas and figures" if self._chosen else "no theme"
        self.query_one(".note", Static).update(first)

    def _line(self, key: str, theme: str) -> Content:
        is_chosen = theme in self._chosen
        sign, style = ("✓", "bold $text-success") if is_chosen else (" ", "")
        return Content.assemble((f"{key} ", "bold $text-accent"), (f"{sign} {ENGLISH.themes[theme]:<28}", style), theme)


class EditDialog(ModalScreen[str | None]):
    """A text of several lines; None when it was left unsaved or unchanged."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", priority=True),
        Binding("ctrl+s,f2", "save", "save", priority=True),
    ]

    def __init__(self, title: str, text: str, note: str) -> None:
        """Begin with a text; `note` says what becomes of it."""
        super().__init__()
        self._title, self._text, self._note = title, for_terminal(text), note
        self._is_warned = False

    def compose(self) -> ComposeResult:
        """The text, and what becomes of it."""
        with Vertical(classes="dialog") as frame:
            frame.border_title, frame.border_subtitle = self._title, "Ctrl+S or F2: save  Esc: cancel"
            yield TextArea(self._text, compact=True)
            yield Static(self._note, classes="note", markup=False)

    def on_mount(self) -> None:
        """Write on at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_save(self) -> None:
        """These words it shall be."""
        text = self.query_one(TextArea).text
        self.dismiss(None if text == self._text else text)

    def action_cancel(self) -> None:
        """All stays as it was; whoever has written something is asked."""
        if self._is_warned or self.query_one(TextArea).text == self._text:
            self.dismiss(None)
            return
        self._is_warned = True
        self.query_one(".note", Static).update("Changed, not saved: Esc again throws it away")


class HelpDialog(ModalScreen[None]):
    """All keys."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter,f1", "close", "close")]

    def compose(self) -> ComposeResult:
        """The keys in groups."""
        with VerticalScroll(classes="dialog") as frame:
            frame.border_title, frame.border_subtitle = "Keys", "↑ ↓ more  Esc: back"
            yield Static(_help_text(), id="help-text", markup=False)

    def action_close(self) -> None:
        """Back to the questions."""
        self.dismiss(None)


def _help_text() -> Content:
    groups = {
        "Decide (moves on to the next one not yet reviewed)": [(one.key, one.help) for one in DECISIONS],
        "Change": [(one.key, one.help) for one in CHANGES],
        "Look": [(one.key, one.help) for one in VIEWS],
        "Move": list(MOVES),
    }
    lines: list[Content] = []
    for heading, keys in groups.items():
        lines += [Content.styled(heading, "bold")]
        lines += [Content.assemble((f"{key:>9}  ", "bold $text-accent"), said) for key, said in keys]
    footnote = "Every key works in the Russian and the Kazakh layout too; every decision is saved at once."
    return Content("\n").join([*lines, Content.styled(footnote, "$foreground-muted")])

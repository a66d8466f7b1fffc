"""The keys: which there are, what they do, and what the bar and the help say of them."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Command(NamedTuple):
    """A key with its action, its word in the bar and its line in the help; a `rare` one leaves a narrow bar."""

    key: str
    action: str
    word: str
    help: str
    rare: bool = False


DECISIONS = (
    Command("a", "set_status('accepted')", "accept", "accept: a question for the School"),
    Command("p", "set_status('personal')", "personal", "personal: answered in private, never passed on"),
    Command("o", "set_status('off_topic')", "off-topic", "off-topic: not about the School's subjects"),
    Command("r", "set_status('rejected')", "reject", "reject: no question, or nothing to answer"),
    Command("d", "mark_duplicate", "duplicate", "duplicate of another one: shows the similar ones"),
    Command("y", "mark_answered", "answered", "answered, with the accepted ones of its group", rare=True),
)
CHANGES = (
    Command("t", "set_themes", "theme", "themes: one or several of the twelve"),
    Command("s", "set_school", "school", "the school it is for"),
    Command("e", "edit_text", "edit", "edit the sender's words; redacted anew after saving"),
    Command("w", "edit_wording", "wording", "edit the wording that is passed on", rare=True),
    Command("g", "group", "group", "group it with a similar one: they ask the same"),
    Command("u", "ungroup", "ungroup", "take it out of its group", rare=True),
    Command("z", "undo", "undo", "take back the last decision of this sitting"),
)
VIEWS = (
    Command("m", "toggle_similar", "similar", "show or hide the similar ones, with what both speak of"),
    Command("f", "choose_filter", "filter", "show all, those not yet reviewed, or one kind"),
    Command("/", "search", "search", "search for words or an ID; Esc shows all again"),
    Command("n", "next_open", "next", "next question not yet reviewed (the space bar too)"),
    Command("l", "toggle_light", "light", "light or dark", rare=True),
    Command("?", "help", "keys", "this help"),
    Command("q", "quit", "quit", "leave; every decision is saved already"),
)
MOVES = (
    ("↑ ↓", "the question before, the next one (k and j too)"),
    ("Home End", "the first, the last"),
    ("[ ]", "a page of the list up, down"),
    ("PgUp PgDn", "scroll the question"),
    ("Enter", "the question on the whole screen, and back"),
)
_MOVE_BINDINGS = (
    ("up,k,л", "move(-1)"),
    ("down,j,о", "move(1)"),
    ("home", "move(-1000000)"),
    ("end", "move(1000000)"),
    ("[,х", "move_page(-1)"),
    ("],ъ", "move_page(1)"),
    ("pageup", "scroll_question(-1)"),
    ("pagedown", "scroll_question(1)"),
    ("enter", "toggle_whole"),
    ("space", "next_open"),
    ("escape", "show_all"),
    ("f1,comma", "help"),  # a comma: Shift and "/" in a Russian layout
)
COMMANDS = (*DECISIONS, *CHANGES, *VIEWS)
# Whoever has just written Russian or Kazakh presses the same keys: the letters that lie on them.
_ON_THE_SAME_KEY = dict(zip("aporsdytewguzmfnlq", "фзщкывнеуцпгяьатдй", strict=True)) | {"/": ".,№"}


def bindings() -> list[Binding]:
    """What the application binds: each letter in both cases and in the Cyrillic layouts."""
    commands = [Binding(_all_forms(command.key), command.action, command.word) for command in COMMANDS]
    return [*commands, *(Binding(keys, action) for keys, action in _MOVE_BINDINGS)]


def _all_forms(key: str) -> str:
    twins = _ON_THE_SAME_KEY.get(key, "")
    forms = dict.fromkeys([key, key.upper(), *twins.split(","), *twins.upper().split(",")])
    return ",".join(form for form in forms if form)


def bar_lines(width: int) -> list[list[Command]]:
    """The commands in the lines of a bar so wide; rare ones only where all fit into two lines."""
    lines = _filled(COMMANDS, width)
    return lines if len(lines) <= _BAR_HEIGHT else _filled([one for one in COMMANDS if not one.rare], width)


_BAR_HEIGHT = 2
_GAP = 2


def _filled(commands: tuple[Command, ...] | list[Command], width: int) -> list[list[Command]]:
    lines: list[list[Command]] = [[]]
    room = width
    for command in commands:
        needed = len(f"{command.key} {command.word}")
        if needed > room and lines[-1]:
            lines.append([])
            room = width
        lines[-1].append(command)
        room -= needed + _GAP
    return lines

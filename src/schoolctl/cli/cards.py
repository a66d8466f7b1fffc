"""Cards: everything about one thing, a fact a line, at any width."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from schoolctl.cli.console import is_terminal, say, terminal_width

_NARROWEST = 20


def say_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Facts with their names before them; long ones are wrapped beside their names."""
    indent = max(len(name) for name, _ in facts) + 2
    for name, text in facts:
        first, *others = _wrapped(text, indent)
        say(f"{name + ':':<{indent}}{first}")
        for other in others:
            say(" " * indent + other)


def _wrapped(text: str, indent: int) -> list[str]:
    lines = text.split("\n")
    # In a file or a pipe a line stays whole: scripts look for words in it, and a link must not be cut.
    if not is_terminal():
        return lines
    room = max(terminal_width() - indent, _NARROWEST)
    return [part for line in lines for part in wrap(line, room, break_long_words=False, break_on_hyphens=False) or [""]]

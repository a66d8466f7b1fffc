from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

COMMANDS_DOCUMENT = Path(__file__).parents[2] / "docs" / "commands.md"
PROMISED = [
    "init", "demo", "check", "templates list", "templates copy",
    "school list", "school show", "school add", "school edit", "school move", "school link", "school cancel",
    "school remove", "school close", "questions import", "questions list", "questions show", "questions set",
    "questions set-aside list", "questions set-aside restore", "questions review", "questions similar",
    "questions group", "questions ungroup", "questions split", "questions why", "questions screen",
    "questions summary", "questions reply", "questions forget", "questions export",
    "status", "history", "undo", "purge", "announce", "invite", "feed", "agenda",
]  # fmt: skip


@cache
def help_of(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "schoolctl", *words, "--help"], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stderr == ""
    return done.stdout


def section(text: str, title: str) -> list[tuple[str, str]]:
    """The names in a section of a help text, each with what is said of it."""
    body = text.partition(f"\n{title}:\n")[2].split("\n\n")[0]
    entries: list[tuple[str, str]] = []
    for line in body.splitlines():
        match = re.match(r"  (\S.*?)(?:  +(\S.*))?$", line)
        if match:
            entries.append((match[1], match[2] or ""))
        elif entries and line.strip():
            name, said = entries.pop()
            entries.append((name, f"{said} {line.strip()}".strip()))
    return entries


def commands(*group: str) -> Iterator[tuple[str, ...]]:
    for name, said in section(help_of(*group), "Commands"):
        assert said, f"{name} is not explained"
        words = (*group, name)
        if section(help_of(*words), "Commands"):
            yield from commands(*words)
        else:
            yield words


ALL = list(commands())


def test_every_promised_command_is_there() -> None:
    assert set(PROMISED) <= {" ".join(words) for words in ALL}


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_and_option_is_explained(words: tuple[str, ...]) -> None:
    text = help_of(*words)
    usage, _, rest = text.partition("\n\n")
    assert usage.startswith(f"Usage: schoolctl {' '.join(words)} ")
    assert rest.startswith("  ")
    options = section(text, "Options") + section(text, "Arguments")
    assert "-h, --help" in dict(options)
    assert [name for name, said in options if not said or said.startswith("[")] == []


@pytest.mark.parametrize("group", [(), ("school",), ("questions",), ("templates",)], ids=" ".join)
def test_every_group_gives_an_example(group: tuple[str, ...]) -> None:
    assert "schoolctl" in help_of(*group).partition("\nOptions:")[0].partition("\n\n")[2]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_is_documented(words: tuple[str, ...]) -> None:
    document = COMMANDS_DOCUMENT.read_text("utf-8")
    assert re.search(rf"(?m)^#+.*schoolctl {' '.join(words)}\b|`schoolctl {' '.join(words)}\b", document)

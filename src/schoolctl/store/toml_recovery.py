"""What can be read of a TOML file with mistakes: one mistake costs one statement, and all are reported."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from schoolctl.errors import Problem
from schoolctl.store.toml_mistakes import explain, line_in
from schoolctl.store.toml_places import (
    KEY,
    Statement,
    begins_statement,
    is_open,
    parse_error,
    statement_end,
    statements,
)

_MOST_SYNTAX_PROBLEMS = 50
_HEADING_NAME = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)")
# Stands in for a heading that cannot be read, so that its lines do not fall to the block above.
_LOST = "lost heading"
_LOST_HEADING = f'[["{_LOST}"]]'

# The text with broken lines blanked, its data (None: unreadable), the problems, and the keys on the broken lines.
Recovered = tuple[str, dict[str, Any] | None, tuple[Problem, ...], tuple[tuple[int, str], ...]]


def recover(file: str, text: str) -> Recovered:
    """Leave out what is no TOML, line by line, until the rest can be read."""
    # tomllib takes CRLF but no lone CR; lines are counted by LF.
    reading = _Reading(file, text.split("\n"))
    reading.leave_out_unreadable()
    reading.leave_out_twins()
    problems = tuple(sorted(reading.problems, key=lambda problem: problem.line or 0))
    return reading.text, reading.data, problems, tuple(reading.broken)


@dataclass
class _Reading:
    """A text with mistakes: lines are blanked until what is left can be read."""

    file: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def data(self) -> dict[str, Any] | None:
        """What can be read; None when nothing can."""
        if parse_error(self.text):
            return None
        data = tomllib.loads(self.text)
        data.pop(_LOST, None)
        return data

    def leave_out_unreadable(self) -> None:
        """Statement by statement, so that one mistake costs one statement."""
        index = 0
        while index < len(self.lines) and len(self.problems) < _MOST_SYNTAX_PROBLEMS:
            last, error = statement_end(self.lines, index)
            if error is None:
                index = last + 1
                continue
            at = index if is_open(error) else index + line_in(error, last - index + 1) - 1
            self._report(at, error)
            if at > index:
                # Inside a list: without this line the statement may be right.
                self._blank(at, at)
            elif self.lines[index].lstrip().startswith("["):
                self.lines[index] = self._heading_meant(self.lines[index])
            else:
                last = self._end_of_wreck(index)
                self._note_broken(index)
                self._blank(index, last)

    def leave_out_twins(self) -> None:
        """Keys and headings that stand twice."""
        while len(self.problems) < _MOST_SYNTAX_PROBLEMS and (error := parse_error(self.text)):
            number = line_in(error, len(self.lines))
            place = next((place for place in reversed(statements(self.text)) if place.first <= number), None)
            if place is None:
                return
            self._leave_out_twin(place)

    def _leave_out_twin(self, place: Statement) -> None:
        index = place.first - 1
        if not place.is_header:
            self.problems.append(Problem(self.file, place.first, "this key stands twice", "Keep one of the two"))
            self._blank(index, place.last - 1)
            return
        hint = (
            "Put all lines under one of the two; several blocks of a kind each begin with two brackets, as [[school]]"
        )
        self.problems.append(Problem(self.file, place.first, "this heading stands twice", hint))
        self.lines[index] = _LOST_HEADING

    def _report(self, index: int, error: Exception) -> None:
        self.problems.append(Problem(self.file, index + 1, *explain(self.lines[index], error)))

    def _note_broken(self, index: int) -> None:
        match = KEY.match(self.lines[index]) or re.match(r"\s*([A-Za-z0-9_]+)", self.lines[index])
        self.broken.append((index + 1, match[1] if match else ""))

    def _blank(self, first: int, last: int) -> None:
        for index in range(first, last + 1):
            self.lines[index] = "\r" if self.lines[index].endswith("\r") else ""

    def _heading_meant(self, line: str) -> str:
        match = _HEADING_NAME.match(line)
        if match is None:
            return _LOST_HEADING
        is_array = match[1] == "[[" or any(other.strip().startswith(f"[[{match[2]}]]") for other in self.lines)
        heading = f"[[{match[2]}]]" if is_array else f"[{match[2]}]"
        return _LOST_HEADING if parse_error(heading) else heading

    def _end_of_wreck(self, first: int) -> int:
        """The last line that belongs to a statement that cannot be read."""
        value = self.lines[first].partition("=")[2]
        if value.count("[") > value.count("]"):
            following = range(first + 1, len(self.lines))
            return next((at - 1 for at in following if begins_statement(self.lines[at])), len(self.lines) - 1)
        if value.count("{") > value.count("}"):
            for at in range(first + 1, len(self.lines)):
                line = self.lines[at]
                if not line.strip() or line.lstrip().startswith("["):
                    break
                if "}" in line and "{" not in line:
                    return at
        return first

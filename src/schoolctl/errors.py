"""The two families of trouble: an exception ends a command, a Problem is a finding in a file."""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """One mistake in a file: where it is, what it is, and how to mend it.

    `file` is the name shown to the user; `line` counts from 1 and is None when the whole file is meant.
    """

    file: str
    line: int | None
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """One line: `sessions.toml:12: message. Hint`."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}" + (f". {self.hint}" if self.hint else "")


class SchoolctlError(Exception):
    """The command cannot go on; the message is one line in the user's words."""

    exit_code: ClassVar[int] = 1


class WrongUsageError(SchoolctlError):
    """An option's value makes no sense by itself (exit code 2, as for a mistyped option)."""

    exit_code: ClassVar[int] = 2


class FileProblemsError(SchoolctlError):
    """A file of the workspace has mistakes; all of them are shown, a line each."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems; the message is their lines."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ChangedMeanwhileError(SchoolctlError):
    """A file was edited by somebody else between our reading and our writing."""


class MissingTranslationError(SchoolctlError):
    """A text that patients read is not there in the language asked for."""


class UnreadableSourceError(SchoolctlError):
    """A file of questions cannot be read at all: it is refused by name, the other files go on."""

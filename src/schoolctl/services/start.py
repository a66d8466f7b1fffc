"""Beginning a workspace: a commented schedule made from the shipped sample, and a .gitignore for private files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.local_time import parse_zone
from schoolctl.domain.school import PLACEHOLDER, email_fault
from schoolctl.errors import SchoolctlError, WrongUsageError
from schoolctl.resources import sample_schedule
from schoolctl.store import SCHEDULE_FILE
from schoolctl.store.output_files import write_files
from schoolctl.store.schedule_reader import read_schedule

_PLACEHOLDERS = re.compile(rf'(\w+) = "{PLACEHOLDER}"')
_IGNORED = "# Patients' data and generated texts do not belong into version control.\nquestions.db*\n*.lock\nout/\n"


@dataclass(frozen=True, slots=True)
class OrganizerAnswers:
    """What the organiser said when beginning; whatever is missing becomes a placeholder that `check` reports."""

    name: Mapping[str, str]
    email: str | None = None
    whatsapp: str | None = None
    timezone: str = "Asia/Almaty"


def refuse_existing(folder: Path) -> None:
    """SchoolctlError when there is a schedule already: it is never overwritten."""
    if (folder / SCHEDULE_FILE).exists():
        message = f"{folder / SCHEDULE_FILE} is there already and stays as it is"
        raise SchoolctlError(message)


class Beginning(NamedTuple):
    """The files that were written, and what is still to be filled in, by lines of the schedule: `14: name (kk, en)`."""

    files: tuple[Path, ...]
    to_fill_in: tuple[str, ...]


def begin_workspace(folder: Path, answers: OrganizerAnswers, *, dry_run: bool) -> Beginning:
    """Write sessions.toml and .gitignore into a folder that has no schedule yet."""
    refuse_existing(folder)
    _check_answers(answers)
    text = new_schedule(sample_schedule().read_text("utf-8"), answers)
    schedule = text.encode()
    _, problems = read_schedule(schedule, SCHEDULE_FILE)
    # Read back what will be written: an answer that breaks the file is told now, not at the next command.
    if wrong := [problem for problem in problems if problem.severity == "error"]:
        raise WrongUsageError(wrong[0].message)
    files = {folder / SCHEDULE_FILE: schedule}
    ignore_path = folder / ".gitignore"
    if not ignore_path.exists():
        files[ignore_path] = _IGNORED.encode()
    if not dry_run:
        write_files(files)
    return Beginning(tuple(files), tuple(_to_fill_in(text)))


def _to_fill_in(schedule: str) -> Iterator[str]:
    for number, line in enumerate(schedule.splitlines(), 1):
        parts = _PLACEHOLDERS.findall(line)
        if parts and not line.startswith("#"):
            key = line.partition(" ")[0]
            yield f"{number}: {key}" if parts == [key] else f"{number}: {key} ({', '.join(parts)})"


def _check_answers(answers: OrganizerAnswers) -> None:
    parse_zone(answers.timezone)
    if answers.email is not None and (fault := email_fault(answers.email)):
        raise WrongUsageError(fault)
    for language in answers.name:
        if language not in LANGUAGES:
            message = f'there is no language "{language}". Known: {", ".join(LANGUAGES)}'
            raise WrongUsageError(message)


def new_schedule(sample: str, answers: OrganizerAnswers) -> str:
    """The sample with the organiser's own values and its schools as commented examples."""
    head, mark, schools = sample.partition("\n[[school]]\n")
    for key, value in _values(answers).items():
        # Backslashes are doubled: they would mean something to re.
        head = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}".replace("\\", r"\\"), head)
    # One sample school is enough to copy from; the schedule itself begins empty.
    example = (mark + schools).strip("\n").split("\n\n")[0]
    commented = "\n".join(f"# {line}".rstrip() for line in example.split("\n"))
    return f"{head}\n{commented}\n"


def _values(answers: OrganizerAnswers) -> dict[str, str]:
    name = [f"{language} = {_quoted(answers.name.get(language, PLACEHOLDER))}" for language in LANGUAGES]
    return {
        "timezone": _quoted(answers.timezone),
        "name": f"{{ {', '.join(name)} }}",
        "email": _quoted(answers.email or PLACEHOLDER),
        "whatsapp": _quoted(answers.whatsapp or PLACEHOLDER),
        # Until told otherwise the organiser's name is also the one it writes under in chats.
        "chat_names": f"[{', '.join(map(_quoted, answers.name.values()))}]",
    }


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string too, but for the escape of a slash, which json does not make.
    return json.dumps(text, ensure_ascii=False)

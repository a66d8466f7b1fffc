"""The word lists of redaction: plain text files, the organiser's own before the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schoolctl.domain.redaction import SECTIONS, PrivacyWords
from schoolctl.errors import FileProblemsError, Problem
from schoolctl.resources import shipped_templates

_FOLDER = "privacy"
_NAMES, _NOT_NAMES, _CUES = "names.txt", "not_names.txt", "cues.txt"
PRIVACY_FILES = (_NAMES, _NOT_NAMES, _CUES)


def read_privacy_words(own_templates: Path) -> PrivacyWords:
    """The words of all lists; FileProblemsError with every mistake of a hand-edited file."""
    problems: list[Problem] = []
    given = _read_words(privacy_file(own_templates, _NAMES), problems)
    not_names = _read_words(privacy_file(own_templates, _NOT_NAMES), problems)
    cues = _read_cues(privacy_file(own_templates, _CUES), problems)
    if problems:
        raise FileProblemsError(tuple(problems))
    return PrivacyWords(given, not_names, cues)


def privacy_file(own_templates: Path, name: str) -> Path:
    """The file in force: names.txt, not_names.txt or cues.txt."""
    own = own_templates / _FOLDER / name
    return own if own.is_file() else shipped_templates() / _FOLDER / name


def privacy_problems(own_templates: Path) -> tuple[Problem, ...]:
    """The mistakes of the files in force."""
    problems: list[Problem] = []
    for name in (_NAMES, _NOT_NAMES):
        _read_words(privacy_file(own_templates, name), problems)
    _read_cues(privacy_file(own_templates, _CUES), problems)
    return tuple(problems)


def _read_words(path: Path, problems: list[Problem]) -> list[str]:
    """One word a line."""
    words = []
    for number, line in _lines(path, problems):
        if line.isalpha():
            words.append(line)
        else:
            problems.append(Problem(_shown(path), number, f"“{line}” is not one word", "Write one word a line"))
    return words


def _read_cues(path: Path, problems: list[Problem]) -> dict[str, list[str]]:
    """Sections in square brackets, a word or a phrase a line."""
    sections: dict[str, list[str]] = {}
    entries: list[str] | None = None
    for number, line in _lines(path, problems):
        if line.startswith("["):
            name = line.strip("[] ")
            if name not in SECTIONS:
                hint = f"Use one of: {', '.join(SECTIONS)}"
                problems.append(Problem(_shown(path), number, f"there is no section “{name}”", hint))
            entries = sections.setdefault(name, [])
        elif entries is None:
            problems.append(
                Problem(_shown(path), number, f"“{line}” stands before the first section", "Write [naming] above")
            )
        elif not line.replace("*", "").replace(" ", "").isalpha():
            problems.append(
                Problem(
                    _shown(path), number, f"“{line}” has a sign in it", "Only letters, blanks and a final * are read"
                )
            )
        else:
            entries.append(line)
    return sections


def _lines(path: Path, problems: list[Problem]) -> Iterator[tuple[int, str]]:
    """The lines of a file that say something, without their comments, numbered from 1."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(_shown(path), None, "the file is not UTF-8", "Save it as UTF-8 in your editor"))
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if said := line.partition("#")[0].strip():
            yield number, said


def _shown(path: Path) -> str:
    return f"templates/{_FOLDER}/{path.name}"

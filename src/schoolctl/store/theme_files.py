"""The keywords of the themes: one TOML file a language, the organiser's own before the shipped one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.theme_model import is_plain_phrase, phrase_fault
from schoolctl.domain.themes import ROLES, Keyword, ThemeKeywords, compile_keywords
from schoolctl.errors import FileProblemsError, Problem
from schoolctl.resources import shipped_templates
from schoolctl.store.toml_places import line_of, statements
from schoolctl.store.toml_source import read_toml
from schoolctl.store.toml_values import Finding, Table

_HEAVIEST = 10


class ThemeWords(NamedTuple):
    """What one file holds: the keywords of all themes, and the words that show which sentence asks."""

    keywords: tuple[Keyword, ...]
    asking: tuple[str, ...]


def read_theme_keywords(own_templates: Path) -> ThemeKeywords:
    """The keywords of every language; FileProblemsError with every mistake of a hand-edited file."""
    keywords: list[Keyword] = []
    asking: list[str] = []
    problems: list[Problem] = []
    for language in LANGUAGES:
        words, file_problems = read_theme_file(theme_file(own_templates, language))
        keywords += words.keywords
        asking += words.asking
        problems += file_problems
    if problems:
        raise FileProblemsError(tuple(problems))
    return compile_keywords(keywords, asking)


def theme_problems(own_templates: Path) -> Iterator[Problem]:
    """The mistakes of the theme files in force."""
    for language in LANGUAGES:
        yield from read_theme_file(theme_file(own_templates, language))[1]


def theme_file(own_templates: Path, language: str) -> Path:
    """The file in force for a language."""
    own = own_templates / "themes" / f"{language}.toml"
    return own if own.is_file() else shipped_templates() / "themes" / f"{language}.toml"


def read_theme_file(path: Path) -> tuple[ThemeWords, tuple[Problem, ...]]:
    """The words of one file, and its mistakes."""
    name = f"templates/themes/{path.name}"
    source = read_toml(path.read_bytes(), name)
    top = Table(source.data, ())
    top.report_unknown(("asking", "keywords"))
    asking = _phrases(top, "asking")
    tables = top.tables("keywords", "Begin each list of words with a line [[keywords]]")
    keywords = tuple(keyword for table in tables for keyword in _keywords(table))
    places = statements(source.text) if top.findings else []
    found = tuple(
        Problem(name, line_of(finding.path, places), finding.message, finding.hint) for finding in top.findings
    )
    return ThemeWords(keywords, asking), source.problems + found


def _keywords(table: Table) -> list[Keyword]:
    table.report_unknown(("theme", "weight", "words"))
    is_complete = table.require("theme", f"Write theme = and one of: {', '.join(ROLES)}")
    table.require("weight", f"Write weight = 1 (a hint) to {_HEAVIEST} (certain)")
    if not table.data.get("words"):
        table.report("words", "a theme needs words", 'Write words = ["…", "…"]')
    # "other" would be a theme like any: without one the words are left out.
    theme = table.choice("theme", ROLES, ROLES[0]) if is_complete else ""
    weight = table.whole_number("weight", 1, _HEAVIEST) if "weight" in table.data else 1
    return [Keyword(phrase, theme, weight) for phrase in _phrases(table, "words")]


def _phrases(table: Table, key: str) -> tuple[str, ...]:
    written = table.data.get(key)
    # Thousands of plain phrases: each is looked at once here, and not for every fault apart.
    if isinstance(written, list) and all(isinstance(phrase, str) and is_plain_phrase(phrase) for phrase in written):
        return tuple(written)
    phrases = table.words(key)
    for index, phrase in enumerate(phrases):
        if fault := phrase_fault(phrase):
            hint = 'Write "word", "beginn*", "two words" or "how … long"'
            table.findings.append(Finding((*table.path, key, index), f'"{phrase}": {fault}', hint, "error"))
    return phrases

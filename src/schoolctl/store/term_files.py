"""The medical terms by which questions of one meaning find each other: the organiser's own list, else the shipped."""

from __future__ import annotations

from pathlib import Path

from schoolctl.domain.folding import fold
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.similarity import MedicalTerm, MedicalTerms
from schoolctl.errors import FileProblemsError, Problem
from schoolctl.resources import shipped_templates
from schoolctl.store.toml_places import line_of, statements
from schoolctl.store.toml_source import read_toml
from schoolctl.store.toml_values import Table

_NAME = "templates/similarity/terms.toml"
_HINT = 'Write them so: { kk = "…, …", ru = "…, …", en = "…, …" }'
# One open letter would be found in every second word.
_SHORTEST_BEGINNING = 2


def read_medical_terms(own_templates: Path) -> MedicalTerms:
    """The terms in force; FileProblemsError with every mistake of a hand-edited file."""
    terms, problems = read_term_file(term_file(own_templates))
    if problems:
        raise FileProblemsError(problems)
    return MedicalTerms(terms)


def term_problems(own_templates: Path) -> tuple[Problem, ...]:
    """The mistakes of the list of terms in force."""
    return read_term_file(term_file(own_templates))[1]


def term_file(own_templates: Path) -> Path:
    """The file in force."""
    own = own_templates / "similarity" / "terms.toml"
    return own if own.is_file() else shipped_templates() / "similarity" / "terms.toml"


def read_term_file(path: Path) -> tuple[tuple[MedicalTerm, ...], tuple[Problem, ...]]:
    """The terms of one file, and its mistakes."""
    source = read_toml(path.read_bytes(), _NAME)
    top = Table(source.data, ())
    chapters = (top.table(name, "Begin a chapter with its name in brackets: [food]") for name in source.data)
    terms = tuple(_term(chapter, name) for chapter in chapters if chapter for name in chapter.data)
    places = statements(source.text) if top.findings else []
    found = tuple(
        Problem(_NAME, line_of(finding.path, places), finding.message, finding.hint) for finding in top.findings
    )
    return terms, source.problems + found


def _term(chapter: Table, name: str) -> MedicalTerm:
    if not isinstance(chapter.data[name], dict):
        chapter.report(name, f"{name} must be words by language", _HINT)
        return MedicalTerm(name, ())
    by_language = chapter.texts(name, tuple(LANGUAGES)) or {}
    listed = (phrase.strip() for text in by_language.values() for phrase in text.split(","))
    phrases = tuple(dict.fromkeys(phrase for phrase in listed if phrase))
    for phrase in phrases:
        if fault := _fault(phrase):
            chapter.report(name, f'{name}: "{phrase}" {fault[0]}', fault[1])
    return MedicalTerm(name, phrases)


def _fault(phrase: str) -> tuple[str, str] | None:
    words = phrase.split()
    if not all(map(fold, words)):
        return "holds a sign that is no word", "Part words by commas and blanks only"
    if any("*" in word[:-1] for word in words):
        return "has a * inside a word", "A * stands at the end of a word"
    if any(word.endswith("*") and len(fold(word)) < _SHORTEST_BEGINNING for word in words):
        return "would be found in too many words", "Write at least two letters before *"
    return None

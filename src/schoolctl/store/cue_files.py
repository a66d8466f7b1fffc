"""The screening cues: one TOML file a language, the organiser's own before the shipped one."""

from __future__ import annotations

from pathlib import Path

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.screening import Cue, compile_phrases, compile_whole, stems_of
from schoolctl.domain.vocabulary import ScreeningLabel
from schoolctl.errors import FileProblemsError, Problem
from schoolctl.resources import shipped_templates
from schoolctl.store.toml_places import line_of, statements
from schoolctl.store.toml_source import read_toml
from schoolctl.store.toml_values import Table

_LABELS: tuple[ScreeningLabel, ...] = ("general", "personal", "logistics", "off_topic", "not_question")
_KEYS = ("name", "label", "weight", "whole", "phrases")
_HEAVIEST = 10


def read_cues(own_templates: Path) -> tuple[Cue, ...]:
    """The cues of every language; FileProblemsError with every mistake of a hand-edited file."""
    cues: list[Cue] = []
    problems: list[Problem] = []
    for language in LANGUAGES:
        file_cues, file_problems = read_cue_file(cue_file(own_templates, language))
        cues += file_cues
        problems += file_problems
    if problems:
        raise FileProblemsError(tuple(problems))
    return tuple(cues)


def cue_file(own_templates: Path, language: str) -> Path:
    """The file in force for a language."""
    own = own_templates / "screening" / f"{language}.toml"
    return own if own.is_file() else shipped_templates() / "screening" / f"{language}.toml"


def read_cue_file(path: Path) -> tuple[tuple[Cue, ...], tuple[Problem, ...]]:
    """The cues of one file, and its mistakes."""
    name = f"templates/screening/{path.name}"
    source = read_toml(path.read_bytes(), name)
    top = Table(source.data, ())
    top.report_unknown(("cue",))
    cues = tuple(_cue(table) for table in top.tables("cue", "Begin each cue with a line [[cue]]"))
    places = statements(source.text) if top.findings else []
    found = tuple(
        Problem(name, line_of(finding.path, places), finding.message, finding.hint) for finding in top.findings
    )
    return cues, source.problems + found


def _cue(table: Table) -> Cue:
    table.report_unknown(_KEYS)
    table.require("name", 'Write name = "…": it is shown as the reason')
    phrases = table.words("phrases")
    if not phrases:
        table.report("phrases", "a cue needs phrases", 'Write phrases = ["…", "…"]')
    return Cue(
        name=table.text("name"),
        label=table.choice("label", _LABELS, "general"),
        weight=table.whole_number("weight", 0, _HEAVIEST),
        pattern=compile_whole(phrases) if table.flag("whole") else compile_phrases(phrases),
        stems=stems_of(phrases),
    )

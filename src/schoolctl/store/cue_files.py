"""The screening rules: cues, one TOML file a language, and diseases; the organiser's own files before the shipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.phrases import Lists, PhraseError, elements_of
from schoolctl.domain.screening import Cue, Disease, ScreeningRules, compile_rules
from schoolctl.domain.vocabulary import ScreeningLabel
from schoolctl.errors import FileProblemsError, Problem
from schoolctl.resources import shipped_templates
from schoolctl.store.toml_places import line_of, statements
from schoolctl.store.toml_source import TomlSource, read_toml
from schoolctl.store.toml_values import Table

_LABELS: tuple[ScreeningLabel, ...] = ("general", "personal", "logistics", "off_topic", "not_question")
_CUE_KEYS = ("name", "label", "weight", "whole", "in", "phrases")
_DISEASE_KEYS = ("key", "blood", "names", "hints", "despite")
_HEAVIEST = 10
_DISEASES = "diseases"


def read_screening_rules(own_templates: Path) -> ScreeningRules:
    """The rules in force; FileProblemsError with every mistake of a hand-edited file."""
    cues: list[tuple[Cue, Lists]] = []
    problems: list[Problem] = []
    for language in LANGUAGES:
        file_cues, file_problems = read_cue_file(screening_file(own_templates, language))
        cues += file_cues
        problems += file_problems
    diseases, disease_problems = read_disease_file(screening_file(own_templates, _DISEASES))
    if problems := [*problems, *disease_problems]:
        raise FileProblemsError(tuple(problems))
    return compile_rules(cues, diseases)


def screening_problems(own_templates: Path) -> Iterator[Problem]:
    """Every mistake of the files in force."""
    for language in LANGUAGES:
        yield from read_cue_file(screening_file(own_templates, language))[1]
    yield from read_disease_file(screening_file(own_templates, _DISEASES))[1]


def screening_file(own_templates: Path, name: str) -> Path:
    """The file in force for a language, or for `diseases`."""
    own = own_templates / "screening" / f"{name}.toml"
    return own if own.is_file() else shipped_templates() / "screening" / f"{name}.toml"


def read_cue_file(path: Path) -> tuple[tuple[tuple[Cue, Lists], ...], tuple[Problem, ...]]:
    """The cues of one file, each with the file's lists of words, and its mistakes."""
    source, top = _opened(path)
    top.report_unknown(("lists", "cue"))
    lists = _lists(top)
    cues = tuple((_cue(table, lists), lists) for table in top.tables("cue", "Begin each cue with a line [[cue]]"))
    return cues, _problems(path, source, top)


def read_disease_file(path: Path) -> tuple[tuple[Disease, ...], tuple[Problem, ...]]:
    """The diseases and other matters, and the file's mistakes."""
    source, top = _opened(path)
    top.report_unknown(("disease",))
    diseases = tuple(map(_disease, top.tables("disease", "Begin each disease with a line [[disease]]")))
    return diseases, _problems(path, source, top)


def _shown(path: Path) -> str:
    return f"templates/screening/{path.name}"


def _opened(path: Path) -> tuple[TomlSource, Table]:
    source = read_toml(path.read_bytes(), _shown(path))
    return source, Table(source.data, ())


def _problems(path: Path, source: TomlSource, top: Table) -> tuple[Problem, ...]:
    places = statements(source.text) if top.findings else []
    found = (
        Problem(_shown(path), line_of(finding.path, places), finding.message, finding.hint) for finding in top.findings
    )
    return (*source.problems, *found)


def _lists(top: Table) -> Lists:
    table = top.table("lists", 'Write a line [lists], and under it name = ["…", "…"]')
    if table is None:
        return {}
    return {name.casefold(): _single_words(table, name) for name in table.data}


def _single_words(table: Table, name: str) -> tuple[str, ...]:
    words = table.words(name)
    for word in words:
        if _fault(word, {}) or len(elements_of(word, {})) != 1 or word[0] in "<#?%":
            table.report(name, f'"{word}" is not a single word', "A list holds words, each in quotes of its own")
            return ()
    return words


def _cue(table: Table, lists: Lists) -> Cue:
    table.report_unknown(_CUE_KEYS)
    table.require("name", 'Write name = "…": it is shown as the reason')
    table.require("weight", "Write weight = 4, or a negative number for what speaks against the label")
    return Cue(
        name=table.text("name"),
        label=table.choice("label", _LABELS, "general"),
        weight=table.whole_number("weight", -_HEAVIEST, _HEAVIEST),
        phrases=_phrases(table, "phrases", lists, "a cue needs phrases"),
        is_whole=table.flag("whole"),
        in_question=table.choice("in", ("text", "question"), "text") == "question",
    )


def _disease(table: Table) -> Disease:
    table.report_unknown(_DISEASE_KEYS)
    table.require("key", 'Write key = "…": it is shown in the reason')
    wanted = "" if "hints" in table.data else "a disease needs names or hints"
    return Disease(
        key=table.text("key"),
        is_of_blood=table.flag("blood"),
        names=_phrases(table, "names", {}, wanted),
        hints=_phrases(table, "hints", {}),
        despite=frozenset(table.words("despite")),
    )


def _phrases(table: Table, key: str, lists: Lists, wanted: str = "") -> tuple[str, ...]:
    """The phrases at `key` that make sense; `wanted` is what to say when there are none."""
    phrases = table.words(key)
    if not phrases and wanted:
        table.report(key, wanted, f'Write {key} = ["…", "…"]')
    faults = {phrase: fault for phrase in phrases if (fault := _fault(phrase, lists))}
    for fault in faults.values():
        table.report(key, fault, "See the notes at the head of the file")
    return tuple(phrase for phrase in phrases if phrase not in faults)


def _fault(phrase: str, lists: Lists) -> str:
    try:
        elements_of(phrase, lists)
    except PhraseError as error:
        return str(error)
    return ""

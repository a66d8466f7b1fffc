from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.domain.folding import fold_latin
from schoolctl.errors import FileProblemsError
from schoolctl.resources import shipped_templates
from schoolctl.store.term_files import read_medical_terms, read_term_file, term_file, term_problems

GOOD = """
[food]
tea = { kk = "шай*", ru = "чай, чая, зелён* чай", en = "tea" }
"грейпфрут" = { ru = "грейпфрут*" }

[life]
pets = { kk = "мысық*, ", en = "cat, cat" }
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "similarity" / "terms.toml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return path


def test_every_line_is_a_term(tmp_path: Path) -> None:
    terms, problems = read_term_file(_write(tmp_path, GOOD))
    assert problems == ()
    assert [(term.name, term.phrases) for term in terms] == [
        ("tea", ("шай*", "чай", "чая", "зелён* чай", "tea")),
        ("грейпфрут", ("грейпфрут*",)),
        ("pets", ("мысық*", "cat")),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("tea = 1\n", 1, "tea must be a table"),
        ('[food]\ntea = "чай"\n', 2, "tea must be words by language"),
        ("[food]\n\ntea = { ru = 5 }\n", 3, "ru must be a text"),
        ('[food]\ntea = { kz = "шай" }\n', 2, '"kz" means nothing here'),
        ('[food]\ntea = { ru = "ча*й" }\n', 2, 'tea: "ча*й" has a * inside a word'),
        ('[food]\ntea = { ru = "ч*" }\n', 2, 'tea: "ч*" would be found in too many words'),
        ('[food]\ntea = { ru = "чай & мёд" }\n', 2, 'tea: "чай & мёд" holds a sign that is no word'),
        ('[food]\ntea = { ru = "чай", }\n', 2, ""),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    _, problems = read_term_file(_write(tmp_path, text))
    assert [(problem.file, problem.line) for problem in problems] == [("templates/similarity/terms.toml", line)]
    assert message in problems[0].message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    _write(tmp_path, '[food]\ntea = { ru = "ч*" }\nfish = 5\n')
    with pytest.raises(FileProblemsError) as caught:
        read_medical_terms(tmp_path)
    assert [problem.line for problem in caught.value.problems] == [2, 3]
    assert term_problems(tmp_path) == caught.value.problems


def test_the_own_file_goes_before_the_shipped_one(tmp_path: Path) -> None:
    assert term_file(tmp_path) == shipped_templates() / "similarity" / "terms.toml"
    own = _write(tmp_path, GOOD)
    assert term_file(tmp_path) == own
    assert read_medical_terms(tmp_path).names_in(["чаи"]) == ["tea"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Мамам екпе салдырды", "vaccination"),
        ("Прививаться ли от гриппа", "vaccination"),
        ("is the flu shot safe", "vaccination"),
        ("тукым куалай ма", "heredity"),
        ("Ревлимид закончился", "lenalidomide"),
        ("revlimid", "lenalidomide"),
        ("suiek kemigi", "bone marrow"),
        ("ораза ұстауға бола ма", "fasting"),
        ("дают ли инвалидность", "disability"),
    ],
)
def test_the_shipped_list_is_sound_and_speaks_all_languages(tmp_path: Path, text: str, name: str) -> None:
    assert name in read_medical_terms(tmp_path).names_in(fold_latin(text).split())


def test_the_shipped_list_is_broad(tmp_path: Path) -> None:
    terms, problems = read_term_file(term_file(tmp_path))
    assert problems == ()
    assert len(terms) >= 250
    assert len({term.name for term in terms}) == len(terms)

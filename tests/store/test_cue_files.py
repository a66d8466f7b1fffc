from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.domain.languages import CODES
from schoolctl.domain.screening import screen
from schoolctl.errors import FileProblemsError, Problem
from schoolctl.store.cue_files import (
    read_cue_file,
    read_disease_file,
    read_screening_rules,
    screening_file,
    screening_problems,
)

NO_OWN = Path("there is no such folder")
CUE = '[[cue]]\nname = "a"\nlabel = "personal"\nweight = 4\nphrases = ["b"]\n'
NAMELESS = '[[disease]]\nnames = ["x"]\n'
DISEASE = '[[disease]]\nkey = "x"\n'
NOTES = "See the notes at the head of the file"


def own_file(folder: Path, name: str, text: str) -> Path:
    path = folder / "screening" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_files_have_no_mistakes() -> None:
    assert list(screening_problems(NO_OWN)) == []


def test_an_own_file_wins_over_the_shipped_one(tmp_path: Path) -> None:
    own_file(tmp_path, "en.toml", CUE.replace('"b"', '"abracadabra"'))
    assert screening_file(tmp_path, "ru") != tmp_path / "screening" / "ru.toml"
    rules = read_screening_rules(tmp_path)
    assert screen("abracadabra", rules).reasons == ("a",)
    assert screen("Where is the link to join?", rules).label == "general"


@pytest.mark.parametrize("name", [*CODES, "diseases"])
def test_an_empty_file_is_a_file_without_rules(tmp_path: Path, name: str) -> None:
    own_file(tmp_path, f"{name}.toml", "")
    assert list(screening_problems(tmp_path)) == []


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (CUE + 'lable = "x"\n', 6, '"lable" means nothing here', "Did you mean label?"),
        (CUE.replace('name = "a"\n', ""), 1, "name is missing", 'Write name = "…": it is shown as the reason'),
        (
            CUE.replace("weight = 4\n", ""),
            1,
            "weight is missing",
            "Write weight = 4, or a negative number for what speaks against the label",
        ),
        (
            CUE.replace("4", "44"),
            4,
            "weight must be a whole number from -10 to 10",
            "Write only the number, without quotes",
        ),
        (CUE.replace('["b"]', "[]"), 5, "a cue needs phrases", 'Write phrases = ["…", "…"]'),
        (CUE.replace('"b"', '"<b>"'), 5, "there is no list <b>", "See the notes at the head of the file"),
        (
            CUE.replace('"b"', '"*"'),
            5,
            '"*" must have letters and one * at most',
            "See the notes at the head of the file",
        ),
        (CUE + 'in = "title"\n', 6, 'in cannot be "title"', "Use one of: text, question"),
        (
            "lists = 5\n" + CUE,
            1,
            "lists must be a table",
            'Write a line [lists], and under it name = ["…", "…"]',
        ),
        (
            '[lists]\nme = ["to me"]\n' + CUE,
            2,
            '"to me" is not a single word',
            "A list holds words, each in quotes of its own",
        ),
        (
            '[lists]\nme = ["<me>"]\n' + CUE,
            2,
            '"<me>" is not a single word',
            "A list holds words, each in quotes of its own",
        ),
    ],
)
def test_a_mistake_of_a_cue_file_is_told(tmp_path: Path, text: str, line: int, message: str, hint: str) -> None:
    path = own_file(tmp_path, "en.toml", text)
    assert Problem("templates/screening/en.toml", line, message, hint) in read_cue_file(path)[1]


def test_a_line_that_is_no_toml_is_told(tmp_path: Path) -> None:
    problems = read_cue_file(own_file(tmp_path, "en.toml", CUE + "[[cue]\n"))[1]
    assert (problems[0].line, problems[0].message) == (6, "this heading cannot be read")


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (NAMELESS, 1, "key is missing", 'Write key = "…": it is shown in the reason'),
        (DISEASE, 1, "a disease needs names or hints", 'Write names = ["…", "…"]'),
        (DISEASE + 'hints = ["..."]\n', 3, '"..." has no word to begin or to end with', NOTES),
        ("[[cue]]\n", 1, '"cue" means nothing here', "Known here: disease"),
    ],
)
def test_a_mistake_of_the_disease_file_is_told(tmp_path: Path, text: str, line: int, message: str, hint: str) -> None:
    path = own_file(tmp_path, "diseases.toml", text)
    assert Problem("templates/screening/diseases.toml", line, message, hint) in read_disease_file(path)[1]


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    own_file(tmp_path, "en.toml", CUE.replace('"b"', '"<b>"'))
    own_file(tmp_path, "ru.toml", CUE.replace("4", "44"))
    own_file(tmp_path, "diseases.toml", "[[disease]]\n")
    with pytest.raises(FileProblemsError) as caught:
        read_screening_rules(tmp_path)
    assert [problem.file.rpartition("/")[2] for problem in caught.value.problems] == [
        "ru.toml", "en.toml", "diseases.toml", "diseases.toml",
    ]  # fmt: skip

from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.domain.question import Sender
from schoolctl.domain.redaction import redact
from schoolctl.errors import FileProblemsError
from schoolctl.store.privacy_files import PRIVACY_FILES, privacy_file, privacy_problems, read_privacy_words


def _write(folder: Path, name: str, content: str) -> None:
    (folder / "privacy").mkdir(exist_ok=True)
    (folder / "privacy" / name).write_text(content, encoding="utf-8")


def test_the_shipped_files_have_no_mistakes(tmp_path: Path) -> None:
    assert privacy_problems(tmp_path) == ()
    assert all(privacy_file(tmp_path, name).is_file() for name in PRIVACY_FILES)


def test_there_are_names_enough(tmp_path: Path) -> None:
    lines = privacy_file(tmp_path, "names.txt").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line and not line.startswith("#")]) > 2500


def test_an_own_list_goes_before_the_shipped_one(tmp_path: Path) -> None:
    _write(tmp_path, "names.txt", "# ours\nТюльпанна # a flower\n\n")
    words = read_privacy_words(tmp_path)
    assert redact("Тюльпанне и Камшат", "ru", Sender(), words).text == "[имя] и Камшат"


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    _write(tmp_path, "names.txt", "Айгуль\nАнна Мария\nВера2\n")
    _write(tmp_path, "not_names.txt", "\ufeffроза\n-\n")
    _write(tmp_path, "cues.txt", "зовут\n[naming]\nменя зовут\nфио:\n[names]\nкто\n")
    with pytest.raises(FileProblemsError) as caught:
        read_privacy_words(tmp_path)
    assert [str(problem).partition(". ")[0] for problem in caught.value.problems] == [
        "templates/privacy/names.txt:2: “Анна Мария” is not one word",
        "templates/privacy/names.txt:3: “Вера2” is not one word",
        "templates/privacy/not_names.txt:2: “-” is not one word",
        "templates/privacy/cues.txt:1: “зовут” stands before the first section",
        "templates/privacy/cues.txt:4: “фио:” has a sign in it",
        "templates/privacy/cues.txt:5: there is no section “names”",
    ]
    assert privacy_problems(tmp_path) == caught.value.problems


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    _write(tmp_path, "names.txt", "")
    (tmp_path / "privacy" / "names.txt").write_bytes("Айгуль".encode("cp1251"))
    assert [problem.message for problem in privacy_problems(tmp_path)] == ["the file is not UTF-8"]

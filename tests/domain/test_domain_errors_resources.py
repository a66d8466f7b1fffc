from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from schoolctl import resources
from schoolctl.domain.local_time import AmbiguousTimeError, SkippedTimeError
from schoolctl.errors import (
    ChangedMeanwhileError,
    FileProblemsError,
    MissingTranslationError,
    Problem,
    SchoolctlError,
    UnreadableSourceError,
    WrongUsageError,
)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("sessions.toml", 12, "no topic"), "sessions.toml:12: no topic"),
        (Problem("sessions.toml", None, "no topic", "Add one"), "sessions.toml: no topic. Add one"),
        (Problem("a.toml", 1, "odd", "Mend it", "warning"), "a.toml:1: odd. Mend it"),
    ],
)
def test_a_problem_is_one_line(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_a_problem_is_an_error_unless_said_otherwise() -> None:
    assert Problem("a", 1, "b").severity == "error"


def test_all_problems_of_a_file_are_told_at_once() -> None:
    problems = (Problem("a.toml", 1, "one"), Problem("a.toml", 2, "two", "Mend it"))
    error = FileProblemsError(problems)
    assert error.problems == problems
    assert str(error) == "a.toml:1: one\na.toml:2: two. Mend it"


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (SchoolctlError, 1),
        (FileProblemsError, 1),
        (ChangedMeanwhileError, 1),
        (MissingTranslationError, 1),
        (UnreadableSourceError, 1),
        (WrongUsageError, 2),
        (AmbiguousTimeError, 2),
        (SkippedTimeError, 2),
    ],
)
def test_every_error_has_its_exit_code(error: type[SchoolctlError], exit_code: int) -> None:
    assert issubclass(error, SchoolctlError)
    assert error.exit_code == exit_code


def test_the_shipped_files_are_there() -> None:
    assert (resources.shipped_templates() / "invite" / "invite.kk.txt").is_file()
    assert (resources.shipped_examples() / "README.md").is_file()
    assert "organizer" in tomllib.loads(resources.sample_schedule().read_text(encoding="utf-8"))


def _copy_of_resources(package: Path) -> ModuleType:
    package.mkdir(parents=True)
    copy = package / "resources.py"
    copy.write_bytes(Path(resources.__file__).read_bytes())
    spec = importlib.util.spec_from_file_location("copy_of_resources", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_packaged_files_go_before_those_of_the_checkout(tmp_path: Path) -> None:
    package = tmp_path / "src" / "schoolctl"
    copy = _copy_of_resources(package)
    assert copy.shipped_templates() == tmp_path / "templates"
    assert copy.shipped_examples() == tmp_path / "examples"
    assert copy.sample_schedule() == tmp_path / "sessions.toml"
    for folder in ("templates", "examples"):
        (package / folder).mkdir()
    (package / "sessions.example.toml").touch()
    assert copy.shipped_templates() == package / "templates"
    assert copy.shipped_examples() == package / "examples"
    assert copy.sample_schedule() == package / "sessions.example.toml"

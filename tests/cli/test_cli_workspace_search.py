from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

OTHER = '[organizer]\nname = { ru = "Другой центр" }\nemail = "other@example.kz"\nwhatsapp = "+7 700 000 00 09"\n'


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "sessions.toml").write_text(f'languages = ["ru"]\n{OTHER}', "utf-8")
    return folder


def test_the_nearest_workspace_upwards_is_used(run: Run, workspace: Path) -> None:
    deep = workspace / "out" / "a" / "b"
    deep.mkdir(parents=True)
    code, out, err = run("school", "show", "2026-12-10-anemia", cwd=deep)
    assert (code, out.splitlines()[0], err) == (0, "ID:              2026-12-10-anemia", "")


@pytest.mark.parametrize("option", ["-C", "--workspace"])
def test_a_named_workspace_wins_over_the_variable_and_the_folder(run: Run, elsewhere: Path, option: str) -> None:
    code, out, _ = run(option, str(elsewhere), "school", "list", "--json", env={"SCHOOLCTL_WORKSPACE": "/nowhere"})
    assert (code, out) == (0, "[]\n")


def test_the_variable_wins_over_the_folder(run: Run, elsewhere: Path) -> None:
    assert run("school", "list", "--json", env={"SCHOOLCTL_WORKSPACE": str(elsewhere)})[1] == "[]\n"


def test_an_empty_variable_is_no_variable(run: Run) -> None:
    assert run("check", env={"SCHOOLCTL_WORKSPACE": ""}) == (0, "all is well\n", "")


def test_without_a_workspace_the_way_to_one_is_named(run: Run, tmp_path: Path) -> None:
    error = "error: no sessions.toml here or above. Begin a workspace with: schoolctl init\n"
    assert run("check", cwd=tmp_path) == (1, "", error)


def test_a_named_folder_is_not_searched_upwards(run: Run, workspace: Path) -> None:
    (workspace / "inner").mkdir()
    error = "error: inner has no sessions.toml. Begin a workspace with: schoolctl init\n"
    assert run("-C", "inner", "check") == (1, "", error)


def test_files_outside_the_workspace_are_named_in_full(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "desk"
    code, out, _ = run("agenda", "2026-12-10-anemia", "--lang", "ru", "--out", str(target))
    assert (code, out) == (0, f"wrote {target.as_posix()}/agenda.ru.md\n")


def test_files_inside_the_workspace_are_named_from_its_root(run: Run, workspace: Path) -> None:
    deep = workspace / "desk"
    deep.mkdir()
    code, out, _ = run("agenda", "2026-12-10-anemia", "--lang", "ru", "--out", "here", cwd=deep)
    assert (code, out) == (0, "wrote desk/here/agenda.ru.md\n")
    assert (deep / "here" / "agenda.ru.md").is_file()


def test_every_mistake_of_the_schedule_is_one_error_line_with_its_place(run: Run, workspace: Path) -> None:
    path = workspace / "sessions.toml"
    broken = path.read_text("utf-8").replace("18:30:00 # after work", "25:30:00").replace('"hybrid"', '"hybird"')
    path.write_text(broken, "utf-8")
    code, out, err = run("school", "list")
    assert (code, out) == (1, "")
    assert [line.split(": ")[:2] for line in err.splitlines()] == [
        ["error", "sessions.toml:14"],
        ["error", "sessions.toml:23"],
    ]


def test_check_tells_the_same_mistakes_as_its_result(run: Run, workspace: Path) -> None:
    path = workspace / "sessions.toml"
    path.write_text(path.read_text("utf-8").replace('"hybrid"', '"hybird"'), "utf-8")
    code, out, err = run("check")
    assert (code, err) == (3, "")
    assert out.startswith("error: sessions.toml:23: ")
    assert out.endswith("\n1 problem\n")

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from schoolctl.errors import Problem
from schoolctl.store.schedule_reader import read_schedule

from .sample_schedule import changed, error


def table(name: str) -> list[object]:
    rows = tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["mistake"]
    return [
        pytest.param(
            row["old"],
            row["new"],
            tuple(
                Problem("sessions.toml", line or None, message, hint, severity)
                for line, message, hint, severity in row["problems"]
            ),
            id=row["name"],
        )
        for row in rows
    ]


@pytest.mark.parametrize(("old", "new", "problems"), table("mistakes_in_lines.toml"))
def test_a_line_that_cannot_be_read_is_explained(old: str, new: str, problems: tuple[Problem, ...]) -> None:
    _, found = read_schedule(changed((old, new)).encode(), "sessions.toml")
    assert found == problems


@pytest.mark.parametrize(("old", "new", "problems"), table("mistakes_in_lines.toml"))
def test_windows_line_ends_change_nothing_about_it(old: str, new: str, problems: tuple[Problem, ...]) -> None:
    _, found = read_schedule(changed((old, new)).replace("\n", "\r\n").encode(), "sessions.toml")
    assert found == problems


@pytest.mark.parametrize(("old", "new", "problems"), table("mistakes_in_values.toml"))
def test_a_value_that_makes_no_sense_is_explained(old: str, new: str, problems: tuple[Problem, ...]) -> None:
    _, found = read_schedule(changed((old, new)).encode(), "sessions.toml")
    assert found == problems


@pytest.mark.parametrize(
    "value",
    ["[" * 5_000 + "]" * 5_000, "{a=" * 3_000 + "1" + "}" * 3_000],
    ids=["lists", "tables"],
)
def test_a_value_nested_too_deeply_is_explained(value: str) -> None:
    _, found = read_schedule(changed(('mode = "online"', f"mode = {value}")).encode(), "sessions.toml")
    hint = 'Write key = "…", or copy the line from the sample file'
    assert found == (error(14, "brackets are nested too deeply", hint),)


def test_a_key_of_a_thousand_parts_is_explained() -> None:
    deep = ".".join("a" * 1_000)
    _, found = read_schedule(changed(('mode = "online"', f"{deep} = 1")).encode(), "sessions.toml")
    assert [(problem.line, problem.message) for problem in found] == [(14, '"a" means nothing here')]


def test_the_tables_hold_more_than_a_hundred_mistakes() -> None:
    names = [
        row["name"]
        for table_name in ("mistakes_in_lines.toml", "mistakes_in_values.toml")
        for row in tomllib.loads((Path(__file__).parent / table_name).read_text("utf-8"))["mistake"]
    ]
    assert len(names) == len(set(names)) >= 100

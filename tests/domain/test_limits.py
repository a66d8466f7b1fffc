from __future__ import annotations

from pathlib import Path

from schoolctl.domain.limits import DEFAULT_LIMITS, HIGHEST_LIMITS, LIMIT_KEYS, Limits

USUAL = {
    "question_characters": 20_000,
    "message_mb": 25,
    "header_line_kb": 64,
    "headers": 1_000,
    "mime_depth": 50,
    "mime_parts": 500,
    "text_file_mb": 50,
    "csv_row_characters": 1_000_000,
    "zip_entry_mb": 20,
    "zip_total_mb": 100,
    "zip_entries": 1_000,
    "zip_ratio": 100,
    "workbook_mb": 50,
    "workbook_parts": 5_000,
    "workbook_cells": 1_000_000,
    "workbook_characters": 20_000_000,
}


def test_the_usual_limits() -> None:
    assert DEFAULT_LIMITS._asdict() == USUAL
    assert tuple(USUAL) == LIMIT_KEYS


def test_every_limit_can_be_raised_and_none_without_end() -> None:
    highest = HIGHEST_LIMITS._asdict()
    assert all(2 * usual <= highest[key] <= 20 * usual for key, usual in USUAL.items())


def test_a_question_that_is_too_long_is_told_by_the_limit_in_force() -> None:
    assert DEFAULT_LIMITS.too_long == "longer than 20,000 characters"
    assert Limits(question_characters=300).too_long == "longer than 300 characters"


def test_the_documentation_names_every_limit_with_its_default_and_its_bound() -> None:
    lines = (Path(__file__).parents[2] / "docs" / "intake.md").read_text("utf-8").splitlines()
    rows = [[cell.strip(" `") for cell in line.split("|")[1:4]] for line in lines if line.startswith("| `")]
    told = {key: (int(usual.replace(" ", "")), int(most.replace(" ", ""))) for key, usual, most in rows}
    highest = HIGHEST_LIMITS._asdict()
    assert told == {key: (usual, highest[key]) for key, usual in USUAL.items()}

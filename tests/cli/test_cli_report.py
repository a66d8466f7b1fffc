"""The season in figures: as a table, as pages, for a spreadsheet and for scripts, and when there is nothing to tell."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

ANEMIA, THALASSEMIA = "2026-12-10-anemia", "2026-12-17-thalassemia"
NAMES = ("омаров", "айгуль", "асель", "жанар", "сынақова", "aigul@", "+7700000", "чай", "pile.csv")
FILES = [f"out/report.{code}.html" for code in ("kk", "ru", "en")]
NOTHING = (
    0,
    'No schools yet. Add one: schoolctl school add --topic ru="…" --starts "2026-12-10 18:30" --duration 2h\n',
    "",
)


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


@pytest.fixture
def decided(piled: None, run: Run, workspace: Path) -> None:
    """Two questions answered, one set apart, one erased, and one carried over to the next school."""
    assert piled is None
    run("questions", "set", "1", "2", "--status", "answered")
    run("questions", "set", "4", "--status", "personal")
    run("questions", "set", "3", "--status", "accepted")
    run("questions", "forget", "6")
    with sqlite3.connect(workspace / "questions.db") as database:
        way = (THALASSEMIA, json.dumps([ANEMIA]))
        database.execute("UPDATE question SET school = ?, carried_from = ? WHERE id = 3", way)
    database.close()


@pytest.mark.usefixtures("decided")
def test_the_report_at_80_columns(run: Run) -> None:
    code, out, err = run("report")
    assert (code, err) == (0, "")
    assert lines_of(out) == [
        "Schools:      2 (2 planned)",
        "Asked:        9 questions by 7 people",
        "Answered:     2 of 3 (67 %)",
        "Carried over: 1 to another school",
        "Personal:     2, 1 of them set apart by a person",
        "To look at:   3",
        "Erased since: 1, counted in",
        "",
        "School               Asked   In   Answered   Open   Over   Personal   Other",
        "─" * 75,
        "anemia                   9    0          2      1      1          2       3",
        "10.12.2026 planned",
        "thalassemia              0    1          0      1      0          0       0",
        "17.12.2026 planned",
        "All together             9    1          2      2      1          2       3",
        "In, Over: carried in from, over to another school. Open: not answered yet.",
        "",
        "Themes (of questions for the School)",
        "─" * 79,
        f"diet                                     4   {'█' * 34}",
        "",
        "Channels",
        "─" * 79,
        f"form                                     8   {'█' * 34}",
        f"whatsapp                                 1   {'█' * 4}",
        "",
        "Languages",
        "─" * 79,
        f"ru (Russian)                             6   {'█' * 34}",
        f"kk (Kazakh)                              2   {'█' * 11}",
        f"en (English)                             1   {'█' * 6}",
        "",
        "Months",
        "─" * 79,
        f"2026-11                                  8   {'█' * 34}",
    ]


@pytest.mark.usefixtures("decided")
def test_a_wide_terminal_shows_each_figure(run: Run) -> None:
    lines = lines_of(run("report", env={"COLUMNS": "160"})[1])
    assert lines[8].split() == ["Carried", "Carried", "Not"]
    assert lines[9].split() == [
        "School",
        "Asked",
        "People",
        "in",
        "over",
        "Answered",
        "Share",
        "Accepted",
        "decided",
        "Personal",
        "Other",
    ]
    assert lines[11].split() == ["anemia", "9", "7", "0", "1", "2", "67", "%", "0", "1", "2", "3"]
    assert lines[13].split() == ["thalassemia", "0", "0", "1", "0", "0", "-", "1", "0", "0", "0"]
    assert lines[15].split() == ["All", "together", "9", "7", "1", "1", "2", "67", "%", "1", "1", "2", "3"]
    assert not any(line.startswith("In, Over:") for line in lines)


@pytest.mark.usefixtures("decided")
def test_schools_that_are_gone_and_questions_of_none_have_their_rows(run: Run, workspace: Path) -> None:
    run("questions", "set", "5", "--school", "")
    with sqlite3.connect(workspace / "questions.db") as database:
        database.execute("UPDATE question SET school = '2025-01-01-gone', received_at = NULL WHERE id = 8")
        database.execute("UPDATE question SET language = '', themes = '[]' WHERE id = 5")
    database.close()
    lines = lines_of(run("report")[1])
    figures = {" ".join(line.split()) for line in lines}
    assert "2025-01-01-gone 1 0 0 0 0 0 1" in figures
    assert "not in the schedule" in lines
    assert "Without a school 1 0 0 1 0 0 0" in figures
    assert f"(without a date)                         1   {'█' * 5}" in lines
    assert f"(unknown)                                1   {'█' * 7}" in lines
    assert f"(no theme yet)                           1   {'█' * 11}" in lines


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("words", "schools"),
    [
        (("--since", "2026-12-11"), [THALASSEMIA]),
        (("--until", "10.12.2026"), [ANEMIA]),
        (("--since", "2026-12-10", "--until", "2026-12-17"), [ANEMIA, THALASSEMIA]),
        (("--since", "2027-01-01"), []),
    ],
    ids=str,
)
def test_a_period_chooses_schools(run: Run, words: tuple[str, ...], schools: list[str]) -> None:
    code, out, err = run("report", *words, "--json")
    assert (code, err) == (0, "")
    assert [row["id"] for row in json.loads(out)["rows"]] == schools


@pytest.mark.usefixtures("decided")
def test_the_period_is_told(run: Run) -> None:
    first = "Period:       from 11.12.2026 until 17.12.2026"
    assert lines_of(run("report", "--since", "2026-12-11", "--until", "2026-12-17")[1])[0] == first


@pytest.mark.usefixtures("decided")
def test_scripts_get_one_document(run: Run) -> None:
    view = json.loads(run("report", "--json")[1])
    assert list(view) == [
        "made", "since", "until", "schools", "total", "rows", "channels", "languages", "no_theme", "themes", "undated",
        "months", "waiting",
    ]  # fmt: skip
    assert view["total"] == {
        "asked": 9,
        "carried_in": 1,
        "carried_over": 1,
        "answered": 2,
        "accepted": 1,
        "undecided": 1,
        "personal": 2,
        "other": 3,
        "to_answer": 3,
        "set_apart": 1,
        "erased": 1,
        "people": 7,
        "answered_share": 0.667,
    }


@pytest.mark.usefixtures("decided")
def test_the_spreadsheet_has_a_row_for_each_school(run: Run, workspace: Path) -> None:
    code, out, err = run("report", "--csv")
    assert (code, err) == (0, "")
    assert out.splitlines()[1:] == [
        f"{ANEMIA},2026-12-10,planned,анемия,анемия,anemia,9,7,0,1,2,0,1,2,1,3,3,1,67",
        f"{THALASSEMIA},2026-12-17,planned,талассемия,талассемия,thalassemia,0,0,1,0,0,1,0,0,0,0,1,0,",
        "total,,,,,,9,7,1,1,2,1,1,2,1,3,3,1,67",
    ]
    assert run("report", "--csv", "--out", "tables") == (0, "wrote tables/report.csv\n", "")
    assert (workspace / "tables" / "report.csv").read_bytes() == out.encode()


@pytest.mark.usefixtures("decided")
def test_pages_are_written_in_each_language(run: Run, workspace: Path) -> None:
    assert run("report", "--html", "--dry-run") == (0, "".join(f"would write {file}\n" for file in FILES), "")
    assert not (workspace / "out").exists()
    assert json.loads(run("report", "--html", "--json")[1]) == {"files": FILES}
    assert run("report", "--html", "--lang", "kk") == (0, f"unchanged {FILES[0]}\n", "")
    run("questions", "set", "5", "--status", "answered")
    # The old pages differ now: they are not overwritten unasked.
    assert run("report", "--html")[0] == 1
    assert run("report", "--html", "--csv", "--force") == (
        0,
        "".join(f"wrote {file}\n" for file in [*FILES, "out/report.csv"]),
        "",
    )
    assert run("report", "--lang", "ru", "--out", "-")[1] == (workspace / FILES[1]).read_text("utf-8")


@pytest.mark.usefixtures("decided", "nothing_changes")
@pytest.mark.parametrize("words", [(), ("--json",), ("--csv",), ("--html", "--lang", "en", "--out", "-")], ids=" ".join)
def test_the_report_names_nobody_and_quotes_nothing(run: Run, words: tuple[str, ...]) -> None:
    code, out, _ = run("report", *words)
    assert code == 0
    assert [name for name in NAMES if name in out.lower()] == []


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--since", "yesterday"), 2, '"yesterday" is no day. Write it as 2026-12-10'),
        (("--until", "2026-12"), 2, '"2026-12" is no day. Write it as 2026-12-10'),
        (
            ("--since", "2026-12-11", "--until", "2026-12-10"),
            2,
            "--until 2026-12-10 is before --since 2026-12-11: turn the two round",
        ),
        (
            ("--csv", "--json"),
            2,
            "--csv and --json are two documents: choose one, or write the table to a file with --out DIR",
        ),
        (("--out", "-"), 2, "--out - shows one document, this would be 3: choose one with --lang"),
        (("--html", "--lang", "de"), 1, '"de" is no language of the schedule (kk, ru, en) in sessions.toml'),
    ],
    ids=str,
)
@pytest.mark.usefixtures("nothing_changes")
def test_wrong_orders_are_told_in_a_line(run: Run, words: tuple[str, ...], code: int, message: str) -> None:
    assert run("report", *words) == (code, "", f"error: {message}\n")


@pytest.mark.usefixtures("nothing_changes")
def test_schools_without_questions_are_told_in_a_line(run: Run) -> None:
    line = "2 schools (2 planned), no questions yet. Import some: schoolctl questions import PATH\n"
    assert run("report") == (0, line, "")


def test_a_season_without_schools_is_told_in_a_line(run: Run, workspace: Path) -> None:
    text = (workspace / "sessions.toml").read_text("utf-8")
    (workspace / "sessions.toml").write_text(text.partition("[[school]]")[0], "utf-8")
    assert run("report") == NOTHING
    assert run("report", "--since", "2026-12-01") == (0, "No schools and no questions from 01.12.2026.\n", "")
    assert json.loads(run("report", "--json")[1])["rows"] == []


@pytest.mark.usefixtures("decided")
def test_a_period_without_schools_is_told_in_a_line(run: Run) -> None:
    line = "No schools and no questions from 01.01.2020 until 31.12.2020.\n"
    assert run("report", "--since", "2020-01-01", "--until", "2020-12-31") == (0, line, "")


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    "env",
    [{"PYTHONIOENCODING": "cp1251"}, {"PYTHONIOENCODING": "cp866"}, {"PYTHONIOENCODING": "ascii"}, {"NO_COLOR": "1"}],
    ids=str,
)
def test_any_console_can_show_it(
    run_bytes: Callable[..., subprocess.CompletedProcess[bytes]], env: dict[str, str]
) -> None:
    done = run_bytes("report", env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    shown = done.stdout.decode(env.get("PYTHONIOENCODING", "utf-8"))
    assert re.search(r"All together[ |]+9[ |]+1[ |]+2[ |]+2[ |]+1[ |]+2[ |]+3", shown)

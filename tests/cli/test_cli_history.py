"""What the last commands decided, and taking it back: one command at a time, and never over a newer decision."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
NOTHING = "error: there is no change to take back. See: schoolctl history\n"


@pytest.fixture(autouse=True)
def imported(piled: None) -> None:
    """Before all others: what a test must leave alone is there from the beginning."""


def every(run: Run) -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = json.loads(run("questions", "list", "--json")[1])
    return questions


def test_the_history_tells_the_newest_first_and_what_was_taken_back(run: Run) -> None:
    assert run("history") == (0, "Nothing was decided yet.\n", "")
    assert run("history", "--json") == (0, "[]\n", "")
    run("questions", "set", "3", "1", "1", "--status", "accepted", "--theme", "diet", "--theme", "lifestyle")
    run("questions", "set", "4", "--school", "", "--text", "Какие таблетки пьют при анемии?")
    run("questions", "group", "1", "3")
    run("undo")
    assert run("history") == (
        0,
        (
            "   3  01.12.2026 10:00  group 1, 3 (taken back)\n"
            "   2  01.12.2026 10:00  set 4: school none, wording\n"
            "   1  01.12.2026 10:00  set 3, 1: accepted, diet, lifestyle\n"
        ),
        "",
    )
    assert json.loads(run("history", "--limit", "1", "--json")[1]) == [
        {
            "id": 3,
            "made_at": "2026-12-01T10:00:00+05:00",
            "summary": "group 1, 3",
            "questions": [1, 2, 3],
            "undone": True,
        }
    ]
    assert run("history", "--limit", "0")[0] == 2


@pytest.mark.parametrize(
    ("words", "said", "count"),
    [
        (
            ("set", "4", "6", "--status", "personal", "--theme", "other", "--school", "2026-12-17-thalassemia"),
            "set 4, 6: personal, other, school 2026-12-17-thalassemia",
            "2 questions",
        ),
        (("set", "4", "--text", "Какие таблетки пьют при анемии?"), "set 4: wording", "1 question"),
        (("set", "4", "--redacted-text", "Что пьют?"), "set 4: wording", "1 question"),
        (("group", "3", "1"), "group 3, 1", "3 questions"),
        (("ungroup", "1", "2"), "ungroup 1, 2", "2 questions"),
        (("split", "5"), "split 5", "2 questions"),
    ],
)
def test_a_decision_is_taken_back_to_the_last_detail(
    run: Run, workspace: Path, words: tuple[str, ...], said: str, count: str
) -> None:
    before = every(run)
    assert run("questions", *words)[0] == 0
    assert every(run) != before
    decided = (workspace / "questions.db").read_bytes()
    assert run("undo", "--dry-run") == (0, f"would be taken back: {said} ({count})\n", "")
    assert (workspace / "questions.db").read_bytes() == decided
    assert run("undo") == (0, f"taken back: {said} ({count})\n", "")
    assert every(run) == before
    assert run("undo") == (1, "", NOTHING)


def test_screening_anew_is_taken_back_groups_and_all(run: Run, workspace: Path) -> None:
    run("questions", "ungroup", "1", "2")
    run("undo")
    run("templates", "copy", "screening/ru.toml")
    own = workspace / "templates" / "screening" / "ru.toml"
    cue = '\n[[cue]]\nname = "tea"\nlabel = "not_question"\nweight = 9\nphrases = ["чай"]\n'
    shipped = own.read_text("utf-8")
    own.write_text(shipped + cue, "utf-8")
    run("questions", "screen")
    assert [question["screening"]["label"] for question in every(run)[:2]] == ["not_question"] * 2
    text = '"Вопрос"\n"Можно ли при анемии пить зеленый чай???"\n'
    (workspace / "late.csv").write_text(text, "utf-8")
    run("questions", "import", "late.csv", "--school", "2026-12-10-anemia")
    own.write_text(shipped, "utf-8")
    before = every(run)
    assert before[9]["group"] is None
    assert run("questions", "screen")[1] == "10 questions: 3 changed, 1 put into groups\n"
    assert every(run)[9]["group"] == 1
    assert run("undo") == (0, "taken back: screen (3 questions)\n", "")
    assert every(run) == before


def test_taking_back_twice_goes_one_further_back(run: Run) -> None:
    for status in ("accepted", "personal", "rejected"):
        run("questions", "set", "1", "--status", status)
    run("undo")
    assert json.loads(run("undo", "--json")[1]) == {"id": 2, "questions": [1]}
    assert every(run)[0]["status"] == "accepted"
    # What is decided after that is the last decision.
    run("questions", "set", "3", "--status", "answered")
    assert run("undo")[1] == "taken back: set 3: answered (1 question)\n"
    assert run("undo")[1] == "taken back: set 1: accepted (1 question)\n"
    assert (every(run)[0]["status"], every(run)[0]["reviewed"]) == ("new", False)
    assert run("undo") == (1, "", NOTHING)


def test_what_changed_since_is_not_overwritten(run: Run, workspace: Path) -> None:
    (workspace / "mail.eml").write_bytes(mail("Можно ли пить чай по утрам, если анемия тяжёлая?"))
    run("questions", "import", "mail.eml")
    run("questions", "set", "10", "--school", "2026-12-17-thalassemia")
    own = workspace / "templates" / "themes" / "ru.toml"
    own.write_text(own.read_text("utf-8").replace('theme = "diet"', 'theme = "lifestyle"'), "utf-8")
    run("questions", "screen")
    # The same mail, read anew with another text: no decision of anybody, and newer than the screening.
    (workspace / "mail.eml").write_bytes(mail("Можно ли делать прививки при анемии?"))
    assert "1 updated" in run("questions", "import", "mail.eml")[1]
    error = "error: question 10 was changed since: it stays as it is. Set it anew: schoolctl questions set\n"
    before = every(run)
    assert run("undo") == (1, "", error)
    assert every(run) == before


def test_a_split_is_not_taken_back_once_its_part_was_decided_about(run: Run, workspace: Path) -> None:
    run("questions", "split", "5")
    run("questions", "set", "10", "--status", "accepted")
    assert run("undo")[1] == "taken back: set 10: accepted (1 question)\n"
    assert run("undo")[1] == "taken back: split 5 (2 questions)\n"
    # The number may be given again: what was decided about the part is not told of the newcomer.
    (workspace / "late.csv").write_text('"Вопрос"\n"Как готовят печень при анемии?"\n', "utf-8")
    run("questions", "import", "late.csv")
    assert [change["questions"] for change in json.loads(run("history", "--json")[1])] == [[5]]


def test_a_decision_that_changes_nothing_is_none(run: Run) -> None:
    run("questions", "set", "1", "--status", "accepted")
    run("questions", "set", "1", "--status", "accepted")
    assert run("history")[1] == "   1  01.12.2026 10:00  set 1: accepted\n"


def test_what_was_forgotten_cannot_come_back(run: Run) -> None:
    run("questions", "set", "1", "--text", "Пью чай при анемии, можно?")
    run("questions", "set", "2", "--status", "accepted")
    run("questions", "set", "1", "2", "--status", "rejected")
    run("questions", "forget", "--sender", "asel@example.kz")
    assert [change["questions"] for change in json.loads(run("history", "--json")[1])] == [[2], [2]]
    assert run("undo")[1] == "taken back: set 1, 2: rejected (1 question)\n"
    assert run("undo")[1] == "taken back: set 2: accepted (1 question)\n"
    assert run("undo") == (1, "", NOTHING)
    assert [question["id"] for question in every(run)] == [2, 3, 4, 5, 6, 7, 8, 9]


def test_where_nothing_is_kept_nothing_is_made(run: Run, workspace: Path) -> None:
    (workspace / "questions.db").unlink()
    assert run("history") == (0, "Nothing was decided yet.\n", "")
    assert run("undo") == (1, "", NOTHING)
    assert not (workspace / "questions.db").exists()


def test_a_folder_that_may_only_be_read_keeps_its_decisions(
    run: Run, workspace: Path, as_anybody: tuple[str, ...]
) -> None:
    run("questions", "set", "1", "--status", "accepted")
    (workspace / "questions.db").chmod(0o444)
    workspace.chmod(0o555)
    try:
        assert run("history", before=as_anybody) == (0, "   1  01.12.2026 10:00  set 1: accepted\n", "")
        code, out, err = run("undo", before=as_anybody)
    finally:
        workspace.chmod(0o755)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("error: questions.db cannot be used (")


@pytest.mark.parametrize("columns", ["80", "160"])
def test_an_old_console_shows_it(run_bytes: Callable[..., Any], columns: str) -> None:
    environment = {"PYTHONIOENCODING": "cp866", "COLUMNS": columns}
    run_bytes("questions", "set", "1", "--status", "accepted", env=environment)
    done = run_bytes("history", env=environment)
    assert (done.returncode, done.stdout) == (0, b"   1  01.12.2026 10:00  set 1: accepted\n")


def mail(text: str) -> bytes:
    return (
        "From: Dana <dana@example.kz>\nTo: school@example.kz\nSubject: Question\n"
        "Date: Mon, 30 Nov 2026 10:00:00 +0500\nMessage-ID: <1@example.kz>\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
    ).encode()

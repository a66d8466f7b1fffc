"""Where the season stands and what to type next."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]

ANEMIA = "2026-12-10-anemia"
BEGIN = """\
10.12.2026 18:30  anemia (planned)
  ✓ translations: complete (kk, ru, en)
  → call: not written yet
  → questions: 8 of 9 wait for review
  · link: not yet
  · invitation: not written yet
  · invite: not issued yet
  · agenda: not written yet
  · reminder: not written yet
  Next: schoolctl announce 2026-12-10-anemia --kind call --channel all
"""
SECOND = """\
17.12.2026 17:00  thalassemia (planned)
  ✓ translations: complete (kk, ru, en)
  → call: not written yet
  · questions: none imported yet
  ✓ link: there
  · invitation: not written yet
  · invite: not issued yet
  · agenda: not written yet
  · reminder: not written yet
  Next: schoolctl announce 2026-12-17-thalassemia --kind call --channel all
"""
NONE_TO_COME = """\
No school is to come. Add one: schoolctl school add --topic ru="…" --starts "2026-12-10 18:30" …
"""
ON_THE_DAY = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, 10, 5, tzinfo=UTC).timestamp()))}
AFTER = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, 18, 5, tzinfo=UTC).timestamp()))}
LONG_AFTER = {"SOURCE_DATE_EPOCH": str(int(datetime(2027, 12, 18, 5, tzinfo=UTC).timestamp()))}


@pytest.mark.usefixtures("piled", "nothing_changes")
def test_the_season_and_one_school(run: Run) -> None:
    assert run("status") == (0, f"{BEGIN}\n{SECOND}", "")
    assert run() == (0, f"{BEGIN}\n{SECOND}", "")
    assert run("status", ANEMIA) == (0, BEGIN, "")
    assert run("status", "nope") == (
        1,
        "",
        f'error: there is no school "nope" in sessions.toml. Schools there: {ANEMIA}, 2026-12-17-thalassemia\n',
    )


@pytest.mark.usefixtures("piled")
def test_the_standing_for_scripts(run: Run) -> None:
    season = json.loads(run("status", "--json")[1])
    assert [(one["id"], one["status"]) for one in season] == [
        (ANEMIA, "planned"),
        ("2026-12-17-thalassemia", "planned"),
    ]
    steps = json.loads(run("status", ANEMIA, "--json")[1])[0]["steps"]
    assert [(step["name"], step["state"]) for step in steps] == [
        ("translations", "done"),
        ("call", "due"),
        ("questions", "due"),
        ("link", "later"),
        ("invitation", "later"),
        ("invite", "later"),
        ("agenda", "later"),
        ("reminder", "later"),
    ]
    assert steps[0] == {
        "name": "translations",
        "state": "done",
        "detail": "complete (kk, ru, en)",
        "command": None,
    }
    assert steps[2] == {
        "name": "questions",
        "state": "due",
        "detail": "8 of 9 wait for review",
        "command": f"schoolctl questions review --school {ANEMIA}",
    }


@pytest.mark.usefixtures("piled")
def test_what_was_done_is_ticked_off(run: Run) -> None:
    run("announce", ANEMIA, "--kind", "call", "--channel", "whatsapp")
    run("questions", "set", *"12345689", "--status", "accepted")
    run("invite", ANEMIA)
    run("agenda", ANEMIA, "--format", "md")
    assert run("status", ANEMIA)[1].splitlines() == [
        "10.12.2026 18:30  anemia (planned)",
        "  ✓ translations: complete (kk, ru, en)",
        "  ✓ call: written 01.12.2026 (whatsapp)",
        "  ✓ questions: all 9 looked at, 8 accepted",
        "  · link: not yet",
        "  · invitation: not written yet",
        "  ✓ invite: current",
        "  ✓ agenda: written",
        "  · reminder: not written yet",
    ]
    run("school", "move", ANEMIA, "--starts", "2026-12-11 18:30")
    moved = run("status", ANEMIA)[1].splitlines()
    assert "  → move: not written yet" in moved
    assert "  → invite: outdated: the school changed since it was issued" in moved
    assert moved[-1] == f"  Next: schoolctl announce {ANEMIA} --kind move --channel all"


def test_a_text_that_is_missing_comes_before_everything_else(run: Run, workspace: Path) -> None:
    run("invite", ANEMIA)
    path = workspace / "sessions.toml"
    path.write_text(path.read_text("utf-8").replace('ru = "анемия", en = "anemia"', 'ru = "анемия"'), "utf-8")
    lines = run("status", ANEMIA)[1].splitlines()
    assert lines[:2] == ["10.12.2026 18:30  анемия (planned)", "  ✗ translations: missing: topic (en)"]
    assert lines[-1] == f'  Next: schoolctl school edit {ANEMIA} --topic en="…"'


def test_as_the_day_comes_more_is_due(run: Run) -> None:
    assert run("status", ANEMIA, env=ON_THE_DAY)[1].splitlines() == [
        "10.12.2026 18:30  anemia (planned)",
        "  ✓ translations: complete (kk, ru, en)",
        "  · call: not written, and the time for it is over",
        "  · questions: none imported yet",
        "  → link: not yet",
        "  → invitation: not written yet",
        "  → invite: not issued yet",
        "  → agenda: not written yet",
        "  → reminder: not written yet",
        f"  Next: schoolctl school link {ANEMIA} --url https://…",
    ]


def test_what_is_over_is_left_out_once_nothing_remains_to_be_done(run: Run) -> None:
    assert run("status", env=AFTER) == (
        0,
        (
            "10.12.2026 18:30  anemia (held)\n"
            "  ✓ close: no question is left over\n"
            "  → recap: not written yet\n"
            f"  Next: schoolctl announce {ANEMIA} --kind recap --channel all\n"
            "\n"
            "17.12.2026 17:00  thalassemia (held)\n"
            "  ✓ close: no question is left over\n"
            "  → recap: not written yet\n"
            "  Next: schoolctl announce 2026-12-17-thalassemia --kind recap --channel all\n"
        ),
        "",
    )
    assert run("status", env=LONG_AFTER) == (
        0,
        NONE_TO_COME,
        "",
    )
    assert run("status", "--json", env=LONG_AFTER) == (0, "[]\n", "")
    assert run("status", ANEMIA, env=LONG_AFTER)[1] == (
        "10.12.2026 18:30  anemia (held)\n  ✓ close: no question is left over\n  ✓ recap: long over\n"
    )


def test_a_cancelled_school_is_to_be_told_of(run: Run) -> None:
    run("invite", ANEMIA)
    run("school", "cancel", ANEMIA)
    assert run("status", ANEMIA)[1].splitlines() == [
        "10.12.2026 18:30  anemia (cancelled)",
        "  → cancellation: not written yet",
        "  → invite: calendars still show the school",
        f"  Next: schoolctl announce {ANEMIA} --kind cancellation --channel all",
    ]


def test_outside_a_workspace_it_is_told_how_to_begin(run: Run, tmp_path: Path) -> None:
    code, out, err = run(cwd=tmp_path)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: schoolctl ")
    assert "Begin with: schoolctl demo (a complete sample), or schoolctl init" in out
    assert run("status", cwd=tmp_path) == (
        1,
        "",
        "error: no sessions.toml here or above. Begin a workspace with: schoolctl init\n",
    )
    code, out, err = run("-C", str(tmp_path), cwd=tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith(f"error: {tmp_path} has no sessions.toml")
    assert run(cwd=tmp_path, env={"SCHOOLCTL_WORKSPACE": str(tmp_path)}) == (1, "", err)
    assert run(cwd=tmp_path, env={"SCHOOLCTL_WORKSPACE": ""})[0] == 0


@pytest.mark.usefixtures("nothing_changes")
def test_without_a_store_none_is_made(run: Run, workspace: Path) -> None:
    assert run("status", ANEMIA)[1] == BEGIN.replace(
        "→ questions: 8 of 9 wait for review", "· questions: none imported yet"
    )
    assert not (workspace / "questions.db").exists()


@pytest.mark.parametrize("columns", ["80", "160"])
@pytest.mark.usefixtures("piled")
def test_an_old_console_shows_plain_signs(run_bytes: Callable[..., Any], columns: str) -> None:
    done = run_bytes("status", ANEMIA, env={"PYTHONIOENCODING": "cp866", "COLUMNS": columns})
    shown = BEGIN.replace("✓", "+").replace("→", "->")
    assert (done.returncode, done.stdout.decode("cp866"), done.stderr) == (0, shown, b"")


@pytest.mark.usefixtures("piled")
def test_a_mistake_in_the_schedule_is_told(run: Run, workspace: Path) -> None:
    (workspace / "sessions.toml").write_text("languages = [\n", "utf-8")
    for words in ((), ("status",), ("status", "--json")):
        code, out, err = run(*words)
        assert (code, out) == (1, "")
        assert {line.partition(":")[0] for line in err.splitlines()} == {"error"}
        assert err.startswith("error: sessions.toml:")

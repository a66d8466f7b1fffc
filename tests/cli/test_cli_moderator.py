"""The moderator of a school as it is typed: added, changed, shown, missed in a language."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
ANEMIA, THALASSEMIA = "2026-12-10-anemia", "2026-12-17-thalassemia"
BY_LANGUAGE = 'moderator = { name = "Гүлнар Мысалова", role = { kk = "бөлімше меңгерушісі", ru = "заведующая" } }'


def moderator_of(run: Run, school: str) -> dict[str, object] | None:
    found: dict[str, object] | None = json.loads(run("school", "show", school, "--json")[1])["moderator"]
    return found


def test_a_moderator_is_added_with_a_school_and_changed(run: Run, workspace: Path) -> None:
    words = ("--topic", "en=Iron", "--starts", "2026-12-20 18:30", "--duration", "1h", "--id", "iron")
    assert run("school", "add", *words, "--moderator", "Асель Примерова; гематолог") == (0, "added: iron\n", "")
    assert 'moderator = { name = "Асель Примерова", role = "гематолог" }\n' in (workspace / "sessions.toml").read_text(
        "utf-8"
    )
    assert moderator_of(run, "iron") == {"name": "Асель Примерова", "role": "гематолог"}
    assert run("school", "edit", "iron", "--moderator", "Carol Sample") == (0, "changed: iron\n", "")
    assert moderator_of(run, "iron") == {"name": "Carol Sample", "role": None}
    assert run("school", "edit", "iron", "--moderator", "Carol Sample") == (0, "nothing to change\n", "")
    assert moderator_of(run, ANEMIA) is None


def test_a_moderator_is_shown_before_the_speakers(run: Run) -> None:
    run("school", "edit", THALASSEMIA, "--moderator", "Асель Примерова; гематолог")
    lines = run("school", "show", THALASSEMIA)[1].splitlines()
    at = lines.index("Moderator:   Асель Примерова, гематолог")
    assert lines[at + 1] == "Speaker:     Айгерім Үлгібаева, гематолог дәрігер"


@pytest.mark.parametrize("text", ["", " ; гематолог"])
@pytest.mark.usefixtures("nothing_changes")
def test_a_moderator_without_a_name_is_refused(run: Run, text: str) -> None:
    message = f'error: --moderator "{text}": write it as "Name" or "Name; role"\n'
    assert run("school", "edit", ANEMIA, "--moderator", text) == (2, "", message)


def test_a_missing_translation_is_told(run: Run, workspace: Path) -> None:
    path = workspace / "sessions.toml"
    path.write_text(path.read_text("utf-8").replace("ends = 2026-12-10", f"{BY_LANGUAGE}\nends = 2026-12-10"), "utf-8")
    steps = json.loads(run("status", ANEMIA, "--json")[1])
    (translations,) = (step for step in steps[0]["steps"] if step["name"] == "translations")
    assert translations["detail"] == "missing: moderator's role (en): add them in sessions.toml"
    assert run("agenda", ANEMIA, "--lang", "en") == (
        1,
        "",
        f'error: school {ANEMIA}: the moderator\'s role has no text in "en". Add en = "…" to it in sessions.toml\n',
    )
    assert run("agenda", ANEMIA, "--lang", "kk", "--out", "-")[1].splitlines()[4] == (
        "Модератор: Гүлнар Мысалова, бөлімше меңгерушісі"
    )


def test_check_names_the_line_of_a_mistake(run: Run, workspace: Path) -> None:
    path = workspace / "sessions.toml"
    path.write_text(
        path.read_text("utf-8").replace("ends = 2026-12-10", 'moderator = "Гүлнар"\nends = 2026-12-10'), "utf-8"
    )
    code, out, err = run("check", "--json")
    (problem,) = json.loads(out)["problems"]
    assert (code, err, problem["line"], problem["message"]) == (3, "", 15, "moderator must be a table")


def test_a_cancelled_school_is_called_so(run: Run, workspace: Path) -> None:
    run("agenda", ANEMIA, "--lang", "ru", "--format", "md", "--format", "docx")
    run("school", "cancel", ANEMIA, "--reason", "ru=карантин")
    found = json.loads(run("check", "--json")[1])["problems"]
    outdated = [problem["file"] for problem in found if "says something else" in problem["message"]]
    assert outdated == [f"out/{ANEMIA}/agenda.ru.docx", f"out/{ANEMIA}/agenda.ru.md"]
    code, out, err = run("agenda", ANEMIA, "--lang", "ru", "--force")
    assert (code, out) == (0, f"wrote out/{ANEMIA}/agenda.ru.md\n")
    assert err == f"note: school {ANEMIA} is cancelled, and the agenda says so\n"
    text = (workspace / "out" / ANEMIA / "agenda.ru.md").read_text("utf-8")
    assert text.splitlines()[:3] == ["**ОТМЕНЕНО. Причина: карантин**", "", "# Школа пациентов: анемия"]

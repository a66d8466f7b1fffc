from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Contents = Callable[[Path], dict[str, bytes]]

ANEMIA = "2026-12-10-anemia"
THALASSEMIA = "2026-12-17-thalassemia"
ADD = ("school", "add", "--topic", "en=Iron & you", "--starts", "2026-12-20 18:30")


def blocks(workspace: Path) -> list[str]:
    return (workspace / "sessions.toml").read_text("utf-8").split("\n[[school]]\n")


def test_add_prints_the_id_made_of_day_and_english_topic(run: Run, workspace: Path) -> None:
    before = blocks(workspace)
    assert run(*ADD, "--duration", "2h45m") == (0, "added: 2026-12-20-iron-you\n", "")
    assert blocks(workspace)[:-1] == before
    assert blocks(workspace)[-1] == (
        'id = "2026-12-20-iron-you"\ntopic = { en = "Iron & you" }\n'
        "starts = 2026-12-20 18:30:00\nends = 2026-12-20 21:15:00\n"
    )


def test_add_answers_json_with_the_id(run: Run) -> None:
    code, out, err = run("school", "add", "--topic", "ru=Железо", *ADD[4:], "--ends", "2026-12-20 20:00", "--json")
    assert (code, json.loads(out), err) == (0, {"id": "2026-12-20-zhelezo", "changed": True}, "")


def test_add_keeps_every_value_that_was_said(run: Run) -> None:
    words = (
        *ADD, "--duration", "90m", "--topic", "KK=темір = өмір", "--mode", "onsite", "--venue", "ru=Астана, 1",
        "--format", "lecture", "--questions-until", "2026-12-18 18:00", "--timezone", "Asia/Tokyo",
        "--speaker", "Асель Примерова; гематолог", "--speaker", "Carol Sample", "--id", "iron",
    )  # fmt: skip
    assert run(*words) == (0, "added: iron\n", "")
    code, out, _ = run("school", "show", "iron", "--json")
    shown = json.loads(out)
    assert code == 0
    assert {key: shown[key] for key in ("topic", "starts", "ends", "timezone", "mode", "venue", "format")} == {
        "topic": {"en": "Iron & you", "kk": "темір = өмір"},
        "starts": "2026-12-20T18:30:00+09:00",
        "ends": "2026-12-20T20:00:00+09:00",
        "timezone": "Asia/Tokyo",
        "mode": "onsite",
        "venue": {"ru": "Астана, 1"},
        "format": "lecture",
    }
    assert shown["questions_until"] == "2026-12-18T18:00:00+09:00"
    assert shown["speakers"] == [
        {"name": "Асель Примерова", "role": "гематолог"},
        {"name": "Carol Sample", "role": None},
    ]


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("add", "--starts", "2026-12-20 18:30"), 2, "a new school needs --topic and --starts"),
        (("add", "--topic", "en=x", "--starts", "2026-12-20 18:30"), 2, "a new school needs --ends or --duration"),
        (
            ("add", "--topic", "en=x", "--starts", "2026-12-20 18:30", "--duration", "1h", "--ends", "2026-12-20 20:0"),
            2,
            "give --ends or --duration, not both",
        ),
        (
            ("add", "--topic", "en", "--starts", "2026-12-20 18:30", "--duration", "1h"),
            2,
            '--topic "en" lacks a part: write it as --topic ru="…"',
        ),
        (
            ("add", "--topic", "ru=а", "--topic", "ru=б", "--starts", "2026-12-20 18:30", "--duration", "1h"),
            2,
            "--topic ru=… is given twice: keep one",
        ),
        (
            ("add", "--topic", "fr=fer", "--starts", "2026-12-20 18:30", "--duration", "1h"),
            2,
            '--topic fr=…: the schedule has no language "fr" (kk, ru, en)',
        ),
        (
            ("add", "--topic", "en=x", "--starts", "2026-12-32 18:30", "--duration", "1h"),
            2,
            '"2026-12-32 18:30" does not exist in the calendar: day is out of range for month',
        ),
        (
            ("add", "--topic", "en=x", "--starts", "2026-12-20 18:30", "--duration", "1h", "--id", "nul"),
            2,
            '"nul" cannot be an ID: Windows keeps this name for a device',
        ),
        (
            ("add", "--topic", "en=x", "--starts", "2026-12-20 18:30", "--duration", "1h", "--id", ANEMIA),
            1,
            f'there is a school "{ANEMIA}" already. Give the new one another --id, or use: schoolctl school edit',
        ),
        (
            ("add", "--topic", "en=x", "--starts", "2026-12-20 18:30", "--ends", "2026-12-20 17:00"),
            1,
            "sessions.toml:43: the school ends before it starts. Compare starts and ends",
        ),
        (("edit", ANEMIA), 2, "say what to change, for example --topic, --starts or --speaker"),
        (("edit", ANEMIA, "--speaker", "; role"), 2, '--speaker "; role": write it as "Name" or "Name; role"'),
        (("edit", ANEMIA, "--timezone", "Mars/Base"), 2, 'there is no time zone "Mars/Base". Write it as Asia/Almaty'),
        (
            ("edit", "nope", "--mode", "onsite"),
            1,
            f'there is no school "nope" in sessions.toml. Schools there: {ANEMIA}, {THALASSEMIA}',
        ),
        (("move", ANEMIA), 2, 'say when the school is to start: --starts "2026-12-10 18:30"'),
        (
            ("move", ANEMIA, "--starts", "2024-02-29 23:30"),
            2,
            ("2024-02-29 23:30 happens twice in Asia/Almaty (the clocks go back). "
            'Write "2024-02-29 23:30+06:00" for the first or "2024-02-29 23:30+05:00" for the second'),
        ),
        (
            ("link", ANEMIA, "--url", "http://zoom.example.org/j/1"),
            1,
            '"http://zoom.example.org/j/1" is no link for patients: it must begin with https:// and name a site',
        ),
        (
            ("link", ANEMIA, "--url", "https://zoom.example.org/j/1…"),
            1,
            ('"https://zoom.example.org/j/1…" holds characters that break a link (blanks, brackets, quotes, "…"): '
            "copy it again from Zoom"),
        ),
        (
            ("cancel", "nope"),
            1,
            f'there is no school "nope" in sessions.toml. Schools there: {ANEMIA}, {THALASSEMIA}',
        ),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("nothing_changes")
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    run: Run, words: tuple[str, ...], code: int, error: str
) -> None:
    assert run("school", *words) == (code, "", f"error: {error}\n")


@pytest.mark.parametrize("offset", ["+06:00", "+05:00"])
def test_an_hour_that_happens_twice_is_written_with_its_offset(run: Run, workspace: Path, offset: str) -> None:
    words = ("school", "add", "--id", "leap", "--topic", "en=x", "--starts", f"2024-02-29 23:30{offset}")
    assert run(*words, "--duration", "2h") == (0, "added: leap\n", "note: that hour is in the past\n")
    assert f"starts = 2024-02-29 23:30:00{offset}\n" in blocks(workspace)[-1]
    shown = json.loads(run("school", "show", "leap", "--json")[1])
    assert shown["starts"] == f"2024-02-29T23:30:00{offset}"


def test_editing_one_language_keeps_the_other_two(run: Run, workspace: Path) -> None:
    before = (workspace / "sessions.toml").read_text("utf-8")
    assert run("school", "edit", ANEMIA, "--topic", "ru=малокровие") == (0, f"changed: {ANEMIA}\n", "")
    new = before.replace('ru = "анемия", en = "anemia"', 'ru = "малокровие", en = "anemia"')
    assert (workspace / "sessions.toml").read_text("utf-8") == new


def test_moving_keeps_length_and_comment_and_moves_the_deadline(run: Run, workspace: Path) -> None:
    assert run("school", "move", ANEMIA, "--starts", "2026-12-11 17:00") == (
        0,
        f"moved: {ANEMIA}\n",
        "note: it begins 11.12.2026 17:00 (Asia/Almaty), before that 10.12.2026 18:30 (Asia/Almaty)\n",
    )
    assert blocks(workspace)[1].splitlines()[2:] == [
        "starts = 2026-12-11 17:00:00 # after work",
        "ends = 2026-12-11 19:00:00",
        "questions_until = 2026-12-09 16:30:00",
        "moved_from = 2026-12-10 18:30:00",
    ]
    assert run("school", "move", ANEMIA, "--starts", "2026-12-11 17:00") == (0, "nothing to change\n", "")


def test_a_cancelled_school_is_not_moved(run: Run) -> None:
    assert run("school", "cancel", ANEMIA, "--reason", "ru=карантин") == (0, f"cancelled: {ANEMIA}\n", "")
    error = f"error: school {ANEMIA} is cancelled. Add a new one: schoolctl school add\n"
    assert run("school", "move", ANEMIA, "--starts", "2026-12-11 17:00") == (1, "", error)
    shown = json.loads(run("school", "show", ANEMIA, "--json")[1])
    assert (shown["status"], shown["cancel_reason"]) == ("cancelled", {"ru": "карантин"})


def test_a_new_link_forgets_the_access_code_of_the_old_one(run: Run) -> None:
    old = "https://zoom.example.org/j/12345678901"
    assert run("school", "link", THALASSEMIA, "--url", old, "--passcode", "999")[0] == 0
    assert json.loads(run("school", "show", THALASSEMIA, "--json")[1])["meeting"] == {
        "url": old,
        "meeting_id": "123 4567 8901",
        "passcode": "999",
    }
    assert run("school", "link", THALASSEMIA, "--url", "https://zoom.example.org/j/2") == (
        0,
        f"linked: {THALASSEMIA}\n",
        "",
    )
    assert json.loads(run("school", "show", THALASSEMIA, "--json")[1])["meeting"] == {
        "url": "https://zoom.example.org/j/2",
        "meeting_id": None,
        "passcode": None,
    }


def test_a_school_people_know_of_is_not_removed(run: Run, workspace: Path, form: Path) -> None:
    assert run("questions", "import", str(form), "--school", ANEMIA)[0] == 0
    assert run("invite", THALASSEMIA)[0] == 0
    before = (workspace / "sessions.toml").read_bytes()
    for school, why in ((ANEMIA, "3 questions belong to it"), (THALASSEMIA, "an invite was issued")):
        error = f"error: school {school} stays: {why}. Cancel it (schoolctl school cancel {school}) or add --force\n"
        assert run("school", "remove", school) == (1, "", error)
    assert (workspace / "sessions.toml").read_bytes() == before
    assert run("school", "remove", ANEMIA, "--force") == (0, f"removed: {ANEMIA}\n", "")
    code, out, _ = run("check")
    assert (code, out) == (
        3,
        (
            f"warning: questions.db: questions belong to a school that is gone: {ANEMIA}. "
            "Give them another school: schoolctl questions set ID --school …\n1 problem\n"
        ),
    )


def test_a_school_nobody_knows_of_is_removed(run: Run, workspace: Path) -> None:
    assert run("school", "remove", ANEMIA, "--json")[:2] == (0, f'{{\n  "id": "{ANEMIA}",\n  "changed": true\n}}\n')
    assert ANEMIA not in (workspace / "sessions.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ((*ADD, "--duration", "1h"), "added: 2026-12-20-iron-you"),
        (("school", "edit", ANEMIA, "--format", "lecture"), f"changed: {ANEMIA}"),
        (("school", "move", ANEMIA, "--starts", "2026-12-11 17:00"), f"moved: {ANEMIA}"),
        (("school", "link", ANEMIA, "--url", "https://zoom.example.org/j/1"), f"linked: {ANEMIA}"),
        (("school", "cancel", ANEMIA), f"cancelled: {ANEMIA}"),
        (("school", "remove", ANEMIA), f"removed: {ANEMIA}"),
    ],
)
def test_a_rehearsal_shows_the_lines_and_changes_nothing(
    run: Run, workspace: Path, contents: Contents, words: tuple[str, ...], verb: str
) -> None:
    before = contents(workspace)
    code, out, err = run(*words, "--dry-run")
    assert (code, out) == (0, f"would be {verb}\n")
    assert err.startswith("--- sessions.toml\n+++ sessions.toml\n@@ ")
    assert contents(workspace) == before

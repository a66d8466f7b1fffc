from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]

ANEMIA = "2026-12-10-anemia"
THALASSEMIA = "2026-12-17-thalassemia"
NO_QUESTIONS = {
    "total": 0, "new": 0, "accepted": 0, "personal": 0, "off_topic": 0, "duplicate": 0, "answered": 0, "rejected": 0,
}  # fmt: skip


def test_the_table_has_the_id_ready_to_copy(run: Run) -> None:
    code, out, err = run("school", "list")
    assert (code, err) == (0, "")
    assert [line.rstrip() for line in out.splitlines()] == [
        "When          School                   Status        Asked",
        "─" * 58,
        "10.12.2026    anemia                   planned           0",
        "18:30-20:30   2026-12-10-anemia        no link yet",
        "17.12.2026    thalassemia              planned           0",
        "17:00-18:00   2026-12-17-thalassemia   link",
    ]


def test_json_of_a_school_has_every_promised_key(run: Run) -> None:
    code, out, err = run("school", "list", "--json")
    assert (code, err) == (0, "")
    first, second = json.loads(out)
    assert first == {
        "id": ANEMIA,
        "topic": {"kk": "анемия", "ru": "анемия", "en": "anemia"},
        "starts": "2026-12-10T18:30:00+05:00",
        "ends": "2026-12-10T20:30:00+05:00",
        "timezone": "Asia/Almaty",
        "mode": "online",
        "venue": None,
        "format": "questions",
        "questions_until": "2026-12-08T18:00:00+05:00",
        "status": "planned",
        "cancel_reason": None,
        "moved_from": None,
        "meeting": None,
        "registration": False,
        "recording": None,
        "moderator": None,
        "speakers": [],
        "programme": [],
        "questions": NO_QUESTIONS,
    }
    assert second == json.loads(run("school", "show", THALASSEMIA, "--json")[1])
    assert second["meeting"] == {
        "url": "https://zoom.example.org/j/12345678901",
        "meeting_id": "123 4567 8901",
        "passcode": "246810",
    }
    assert second["programme"][1] == {
        "starts": "2026-12-17T17:10:00+05:00",
        "ends": "2026-12-17T18:00:00+05:00",
        "title": {"kk": "Талассемия", "ru": "Талассемия", "en": "Thalassemia"},
        "speakers": ["Айгерім Үлгібаева"],
    }


def test_upcoming_and_past_are_told_apart_by_the_clock(run: Run) -> None:
    # 12 December 2026, noon in Almaty: the first school is over.
    clock = {"SOURCE_DATE_EPOCH": "1797058800"}
    ids = {
        words: [(one["id"], one["status"]) for one in json.loads(run("school", "list", *words, "--json", env=clock)[1])]
        for words in (("--upcoming",), ("--past",), ("--all",), ("--upcoming", "--past"))
    }
    held, planned = (ANEMIA, "held"), (THALASSEMIA, "planned")
    assert ids == {
        ("--upcoming",): [planned],
        ("--past",): [held],
        ("--all",): [held, planned],
        ("--upcoming", "--past"): [held, planned],
    }


def test_show_tells_everything_a_line_each(run: Run, workspace: Path, stored: bytes) -> None:
    (workspace / "questions.db").write_bytes(stored)
    assert run("school", "show", THALASSEMIA) == (
        0,
        (
            "ID:          2026-12-17-thalassemia\n"
            "Topic (kk):  талассемия\n"
            "Topic (ru):  талассемия\n"
            "Topic (en):  thalassemia\n"
            "When:        17.12.2026 17:00 - 18:00 (Asia/Almaty, UTC+05)\n"
            "Status:      planned\n"
            "Mode:        hybrid, questions\n"
            "Venue (kk):  Астана, Мысал көшесі, 1\n"
            "Venue (ru):  Астана, улица Примерная, 1\n"
            "Venue (en):  1 Example Street, Astana\n"
            "Link:        https://zoom.example.org/j/12345678901\n"
            "Meeting ID:  123 4567 8901\n"
            "Access code: 246810\n"
            "Speaker:     Айгерім Үлгібаева, гематолог дәрігер\n"
            "Programme:   17:00-17:10 Ашылуы\n"
            "Programme:   17:10-18:00 Талассемия\n"
            "Questions:   none\n"
        ),
        "",
    )
    assert run("school", "show", ANEMIA)[1].endswith(
        "Questions until: 08.12.2026 18:00\nLink:            not yet\nQuestions:       1 accepted, 2 new\n"
    )


def test_show_tells_of_a_move_and_a_cancellation(run: Run) -> None:
    run("school", "move", ANEMIA, "--starts", "2026-12-11 17:00")
    run("school", "cancel", ANEMIA, "--reason", "ru=карантин")
    lines = run("school", "show", ANEMIA)[1].splitlines()
    assert "Status:          cancelled" in lines
    assert "Reason (ru):     карантин" in lines
    assert "Moved from:      10.12.2026 18:30" in lines


def test_an_empty_schedule_tells_how_to_begin(run: Run, workspace: Path) -> None:
    path = workspace / "sessions.toml"
    path.write_text(path.read_text("utf-8").partition("[[school]]")[0], "utf-8")
    assert run("school", "list") == (
        0,
        'No schools. Add one: schoolctl school add --topic ru="…" --starts "2026-12-10 18:30" --duration 2h\n',
        "",
    )

"""A school is moved by mistake, moved again, moved back: people are told from which day they know."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

ANEMIA = "2026-12-10-anemia"
THALASSEMIA = "2026-12-17-thalassemia"
FIRST, SECOND, THIRD = "2026-12-10 18:30", "2026-12-11 17:00", "2026-12-12 17:00"


def at(day: int) -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, day, 5, tzinfo=UTC).timestamp()))}


TELLING = {
    "call": ("announce", ANEMIA, "--kind", "call", "--force"),
    "email": ("announce", ANEMIA, "--kind", "call", "--channel", "email", "--force"),
    "move": ("announce", ANEMIA, "--kind", "move", "--force"),
    "invite": ("invite", ANEMIA, "--force"),
    "feed": ("feed", "--force"),
    "look": ("announce", ANEMIA, "--kind", "call", "--lang", "ru", "--out", "-"),
    "rehearsal": ("invite", ANEMIA, "--dry-run"),
}


@pytest.mark.parametrize(
    ("steps", "known"),
    [
        ([SECOND], "2026-12-10T18:30:00+05:00"),
        ([SECOND, FIRST], None),
        ([SECOND, THIRD], "2026-12-10T18:30:00+05:00"),
        (["call", SECOND, THIRD], "2026-12-10T18:30:00+05:00"),
        (["call", SECOND, FIRST], None),
        (["call", SECOND, "move", THIRD], "2026-12-11T17:00:00+05:00"),
        (["call", SECOND, "move", THIRD, SECOND], None),
        (["call", SECOND, "move", FIRST], "2026-12-11T17:00:00+05:00"),
        (["call", SECOND, "move", SECOND], "2026-12-10T18:30:00+05:00"),
        ([SECOND, "invite", THIRD], "2026-12-11T17:00:00+05:00"),
        ([SECOND, "feed", THIRD], "2026-12-11T17:00:00+05:00"),
        (["call", SECOND, "look", "rehearsal", THIRD], "2026-12-10T18:30:00+05:00"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_day_before_a_move_is_the_one_that_people_were_told(run: Run, steps: list[str], known: str | None) -> None:
    for day, step in enumerate(steps, 1):
        words = TELLING.get(step, ("school", "move", ANEMIA, "--starts", step))
        assert run(*words, env=at(day))[0] == 0
    assert json.loads(run("school", "show", ANEMIA, "--json")[1])["moved_from"] == known


def test_moved_back_the_schedule_is_as_it_was(run: Run, workspace: Path) -> None:
    before = (workspace / "sessions.toml").read_bytes()
    run("school", "move", ANEMIA, "--starts", SECOND)
    run("school", "move", ANEMIA, "--starts", FIRST)
    assert (workspace / "sessions.toml").read_bytes() == before


def test_told_at_the_same_moment_the_day_of_the_schedule_counts(run: Run) -> None:
    for words in (TELLING["call"], ("school", "move", ANEMIA, "--starts", SECOND), TELLING["move"]):
        run(*words)
    assert run("school", "move", ANEMIA, "--starts", THIRD)[0] == 0
    shown = json.loads(run("school", "show", ANEMIA, "--json")[1])
    assert shown["moved_from"] == "2026-12-11T17:00:00+05:00"


def steps_of(run: Run, school_id: str) -> dict[str, str]:
    return dict(line[2:].split(": ", 1) for line in run("status", school_id)[1].splitlines()[1:])


def test_what_was_written_before_a_move_is_due_again(run: Run) -> None:
    run(*TELLING["call"])
    run(*TELLING["email"])
    run("school", "move", ANEMIA, "--starts", SECOND)
    run(*TELLING["email"])
    found = steps_of(run, ANEMIA)
    assert found["→ call"] == "changed since it was written (site)"
    assert found["→ move"] == "not written yet"
    run(*TELLING["move"])
    assert run("status", ANEMIA)[1].splitlines()[-1] == (
        f"  Next: schoolctl announce {ANEMIA} --kind call --channel site --force"
    )
    run(*TELLING["call"])
    assert steps_of(run, ANEMIA)["✓ call"] == "written 01.12.2026 (email, site)"


def test_another_link_makes_the_texts_with_the_old_one_due_again(run: Run) -> None:
    for kind in ("call", "invitation", "link"):
        assert run("announce", THALASSEMIA, "--kind", kind, "--channel", "whatsapp")[0] == 0
    run("school", "link", THALASSEMIA, "--url", "https://zoom.example.org/j/2")
    found = steps_of(run, THALASSEMIA)
    assert found["✓ call"] == "written 01.12.2026 (whatsapp)"
    assert found["→ invitation"] == "changed since it was written (whatsapp)"
    assert found["→ link"] == "changed since it was written (whatsapp)"


def test_a_link_that_comes_later_makes_no_invitation_untrue(run: Run) -> None:
    run("announce", ANEMIA, "--kind", "invitation", "--channel", "whatsapp")
    run("school", "link", ANEMIA, "--url", "https://zoom.example.org/j/2")
    assert steps_of(run, ANEMIA)["✓ invitation"] == "written 01.12.2026 (whatsapp)"
